//! `vaert publish`: an edition becomes the site in a folder that its readers see, or one ZIP file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;

use super::audience::Edition;
use super::build::{print_outs, stage};
use super::progress::Progress;
use super::report::{self, EditionReport, Written, count};
use super::{Format, Outcome, locate};
use crate::build::{Build, Options, build_on};
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic};
use crate::hosting::{self, Server};
use crate::language;
use crate::load::{MANIFEST, load};
use crate::model::windows;
use crate::news::{self, Published};
use crate::output::Output;
use crate::snapshot::Snapshot;
use crate::write::{
    Changes, Claim, Manifest, WriteError, Writer, check_edition_folder, manifest_of, pack, packed_manifest,
};

/// Build an edition and put it where its readers are: on a file share or in a web server's folder
///
/// DEST itself becomes the site. Only what differs is written, pages change after what they need is there, and what is
/// no longer part of the edition goes last. Stopped half-way, every page still opens, and the next run completes it. Files that
/// vaert did not put there are never removed. With errors in the content nothing is published.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert publish --to /mnt/intranet/haandbog --dry-run   what would change there
  vaert publish --to /mnt/intranet/haandbog             the handbook here, or in `content`
  vaert publish --to C:\\inetpub\\haandbog --server iis   with a `web.config`
  vaert publish kunder/nordby --zip nordby.zip          one file to send")]
pub(super) struct Arguments {
    /// Folder that holds a `handbook.yaml` [default: `.` or `content`, whichever does]
    handbook: Option<PathBuf>,
    /// Folder that becomes the site
    #[arg(long, value_name = "DEST", required_unless_present = "zip")]
    to: Option<PathBuf>,
    /// Whose edition
    #[arg(long, value_enum, default_value = "participant")]
    audience: Edition,
    /// List what would be added, changed and removed, and do none of it
    #[arg(long, requires = "to", conflicts_with = "zip")]
    dry_run: bool,
    /// Publish although DEST holds files of others, or another edition
    #[arg(long)]
    force: bool,
    /// Pack the site into FILE: as it is in DEST, or on its own without `--to`
    #[arg(long, value_name = "FILE")]
    zip: Option<PathBuf>,
    /// Write what a web server reads beside the site: `web.config`, or `_headers`
    #[arg(long, value_enum, value_name = "SERVER")]
    server: Vec<ServerChoice>,
    /// Let paths be longer than Windows opens by itself
    #[arg(long)]
    long_paths: bool,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// Make the PDFs to print, too, and link to them
    #[arg(long)]
    pdf: bool,
    /// How to tell of faults: with the lines they are in, one line each, or as JSON, one object a line
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum ServerChoice {
    /// Internet Information Services: `web.config`
    Iis,
    /// `_headers`, for Netlify, Cloudflare Pages, and whoever sets up another server
    Headers,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let started = Instant::now();
    let handbook = locate::handbooks(arguments.handbook.as_slice())?.remove(0);
    let to = arguments.to.as_deref();
    to.map_or(Ok(()), check_parent)?;
    let packed = known_archive(arguments)?;
    let snapshot = load(&handbook, None)?;
    to.map_or(Ok(()), |to| check_edition_folder(to, &snapshot.survey.roots))?;
    let cache = Cache::for_one_build();
    let audience = arguments.audience.audience();
    let there = match to {
        Some(to) => manifest_of(to)?,
        None => packed.clone(),
    };
    let published = published(there.unwrap_or_default());
    let options = Options { audience, strict: arguments.strict, terms: false, pdf: arguments.pdf };
    let build = build_on(&snapshot, &cache, &options, Some(&published));
    if let (Some(file), Some(there)) = (&arguments.zip, packed.as_ref().and_then(|packed| packed.edition.clone()))
        && there != build.edition
        && !arguments.force
    {
        return Err(WriteError::OtherEdition { folder: file.clone(), there, edition: build.edition.clone() }.into());
    }
    if build.has_errors() {
        return refused(&build, build.diagnostics.clone(), &snapshot, arguments, started);
    }

    let extra = extra_files(&build, &cache, arguments);
    let mut paths = build.paths.clone();
    paths.extend(extra.iter().map(|output| Arc::clone(&output.path)));
    let print_outs = print_outs(&build, arguments.pdf)?;
    paths.extend(print_outs.iter().cloned());
    let scratch;
    let folder = match to {
        Some(to) => to,
        None => {
            scratch = stand_in(packed)?;
            scratch.path()
        }
    };
    if to.is_some() && !arguments.long_paths {
        check_lengths(folder, &paths)?;
    }
    let claim = Claim { edition: &build.edition, force: arguments.force };
    let mut writer = match arguments.dry_run {
        true => Writer::look(folder, &paths, claim)?,
        false => Writer::publish(folder, &paths, claim)?,
    };
    writer.remember(news::lines(&build.memory));
    let progress = Progress::new(paths.len(), started, arguments.format == Format::Human);
    let mut diagnostics = build.diagnostics.clone();
    diagnostics.extend(stage(&build, extra, &print_outs, &cache, &writer, &progress)?);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return refused(&build, diagnostics, &snapshot, arguments, started);
    }
    report::diagnostics(&diagnostics, &snapshot, arguments.format)?;
    if arguments.dry_run {
        tell_changes(&writer.changes(), folder, arguments.format)?;
        return Ok(Outcome::Fine);
    }
    let files = writer.commit()?;
    let mut report = EditionReport::without_files(build.edition.clone(), build.pages, &diagnostics, started.elapsed());
    if let Some(to) = to {
        report.written = Some(Written { folder: to.to_owned(), files });
        report::edition(&report, arguments.format)?;
    }
    if let Some(file) = &arguments.zip {
        pack(folder, file)?;
        tell_packed(&build.edition, file, paths.len(), started, arguments.format)?;
    }
    Ok(Outcome::Fine)
}

/// What `there` remembers of the edition, and the day of today: by Greenwich, or by `SOURCE_DATE_EPOCH`, the seconds after
/// 1970 that reproducible builds are given.
fn published(there: Manifest) -> Published {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u64>().ok());
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = given.unwrap_or_else(now) / (24 * 60 * 60);
    let today = language::date_of(i64::try_from(days).unwrap_or(0));
    Published { edition: there.edition, lines: there.notes, today }
}

/// What lies beside pages and assets: the search, and what servers read.
fn extra_files(build: &Build, cache: &Cache, arguments: &Arguments) -> Vec<Output> {
    let site_url = build.book().and_then(|book| book.handbook.site_url.as_deref());
    let mut files = build.search_files(cache);
    for (choice, server) in [(ServerChoice::Iis, Server::Iis), (ServerChoice::Headers, Server::Headers)] {
        if arguments.server.iter().any(|given| *given as u8 == choice as u8) {
            files.push(hosting::file(server, site_url));
        }
    }
    files
}

/// Checks that the folder above `to` is there: a share that is not connected must not become a folder on this disk.
fn check_parent(to: &Path) -> Result<()> {
    let to = std::path::absolute(to).with_context(|| format!("could not find out where `{}` is", to.display()))?;
    match to.parent() {
        Some(parent) if !parent.is_dir() => bail!(
            "could not publish to `{}`: the folder `{}` is not there\nhelp: check that the share is connected, or make the \
             folder",
            to.display(),
            parent.display()
        ),
        _ => Ok(()),
    }
}

/// The manifest in the archive that is to be replaced.
fn known_archive(arguments: &Arguments) -> Result<Option<Manifest>> {
    let Some(file) = &arguments.zip else { return Ok(None) };
    match packed_manifest(file) {
        Err(WriteError::NotOurArchive { .. }) if arguments.force => Ok(None),
        manifest => Ok(manifest?),
    }
}

/// A folder that stands in, while the program runs, for one to publish to. It knows what the archive to be replaced knew.
fn stand_in(packed: Option<Manifest>) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir().context("could not make a folder for temporary files")?;
    if let Some(manifest) = packed {
        let known = Manifest { paths: BTreeSet::new(), ..manifest };
        std::fs::write(folder.path().join(MANIFEST), known.text()).context("could not write a temporary file")?;
    }
    Ok(folder)
}

/// Checks that Windows can open every file in `folder` by its whole path.
fn check_lengths(folder: &Path, paths: &[Arc<str>]) -> Result<(), WriteError> {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.into());
    let before = windows::length(&absolute.to_string_lossy()) + 1;
    let over = |path: &str| (before + windows::length(path)).saturating_sub(windows::LONGEST_PATH);
    let mut long: Vec<(usize, &Arc<str>)> =
        paths.iter().map(|path| (over(path), path)).filter(|(over, _)| *over > 0).collect();
    long.sort_by(|a, b| b.cmp(a));
    match long.first() {
        None => Ok(()),
        Some((over, _)) => Err(WriteError::TooLong {
            folder: folder.into(),
            over: *over,
            paths: long.iter().map(|(_, path)| path.to_string()).collect(),
        }),
    }
}

fn refused(
    build: &Build,
    mut diagnostics: Vec<Diagnostic>,
    snapshot: &Snapshot,
    arguments: &Arguments,
    started: Instant,
) -> Result<Outcome> {
    diagnostic::sort(&mut diagnostics);
    report::diagnostics(&diagnostics, snapshot, arguments.format)?;
    let report = EditionReport::without_files(build.edition.clone(), build.pages, &diagnostics, started.elapsed());
    if arguments.format == Format::Json {
        report::edition(&report, arguments.format)?;
    } else {
        report::to_stderr(&format!("`{}` was not published: {}\n", report.name, count(report.errors, "error")));
    }
    Ok(Outcome::ContentErrors)
}

fn tell_changes(changes: &Changes, folder: &Path, format: Format) -> Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        change: &'a str,
        path: &'a str,
    }
    let kinds =
        [("+", "added", &changes.added), ("~", "changed", &changes.changed), ("-", "removed", &changes.removed)];
    let mut text = String::new();
    for (sign, change, paths) in kinds {
        for path in paths {
            match format {
                Format::Json => text += &serde_json::to_string(&Line { change, path })?,
                _ => text += &format!("{sign} {path}"),
            }
            text.push('\n');
        }
    }
    if format != Format::Json {
        let counts = kinds.map(|(_, change, paths)| format!("{} {change}", paths.len())).join(", ");
        text += &format!("{}: {counts}, {} kept, if it were published now\n", folder.display(), changes.kept);
    }
    report::to_stdout(&text)
}

fn tell_packed(edition: &str, file: &Path, files: usize, started: Instant, format: Format) -> Result<()> {
    let line = match format {
        Format::Json => serde_json::to_string(&serde_json::json!({
            "edition": edition, "zip": file.display().to_string(), "files": files,
        }))?,
        _ => format!("{}: {} packed, {:.2} s", file.display(), count(files, "file"), started.elapsed().as_secs_f64()),
    };
    report::to_stdout(&format!("{line}\n"))
}

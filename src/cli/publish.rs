//! `vaert publish`: an edition becomes the site in a folder that its readers see, or one ZIP file.

mod gone;
mod options;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;

use self::gone::{Gone, gone};
use super::audience::Edition;
use super::build::{print_outs, printed_ids, stage};
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
    Changes, Claim, Manifest, Memory, Standing, WriteError, Writer, check_archive, check_archive_outside,
    check_edition_folder, manifest_of, pack, standing_at, unpack,
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
    #[arg(long)]
    dry_run: bool,
    /// Publish although DEST holds files of others, or another edition
    #[arg(long)]
    force: bool,
    /// Take away what the options of an earlier publish brought and those of this one do not, PDFs say
    #[arg(long)]
    remove: bool,
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
    let (to, zip) = (arguments.to.as_deref(), arguments.zip.as_deref());
    to.into_iter().chain(zip).try_for_each(check_parent)?;
    to.zip(zip).map_or(Ok(()), |(to, zip)| check_archive_outside(zip, to))?;
    let standing = zip.map_or(Ok(Standing::Free), standing_at)?;
    let snapshot = load(&handbook, None)?;
    to.map_or(Ok(()), |to| check_edition_folder(to, &snapshot.survey))?;
    let cache = Cache::for_one_build();
    let audience = arguments.audience.audience();
    let targets = targets(to, zip, &standing)?;
    let there = targets.first().map(|(_, manifest)| manifest.clone()).unwrap_or_default();
    let published = published(there.clone());
    let options = Options { audience, strict: arguments.strict, terms: false, pdf: arguments.pdf };
    let mut build = build_on(&snapshot, &cache, &options, Some(&published));
    let claim = Claim { edition: &build.edition, force: arguments.force };
    zip.map_or(Ok(()), |zip| check_archive(zip, &standing, claim, &snapshot.survey.roots))?;
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
            scratch = tempfile::tempdir().context("could not make a folder for temporary files")?;
            stand_in(scratch.path(), &standing, zip.filter(|_| arguments.dry_run))?;
            scratch.path()
        }
    };
    if to.is_some() && !arguments.long_paths {
        check_lengths(folder, &paths)?;
    }
    let mut writer = match arguments.dry_run {
        true => Writer::look(folder, &paths, claim)?,
        false => Writer::publish(folder, &paths, claim)?,
    };
    let planned: BTreeSet<&str> = paths.iter().map(|path| &**path).collect();
    let given = options::given(arguments);
    let edition = build.edition.clone();
    let check_options = || {
        let mut targets = targets.iter().filter(|_| !arguments.remove);
        targets.try_for_each(|(target, there)| options::check(target, there, &edition, &given, &planned))
    };
    if !arguments.dry_run {
        check_options()?;
    }
    writer.remember(Memory { options: given.clone(), notes: news::lines(&build.memory) });
    writer.withdraw_print_outs(build.print_outs(), printed_ids(&build));
    let gone = gone(&build, &there, &planned);
    let progress = Progress::new(paths.len(), started, arguments.format == Format::Human);
    let mut diagnostics = build.diagnostics.clone();
    diagnostics.extend(stage(&mut build, extra, &print_outs, &cache, &writer, &progress)?);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return refused(&build, diagnostics, &snapshot, arguments, started);
    }
    report::diagnostics(&diagnostics, &snapshot, arguments.format)?;
    if arguments.dry_run {
        tell_changes(&writer.changes(), &gone, to.or(zip).unwrap_or(folder), arguments.format)?;
        check_options()?;
        return Ok(Outcome::Fine);
    }
    tell_gone(&gone, arguments.format)?;
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

/// Returns the record of the edition in `there`, with today's date: in UTC, or from `SOURCE_DATE_EPOCH`, the seconds
/// since 1970 that reproducible builds are given.
fn published(there: Manifest) -> Published {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u64>().ok());
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = given.unwrap_or_else(now) / (24 * 60 * 60);
    let today = language::date_of(i64::try_from(days).unwrap_or(0));
    Published { edition: there.edition, lines: there.memory.notes, today }
}

/// Returns the files besides pages and assets: the search and the files for web servers.
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

/// Returns the folder and the file to publish to, each with its present manifest, if there is one.
fn targets<'a>(
    to: Option<&'a Path>,
    zip: Option<&'a Path>,
    standing: &Standing,
) -> Result<Vec<(&'a Path, Manifest)>, WriteError> {
    let in_folder = to.map(manifest_of).transpose()?;
    let folder = to.map(|to| (to, in_folder.flatten().unwrap_or_default()));
    let packed = match standing {
        Standing::Ours(manifest) => manifest.clone(),
        Standing::Free | Standing::Foreign => Manifest::default(),
    };
    Ok(folder.into_iter().chain(zip.map(|zip| (zip, packed))).collect())
}

/// Makes `folder` stand in for a folder to publish to: it gets the manifest of the archive that will be replaced, and
/// the files of the archive at `compared`, if there is one to compare with.
fn stand_in(folder: &Path, standing: &Standing, compared: Option<&Path>) -> Result<()> {
    match (standing, compared) {
        (Standing::Free | Standing::Foreign, _) => Ok(()),
        (Standing::Ours(_), Some(file)) => Ok(unpack(file, folder)?),
        (Standing::Ours(manifest), None) => {
            let known = Manifest { paths: BTreeSet::new(), ..manifest.clone() };
            std::fs::write(folder.join(MANIFEST), known.text()).context("could not write a temporary file")
        }
    }
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

/// A change of the target, for tools.
#[derive(Serialize)]
struct Line<'a> {
    change: &'a str,
    path: &'a str,
    /// The file whose `moved_from` could redirect from a removed address.
    #[serde(skip_serializing_if = "Option::is_none")]
    successor: Option<&'a str>,
}

fn tell_changes(changes: &Changes, gone: &[Gone], folder: &Path, format: Format) -> Result<()> {
    let kinds =
        [("+", "added", &changes.added), ("~", "changed", &changes.changed), ("-", "removed", &changes.removed)];
    let mut text = String::new();
    for (sign, change, paths) in kinds {
        for path in paths {
            match format {
                Format::Json => {
                    text += &serde_json::to_string(&Line { change, path, successor: successor(gone, path) })?
                }
                _ => text += &format!("{sign} {path}"),
            }
            text.push('\n');
        }
    }
    if format != Format::Json {
        let counts = kinds.map(|(_, change, paths)| format!("{} {change}", paths.len())).join(", ");
        text += &gone::text(gone);
        text += &format!("{}: {counts}, {} kept, if it were published now\n", folder.display(), changes.kept);
    }
    report::to_stdout(&text)
}

/// Reports the addresses that a publish removes, before it does.
fn tell_gone(gone: &[Gone], format: Format) -> Result<()> {
    if format != Format::Json {
        return report::to_stdout(&gone::text(gone));
    }
    for Gone { path, .. } in gone {
        let line = serde_json::to_string(&Line { change: "removed", path, successor: successor(gone, path) })?;
        report::to_stdout(&format!("{line}\n"))?;
    }
    Ok(())
}

fn successor<'g>(gone: &'g [Gone], path: &str) -> Option<&'g str> {
    gone.iter().find(|gone| *gone.path == *path)?.successor.as_ref().map(|successor| &*successor.file)
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

//! `vaert print`: handbooks become PDFs to print, beside their sites.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::press::press;
use super::progress::Progress;
use super::report::{self, EditionReport, Told, Written};
use super::{Format, Outcome, Selection, Taken, claim, locate};
use crate::build::{Audience, Build, Options, build};
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic, suggest};
use crate::load::load;
use crate::output::Output;
use crate::plan::print_outs::Kind;
use crate::write::{Part, Writer, check_edition_folder};

/// Make PDFs to print: handouts, guides, theme days, cards, the booklet, the poster
///
/// They are put into `print` in the edition's folder, beside the site that `vaert build` makes, and can be read aloud by
/// screen readers. What has not changed since it was last made is not made again.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert print                                   everything, into `dist/NAME/print`
  vaert print --audience facilitator            with guides and the facilitators' packs
  vaert print --only oevelser/kameraet          one exercise; its last part is enough
  vaert print --kind cards --kind poster        the principles to cut out and to hang up
  vaert build --pdf                             the site with links to the PDFs, and the PDFs")]
pub(super) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Only what is made of this exercise or theme day, by id or the last part of it; may be given again
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// Only print-outs of this kind; may be given again
    #[arg(long, value_enum)]
    kind: Vec<Kind>,
    /// Folder of editions
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// Write what can be made in spite of errors; still exits 1
    #[arg(long)]
    keep_going: bool,
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        &Kind::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(match self {
            Kind::Handout => "One exercise for participants",
            Kind::Guide => "One exercise for the facilitator",
            Kind::ThemeDay => "All that a theme day needs",
            Kind::Cards => "The principles to cut out",
            Kind::Booklet => "The whole handbook",
            Kind::Poster => "The principles on one sheet",
        }))
    }
}

/// What the editions of one call have in common.
#[derive(Default)]
struct Run {
    taken: Taken,
    told: Told,
    /// Print-outs that were asked for.
    asked_for: usize,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut outcome = Outcome::Fine;
    let mut run = Run::default();
    for handbook in locate::handbooks(&arguments.selection.handbooks)? {
        outcome = outcome.max(print_handbook(&handbook, arguments, &mut run)?);
    }
    let is_narrowed = !arguments.only.is_empty() || !arguments.kind.is_empty();
    if run.asked_for == 0 && is_narrowed && outcome == Outcome::Fine {
        bail!("nothing was printed: there is no print-out of that kind{}", help_on_kinds(arguments));
    }
    Ok(outcome)
}

fn print_handbook(handbook: &Path, arguments: &Arguments, run: &mut Run) -> Result<Outcome> {
    let mut started = Instant::now();
    let format = arguments.selection.format;
    let snapshot = load(handbook, None)?;
    let cache = Cache::for_one_build();
    let mut outcome = Outcome::Fine;
    for &audience in arguments.selection.audience.audiences() {
        let options = Options { audience, strict: arguments.selection.strict, terms: false, pdf: true };
        let build = build(&snapshot, &cache, &options);
        let mut diagnostics = build.diagnostics.clone();
        let mut writer = None;
        let folder = arguments.out.join(&build.edition);
        let paths = wanted(&build, arguments)?;
        let part = if arguments.only.is_empty() && arguments.kind.is_empty() { Part::PrintOuts } else { Part::Single };
        run.asked_for += paths.len();
        // Another edition of this call may have what this one has not.
        if paths.is_empty() && part == Part::Single && !build.has_errors() {
            continue;
        }
        if !build.has_errors() || arguments.keep_going {
            claim(&folder, &run.taken)?;
            check_edition_folder(&folder, &snapshot.survey.roots)?;
            let open = Writer::open(&folder, &paths, part)?;
            let progress = Progress::new(paths.len(), started, format == Format::Human);
            diagnostics.extend(stage(&build, &paths, &open, &progress)?);
            writer = Some(open);
        }
        diagnostic::sort(&mut diagnostics);
        report::diagnostics(&run.told.news(&diagnostics), &snapshot, format)?;
        let mut report = EditionReport::without_files(build.edition.clone(), 0, &diagnostics, started.elapsed());
        report.print_outs = paths.len();
        let has_errors = diagnostics.iter().any(Diagnostic::is_error);
        if has_errors {
            outcome = Outcome::ContentErrors;
        }
        match writer.filter(|_| !has_errors || arguments.keep_going) {
            Some(writer) => {
                let files = writer.commit()?;
                report.took = started.elapsed();
                report.written = Some(Written { folder, files });
                report::edition(&report, format)?;
            }
            None => report::refused(&report, format)?,
        }
        started = Instant::now();
    }
    Ok(outcome)
}

/// The paths of the print-outs that were asked for.
fn wanted(build: &Build, arguments: &Arguments) -> Result<Vec<Arc<str>>> {
    let Some(book) = build.book() else { return Ok(Vec::new()) };
    let last = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
    let items = || build.print_outs().values().filter_map(|print_out| print_out.item);
    let ids: BTreeSet<&str> = items().map(|item| &*book.items[item].id).collect();
    for only in &arguments.only {
        if !ids.iter().any(|id| *id == only || last(id) == *only) {
            let names: Vec<String> =
                ids.iter().map(|id| last(id)).chain(ids.iter().map(|id| (*id).to_owned())).collect();
            let suggestion = suggest::nearest(only, names.iter().map(String::as_str));
            let help = suggestion.map_or_else(
                || "name an exercise or a theme day, by its file's name without number and `.md`".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
            bail!("nothing is printed of `{only}`\nhelp: {help}");
        }
    }
    let is_wanted = |id: Option<&str>| {
        arguments.only.is_empty()
            || id.is_some_and(|id| arguments.only.iter().any(|only| id == only || last(id) == *only))
    };
    let wanted = build.print_outs().iter().filter(|(_, print_out)| {
        let of_kind = arguments.kind.is_empty() || arguments.kind.contains(&print_out.kind);
        of_kind && is_wanted(print_out.item.map(|item| &*book.items[item].id))
    });
    Ok(wanted.map(|(path, _)| Arc::clone(path)).collect())
}

/// Where to find what was asked for, if it is for others than those of the edition.
fn help_on_kinds(arguments: &Arguments) -> &'static str {
    let wants_guides = arguments.kind.contains(&Kind::Guide);
    match wants_guides && !arguments.selection.audience.audiences().contains(&Audience::Facilitator) {
        true => " for participants\nhelp: guides are for facilitators: add `--audience facilitator`",
        false => "",
    }
}

fn stage(build: &Build, paths: &[Arc<str>], writer: &Writer, progress: &Progress) -> Result<Vec<Diagnostic>> {
    let failed = Mutex::new(None);
    let put = |output: Output| {
        if let Err(error) = writer.put(&output) {
            failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
        progress.step();
    };
    let diagnostics = press(build, paths, &put);
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error.into()),
        None => Ok(diagnostics),
    }
}

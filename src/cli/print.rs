//! `vaert print`: handbooks become PDFs to print, beside their sites.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::build::printed_ids;
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
    /// Kinds of print-outs by the id of what they are made of.
    kinds_by_id: BTreeMap<String, BTreeSet<Kind>>,
    /// Whether an edition could not be read, and so what it has.
    is_partial: bool,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut outcome = Outcome::Fine;
    let mut run = Run::default();
    let handbooks = locate::handbooks(&arguments.selection.handbooks)?;
    for handbook in &handbooks {
        outcome = outcome.max(print_handbook(handbook, arguments, &mut run)?);
    }
    // What one handbook or edition has not, another may have.
    if let Some(only) = arguments.only.iter().find(|only| !run.kinds_by_id.keys().any(|id| is_named(id, only)))
        && !run.is_partial
    {
        bail!("nothing is printed of `{only}`\nhelp: {}", help_on_name(only, &handbooks, arguments, &run)?);
    }
    let is_narrowed = !arguments.only.is_empty() || !arguments.kind.is_empty();
    if run.asked_for == 0 && is_narrowed && outcome == Outcome::Fine {
        bail!("nothing was printed: there is no print-out of that kind{}", help_on_kinds(arguments, &run));
    }
    Ok(outcome)
}

fn print_handbook(handbook: &Path, arguments: &Arguments, run: &mut Run) -> Result<Outcome> {
    let mut started = Instant::now();
    let format = arguments.selection.format;
    let snapshot = load(handbook, None)?;
    let cache = Cache::for_editions(arguments.selection.audience.audiences().len());
    let mut outcome = Outcome::Fine;
    for &audience in arguments.selection.audience.audiences() {
        let options = Options { audience, strict: arguments.selection.strict, terms: false, pdf: true };
        let build = build(&snapshot, &cache, &options);
        let mut diagnostics = build.diagnostics.clone();
        let mut writer = None;
        let folder = arguments.out.join(&build.edition);
        let paths = wanted(&build, arguments, run);
        let part = if arguments.only.is_empty() && arguments.kind.is_empty() { Part::PrintOuts } else { Part::Single };
        run.asked_for += paths.len();
        // Another edition of this call may have what this one has not.
        if paths.is_empty() && part == Part::Single && !build.has_errors() {
            continue;
        }
        if !build.has_errors() || arguments.keep_going {
            claim(&folder, &run.taken)?;
            check_edition_folder(&folder, &snapshot.survey)?;
            let mut open = Writer::open(&folder, &paths, part)?;
            open.withdraw_print_outs(build.print_outs(), printed_ids(&build));
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
                let withdrawn = writer.withdrawn_print_outs();
                let files = writer.commit()?;
                report::withdrawn(&withdrawn, format)?;
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
fn wanted(build: &Build, arguments: &Arguments, run: &mut Run) -> Vec<Arc<str>> {
    let Some(book) = build.book() else {
        run.is_partial = true;
        return Vec::new();
    };
    let mut paths = Vec::new();
    for (path, print_out) in build.print_outs() {
        let id = print_out.item.map(|item| &*book.items[item].id);
        if let Some(id) = id {
            run.kinds_by_id.entry(id.to_owned()).or_default().insert(print_out.kind);
        }
        let of_kind = arguments.kind.is_empty() || arguments.kind.contains(&print_out.kind);
        if of_kind && (arguments.only.is_empty() || id.is_some_and(|id| is_asked_for(id, arguments))) {
            paths.push(Arc::clone(path));
        }
    }
    paths
}

/// Whether `name` is an id or the last part of it.
fn is_named(id: &str, name: &str) -> bool {
    id == name || last(id) == name
}

fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or_default()
}

fn is_asked_for(id: &str, arguments: &Arguments) -> bool {
    arguments.only.iter().any(|only| is_named(id, only))
}

/// What may have been meant by a name that nothing has.
fn help_on_name(only: &str, handbooks: &[PathBuf], arguments: &Arguments, run: &Run) -> Result<String> {
    if !arguments.selection.audience.audiences().contains(&Audience::Facilitator) {
        for handbook in handbooks {
            let options = Options { audience: Audience::Facilitator, strict: false, terms: false, pdf: true };
            let build = build(&load(handbook, None)?, &Cache::for_one_build(), &options);
            let items = build.print_outs().values().filter_map(|print_out| print_out.item);
            if build.book().is_some_and(|book| items.into_iter().any(|item| is_named(&book.items[item].id, only))) {
                return Ok("it is for facilitators: add `--audience facilitator`".to_owned());
            }
        }
    }
    let names = run.kinds_by_id.keys().flat_map(|id| [last(id), &**id]);
    Ok(suggest::nearest(only, names).map_or_else(
        || "name an exercise or a theme day, by its file's name without number and `.md`".to_owned(),
        |name| format!("did you mean `{name}`?"),
    ))
}

/// Where to find what was asked for, or what there is in its stead.
fn help_on_kinds(arguments: &Arguments, run: &Run) -> String {
    let wants_guides = arguments.kind.contains(&Kind::Guide);
    if wants_guides && !arguments.selection.audience.audiences().contains(&Audience::Facilitator) {
        return " for participants\nhelp: guides are for facilitators: add `--audience facilitator`".to_owned();
    }
    let named = run.kinds_by_id.iter().filter(|(id, _)| is_asked_for(id, arguments));
    let kinds: BTreeSet<&str> = named.flat_map(|(_, kinds)| kinds).map(|kind| kind.name()).collect();
    match kinds.is_empty() {
        true => String::new(),
        false => {
            let kinds: Vec<&str> = kinds.into_iter().collect();
            format!("\nhelp: of what `--only` names there is `--kind {}`", kinds.join("` and `--kind "))
        }
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

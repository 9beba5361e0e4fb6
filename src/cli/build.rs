//! `vaert build`: handbooks become editions on disk.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use rayon::prelude::*;

use super::press::press;
use super::progress::Progress;
use super::report::{self, EditionReport, Told, Written};
use super::{AudienceChoice, Format, NO_PDF, Outcome, Selection, Taken, claim, locate};
use crate::build::{Build, Options, build, edition_name};
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic};
use crate::live::is_same_input;
use crate::load::load;
use crate::output::Output;
use crate::plan::print_outs::{self, is_print_out};
use crate::serve::keep_looking;
use crate::snapshot::Snapshot;
use crate::stamp::{self, Question};
use crate::write::{Part, Summary, WriteError, Writer, check_edition_folder};

/// Build editions of a handbook
///
/// Each edition becomes a folder in DIR that works from a web server or a file share. Files that have not changed are
/// left alone, and only files that an earlier build wrote are ever removed. With errors in the content nothing is
/// written at all, unless you ask to keep going.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert build                         the handbook here, or in `content`, into `dist`
  vaert build --watch                 again whenever you save
  vaert build --pdf                   with PDFs to print, and links to them
  vaert build --audience all          the participants' and the facilitators' editions
  vaert build kunder/* --out /srv/www several handbooks, somewhere else")]
pub(super) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Folder of editions
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// Write what can be shown in spite of errors, marked as such; still exits 1
    #[arg(long)]
    keep_going: bool,
    /// Make the PDFs to print, too, and link to them; without it, those that are there are left alone
    #[arg(long)]
    pdf: bool,
    /// Build although nothing seems to have changed
    #[arg(long)]
    force: bool,
    /// Build again whenever something changes, until Ctrl-C
    #[arg(long)]
    watch: bool,
    /// With --watch: look at the disk again and again instead of waiting to be told of changes
    #[arg(long, requires = "watch")]
    poll: bool,
}

/// An edition that is rendered and staged, or refused.
struct Prepared {
    report: EditionReport,
    diagnostics: Vec<Diagnostic>,
    staged: Option<Staged>,
}

struct Staged {
    writer: Writer,
    folder: PathBuf,
    paths: Vec<Arc<str>>,
}

/// A handbook that is to be built.
struct Asked<'a> {
    question: Question<'a>,
    started: Instant,
    state: State,
}

enum State {
    /// Nothing has changed since these editions were written.
    Unchanged(Vec<stamp::Edition>),
    /// It is read.
    Read(Box<Snapshot>),
    /// Its editions are staged, or refused.
    Staged(Box<Snapshot>, Vec<Prepared>),
    /// The environment refused something.
    Failed(anyhow::Error),
}

/// Runs the command.
///
/// All handbooks are read first, then built at once, then put in place and told of in their order.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let handbooks = locate::handbooks(&arguments.selection.handbooks)?;
    if arguments.watch {
        return watch(&handbooks, arguments);
    }
    let several = handbooks.len() > 1;
    let cache = Cache::for_editions(handbooks.len() * arguments.selection.audience.audiences().len());
    let taken = Mutex::default();
    let mut asked = read(&handbooks, arguments, &taken);
    // The first alone: what it leaves in the cache, the others need not make again.
    let (first, others) = asked.split_at_mut(1);
    first.iter_mut().for_each(|asked| stage_all(asked, arguments, &cache));
    others.par_iter_mut().for_each(|asked| stage_all(asked, arguments, &cache));

    let mut outcome = Outcome::Fine;
    let mut told = Told::default();
    let mut snapshots = Vec::new();
    for Asked { question, started, state } in asked {
        let built = match state {
            State::Unchanged(editions) => tell_unchanged(editions, started, arguments),
            State::Staged(snapshot, prepared) => {
                let built = finish(question, &snapshot, prepared, arguments, &mut told);
                snapshots.push(snapshot);
                built
            }
            State::Failed(error) => Err(error),
            State::Read(_) => Ok(Outcome::Fine),
        };
        match built {
            Ok(built) => outcome = outcome.max(built),
            Err(error) if !several => return Err(error),
            // An error in one edition does not stop the others.
            Err(error) => {
                report::error(&error);
                outcome = Outcome::Failed;
            }
        }
    }
    // The process ends next, and taking ten thousand trees apart first would cost a twentieth of a build.
    std::mem::forget((cache, snapshots));
    Ok(outcome)
}

/// Reads the handbooks that are not as their last build found them. Layers that the one before stands on, too, are taken
/// from it. The first of two that would be built into one folder has it.
fn read<'a>(handbooks: &'a [PathBuf], arguments: &'a Arguments, taken: &Taken) -> Vec<Asked<'a>> {
    let options = match (arguments.selection.audience, arguments.pdf) {
        (AudienceChoice::Participant, false) => "participant",
        (AudienceChoice::Facilitator, false) => "facilitator",
        (AudienceChoice::All, false) => "all",
        (AudienceChoice::Participant, true) => "participant with PDFs",
        (AudienceChoice::Facilitator, true) => "facilitator with PDFs",
        (AudienceChoice::All, true) => "all with PDFs",
    };
    let mut asked: Vec<Asked> = Vec::new();
    for handbook in handbooks {
        let started = Instant::now();
        let question = Question { handbook, out: &arguments.out, options };
        let recalled = if arguments.force { None } else { stamp::recall(question) };
        let state = match recalled {
            Some(editions) => match editions.iter().try_for_each(|edition| claim(&edition.folder, taken)) {
                Ok(()) => State::Unchanged(editions),
                Err(error) => State::Failed(error),
            },
            None => {
                let before = asked.iter().rev().find_map(|asked| match &asked.state {
                    State::Read(snapshot) => Some(&**snapshot),
                    _ => None,
                });
                match load(handbook, before) {
                    Ok(snapshot) => {
                        let names = arguments.selection.audience.audiences().iter();
                        let mut folders = names.map(|audience| arguments.out.join(edition_name(&snapshot, *audience)));
                        match folders.try_for_each(|folder| claim(&folder, taken)) {
                            Ok(()) => State::Read(Box::new(snapshot)),
                            Err(error) => State::Failed(error),
                        }
                    }
                    Err(error) => State::Failed(error.into()),
                }
            }
        };
        asked.push(Asked { question, started, state });
    }
    asked
}

/// Builds and stages the editions of a handbook that is read.
fn stage_all(asked: &mut Asked, arguments: &Arguments, cache: &Cache) {
    let state = std::mem::replace(&mut asked.state, State::Unchanged(Vec::new()));
    asked.state = match state {
        State::Read(snapshot) => match prepare(&snapshot, arguments, cache, asked.started) {
            Ok(prepared) => State::Staged(snapshot, prepared),
            Err(error) => State::Failed(error),
        },
        other => other,
    };
}

fn tell_unchanged(editions: Vec<stamp::Edition>, started: Instant, arguments: &Arguments) -> Result<Outcome> {
    for edition in editions {
        report::edition(&unchanged(edition, started.elapsed()), arguments.selection.format)?;
    }
    Ok(Outcome::Fine)
}

/// Puts the editions of a handbook in place, and remembers that they are there.
fn finish(
    question: Question,
    snapshot: &Snapshot,
    prepared: Vec<Prepared>,
    arguments: &Arguments,
    told: &mut Told,
) -> Result<Outcome> {
    let (outcome, editions) = put_in_place(snapshot, prepared, arguments, told)?;
    if editions.len() == arguments.selection.audience.audiences().len() {
        stamp::remember(question, &snapshot.survey, editions);
    }
    Ok(outcome)
}

/// Builds again whenever something changes, for ever. What fails is told, and mended by a later change.
fn watch(handbooks: &[PathBuf], arguments: &Arguments) -> Result<Outcome> {
    let [handbook] = handbooks else { bail!("one handbook can be watched at a time\nhelp: name one") };
    ctrlc::set_handler(|| std::process::exit(0)).context("could not prepare for Ctrl-C")?;
    let cache = Cache::for_many_builds();
    let mut known: Option<Snapshot> = None;
    let mut failure = String::new();
    keep_looking(handbook, arguments.poll, |_| {
        let started = Instant::now();
        let built = load(handbook, known.as_ref()).map_err(anyhow::Error::from).and_then(|snapshot| {
            if !known.as_ref().is_some_and(|known| is_same_input(known, &snapshot)) {
                let prepared = prepare(&snapshot, arguments, &cache, started)?;
                put_in_place(&snapshot, prepared, arguments, &mut Told::default())?;
            }
            known = Some(snapshot);
            Ok(())
        });
        let now = built.map_or_else(|error| format!("{error:#}"), |()| String::new());
        if now != failure && !now.is_empty() {
            report::error(&anyhow!("{now}"));
        }
        failure = now;
        known.as_ref().map(|snapshot| snapshot.survey.roots.clone()).unwrap_or_default()
    });
    Ok(Outcome::Fine)
}

/// Puts staged editions of `snapshot` in place, unless one has errors. Gives them as they are on disk, if nothing is wrong.
fn put_in_place(
    snapshot: &Snapshot,
    prepared: Vec<Prepared>,
    arguments: &Arguments,
    told: &mut Told,
) -> Result<(Outcome, Vec<stamp::Edition>)> {
    let format = arguments.selection.format;
    let mut all: Vec<Diagnostic> = prepared.iter().flat_map(|edition| edition.diagnostics.iter().cloned()).collect();
    diagnostic::sort(&mut all);
    report::diagnostics(&told.news(&all), snapshot, format)?;
    let has_errors = all.iter().any(Diagnostic::is_error);
    if has_errors && !arguments.keep_going {
        for edition in prepared {
            // The staged files go with the writer.
            drop(edition.staged);
            report::refused(&edition.report, format)?;
        }
        return Ok((Outcome::ContentErrors, Vec::new()));
    }
    let mut written = Vec::new();
    let mut failed = None;
    for Prepared { mut report, staged, .. } in prepared {
        let Some(Staged { writer, folder, paths }) = staged else { continue };
        let begun = Instant::now();
        let withdrawn = writer.withdrawn_print_outs();
        let on_disk = || stamp::Edition::on_disk(&folder, &report.name, report.pages, &paths);
        // If the disk refuses a change of one edition, such as removing a page, the other is still written.
        let (files, edition) = match writer.commit_and(on_disk) {
            Ok(done) => done,
            Err(error) => {
                if let Some(before) = failed.replace(anyhow::Error::from(error)) {
                    report::error(&before);
                }
                continue;
            }
        };
        report::withdrawn(&withdrawn, format)?;
        report.took += begun.elapsed();
        written.extend(edition);
        report.written = Some(Written { folder, files });
        report::edition(&report, format)?;
    }
    if let Some(error) = failed {
        return Err(error);
    }
    if !all.is_empty() {
        written.clear();
    }
    Ok((if has_errors { Outcome::ContentErrors } else { Outcome::Fine }, written))
}

/// Renders and stages every edition before the first is put in place: a template may fail on the last page of the last.
fn prepare(snapshot: &Snapshot, arguments: &Arguments, cache: &Cache, mut started: Instant) -> Result<Vec<Prepared>> {
    let mut prepared = Vec::new();
    for &audience in arguments.selection.audience.audiences() {
        let options = Options { audience, strict: arguments.selection.strict, terms: false, pdf: arguments.pdf };
        let mut build = build(snapshot, cache, &options);
        let mut diagnostics = build.diagnostics.clone();
        let mut staged = None;
        if !build.has_errors() || arguments.keep_going {
            let folder = arguments.out.join(&build.edition);
            check_edition_folder(&folder, &snapshot.survey)?;
            let search = build.search_files(cache);
            let mut paths = build.paths.clone();
            paths.extend(search.iter().map(|output| Arc::clone(&output.path)));
            let print_outs = print_outs(&build, arguments.pdf)?;
            paths.extend(print_outs.iter().cloned());
            let part = if arguments.pdf { Part::Built } else { Part::Site };
            let mut writer = Writer::open(&folder, &paths, part)?;
            writer.withdraw_print_outs(build.print_outs(), printed_ids(&build));
            let progress = Progress::new(
                paths.len(),
                started,
                arguments.selection.format == Format::Human && arguments.selection.handbooks.len() < 2,
            );
            diagnostics.extend(stage(&mut build, search, &print_outs, cache, &writer, &progress)?);
            staged = Some(Staged { writer, folder, paths });
        }
        diagnostic::sort(&mut diagnostics);
        let mut report =
            EditionReport::without_files(build.edition.clone(), build.pages, &diagnostics, started.elapsed());
        report.print_outs = if arguments.pdf { build.print_outs().len() } else { 0 };
        prepared.push(Prepared { report, diagnostics, staged });
        if !cache.remembers_documents() {
            // No build follows. As in `run`: the process ends soon, and does not wait for a book to be taken apart.
            std::mem::forget(build);
        }
        started = Instant::now();
    }
    Ok(prepared)
}

/// Returns the ids of the items that print-outs of `build` may hold.
pub(super) fn printed_ids(build: &Build) -> BTreeSet<Arc<str>> {
    build.book().map(print_outs::printed_ids).unwrap_or_default()
}

/// The print-outs to make, if they are `wanted`.
pub(super) fn print_outs(build: &Build, wanted: bool) -> Result<Vec<Arc<str>>> {
    match (wanted, cfg!(feature = "pdf")) {
        (true, false) => bail!(NO_PDF),
        (true, true) => Ok(build.print_outs().keys().cloned().collect()),
        (false, _) => Ok(Vec::new()),
    }
}

/// Renders into staging; gives the faults of templates. Print-outs come first, since pages link only to those that are made.
pub(super) fn stage(
    build: &mut Build,
    search: Vec<Output>,
    print_outs: &[Arc<str>],
    cache: &Cache,
    writer: &Writer,
    progress: &Progress,
) -> Result<Vec<Diagnostic>, WriteError> {
    let failed: Mutex<Option<WriteError>> = Mutex::new(None);
    let put = |output: Output| {
        if let Err(error) = writer.put(&output) {
            failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
        progress.step();
    };
    let made = Mutex::new(BTreeSet::new());
    let put_print_out = |output: Output| {
        made.lock().unwrap_or_else(PoisonError::into_inner).insert(Arc::clone(&output.path));
        put(output);
    };
    let mut diagnostics = press(build, print_outs, &put_print_out);
    if !print_outs.is_empty() {
        build.link_only_to(&made.into_inner().unwrap_or_else(PoisonError::into_inner));
    }
    search.into_iter().for_each(put);
    diagnostics.extend(build.render(cache, &put));
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(diagnostics),
    }
}

fn unchanged(edition: stamp::Edition, took: Duration) -> EditionReport {
    let files = Summary { written: 0, kept: edition.paths.len(), removed: 0 };
    let print_outs = edition.paths.iter().filter(|path| is_print_out(path)).count();
    let written = Some(Written { folder: edition.folder, files });
    EditionReport { name: edition.name, written, pages: edition.pages, print_outs, errors: 0, warnings: 0, took }
}

//! `vaert check`: everything that `build` would tell, with nothing written; several editions are held against each other.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::report::{self, EditionReport, Told};
use super::{Outcome, Selection, locate};
use crate::build::{Build, Options, build};
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic};
use crate::load::load;
use crate::snapshot::Snapshot;
use crate::sweep::{Client, Sweep};

/// Look for faults in a handbook and write nothing
///
/// Reads the handbook as `build` does and renders every page in memory, so that faults in templates are found too. With
/// several handbooks, every byte of each edition, and all that its print-outs say, is searched for what belongs to the others
/// alone: `private` words, names, sentences, ids and images.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert check                     the handbook here, or in `content`
  vaert check --strict kunder/*   several; warnings count as errors; no client's words in another's edition
  vaert check --terms             and words written out that `terms` could replace
  vaert check --format short      one line a fault, for editors")]
pub(super) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Warn of words written out that are forms of a term, and would not change with it
    #[arg(long)]
    terms: bool,
}

/// A handbook whose editions are built and not yet rendered.
struct Checked {
    snapshot: Snapshot,
    /// What the sweep found of it in others.
    leaks: Vec<Diagnostic>,
    editions: Vec<Edition>,
}

struct Edition {
    build: Build,
    found: Vec<Diagnostic>,
    took: Duration,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let selection = &arguments.selection;
    let handbooks = locate::handbooks(&selection.handbooks)?;
    let several = handbooks.len() > 1;
    let cache = Cache::for_editions(handbooks.len() * selection.audience.audiences().len());
    let mut outcome = Outcome::Fine;
    let mut checked: Vec<Checked> = Vec::new();
    for handbook in &handbooks {
        let mut started = Instant::now();
        let snapshot = match load(handbook, checked.last().map(|before| &before.snapshot)) {
            Ok(snapshot) => snapshot,
            Err(error) => {
                report::error(&error.into());
                outcome = Outcome::Failed;
                continue;
            }
        };
        let mut editions = Vec::new();
        for &audience in selection.audience.audiences() {
            let options = Options { audience, strict: selection.strict, terms: arguments.terms, pdf: false };
            let build = build(&snapshot, &cache, &options);
            editions.push(Edition { found: build.diagnostics.clone(), build, took: started.elapsed() });
            started = Instant::now();
        }
        checked.push(Checked { snapshot, leaks: Vec::new(), editions });
    }
    render(&mut checked, &cache, several)?;
    let mut told = Told::default();
    for Checked { snapshot, leaks, editions } in &checked {
        let mut all = leaks.clone();
        all.extend(editions.iter().flat_map(|edition| edition.found.iter().cloned()));
        diagnostic::sort(&mut all);
        report::diagnostics(&told.news(&all), snapshot, selection.format)?;
        for edition in editions {
            let Edition { build, found, took } = edition;
            let report = EditionReport::without_files(build.edition.clone(), build.pages, found, *took);
            report::edition(&report, selection.format)?;
        }
        if all.iter().any(Diagnostic::is_error) {
            outcome = outcome.max(Outcome::ContentErrors);
        }
    }
    // The process ends next, and taking all trees apart first would only cost time.
    std::mem::forget((checked, cache));
    Ok(outcome)
}

/// Renders every edition, and searches what comes of it for what belongs to `several` others.
fn render(checked: &mut [Checked], cache: &Cache, several: bool) -> Result<()> {
    let clients = checked.iter().flat_map(|Checked { snapshot, editions, .. }| {
        editions.iter().map(|edition| Client::new(snapshot, &edition.build.edition))
    });
    let sweep = several.then(|| Sweep::new(clients.collect()));
    for (number, edition) in checked.iter_mut().flat_map(|checked| &mut checked.editions).enumerate() {
        let begun = Instant::now();
        let faults = match &sweep {
            None => edition.build.render(cache, &|_| {}),
            Some(sweep) => {
                let look = |output| sweep.look(number, &output);
                edition.build.search_files(cache).into_iter().for_each(look);
                edition.build.print_views().for_each(look);
                edition.build.render(cache, &look)
            }
        };
        edition.found.extend(faults);
        diagnostic::sort(&mut edition.found);
        edition.took += begun.elapsed();
    }
    let Some(sweep) = sweep else { return Ok(()) };
    for leak in sweep.finish()? {
        let owner = checked.iter_mut().find(|checked| {
            let files = checked
                .snapshot
                .layers
                .iter()
                .flat_map(|layer| layer.files.values().map(|file| &file.shown).chain([&layer.settings.shown]));
            leak.labels.first().is_some_and(|label| files.into_iter().any(|shown| *shown == label.path))
        });
        if let Some(owner) = owner {
            owner.leaks.push(leak);
        }
    }
    Ok(())
}

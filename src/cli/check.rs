//! `vaert check`: everything that `build --pdf` would tell, with nothing written; several editions are held against each other.
//!
//! Print-outs are not all made, which takes longer than everything else. What of the text cannot be printed is found in the
//! text, each image is tried by itself, and limits are counted. That leaves faults of templates: where the theme has its
//! own, one print-out of each kind is made; those of the built-in theme are known to run.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::press::press;
use super::report::{self, EditionReport, Told};
use super::{Outcome, Selection, locate};
use crate::build::{Audience, Build, Options, build};
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic};
use crate::load::{load, open_large};
use crate::snapshot::Snapshot;
use crate::sweep::{self, Client, Sweep};

/// Look for faults in a handbook and write nothing
///
/// Reads the handbook as `build --pdf` does and renders every page in memory, so that faults in templates are found too, and
/// tells what cannot be printed. With
/// several handbooks, every byte of the editions for both audiences, and all that their print-outs and attachments say, is
/// searched for what belongs to the others alone: `private` words, names, sentences, ids and files. What participants get is
/// searched for what is hidden from them.
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
    /// The leaks of its content that the leak check found in other editions.
    leaks: Vec<Diagnostic>,
    editions: Vec<Edition>,
}

struct Edition {
    build: Build,
    audience: Audience,
    /// Whether the edition was requested; otherwise it is only built to be searched, and nothing else of it is
    /// reported.
    is_reported: bool,
    found: Vec<Diagnostic>,
    took: Duration,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let selection = &arguments.selection;
    let handbooks = locate::handbooks(&selection.handbooks)?;
    let asked = selection.audience.audiences();
    let audiences = searched(asked, handbooks.len());
    let cache = Cache::for_editions(handbooks.len() * audiences.len());
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
        for &audience in &audiences {
            let options =
                Options { audience, strict: selection.strict, terms: arguments.terms, pdf: cfg!(feature = "pdf") };
            let build = build(&snapshot, &cache, &options);
            let (found, is_reported) = (build.diagnostics.clone(), asked.contains(&audience));
            editions.push(Edition { found, build, audience, is_reported, took: started.elapsed() });
            started = Instant::now();
        }
        checked.push(Checked { snapshot, leaks: Vec::new(), editions });
    }
    render(&mut checked, &cache)?;
    let mut told = Told::default();
    for Checked { snapshot, leaks, editions } in &checked {
        let mut all = leaks.clone();
        let editions: Vec<&Edition> = editions.iter().filter(|edition| edition.is_reported).collect();
        all.extend(editions.iter().flat_map(|edition| edition.found.iter().cloned()));
        diagnostic::sort(&mut all);
        report::diagnostics(&told.news(&all), snapshot, selection.format)?;
        for edition in editions {
            let Edition { build, found, took, .. } = edition;
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

/// Returns the audiences whose editions are searched: all if there are several handbooks, else participants and those
/// requested.
fn searched(asked: &[Audience], handbooks: usize) -> Vec<Audience> {
    let is_searched =
        |audience: &Audience| handbooks > 1 || *audience == Audience::Participant || asked.contains(audience);
    [Audience::Participant, Audience::Facilitator].into_iter().filter(is_searched).collect()
}

/// Renders every edition and searches its outputs for content that belongs to others or is hidden.
fn render(checked: &mut [Checked], cache: &Cache) -> Result<()> {
    let sweep = sweep_over(checked);
    for (number, edition) in checked.iter_mut().flat_map(|checked| &mut checked.editions).enumerate() {
        let begun = Instant::now();
        let faults = if sweep.is_idle() {
            edition.build.render(cache, &|_| {})
        } else {
            let look = |output| sweep.look(number, &output);
            edition.build.search_files(cache).into_iter().for_each(look);
            edition.build.print_views().for_each(look);
            edition.build.render(cache, &look)
        };
        edition.found.extend(faults);
        let faults = press(&edition.build, &edition.build.print_outs_to_try(), &|_| {});
        edition.found.extend(faults);
        diagnostic::sort(&mut edition.found);
        edition.took += begun.elapsed();
    }
    let leaks = if sweep.is_idle() { Vec::new() } else { sweep.finish()? };
    for leak in leaks {
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

/// Returns a leak check over all editions.
fn sweep_over(checked: &[Checked]) -> Sweep {
    let client = |Checked { snapshot, editions, .. }: &Checked| {
        Client::new(snapshot, editions.first().map_or("", |edition| &edition.build.edition))
    };
    let editions = checked.iter().enumerate().flat_map(|(client, checked)| {
        checked.editions.iter().map(move |edition| sweep::Edition {
            name: edition.build.edition.clone(),
            client,
            is_for_participants: edition.audience == Audience::Participant,
        })
    });
    Sweep::over(
        checked.iter().map(client).collect(),
        editions.collect(),
        Box::new(|path| Ok(Box::new(open_large(path)?))),
    )
}

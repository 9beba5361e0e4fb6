//! `vaert check`: everything that `build` would tell, with nothing written.

use std::time::Instant;

use anyhow::Result;

use super::report::{self, EditionReport};
use super::{Outcome, Selection, locate};
use crate::build::{Options, build};
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic};
use crate::load::load;

/// Look for faults in a handbook and write nothing
///
/// Reads the handbook as `build` does and renders every page in memory, so that faults in templates are found too.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert check                     the handbook here, or in `content`
  vaert check --strict kunder/*   several; warnings count as errors
  vaert check --format short      one line a fault, for editors")]
pub(super) struct Arguments {
    #[command(flatten)]
    selection: Selection,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let selection = &arguments.selection;
    let mut outcome = Outcome::Fine;
    for handbook in locate::handbooks(&selection.handbooks)? {
        let mut started = Instant::now();
        let snapshot = load(&handbook, None)?;
        let mut cache = Cache::for_one_build();
        let mut all: Vec<Diagnostic> = Vec::new();
        let mut reports = Vec::new();
        for &audience in selection.audience.audiences() {
            let options = Options { audience, strict: selection.strict };
            let build = build(&snapshot, &mut cache, &options);
            let mut found = build.diagnostics.clone();
            found.extend(build.render(&cache, &|_| {}));
            diagnostic::sort(&mut found);
            reports.push(EditionReport::without_files(build.edition.clone(), build.pages, &found, started.elapsed()));
            all.extend(found);
            started = Instant::now();
        }
        diagnostic::sort(&mut all);
        report::diagnostics(&all, &snapshot, selection.format)?;
        for edition in &reports {
            report::edition(edition, selection.format)?;
        }
        if all.iter().any(Diagnostic::is_error) {
            outcome = Outcome::ContentErrors;
        }
    }
    Ok(outcome)
}

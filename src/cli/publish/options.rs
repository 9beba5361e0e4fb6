//! Compares the options of a publish with those that its target was published with before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Arguments, ServerChoice};
use crate::write::{Manifest, WriteError, option_that_brings};

/// Returns the options that decide which files are published, as they are written on the command line.
pub(super) fn given(arguments: &Arguments) -> Vec<String> {
    let serves = |choice: ServerChoice| arguments.server.iter().any(|given| *given as u8 == choice as u8);
    let options = [
        ("--long-paths", arguments.long_paths),
        ("--pdf", arguments.pdf),
        ("--server headers", serves(ServerChoice::Headers)),
        ("--server iis", serves(ServerChoice::Iis)),
    ];
    options.into_iter().filter(|(_, is_given)| *is_given).map(|(option, _)| option.to_owned()).collect()
}

/// Checks that a publish of `edition` with the options `given` leaves no files behind in `target`, whose manifest is
/// `there`, that only another option produces. In an old manifest, only the files show which options were given.
///
/// # Errors
/// Returns [`WriteError::FewerOptions`] if it would leave such files.
pub(super) fn check(
    target: &Path,
    there: &Manifest,
    edition: &str,
    given: &[String],
    planned: &BTreeSet<&str>,
) -> Result<(), WriteError> {
    // Replacing one edition by another has already been confirmed.
    if there.edition.as_deref().is_some_and(|published| published != edition) {
        return Ok(());
    }
    let mut missing: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for path in there.paths.iter().filter(|path| !planned.contains(&***path)) {
        if let Some(option) = option_that_brings(path).filter(|option| !given.iter().any(|given| given == option)) {
            missing.entry(option).or_default().push(path.to_string());
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let before: BTreeSet<&str> =
        missing.keys().copied().chain(there.memory.options.iter().map(String::as_str)).collect();
    let options = before.into_iter().map(str::to_owned).collect();
    Err(WriteError::FewerOptions { target: target.into(), missing, options })
}

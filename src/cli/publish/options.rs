//! Compares the options of a publish with those that its target was published with before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Arguments, ServerChoice};
use crate::write::{Manifest, WriteError, option_that_brings};

/// The options that bring files or let them be, as they are written on the command line.
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

/// Checks that a publish of `edition` with the options `given` leaves of `target`, whose manifest is `there`, no kind of file
/// behind that only another option brings. Which options there were an old manifest tells by its files alone.
///
/// # Errors
/// [`WriteError::FewerOptions`].
pub(super) fn check(
    target: &Path,
    there: &Manifest,
    edition: &str,
    given: &[String],
    planned: &BTreeSet<&str>,
) -> Result<(), WriteError> {
    // Whoever replaces one edition by another was asked already.
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

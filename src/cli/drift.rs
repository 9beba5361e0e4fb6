//! Runs `vaert drift`: shows what has been changed, dropped and added below an edition's own items since it was last
//! accepted.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};

use super::{Outcome, locate, report};
use crate::diagnostic::Diagnostic;
use crate::drift::{Added, Drift, Dropped, LOCK, Override, drift, one_line};
use crate::load::load;

/// Tell which items an edition replaces have changed in its base, which are gone, and what is new there
///
/// An edition that replaces an item does not see later changes of the base's. This tells of them, word by word, until you
/// have looked and accept them. What was accepted stands in `overrides.lock` beside `handbook.yaml`.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert drift kunder/*                what changed below their own items
  vaert drift kunder/nordby --accept  looked at: remember the base as it is now")]
pub(super) struct Arguments {
    /// Folders that hold a `handbook.yaml` [default: `.` or `content`, whichever does]
    #[arg(value_name = "HANDBOOK")]
    handbooks: Vec<PathBuf>,
    /// Remember the base as it is now
    #[arg(long)]
    accept: bool,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut outcome = Outcome::Fine;
    for handbook in locate::handbooks(&arguments.handbooks)? {
        let snapshot = load(&handbook, None)?;
        let (drift, mut faults) = drift(&snapshot);
        // A base that cannot be found changes nothing; that must not look like peace.
        faults.extend(snapshot.diagnostics.iter().filter(|fault| fault.is_error()).cloned());
        report::diagnostics(&faults, &snapshot, super::Format::Human)?;
        if faults.iter().any(Diagnostic::is_error) {
            outcome = outcome.max(Outcome::ContentErrors);
            continue;
        }
        match arguments.accept {
            true => accept(&handbook, &drift)?,
            false => report::to_stdout(&text(&handbook, &drift))?,
        }
    }
    Ok(outcome)
}

/// Rewrites the lock of the handbook in the folder `handbook`.
fn accept(handbook: &Path, drift: &Drift) -> Result<()> {
    let path = handbook.join(LOCK);
    let text = format!(
        "# What the items here replaced when they were last looked at: written by `vaert drift --accept`.\n{}",
        serde_yaml::to_string(&drift.accept(&today()))?
    );
    fs::write(&path, text).with_context(|| format!("could not write `{}`", path.display()))?;
    let replaced = report::count(drift.overrides.len(), "replaced item");
    report::to_stdout(&format!("{}: {replaced} remembered\n", handbook.display()))
}

/// Returns the changed, dropped and new items below the handbook in the folder `handbook`, with a summary line.
fn text(handbook: &Path, drift: &Drift) -> String {
    let mut text = String::new();
    let drifted: Vec<&Override> = drift.overrides.iter().filter(|item| item.has_drifted()).collect();
    for item in &drifted {
        let since = item.accepted.as_ref().map_or("", |entry| &entry.accepted);
        let (id, file) = (&item.id, &item.base_shown);
        text += &format!("{id}: `{file}` has changed since {since}\n  {}\n", one_line(&item.changes()));
    }
    for Dropped { id, shown, since, moved_to } in &drift.dropped {
        let now = moved_to.as_ref().map_or_else(String::new, |now| format!(", where it seems to be `{now}` now"));
        text += &format!("{id}: `{shown}` replaces nothing any more: the base had it on {since}{now}\n");
    }
    for Added { id, shown } in &drift.added {
        text += &format!("{id}: `{shown}` is new since {}\n", drift.since);
    }
    let not_accepted = drift.overrides.iter().filter(|item| item.accepted.is_none()).count();
    let mut counts =
        vec![report::count(drift.overrides.len(), "replaced item"), format!("{} changed below", drifted.len())];
    for (number, what) in [
        (drift.dropped.len(), "dropped from the base"),
        (drift.added.len(), "new in the base"),
        (not_accepted, "not yet accepted"),
    ] {
        counts.extend((number > 0).then(|| format!("{number} {what}")));
    }
    text + &format!("{}: {}\n", handbook.display(), counts.join(", "))
}

/// Today's date in UTC, by the algorithm `civil_from_days` of Howard Hinnant.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    date(i64::try_from(seconds / 86_400).unwrap_or(0))
}

/// The date so many days after 1970-01-01.
fn date(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (days, expected) in [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_782, "2026-11-25")]
        {
            assert_eq!(date(days), expected);
        }
    }
}

//! `vaert explain`: a code becomes its page of explanation.

use anyhow::{Result, anyhow};

use super::{Outcome, report};
use crate::diagnostic::{Code, Severity, explain, suggest};

/// Explain a code that a message names
///
/// Says what the fault is, why it matters to a reader, and how it is mended. Without CODE, lists all codes.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  vaert explain broken-link")]
pub(super) struct Arguments {
    /// As between the brackets of `error[broken-link]`
    code: Option<String>,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let text = match &arguments.code {
        Some(written) => explain::text(find(written)?).trim_end().to_owned(),
        None => list(),
    };
    report::to_stdout(&format!("{text}\n"))?;
    Ok(Outcome::Fine)
}

fn find(written: &str) -> Result<Code> {
    Code::ALL.iter().copied().find(|code| code.name() == written).ok_or_else(|| {
        let help = match suggest::nearest(written, Code::ALL.iter().map(|code| code.name())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`vaert explain` lists all codes".to_owned(),
        };
        anyhow!("there is no code `{written}`\nhelp: {help}")
    })
}

fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let line = |code: &Code| {
        let severity = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        format!("{:width$}  {severity}", code.name())
    };
    Code::ALL.iter().map(line).collect::<Vec<_>>().join("\n")
}

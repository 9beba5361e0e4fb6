//! `vaert completions`: the command line's own description becomes a script for a shell.

use anyhow::Result;
use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Outcome, report};

/// Print a script that completes commands and options with the Tab key
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  vaert completions bash > ~/.local/share/bash-completion/completions/vaert")]
pub(super) struct Arguments {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "vaert", &mut script);
    report::to_stdout(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}

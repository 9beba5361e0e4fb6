//! `vaert print` of a program that was built without its printing press: says how to get one that has it.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::{NO_PDF, Outcome};

/// Make PDFs to print (not in this program: it was built without the cargo feature `pdf`)
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Anything
    #[arg(value_name = "HANDBOOK", trailing_var_arg = true, allow_hyphen_values = true)]
    _anything: Vec<PathBuf>,
}

/// Tells how to get a program that can.
pub(super) fn run(_: &Arguments) -> Result<Outcome> {
    bail!(NO_PDF)
}

//! The command `vaert`: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    vaert::cli::main()
}

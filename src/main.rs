//! The command `vaert`: everything is in the library.

use std::process::ExitCode;

/// A build makes millions of small allocations from several threads, which the C library's allocator serves slowly:
/// mimalloc saves a tenth of the CPU time and a sixth of the time on two cores (`benches/README.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vaert::cli::main()
}

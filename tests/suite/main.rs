//! The integration tests, in one crate so that they link once.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may fail loudly and make the files they need"
)]

mod cli;
mod diagnostics;
mod faults;
mod handbook;
mod load;
mod readme;
mod write;

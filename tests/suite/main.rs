//! The integration tests, in one crate so that they link once.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may fail loudly and make the files they need"
)]

mod bad_input;
mod cache;
mod cli;
mod content;
mod desk;
mod diagnostics;
mod editions;
mod examples;
mod faults;
mod feature;
mod generated;
mod handbook;
mod hostile_text;
mod languages;
mod layering;
mod leaks;
mod load;
mod mangled;
mod names;
mod new;
#[cfg(feature = "pdf")]
mod print;
mod publish;
mod random;
mod readme;
mod rebuild;
mod same_bytes;
mod search;
mod search_language;
mod serve;
mod slips;
mod stems;
mod values;
mod warm_equals_cold;
mod words;
mod write;

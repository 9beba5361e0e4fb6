//! Decides which files of an edition's folder a command rewrites and so may remove, and which option of a publish adds
//! them.

use crate::hosting::Server;
use crate::model::address::PRINT_OUTS;
use crate::plan::print_outs::is_print_out;

/// The files of an edition that a command rewrites; those of an earlier one outside of it are left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All files.
    Whole,
    /// All files but those for web servers, which only a publish knows of.
    Built,
    /// The same without the print-outs.
    Site,
    /// The print-outs.
    PrintOuts,
    /// Only the files that are put.
    Single,
}

impl Part {
    /// Returns whether a file of ours at `path` that is not put is removed.
    pub(super) fn replaces(self, path: &str) -> bool {
        match self {
            Part::Whole => true,
            Part::Built => Server::of(path).is_none(),
            Part::Site => !is_print_out(path) && Server::of(path).is_none(),
            Part::PrintOuts => is_print_out(path),
            Part::Single => false,
        }
    }
}

/// Returns the option of `vaert publish` without which there is no file at `path`; `None` for files of every edition.
pub fn option_that_brings(path: &str) -> Option<&'static str> {
    match Server::of(path) {
        Some(Server::Iis) => Some("--server iis"),
        Some(Server::Headers) => Some("--server headers"),
        None => (path == PRINT_OUTS || is_print_out(path)).then_some("--pdf"),
    }
}

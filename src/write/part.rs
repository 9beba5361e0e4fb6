//! Says which files of an edition's folder a command makes anew and so may remove, and which option of a publish brought them.

use crate::hosting::Server;
use crate::model::address::PRINT_OUTS;
use crate::plan::print_outs::is_print_out;

/// Which files of an edition a command makes anew; those of an earlier one outside of it are left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Whole,
    /// All but what web servers read, which only a publish knows of.
    Built,
    /// The same without the print-outs.
    Site,
    /// The print-outs.
    PrintOuts,
    /// Only those that are put.
    Single,
}

impl Part {
    /// Whether a file of ours at `path` that is not put goes.
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

/// The option of `vaert publish` without which no file is at `path`; nothing for what every edition has.
pub fn option_that_brings(path: &str) -> Option<&'static str> {
    match Server::of(path) {
        Some(Server::Iis) => Some("--server iis"),
        Some(Server::Headers) => Some("--server headers"),
        None => (path == PRINT_OUTS || is_print_out(path)).then_some("--pdf"),
    }
}

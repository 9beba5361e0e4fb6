//! A fault and its places become what a reader is told of them.

use super::{Diagnostic, Label, english};

/// What is said about a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Diagnostic {
    /// The message and the help.
    pub fn text(&self) -> Text {
        english::text(&self.fault)
    }
}

impl Label {
    /// What is to be seen here, for places beside the first.
    pub fn text(&self) -> Option<&'static str> {
        self.note
    }
}

//! A fault and its places become what a reader is told of them, in the reader's language.

use super::{Diagnostic, Fault, Label, danish, english};
use crate::model::handbook::Language;

/// What is said about a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The message and the help for `fault`.
pub fn text(fault: &Fault, language: Language) -> Text {
    match language {
        Language::Danish => danish::text(fault),
        Language::English => english::text(fault),
    }
}

impl Diagnostic {
    /// The message and the help.
    pub fn text(&self, language: Language) -> Text {
        text(&self.fault, language)
    }
}

impl Label {
    /// What is to be seen here, for places beside the first.
    pub fn text(&self, language: Language) -> Option<&'static str> {
        self.note.map(|note| match language {
            Language::Danish => danish::note(note),
            Language::English => note,
        })
    }
}

//! Faults in content as data: what is wrong, where, and what to do.
//!
//! A stage that finds a fault pushes a [`Diagnostic`] and goes on; it never stops. What can be wrong
//! is the enum [`Fault`]; how it is said, in each language, [`text()`]; how it is shown, [`mod@print`].

pub mod code;
mod danish;
mod english;
pub mod explain;
pub mod fault;
pub mod footnote;
pub mod metadata;
pub mod print;
pub mod quote;
pub mod suggest;
mod text;
pub mod unprintable;
pub mod unread;

use std::ops::Range;
use std::sync::Arc;

use crate::source::Span;

pub use code::Code;
pub use fault::Fault;
pub use text::{Text, text};

/// The severity of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output would be wrong; nothing is written.
    Error,
    /// The handbook is not finished or not consistent.
    Warning,
}

/// A fault in content with its places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// The fault, as data.
    pub fault: Fault,
    /// The code's own severity, or `Error` where the user asked to be strict.
    pub severity: Severity,
    /// The spans of the fault; the first is the one to go to. Empty only for faults of the handbook as a whole.
    pub labels: Vec<Label>,
}

/// A place that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The file as the user would name it.
    pub path: Arc<str>,
    /// Byte range in the file; empty ranges point between two characters.
    pub span: Span,
    /// A note on this span, for those beside the first, in English.
    pub note: Option<&'static str>,
}

impl Diagnostic {
    /// A diagnostic at one place.
    pub fn new(fault: Fault, path: &Arc<str>, range: Range<usize>) -> Self {
        let label = Label { path: Arc::clone(path), span: Span::new(range), note: None };
        Self { severity: fault.code().severity(), fault, labels: vec![label] }
    }

    /// The same diagnostic with one more place, which `note` explains.
    pub fn and_at(mut self, path: &Arc<str>, range: Range<usize>, note: &'static str) -> Self {
        self.labels.push(Label { path: Arc::clone(path), span: Span::new(range), note: Some(note) });
        self
    }

    /// The code's name for tools and for `vaert explain`.
    pub fn code(&self) -> Code {
        self.fault.code()
    }

    /// Whether the output would be wrong.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts by file, place and code, and drops repeats: the order of every report.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.cmp(b)));
    diagnostics.dedup();
}

fn place(diagnostic: &Diagnostic) -> Option<(&str, u32)> {
    diagnostic.labels.first().map(|label| (&*label.path, label.span.start))
}

//! What Typst says of a template becomes diagnostics at the theme's files.

use std::sync::Arc;

use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;

use super::world::Desk;
use crate::diagnostic::{Diagnostic, Fault, Severity};

/// A fault of the template `main` as a whole.
pub(super) fn at_start(main: &Arc<str>, message: String) -> Diagnostic {
    Diagnostic::new(Fault::TemplateError { message }, main, 0..0)
}

/// Errors, each at its place in the theme's `print/`, else at the template that was running.
pub(super) fn errors(found: &[SourceDiagnostic], desk: &Desk, main: &Arc<str>) -> Vec<Diagnostic> {
    found.iter().map(|error| at_place(error, desk, main)).collect()
}

/// Warnings, in the same way.
pub(super) fn warnings(found: &[SourceDiagnostic], desk: &Desk, main: &Arc<str>) -> Vec<Diagnostic> {
    let weigh = |warning| Diagnostic { severity: Severity::Warning, ..at_place(warning, desk, main) };
    found.iter().map(weigh).collect()
}

fn at_place(found: &SourceDiagnostic, desk: &Desk, main: &Arc<str>) -> Diagnostic {
    let hints: Vec<&str> = found.hints.iter().map(|hint| hint.v.as_str()).collect();
    let mut message = found.message.to_string();
    if !hints.is_empty() {
        message = format!("{message} ({})", hints.join("; "));
    }
    // A fault deep inside a function is shown at the innermost place that is the theme's.
    let places = std::iter::once(found.span).chain(found.trace.iter().map(|point| point.span.into()));
    let place = places.filter_map(|span| Some((desk.shown(span.id()?)?, desk.range(span)?))).next();
    match place {
        Some((shown, range)) => Diagnostic::new(Fault::TemplateError { message }, &shown, range),
        None => at_start(main, message),
    }
}

//! Reports the problems of a handbook as the overlay in the browser shows them: JSON.

use std::sync::Arc;

use serde::Serialize;

use super::Site;
use crate::diagnostic::{Diagnostic, Severity, text};
use crate::escape::{push_attribute, push_escaped};
use crate::model::handbook::Language;
use crate::snapshot::Snapshot;
use crate::source::{Position, position};

/// Faults shown; the rest are only counted.
const MOST_SHOWN: usize = 200;

/// Everything that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// `da` or `en`: the language of the messages, and of the overlay's own words.
    pub language: &'static str,
    /// Why nothing could be loaded, if so: what is shown is as old as that.
    pub failure: Option<String>,
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// The first of them.
    pub faults: Vec<Fault>,
}

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Its code.
    pub code: &'static str,
    /// Whether it is an error.
    pub error: bool,
    /// The message.
    pub message: String,
    /// The advice on how to fix it.
    pub help: String,
    /// The file as the author would name it.
    pub file: String,
    /// Line and column, counted from 1; nothing for a file that is not text.
    pub line: Option<usize>,
    /// See `line`.
    pub column: Option<usize>,
    /// The line itself in three pieces: before the place, the place, behind it.
    pub excerpt: Option<[String; 3]>,
}

/// The report on a site.
pub fn report(site: &Site) -> Report {
    let all = site.diagnostics();
    let language = site.build().and_then(|build| build.book()).map_or(Language::Danish, |book| book.handbook.language);
    let errors = all.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let faults = site.snapshot().map_or_else(Vec::new, |snapshot| {
        all.iter().take(MOST_SHOWN).map(|diagnostic| fault(diagnostic, snapshot, language)).collect()
    });
    Report {
        language: language.tag(),
        failure: site.failure().map(|failure| failure.text(language)),
        errors,
        warnings: all.len() - errors,
        faults,
    }
}

fn fault(diagnostic: &Diagnostic, snapshot: &Snapshot, language: Language) -> Fault {
    let words = text(&diagnostic.fault, language);
    let label = diagnostic.labels.first();
    let source = label.and_then(|label| text_of(snapshot, &label.path));
    let place = label.zip(source).map(|(label, source)| {
        let Position { line, column } = position(&source, label.span.start as usize);
        (line, column, excerpt(&source, label.span.range()))
    });
    Fault {
        code: diagnostic.code().name(),
        error: diagnostic.severity == Severity::Error,
        message: words.message,
        help: words.help,
        file: label.map_or_else(String::new, |label| label.path.to_string()),
        line: place.as_ref().map(|(line, ..)| *line),
        column: place.as_ref().map(|(_, column, _)| *column),
        excerpt: place.map(|(.., excerpt)| excerpt),
    }
}

/// Returns the page that replaces one of which no version can be shown. Its panel lists the problems; without scripts,
/// the page itself does.
pub fn report_page(site: &Site) -> String {
    let report = report(site);
    let (title, say) = match report.language {
        "da" => ("Siden kan ikke vises endnu", "Den bliver vist, så snart det, der er galt, er rettet."),
        _ => ("This page cannot be shown yet", "It will be shown as soon as what is wrong has been corrected."),
    };
    let sheets = site.build().map(|build| build.stylesheets()).unwrap_or_default();
    let mut page = format!("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", report.language);
    page.push_str("<meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"icon\" href=\"data:,\">\n");
    page.push_str(&format!("<title>{title}</title>\n"));
    for sheet in sheets {
        page.push_str("<link rel=\"stylesheet\"");
        push_attribute(&mut page, "href", &format!("/{sheet}"));
        page.push_str(">\n");
    }
    page.push_str(&format!("</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{say}</p>\n<noscript>\n<ul>\n"));
    report.failure.iter().for_each(|failure| push_problem(&mut page, &[failure]));
    for fault in &report.faults {
        let place = fault.line.map_or_else(|| fault.file.clone(), |line| format!("{}:{line}", fault.file));
        push_problem(&mut page, &[&place, &fault.message, &fault.help]);
    }
    page.push_str("</ul>\n</noscript>\n</main>\n</body>\n</html>\n");
    page
}

fn push_problem(page: &mut String, lines: &[&String]) {
    page.push_str("<li>");
    for (at, line) in lines.iter().enumerate() {
        page.push_str(if at > 0 { "<br>" } else { "" });
        push_escaped(page, line);
    }
    page.push_str("</li>\n");
}

/// The text of the file that is shown as `path`.
fn text_of(snapshot: &Snapshot, path: &str) -> Option<Arc<str>> {
    let settings = snapshot.layers.iter().map(|layer| &layer.settings);
    if let Some(settings) = settings.into_iter().find(|settings| *settings.shown == *path) {
        return Some(Arc::clone(&settings.text));
    }
    let layers = snapshot.layers.iter().flat_map(|layer| layer.files.values());
    let mut files = layers.chain(snapshot.themes.iter().flat_map(|theme| theme.files.values()));
    Some(files.find(|file| *file.shown == *path)?.source()?.text)
}

/// The line in which `range` begins, cut to what can be read beside a fault.
fn excerpt(text: &str, range: std::ops::Range<usize>) -> [String; 3] {
    const AROUND: usize = 120;
    let at = text.floor_char_boundary(range.start.min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let until = text.floor_char_boundary(range.end.clamp(at, end));
    let from = text.floor_char_boundary(start.max(at.saturating_sub(AROUND)));
    let until = text.floor_char_boundary(until.min(at + 2 * AROUND));
    let to = text.floor_char_boundary(end.min(until + AROUND));
    [&text[from..at], &text[at..until], &text[until..to]].map(|piece| piece.trim_end_matches('\r').to_owned())
}

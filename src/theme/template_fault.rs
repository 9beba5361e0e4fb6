//! Errors of the template engine become diagnostics at the theme's files.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tera::{Error, ErrorKind};

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Source;

/// Diagnostics for one error of Tera, which names templates as keys of `sources`; several where it reports several.
///
/// `fallback` is the template to point at where the error names none.
pub fn diagnostics(error: &Error, sources: &BTreeMap<String, Source>, fallback: &str) -> Vec<Diagnostic> {
    let at_start = |template: &str, message: &str| vec![at(sources, template, 0..0, message)];
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![at(sources, report.filename(), report.span().range.clone(), report.message())]
        }
        ErrorKind::MissingParent { current, parent } => {
            at_start(current, &format!("there is no template `{parent}` to extend"))
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let chain = inheritance_chain.join("` extends `");
            let way_out = "to extend the parent theme's template of the same name, write the theme's name before it";
            at_start(tpl, &format!("the template extends itself: `{chain}`; {way_out}"))
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            at_start(tpl, &format!("the template includes itself: `{}`", include_chain.join("` includes `")))
        }
        ErrorKind::Msg(text) if text.starts_with("error: ") => reports(text, sources, fallback),
        other => {
            let message = other.to_string();
            let named = message.split('`').find(|word| sources.contains_key(*word)).unwrap_or(fallback);
            at_start(named, &message)
        }
    }
}

/// Takes apart the reports that Tera joins into one text when templates name what is not there. Each begins
/// `error: message`, then ` --> template:line:column` on a line of its own; notes on callers come between them.
fn reports(text: &str, sources: &BTreeMap<String, Source>, fallback: &str) -> Vec<Diagnostic> {
    let reports = text.split("\n\n").filter_map(|report| report.strip_prefix("error: "));
    reports
        .map(|report| {
            let (message, rest) = report.split_once('\n').unwrap_or((report, ""));
            let place = rest.lines().next().and_then(|line| place(line, sources));
            let (template, range) = place.unwrap_or((fallback, 0..0));
            at(sources, template, range, message)
        })
        .collect()
}

fn place<'a>(line: &'a str, sources: &BTreeMap<String, Source>) -> Option<(&'a str, Range<usize>)> {
    let (place, column) = line.trim_start().strip_prefix("--> ")?.rsplit_once(':')?;
    let (template, line) = place.rsplit_once(':')?;
    let text = &*sources.get(template)?.text;
    let start = byte_offset(text, line.parse().ok()?, column.parse().ok()?);
    Some((template, start..start))
}

/// The byte offset of a line and a column in characters, both from 1; within the line.
fn byte_offset(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text[line_start..].lines().next().unwrap_or("");
    line_start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

fn at(sources: &BTreeMap<String, Source>, template: &str, range: Range<usize>, message: &str) -> Diagnostic {
    let shown = sources.get(template).map_or_else(|| Arc::from(template), |source| Arc::clone(&source.shown));
    Diagnostic::new(Fault::TemplateError { message: in_our_style(message) }, &shown, range)
}

/// Lower case at the start, no full stop, one line.
fn in_our_style(message: &str) -> String {
    let message = message.trim().trim_end_matches('.').replace('\n', " ");
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_become_bytes_within_the_text() {
        let text = "æøå\nblå ø\n";
        assert_eq!(byte_offset(text, 1, 1), 0);
        assert_eq!(byte_offset(text, 2, 5), 12);
        assert_eq!(byte_offset(text, 2, 99), text.len() - 1);
        assert_eq!(byte_offset(text, 99, 1), text.len());
        assert_eq!(byte_offset("", 0, 0), 0);
    }

    #[test]
    fn messages_are_lower_case_without_a_full_stop() {
        assert_eq!(in_our_style("Unknown filter `x`.\n"), "unknown filter `x`");
        assert_eq!(in_our_style(""), "");
    }
}

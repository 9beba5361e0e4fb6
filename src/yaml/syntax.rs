//! The parser's errors in the words of somebody who writes: what is wrong, where, and whether quotes would mend it.

use std::ops::Range;

use crate::diagnostic::Fault;

use super::tree::{KEY, TAGGED, TOO_DEEP, TOO_LARGE};

/// What the parser says where a text goes on behind its end.
const SECOND_DOCUMENT: &str = "more than one document";
const OUT_OF_LINE: &str = "text after the end of a value, or a line that is not in line with its neighbours";
/// No further quotes are wanted here.
const UNCLOSED: &str = "this quotation mark is never closed";

/// The place in `text` and the fault for an error from [`parse`](super::tree::parse).
pub fn explain(error: &serde_yaml::Error, text: &str) -> (Range<usize>, Fault) {
    let message = error.to_string();
    let at = match error.location() {
        _ if message.contains("stream") || message.contains("',' or") => opened_at(&message, text),
        _ if message.contains(" at position ") => number_after(&message, " at position "),
        Some(location) => Some(location.index()),
        None if message.contains(SECOND_DOCUMENT) => second_document(text).or_else(|| first_outdent(text)),
        None => None,
    };
    let at = text.floor_char_boundary(at.unwrap_or(0));
    let character = text[at..].chars().next().unwrap_or(' ');
    let reason = match reason(&message, character) {
        _ if message.contains(SECOND_DOCUMENT) && second_document(text).is_none() => OUT_OF_LINE.to_owned(),
        reason => reason,
    };
    let fault = Fault::InvalidYaml { wants_quotes: reason != UNCLOSED && wants_quotes(text, at), reason };
    (at..at + character_length(text, at), fault)
}

fn reason(message: &str, character: char) -> String {
    let table = [
        (TOO_DEEP, "brackets nested too deeply"),
        ("recursion limit", "values nested too deeply"),
        (TOO_LARGE, "`*` aliases that grow to far more than the text itself"),
        ("repetition limit", "`*` aliases that grow to far more than the text itself"),
        (TAGGED, "a value that begins with `!` is read as a tag"),
        (KEY, "a key has to be a word"),
        ("unknown anchor", "a value that begins with `*` is read as an alias"),
        ("scanning an alias", "a value that begins with `*` is read as an alias"),
        ("scanning an anchor", "a value that begins with `&` is read as an anchor"),
        ("scanning a block scalar", "after `|` or `>` the text has to begin on the next line"),
        ("mapping values are not allowed", "a `: ` where no key can stand"),
        ("block sequence entries are not allowed", "a list has to begin on a line of its own"),
        ("expected '-' indicator", "a line that is neither part of the list nor in line with its key"),
        ("expected key", OUT_OF_LINE),
        ("expected ',' or ']'", "this `[` has no `]`, or two values have no `,` between them"),
        ("expected ',' or '}'", "this `{` has no `}`, or two keys have no `,` between them"),
        ("unexpected end of stream", UNCLOSED),
        ("unexpected document indicator", UNCLOSED),
        ("could not find expected ':'", "a key without `:` and a space after it"),
        ("expected node content", "a value is missing here"),
        ("unknown escape", "a `\\` that means nothing in double quotes: write it twice, or use single quotes"),
        ("control characters", "a control character that cannot be seen"),
        (SECOND_DOCUMENT, "a line `---` or `...` ends the settings before their last line"),
    ];
    match table.into_iter().find(|(part, _)| message.contains(part)) {
        Some((_, reason)) => reason.to_owned(),
        None if character == '\t' => "a tab at the start of a line: indent with spaces".to_owned(),
        None if message.contains("cannot start") => format!("a value cannot begin with `{character}`"),
        None => message.split(" at line ").next().unwrap_or(message).replace('\0', ""),
    }
}

/// Whether the line around `at` holds a value that quotes would make a text.
fn wants_quotes(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or("").trim_start();
    let item = line.strip_prefix("- ").unwrap_or(line);
    let value = item.split_once(": ").map_or(item, |(_, value)| value).trim_start();
    let begins_as_yaml = |text: &str| text.starts_with(['{', '[', '&', '*', '!', '%', '@', '`', '"', '\'', '|', '>']);
    begins_as_yaml(value) || begins_as_yaml(item) || value.contains(": ")
}

/// The place that the parser names last: where the thing that is not closed was opened.
fn opened_at(message: &str, text: &str) -> Option<usize> {
    let (_, context) = message.rsplit_once(", while ")?;
    let line = number_after(context, " at line ").unwrap_or(1);
    let column = number_after(context, " column ").unwrap_or(1);
    let start = line_start(text, line)?;
    let within = text[start..].char_indices().nth(column.checked_sub(1)?).map_or(0, |(at, _)| at);
    Some(start + within)
}

fn second_document(text: &str) -> Option<usize> {
    let marks = ["\n---", "\n..."];
    marks.into_iter().filter_map(|mark| text.trim_end().rfind(mark)).max().map(|at| at + 1)
}

/// The first line that begins further left than the first: it ends the settings.
fn first_outdent(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut first = None;
    for line in text.split_inclusive('\n') {
        let begins = line.len() - line.trim_start().len();
        let is_text = !line[begins..].is_empty() && !line[begins..].starts_with('#');
        if is_text && begins < *first.get_or_insert(begins) {
            return Some(at + begins);
        }
        at += line.len();
    }
    None
}

fn line_start(text: &str, line: usize) -> Option<usize> {
    match line.checked_sub(2) {
        None => Some(0),
        Some(above) => text.match_indices('\n').nth(above).map(|(at, _)| at + 1),
    }
}

fn number_after(text: &str, mark: &str) -> Option<usize> {
    let (_, rest) = text.rsplit_once(mark)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    rest[..digits].parse().ok()
}

fn character_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().filter(|c| *c != '\n' && *c != '\r').map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic;
    use crate::model::handbook::Language;
    use crate::source::position;

    #[test]
    fn syntax_errors_say_where_and_why_in_plain_words() {
        for (text, line, column, part, quotes) in [
            ("å: ø\nx: {borger} er\nb: 2", 2, 13, "after the end", true),
            ("t: Se: mennesket\n", 1, 6, "`: `", true),
            ("- {a} er\n", 1, 7, "neither part", true),
            ("b: 1\næ: \"abc\nb: c\n", 2, 4, "never closed", false),
            ("a: *x*\n", 1, 6, "alias", true),
            ("a: *x\n", 1, 4, "alias", true),
            ("a: @x", 1, 4, "cannot begin with `@`", true),
            ("a:\n\tb: c", 2, 1, "tab", false),
            ("a: !Husk at\n", 1, 4, "`!`", true),
            ("b: æ\na: [x, y\nb: c\n", 2, 4, "`[` has no `]`", true),
            ("a\nb: c\n", 2, 2, "`: `", false),
            ("a: x\u{1}y", 1, 5, "control character", false),
            ("a: b\n---\nc: d\n", 2, 1, "`---`", false),
            ("  a: b\n\n c: d\n", 3, 2, "not in line", false),
            ("? [a]\n: b\n", 1, 3, "key", false),
            ("a: \"\\q\"\n", 1, 5, "`\\`", true),
            ("a: ]\n", 1, 4, "missing", false),
            ("a: - b\n", 1, 4, "line of its own", false),
        ] {
            let error = super::super::tree::parse(text).err().unwrap_or_else(|| panic!("{text:?} parses"));
            let (range, fault) = explain(&error, text);
            let danish = diagnostic::text(&fault, Language::Danish).message;
            assert!(!danish.contains('»'), "{text:?} is not explained in Danish: {danish}");
            let Fault::InvalidYaml { reason, wants_quotes } = fault else { panic!("{fault:?}") };
            let place = position(text, range.start);
            assert_eq!((place.line, place.column, wants_quotes), (line, column, quotes), "{text:?} {error}");
            assert!(reason.contains(part), "{text:?}: {reason} / {error}");
        }
    }

    #[test]
    fn bombs_and_towers_are_refused_soon() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let below = format!("*a{}, ", level - 1).repeat(10);
            bomb += &format!("a{level}: &a{level} [{below}]\n");
        }
        for text in [bomb, "[".repeat(2_000_000), "{a: ".repeat(500_000), "- ".repeat(100_000), "a: &a [*a]".into()] {
            let error = super::super::tree::parse(&text).err();
            let fault = error.map(|error| explain(&error, &text).1);
            assert!(matches!(fault, Some(Fault::InvalidYaml { .. })), "{:?} {fault:?}", &text[..10]);
        }
    }
}

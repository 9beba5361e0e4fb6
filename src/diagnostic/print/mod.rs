//! Diagnostics become text: for people with the line and a caret, one line each, or JSON for tools.
//!
//! Whatever stands in the content, the text is bounded and cannot drive the terminal that shows it.

mod excerpt;
mod harmless;
mod lines;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use self::excerpt::{Excerpt, excerpt};
use self::harmless::{escape_json, harmless};
use self::lines::{Files, Lines};
use super::{Diagnostic, Label, Severity, Text};
use crate::model::handbook::Language;
use crate::source::Position;

/// Wider than any excerpt, so that the renderer never cuts what [`excerpt`] has cut already.
const RENDER_WIDTH: usize = 2_000;

/// More of one kind than anybody reads on; how many more there are is said.
const MOST_ALIKE: usize = 100;

/// Stands after a place in a report until the report is finished; [`harmless`] text never holds it.
const END_OF_PLACE: char = '\0';

/// What a caller gives to look up the text of a file by its shown path; nothing for what is not text.
pub type SourceOf<'a> = &'a dyn Fn(&str) -> Option<Arc<str>>;

/// The diagnostics as rustc shows them, of one code in one file at most a hundred: title with code, place, the line with a caret, help; a blank line after each.
///
/// With `color`, ANSI escapes set it; strip them (anstream) where the terminal shows none.
pub fn human(diagnostics: &[Diagnostic], source_of: SourceOf, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(RENDER_WIDTH);
    let mut files = Files::new(source_of);
    let mut printed = String::new();
    let all = alike(diagnostics);
    let mut shown: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics {
        let shown = shown.entry(kind_of(diagnostic)).or_default();
        *shown += 1;
        if *shown > MOST_ALIKE {
            continue;
        }
        let Text { message, help } = diagnostic.text(Language::English);
        let title = level(diagnostic.severity).primary_title(harmless(&message));
        let mut group = Group::with_title(title.id(diagnostic.code().name()));
        for (number, label) in diagnostic.labels.iter().enumerate() {
            group = shown_at(group, label, number == 0, files.lines_of(&label.path));
        }
        group = group.element(Level::HELP.message(harmless(&help)));
        printed.push_str(&without_excerpt_positions(&renderer.render(&[group])));
        printed.push_str("\n\n");
        let more = all.get(&kind_of(diagnostic)).map_or(0, |all| all - MOST_ALIKE.min(*all));
        if *shown == MOST_ALIKE && more > 0 {
            let (code, path) = kind_of(diagnostic);
            let _ =
                writeln!(printed, "… and {more} more `{code}` in `{}`: `--format short` lists all\n", harmless(path));
        }
    }
    printed
}

/// What a slip that is made again and again has in common: the code and the file.
fn kind_of(diagnostic: &Diagnostic) -> (&'static str, &str) {
    (diagnostic.code().name(), diagnostic.labels.first().map_or("", |label| &*label.path))
}

/// How many there are of each kind.
fn alike(diagnostics: &[Diagnostic]) -> HashMap<(&'static str, &str), usize> {
    let mut counts = HashMap::new();
    for diagnostic in diagnostics {
        *counts.entry(kind_of(diagnostic)).or_default() += 1;
    }
    counts
}

/// Every diagnostic on a line of its own: `path:line:column: error[code]: message`.
pub fn short(diagnostics: &[Diagnostic], source_of: SourceOf) -> String {
    let mut files = Files::new(source_of);
    let mut printed = String::new();
    for diagnostic in diagnostics {
        if let Some(label) = diagnostic.labels.first() {
            printed.push_str(&harmless(&label.path));
            if let Some(Position { line, column }) = files.position(label) {
                let _ = write!(printed, ":{line}:{column}");
            }
            printed.push_str(": ");
        }
        let message = diagnostic.text(Language::English).message;
        let (severity, code) = (severity_name(diagnostic.severity), diagnostic.code().name());
        let _ = writeln!(printed, "{severity}[{code}]: {}", harmless(&message));
    }
    printed
}

/// Every diagnostic as a JSON object on a line of its own. Ranges count bytes; lines and columns count from 1 and are
/// `null` for a file that is not text.
pub fn json(diagnostics: &[Diagnostic], source_of: SourceOf) -> String {
    let mut files = Files::new(source_of);
    let mut printed = String::new();
    for diagnostic in diagnostics {
        let Text { message, help } = diagnostic.text(Language::English);
        let labels = diagnostic.labels.iter().map(|label| {
            let position = files.position(label);
            JsonLabel {
                path: &label.path,
                range: [label.span.start, label.span.end],
                line: position.map(|position| position.line),
                column: position.map(|position| position.column),
                text: label.text(Language::English),
            }
        });
        let object = JsonDiagnostic {
            code: diagnostic.code().name(),
            severity: severity_name(diagnostic.severity),
            message: &message,
            labels: labels.collect(),
            help: &help,
        };
        // Only a map with keys that are not text, or a failing `Serialize`, can be refused: there is neither.
        let line = serde_json::to_string(&object).unwrap_or_default();
        printed.push_str(&escape_json(&line));
        printed.push('\n');
    }
    printed
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    labels: Vec<JsonLabel<'a>>,
    help: &'a str,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    path: &'a str,
    range: [u32; 2],
    line: Option<usize>,
    column: Option<usize>,
    text: Option<&'a str>,
}

fn shown_at<'a>(group: Group<'a>, label: &Label, first: bool, lines: Option<&Lines>) -> Group<'a> {
    let path = harmless(&label.path);
    let Some(lines) = lines else { return group.element(Origin::path(path)) };
    let Position { line, column } = lines.position(label.span.start);
    let (text, range) = lines.within_line(label.span);
    let Excerpt { text, caret } = excerpt(text, range);
    let kind = if first { AnnotationKind::Primary } else { AnnotationKind::Context };
    let snippet = Snippet::source(text)
        .path(format!("{path}:{line}:{column}{END_OF_PLACE}"))
        .line_start(line)
        .annotation(kind.span(caret).label(label.text(Language::English)));
    group.element(snippet)
}

/// The renderer adds the line and the column within the excerpt to each path, which already ends with those of the
/// file; this takes them away again.
fn without_excerpt_positions(rendered: &str) -> String {
    let mut places = rendered.split(END_OF_PLACE);
    let mut text = places.next().unwrap_or_default().to_owned();
    for rest in places {
        text.push_str(rest.trim_start_matches(|letter: char| letter == ':' || letter.is_ascii_digit()));
    }
    text
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Fault;

    fn source(path: &str) -> Option<Arc<str>> {
        match path {
            "a.md" => Some("---\ntitel: En\ntitel: To\n---\n\nSe [her](b.md)\tog 🦊 [dér](c.md).\r\n".into()),
            "tom.md" => Some("".into()),
            "lang.md" => Some(format!("{}{{gæts}}{}", "ord ".repeat(250_000), " ord".repeat(250_000)).into()),
            "ond.md" => Some("\u{1b}]0;ejet\u{7} [x](y) \u{202e}gnorw".into()),
            _ => None,
        }
    }

    fn broken_link(path: &str, range: std::ops::Range<usize>) -> Diagnostic {
        Diagnostic::new(Fault::BrokenLink { target: "c.md".into(), suggestion: None }, &path.into(), range)
    }

    #[test]
    fn people_see_the_place_the_line_and_a_way_out() {
        let twice = Diagnostic::new(Fault::DuplicateKey { key: "titel".into() }, &"a.md".into(), 14..19).and_at(
            &"a.md".into(),
            4..9,
            "first given here",
        );
        insta::assert_snapshot!(human(&[twice, broken_link("a.md", 54..64)], &source, false), @r#"
        error[duplicate-key]: the key `titel` is given twice
         --> a.md:3:1
          |
        3 | titel: To
          | ^^^^^
          |
         ::: a.md:2:1
          |
        2 | titel: En
          | ----- first given here
          |
          = help: keep one of the two and remove the other

        error[broken-link]: this link leads to `c.md`, which does not exist
         --> a.md:6:23
          |
        6 | Se [her](b.md) og 🦊 [dér](c.md).
          |                        ^^^^^^^^^
          |
          = help: check the path: it is read from the folder that this file is in
        "#);
    }

    #[test]
    fn a_fault_of_the_whole_handbook_has_no_place() {
        let nothing = Diagnostic { fault: Fault::EmptyHandbook, severity: Severity::Error, labels: Vec::new() };
        insta::assert_snapshot!(human(std::slice::from_ref(&nothing), &source, false), @r#"
        error[empty-handbook]: the handbook has nothing to publish
         |
         = help: write a first page, `index.md`; check that `sections` names your folders and not every page is a draft
        "#);
        assert_eq!(short(&[nothing], &source), "error[empty-handbook]: the handbook has nothing to publish\n");
    }

    #[test]
    fn a_file_without_text_is_named_without_a_line() {
        let unreadable = Diagnostic::new(Fault::NotUtf8, &"billede.md".into(), 3..4);
        insta::assert_snapshot!(human(std::slice::from_ref(&unreadable), &source, false), @r#"
        error[not-utf8]: this file is not UTF-8 text
        --> billede.md
         = help: save it again with the encoding UTF-8; most editors ask for it in `Save as`
        "#);
        assert_eq!(short(&[unreadable], &source), "billede.md: error[not-utf8]: this file is not UTF-8 text\n");
    }

    #[test]
    fn a_place_past_the_end_or_in_an_empty_file_is_shown_at_the_end() {
        let printed = short(
            &[broken_link("tom.md", 0..0), broken_link("tom.md", 70..90), broken_link("a.md", 900..901)],
            &source,
        );
        insta::assert_snapshot!(printed, @r#"
        tom.md:1:1: error[broken-link]: this link leads to `c.md`, which does not exist
        tom.md:1:1: error[broken-link]: this link leads to `c.md`, which does not exist
        a.md:7:1: error[broken-link]: this link leads to `c.md`, which does not exist
        "#);
        insta::assert_snapshot!(human(&[broken_link("tom.md", 70..90)], &source, false), @r#"
        error[broken-link]: this link leads to `c.md`, which does not exist
         --> tom.md:1:1
          |
        1 |
          | ^
          |
          = help: check the path: it is read from the folder that this file is in
        "#);
    }

    #[test]
    fn a_line_of_a_million_characters_prints_a_short_report() {
        let term = Fault::UnknownTerm { term: "gæts".into(), suggestion: Some("gæst".into()) };
        let printed = human(&[Diagnostic::new(term, &"lang.md".into(), 1_000_000..1_000_007)], &source, false);
        insta::assert_snapshot!(printed, @r#"
        error[unknown-term]: unknown term `{gæts}`
         --> lang.md:1:1000001
          |
        1 | … ord ord ord ord ord ord ord ord ord ord {gæts} ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord o …
          |                                           ^^^^^^
          |
          = help: did you mean `{gæst}`?
        "#);
    }

    #[test]
    fn content_cannot_drive_the_terminal() {
        let fault = Fault::UnknownKey { key: "a\u{1b}[2J\nerror: forged".into(), suggestion: Some("\u{9b}31m".into()) };
        let diagnostics = [Diagnostic::new(fault, &"ond.md".into(), 9..15), broken_link("\u{1b}c.md", 0..0)];
        for printed in [human(&diagnostics, &source, false), short(&diagnostics, &source), json(&diagnostics, &source)]
        {
            let driving =
                |letter: char| letter.is_control() && letter != '\n' || ('\u{202a}'..='\u{202e}').contains(&letter);
            assert!(!printed.contains(driving), "{printed:?}");
            assert!(!printed.contains("\nerror: forged"), "{printed}");
        }
    }

    #[test]
    fn tools_get_one_object_a_line() {
        let printed = json(&[broken_link("a.md", 54..64), broken_link("væk.md", 0..1)], &source);
        insta::assert_snapshot!(printed, @r#"
        {"code":"broken-link","severity":"error","message":"this link leads to `c.md`, which does not exist","labels":[{"path":"a.md","range":[54,64],"line":6,"column":23,"text":null}],"help":"check the path: it is read from the folder that this file is in"}
        {"code":"broken-link","severity":"error","message":"this link leads to `c.md`, which does not exist","labels":[{"path":"væk.md","range":[0,1],"line":null,"column":null,"text":null}],"help":"check the path: it is read from the folder that this file is in"}
        "#);
    }

    #[test]
    fn colour_is_set_only_where_it_is_asked_for() {
        let diagnostics = [broken_link("a.md", 54..64)];
        assert!(human(&diagnostics, &source, true).contains("\u{1b}["));
        assert!(!human(&diagnostics, &source, false).contains('\u{1b}'));
    }
}

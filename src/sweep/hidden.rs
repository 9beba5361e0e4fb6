//! Finds the parts of a source file that participants may not see: comments, callouts for facilitators, and whole pages
//! that are for facilitators, drafts or not to be published.
//!
//! It reads lines and marks, not Markdown, so that it does not repeat mistakes that the stages make in parsing a file.

use std::ops::Range;

use super::folded::Folded;
use crate::model::invisible::is_invisible;

/// Names of the callouts that only facilitators see, folded.
const HIDING: [&[u8]; 5] = [b"facilitator", b"facilitatorer", b"answer", b"svar", b"loesning"];

/// Returns the byte ranges of `text`, a Markdown file, that participants may not see, in order and without overlaps.
pub fn hidden_ranges(text: &str) -> Vec<Range<usize>> {
    if hides_page(text) {
        return std::iter::once(0..text.len()).collect();
    }
    let mut ranges = callouts(text);
    ranges.extend(comments(text));
    ranges.extend(yaml_comments(text));
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Returns `text` without the ranges `hidden`, which are in order.
pub fn without(text: &str, hidden: &[Range<usize>]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for range in hidden {
        shown.push_str(&text[from..range.start]);
        shown.push('\n');
        from = range.end;
    }
    shown.push_str(&text[from..]);
    shown
}

/// Returns the lines of the front matter, if there is any.
fn front_matter(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r']).strip_prefix("---")?;
    let at = text.len() - rest.len();
    let length = rest.find("\n---")?;
    Some(&text[at..at + length])
}

fn hides_page(text: &str) -> bool {
    let hides = |line: &str| {
        let Some((key, value)) = line.split_once(':') else { return false };
        let value = value.split(" #").next().unwrap_or_default();
        let (key, value) = (Folded::of(key).bytes, Folded::of(value).bytes);
        match key.as_slice() {
            b"audience" => !matches!(value.as_slice(), b"participant" | b"" | b"null"),
            b"draft" => !matches!(value.as_slice(), b"false" | b"" | b"null"),
            b"publish" => matches!(value.as_slice(), b"false" | b"no"),
            _ => false,
        }
    };
    front_matter(text).is_some_and(|front_matter| front_matter.lines().filter(|line| !line.starts_with(' ')).any(hides))
}

/// Returns the ranges of callouts that hide, from the marker to the end of the quote.
fn callouts(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut start = 0;
    let mut fence = Fence::default();
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        let (depth, rest) = quote(line);
        if open.is_some_and(|opened| depth < opened) {
            open = None;
        }
        if open.is_none() && !fence.holds(line) && depth > 0 && marks_hiding(rest) {
            open = Some(depth);
            ranges.push(range);
        } else if open.is_some()
            && let Some(last) = ranges.last_mut()
        {
            last.end = range.end;
        }
    }
    ranges
}

/// Returns the number of `>` that a line begins with, and the text after them.
fn quote(line: &str) -> (usize, &str) {
    let is_prefix = |letter: char| {
        letter.is_whitespace()
            || is_invisible(letter)
            || letter.is_ascii_digit()
            || matches!(letter, '>' | '-' | '+' | '*' | '.' | ')')
    };
    let rest = line.trim_start_matches(is_prefix);
    (line[..line.len() - rest.len()].matches('>').count(), rest)
}

fn marks_hiding(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|letter: char| is_invisible(letter) || matches!(letter, '*' | '_' | '\\'));
    let Some(inside) = rest.strip_prefix(['[', '［']).and_then(|rest| rest.split([']', '］']).next()) else {
        return false;
    };
    HIDING.contains(&Folded::of(inside).bytes.as_slice())
}

/// The state of fenced code, in which marks are only examples.
#[derive(Default)]
struct Fence(Option<(char, usize)>);

impl Fence {
    /// Returns whether `line`, the next one, is code or its fence.
    fn holds(&mut self, line: &str) -> bool {
        let (_, rest) = quote(line);
        let mark = rest.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let length = mark.map_or(0, |mark| rest.chars().take_while(|letter| *letter == mark).count());
        let fence = mark.zip(Some(length)).filter(|_| length >= 3);
        match (self.0, fence) {
            (None, Some(fence)) => self.0 = Some(fence),
            (Some((open, least)), Some((mark, length))) if open == mark && length >= least => self.0 = None,
            (open, _) => return open.is_some(),
        }
        true
    }
}

/// Returns the ranges of comments, `%% … %%` and `<!-- … -->`, outside of code. One that is never closed is left to the
/// parser, which reports it.
fn comments(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let code = code(text);
    let mut from = 0;
    while let Some((start, opener, closer)) = next_comment(text, from) {
        from = start + opener.len();
        if code.iter().any(|code| code.contains(&start)) || text[..start].ends_with('\\') {
            continue;
        }
        let Some(length) = text[from..].find(closer) else { continue };
        from += length + closer.len();
        ranges.push(start..from);
    }
    ranges
}

fn next_comment(text: &str, from: usize) -> Option<(usize, &'static str, &'static str)> {
    [("%%", "%%"), ("<!--", "-->")]
        .into_iter()
        .filter_map(|(opener, closer)| text[from..].find(opener).map(|at| (from + at, opener, closer)))
        .min()
}

/// Returns the ranges of fenced code and of code within a line.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut fence = Fence::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if fence.holds(line) {
            ranges.push(start..end);
        } else {
            ranges.extend(code_in_line(line).map(|code| start + code.start..start + code.end));
        }
        start = end;
    }
    ranges
}

/// Returns the ranges of code between runs of backticks of one length.
fn code_in_line(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let open = from + line[from..].find('`')?;
        let ticks: String = line[open..].chars().take_while(|letter| *letter == '`').collect();
        let inside = open + ticks.len();
        from = inside;
        let close = line[inside..].find(&ticks)? + inside + ticks.len();
        from = close;
        Some(open..close)
    })
}

/// Returns the ranges of whole lines of front matter that are comments in YAML.
fn yaml_comments(text: &str) -> Vec<Range<usize>> {
    let Some(front_matter) = front_matter(text) else { return Vec::new() };
    let mut start = front_matter.as_ptr() as usize - text.as_ptr() as usize;
    let mut ranges = Vec::new();
    for line in front_matter.split_inclusive('\n') {
        if line.trim_start().starts_with('#') {
            ranges.push(start..start + line.len());
        }
        start += line.len();
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> String {
        hidden_ranges(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn callouts_for_facilitators_reach_to_the_end_of_their_quote() {
        let text = "Før.\n\n> [!FACILITATOR]- Titel\n> Hemmeligt.\n>\n> > Dybere.\n\nEfter.\n";
        assert_eq!(hidden(text), "> [!FACILITATOR]- Titel\n> Hemmeligt.\n>\n> > Dybere.\n");
        for mark in ["[!svar]", "[!\u{A0}FACILITATOR]", "\\[!ANSWER\\]", "**[!FACILITATOR]**", "[FACILITATOR]"] {
            assert!(hidden(&format!("- > {mark} x\n  > y\n")).contains('y'), "{mark}");
        }
        assert_eq!(hidden("> [!NOTE]\n> x\n> > [!SVAR] y\n> z\n"), "> > [!SVAR] y\n");
        assert_eq!(hidden("```\n> [!FACILITATOR]\n> x\n```\n\n[Facilitator](x.md)\n"), "");
    }

    #[test]
    fn comments_and_pages_that_hide_are_found() {
        assert_eq!(hidden("a %% b %% c <!-- d\ne --> f `%% g %%` \\%% h %%"), "%% b %%<!-- d\ne -->");
        for key in
            ["audience: facilitator", "draft: true", "publish: false", "audience: \"Facilitator\" # x", "draft: ja"]
        {
            let text = format!("---\ntitle: A\n{key}\n---\n\nB.\n");
            assert_eq!(hidden(&text), text, "{key}");
        }
        assert_eq!(hidden("---\ntitle: A\n# note\ndraft: false\naudience: participant\n---\n\nB.\n"), "# note\n");
    }
}

//! Words written out that are forms of a term: an edition that gives the term other words would not change them.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::{Diagnostic, Fault};
use crate::language::TermIndex;
use crate::model::body::{Block, Inline};
use crate::model::invisible::is_invisible;
use crate::model::walk::{visit, visit_inlines};
use crate::parse::{Document, split};
use crate::source::Text;

/// Keys of front matter that hold running text, at any depth.
const TEXTS: &[&str] = &[
    "title",
    "summary",
    "statement",
    "seen",
    "heard",
    "groups",
    "materials",
    "purpose",
    "invitation",
    "question",
    "unit",
    "definition",
    "changes",
    "note",
];

/// Warns of every such word in the text, the title and the front matter of `document`; `terms` are those that its layer is
/// written with. Code, addresses, raw HTML and what stands in braces are passed over.
pub fn check(document: &Document, terms: &TermIndex, diagnostics: &mut Vec<Diagnostic>) {
    let source = &document.source;
    let mut texts: Vec<Range<usize>> = texts_of_front_matter(&source.text);
    let mut see = |inline: &Inline| {
        if let Inline::Text(Text::Span(span)) = inline {
            texts.push(span.range());
        }
    };
    let mut runs = Vec::new();
    visit(&document.body.blocks, &mut |block: &Block| runs.extend(caption(block)), &mut |_| {});
    let notes = document.body.footnotes.iter().map(|note| note.blocks.as_slice());
    for blocks in std::iter::once(document.body.blocks.as_slice()).chain(notes) {
        visit(blocks, &mut |_| {}, &mut |run| runs.push(run));
    }
    runs.extend(document.title.as_ref().map(|title| title.content.as_slice()));
    runs.into_iter().for_each(|run| visit_inlines(run, &mut see));
    for range in texts {
        for (at, word) in words(&source.text[range.clone()]) {
            if terms.knows(word) {
                let place = range.start + at..range.start + at + word.len();
                let fault = Fault::WordWrittenOut { word: word.to_owned() };
                diagnostics.push(Diagnostic::new(fault, &source.shown, place));
            }
        }
    }
}

fn caption(block: &Block) -> Option<&[Inline]> {
    match block {
        Block::Figure(image) => Some(&image.caption),
        _ => None,
    }
}

/// The values of keys that hold text, line by line, without what stands in braces.
fn texts_of_front_matter(text: &str) -> Vec<Range<usize>> {
    let Some(yaml) = split(text).yaml else { return Vec::new() };
    let mut texts = Vec::new();
    let mut is_text = false;
    let mut at = yaml.start;
    for line in text[yaml].split_inclusive('\n') {
        let trimmed = line.trim_start_matches([' ', '-']);
        let indented = line.len() - trimmed.len();
        let key = trimmed.split_once(':').map(|(key, _)| key).filter(|key| is_key(key));
        let mut start = indented;
        if let Some(key) = key {
            is_text = TEXTS.contains(&key);
            start = indented + key.len() + 1;
        }
        if is_text && !trimmed.starts_with('#') {
            let mut from = at + start;
            for piece in line[start..].split_inclusive('}') {
                let end = piece.find('{').unwrap_or(piece.len());
                texts.push(from..from + end);
                from += piece.len();
            }
        }
        at += line.len();
    }
    texts
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// The words of a text with the byte that each begins at; a hyphen or an apostrophe belongs to its word.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_inside =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’') || is_invisible(c) || is_combining_mark(c);
    text.split(move |c: char| !is_inside(c)).filter(|word| !word.is_empty()).map(|word| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let trimmed = word.trim_matches(['-', '\'', '’']);
        (at + (trimmed.as_ptr() as usize - word.as_ptr() as usize), trimmed)
    })
}

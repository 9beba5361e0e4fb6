//! What an edition replaces, against what it replaced when that was last looked at: the base may have changed since.
//!
//! `overrides.lock` in the edition's folder keeps the text below each item that it replaces. It is YAML, sorted by id, so that
//! it is the same whoever writes it and can be read in a review.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use similar::{ChangeTag, TextDiff};

use crate::compose::text_of;
use crate::config;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::{self, Stack};
use crate::model::id::item_id;
use crate::snapshot::{Content, File, Snapshot};
use crate::source::Source;

/// The file that remembers, beside `handbook.yaml`.
pub const LOCK: &str = "overrides.lock";

/// Words of what is unchanged that are shown around a change.
const CONTEXT: usize = 6;

/// What the lock remembers, by id of the item that replaces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lock {
    /// Each item that replaces another.
    #[serde(default)]
    pub overrides: BTreeMap<String, Entry>,
}

/// What an item replaced when it was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The day, as `2026-11-25`.
    pub accepted: String,
    /// The text below.
    pub base: String,
}

/// An item that replaces another, with what has become of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Its id.
    pub id: String,
    /// Its file.
    pub shown: Arc<str>,
    /// The file that it replaces.
    pub base_shown: Arc<str>,
    /// What that says now.
    pub base: String,
    /// What it said when it was last accepted, if it was.
    pub accepted: Option<Entry>,
}

/// A piece of a word diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both texts.
    Same(String),
    /// In the old one alone.
    Removed(String),
    /// In the new one alone.
    Added(String),
}

impl Override {
    /// Whether what it replaces has changed since it was accepted.
    pub fn has_drifted(&self) -> bool {
        self.accepted.as_ref().is_some_and(|entry| entry.base != self.base)
    }

    /// How what it replaces has changed since: words, with a few around each change.
    pub fn changes(&self) -> Vec<Piece> {
        self.accepted.as_ref().map(|entry| word_diff(&entry.base, &self.base)).unwrap_or_default()
    }
}

/// The items of the edition itself that replace others, by id, and what the lock says of them; with the faults of the lock.
pub fn overrides(snapshot: &Snapshot) -> (Vec<Override>, Vec<Diagnostic>) {
    let Some(own) = snapshot.layers.first() else { return (Vec::new(), Vec::new()) };
    let sources: Vec<&Source> = snapshot.layers.iter().map(|layer| &layer.settings).collect();
    let (settings, _) = config::read(&sources, &own.folder);
    let (stack, _) = layer::stack(&snapshot.layers, &settings);
    let mut diagnostics = Vec::new();
    let lock = own.files.get(LOCK).map(|file| read(file, &mut diagnostics)).unwrap_or_default();
    (of_stack(&stack, lock), diagnostics)
}

/// Items whose base has changed since they were accepted, as faults at their files, and the faults of the lock.
pub fn check(snapshot: &Snapshot) -> Vec<Diagnostic> {
    // Most handbooks extend none.
    if snapshot.layers.len() < 2 || !snapshot.layers[0].files.contains_key(LOCK) {
        return Vec::new();
    }
    let (overrides, mut diagnostics) = overrides(snapshot);
    for drifted in overrides.iter().filter(|item| item.has_drifted()) {
        let since = drifted.accepted.as_ref().map(|entry| entry.accepted.clone()).unwrap_or_default();
        let changes = one_line(&drifted.changes());
        let fault = Fault::BaseChanged { id: drifted.id.clone(), since, changes };
        diagnostics.push(Diagnostic::new(fault, &drifted.shown, 0..0).and_at(
            &drifted.base_shown,
            0..0,
            "what it replaces",
        ));
    }
    diagnostics
}

fn of_stack(stack: &Stack, mut lock: Lock) -> Vec<Override> {
    let own = stack.replacements().filter(|(path, _)| stack.layer_of(path) == 0);
    let mut overrides: Vec<Override> = own
        .filter_map(|(path, replaced)| {
            let below: Vec<Source> = replaced.iter().filter_map(|replaced| replaced.file.source()).collect();
            let (nearest, further) = below.split_first()?;
            let id = item_id(path);
            Some(Override {
                shown: Arc::clone(&stack.files[path].shown),
                base_shown: Arc::clone(&nearest.shown),
                base: text_of(nearest, further),
                accepted: lock.overrides.remove(&id),
                id,
            })
        })
        .collect();
    overrides.sort_by(|a, b| a.id.cmp(&b.id));
    overrides
}

fn read(file: &File, diagnostics: &mut Vec<Diagnostic>) -> Lock {
    let text = match &file.content {
        Content::Text(text) => Some(&**text),
        Content::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
        Content::OnDisk { .. } => None,
    };
    let whole: Range<usize> = 0..0;
    match text.map(serde_yaml::from_str) {
        Some(Ok(lock)) => lock,
        Some(Err(error)) => {
            let fault = Fault::InvalidYaml { reason: error.to_string(), wants_quotes: false };
            diagnostics.push(Diagnostic::new(fault, &file.shown, whole));
            Lock::default()
        }
        None => {
            diagnostics.push(Diagnostic::new(Fault::NotUtf8, &file.shown, whole));
            Lock::default()
        }
    }
}

/// The words of `new` against those of `old`, with what is the same cut to a few words around each change.
fn word_diff(old: &str, new: &str) -> Vec<Piece> {
    let diff = TextDiff::from_words(old, new);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let text = change.value();
        match (change.tag(), pieces.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Same(same))) => same.push_str(text),
            (ChangeTag::Delete, Some(Piece::Removed(removed))) => removed.push_str(text),
            (ChangeTag::Insert, Some(Piece::Added(added))) => added.push_str(text),
            (ChangeTag::Equal, _) => pieces.push(Piece::Same(text.to_owned())),
            (ChangeTag::Delete, _) => pieces.push(Piece::Removed(text.to_owned())),
            (ChangeTag::Insert, _) => pieces.push(Piece::Added(text.to_owned())),
        }
    }
    let last = pieces.len().saturating_sub(1);
    for (at, piece) in pieces.iter_mut().enumerate() {
        if let Piece::Same(same) = piece {
            *same = shortened(same, at > 0, at < last);
        }
    }
    pieces
}

/// The first and last words of `text`, as a change stands before or behind it.
fn shortened(text: &str, before: bool, behind: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let kept = CONTEXT * (usize::from(before) + usize::from(behind));
    if words.len() <= kept + 1 {
        return text.to_owned();
    }
    let head = if before { words[..CONTEXT].concat() } else { String::new() };
    let tail = if behind { words[words.len() - CONTEXT..].concat() } else { String::new() };
    format!("{head}… {tail}")
}

/// Pieces on one line: `[-old-]` and `{+new+}`, as git writes word diffs.
pub fn one_line(pieces: &[Piece]) -> String {
    let marked: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Removed(text) => around(text, "[-", "-]"),
            Piece::Added(text) => around(text, "{+", "+}"),
        })
        .collect();
    marked.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` with marks around its words, any space outside of them.
fn around(text: &str, open: &str, close: &str) -> String {
    let words = text.trim();
    let start = text.len() - text.trim_start().len();
    let (before, behind) = (&text[..start], &text[start + words.len()..]);
    if words.is_empty() { text.to_owned() } else { format!("{before}{open}{words}{close}{behind}") }
}

/// The lock after everything was accepted on `day`; what is accepted already keeps its day.
pub fn accepted(overrides: &[Override], day: &str) -> Lock {
    let entry = |item: &Override| match &item.accepted {
        Some(entry) if entry.base == item.base => entry.clone(),
        _ => Entry { accepted: day.to_owned(), base: item.base.clone() },
    };
    Lock { overrides: overrides.iter().map(|item| (item.id.clone(), entry(item))).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_diff_shows_a_change_with_a_few_words_around_it() {
        let old = "en to tre fire fem seks syv otte ni ti elleve tolv\n";
        let new = "en to tre fire fem seks syv 8 ni ti elleve tolv\n";
        assert_eq!(one_line(&word_diff(old, new)), "en to tre fire fem seks syv [-otte-]{+8+} ni ti elleve tolv");
        let long = |word: &str| format!("nul {} {word} slut\n", "ord ".repeat(20).trim());
        assert_eq!(one_line(&word_diff(&long("otte"), &long("8"))), "… ord ord ord ord ord ord [-otte-]{+8+} slut");
        assert_eq!(one_line(&word_diff("a b\n", "a b c\n")), "a b {+c+}");
    }
}

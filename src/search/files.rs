//! An index to the scripts that the browser loads: a small index whole, as text; a large one in pieces, by need.
//!
//! All are classic scripts that call a function with one literal, since nothing else can be loaded from a file share.
//! `search/start.js` comes first. A small handbook's holds the text of all pages, of which the browser makes the index
//! itself: a text is shorter than an index of it. A large one's names the pieces: terms by their beginnings, texts by
//! page number, and all words, for what is not found.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use super::index::{Index, PageIndex, Posting, Term, TermNumber};
use super::text::PageText;
use super::tuning::{TUNING, Tuning};
use crate::fingerprint::Fingerprint;
use crate::language::{Lexicon, WordRules};
use crate::output::{Output, OutputContent};

/// Where the browser begins.
pub const START: &str = "search/start.js";

/// Aim for the size of a piece, in bytes.
const PIECE: usize = 24 * 1024;

/// What `search/start.js` says.
#[derive(Serialize)]
struct Start {
    rules: &'static WordRules,
    tuning: &'static Tuning,
    /// Kinds of the pages in order, with how many pages in a row.
    kinds: Vec<(&'static str, u32)>,
    /// All texts, in a small index.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// In a large one, the first key and the name of each piece of terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    terms: Option<Vec<(String, String)>>,
    /// The first page and the name of each piece of texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    texts: Option<Vec<(PageIndex, String)>>,
    /// The name of the piece that holds all words.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
}

/// The scripts of an index, of which each part is given back to the system as soon as it is written.
pub fn files(index: Index, lexicon: &Lexicon) -> Vec<Output> {
    let mut outputs = Vec::new();
    let mut start = Start {
        rules: lexicon.rules,
        tuning: &TUNING,
        kinds: kinds(&index.texts),
        text: None,
        terms: None,
        texts: None,
        words: None,
    };
    if index.is_small {
        start.text = Some(index.texts.iter().map(|text| record(text)).collect::<Vec<_>>().join("\n"));
    } else {
        let mut terms = Pieces::new(&mut outputs);
        for (key, entry) in entries(&index) {
            let name = || key.clone().into_owned();
            terms.add(name, |piece| {
                piece.push_str(&key);
                piece.push('\t');
                push_entry(piece, entry, &index);
                piece.push('\n');
            });
        }
        start.terms = Some(terms.done());
        let Index { texts: pages, words, .. } = index;
        start.words = Some(add_piece(&word_lines(&words), &mut outputs));
        drop(words);
        let mut texts = Pieces::new(&mut outputs);
        for (page, text) in pages.into_iter().enumerate() {
            let name = || page as PageIndex;
            texts.add(name, |piece| {
                push_record(piece, &text);
                piece.push('\n');
            });
        }
        start.texts = Some(texts.done());
    }
    outputs.push(script(START.into(), "vaertSearchStart", &start));
    outputs
}

fn kinds(texts: &[Arc<PageText>]) -> Vec<(&'static str, u32)> {
    let mut kinds: Vec<(&'static str, u32)> = Vec::new();
    for text in texts {
        match kinds.last_mut() {
            Some((kind, count)) if *kind == text.kind => *count += 1,
            _ => kinds.push((text.kind, 1)),
        }
    }
    kinds
}

/// Text to scripts of about [`PIECE`] bytes, an entry in one of them.
struct Pieces<'o, F> {
    outputs: &'o mut Vec<Output>,
    /// The piece that is being written, with what its first entry is called.
    text: String,
    first: Option<F>,
    /// What the first entry of each finished piece is called, and the piece's name.
    made: Vec<(F, String)>,
}

impl<'o, F> Pieces<'o, F> {
    fn new(outputs: &'o mut Vec<Output>) -> Self {
        // Room for the last entry of a piece, too: a text that grows is moved, and leaves its old places behind.
        Self { outputs, text: String::with_capacity(2 * PIECE), first: None, made: Vec::new() }
    }

    /// Adds the entry that `write` appends; it is called what `name` gives.
    fn add(&mut self, name: impl FnOnce() -> F, write: impl FnOnce(&mut String)) {
        let before = self.text.len();
        write(&mut self.text);
        if self.first.is_none() {
            self.first = Some(name());
        } else if self.text.len() > PIECE {
            let first = self.first.replace(name());
            let piece = &self.text[..before];
            self.made.extend(first.map(|first| (first, add_piece(piece, self.outputs))));
            self.text.drain(..before);
        }
    }

    fn done(mut self) -> Vec<(F, String)> {
        self.made.extend(self.first.map(|first| (first, add_piece(&self.text, self.outputs))));
        self.made
    }
}

/// Adds a script with this text and gives the hash in its name.
fn add_piece(text: &str, outputs: &mut Vec<Output>) -> String {
    let name = Fingerprint::of_bytes(text.as_bytes()).short();
    outputs.push(script(format!("search/{name}.js"), "vaertSearchPiece", &(&name, text)));
    name
}

fn script(path: String, function: &str, argument: &impl Serialize) -> Output {
    let mut text = Vec::with_capacity(2 * PIECE);
    text.extend_from_slice(function.as_bytes());
    text.push(b'(');
    // Strings, numbers and lists of them always become JSON, and a list of bytes takes it all.
    let _ = serde_json::to_writer(&mut text, argument);
    text.extend_from_slice(b");\n");
    Output { path: path.into(), content: OutputContent::Bytes(text.into()) }
}

fn record(text: &PageText) -> String {
    let mut record = String::new();
    push_record(&mut record, text);
    record
}

/// Appends a page as a line: address without `.html`, title, names and tags with `|` between them, lede, then id, heading
/// and text of each part, all with tabs between.
fn push_record(line: &mut String, text: &PageText) {
    line.push_str(text.url.strip_suffix(".html").unwrap_or(&text.url));
    let mut field = |field: &str| {
        line.push('\t');
        line.push_str(field);
    };
    let list = |names: &[String]| names.iter().map(|name| name.replace('|', " ")).collect::<Vec<_>>().join("|");
    field(&text.title);
    field(&list(&text.names));
    field(&list(&text.tags));
    field(&text.lede);
    for part in &text.parts {
        field(&part.id);
        field(&part.heading);
        field(&part.text);
    }
}

/// What a key leads to.
#[derive(Clone, Copy)]
enum Entry<'a> {
    /// The term whose folded text the key is.
    Term(&'a Term),
    /// Terms that have another folded text.
    Key(&'a [TermNumber]),
    /// Pages of the whole name that the key is, after a `=`.
    Name(&'a [(PageIndex, bool)]),
}

/// Everything that a key leads to, sorted by key.
fn entries(index: &Index) -> Vec<(Cow<'_, str>, Entry<'_>)> {
    let terms = index.terms.iter().map(|term| (term.folded.as_str().into(), Entry::Term(term)));
    let keys = index.keys.iter().map(|(key, terms)| (key.as_str().into(), Entry::Key(terms)));
    let names = index.names.iter().map(|(name, pages)| (format!("={name}").into(), Entry::Name(pages)));
    let mut entries: Vec<(Cow<str>, Entry)> = terms.chain(keys).chain(names).collect();
    // Stable: what has one key stays in this order.
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    entries
}

/// Appends what a key leads to: a term's text, postings and parts; `>` and texts of terms; pages of a name, that of a
/// title with `!`.
fn push_entry(line: &mut String, entry: Entry, index: &Index) {
    match entry {
        Entry::Term(term) => push_term(line, term, index.postings(term)),
        Entry::Key(terms) => {
            line.push('>');
            push_joined(line, terms.iter().map(|term| &*index.terms[*term as usize].text));
        }
        Entry::Name(pages) => {
            let page = |(page, is_title): &(PageIndex, bool)| format!("{page}{}", if *is_title { "!" } else { "" });
            push_joined(line, pages.iter().map(page));
        }
    }
}

fn push_joined(line: &mut String, words: impl Iterator<Item = impl AsRef<str>>) {
    for (number, word) in words.enumerate() {
        if number > 0 {
            line.push(' ');
        }
        line.push_str(word.as_ref());
    }
}

fn push_term(line: &mut String, term: &Term, postings: &[Posting]) {
    if term.text != term.folded {
        line.push_str(&term.text);
    }
    line.push('\t');
    let mut next = 0;
    for Posting { page, impact } in postings {
        push_number(line, page - next);
        line.push(digit(*impact));
        next = page + 1;
    }
    if !term.parts.is_empty() {
        line.push('\t');
        push_joined(line, term.parts.iter());
    }
}

/// Every word after how many letters it shares with the one before, and the number of its pages where it is not 1.
fn word_lines(words: &[(String, u32)]) -> String {
    let mut lines = String::new();
    let mut before: &str = "";
    for (word, pages) in words {
        let shared = word.chars().zip(before.chars()).take_while(|(one, other)| one == other).count().min(63);
        lines.push(digit(shared as u32));
        lines.extend(word.chars().skip(shared));
        if *pages > 1 {
            let _ = write!(lines, " {pages}");
        }
        lines.push('\n');
        before = word;
    }
    lines
}

/// Six bits as a letter.
fn digit(value: u32) -> char {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char::from(DIGITS[(value & 63) as usize])
}

/// A number in digits of five bits, the highest first; all but the last have the sixth bit set.
fn push_number(line: &mut String, number: u32) {
    let mut shift = (32 - number.leading_zeros()).saturating_sub(1) / 5 * 5;
    while shift > 0 {
        line.push(digit(number >> shift & 31 | 32));
        shift -= 5;
    }
    line.push(digit(number & 31));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_a_digit_for_every_five_bits() {
        let number = |number| {
            let mut line = String::new();
            push_number(&mut line, number);
            line
        };
        assert_eq!([0, 31, 32, 1023, 1024].map(number), ["A", "f", "hA", "_f", "hgA"]);
    }

    #[test]
    fn words_share_their_beginning_with_the_one_before() {
        let words = [("borg", 1), ("borger", 12), ("ø", 1)].map(|(word, pages)| (word.to_owned(), pages));
        assert_eq!(word_lines(&words), "Aborg\nEer 12\nAø\n");
    }

    #[test]
    fn a_piece_holds_at_least_one_entry() {
        let mut outputs = Vec::new();
        let mut pieces = Pieces::new(&mut outputs);
        for (number, size) in [PIECE * 2, 1, PIECE - 1, 1].into_iter().enumerate() {
            pieces.add(|| number, |text| text.push_str(&"a".repeat(size)));
        }
        let firsts: Vec<usize> = pieces.done().into_iter().map(|(first, _)| first).collect();
        assert_eq!(firsts, [0, 1, 3]);
        assert_eq!(outputs.len(), 3);
    }
}

//! An index to the scripts that the browser loads: a small index whole, as text; a large one in pieces, by need.
//!
//! All are classic scripts that call a function with one literal, since nothing else can be loaded from a file share.
//! `search/start.js` comes first. A small handbook's holds the text of all pages, of which the browser makes the index
//! itself: a text is shorter than an index of it. A large one's names the pieces: terms by their beginnings, texts by
//! page number, and all words, for what is not found.

use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use super::index::{Index, PageIndex, Term};
use super::text::PageText;
use super::tuning::{TUNING, Tuning};
use crate::fingerprint::Fingerprint;
use crate::language::{WordRules, lexicon};
use crate::model::handbook::Language;
use crate::output::{Output, OutputContent};

/// Where the browser begins.
pub const START: &str = "search/start.js";

/// Aim for the size of a piece, in bytes.
const PIECE: usize = 24 * 1024;

/// What `search/start.js` says.
#[derive(Serialize)]
struct Start<'a> {
    rules: &'static WordRules,
    tuning: &'static Tuning,
    /// Kinds of the pages in order, with how many pages in a row.
    kinds: Vec<(&'static str, u32)>,
    /// All texts, in a small index.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// In a large one, the first key and the name of each piece of terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    terms: Option<Vec<(&'a str, String)>>,
    /// The first page and the name of each piece of texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    texts: Option<Vec<(PageIndex, String)>>,
    /// The name of the piece that holds all words.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
}

/// The scripts of an index.
pub fn files(index: &Index, language: Language) -> Vec<Output> {
    let mut outputs = Vec::new();
    let mut start = Start {
        rules: lexicon(language).rules,
        tuning: &TUNING,
        kinds: kinds(&index.texts),
        text: None,
        terms: None,
        texts: None,
        words: None,
    };
    let lines;
    if index.is_small {
        start.text = Some(index.texts.iter().map(|text| record(text)).collect::<Vec<_>>().join("\n"));
    } else {
        lines = term_lines(index);
        let cut = pieces(&lines, |(key, line)| key.len() + line.len());
        let text = |lines: &[(String, String)]| lines.iter().map(|(key, line)| format!("{key}\t{line}\n")).collect();
        start.terms = Some(cut.map(|piece| (piece[0].0.as_str(), add_piece(text(piece), &mut outputs))).collect());
        let mut first = 0;
        let mut texts = Vec::new();
        for piece in pieces(&index.texts, |text| text.size()) {
            let text = piece.iter().map(|text| record(text) + "\n").collect();
            texts.push((first, add_piece(text, &mut outputs)));
            first += piece.len() as PageIndex;
        }
        start.texts = Some(texts);
        start.words = Some(add_piece(word_lines(&index.words), &mut outputs));
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

/// Cuts `entries` into runs of about [`PIECE`] bytes.
fn pieces<T>(entries: &[T], size: impl Fn(&T) -> usize) -> impl Iterator<Item = &[T]> {
    let mut rest = entries;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = rest.iter().take_while(|entry| {
            bytes += size(entry);
            bytes <= PIECE
        });
        let count = fits.count().max(1).min(rest.len());
        let (piece, after) = rest.split_at(count);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Adds a script with this text and gives the hash in its name.
fn add_piece(text: String, outputs: &mut Vec<Output>) -> String {
    let name = Fingerprint::of_bytes(text.as_bytes()).short();
    outputs.push(script(format!("search/{name}.js"), "vaertSearchPiece", &(&name, text)));
    name
}

fn script(path: String, function: &str, argument: &impl Serialize) -> Output {
    // Strings, numbers and lists of them always become JSON.
    let json = serde_json::to_string(argument).unwrap_or_default();
    let text = format!("{function}({json});\n");
    Output { path: path.into(), content: OutputContent::Bytes(text.into_bytes().into()) }
}

/// A page in a line: address without `.html`, title, names and tags with `|` between them, lede, then id, heading and
/// text of each part, all with tabs between.
fn record(text: &PageText) -> String {
    let list = |names: &[String]| names.iter().map(|name| name.replace('|', " ")).collect::<Vec<_>>().join("|");
    let url = text.url.strip_suffix(".html").unwrap_or(&text.url);
    let mut record = format!("{url}\t{}\t{}\t{}\t{}", text.title, list(&text.names), list(&text.tags), text.lede);
    for part in &text.parts {
        let _ = write!(record, "\t{}\t{}\t{}", part.id, part.heading, part.text);
    }
    record
}

/// Every key with what it leads to, sorted by key: terms by their folded text (`text`, postings, parts), further keys
/// (`>` and texts of terms), whole names (`=` before the key; pages, a title's with `!`).
fn term_lines(index: &Index) -> Vec<(String, String)> {
    let terms = index.terms.iter().map(|term| (term.folded.clone(), term_line(term)));
    let keys = index.keys.iter().map(|(key, terms)| {
        let texts: Vec<&str> = terms.iter().map(|term| index.terms[*term as usize].text.as_str()).collect();
        (key.clone(), format!(">{}", texts.join(" ")))
    });
    let names = index.names.iter().map(|(name, pages)| {
        let page = |(page, is_title): &(PageIndex, bool)| format!("{page}{}", if *is_title { "!" } else { "" });
        (format!("={name}"), pages.iter().map(page).collect::<Vec<_>>().join(" "))
    });
    let mut lines: Vec<(String, String)> = terms.chain(keys).chain(names).collect();
    lines.sort_unstable();
    lines
}

fn term_line(term: &Term) -> String {
    let text = if term.text == term.folded { "" } else { &term.text };
    let mut line = format!("{text}\t");
    let mut next = 0;
    for (page, impact) in &term.postings {
        push_number(&mut line, page - next);
        line.push(digit(u32::from(*impact)));
        next = page + 1;
    }
    if !term.parts.is_empty() {
        let _ = write!(line, "\t{}", term.parts.join(" "));
    }
    line
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
        let sizes = [PIECE * 2, 1, PIECE - 1, 1];
        let cut: Vec<usize> = pieces(&sizes, |size| *size).map(<[usize]>::len).collect();
        assert_eq!(cut, [1, 2, 1]);
    }
}

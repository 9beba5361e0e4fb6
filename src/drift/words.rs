//! Compares two texts word by word, and shows what has changed on one line.

use similar::{ChangeTag, TextDiff};

/// The number of unchanged words that are shown around a change.
const CONTEXT: usize = 6;

/// A piece of a word diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text in both versions.
    Same(String),
    /// Text in the old version only.
    Removed(String),
    /// Text in the new version only.
    Added(String),
}

/// Compares `old` and `new` word by word, with unchanged text cut to a few words around each change.
pub fn word_diff(old: &str, new: &str) -> Vec<Piece> {
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

/// Cuts unchanged `text` to the words next to the changes before and behind it.
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

/// Returns the pieces on one line: `[-old-]` and `{+new+}`, as git writes word diffs.
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

/// Puts marks around the words of `text`, with spaces outside the marks.
fn around(text: &str, open: &str, close: &str) -> String {
    let words = text.trim();
    let start = text.len() - text.trim_start().len();
    let (before, behind) = (&text[..start], &text[start + words.len()..]);
    if words.is_empty() { text.to_owned() } else { format!("{before}{open}{words}{close}{behind}") }
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

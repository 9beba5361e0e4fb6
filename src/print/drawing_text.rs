//! Writes the text of a drawing in characters that the fonts have, each in a family that has it.
//!
//! Left to themselves, drawings are set in the first font, which puts letters together of parts where it has not the whole:
//! such text cannot be copied or read aloud, and no PDF that all can read may hold it. A drawing with such a letter is set
//! in the family that has it, all of it, since the program that draws it shapes a line in each of its fonts and mixes them
//! up where one takes a letter apart.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::escape::{escape, partial_escape};
use quick_xml::events::Event;
use unicode_normalization::is_nfd;

use super::letters::Letters;

/// Elements whose text is drawn.
const DRAWN: &[&str] = &["text", "tspan", "textPath", "a"];

/// Returns `svg` with its text as it can be printed, and the characters that are left out.
pub fn rewrite(svg: &str, letters: Letters) -> (String, BTreeSet<char>) {
    if svg.is_ascii() && !svg.contains("&#") {
        return (svg.to_owned(), BTreeSet::new());
    }
    let first = rewrite_in(None, svg, letters);
    let done = if first.whole.is_some() { rewrite_in(first.whole, svg, letters) } else { first };
    (done.written, done.missing)
}

/// Rewrites all text that needs no other in the family `base`, or else in that of the drawing.
fn rewrite_in<'a>(base: Option<String>, svg: &str, letters: Letters<'a>) -> Rewriting<'a> {
    let mut reader = Reader::from_str(svg);
    let mut rewriting = Rewriting::new(base, letters);
    loop {
        let start = position(&reader, svg);
        let event = reader.read_event();
        let source = &svg[start..position(&reader, svg)];
        if rewriting.take(event.ok(), source) {
            return rewriting;
        }
    }
}

/// Returns the byte offset of a reader in its text.
pub(super) fn position(reader: &Reader<&[u8]>, text: &str) -> usize {
    text.floor_char_boundary(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX))
}

struct Rewriting<'a> {
    letters: Letters<'a>,
    base: Option<String>,
    /// The family that has the first letter that others would put together of parts.
    whole: Option<String>,
    written: String,
    missing: BTreeSet<char>,
    /// Text, escaped, that is not written yet.
    run: String,
    /// Names of the open elements.
    open: Vec<String>,
}

impl<'a> Rewriting<'a> {
    fn new(base: Option<String>, letters: Letters<'a>) -> Self {
        let (missing, open) = (BTreeSet::new(), Vec::new());
        Self { letters, base, whole: None, written: String::new(), missing, run: String::new(), open }
    }

    /// Takes an event and the text that it was read from; whether it was the last.
    fn take(&mut self, event: Option<Event>, source: &str) -> bool {
        match event {
            Some(Event::Text(_)) => self.run.push_str(source),
            Some(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(letter)) => self.run.push_str(&escape(letter.to_string())),
                _ => self.run.push_str(source),
            },
            Some(Event::CData(data)) => self.run.push_str(&partial_escape(&*data)),
            event => {
                self.end_run();
                self.written.push_str(source);
                match event {
                    Some(Event::Start(tag)) => self.open.push(tag.local_name().into_inner().to_owned()),
                    Some(Event::End(_)) => drop(self.open.pop()),
                    event => return matches!(event, None | Some(Event::Eof)),
                }
            }
        }
        false
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let is_drawn = self.open.last().is_some_and(|name| DRAWN.contains(&&**name));
        if !is_drawn {
            return self.written.push_str(&run);
        }
        self.missing.extend(self.letters.missing(&run));
        for (family, text) in self.letters.by_family(&run) {
            if self.whole.is_none() && !is_nfd(&text) {
                self.whole.clone_from(&family);
            }
            match family.or_else(|| self.base.clone()) {
                Some(family) => {
                    self.written.push_str(&format!("<tspan font-family=\"{}\">{text}</tspan>", escape(&family)));
                }
                None => self.written.push_str(&text),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_drawing_is_in_characters_that_are_there() {
        let has = |cluster: &str| cluster.chars().all(|letter| letter != '🎉');
        let family = |cluster: &str| cluster.contains(['→', 'Ł']).then(|| "Wide".to_owned());
        let svg = "<svg><title>🎉</title><text>a → &#x141;b 🎉&#127881; &lt;</text><style>a{b:\"🎉\"}</style></svg>";
        let (text, missing) = rewrite(svg, Letters { has: &has, family: &family });
        let wide = |text: &str| format!("<tspan font-family=\"Wide\">{text}</tspan>");
        let expected = format!("<text>a {} {}b  &lt;</text>", wide("→"), wide("Ł"));
        assert_eq!(text, format!("<svg><title>🎉</title>{expected}<style>a{{b:\"🎉\"}}</style></svg>"));
        assert_eq!(missing, BTreeSet::from(['🎉']));
    }

    #[test]
    fn a_drawing_with_a_letter_that_can_be_taken_apart_is_of_one_family() {
        let family = |cluster: &str| cluster.contains('ễ').then(|| "Wide".to_owned());
        let svg = "<svg><text>Nguyễn</text><text>a</text></svg>";
        let (text, _) = rewrite(svg, Letters { has: &|_| true, family: &family });
        let wide = |text: &str| format!("<tspan font-family=\"Wide\">{text}</tspan>");
        let name = [wide("Nguy"), wide("ễ"), wide("n")].concat();
        assert_eq!(text, format!("<svg><text>{name}</text><text>{}</text></svg>", wide("a")));
    }
}

//! Mentions of concepts in running text, found by the forms that a concept lists.
//!
//! One automaton (Aho & Corasick 1975) over all forms of all concepts, longest match first, so that a text
//! is read once however many concepts there are.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::char::is_combining_mark;

use super::book::{Item, ItemIndex, Mention};
use super::identity::Identity;
use super::vocabulary::Vocabulary;
use crate::language;
use crate::model::Kind;
use crate::model::body::{Block, Inline, TermUse};
use crate::model::front_matter::Details;
use crate::model::handbook::Language;
use crate::model::invisible::{is_invisible, is_plain, normalized};
use crate::model::walk::visit;
use crate::source::Text;

/// Finds the concepts of a handbook in texts.
#[derive(Debug)]
pub struct ConceptFinder {
    automaton: Option<AhoCorasick>,
    /// The concept of each pattern.
    concepts: Vec<ItemIndex>,
}

/// A text to be searched: its source, and its terms as written and as filled.
#[derive(Clone, Copy)]
pub struct Searched<'a> {
    /// The whole source text.
    pub source: &'a str,
    /// The terms, by term index.
    pub terms: &'a [TermUse],
    /// What they say, by term index.
    pub filled: &'a [Box<str>],
}

impl ConceptFinder {
    /// A finder for `forms`: every form with the concept that it belongs to. A form in small letters also matches
    /// with a capital, as at the start of a sentence; one with a capital is a name and matches only so. Where two
    /// concepts share a form, the first one has it.
    pub fn new(forms: &[(String, ItemIndex)]) -> Self {
        let mut patterns = Vec::new();
        let mut concepts = Vec::new();
        let mut known = HashSet::new();
        for (form, concept) in forms {
            let form = normalized(form).split_whitespace().collect::<Vec<_>>().join(" ");
            for pattern in [capitalised(&form), form] {
                if !pattern.is_empty() && known.insert(pattern.clone()) {
                    patterns.push(pattern);
                    concepts.push(*concept);
                }
            }
        }
        let automaton = (!patterns.is_empty())
            .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok())
            .flatten();
        Self { automaton, concepts }
    }

    /// The mentions in the running text of `blocks`, in order. Headings, links, code and mentions of
    /// `own`, the concept whose page it is, are passed over.
    pub fn mentions(&self, blocks: &[Block], searched: Searched, own: ItemIndex) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let Some(automaton) = &self.automaton else { return mentions };
        let mut in_heading: HashSet<*const Inline> = HashSet::new();
        let mut runs: Vec<&[Inline]> = Vec::new();
        visit(
            blocks,
            &mut |block| match block {
                Block::Heading(heading) => in_heading.extend([heading.content.as_ptr()]),
                Block::Callout(callout) => in_heading.extend([callout.title.as_ptr()]),
                Block::Figure(image) => in_heading.extend([image.alt.as_ptr()]),
                _ => {}
            },
            &mut |run| runs.push(run),
        );
        let mut joined = Joined::default();
        for run in runs {
            if !run.is_empty() && !in_heading.contains(&run.as_ptr()) {
                self.search(automaton, run, searched, own, &mut joined, &mut mentions);
            }
        }
        mentions
    }

    fn search(
        &self,
        automaton: &AhoCorasick,
        inlines: &[Inline],
        searched: Searched,
        own: ItemIndex,
        joined: &mut Joined,
        mentions: &mut Vec<Mention>,
    ) {
        joined.clear();
        for inline in inlines {
            if joined.take(inline, searched) {
                continue;
            }
            self.search_joined(automaton, own, joined, mentions);
            if let Inline::Emphasis(content) | Inline::Strong(content) = inline {
                self.search(automaton, content, searched, own, joined, mentions);
            }
        }
        self.search_joined(automaton, own, joined, mentions);
    }

    fn search_joined(&self, automaton: &AhoCorasick, own: ItemIndex, joined: &mut Joined, mentions: &mut Vec<Mention>) {
        for found in automaton.find_iter(&joined.text) {
            let concept = self.concepts[found.pattern().as_usize()];
            if concept != own
                && is_whole_word(&joined.text, found.start(), found.end())
                && let Some((start, end)) = joined.place(found.start(), found.end())
            {
                mentions.push(Mention { start, end, concept });
            }
        }
        joined.clear();
    }
}

/// Texts, terms and line breaks side by side as one text, so that a form is found across them.
#[derive(Default)]
struct Joined {
    text: String,
    pieces: Vec<Piece>,
}

struct Piece {
    /// First byte in the joined text.
    at: usize,
    /// Place in the source.
    start: u32,
    end: u32,
    /// Whether the joined text says something else than the source: a term.
    is_filled: bool,
}

impl Joined {
    fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Takes `inline` in, if it is of those that can be joined.
    fn take(&mut self, inline: &Inline, searched: Searched) -> bool {
        match inline {
            Inline::Text(Text::Span(span)) => {
                let text = span.of(searched.source);
                match is_plain(text) {
                    true => self.push(text, span.start, span.end, false),
                    false => self.push_normalized(text, span.start),
                }
            }
            // `&shy;`
            Inline::Text(text) if text.get(searched.source).chars().all(is_invisible) => {}
            Inline::Term(term) => {
                let term = *term as usize;
                let span = searched.terms[term].span;
                self.push(&normalized(&searched.filled[term]), span.start, span.end, true);
            }
            Inline::SoftBreak => self.text.push(' '),
            _ => return false,
        }
        true
    }

    fn push(&mut self, text: &str, start: u32, end: u32, is_filled: bool) {
        self.pieces.push(Piece { at: self.text.len(), start, end, is_filled });
        self.text.push_str(text);
    }

    /// Pushes `text`, which begins at `start` in the source, without its invisible characters and with accents composed.
    fn push_normalized(&mut self, text: &str, mut start: u32) {
        for letter in letters(text) {
            let end = start + letter.len() as u32;
            if !letter.chars().all(is_invisible) {
                let composed = normalized(letter);
                self.push(&composed, start, end, *composed != *letter);
            }
            start = end;
        }
    }

    /// The place in the source of bytes of the joined text; none where it begins or ends within a term.
    fn place(&self, start: usize, end: usize) -> Option<(u32, u32)> {
        let after_first = self.pieces.partition_point(|piece| piece.at <= start);
        let after_last = self.pieces.partition_point(|piece| piece.at < end);
        let (first, last) = (self.pieces[..after_first].last()?, self.pieces[..after_last].last()?);
        let last_end = self.pieces.get(after_last).map_or(self.text.len(), |next| next.at);
        let start = match first.is_filled {
            false => first.start + (start - first.at) as u32,
            true if start == first.at => first.start,
            true => return None,
        };
        let end = match last.is_filled {
            false => last.start + (end - last.at) as u32,
            true if self.text[end..last_end].trim().is_empty() => last.end,
            true => return None,
        };
        Some((start, end))
    }
}

/// Returns the letters of `text`, each with the accents that follow it.
fn letters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let after_first = rest.chars().next()?.len_utf8();
        let accents = rest[after_first..].find(|c| !is_combining_mark(c)).unwrap_or(rest.len() - after_first);
        let (letter, others) = rest.split_at(after_first + accents);
        rest = others;
        Some(letter)
    })
}

fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    !text[..start].ends_with(is_letter) && !text[end..].starts_with(is_letter)
}

fn capitalised(form: &str) -> String {
    let mut letters = form.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The forms of all concepts, terms filled, with the concept that each belongs to.
pub fn concept_forms(shown: &[&Identity], vocabulary: &Vocabulary) -> Vec<(String, ItemIndex)> {
    let mut forms = Vec::new();
    for (index, identity) in shown.iter().enumerate() {
        if let Details::Concept(concept) = &identity.document.front.details {
            let terms = vocabulary.of_layer(identity.layer);
            let filled = concept.forms.iter().map(|form| language::fill_text(&form.text, terms).0);
            forms.extend(filled.map(|form| (form, index)));
        }
    }
    forms
}

/// The concepts among `items`, as a dictionary of `language` has them.
pub fn concepts_in_order(items: &[Item], language: Language) -> Vec<ItemIndex> {
    let mut concepts: Vec<ItemIndex> = (0..items.len()).filter(|index| items[*index].kind == Kind::Concept).collect();
    concepts.sort_by_cached_key(|item| language::collation_key(&items[*item].title, language));
    concepts
}

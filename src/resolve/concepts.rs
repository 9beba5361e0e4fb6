//! Mentions of concepts in running text, found by the forms that a concept lists.
//!
//! One automaton (Aho & Corasick 1975) over all forms of all concepts, longest match first, so that a text
//! is read once however many concepts there are.

use aho_corasick::{AhoCorasick, MatchKind};

use super::book::{ItemIndex, Mention};
use crate::model::body::{Block, Inline};
use crate::model::walk::visit;
use crate::source::Text;

/// Finds the concepts of a handbook in texts.
#[derive(Debug)]
pub struct ConceptFinder {
    automaton: Option<AhoCorasick>,
    /// The concept of each pattern.
    concepts: Vec<ItemIndex>,
}

impl ConceptFinder {
    /// A finder for `forms`: every form with the concept that it belongs to. A form also matches with a
    /// capital at the start of a sentence. Where two concepts share a form, the first one has it.
    pub fn new(forms: &[(String, ItemIndex)]) -> Self {
        let mut patterns = Vec::new();
        let mut concepts = Vec::new();
        for (form, concept) in forms.iter().filter(|(form, _)| !form.trim().is_empty()) {
            for pattern in [form.clone(), capitalised(form)] {
                if !patterns.contains(&pattern) {
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

    /// The mentions in the running text of `blocks`, in order. Headings, links, code and the text of
    /// `own`, the concept whose page it is, are passed over.
    pub fn mentions(&self, blocks: &[Block], source: &str, own: ItemIndex) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let Some(automaton) = &self.automaton else { return mentions };
        let mut in_heading: Vec<*const Inline> = Vec::new();
        let mut runs: Vec<&[Inline]> = Vec::new();
        visit(
            blocks,
            &mut |block| match block {
                Block::Heading(heading) => in_heading.push(heading.content.as_ptr()),
                Block::Callout(callout) => in_heading.push(callout.title.as_ptr()),
                Block::Figure(image) => in_heading.push(image.alt.as_ptr()),
                _ => {}
            },
            &mut |run| runs.push(run),
        );
        for run in runs {
            if !run.is_empty() && !in_heading.contains(&run.as_ptr()) {
                self.search(automaton, run, source, own, &mut mentions);
            }
        }
        mentions
    }

    fn search(
        &self,
        automaton: &AhoCorasick,
        inlines: &[Inline],
        source: &str,
        own: ItemIndex,
        mentions: &mut Vec<Mention>,
    ) {
        for inline in inlines {
            match inline {
                Inline::Text(Text::Span(span)) => {
                    let text = span.of(source);
                    for found in automaton.find_iter(text) {
                        let concept = self.concepts[found.pattern().as_usize()];
                        if concept != own && is_whole_word(text, found.start(), found.end()) {
                            let start = span.start + found.start() as u32;
                            mentions.push(Mention { start, end: span.start + found.end() as u32, concept });
                        }
                    }
                }
                Inline::Emphasis(content) | Inline::Strong(content) => {
                    self.search(automaton, content, source, own, mentions);
                }
                _ => {}
            }
        }
    }
}

fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    !text[..start].ends_with(is_letter) && !text[end..].starts_with(is_letter)
}

fn capitalised(form: &str) -> String {
    let mut letters = form.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

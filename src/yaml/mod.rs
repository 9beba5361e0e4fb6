//! YAML texts as trees and typed values, with every fault pointed at by byte range.
//!
//! [`tree`] parses, [`syntax`] says what YAML itself rejects, [`place`] finds where a value stands,
//! [`fields`] takes typed values out of a mapping, [`color`] colours, [`written`] says how they were written.

pub mod color;
pub mod fields;
mod path;
pub mod place;
pub mod syntax;
pub mod tree;
pub mod word;
pub mod written;

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Source;

use place::Step;
use tree::{Mapping, Node};

/// A YAML text inside a file, and the faults found in it so far.
#[derive(Debug)]
pub struct Yaml<'t> {
    shown: &'t Arc<str>,
    text: &'t str,
    start: usize,
    head: Range<usize>,
    faults: RefCell<Vec<Diagnostic>>,
    budget: SearchBudget,
}

/// How much text may still be searched for places.
///
/// Every place that is looked for, and not known from the tree, reads the text once more. That is nothing for front matter
/// by hand; in a text with thousands of faults those beyond `MOST_SEARCHED` bytes are told of at their keys.
#[derive(Debug, Default)]
pub struct SearchBudget(Cell<usize>);

/// Bytes that are searched for the places of one text, at most.
const MOST_SEARCHED: usize = 8 << 20;

impl SearchBudget {
    /// Whether `text` may be searched once more, which is then taken as done.
    pub fn allows(&self, text: &str) -> bool {
        self.0.set(self.0.get().saturating_add(text.len()));
        self.0.get() <= MOST_SEARCHED
    }
}

impl<'t> Yaml<'t> {
    /// The YAML text at byte `range` of `source`. `head` is the place to point at for what is missing
    /// from the whole (bytes of the file).
    pub fn new(source: &'t Source, range: Range<usize>, head: Range<usize>) -> Self {
        let text = source.text.get(range.clone()).unwrap_or("");
        let (faults, budget) = Default::default();
        Self { shown: &source.shown, text, start: range.start, head, faults, budget }
    }

    /// All of a YAML file after its byte order mark.
    pub fn of_file(source: &'t Source) -> Self {
        let start = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self::new(source, start..source.text.len(), start..start)
    }

    /// The text as one mapping; an empty text is an empty one. `None`, and a fault, where it is not YAML
    /// or no mapping; a repeated key is a fault and its first value counts.
    pub fn mapping(&self) -> Option<Mapping<'t>> {
        let tree = match tree::parse(self.text) {
            Ok(tree) => tree,
            Err(error) => {
                let (range, fault) = syntax::explain(&error, self.text);
                self.report(fault, self.absolute(range));
                return None;
            }
        };
        for (first, second) in &tree.repeated {
            let (first, again) = (self.place_of_key(first), self.place_of_key(second));
            let fault = Fault::DuplicateKey { key: second.to_string() };
            self.push(Diagnostic::new(fault, self.shown, again).and_at(self.shown, first, "first here"));
        }
        match tree.root {
            Node::Mapping(mapping) => Some(mapping),
            Node::Nothing => Some(Mapping::default()),
            other => {
                let reason = format!("expected lines of `key: value`, found {}", other.type_name());
                self.report(Fault::InvalidYaml { reason, wants_quotes: false }, self.first_line());
                None
            }
        }
    }

    /// Notes a fault at `range` of the file.
    pub fn report(&self, fault: Fault, range: Range<usize>) {
        self.push(Diagnostic::new(fault, self.shown, range));
    }

    /// Notes a finished diagnostic.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.faults.borrow_mut().push(diagnostic);
    }

    /// All faults, in the order in which they were found.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.faults.into_inner()
    }

    /// The path for labels.
    pub fn shown(&self) -> &'t Arc<str> {
        self.shown
    }

    /// The file's text at `range`, its bytes counted in the file, as far as it lies inside the YAML.
    fn whole(&self, range: Range<usize>) -> &'t str {
        let inside = range.start.checked_sub(self.start).zip(range.end.checked_sub(self.start));
        inside.and_then(|(start, end)| self.text.get(start..end)).unwrap_or("")
    }

    fn absolute(&self, range: Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }

    /// Where the value at `steps` stands in the file, else the nearest place around it. `key` is a key of the text at or
    /// near that place.
    fn place(&self, steps: &[Step], key: &str) -> Range<usize> {
        if !self.budget.allows(self.text) {
            return self.place_of_key(key);
        }
        place::nearest(self.text, steps).map_or_else(|| self.head.clone(), |range| self.absolute(range))
    }

    /// Where the value at `steps` stands in the text itself.
    fn place_in_text(&self, steps: &[Step]) -> Option<Range<usize>> {
        if self.budget.allows(self.text) { place::of_value(self.text, steps) } else { None }
    }

    fn place_of_key(&self, key: &str) -> Range<usize> {
        place::inside(self.text, key).map_or_else(|| self.head.clone(), |range| self.absolute(range))
    }

    fn first_line(&self) -> Range<usize> {
        let line = self.text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
        self.place_of_key(line.trim())
    }
}

//! Front matter as written to front matter resolved: terms filled, references found.

use super::book::{HeadingInfo, ItemIndex, Reference};
use super::guesses::Guesses;
use super::identity::Named;
use super::links::{self, find_heading, nearest_heading};
use super::meant::Meant;
use super::names::Names;
use crate::diagnostic::{Diagnostic, Fault};
use crate::language::{self, TermIndex};
use crate::layer::Unread;
use crate::model::Kind;
use crate::model::front_matter::{
    AgendaPoint, AgendaWhat, Case, Concept, Conclusion, Details, Exercise, Indicator, KeyPath, Measurement, Principle,
    Value, Workshop, Written,
};
use crate::parse::Places;
use crate::source::Source;

/// What resolving front matter needs to know, and where its faults go.
pub struct Resolver<'a> {
    /// The file.
    pub source: &'a Source,
    /// Where its front matter stands.
    pub places: Places<'a>,
    /// Words that may be replaced.
    pub terms: &'a TermIndex,
    /// Names of items.
    pub names: &'a Names,
    /// What ids may mean that lead nowhere.
    pub meant: &'a Meant<'a>,
    /// Kinds of items, by item index.
    pub kinds: &'a [Kind],
    /// Headings of items, by item index.
    pub headings: &'a [Vec<HeadingInfo>],
    /// Whether a reference to what is left out is left out, too.
    pub omit_links: bool,
    /// What could not be read.
    pub unread: &'a Unread,
    /// What has been guessed for the file.
    pub guesses: &'a Guesses,
    /// Faults found.
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    /// The text of a value with its terms filled.
    pub fn text(&mut self, value: &Value) -> String {
        if !value.text.bytes().any(|byte| matches!(byte, b'{' | b'\\')) {
            return value.text.to_string();
        }
        let (text, unknown) = language::fill_text(&value.text, self.terms);
        for (_, unknown) in unknown {
            let suggestion = self.guesses.of_word(&unknown.word, || self.terms.nearest(&unknown.word));
            self.fault(Fault::UnknownTerm { term: unknown.word, suggestion }, value.at);
        }
        text
    }

    /// The value with its terms filled.
    fn value(&mut self, value: &Value) -> Value {
        Value { text: self.text(value).into(), at: value.at }
    }

    fn optional(&mut self, value: Option<&Value>) -> Option<Value> {
        value.map(|value| self.value(value))
    }

    fn values(&mut self, values: &[Value]) -> Vec<Value> {
        values.iter().map(|value| self.value(value)).collect()
    }

    /// The details of a kind with everything in them resolved. What is not found is left out.
    pub fn details(&mut self, details: &Details<Written>) -> Details<Reference> {
        match details {
            Details::Page => Details::Page,
            Details::Case(case) => Details::Case(Case { principles: self.items(&case.principles, &[Kind::Principle]) }),
            Details::Principle(principle) => Details::Principle(Principle {
                statement: self.value(&principle.statement),
                seen: self.values(&principle.seen),
                heard: self.values(&principle.heard),
                concepts: self.items(&principle.concepts, &[Kind::Concept]),
            }),
            Details::Exercise(exercise) => Details::Exercise(Exercise {
                principles: self.items(&exercise.principles, &[Kind::Principle]),
                when: exercise.when,
                minutes: exercise.minutes,
                participants: exercise.participants,
                groups: self.optional(exercise.groups.as_ref()),
                materials: self.values(&exercise.materials),
                purpose: self.optional(exercise.purpose.as_ref()),
                invitation: self.optional(exercise.invitation.as_ref()),
                names: exercise.names,
            }),
            Details::Workshop(workshop) => Details::Workshop(Workshop {
                start: workshop.start,
                minutes: workshop.minutes,
                week: workshop.week,
                agenda: workshop.agenda.iter().filter_map(|point| self.agenda_point(point)).collect(),
            }),
            Details::Conclusion(conclusion) => Details::Conclusion(Conclusion {
                supports: self.items(&conclusion.supports, &[]),
                principles: self.items(&conclusion.principles, &[Kind::Principle]),
            }),
            Details::Indicator(indicator) => Details::Indicator(Indicator {
                question: self.value(&indicator.question),
                unit: self.optional(indicator.unit.as_ref()),
                better: indicator.better,
                series: indicator.series.iter().map(Measurement::clone).collect(),
                result: indicator.result,
            }),
            Details::Concept(concept) => Details::Concept(Concept {
                definition: self.value(&concept.definition),
                forms: self.values(&concept.forms),
            }),
        }
    }

    fn agenda_point(&mut self, point: &AgendaPoint<Written>) -> Option<AgendaPoint<Reference>> {
        let what = match &point.what {
            AgendaWhat::Exercise(written) => AgendaWhat::Exercise(self.item(written, &[Kind::Exercise])?),
            AgendaWhat::Other { title, kind } => AgendaWhat::Other { title: self.value(title), kind: *kind },
        };
        Some(AgendaPoint { what, minutes: point.minutes, note: self.optional(point.note.as_ref()) })
    }

    fn items(&mut self, written: &[Written], kinds: &[Kind]) -> Vec<Reference> {
        written.iter().filter_map(|written| self.item(written, kinds)).collect()
    }

    /// The item that `written` names, if it is one of `kinds` (any where that is empty).
    fn item(&mut self, written: &Written, kinds: &[Kind]) -> Option<Reference> {
        let (id, fragment) = match written.text.split_once('#') {
            Some((id, fragment)) => (id, Some(fragment)),
            None => (&*written.text, None),
        };
        let key = written.at.key.to_owned();
        let item = match self.names.id(id) {
            Some(Named::Item(item)) => item,
            Some(hidden) => {
                // A point of an agenda has nothing to become.
                if matches!(hidden, Named::Omitted(_)) && self.omit_links && written.at.inner.is_none() {
                    return None;
                }
                let (id, key) = (id.to_owned(), Some(key));
                let fault = match hidden {
                    Named::FacilitatorOnly => Fault::LinkToFacilitator { id, key },
                    Named::Omitted(_) => Fault::OmittedButLinked { id, places: 1 },
                    Named::Draft | Named::Item(_) => Fault::LinkToDraft { id, key },
                };
                self.fault(fault, written.at);
                return None;
            }
            None if self.unread.may_be_named(id) => return None,
            None => {
                let fits = |named| match named {
                    Named::Item(item) => kinds.is_empty() || kinds.contains(&self.kinds[item]),
                    Named::Draft | Named::FacilitatorOnly | Named::Omitted(_) => false,
                };
                let suggestion = self.guesses.one(|| self.meant.id(id, fits));
                self.fault(Fault::UnknownId { key, id: id.to_owned(), suggestion }, written.at);
                return None;
            }
        };
        let found = self.kinds[item];
        if let [expected, ..] = kinds
            && !kinds.contains(&found)
        {
            let fault = Fault::WrongKind { key, id: id.to_owned(), expected: expected.name(), found: found.name() };
            self.fault(fault, written.at);
            return None;
        }
        let heading = fragment.and_then(|fragment| self.heading(item, id, fragment, written.at));
        Some(Reference { item, heading })
    }

    fn heading(&mut self, item: ItemIndex, id: &str, fragment: &str, at: KeyPath) -> Option<(Box<str>, Box<str>)> {
        let headings = &self.headings[item];
        match find_heading(headings, fragment) {
            Some(links::Heading::Top) => None,
            Some(links::Heading::At(found)) => {
                let heading = &headings[found as usize];
                Some((heading.id.clone(), heading.text.clone()))
            }
            None => {
                let suggestion = self.guesses.one(|| nearest_heading(headings, fragment));
                let fault = Fault::BrokenAnchor { anchor: fragment.to_owned(), page: id.to_owned(), suggestion };
                self.fault(fault, at);
                None
            }
        }
    }

    fn fault(&mut self, fault: Fault, at: KeyPath) {
        let range = self.places.of(at);
        self.diagnostics.push(Diagnostic::new(fault, &self.source.shown, range));
    }
}

//! The handbook's own rules: minutes that add up, principles that are practised, conclusions that are carried.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::book::{Book, Item, ItemIndex};
use super::relations;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::Unread;
use crate::model::body::Block;
use crate::model::front_matter::{Details, KeyPath, When};
use crate::model::walk::visit;
use crate::parse::{place_of, reach_of};

/// More steps than an exercise has.
const MOST_STEPS_SHOWN: usize = 20;

/// Checks every item of `book` against the rules of its kind.
///
/// The effect of an error on a value is no second fault: nothing is reported about a key that contains an error. If
/// files are `unread`, they may be the ones that are missing.
pub fn check(book: &Book, unread: &Unread, diagnostics: &mut Vec<Diagnostic>) {
    let found_before = errors_by_file(diagnostics);
    for (index, item) in book.items.iter().enumerate() {
        let source = &item.document.source;
        let own = item.document.diagnostics.iter().filter(|found| found.is_error());
        let own = own.flat_map(|found| found.labels.first()).filter(|label| label.path == source.shown);
        let own = own.map(|label| label.span.start);
        let errors: Vec<u32> = own.chain(found_before.get(&source.shown).into_iter().flatten().copied()).collect();
        let holds_error = |key: &str| {
            let reach = if errors.is_empty() { None } else { reach_of(&source.text, key) };
            reach.is_some_and(|reach| errors.iter().any(|at| reach.contains(&(*at as usize))))
        };
        let mut warn = |fault: Fault, key: &'static str| {
            if !unread.is_empty() && misses_others(&fault)
                || holds_error(key)
                || matches!(fault, Fault::AgendaDiffers { .. }) && holds_error("agenda")
            {
                return;
            }
            let range = place_of(&source.text, KeyPath::key(key));
            let is_of_steps = matches!(fault, Fault::MinutesDiffer { .. });
            let mut diagnostic = Diagnostic::new(fault, &source.shown, range);
            if is_of_steps {
                for step in steps(item).into_iter().take(MOST_STEPS_SHOWN) {
                    diagnostic = diagnostic.and_at(&source.shown, step, "a step");
                }
            }
            diagnostics.push(diagnostic);
        };
        check_item(book, index, item, &mut warn);
    }
}

/// Returns the offsets at which errors begin, by the file in which they are reported.
fn errors_by_file(diagnostics: &[Diagnostic]) -> HashMap<Arc<str>, Vec<u32>> {
    let mut errors: HashMap<Arc<str>, Vec<u32>> = HashMap::new();
    let found = diagnostics.iter().filter(|found| found.is_error());
    for label in found.filter_map(|found| found.labels.first()) {
        errors.entry(Arc::clone(&label.path)).or_default().push(label.span.start);
    }
    errors
}

/// Returns whether the fault of an item is that no other item refers to it.
fn misses_others(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::PrincipleWithoutExercise
            | Fault::PrincipleWithoutStory
            | Fault::ExerciseInNoAgenda
            | Fault::UnusedConcept { .. }
    )
}

fn is_of_minutes(found: &Diagnostic) -> bool {
    matches!(&found.fault, Fault::InvalidValue { key, .. } if key == "minutes")
}

/// Places of the headings with minutes.
fn steps(item: &Item) -> Vec<Range<usize>> {
    let mut steps = Vec::new();
    let mut see = |block: &Block| match block {
        Block::Heading(heading) if heading.minutes.is_some() => steps.push(heading.span.range()),
        _ => {}
    };
    visit(item.blocks(), &mut see, &mut |_| {});
    steps
}

fn check_item(book: &Book, index: ItemIndex, item: &Item, warn: &mut impl FnMut(Fault, &'static str)) {
    let relations = &book.relations[index];
    match &item.details {
        Details::Exercise(exercise) => {
            let steps: Vec<u32> = item.body.headings.iter().filter_map(|heading| heading.minutes).collect();
            let total = steps.iter().fold(0_u32, |sum, minutes| sum.saturating_add(*minutes));
            // No minutes stand for those that are missing or wrong.
            let all_known = exercise.minutes > 0 && !item.document.diagnostics.iter().any(is_of_minutes);
            if !steps.is_empty() && total != exercise.minutes && all_known {
                warn(Fault::MinutesDiffer { steps: total, minutes: exercise.minutes }, "minutes");
            }
            if exercise.principles.is_empty() {
                warn(Fault::ExerciseWithoutPrinciple, "principles");
            }
            if exercise.when == When::Workshop && relations.workshops.is_empty() {
                warn(Fault::ExerciseInNoAgenda, "when");
            }
        }
        Details::Principle(_) => {
            if relations.exercises.is_empty() {
                warn(Fault::PrincipleWithoutExercise, "title");
            }
            if relations.places.is_empty() && super::moments(item) == 0 {
                // A star or vampire moment in the principle's own text counts as its place in the story.
                warn(Fault::PrincipleWithoutStory, "title");
            }
        }
        Details::Workshop(workshop) => {
            let agenda = workshop
                .agenda
                .iter()
                .fold(0_u32, |sum, point| sum.saturating_add(relations::minutes(point, &book.items)));
            // No minutes and no points stand for those that are missing.
            if agenda != workshop.minutes && workshop.minutes > 0 && !workshop.agenda.is_empty() {
                warn(Fault::AgendaDiffers { agenda, minutes: workshop.minutes }, "hours");
            }
        }
        Details::Conclusion(conclusion) => {
            if conclusion.supports.is_empty() {
                warn(Fault::ConclusionWithoutSupport, "supports");
            }
        }
        Details::Concept(_) => {
            if relations.uses.is_empty() && relations.principles.is_empty() {
                warn(Fault::UnusedConcept { concept: item.title.clone() }, "title");
            }
        }
        Details::Page | Details::Case(_) | Details::Indicator(_) => {}
    }
}

//! The handbook's own rules: minutes that add up, principles that are practised, conclusions that are carried.

use std::ops::Range;

use super::book::{Book, Item, ItemIndex};
use super::relations;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::Block;
use crate::model::front_matter::{Details, KeyPath, When};
use crate::model::walk::visit;
use crate::parse::place_of;

/// Holds every item of `book` to the rules of its kind.
pub fn check(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for (index, item) in book.items.iter().enumerate() {
        let mut warn = |fault: Fault, key: &'static str| {
            let source = &item.document.source;
            let range = place_of(&source.text, KeyPath::key(key));
            let is_of_steps = matches!(fault, Fault::MinutesDiffer { .. });
            let mut diagnostic = Diagnostic::new(fault, &source.shown, range);
            if is_of_steps {
                for step in steps(item) {
                    diagnostic = diagnostic.and_at(&source.shown, step, "a step");
                }
            }
            diagnostics.push(diagnostic);
        };
        check_item(book, index, item, &mut warn);
    }
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
            if !steps.is_empty() && total != exercise.minutes {
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
            if agenda != workshop.minutes {
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

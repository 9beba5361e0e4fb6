//! The other way of every reference: what the rest of the book says of an item.

use super::book::{Item, ItemIndex, Reference, Relations};
use crate::model::front_matter::{AgendaPoint, AgendaWhat, Details};

/// Relations of all `items`, by item index; the lists are in reading order.
pub fn relate(items: &[Item]) -> Vec<Relations> {
    let mut relations = vec![Relations::default(); items.len()];
    for (index, item) in items.iter().enumerate() {
        match &item.details {
            Details::Case(case) => {
                for principle in &case.principles {
                    add(&mut relations[principle.item].places, index);
                }
            }
            Details::Exercise(exercise) => {
                for principle in &exercise.principles {
                    add(&mut relations[principle.item].exercises, index);
                }
            }
            Details::Principle(principle) => {
                for concept in &principle.concepts {
                    add(&mut relations[concept.item].principles, index);
                }
            }
            Details::Conclusion(conclusion) => {
                for reference in conclusion.principles.iter().chain(&conclusion.supports) {
                    add(&mut relations[reference.item].conclusions, index);
                }
            }
            Details::Workshop(workshop) => {
                for (start, point) in clock(workshop.start, &workshop.agenda, items) {
                    if let AgendaWhat::Exercise(exercise) = &point.what {
                        relations[exercise.item].workshops.push((index, start));
                    }
                }
            }
            Details::Page | Details::Indicator(_) | Details::Concept(_) => {}
        }
        for mention in &item.body.mentions {
            add(&mut relations[mention.concept].uses, index);
        }
    }
    relations
}

/// The points of an agenda with the minute of the day at which each starts.
pub fn clock<'a>(
    start: u32,
    agenda: &'a [AgendaPoint<Reference>],
    items: &'a [Item],
) -> impl Iterator<Item = (u32, &'a AgendaPoint<Reference>)> {
    agenda.iter().scan(start, |now, point| {
        let starts = *now;
        *now = now.saturating_add(minutes(point, items));
        Some((starts, point))
    })
}

/// How long a point of an agenda takes: its own minutes, else those of its exercise.
pub fn minutes(point: &AgendaPoint<Reference>, items: &[Item]) -> u32 {
    point.minutes.unwrap_or_else(|| match &point.what {
        AgendaWhat::Exercise(exercise) => match &items[exercise.item].details {
            Details::Exercise(exercise) => exercise.minutes,
            _ => 0,
        },
        AgendaWhat::Other { .. } => 0,
    })
}

/// Items are visited in order, so a repeat can only be the last one.
fn add(list: &mut Vec<ItemIndex>, item: ItemIndex) {
    if list.last() != Some(&item) {
        list.push(item);
    }
}

//! The theme days: their weeks, breaks and minutes, and the exercises that they use.

use vaert::model::Kind;
use vaert::model::front_matter::{AgendaKind, AgendaWhat, Details, When, Workshop};
use vaert::resolve::book::{Item, Reference};
use vaert::resolve::relations;

use super::{exercise, has_text_under, of, under, with_book};

fn workshop(item: &Item) -> &Workshop<Reference> {
    let Details::Workshop(workshop) = &item.details else { panic!("{} is no theme day", item.id) };
    workshop
}

#[test]
fn theme_days_last_seven_hours_with_breaks_in_weeks_0_7_14_and_21() {
    with_book(|book| {
        let days = of(book, Kind::Workshop);
        let weeks: Vec<_> = days.iter().map(|(day, _)| workshop(day).week).collect();
        assert_eq!(weeks, [0, 7, 14, 21].map(Some));
        for (item, _) in days {
            let day = workshop(item);
            assert_eq!(day.minutes, 7 * 60, "{}", item.id);
            let planned: u32 = day.agenda.iter().map(|point| relations::minutes(point, &book.items)).sum();
            assert_eq!(planned, day.minutes, "the agenda of {}", item.id);
            let of_kind = |wanted| {
                let fits = |what: &AgendaWhat<_>| matches!(what, AgendaWhat::Other { kind, .. } if *kind == wanted);
                day.agenda.iter().filter(|point| fits(&point.what)).count()
            };
            assert!(of_kind(AgendaKind::Break) >= 2 && of_kind(AgendaKind::Meal) == 1, "breaks of {}", item.id);
            assert!(day.agenda.iter().any(|point| matches!(point.what, AgendaWhat::Exercise(_))), "{}", item.id);
            let task = if day.week == Some(21) { "Resten af året" } else { "Opgaven til ugerne imellem" };
            has_text_under(item, &["Gør klar", task, "Det tager I med hjem"]);
        }
    });
}

/// The sum of the minutes in brackets in `text`, such as `(10 minutter)`.
fn minutes_in_brackets(text: &str) -> Option<u32> {
    let brackets = text.split('(').skip(1).filter_map(|rest| rest.split_once(" minutter)"));
    let minutes: Vec<u32> = brackets.map(|(minutes, _)| minutes.parse().unwrap()).collect();
    (!minutes.is_empty()).then(|| minutes.iter().sum())
}

#[test]
fn the_parts_of_a_point_on_the_agenda_fill_its_minutes() {
    with_book(|book| {
        let mut divided = 0;
        for (day, _) in of(book, Kind::Workshop) {
            for point in &workshop(day).agenda {
                let AgendaWhat::Other { title, kind: AgendaKind::Talk | AgendaKind::Work } = &point.what else {
                    continue;
                };
                // »Tre begreber: …« on the agenda is »Tre begreber« in the text.
                let title = title.text.split(':').next().unwrap();
                let Some(parts) = under(day, title).as_deref().and_then(minutes_in_brackets) else { continue };
                divided += 1;
                assert_eq!(parts, relations::minutes(point, &book.items), "the parts of »{title}« on {}", day.id);
            }
        }
        assert!(divided >= 12, "only {divided} points say how their time is spent");
    });
}

#[test]
fn an_exercise_for_theme_days_is_on_the_agenda_of_one() {
    with_book(|book| {
        for (item, relations) in of(book, Kind::Exercise) {
            if exercise(item).when == When::Workshop {
                assert!(!relations.workshops.is_empty(), "{} is on no agenda", item.id);
            }
        }
    });
}

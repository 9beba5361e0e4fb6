//! The keys of each kind of item to its part of the front matter, with stand-ins for what is missing.

use crate::diagnostic::Fault;
use crate::model::Kind;
use crate::model::front_matter::{
    AgendaKind, AgendaPoint, AgendaWhat, Case, Concept, Conclusion, Details, Direction, Exercise, Indicator, KeyPath,
    Measurement, Participants, Principle, When, Workshop, Written,
};
use crate::yaml::fields::Fields;
use crate::yaml::tree::Node;

use super::{calendar, required_text, text, texts, value, words};

/// The most minutes that an exercise or a point may take.
const MOST_MINUTES: i64 = 100_000;

/// Reads the keys of `kind`.
pub fn read(fields: &Fields, kind: Kind) -> Details<Written> {
    match kind {
        Kind::Page => Details::Page,
        Kind::Case => Details::Case(Case { principles: words(fields, "principles") }),
        Kind::Principle => Details::Principle(Principle {
            statement: required_text(fields, "statement"),
            seen: texts(fields, "seen"),
            heard: texts(fields, "heard"),
            concepts: words(fields, "concepts"),
        }),
        Kind::Exercise => Details::Exercise(exercise(fields)),
        Kind::Workshop => Details::Workshop(workshop(fields)),
        Kind::Conclusion => Details::Conclusion(Conclusion {
            supports: words(fields, "supports"),
            principles: words(fields, "principles"),
        }),
        Kind::Indicator => Details::Indicator(indicator(fields)),
        Kind::Concept => {
            Details::Concept(Concept { definition: required_text(fields, "definition"), forms: texts(fields, "forms") })
        }
    }
}

fn exercise(fields: &Fields) -> Exercise<Written> {
    let when = fields.one_of("when", &[("workshop", When::Workshop), ("between", When::Between)]);
    Exercise {
        principles: words(fields, "principles"),
        // An exercise between theme days wants no place in an agenda: no second fault from the first.
        when: fields.required("when", when).unwrap_or(When::Between),
        minutes: fields.required("minutes", minutes(fields)).unwrap_or(0),
        participants: participants(fields),
        groups: text(fields, "groups"),
        materials: texts(fields, "materials"),
        purpose: text(fields, "purpose"),
        invitation: text(fields, "invitation"),
        names: fields.boolean("names").unwrap_or(true),
    }
}

fn participants(fields: &Fields) -> Participants {
    let form = form_of_participants(fields);
    let Some(fields) = fields.fields("participants", "participants", &form) else { return Participants::default() };
    let count = |key| fields.integer(key, 1..=100_000).and_then(|count| u32::try_from(count).ok());
    let (min, max) = (count("min"), count("max"));
    fields.finish(&["min", "max"], |_| Vec::new());
    match (min, max) {
        (Some(least), Some(most)) if least > most => {
            fields.invalid::<()>("max", &format!("at least `min`, which is {least}"), None);
            Participants { min, max: None }
        }
        _ => Participants { min, max },
    }
}

/// `6`, `4-12` and `4 til 12` in the form that is wanted; an example where no number is written.
fn form_of_participants(fields: &Fields) -> String {
    let written = match fields.node("participants") {
        Some(Node::Text(text)) => text.to_string(),
        Some(Node::Integer(number)) => number.to_string(),
        _ => String::new(),
    };
    let numbers = written.split(|letter: char| !letter.is_ascii_digit());
    let numbers: Vec<u32> = numbers.filter_map(|digits| digits.parse().ok()).collect();
    let (min, max) = (numbers.iter().min().unwrap_or(&4), numbers.iter().max().unwrap_or(&12));
    format!("{{ min: {min}, max: {max} }}")
}

fn workshop(fields: &Fields) -> Workshop<Written> {
    let start = fields.word("start").and_then(|written| {
        let minutes = calendar::minutes_after_midnight(&written);
        minutes.or_else(|| {
            let with_colon = written.replacen('.', ":", 1);
            let suggestion = calendar::minutes_after_midnight(&with_colon).map(|_| with_colon);
            fields.invalid("start", "a time of day such as `\"09:00\"`", suggestion)
        })
    });
    let hours = fields.number("hours").and_then(|(hours, _)| {
        let minutes = (hours * 60.0).round();
        if (1.0..=24.0 * 60.0).contains(&minutes) {
            Some(minutes as u32)
        } else {
            fields.invalid("hours", "a number of hours up to 24", None)
        }
    });
    let points = fields.list_of_fields("agenda", "agenda point", "{ exercise: % }");
    let agenda: Vec<_> = points.iter().filter_map(|(index, point)| agenda_point(point, *index)).collect();
    fields.required("agenda", (!agenda.is_empty()).then_some(()));
    Workshop {
        start: fields.required("start", start).unwrap_or(0),
        minutes: fields.required("hours", hours).unwrap_or(0),
        week: fields.integer("week", 0..=1000).and_then(|week| u32::try_from(week).ok()),
        agenda,
    }
}

fn agenda_point(point: &Fields, index: usize) -> Option<AgendaPoint<Written>> {
    let at = |inner| KeyPath::inner("agenda", index, inner);
    let exercise = point.word("exercise").map(|id| value(id, at("exercise")));
    let title = point.text("title").map(|title| value(title, at("title")));
    let note = point.text("note").map(|note| value(note, at("note")));
    let minutes = minutes(point);
    match (exercise, title) {
        (Some(exercise), title) => {
            if title.is_some() {
                point.invalid::<()>("title", "either `exercise` or `title`, not both", None);
            }
            point.finish(&["exercise", "title", "minutes", "note"], |key| match key {
                "kind" => vec!["agenda point with a `title`"],
                _ => Vec::new(),
            });
            Some(AgendaPoint { what: AgendaWhat::Exercise(exercise), minutes, note })
        }
        (None, Some(title)) => {
            let kinds = [AgendaKind::Talk, AgendaKind::Work, AgendaKind::Break, AgendaKind::Meal];
            let kind = point.one_of("kind", &kinds.map(|kind| (kind.name(), kind)));
            let kind = point.required("kind", kind).unwrap_or(AgendaKind::Talk);
            let minutes = point.required("minutes", minutes);
            point.finish(&["exercise", "title", "minutes", "kind", "note"], |_| Vec::new());
            Some(AgendaPoint { what: AgendaWhat::Other { title, kind }, minutes, note })
        }
        (None, None) => {
            let known = ["exercise", "title", "minutes", "kind", "note"];
            point.finish(&known, |_| Vec::new());
            // A point with an exercise of the wrong type has been told so already, and a key that is none may have been
            // meant for it.
            if point.node("exercise").is_none() && point.keys().all(|key| known.contains(&key)) {
                point.required::<()>("title", None);
            }
            None
        }
    }
}

fn minutes(fields: &Fields) -> Option<u32> {
    fields.integer("minutes", 1..=MOST_MINUTES).and_then(|minutes| u32::try_from(minutes).ok())
}

fn indicator(fields: &Fields) -> Indicator {
    let better = [("up", Direction::Up), ("down", Direction::Down)];
    let result = [better[0], better[1], ("improved", Direction::Improved)];
    Indicator {
        question: required_text(fields, "question"),
        unit: text(fields, "unit"),
        better: fields.one_of("better", &better),
        series: series(fields),
        result: fields.one_of("result", &result),
    }
}

/// The values over time, in order of date: those out of order are told and sorted in.
fn series(fields: &Fields) -> Vec<Measurement> {
    let mut series = Vec::new();
    let mut latest = None;
    for (index, entry) in fields.list_of_fields("series", "measurement", "{ date: …, value: % }") {
        let written = entry.word("date");
        let date = written.as_deref().and_then(calendar::date);
        let number = entry.number("value").map(|(_, number)| number);
        let number = entry.required("value", number);
        entry.required("date", written.as_deref());
        entry.finish(&["date", "value"], |_| Vec::new());
        match (&written, date) {
            (Some(_), None) => {
                entry.invalid::<()>("date", "a date such as `2025`, `2025-03` or `2025-03-01`", None);
            }
            (Some(written), Some(_)) if latest >= date => {
                let expected = "a later date than the one before it".to_owned();
                let (key, value) = (entry.name_of("date", None), written.to_string());
                entry.fault("date", Fault::InvalidValue { key, value, expected, suggestion: None });
            }
            _ => latest = date,
        }
        if let (Some(written), Some(date), Some(number)) = (written, date, number) {
            let date_value = value(written, KeyPath::inner("series", index, "date"));
            series.push((date, Measurement { date: date_value, value: number.into() }));
        }
    }
    series.sort_by_key(|(date, _)| *date);
    series.into_iter().map(|(_, measurement)| measurement).collect()
}

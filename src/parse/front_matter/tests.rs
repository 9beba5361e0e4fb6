//! Front matter texts and what is read from them.

use super::*;
use crate::model::front_matter::{AgendaWhat, Details, Direction, When};
use std::sync::Arc;

fn source(text: &str) -> Source {
    Source { path: "a.md".into(), shown: Arc::from("content/a.md"), text: text.into() }
}

fn read_yaml(yaml: &str, kind: Kind) -> (FrontMatter, Vec<String>) {
    let source = source(&format!("---\n{yaml}---\nkrop\n"));
    let (front_matter, _, diagnostics) = read(&source, kind);
    let said = diagnostics.iter().map(|diagnostic| {
        let place = diagnostic.labels[0].span;
        format!("{} @ {}", diagnostic.code().name(), place.of(&source.text))
    });
    (front_matter, said.collect())
}

#[test]
fn front_matter_is_cut_off_at_its_fences() {
    for (text, yaml, body) in [
        ("---\na: b\n---\nkrop", Some("a: b\n"), "krop"),
        ("\u{feff}---\r\na: b\r\n--- \r\nkrop", Some("a: b\r\n"), "krop"),
        ("---\n---\n", Some(""), ""),
        ("krop\n---\n", None, "krop\n---\n"),
        ("\u{feff}krop", None, "krop"),
        ("---- \nkrop", None, "---- \nkrop"),
        ("", None, ""),
    ] {
        let split = split(text);
        assert_eq!((split.yaml.map(|range| &text[range]), &text[split.body_start..]), (yaml, body), "{text:?}");
        assert!(split.closed);
    }
    assert_eq!(split("---\na: b\n"), Split { yaml: None, body_start: 9, closed: false });
}

#[test]
fn front_matter_that_is_not_closed_is_the_only_fault_of_its_file() {
    let (_, body_start, diagnostics) = read(&source("---\nstatement: x\n"), Kind::Principle);
    assert_eq!(body_start, 17);
    assert!(matches!(&diagnostics[..], [one] if one.fault == Fault::FrontMatterNotClosed));
}

#[test]
fn common_keys_of_every_type_are_read() {
    let (front_matter, said) = read_yaml(
        "title: 2025\nsummary: \"Se: her\"\norder: -3\naliases: kig\ntags: [1.10, se]\naudience: facilitator # kun dem\n\
         draft: true\nchanges:\npublish: true\n",
        Kind::Page,
    );
    let common = front_matter.common;
    assert_eq!(said, [""; 0]);
    assert_eq!(common.title.map(|title| title.text.to_string()).as_deref(), Some("2025"));
    assert_eq!(common.summary.map(|text| text.text.to_string()).as_deref(), Some("Se: her"));
    assert_eq!(
        (common.order, common.readers.facilitator, common.readers.draft, common.print),
        (Some(-3), true, true, true)
    );
    assert_eq!(&*common.aliases[0].text, "kig");
    assert_eq!(common.tags.iter().map(|tag| &*tag.text).collect::<Vec<_>>(), ["1.10", "se"]);
    assert_eq!(common.changes, None);
}

#[test]
fn one_run_reports_every_fault_at_its_place() {
    let (_, said) = read_yaml(
        "titel: x\ntitle: {borger}\nminutes: tyve\nwhen: worksop\nstatement: nej\ndraft: ja\nmaterials: [a, {b: c}]\n\
         participants: {min: 9, max: 3, mxa: 1}\n",
        Kind::Exercise,
    );
    let expected = [
        "invalid-value @ ja",
        "wrong-type @ {borger}",
        "invalid-value @ worksop",
        "wrong-type @ tyve",
        "unknown-key @ mxa",
        "invalid-value @ 3",
        "wrong-type @ {b: c}",
        "unknown-key @ titel",
        "misplaced-key @ statement",
    ];
    assert_eq!(said, expected);
}

#[test]
fn missing_keys_are_told_and_stood_in_for() {
    let (front_matter, said) = read_yaml("when:\n", Kind::Exercise);
    assert_eq!(said, ["missing-key @ when", "missing-key @ ---"]);
    assert!(matches!(front_matter.details, Details::Exercise(e) if e.when == When::Between && e.minutes == 0));
    let (_, _, diagnostics) = read(&source("krop"), Kind::Concept);
    assert_eq!(diagnostics[0].fault, Fault::MissingKey { key: "definition".into(), kind: "concept" });
}

#[test]
fn keys_that_stand_twice_are_shown_in_both_places() {
    let source = source("---\ntitle: a\ntags: x\ntitle: b\n---\n");
    let (front_matter, _, diagnostics) = read(&source, Kind::Page);
    let places: Vec<_> = diagnostics[0].labels.iter().map(|label| label.span.start).collect();
    assert_eq!((places, diagnostics.len()), (vec![21, 4], 1));
    assert_eq!(front_matter.common.title.map(|title| title.text.to_string()).as_deref(), Some("a"));
}

#[test]
fn a_comment_that_cuts_a_text_short_is_warned_of() {
    let (_, said) =
        read_yaml("title: Øvelse #3\nsummary: \"a #b\" # c\nseen:\n  - to\n    linjer #x\n  - a#b\n", Kind::Principle);
    assert_eq!(said, ["yaml-cut-short @ #", "missing-key @ ---", "yaml-cut-short @ #"]);
}

#[test]
fn a_theme_day_has_times_in_minutes() {
    let (front_matter, said) = read_yaml(
        "start: 09:00\nhours: 6.5\nweek: 2\nagenda:\n- {exercise: oevelser/se, note: ro}\n- title: Frokost\n  minutes: 30\n  kind: meal\n",
        Kind::Workshop,
    );
    assert_eq!(said, [""; 0]);
    let Details::Workshop(day) = front_matter.details else { panic!("a theme day") };
    assert_eq!((day.start, day.minutes, day.week), (540, 390, Some(2)));
    assert!(matches!(&day.agenda[0].what, AgendaWhat::Exercise(id) if &*id.text == "oevelser/se"));
    assert_eq!(day.agenda[1].minutes, Some(30));
}

#[test]
fn a_point_is_an_exercise_or_has_a_title() {
    let (_, said) = read_yaml(
        "start: \"9.30\"\nhours: 6,5\nagenda:\n- {exercise: a, title: b}\n- {minutes: 5}\n- {title: c, kind: pause}\n- {exercise: d, kind: talk}\n",
        Kind::Workshop,
    );
    let expected = [
        "invalid-value @ \"9.30\"",
        "invalid-value @ 6,5",
        "invalid-value @ b",
        "missing-key @ {minutes: 5}",
        "invalid-value @ pause",
        "missing-key @ {title: c, kind: pause}",
        "misplaced-key @ kind",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_series_keeps_values_as_written_and_in_order() {
    let (front_matter, said) = read_yaml(
        "question: Føler du dig set?\nbetter: up\nseries:\n- {date: 2024, value: 6.50}\n- {date: 2025-03, value: +7}\n\
         - {date: 2023-01-31, value: 1e1}\n- {date: 2026-02-30, value: .nan}\nresult: improved\n",
        Kind::Indicator,
    );
    assert_eq!(said, ["invalid-value @ 2023-01-31", "invalid-value @ .nan", "invalid-value @ 2026-02-30"]);
    let Details::Indicator(indicator) = front_matter.details else { panic!("an indicator") };
    let series: Vec<_> = indicator.series.iter().map(|point| (&*point.date.text, &*point.value)).collect();
    assert_eq!(series, [("2023-01-31", "1e1"), ("2024", "6.50"), ("2025-03", "+7")]);
    assert_eq!(indicator.result, Some(Direction::Improved));
}

#[test]
fn later_stages_find_the_place_of_a_value() {
    let text = "---\nprinciples:\n  - se\n  - hoer\nagenda:\n- {exercise: x}\nempty:\n---\n";
    for (path, expected) in [
        (KeyPath::item("principles", 1), "hoer"),
        (KeyPath::inner("agenda", 0, "exercise"), "x"),
        (KeyPath::inner("agenda", 0, "note"), "{exercise: x}"),
        (KeyPath::key("empty"), "empty"),
        (KeyPath::key("none"), "---"),
    ] {
        assert_eq!(&text[place_of(text, path)], expected, "{path:?}");
    }
}

#[test]
fn no_text_makes_reading_stop() {
    for text in [
        "---\n\0\n---\n",
        "---\n- a\n---\n",
        "---\n42\n---\n",
        "---\n*a : b\n---\n",
        "---\n? \n---\n",
        "---\n: x\n---\n",
    ] {
        for kind in Kind::ALL {
            let (_, _, diagnostics) = read(&source(text), kind);
            assert!(!diagnostics.is_empty(), "{text:?}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_with_faults_inside_it(yaml in "([a-z]{1,3}(: |:)?|[\\[\\]{},'\"#&*!|>%@`\\\\?-]| |\n|\n  |- |: |æ|minutes|title|agenda|series|participants|9){0,40}") {
        let source = source(&format!("---\n{yaml}\n---\nkrop"));
        for kind in Kind::ALL {
            let (_, body_start, diagnostics) = read(&source, kind);
            proptest::prop_assert!(source.text.is_char_boundary(body_start));
            for label in diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
                proptest::prop_assert!(source.text.get(label.span.range()).is_some(), "{:?}", label);
            }
        }
    }
}

//! What is practised: principles that rest on works and are seen and heard, exercises that can be run from their page.

use vaert::model::Kind;
use vaert::model::body::{Callout, CalloutKind};
use vaert::model::front_matter::Details;

use super::{all_text, callouts, count, exercise, has_text_under, is_moment, item, of, text, under, with_book};

#[test]
fn each_principle_can_be_seen_and_heard_is_explained_and_is_practised() {
    with_book(|book| {
        let principles = of(book, Kind::Principle);
        assert_eq!(principles.len(), 5);
        for (item, relations) in principles {
            let Details::Principle(principle) = &item.details else { unreachable!() };
            assert!(principle.seen.len() >= 3 && principle.heard.len() >= 3, "{}", item.id);
            assert!(!principle.concepts.is_empty(), "{} rests on no concept", item.id);
            assert!(!relations.exercises.is_empty(), "{} has no exercise", item.id);
            assert!(!relations.places.is_empty(), "{} has no place in the story", item.id);
            assert!(count(item, is_moment) >= 1, "{} has no moment", item.id);
            has_text_under(item, &["Hvorfor", "Hvad det ikke er", "Spørgsmål til jer"]);
        }
    });
}

#[test]
fn the_principles_are_said_to_be_an_example_and_name_the_works_they_rest_on() {
    with_book(|book| {
        let section = item(book, "principper/index");
        let important = callouts(section).into_iter().find(|callout| callout.kind == CalloutKind::Important);
        let said = all_text(section, &important.expect("nothing is said of whose principles they are").blocks);
        assert!(said.contains("eksempel") && said.contains("skriv så jeres egne"), "{said}");
        let sources = item(book, "om/kilder");
        let works = all_text(sources, sources.blocks());
        for (principle, _) in of(book, Kind::Principle) {
            let notes = &principle.document.body.footnotes;
            assert!(!notes.is_empty(), "{} rests on no work", principle.id);
            for note in notes {
                let note = all_text(principle, &note.blocks);
                let by = note.split_once(':').unwrap().0;
                assert!(works.contains(by), "{by}, of {}, is not among the sources", principle.id);
            }
        }
    });
}

#[test]
fn an_exercise_can_be_run_from_its_page() {
    with_book(|book| {
        let exercises = of(book, Kind::Exercise);
        assert!(exercises.len() >= 9);
        for (item, _) in exercises {
            let exercise = exercise(item);
            let said = [&exercise.invitation, &exercise.purpose, &exercise.groups];
            assert!(said.iter().all(|value| value.is_some()), "{} lacks invitation, purpose or groups", item.id);
            let question = exercise.invitation.as_ref().unwrap();
            assert!(question.text.ends_with('?'), "{} asks nothing: {}", item.id, question.text);
            assert!(!exercise.materials.is_empty() && !exercise.principles.is_empty(), "{}", item.id);
            let steps: Vec<u32> = item.body.headings.iter().filter_map(|heading| heading.minutes).collect();
            assert_eq!(steps.iter().sum::<u32>(), exercise.minutes, "minutes of {}", item.id);
            assert!(count(item, |kind| matches!(kind, CalloutKind::Write { .. })) >= 1, "{} has no lines", item.id);
            assert!(under(item, "Bagefter").is_some(), "{} does not say what comes after", item.id);
            let closes = item.body.headings.iter().rfind(|heading| heading.minutes.is_some()).unwrap();
            assert!(
                ["Saml op"].iter().any(|end| closes.text.starts_with(end)),
                "{} ends with {}",
                item.id,
                closes.text
            );
        }
    });
}

#[test]
fn a_facilitator_is_told_what_to_say_what_to_watch_and_what_to_do_when_it_stalls() {
    with_book(|book| {
        let led = [of(book, Kind::Exercise), of(book, Kind::Workshop)].concat();
        for (item, _) in led {
            let is_note = |callout: &&Callout| callout.kind == CalloutKind::Facilitator;
            let notes: Vec<String> =
                callouts(item).into_iter().filter(is_note).map(|note| all_text(item, &note.blocks)).collect();
            assert!(!notes.is_empty(), "{} has no notes", item.id);
            for note in notes {
                for part in ["Sig", "Hold øje med", "Går det i stå"] {
                    assert!(note.contains(part), "a note of {} lacks »{part}«:\n{note}", item.id);
                }
            }
        }
    });
}

#[test]
fn sheets_for_moments_ask_for_no_names() {
    with_book(|book| {
        let [sheet, feedback] = ["stjernestunder-og-vampyrstunder", "feedback-paa-stunderne"]
            .map(|name| item(book, &format!("oevelser/{name}")));
        assert!(!exercise(sheet).names && !exercise(feedback).names);
        assert!(callouts(sheet).iter().any(|callout| text(sheet, &callout.title).contains("Ingen navne")));
        for field in callouts(sheet).into_iter().filter(|callout| matches!(callout.kind, CalloutKind::Write { .. })) {
            let label = text(sheet, &field.title).to_lowercase();
            assert!(!["navn", "hvem"].iter().any(|asked| label.contains(asked)), "{label}");
        }
    });
}

#[test]
fn who_is_filmed_consents_and_is_told_who_sees_the_film_and_when_it_is_deleted() {
    with_book(|book| {
        let exercise = item(book, "oevelser/filmet-samspil");
        let rules = under(exercise, "Hvem ser filmen").unwrap();
        let consent = under(exercise, "Samtykketekst").unwrap();
        for (part, words) in [
            (rules, &["To ser filmen", "Lederen ser den ikke", "sletter"][..]),
            (consent, &["frivilligt", "To personer ser filmen", "sletter", "fortryde", "Datatilsynet", "underskrift"]),
        ] {
            for word in words {
                assert!(part.contains(word), "»{word}« is missing in:\n{part}");
            }
        }
    });
}

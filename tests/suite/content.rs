//! The handbook in `content/`, held to what its readers were promised: a story, principles, exercises, theme days,
//! conclusions, indicators and concepts that are complete. Whether they read well is for people to judge.

use std::path::Path;

use vaert::build::{Audience, Build, Options, build};
use vaert::cache::Cache;
use vaert::load::load;
use vaert::model::Kind;
use vaert::model::body::{Block, Callout, CalloutKind, Inline};
use vaert::model::front_matter::{AgendaKind, AgendaWhat, Concept, Details, Exercise, When, Workshop};
use vaert::model::walk::{visit, visit_inlines};
use vaert::resolve::book::{Book, Item, Reference, Relations};
use vaert::resolve::plain::PlainText;
use vaert::resolve::relations;
use vaert::snapshot::Snapshot;

fn snapshot() -> Snapshot {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), None).unwrap()
}

fn built(audience: Audience) -> Build {
    build(&snapshot(), &Cache::for_one_build(), &Options { audience, strict: true, terms: false, pdf: false })
}

/// Shows `see` what facilitators get.
fn with_book(see: impl FnOnce(&Book)) {
    see(built(Audience::Facilitator).book().unwrap());
}

/// The items of a kind without the texts of their sections, with what the others say of them.
fn of(book: &Book, kind: Kind) -> Vec<(&Item, &Relations)> {
    let all = book.items.iter().zip(&book.relations);
    all.filter(|(item, _)| item.kind == kind && item.number > 0).collect()
}

fn text(item: &Item, inlines: &[Inline]) -> String {
    let document = &item.document;
    PlainText { source: &document.source.text, terms: &item.body.terms, body: &document.body }.of(inlines)
}

/// All text of a tree, a line for each run.
fn all_text(item: &Item, blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    visit(blocks, &mut |_| {}, &mut |inlines| lines.push(text(item, inlines)));
    lines.join("\n")
}

fn callouts(item: &Item) -> Vec<&Callout> {
    let mut found = Vec::new();
    visit(
        item.blocks(),
        &mut |block| {
            if let Block::Callout(callout) = block {
                found.push(&**callout);
            }
        },
        &mut |_| {},
    );
    found
}

fn count(item: &Item, fits: impl Fn(CalloutKind) -> bool) -> usize {
    callouts(item).iter().filter(|callout| fits(callout.kind)).count()
}

fn is_moment(kind: CalloutKind) -> bool {
    matches!(kind, CalloutKind::Star | CalloutKind::Vampire)
}

/// The text under the heading that begins so, until the next of its level.
fn under(item: &Item, beginning: &str) -> Option<String> {
    let is_it = |block: &Block| match block {
        Block::Heading(heading) => text(item, &heading.content).starts_with(beginning).then_some(heading.level),
        _ => None,
    };
    let (at, level) = item.blocks().iter().enumerate().find_map(|(at, block)| Some((at, is_it(block)?)))?;
    let rest = &item.blocks()[at + 1..];
    let ends = |block: &Block| matches!(block, Block::Heading(heading) if heading.level <= level);
    Some(all_text(item, &rest[..rest.iter().position(ends).unwrap_or(rest.len())]))
}

#[track_caller]
fn has_text_under(item: &Item, beginnings: &[&str]) {
    for beginning in beginnings {
        let words = under(item, beginning).map_or(0, |text| text.split_whitespace().count());
        assert!(words >= 5, "{} says nothing under »{beginning}«", item.id);
    }
}

fn exercise(item: &Item) -> &Exercise<Reference> {
    let Details::Exercise(exercise) = &item.details else { panic!("{} is no exercise", item.id) };
    exercise
}

fn workshop(item: &Item) -> &Workshop<Reference> {
    let Details::Workshop(workshop) = &item.details else { panic!("{} is no theme day", item.id) };
    workshop
}

fn concept(item: &Item) -> &Concept {
    let Details::Concept(concept) = &item.details else { panic!("{} is no concept", item.id) };
    concept
}

#[test]
fn there_is_nothing_to_mend_for_either_audience() {
    for audience in [Audience::Participant, Audience::Facilitator] {
        let diagnostics = built(audience).diagnostics;
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    }
}

#[test]
fn each_chapter_shows_principles_and_has_one_invented_moment_and_one_question() {
    with_book(|book| {
        let chapters = of(book, Kind::Case);
        assert!(chapters.len() >= 7);
        for (chapter, _) in chapters {
            let Details::Case(case) = &chapter.details else { unreachable!() };
            assert!(!case.principles.is_empty(), "{}", chapter.id);
            assert_eq!(count(chapter, is_moment), 1, "moments of {}", chapter.id);
            assert_eq!(count(chapter, |kind| kind == CalloutKind::Question), 1, "questions of {}", chapter.id);
        }
        for item in &book.items {
            for moment in callouts(item).into_iter().filter(|callout| is_moment(callout.kind)) {
                let title = text(item, &moment.title);
                assert!(title.starts_with("Eksempel: "), "»{title}« in {} is not said to be invented", item.id);
            }
        }
    });
}

#[test]
fn what_was_said_in_the_story_is_quoted_as_it_was_said() {
    const SAID: [&str; 5] = [
        "»Det gør vi allerede!«",
        "»Hvorfor kan vi ikke bare gøre som vi plejer?«",
        "»Det gør vi allerede – spild af tid!«",
        "»Hvad vil borgeren helt konkret opleve at se jer gøre og høre jer sige, som opleves som godt værtskab?«",
        "»Hvis jeg satte et kamera op, hvordan vil jeg så se, at borgeren er velbefindende?«",
    ];
    with_book(|book| {
        let story: String =
            of(book, Kind::Case).into_iter().map(|(chapter, _)| all_text(chapter, chapter.blocks())).collect();
        for line in SAID {
            assert!(story.contains(line), "{line}");
        }
    });
}

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

#[test]
fn each_conclusion_rests_on_the_story_and_is_turned_to_leader_colleague_and_doubter() {
    with_book(|book| {
        let conclusions = of(book, Kind::Conclusion);
        assert_eq!(conclusions.len(), 5);
        for (item, _) in conclusions {
            let Details::Conclusion(conclusion) = &item.details else { unreachable!() };
            let carried = conclusion.supports.iter().filter(|place| book.items[place.item].kind == Kind::Case).count();
            assert!(carried >= 2, "{} rests on {carried} places of the story", item.id);
            has_text_under(item, &["For dig som leder", "For dig som kollega", "Det kan man indvende"]);
        }
    });
}

#[test]
fn each_concept_is_short_inflected_and_told_from_its_neighbours() {
    with_book(|book| {
        let concepts = of(book, Kind::Concept);
        assert!(concepts.len() >= 18);
        for (item, _) in concepts {
            let concept = concept(item);
            let words = concept.definition.text.split_whitespace().count();
            assert!((5..=40).contains(&words), "the definition of {} has {words} words", item.id);
            let forms: Vec<String> = concept.forms.iter().map(|form| form.text.to_lowercase()).collect();
            assert!(forms.len() >= 2 && forms.contains(&item.title.to_lowercase()), "{}: {forms:?}", item.id);
            let body = all_text(item, item.blocks()).to_lowercase();
            assert!(body.contains("forveks"), "{} is told from nothing:\n{body}", item.id);
        }
    });
}

#[test]
fn indicators_say_how_and_how_often_to_measure_what_they_cannot_say_and_no_numbers() {
    with_book(|book| {
        let indicators = of(book, Kind::Indicator);
        assert_eq!(indicators.len(), 3);
        for (item, _) in indicators {
            let Details::Indicator(indicator) = &item.details else { unreachable!() };
            assert!(indicator.result.is_some() && indicator.series.is_empty(), "{}", item.id);
            has_text_under(item, &["Sådan måler I", "Så tit", "Det kan tallet ikke sige"]);
        }
    });
}

#[test]
fn the_front_page_says_in_three_sentences_what_this_is_and_offers_three_ways_in() {
    with_book(|book| {
        let front = &book.items[book.front.unwrap()];
        let Some(Block::Paragraph(first)) = front.blocks().first() else { panic!("it begins with no paragraph") };
        let opening = text(front, first);
        assert_eq!(opening.matches(['.', '?', '!']).count(), 3, "{opening}");
        let ways = front.body.headings.iter().filter(|heading| heading.level == 3).count();
        assert_eq!(ways, 3);
    });
}

#[test]
fn figures_have_words_for_those_who_do_not_see_them_and_can_be_read_on_a_phone_and_on_paper() {
    let snapshot = snapshot();
    with_book(|book| {
        let mut figures = 0;
        for item in &book.items {
            let mut see = |block: &Block| {
                if let Block::Figure(figure) = block {
                    figures += 1;
                    assert!(text(item, &figure.alt).len() > 80, "alternative text in {}", item.id);
                    assert!(!figure.caption.is_empty(), "caption in {}", item.id);
                }
            };
            visit(item.blocks(), &mut see, &mut |_| {});
        }
        assert!(figures >= 4);
    });
    let drawn = snapshot.layers[0].files.iter().filter(|(path, _)| path.starts_with("figurer/"));
    for (path, file) in drawn {
        let svg = file.source().unwrap().text;
        // Typst sets them, too: it knows no style sheets.
        for beyond_print in ["<style", "style=", "var(", "class=", "currentColor"] {
            assert!(!svg.contains(beyond_print), "{beyond_print} in {path}");
        }
        // Drawn 400 wide and shown at 320 on a phone: 16 becomes 12.8 pixels.
        assert!(svg.contains("viewBox=\"0 0 400 "), "{path}");
        let sizes = svg.split("font-size=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0);
        let smallest = sizes.map(|size| size.parse::<u32>().unwrap()).min();
        assert!(smallest.is_none_or(|size| size >= 16), "{path} has letters of {smallest:?}");
    }
}

#[test]
fn words_that_a_client_says_otherwise_are_in_braces() {
    with_book(|book| {
        for item in &book.items {
            // The library of the story is one library, and stays one in every edition.
            let terms = book.handbook.terms.iter().filter(|(name, _)| *name != "bibliotek");
            let forms: Vec<&str> = terms.flat_map(|(_, term)| &term.forms).map(String::as_str).collect();
            let mut hear = |inlines| {
                visit_inlines(inlines, &mut |inline| {
                    let Inline::Text(written) = inline else { return };
                    let written = written.get(&item.document.source.text).to_lowercase();
                    let bare = written.split(|letter: char| !letter.is_alphabetic()).find(|word| forms.contains(word));
                    assert!(bare.is_none(), "{bare:?} in {}: {written}", item.id);
                });
            };
            visit(item.blocks(), &mut |_| {}, &mut hear);
        }
    });
}

//! What is told and explained: the story, its conclusions, the indicators and the concepts.

use vaert::model::Kind;
use vaert::model::body::CalloutKind;
use vaert::model::front_matter::{Concept, Details};
use vaert::resolve::book::Item;

use super::{all_text, callouts, count, has_text_under, is_moment, of, text, with_book};

fn concept(item: &Item) -> &Concept {
    let Details::Concept(concept) = &item.details else { panic!("{} is no concept", item.id) };
    concept
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
        // Of how much things changed only the directions are known.
        assert!(!["%", "procent"].iter().any(|figure| story.contains(figure)), "the story gives figures");
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
            assert_eq!(count(item, |kind| kind == CalloutKind::Question), 1, "questions of {}", item.id);
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

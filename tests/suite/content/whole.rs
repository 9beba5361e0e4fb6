//! The handbook as a whole: nothing to mend, a front page that leads on, figures, words that clients change.

use vaert::build::Audience;
use vaert::model::body::{Block, Inline};
use vaert::model::walk::{visit, visit_inlines};

use super::{built, item, snapshot, text, with_book};

#[test]
fn there_is_nothing_to_mend_for_either_audience() {
    for audience in [Audience::Participant, Audience::Facilitator] {
        let diagnostics = built(audience).diagnostics;
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    }
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
fn a_start_of_thirty_minutes_fills_thirty_minutes() {
    with_book(|book| {
        let page = item(book, "om/kom-i-gang-paa-30-minutter");
        let parts = page.body.headings.iter().filter_map(|heading| heading.text.split_once(": ")?.0.split_once('–'));
        let mut clock = 0;
        for (from, until) in parts.map(|(from, until)| (from.parse::<u32>().unwrap(), until.parse::<u32>().unwrap())) {
            assert!(from == clock && until > from, "{from}–{until} does not follow {clock}");
            clock = until;
        }
        assert_eq!(clock, 30);
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

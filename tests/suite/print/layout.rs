//! Where words stand on the pages of print-outs.

use std::collections::BTreeSet;

use vaert::build::Audience;

use super::{ask, handbook, print_outs, set};
use crate::handbook::Handbook;

/// A page with its words, in points from its upper left corner.
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) words: Vec<Word>,
}

#[derive(Debug)]
pub(super) struct Word {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    text: String,
}

impl Page {
    /// Whether a word keeps this far from every edge.
    pub(super) fn holds(&self, word: &Word, margin: f64) -> bool {
        let across = word.left >= margin && word.right <= self.width - margin;
        across && word.top >= margin && word.bottom <= self.height - margin
    }

    /// The words between head and foot.
    fn body(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.top > 70.0 && word.bottom < self.height - 60.0)
    }

    fn word(&self, text: &str) -> &Word {
        self.words.iter().find(|word| word.text == text).unwrap_or_else(|| panic!("no {text} on the page"))
    }
}

/// The pages of a PDF.
pub(super) fn pages(pdf: &[u8]) -> Vec<Page> {
    let boxes = ask("pdftotext", &["-bbox"], pdf);
    let value = |line: &str, name: &str| -> f64 {
        let rest = &line[line.find(&format!("{name}=\"")).unwrap() + name.len() + 2..];
        rest[..rest.find('"').unwrap()].parse().unwrap()
    };
    let mut pages = Vec::new();
    for line in boxes.lines() {
        if line.contains("<page ") {
            let (width, height) = (value(line, "width"), value(line, "height"));
            pages.push(Page { width, height, words: Vec::new() });
        } else if line.contains("<word ") {
            let text = line.split(['<', '>']).nth(2).unwrap().replace("&amp;", "&");
            let (left, right) = (value(line, "xMin"), value(line, "xMax"));
            let (top, bottom) = (value(line, "yMin"), value(line, "yMax"));
            pages.last_mut().unwrap().words.push(Word { left, right, top, bottom, text });
        }
    }
    assert!(pages.iter().any(|page| !page.words.is_empty()));
    pages
}

/// The print-outs of the handbook that are read page by page, with their paths.
fn texts() -> impl Iterator<Item = (&'static str, Vec<Page>)> {
    let all = [Audience::Participant, Audience::Facilitator].map(print_outs);
    let texts = all.into_iter().flatten().filter(|(path, _)| !path.contains("cards") && !path.contains("poster"));
    texts.map(|(path, pdf)| (&**path, pages(pdf)))
}

#[test]
fn no_word_of_the_handbook_leaves_the_margin() {
    for (path, pages) in texts() {
        for page in pages {
            for word in &page.words {
                // The narrowest margin is 24 mm, and hanging punctuation may stand in it.
                assert!(word.left > 60.0 && word.right < page.width - 60.0, "{path}: {word:?}");
                assert!(page.holds(word, 24.0), "{path}: {word:?}");
            }
        }
    }
}

#[test]
fn no_heading_stands_alone_at_the_foot_of_a_page() {
    let build = handbook(Audience::Facilitator);
    let items = &build.book().unwrap().items;
    let titles = items.iter().map(|item| item.title.to_string());
    let inner = items.iter().flat_map(|item| item.body.headings.iter().map(|heading| heading.text.to_string()));
    let headings: BTreeSet<String> = titles.chain(inner).collect();
    for (path, pages) in texts() {
        // The first two pages of the booklet are cover and contents.
        for (at, page) in pages.iter().enumerate().skip(if path.contains("booklet") { 3 } else { 0 }) {
            let lowest = page.body().map(|word| word.bottom).fold(0.0, f64::max);
            // Lists of places name headings in a smaller type.
            let last = page.body().filter(|word| word.bottom > lowest - 4.0 && word.bottom - word.top > 13.0);
            let last = last.map(|word| &*word.text).collect::<Vec<&str>>().join(" ");
            let is_last_of = |heading: &String| last.len() > 3 && heading.ends_with(&last);
            assert!(!headings.iter().any(is_last_of), "{path}, page {}: {last}", at + 1);
        }
    }
}

#[test]
fn no_page_holds_only_a_few_lines() {
    for (path, pages) in texts() {
        for (at, page) in pages.iter().enumerate().skip(1) {
            let lowest = page.body().map(|word| word.bottom).fold(0.0, f64::max);
            assert!(lowest > page.height * 0.25, "{path}, page {} ends at {lowest}", at + 1);
        }
    }
}

#[test]
fn what_is_longer_than_a_page_goes_on_the_next() {
    let text = "Vi øver os i at se dem, der kommer ind ad døren. ".repeat(120);
    let list = "- [ ] Husk det her\n".repeat(80);
    let cell = "| Ord | Ord |\n".repeat(90);
    let quoted = format!("> {}", list.trim_end().replace('\n', "\n> "));
    let body = format!(
        "> [!TIP] Langt\n> {text}slutet\n\n> [!NOTE] Liste\n{quoted}\n\n> slutto {text}\n\n\
         | a | b |\n|---|---|\n{cell}| {text} | sluttre |\n\n> [!WRITE 60] Skriv\n> {text}slutfire\n\nslutfem\n"
    );
    let front =
        format!("when: between\nminutes: 5\ninvitation: \"{text}slutseks\"\nmaterials: [{}]", "Papir, ".repeat(90));
    let item = format!("---\ntitle: Alt\n{front}\n---\n\n{body}");
    for paper in ["a4", "a5", "us-letter"] {
        let settings =
            format!("title: Bog\nsections:\n  - {{ folder: o, kind: exercise }}\nprint: {{ paper: {paper} }}\n");
        let build = Handbook::new().file("o/alt.md", &item).settings(&settings).pdf().bare_build();
        for path in ["print/handout-alt.pdf", "print/booklet.pdf"] {
            let pages = pages(&set(&build, path));
            for page in &pages {
                for word in &page.words {
                    assert!(page.holds(word, 24.0), "{path} on {paper}: {word:?}");
                }
            }
            for end in ["et", "to", "tre", "fire", "fem", "seks"] {
                let is_there = |word: &Word| word.text.contains(&format!("slut{end}"));
                assert!(pages.iter().any(|page| page.words.iter().any(is_there)), "{path} on {paper}: {end}");
            }
        }
    }
}

/// Principles with words of their own on the front and on the back.
fn principles(count: usize) -> Handbook {
    (1..=count).fold(Handbook::new().pdf(), |handbook, n| {
        let text = format!("---\ntitle: Titel{n}\nstatement: Sætning\nseen: [Bagside{n}]\nheard: [Goddag]\n---\n");
        handbook.file(&format!("principper/{n:02}-p{n}.md"), &text)
    })
}

#[test]
fn fronts_and_backs_of_cards_meet_when_the_paper_is_turned() {
    let sheets = pages(&set(&principles(5).bare_build(), "print/cards.pdf"));
    assert_eq!(sheets.len(), 4);
    for n in 1..=5 {
        let at = (n - 1) / 4 * 2;
        let (front, back) = (&sheets[at], &sheets[at + 1]);
        let (title, sign) = (front.word(&format!("Titel{n}")), back.word(&format!("Bagside{n}")));
        assert_eq!(title.left < front.width / 2.0, sign.left > back.width / 2.0, "card {n}");
        assert_eq!(title.top < front.height / 2.0, sign.top < back.height / 2.0, "card {n}");
    }
}

#[test]
fn places_left_on_the_last_sheet_become_cards_to_write_on() {
    for (count, own) in [(1, 3), (4, 0), (5, 3), (8, 0)] {
        let sheets = pages(&set(&principles(count).bare_build(), "print/cards.pdf"));
        assert_eq!(sheets.len(), count.div_ceil(4) * 2);
        let found = sheets.iter().flat_map(|sheet| &sheet.words).filter(|word| word.text == "eget").count();
        assert_eq!(found, own, "{count} principles");
    }
}

#[test]
fn many_or_long_principles_stay_on_their_cards_and_on_one_poster() {
    let long = "Vi viser, at vi har forstået ønsket, før vi siger ja. ".repeat(9);
    let principle =
        format!("---\ntitle: Langt\nstatement: {long}\nseen: [{0}, {0}]\nheard: [{0}]\n---\n", long.replace(',', ""));
    let build = principles(30).file("principper/00-lang.md", &principle).bare_build();
    let sheets = pages(&set(&build, "print/poster.pdf"));
    assert_eq!(sheets.len(), 1);
    let cards = pages(&set(&build, "print/cards.pdf"));
    assert_eq!(cards.len(), 16);
    for word in &sheets[0].words {
        assert!(sheets[0].holds(word, 40.0), "{word:?}");
    }
    for page in &cards {
        let middle = page.width / 2.0;
        for word in &page.words {
            assert!(page.holds(word, 20.0) && (word.right < middle || word.left > middle), "{word:?}");
        }
    }
}

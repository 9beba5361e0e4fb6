//! Where words stand on the pages of print-outs.

use std::fs;
use std::process::Command;

use vaert::build::Audience;

use super::{ask, content_on, print_outs, set};
use crate::handbook::Handbook;

/// A page with its words, in points from its upper left corner.
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) words: Vec<Word>,
}

#[derive(Debug)]
pub(super) struct Word {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) text: String,
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

    pub(super) fn word(&self, text: &str) -> &Word {
        self.words.iter().find(|word| word.text == text).unwrap_or_else(|| panic!("no {text} on the page"))
    }
}

const BOOKLET: &str = "print/booklet.pdf";

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

/// The pages of a PDF in greys, `DOTS` an inch: width, height and dots of each.
fn pictures(pdf: &[u8]) -> Vec<(usize, usize, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ark.pdf");
    fs::write(&file, pdf).unwrap();
    let drawn = Command::new("pdftoppm").args(["-r", &DOTS.to_string(), "-gray"]).arg(&file).output().unwrap();
    let mut rest = &drawn.stdout[..];
    let mut pictures = Vec::new();
    while !rest.is_empty() {
        // Three lines of text, the second with width and height, and the dots.
        let lines: Vec<&[u8]> = rest.splitn(4, |byte| *byte == b'\n').collect();
        let size: Vec<usize> =
            std::str::from_utf8(lines[1]).unwrap().split(' ').map(|part| part.parse().unwrap()).collect();
        let (dots, after) = lines[3].split_at(size[0] * size[1]);
        pictures.push((size[0], size[1], dots.to_vec()));
        rest = after;
    }
    pictures
}

const DOTS: usize = 18;

#[test]
fn nothing_is_drawn_in_the_margin() {
    let papers = ["a5", "us-letter"].map(|paper| (paper, set(&content_on(Audience::Participant, paper), BOOKLET)));
    let of_papers = papers.iter().map(|(paper, pdf)| (*paper, pdf));
    let editions = [Audience::Participant, Audience::Facilitator].map(print_outs);
    let all = editions.into_iter().flatten().map(|(path, pdf)| (&**path, pdf)).chain(of_papers);
    for (name, pdf) in all.filter(|(name, _)| !name.contains("cards") && !name.contains("poster")) {
        // A little less than the narrowest margin: punctuation may hang, and a frame is half without.
        let millimetres = if name == "a5" { 12 } else { 22 };
        let margin = millimetres * DOTS * 10 / 254;
        let cover = usize::from(!name.contains("handout") && !name.contains("guide") && !name.contains("theme-day"));
        for (at, (width, height, dots)) in pictures(pdf).into_iter().enumerate().skip(cover) {
            let is_drawn = |x: usize, y: usize| dots[y * width + x] < 245;
            let beside = |x: usize| x < margin || x >= width - margin;
            let above = |y: usize| y < margin / 3 || y >= height - margin / 3;
            let mut places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
            let drawn = places.find(|(x, y)| (beside(*x) || above(*y)) && is_drawn(*x, *y));
            assert_eq!(drawn, None, "{name}, page {} of {width} by {height}", at + 1);
        }
    }
}

#[test]
fn no_page_holds_only_a_few_lines() {
    let papers =
        ["a5", "us-letter"].map(|paper| (paper, pages(&set(&content_on(Audience::Participant, paper), BOOKLET))));
    for (path, pages) in texts().chain(papers) {
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

#[test]
fn much_to_bring_to_a_theme_day_stands_in_two_columns() {
    let exercise = "---\ntitle: Leg\nwhen: workshop\nminutes: 60\n\
        materials: [Ting1, Ting2, Ting3, Ting4, Ting5, Ting6, Ting7, Ting8]\n---\nTekst\n";
    let day = "---\ntitle: Dag\nstart: \"09:00\"\nhours: 1\nagenda:\n  - { exercise: oevelser/leg }\n---\nTekst\n";
    let build = Handbook::new().file("oevelser/leg.md", exercise).file("temadage/dag.md", day).pdf().bare_build();
    let pages = pages(&set(&build, "print/theme-day-dag.pdf"));
    for n in 1..=4 {
        let (left, right) = (pages[0].word(&format!("Ting{n}")), pages[0].word(&format!("Ting{}", n + 4)));
        assert!((left.top - right.top).abs() < 1.0 && left.right < right.left, "{left:?} {right:?}");
    }
}

#[test]
fn what_announces_a_short_list_and_the_list_stay_together() {
    let text = |n: usize| format!("Linje{n}\n\n").repeat(n);
    for n in 1..40 {
        let item = format!(
            "---\ntitle: Leg\nwhen: between\nminutes: 5\n---\n{}Husk:\n\n- Et\n- To\n- Tre\n\n{}",
            text(n),
            text(45)
        );
        let build = Handbook::new().file("oevelser/leg.md", &item).pdf().bare_build();
        let pages = pages(&set(&build, "print/handout-leg.pdf"));
        let at = |text: &str| pages.iter().position(|page| page.words.iter().any(|word| word.text == text)).unwrap();
        assert_eq!((at("Husk:"), at("Et")), (at("Tre"), at("Tre")), "after {n} lines");
    }
}

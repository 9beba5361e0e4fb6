//! Print-outs as files: sizes, tags, fonts, bookmarks, links, the same bytes twice.

use vaert::build::Audience;

use super::layout::pages;
use super::{ask, handbook, print_outs, set};
use crate::handbook::Handbook;

#[test]
fn every_print_out_is_tagged_named_and_whole() {
    for audience in [Audience::Participant, Audience::Facilitator] {
        for (path, pdf) in print_outs(audience) {
            let info = ask("pdfinfo", &[], pdf);
            assert!(info.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{path}: {info}");
            let title =
                info.lines().find(|line| line.starts_with("Title:")).unwrap_or_else(|| panic!("{path}: {info}"));
            assert!(title.len() > "Title:".len() + 5, "{path}: {title}");
            let raw = String::from_utf8_lossy(pdf);
            for mark in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "/Lang(da)"] {
                assert!(raw.contains(mark), "{path} has no {mark}");
            }
            let fonts = ask("pdffonts", &[], pdf);
            for font in fonts.lines().skip(2) {
                let embedded: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
                assert_eq!(embedded, ["yes"; 3], "{path}: {font}");
                assert!(font.contains("Literata") || font.contains("Cabin"), "{path}: {font}");
            }
        }
    }
}

#[test]
fn each_kind_has_its_paper() {
    let size = |path: &str| {
        let info = ask("pdfinfo", &[], &print_outs(Audience::Participant)[path]);
        info.lines().find(|line| line.starts_with("Page size:")).unwrap().to_owned()
    };
    for path in ["print/handout-kameraet.pdf", "print/theme-day-temadag-1.pdf", "print/cards.pdf", "print/booklet.pdf"]
    {
        assert!(size(path).contains("(A4)"), "{path}: {}", size(path));
    }
    assert!(size("print/poster.pdf").contains("(A3)"));
    for (paper, booklet, handout) in [("a5", "419.528 x 595.276", "(A4)"), ("us-letter", "612 x 792", "612 x 792")] {
        let exercise = "---\ntitle: Leg\nwhen: between\nminutes: 5\n---\nTekst\n";
        let settings =
            format!("title: Bog\nsections:\n  - {{ folder: o, kind: exercise }}\nprint: {{ paper: {paper} }}\n");
        let build = Handbook::new().file("o/leg.md", exercise).settings(&settings).pdf().bare_build();
        assert!(ask("pdfinfo", &[], &set(&build, "print/booklet.pdf")).contains(booklet), "{paper}");
        assert!(ask("pdfinfo", &[], &set(&build, "print/handout-leg.pdf")).contains(handout), "{paper}");
    }
}

#[test]
fn the_booklet_has_bookmarks_and_links_within_itself() {
    let booklet = &print_outs(Audience::Participant)["print/booklet.pdf"];
    let links = ask("pdfinfo", &["-dests"], booklet);
    assert!(links.lines().count() > 40, "{links}");
    let tree = ask("pdfinfo", &["-struct"], booklet);
    for tag in ["Document", "TOC", "H1", "H2", "Table", "TH", "Figure", "Note", "Link", "LBody"] {
        assert!(tree.contains(tag), "no {tag}");
    }
    let raw = String::from_utf8_lossy(booklet);
    assert!(raw.contains("/Outlines"));
}

#[test]
fn the_same_handbook_gives_the_same_bytes() {
    for path in ["print/handout-kameraet.pdf", "print/poster.pdf", "print/theme-day-temadag-2.pdf"] {
        let again = set(&handbook(Audience::Participant), path);
        assert!(again == print_outs(Audience::Participant)[path], "{path}");
    }
}

#[test]
fn everything_that_can_be_written_can_be_printed() {
    let nested = "> ".repeat(40) + "dybt";
    let emphasis = format!("{}x{}", "*a **b ".repeat(20), "** *".repeat(20));
    let long = "x".repeat(300);
    let callouts: String = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "QUESTION", "STAR", "VAMPIRE"]
        .map(|kind| format!("> [!{kind}] Titel\n> Tekst\n\n"))
        .concat();
    let body = format!(
        "#### Sprunget\n\n##### Dybere\n\nTekst[^a] og mere[^a].\n\n{callouts}{nested}\n\n{emphasis}\n\n{long}\n\n\
         - [ ] Opgave\n- [x] Gjort\n\nOrd\n: Betydning\n\n1. et\n2. to\n   - tre\n\n| {long} | b |\n|:-:|--:|\n| c | {long} |\n\n\
         <table><tr><th>a</th></tr><tr><td>b<br>c</td></tr></table>\n\n<details><summary>Mere</summary><p>H<sub>2</sub>O</p></details>\n\n\
         ![](b.svg)\n\n---\n\n[^a]: Note.\n"
    );
    let item = format!("---\ntitle: Alt\nwhen: between\nminutes: 5\n---\n\n{body}");
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text y=\"9\">æ</text></svg>";
    let build = Handbook::new().file("oevelser/alt.md", &item).file("oevelser/b.svg", svg).pdf().bare_build();
    for path in ["print/handout-alt.pdf", "print/booklet.pdf"] {
        let text = super::text_of(&set(&build, path));
        for said in ["Sprunget", "Dybere", "Gjort", "Betydning", "dybt", "Mere"] {
            assert!(text.contains(said), "{path}: {said}\n{text}");
        }
        for page in pages(&set(&build, path)) {
            for word in &page.words {
                assert!(page.holds(word, 0.0), "{path}: {word:?} leaves the page");
            }
        }
    }
}

//! Includes: a whole item, a section of one, includes of includes, and what they do to headings, ids and footnotes.

use super::{prose, without_anchors};
use crate::handbook::{Built, Handbook};

#[track_caller]
fn included(index: &str, files: &[(&str, &str)]) -> (String, Built) {
    let book = files.iter().fold(Handbook::new(), |book, (path, text)| book.file(path, text));
    let built = book.file("index.md", "# Forside\n").file("a.md", &format!("# A\n\n{index}\n")).build();
    built.assert_clean();
    (without_anchors(&prose(&built.main("a.html"))), built)
}

const STEP: (&str, &str) =
    ("trin.md", "# Trin\n\nFørst.\n\n## Gå\n\nGå ud.\n\n### Nærmere\n\nTæt på.\n\n## Stå\n\nStå stille.\n");

#[test]
fn an_item_is_included_whole_with_its_headings_moved_down() {
    let (html, _) = included("## Her\n\n![[trin]]\n\nEfter.", &[STEP]);
    assert_eq!(
        html,
        "<h2 id=\"her\">Her</h2>\n<div class=\"include\">\n<p>Først.</p>\n<h3 id=\"trin--gaa\">Gå</h3>\n<p>Gå ud.</p>\n\
         <h4 id=\"trin--naermere\">Nærmere</h4>\n<p>Tæt på.</p>\n<h3 id=\"trin--staa\">Stå</h3>\n<p>Stå stille.</p>\n</div>\n\
         <p>Efter.</p>"
    );
}

#[test]
fn a_section_is_included_up_to_the_next_heading_of_its_level() {
    let (html, _) = included("![[trin#Gå]]", &[STEP]);
    assert!(
        html.contains("Gå ud.") && html.contains("Tæt på.") && !html.contains("Først") && !html.contains("Stå"),
        "{html}"
    );
}

#[test]
fn the_same_item_included_twice_keeps_ids_apart_and_links_inside_it() {
    let (html, _) =
        included("![[b]]\n\n![[b]]", &[("b.md", "# B\n\n## Op\n\n[op](#op) [c](c.md)\n"), ("c.md", "# C\n")]);
    for mark in ["id=\"b--op\"", "id=\"b-2--op\"", "href=\"#b--op\"", "href=\"#b-2--op\""] {
        assert_eq!(html.matches(mark).count(), 1, "{mark} in {html}");
    }
    assert_eq!(html.matches("href=\"c.html\"").count(), 2);
}

#[test]
fn includes_may_hold_includes_images_and_terms_of_their_own_place() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>";
    let (html, built) = included(
        "![[s/b]]",
        &[
            ("s/b.md", "# B\n\n![En plan](plan.svg)\n\n![[c]]\n"),
            ("s/plan.svg", svg),
            ("s/c.md", "# C\n\nDybest [ud](../a.md).\n"),
        ],
    );
    assert!(html.contains("Dybest <a href=\"a.html\">ud</a>"), "{html}");
    let asset = built.outputs.keys().find(|path| path.ends_with(".svg") && path.contains("plan")).unwrap();
    assert!(html.contains(&format!("src=\"{asset}\"")), "{html}");
    assert!(built.main("s/b.html").contains(&format!("src=\"../{asset}\"")));
}

#[test]
fn footnotes_of_an_include_are_numbered_with_the_pages_own() {
    let (html, _) = included(
        "En[^a].\n\n![[b]]\n\nTo[^b].\n\n[^a]: Først.\n[^b]: Sidst.",
        &[("b.md", "# B\n\nB[^a].\n\n[^a]: Fra b.\n")],
    );
    let notes = html.split_once("<section class=\"footnotes\"").unwrap().1;
    let places: Vec<_> = ["Først.", "Fra b.", "Sidst."].map(|text| notes.find(text).unwrap()).into();
    assert!(places.is_sorted(), "{notes}");
    for number in 1..=3 {
        assert_eq!(html.matches(&format!("id=\"fnref-{number}\"")).count(), 1);
        assert_eq!(html.matches(&format!("<li id=\"fn-{number}\"")).count(), 1);
    }
}

#[test]
fn an_include_in_running_text_is_a_link() {
    let (html, _) = included("Se ![[b]] her.", &[("b.md", "# B\n\nTekst.\n")]);
    assert_eq!(html, "<p>Se <a href=\"b.html\">B</a> her.</p>");
}

#[test]
fn an_include_in_a_list_or_callout_is_included() {
    let (html, _) = included("> [!TIP]\n> ![[b]]\n\n- ![[b]]\n- Se ![[b]]", &[("b.md", "# B\n\nTekst.\n")]);
    assert_eq!(html.matches("Tekst.").count(), 2, "{html}");
    assert!(html.contains("<li>Se <a href=\"b.html\">B</a></li>"), "{html}");
}

#[test]
fn a_circle_of_includes_is_an_error_that_names_it() {
    let book =
        Handbook::new().file("index.md", "# F\n").file("a.md", "# A\n\n![[b]]\n").file("b.md", "# B\n\n![[a]]\n");
    let built = book.keep_going().build();
    assert_eq!(built.codes(), ["circular-include"]);
    assert!(
        built.diagnostics().contains("`a` → `b` → `a`") || built.diagnostics().contains("a → b → a"),
        "{}",
        built.diagnostics()
    );
    assert!(built.main("b.html").contains("class=\"broken\""));
    let own = Handbook::new().file("index.md", "# F\n\n![[index]]\n").build();
    assert_eq!(own.codes(), ["circular-include"]);
}

#[test]
fn sixteen_levels_of_includes_are_fine_and_seventeen_are_not() {
    let row = |length: usize| {
        let book = (1..length).fold(Handbook::new().file("index.md", "# F\n"), |book, at| {
            book.file(&format!("p{at:02}.md"), &format!("# P\n\n![[p{:02}]]\n", at + 1))
        });
        book.file(&format!("p{length:02}.md"), "# P\n\nBund.\n").keep_going().build()
    };
    let built = row(17);
    built.assert_clean();
    assert!(built.main("p01.html").contains("Bund."));
    assert_eq!(row(18).codes(), ["too-much-included"]);
}

#[test]
fn a_section_that_is_not_there_is_told_with_the_nearest_heading() {
    let book = Handbook::new().file("index.md", "# F\n\n![[b#dell]]\n").file("b.md", "# B\n\n## Del\n\nTekst.\n");
    let report = book.build().report();
    assert!(report.contains("`b` has no heading `#dell`") && report.contains("did you mean `#del`?"), "{report}");
}

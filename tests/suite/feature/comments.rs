//! Comments are nowhere in any output, wherever they begin and end.

use super::{page, shown, without_anchors};
use crate::handbook::Handbook;

#[test]
fn a_comment_within_a_line_is_gone() {
    assert_eq!(shown("Før %%skjult *her*%% efter."), "<p>Før  efter.</p>");
    assert_eq!(shown("Før <!-- skjult --> efter."), "<p>Før  efter.</p>");
    assert_eq!(shown("%%skjult%%"), "");
}

#[test]
fn a_comment_may_reach_over_blocks() {
    for (open, close) in [("%%", "%%"), ("<!--", "-->")] {
        let html = shown(&format!(
            "Før.\n\n{open}\n\n## Skjult\n\n- skjult\n\n> skjult\n\n```\nskjult\n```\n\n{close}\n\nEfter."
        ));
        assert_eq!(html, "<p>Før.</p>\n<p>Efter.</p>", "{open}");
    }
}

#[test]
fn comments_in_lists_tables_quotes_and_headings_are_gone() {
    let html = without_anchors(&shown(
        "## Op %%skjult%%\n\n- a %%skjult%%\n- %%skjult%% b\n\n| a | b |\n|---|---|\n| %%skjult%% | x %%skjult%% |\n\n> c %%skjult%%",
    ));
    assert!(!html.contains("skjult") && html.contains("id=\"op\"") && html.contains("<td></td><td>x </td>"), "{html}");
    assert_eq!(html.matches("<li>").count(), 2);
}

#[test]
fn links_notes_and_terms_in_a_comment_are_not_checked() {
    assert_eq!(shown("A %%[x](findes-ikke.md) [[nej]] {ukendt} ![](nej.svg)%% b."), "<p>A  b.</p>");
}

#[test]
fn percent_signs_in_code_and_escaped_ones_are_text() {
    assert_eq!(shown("`%%a%%` og \\%% b"), "<p><code>%%a%%</code> og %% b</p>");
    assert!(shown("```\n%%a%%\n<!-- b -->\n```").contains("%%a%%\n&lt;!-- b --&gt;"));
    assert_eq!(shown("50 % og 100 %"), "<p>50 % og 100 %</p>");
}

#[test]
fn an_unclosed_comment_is_an_error_and_hides_the_rest() {
    for open in ["%%", "<!--"] {
        let built = page(&format!("Før.\n\n{open} skjult\n\n## Skjult\n\nSkjult.")).keep_going().build();
        assert_eq!(built.codes(), ["unclosed-comment"], "{}", built.report());
        if open == "%%" {
            // It may be the end of a comment whose beginning contains a mistake, so nobody gets the page.
            assert!(!built.has("a.html"));
            continue;
        }
        let page = built.page("a.html").to_lowercase();
        assert!(page.contains("før.") && !page.contains("skjult"), "{page}");
    }
}

#[test]
fn text_behind_a_comment_is_text() {
    assert_eq!(shown("<!-- skjult --> Her er *en dør*.\nOg her."), "<p> Her er <em>en dør</em>.\nOg her.</p>");
    assert_eq!(shown("<!-- skjult\n\n# skjult -->**Her**"), "<p><strong>Her</strong></p>");
    assert_eq!(shown("Før.\n<!-- skjult --> Efter."), "<p>Før.\n Efter.</p>");
    assert_eq!(
        shown("> <!-- skjult\n> skjult --> **Efter.**"),
        "<blockquote>\n<p> <strong>Efter.</strong></p>\n</blockquote>"
    );
    assert_eq!(shown("- <!-- skjult --> a\n- <!-- skjult --> b"), "<ul>\n<li> a</li>\n<li> b</li>\n</ul>");
    assert_eq!(shown("<!-- a --> Note.[^n]\n\n[^n]: <!-- b --> Her.").matches("Her.").count(), 1);
    let html = shown("<!-- skjult --> <b>fed</b>\n\n<!-- skjult --> <div>x</div>");
    assert!(html.contains("<b>fed</b>") && html.contains("<div>x</div>"), "{html}");
    let terms = "title: T\nterms: { borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] } }\n";
    let main = page("<!-- skjult --> Se {borgeren}.").settings(terms).build().main("a.html");
    assert!(main.contains("<p> Se borgeren.</p>"), "{main}");
    let told = page("<!-- skjult --> [her](nej.md) {ukendt}").build().diagnostics();
    assert!(told.contains("a.md:3:17: error[broken-link]"), "{told}");
    assert!(told.contains("a.md:3:31: error[unknown-term]"), "{told}");
}

#[test]
fn a_comment_in_raw_html_is_gone() {
    assert!(!shown("<div>\n<!-- skjult --> synlig <b>fed</b>\n</div>").contains("skjult"));
}

#[test]
fn comments_in_front_matter_and_settings_reach_no_output() {
    let settings = "title: Bog %% skjult %% for alle\nsections: [{ folder: begreber, kind: concept }]\n\
                    brand: { organisation: Huset <!-- skjult -->, footer: \"%% skjult %%\" }\n";
    let front = "---\ntitle: A %% skjult %%\nsummary: 100 \\%% ærligt\ntags: [x %% skjult %%, \"%% skjult %%\"]\n---\n";
    let concept = "---\ntitle: B\ndefinition: En ting <!-- skjult --> til\n---\n";
    let built =
        Handbook::new().settings(settings).file("index.md", front).file("begreber/b.md", concept).facilitator().build();
    for (path, bytes) in &built.outputs {
        let text = String::from_utf8_lossy(bytes);
        assert!(path.starts_with("assets/") || !text.contains("skjult"), "{path}");
    }
    let page = built.page("index.html");
    assert!(page.contains("<h1>A</h1>") && page.contains("100 %% ærligt"), "{page}");
    assert!(built.page("glossary.html").contains("En ting til"), "{}", built.main("glossary.html"));
}

#[test]
fn an_unclosed_comment_in_front_matter_is_an_error_at_its_value() {
    let told = |front: &str| Handbook::new().file("index.md", &format!("---\n{front}\n---\n\nHej.\n")).build();
    let built = told("title: A\ntags: [x, y %% skjult]");
    assert_eq!(built.diagnostics().lines().next().unwrap().split(": ").next(), Some("index.md:3:11"));
    assert_eq!(built.codes(), ["unclosed-comment"]);
    let concept = Handbook::new().file("begreber/b.md", "---\ndefinition: \"%% skriv den %%\"\n---\n# B\n").build();
    assert!(concept.codes().contains(&"missing-key"), "{}", concept.report());
}

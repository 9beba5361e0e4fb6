//! Running text: footnotes, lists, tables, definitions, code.

use super::{page, shown};

#[test]
fn footnotes_are_numbered_by_their_first_reference_and_lead_back() {
    let html = shown("A[^to] b[^en] c[^to].\n\n[^en]: Note en.\n[^to]: Note to.");
    assert!(
        html.starts_with("<p>A<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup> b"),
        "{html}"
    );
    assert!(html.contains("<a href=\"#fn-2\" id=\"fnref-2\">2</a></sup> c<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\">1</a>"), "{html}");
    assert!(html.find("Note to.").unwrap() < html.find("Note en.").unwrap() && !html.contains("Aldrig"), "{html}");
    assert!(html.contains("href=\"#fnref-1\"") && html.contains("href=\"#fnref-1-2\""), "{html}");
}

#[test]
fn a_footnote_may_refer_to_another_and_hold_several_blocks() {
    let html = shown("A[^1].\n\n[^1]: Se[^2].\n\n    - liste\n\n[^2]: Sidst.");
    assert!(html.contains("<li id=\"fn-2\">") && html.contains("<li>liste</li>") && html.contains("Sidst."), "{html}");
}

#[test]
fn a_footnote_that_is_not_there_is_warned_of() {
    assert_eq!(page("A[^nej] og [^igen].").build().codes(), ["undefined-footnote", "undefined-footnote"]);
    shown("En [^ er tekst, og `[^x]` er kode.");
}

#[test]
fn tasks_show_whether_they_are_done() {
    let html = shown("- [ ] Gør\n- [x] Gjort");
    assert_eq!(
        html,
        "<ul class=\"tasks\">\n<li><span class=\"task\" role=\"img\" aria-label=\"ikke gjort\"></span> Gør</li>\n\
         <li><span class=\"task task-done\" role=\"img\" aria-label=\"gjort\"></span> Gjort</li>\n</ul>"
    );
}

#[test]
fn the_box_of_a_task_stands_on_the_line_of_its_text() {
    let html = shown("- [ ] Gør\n\n  Længe.\n\n- [x] Gjort");
    assert!(
        html.contains(
            "<li><p><span class=\"task\" role=\"img\" aria-label=\"ikke gjort\"></span> Gør</p>\n<p>Længe.</p>"
        ),
        "{html}"
    );
    assert!(
        html.contains("<li><p><span class=\"task task-done\" role=\"img\" aria-label=\"gjort\"></span> Gjort</p>"),
        "{html}"
    );
}

#[test]
fn definition_lists_have_terms_and_descriptions() {
    assert_eq!(
        shown("Vært\n: Den, der tager imod.\n: Den, der bærer.\n\nGæst\n: Den, der kommer."),
        "<dl>\n<dt>Vært</dt>\n<dd>Den, der tager imod.</dd>\n<dd>Den, der bærer.</dd>\n<dt>Gæst</dt>\n<dd>Den, der kommer.</dd>\n</dl>"
    );
}

#[test]
fn tables_keep_their_alignment_without_a_style_of_their_own() {
    let html = shown("| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |");
    assert!(
        html.starts_with("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Tabel 1\"><table>"),
        "{html}"
    );
    assert!(html.contains("<th scope=\"col\">a</th><th scope=\"col\" class=\"align-left\">b</th>"), "{html}");
    assert!(
        html.contains(
            "<td>1</td><td class=\"align-left\">2</td><td class=\"align-center\">3</td><td class=\"align-right\">4</td>"
        ),
        "{html}"
    );
}

#[test]
fn lists_are_tight_or_loose_and_keep_their_numbers() {
    assert_eq!(shown("3. a\n4. b"), "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>");
    assert_eq!(shown("- a\n\n- b"), "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>");
    assert_eq!(shown("- a\n  - b"), "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>");
}

#[test]
fn code_is_shown_as_it_is() {
    assert_eq!(
        shown("```rust extra\nlet a = \"<b>\";\n```"),
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\">let a = &quot;&lt;b&gt;&quot;;\n</code></pre>"
    );
    assert_eq!(shown("`a < b`"), "<p><code>a &lt; b</code></p>");
}

#[test]
fn breaks_rules_entities_and_strikethrough_are_kept() {
    assert_eq!(shown("a  \nb\\\nc\nd"), "<p>a<br>\nb<br>\nc\nd</p>");
    assert_eq!(shown("a\n\n---\n\nb &amp; &copy; &lt;"), "<p>a</p>\n<hr>\n<p>b &amp; © &lt;</p>");
    assert_eq!(shown("~~væk~~ \\*ikke skrå\\*"), "<p><del>væk</del> *ikke skrå*</p>");
}

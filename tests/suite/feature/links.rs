//! Links: every way to write them, and where they lead.

use super::{page, prose};
use crate::handbook::Handbook;

fn book() -> Handbook {
    Handbook::new()
        .file("index.md", "# Forside\n")
        .file(
            "principper/01-se-op.md",
            "---\ntitle: Vi ser op\nstatement: Se.\naliases: [Blikket]\n---\n\n## Hvorfor\n",
        )
        .file("principper/gå-med.md", "---\ntitle: Gå med\nstatement: Gå.\n---\n")
        .file("oevelser/se-op.md", "---\ntitle: Øv\nwhen: between\nminutes: 5\n---\n")
}

/// The paragraph that `written` becomes on a page in `principper`.
#[track_caller]
fn link(written: &str) -> String {
    let built = book().file("principper/a.md", &format!("---\nstatement: A\n---\n\n{written}\n")).build();
    let faults: Vec<_> = built.diagnostics.iter().filter(|fault| fault.is_error()).collect();
    assert!(faults.is_empty(), "{written}: {faults:?}");
    prose(&built.main("principper/a.html"))
}

#[track_caller]
fn fault(written: &str) -> String {
    let built = book().file("principper/a.md", &format!("---\nstatement: A\n---\n\n{written}\n")).keep_going().build();
    let report = built.diagnostics();
    let mut lines = report.lines().filter(|line| line.starts_with("principper/a.md:5:"));
    lines.next().unwrap_or_else(|| panic!("{written}: {report}")).to_owned()
}

#[test]
fn a_link_to_a_file_leads_to_its_page() {
    assert_eq!(link("[op](01-se-op.md)"), "<p><a href=\"../principper/se-op.html\">op</a></p>");
    for written in
        ["../principper/01-se-op.md", "/principper/01-se-op.md", "./01-se-op.md", "01-se-op.md?x", "se-op.html"]
    {
        assert_eq!(
            link(&format!("[op]({written})")),
            "<p><a href=\"../principper/se-op.html\">op</a></p>",
            "{written}"
        );
    }
    assert_eq!(link("[h](01-se-op.md#hvorfor)"), "<p><a href=\"../principper/se-op.html#hvorfor\">h</a></p>");
    assert_eq!(link("[r][x]\n\n[x]: 01-se-op.md"), "<p><a href=\"../principper/se-op.html\">r</a></p>");
}

#[test]
fn a_link_may_be_percent_encoded_and_hold_danish_letters() {
    for written in ["gå-med.md", "g%C3%A5-med.md", "ga\u{30a}-med.md", "<gå-med.md>"] {
        assert_eq!(
            link(&format!("[g]({written})")),
            "<p><a href=\"../principper/gaa-med.html\">g</a></p>",
            "{written}"
        );
    }
}

#[test]
fn a_link_to_a_folder_leads_to_its_section() {
    for written in ["../oevelser/", "../oevelser", "/oevelser/"] {
        assert_eq!(
            link(&format!("[alle]({written})")),
            "<p><a href=\"../oevelser/index.html\">alle</a></p>",
            "{written}"
        );
    }
}

#[test]
fn a_link_within_the_page_stays_on_it() {
    let html = link("## Her\n\n[op](#her) [[#her]] [[a#her|x]]");
    assert_eq!(html.matches("href=\"#her\"").count(), 4, "{html}");
}

#[test]
fn a_link_to_elsewhere_is_marked_as_such() {
    assert_eq!(
        link("[e](https://example.org/?a=1&b=2) <mailto:x@example.org>"),
        "<p><a class=\"external\" rel=\"noopener\" href=\"https://example.org/?a=1&amp;b=2\">e</a> \
         <a class=\"external\" rel=\"noopener\" href=\"mailto:x@example.org\">mailto:x@example.org</a></p>"
    );
}

#[test]
fn a_wikilink_names_an_id_a_stem_or_an_alias() {
    for written in ["principper/se-op", "01-se-op", "Blikket", "blikket", "principper/01-se-op"] {
        assert_eq!(
            link(&format!("[[{written}|op]]")),
            "<p><a href=\"../principper/se-op.html\">op</a></p>",
            "{written}"
        );
    }
    assert_eq!(link("[[gaa-med]]"), "<p><a href=\"../principper/gaa-med.html\">Gå med</a></p>");
    assert_eq!(link("[[gå-med]]"), "<p><a href=\"../principper/gaa-med.html\">Gå med</a></p>");
    assert_eq!(link("[[Blikket#Hvorfor]]"), "<p><a href=\"../principper/se-op.html#hvorfor\">Hvorfor</a></p>");
}

#[test]
fn an_alias_with_terms_is_named_as_it_is_written_and_as_it_is_read() {
    let terms =
        "title: T\nterms:\n  borger: { gender: en, forms: [gæst, gæsten, gæster, gæsterne], compound: gæste }\n";
    for written in ["gæst-kort", "Gæstekort", "gæstekort#Hvorfor"] {
        let built = Handbook::new()
            .settings(terms)
            .file("index.md", &format!("# Forside\n\n[[{written}|kort]]\n"))
            .file("a/kort.md", "---\ntitle: Kort\naliases: [\"{Gæst-}kort\"]\n---\n\n## Hvorfor\n")
            .build();
        built.assert_clean();
        assert!(built.main("index.html").contains("href=\"a/kort.html"), "{written}: {}", built.main("index.html"));
    }
}

#[test]
fn a_wikilink_that_fits_two_items_names_both() {
    assert!(fault("[[se-op]]").contains("error[ambiguous-wikilink]"), "{}", fault("[[se-op]]"));
    let built = book().file("index.md", "# F\n\n[[se-op]]\n").build();
    assert!(built.report().contains("`[[oevelser/se-op]]` or `[[principper/se-op]]`"), "{}", built.report());
}

#[test]
fn a_bar_in_a_table_is_escaped() {
    let html = link("| a | b |\n|---|---|\n| [[01-se-op\\|op]] | [[gaa-med]] |");
    assert!(html.contains("<td><a href=\"../principper/se-op.html\">op</a></td>"), "{html}");
    assert!(html.contains("<td><a href=\"../principper/gaa-med.html\">Gå med</a></td>"), "{html}");
}

#[test]
fn what_leads_nowhere_is_told_with_the_nearest_that_does() {
    for (written, code, nearest) in [
        ("[x](01-se-ap.md)", "broken-link", "`01-se-op.md`"),
        ("[x](01-se-op.md#hvorfro)", "broken-anchor", "`#hvorfor`"),
        ("[[principper/se-ap]]", "broken-wikilink", "`[[principper/se-op]]`"),
        ("![[principper/se-ap]]", "missing-include", "`![[principper/se-op]]`"),
        ("[x](<>)", "broken-link", ""),
        ("[x](#nej)", "broken-anchor", ""),
    ] {
        assert!(fault(written).contains(&format!("error[{code}]")), "{written}: {}", fault(written));
        let built = book().file("principper/a.md", &format!("---\nstatement: A\n---\n\n{written}\n")).build();
        assert!(built.report().contains(nearest), "{written}: {}", built.report());
    }
}

#[test]
fn a_link_that_says_nothing_is_warned_of() {
    assert_eq!(page("[læs mere](index.md) og [forsiden](index.md)").build().codes(), ["vague-link-text"]);
}

#[test]
fn a_broken_link_is_marked_where_the_build_goes_on() {
    let main = page("Se [dagen](dag.md).").keep_going().build().main("a.html");
    assert!(
        main.contains("<p>Se <span class=\"broken\" title=\"Linket peger ikke på noget\">dagen</span>.</p>"),
        "{main}"
    );
}

#[test]
fn a_file_that_is_linked_to_is_published_and_no_other() {
    let built = page("[skema](filer/skema.pdf) [[skema.pdf]]")
        .bytes("filer/skema.pdf", b"pdf")
        .bytes("filer/andet.pdf", b"x")
        .build();
    built.assert_clean();
    let files: Vec<_> = built.outputs.keys().filter(|path| path.ends_with(".pdf")).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(built.main("a.html").matches(&format!("href=\"{}\"", files[0])).count(), 2);
}

#[test]
fn a_link_that_takes_its_scheme_from_the_page_is_refused() {
    // From a file share it would lead to a file.
    for written in ["[derhen](//example.org/a)", "<a href=\"//example.org/a\">derhen</a>"] {
        assert!(fault(written).contains("unsafe-link"), "{}", fault(written));
    }
}

#[test]
fn a_path_that_is_an_id_is_answered_with_the_file() {
    let built = Handbook::new()
        .file("index.md", "# F\n\n[a](guide/se.md), [b](guide/se)\n")
        .file("guide/01-Se.md", "# Se\n")
        .build();
    assert_eq!(built.report().matches("did you mean `guide/01-Se.md`?").count(), 2, "{}", built.report());
}

#[test]
fn an_address_is_shown_as_it_is() {
    let settings = "title: T\nterms:\n  gæst: { gender: en, forms: [gæst, gæsten, gæster, gæsterne] }\n";
    let book = Handbook::new().settings(settings).file("index.md", "# F\n\n<https://example.org/{gæst}>\n");
    let main = book.build().assert_clean().main("index.html");
    assert!(main.contains(">https://example.org/{gæst}</a>"), "{main}");
}

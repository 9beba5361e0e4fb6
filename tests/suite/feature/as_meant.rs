//! Text as people write it elsewhere, which means here what it means there or is reported.

use super::prose;
use crate::handbook::{Built, Handbook};

const PLAN: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 200'><rect width='9' height='9'/></svg>";

/// A handbook with the page `a/en.md` of this text, beside others to link to.
fn book(text: &str) -> Handbook {
    Handbook::new()
        .file("index.md", "# Forside\n")
        .file("a/en.md", &format!("# En\n\n{text}\n"))
        .file("b/01-se.md", "# Se\n\n## Hvorfor\n\n### Detaljer\n\n## Hvordan\n\n### Detaljer\n")
        .file("a/plan.svg", PLAN)
}

#[track_caller]
fn shown(text: &str) -> String {
    let built = book(text).build();
    built.assert_clean();
    prose(&built.main("a/en.html"))
}

fn codes(text: &str) -> Vec<&'static str> {
    book(text).keep_going().build().codes()
}

#[test]
fn links_as_obsidian_writes_them_lead_where_they_lead_there() {
    assert_eq!(shown("[[../b/01-se|Se]]"), "<p><a href=\"../b/se.html\">Se</a></p>");
    assert_eq!(shown("[[./en|Mig]]"), "<p><a href=\"../a/en.html\">Mig</a></p>");
    assert_eq!(shown("[[se#Hvordan#Detaljer|D]]"), "<p><a href=\"../b/se.html#detaljer-1\">D</a></p>");
    assert_eq!(shown("[[se#Hvorfor#Detaljer|D]]"), "<p><a href=\"../b/se.html#detaljer\">D</a></p>");
    assert_eq!(codes("[[se#Detaljer#Hvorfor|D]]"), ["broken-anchor"]);
    assert_eq!(codes("[[../../se|ud]]"), ["broken-wikilink"]);
}

#[test]
fn brackets_within_brackets_are_the_text_of_a_link() {
    let link = "<a class=\"external\" rel=\"noopener\" href=\"https://a.dk/x_y\">[1]</a>";
    assert_eq!(shown("Se [[1]](https://a.dk/x_y)."), format!("<p>Se {link}.</p>"));
    assert_eq!(shown("[[se]](som i bogen)"), "<p><a href=\"../b/se.html\">Se</a>(som i bogen)</p>");
}

#[test]
fn the_folder_above_is_the_front_page() {
    assert_eq!(shown("[hjem](../)"), "<p><a href=\"../index.html\">hjem</a></p>");
}

#[test]
fn a_blank_in_an_address_is_reported_and_angle_brackets_help() {
    for address in
        ["tel:+45 12 34", "mailto:a@b.dk?subject=Hej med dig", "https://kort.dk/b c", "../b/se mig.md", "min plan.pdf"]
    {
        assert_eq!(codes(&format!("[ring]({address})")), ["broken-link"], "{address}");
    }
    assert!(shown("[ring](<tel:+45 12 34>)").contains("href=\"tel:+451234\""));
    assert!(shown("[skriv](<mailto:a@b.dk?subject=Hej med dig>)").contains("subject=Hej%20med%20dig\""));
    for text in ["[1](se note 3)", "[sic](eller / og)", "[a](kl. 12.30)"] {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}

#[test]
fn an_image_has_the_width_that_is_written_in_any_notation() {
    let image = |width: u32, height: u32| format!("alt=\"Vejen\" width=\"{width}\" height=\"{height}\"");
    assert!(shown("![Vejen|80](plan.svg)").contains(&image(80, 40)));
    assert!(shown("![Vejen|80x10](plan.svg)").contains(&image(80, 40)));
    assert!(shown("<img src=\"plan.svg\" width=\"80\" height=\"70\" alt=\"Vejen\">").contains(&image(80, 40)));
    assert!(shown("| Plan |\n|---|\n| ![[plan.svg\\|Vejen\\|100]] |").contains(&image(100, 50)));
    assert!(shown("| Plan |\n|---|\n| ![Vejen\\|100](plan.svg) |").contains(&image(100, 50)));
    assert!(shown("![Vejen | til døren](plan.svg)").contains("alt=\"Vejen | til døren\""));
    assert_eq!(codes("<img src=\"plan.svg\" width=\"50%\" alt=\"Vejen\">"), ["invalid-value"]);
    assert_eq!(codes("<img src=\"plan.svg\" height=\"50\" alt=\"Vejen\">"), ["html-removed"]);
}

#[test]
fn a_section_of_the_page_itself_may_be_repeated() {
    let main = shown("## Nede\n\nHer.\n\n## Oppe\n\n![[#Nede]]");
    assert_eq!(main.matches("Her.").count(), 2, "{main}");
    assert_eq!(codes("## Nede\n\n![[#Nede]]"), ["circular-include"]);
    assert_eq!(codes("![[#Findes ikke]]"), ["broken-anchor"]);
}

#[test]
fn a_link_in_an_included_section_leads_to_the_page_if_its_heading_was_not_included() {
    let book = Handbook::new()
        .file("index.md", "# Forside\n\n![[b#Første]]\n")
        .file("b.md", "# B\n\n## Første\n\nSe [to](#andet), [mig](#første).\n\n## Andet\n\nTekst.\n");
    let main = book.build().main("index.html");
    assert!(main.contains("href=\"b.html#andet\"") && main.contains("href=\"#b--foerste\""), "{main}");
}

#[test]
fn no_break_spaces_among_markers_are_spaces() {
    let list = shown("-\u{a0}[\u{a0}] opgave\n- [ ]\u{a0}to");
    assert_eq!(list.matches("class=\"task\"").count(), 2, "{list}");
    assert!(shown("##\u{a0}Overskrift").contains("<h2 id=\"overskrift\">"));
    assert!(shown("|\u{a0}Dag | Tid |\n|\u{a0}---|\u{a0}---|\n| a | 10\u{a0}kr. |").contains("<td>10\u{a0}kr.</td>"));
    let terms = Handbook::new()
        .settings("title: A\nterms:\n  borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] }\n");
    let main = terms.file("index.md", "# A\n\nVi tager {en\u{a0}borger} imod.\n").build().main("index.html");
    assert!(main.contains("Vi tager en borger imod."), "{main}");
}

#[test]
fn a_callout_behind_a_no_break_space_hides() {
    let main = shown("\u{a0}> [!FACILITATOR] Til dig.\n\u{a0}> Kanelsnegl.\n\nÅben.");
    assert!(!main.contains("Kanelsnegl") && main.contains("Åben."), "{main}");
}

#[test]
fn a_title_is_repeated_however_its_heading_is_written() {
    for (title, heading) in [
        ("Vores hus", "Vores hus\n========="),
        ("Regler", "# Regler {#regler}"),
        ("Spørgsmål & svar", "# Spørgsmål &amp; svar"),
        ("Vores hus", "# **Vores** hus #"),
    ] {
        let page = format!("---\ntitle: {title}\n---\n\n{heading}\n\nTekst.\n");
        let built = Handbook::new().file("index.md", "# Forside\n").file("a.md", &page).build();
        built.assert_clean();
        assert!(!built.main("a.html").contains("<h2"), "{heading}");
    }
}

#[test]
fn a_year_in_a_file_name_is_no_order_number() {
    let page = |name: &str| (format!("moeder/{name}.md"), "Tekst.\n");
    let names = ["2024-aarsmoede", "2025-aarsmoede", "2024-05-01-moede", "24-7", "01-foerst"];
    let book = names.iter().fold(Handbook::new().file("index.md", "# A\n"), |book, name| {
        let (path, text) = page(name);
        book.file(&path, text)
    });
    let built = book.build();
    assert_eq!(built.codes(), [""; 0]);
    for name in ["2024-aarsmoede", "2025-aarsmoede", "2024-05-01-moede", "24-7", "foerst"] {
        assert!(built.outputs.contains_key(&format!("moeder/{name}.html")), "{name}");
    }
    assert!(built.main("moeder/24-7.html").contains("24-7</h1>"));
}

#[test]
fn an_order_number_may_begin_with_a_zero() {
    let built = Handbook::new().file("index.md", "# A\n").file("b.md", "---\norder: 08\n---\n\n# B\n").build();
    built.assert_clean();
}

fn reported(text: &str) -> Vec<String> {
    let built: Built = book(text).build();
    built.diagnostics().lines().map(str::to_owned).collect()
}

#[test]
fn what_has_no_words_is_reported() {
    assert_eq!(codes("Se [](https://a.dk)."), ["empty-link-text"]);
    assert_eq!(codes("Se <a href=\"https://a.dk\"></a>."), ["empty-link-text"]);
    assert_eq!(codes("##\n\nTekst."), ["empty-heading"]);
    assert_eq!(codes("## {#id}\n\nTekst."), ["empty-heading"]);
    assert_eq!(codes("|  | Tid |\n|---|---|\n| a | b |"), ["empty-table-head"]);
    assert_eq!(codes("> [!NOTE]- Foldet med [[se]]\n> x"), ["link-in-folded-title"]);
    for text in ["> [!NOTE] Åben med [[se]]\n> x", "[![Plan](plan.svg)](https://a.dk)", "## ![Plan](plan.svg)"] {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}

#[test]
fn dates_and_numbers_that_become_a_list_are_reported() {
    assert_eq!(
        reported("18. september: velkommen\n2. oktober: øvelser\n16. oktober: slut"),
        ["a/en.md:3:1: warning[ordinal-as-list]: `18. september` begins a numbered list here"]
    );
    assert_eq!(codes("Huset er lukket\n1. maj og grundlovsdag."), ["ordinal-as-list"]);
    assert_eq!(codes("Vi mødes på\n1. sal"), ["ordinal-as-list"]);
    assert_eq!(
        reported("7. a\n9. b\n10. c"),
        ["a/en.md:4:1: warning[list-number]: the page shows `8.` here, not `9.`"]
    );
    for text in [
        "1. a\n2. b",
        "1. a\n1. b\n1. c",
        "3. a\n4. b",
        "Vi gør:\n1. a\n2. b",
        "1. Maj-Britt\n2. Ole",
        "18\\. september",
    ] {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}

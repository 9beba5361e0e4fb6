//! Tests every place where an author can write a comment: it is nowhere on the page, in the search, on paper, in the
//! sitemap or in an address.

use crate::handbook::Handbook;
use vaert::output::OutputContent;

/// A word that no text of the handbook but comments contains.
const SECRET: &str = "kanelsnegl";
const COMMENTS: [&str; 3] = ["%% Kanelsnegl %%", "<!-- Kanelsnegl -->", "%%Kanelsnegl%%"];

/// Bodies of a page, with `§` in place of the comment.
const BODIES: &[&str] = &[
    "Tekst §.",
    "§ Tekst.",
    "§\n\nTekst.",
    "Tekst.\n§\nMere.",
    "Tekst.  \n§",
    "*Tekst §*",
    "**Tekst §**",
    "~~Tekst §~~",
    "[Siden om B §](b.md)",
    "[Siden om B §](<b.md>)",
    "[Siden om B](b.md \"Titel §\")",
    "[Siden om B §][b]\n\n[b]: b.md",
    "[Siden om B][b]\n\n[b]: b.md \"Titel §\"",
    "[[b|Siden §]]",
    "[[b]] §",
    "<https://example.org> §",
    "![Plan §](plan.svg)",
    "![Plan](plan.svg \"Billedtekst §\")",
    "![Plan](plan.svg 'Billed&amp;tekst §')",
    "![Plan](plan.svg (Billedtekst §))",
    "![Plan](plan.svg \"§\")",
    "Se ![plan §](plan.svg \"Tekst §\") her.",
    "![Plan §][p]\n\n[p]: plan.svg \"Billedtekst §\"",
    "![[plan.svg|Plan §]]",
    "![[plan.svg|Plan §|100]]",
    "![[b]] §",
    "## Overskrift §",
    "## Overskrift § {#id}",
    "## Overskrift {minutes=5} §",
    "Overskrift §\n---",
    "# Titel §",
    "- Punkt §",
    "- Punkt\n\n  §\n\n- Andet",
    "1. Punkt §",
    "- [ ] Opgave §",
    "- [x] § Opgave",
    "- Punkt\n  - Under §",
    "| Hoved § |\n|---|\n| x |",
    "| Hoved |\n|---|\n| Celle § |",
    "| Hoved |\n|---|\n| [[b\\|Celle §]] |",
    "> Citat §",
    "> [!NOTE] Titel §\n> Tekst.",
    "> [!NOTE]- Titel §\n> Tekst.",
    "> [!NOTE] §\n> Tekst §.",
    "> [!STAR] Titel §\n> Tekst.",
    "> [!WRITE 3] Felt §",
    "> [!WRITE] § Felt\n> Tekst §.",
    "Tekst.[^n]\n\n[^n]: Note §.",
    "Tekst.[^n]\n\n[^n]: Note.\n\n    §\n\n    - Punkt §",
    "Ord §\n: Forklaring.",
    "Ord\n: Forklaring §.",
    "<div>Tekst §</div>",
    "<div>\n\nTekst §\n\n</div>",
    "Tekst <b>fed §</b>.",
    "<b title=\"§\">Tekst</b>",
    "<img src=\"plan.svg\" alt=\"Plan §\">",
    "<a href=\"b.html\" title=\"§\">Siden om B</a>",
    "<details><summary>Fold §</summary>Tekst §</details>",
    "<table><tr><td>Celle §</td></tr></table>",
    "```text §\nkode\n```",
    "Tekst {borger} §.",
    "Tekst &amp; § mere.",
    "Tekst \\§ mere.",
];

/// Front matter of each kind, with `§` in place of the comment.
const FRONT: &[(&str, &str)] = &[
    ("a.md", "title: Titel §\nsummary: Kort §\ntags: [mærke §]\naliases: [Andet navn §]\nchanges: Nyt §"),
    ("a.md", "title: \"§ Titel\"\nsummary: |\n  Kort\n  §\ntags:\n  - \"mærke §\""),
    ("a.md", "moved_from: [\"gammel §\"]"),
    ("principper/p.md", "statement: Vi ser §\nseen: [Blik §]\nheard: [Goddag §]"),
    (
        "oevelser/o.md",
        "when: between\nminutes: 5\nprinciples: [principper/se]\nmaterials: [Papir §]\npurpose: Formål §\n\
         invitation: Spørgsmål §\ngroups: To og to §",
    ),
    (
        "temadage/t.md",
        "start: \"09:00\"\nhours: 1\nagenda:\n  - { title: \"Velkomst §\", minutes: 60, kind: talk, note: \"Kaffe §\" }",
    ),
    ("maal/m.md", "question: Hvor mange §\nunit: lån §\nseries: [{ date: 2025, value: 3 }, { date: 2026, value: 4 }]"),
    ("begreber/x.md", "definition: Et ord §\nforms: [ordet §]"),
];

/// Settings of the handbook, with `§` in place of the comment.
const SETTINGS: &[&str] = &[
    "title: Håndbog §",
    "description: Om §",
    "brand: { organisation: \"Huset §\", footer: \"Bund §\", contact: \"Skriv §\" }",
    "sections: [{ folder: principper, kind: principle, title: \"Principper §\" }]",
    "words: { home_read: \"Læs §\" }",
    "terms: { borger: { gender: en, forms: [\"borger §\", borgeren, borgere, borgerne] } }",
];

fn book() -> Handbook {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>";
    Handbook::new()
        .settings(&settings(""))
        .file("index.md", "# Forside\n\nHej.\n")
        .file("b.md", "# B\n\nTekst.\n")
        .file("a.md", "# A\n\nTekst.\n")
        .file("plan.svg", svg)
        .file("principper/se.md", "---\nstatement: Se.\n---\n\n# Se\n")
}

fn settings(line: &str) -> String {
    let key = |line: &str| line.split(':').next().unwrap_or("").to_owned();
    let sections = "sections: [{ folder: principper, kind: principle }, { folder: oevelser, kind: exercise }, \
                    { folder: temadage, kind: workshop }, { folder: maal, kind: indicator }, { folder: begreber, kind: concept }]";
    let terms = "terms: { borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] } }";
    let defaults = ["title: Prøve", sections, terms, "site_url: https://example.org/"];
    let kept = defaults.iter().filter(|default| key(default) != key(line));
    kept.map(|line| format!("{line}\n")).chain([format!("{line}\n")]).collect()
}

/// Builds `book` for both audiences, in spite of errors, and checks that the comment is in no output and in no print
/// view.
#[track_caller]
fn assert_gone(book: &Handbook, place: &str) {
    for book in [book.clone().keep_going(), book.clone().facilitator().keep_going()] {
        let built = book.build();
        let mut outputs: Vec<(String, Vec<u8>)> = built.outputs.clone().into_iter().collect();
        for view in book.bare_build().print_views() {
            if let OutputContent::Bytes(bytes) = view.content {
                outputs.push((view.path.to_string(), bytes.to_vec()));
            }
        }
        for (path, bytes) in &outputs {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            assert!(
                !text.contains(SECRET) && !path.contains(SECRET),
                "{path} holds the comment of:\n{place}\n{}",
                built.report()
            );
        }
        assert!(outputs.len() > 5, "nothing was built of:\n{place}\n{}", built.report());
    }
}

#[test]
fn a_comment_in_a_body_reaches_no_output() {
    for comment in COMMENTS {
        for body in BODIES {
            let text = body.replace('§', comment);
            let text = if body.starts_with('#') { text } else { format!("# A\n\n{text}\n") };
            assert_gone(&book().file("a.md", &text), &text);
        }
    }
}

#[test]
fn a_comment_in_front_matter_reaches_no_output() {
    for comment in COMMENTS {
        for (path, front) in FRONT {
            let text = format!("---\n{}\n---\n\n# Titel\n\nTekst.\n", front.replace('§', comment));
            assert_gone(&book().file(path, &text), &text);
        }
    }
}

#[test]
fn a_comment_in_the_settings_reaches_no_output() {
    for comment in COMMENTS {
        for line in SETTINGS {
            let settings = settings(&line.replace('§', comment));
            assert_gone(&book().settings(&settings), &settings);
        }
    }
}

//! Blocks inside others on paper: in footnotes, deep lists, cells; where figures and logos stand.

use super::layout::pages;
use super::{set, text_of};
use crate::handbook::Handbook;

const FRONT: &str = "---\ntitle: Leg\nwhen: between\nminutes: 5\n---\n\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 300\" width=\"400\" height=\"300\">\
                   <path d=\"M0 0h400\" stroke=\"red\"/></svg>";
const PATHS: [&str; 2] = ["print/handout-leg.pdf", "print/booklet.pdf"];

/// The text of both print-outs of an exercise.
fn printed(body: &str) -> [String; 2] {
    let handbook = Handbook::new().file("oevelser/leg.md", &format!("{FRONT}{body}\n")).file("oevelser/p.svg", SVG);
    let build = handbook.pdf().bare_build();
    PATHS.map(|path| text_of(&set(&build, path)))
}

#[test]
fn a_footnote_holds_any_block() {
    let blocks = [
        "Nemlig:\n\n- lytteregel\n  - underregel\n\n3. talregel\n\n- [x] afkrydset",
        "| Dag | Vagt |\n|---|---|\n| mandagsvagt | Bo |",
        "> citatregel",
        "```js\nkoderegel\n```",
        "![Plan](p.svg \"billedregel\")",
        "## overskriftsregel\n\nmed ![i linjen](p.svg) tekst",
        "> [!NOTE] noteregel\n> indholdsregel",
        "> [!WRITE 2] skriveregel",
        "Ord\n: ordregel\n\n---\n\nEfterregel",
        "<ul><li>htmlregel</li></ul>",
        "Note i note.[^1]",
        "",
    ];
    let mut body = blocks.iter().enumerate().map(|(at, _)| format!("Tekst{at}.[^{at}]\n\n")).collect::<String>();
    for (at, block) in blocks.iter().enumerate() {
        body += &format!("[^{at}]: {}\n\n", block.replace('\n', "\n    "));
    }
    for text in printed(&body) {
        for said in [
            "Nemlig:",
            "lytteregel",
            "underregel",
            "3. talregel",
            "afkrydset",
            "mandagsvagt",
            "citatregel",
            "koderegel",
            "billedregel",
            "overskriftsregel",
            "noteregel",
            "indholdsregel",
            "skriveregel",
            "ordregel",
            "Efterregel",
            "htmlregel",
            "Note i note",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}

#[test]
fn each_point_of_a_list_has_a_line_of_its_own_however_deep() {
    let deep = |mark: &str| -> String {
        (0..20).map(|level| format!("{}{mark} punkt{level}\n", " ".repeat(level * (mark.len() + 1)))).collect()
    };
    let html = (0..20).map(|level| format!("<ul><li>punkt{level}")).collect::<String>() + &"</li></ul>".repeat(20);
    let tasks = (0..20).map(|level| format!("{}- [ ] punkt{level}\n", "  ".repeat(level))).collect::<String>();
    for list in [deep("-"), deep("1."), tasks, html] {
        let handbook = Handbook::new().file("oevelser/leg.md", &format!("{FRONT}{list}\n")).pdf();
        let build = handbook.bare_build();
        for path in PATHS {
            for page in pages(&set(&build, path)) {
                let points: Vec<_> = page.words.iter().filter(|word| word.text.starts_with("punkt")).collect();
                assert_eq!(points.len() % 20, 0, "{path}: {points:?}");
                for two in points.windows(2) {
                    assert!(two[1].top > two[0].top + 4.0, "{path}: {two:?}");
                    assert!(page.holds(two[1], 20.0), "{path}: {two:?}");
                }
            }
        }
    }
}

#[test]
fn text_behind_a_deep_list_is_kept_in_its_order() {
    let list = "- a0\n  - a1\n    - a2\n      - a3\n        - a4\n          - a5\n            - a6\n              - a7\n\n              \
                efter7\n\n            > citat6\n            - b6\n";
    for text in printed(list) {
        let at = |said: &str| text.find(said).unwrap_or_else(|| panic!("{said}: {text}"));
        let order = ["a5", "a6", "a7", "efter7", "citat6", "b6"].map(at);
        assert!(order.is_sorted(), "{text}");
    }
}

#[test]
fn captions_in_lists_cells_and_sentences_are_kept() {
    let image = |caption: &str| format!("![Plan](p.svg \"{caption}\")");
    let body = format!(
        "- {}\n\n  tekst\n- {} efter\n\n| a | b |\n|---|---|\n| {} | c |\n\nTekst {} mere.\n",
        image("billede1"),
        image("billede2"),
        image("billede3"),
        image("billede4")
    );
    for text in printed(&body) {
        for said in ["billede1", "billede2", "billede3", "billede4"] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}

#[test]
fn a_figure_never_stands_above_the_heading_that_it_belongs_to() {
    for lines in 0..12 {
        let before = "Tekst før, som fylder lidt på siden.\n\n".repeat(lines);
        let body =
            format!("{before}## Ankomsten\n\nTekst.\n\n![Plan](p.svg \"Billedteksten\")\n\n{}", "Efter.\n\n".repeat(9));
        let handbook = Handbook::new().file("sider/a.md", &format!("# A\n\n{body}")).file("sider/p.svg", SVG).pdf();
        let pages = pages(&set(&handbook.bare_build(), "print/booklet.pdf"));
        let place = |text: &str| {
            let found = pages
                .iter()
                .enumerate()
                .skip(2)
                .find_map(|(at, page)| Some((at, page.words.iter().find(|word| word.text == text)?.top)));
            found.unwrap_or_else(|| panic!("no {text}"))
        };
        assert!(place("Billedteksten") > place("Ankomsten"), "{lines}");
    }
}

#[test]
fn no_logo_covers_a_title() {
    let wide = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2000 90\" width=\"2000\" height=\"90\">\
                <text y=\"60\" font-size=\"60\">LOGO</text><text y=\"60\" x=\"1800\" font-size=\"60\">SLUT</text></svg>";
    let title = "Et meget langt navn på en håndbog om værtskab og velkomst i alle huse";
    let settings = format!(
        "title: {title}\nbrand: {{ logo: logo.svg }}\nsections:\n  - {{ folder: principper, kind: principle }}\n  - {{ folder: oevelser, kind: exercise }}\n"
    );
    let handbook = Handbook::new().settings(&settings).file("logo.svg", wide).pdf();
    let handbook = handbook.file("principper/se.md", "---\nstatement: Vi ser.\n---\n");
    let build = handbook.file("oevelser/leg.md", &format!("{FRONT}Tekst\n")).bare_build();
    for path in ["print/poster.pdf", "print/cards.pdf", "print/handout-leg.pdf", "print/booklet.pdf"] {
        for page in pages(&set(&build, path)) {
            let is_logo = |word: &&super::layout::Word| ["LOGO", "SLUT"].contains(&&*word.text);
            for logo in page.words.iter().filter(is_logo) {
                assert!(page.holds(logo, 5.0), "{path}: {logo:?}");
                for word in page.words.iter().filter(|word| !is_logo(word)) {
                    let apart = word.right <= logo.left
                        || word.left >= logo.right
                        || word.bottom <= logo.top
                        || word.top >= logo.bottom;
                    assert!(apart, "{path}: {word:?} {logo:?}");
                }
            }
        }
    }
}

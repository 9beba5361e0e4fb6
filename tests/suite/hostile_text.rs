//! Texts made to break a parser: very deep, very long, very many of one thing. Each ends in bounded time, without a
//! panic, and where something is wrong it is said.

use std::fmt::Write as _;

use crate::desk::{Desk, Ran};

/// Builds a handbook whose only page is `text`, in spite of errors.
#[track_caller]
fn built(text: &str) -> (Desk, Ran) {
    let desk = Desk::with_files(&[("index.md", text)]);
    let ran = desk.run("build bog --keep-going --format short");
    assert!(ran.code == 0 || ran.code == 1, "{}", ran.err);
    assert!(desk.exists("dist/bog/index.html"));
    (desk, ran)
}

#[track_caller]
fn is_built_and_says(text: &str, code: &str) {
    let (_, ran) = built(text);
    assert!(ran.err.contains(&format!("[{code}]")), "{}", ran.err.chars().take(2000).collect::<String>());
}

#[test]
fn eight_megabytes_of_text_are_built() {
    let paragraph = "## Afsnit\n\nVi ser *op*, når nogen [kommer](https://example.org), og siger goddag til {gæsten}.\n\n- et\n- to\n\n";
    let text = format!("# Langt\n\n{}", paragraph.replace("{gæsten}", "gæsten").repeat(80_000));
    assert!(text.len() > 8_000_000);
    let (desk, ran) = built(&text);
    assert_eq!(ran.code, 0, "{}", ran.err.chars().take(2000).collect::<String>());
    assert!(desk.read("dist/bog/index.html").contains("id=\"afsnit-79999\""));
}

#[test]
fn quotes_twenty_thousand_deep_are_flattened() {
    is_built_and_says(&format!("# A\n\n{}dybt", "> ".repeat(20_000)), "nesting-too-deep");
    let lines: String = (1..400).map(|depth| format!("{}a\n", ">".repeat(depth))).collect();
    is_built_and_says(&format!("# A\n\n{lines}"), "nesting-too-deep");
}

#[test]
fn lists_three_thousand_deep_are_flattened() {
    let (desk, ran) = built(&format!("# A\n\n{}dybt\n", "- ".repeat(3000)));
    assert!(ran.err.contains("[nesting-too-deep]"));
    assert!(desk.read("dist/bog/index.html").contains("dybt"));
    is_built_and_says(&format!("# A\n\n{}dybt\n", "1. ".repeat(3000)), "nesting-too-deep");
    let stairs: String = (0..1500).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    is_built_and_says(&format!("# A\n\n{stairs}"), "nesting-too-deep");
}

#[test]
fn definitions_and_footnotes_nested_deep_are_flattened() {
    built(&format!("# A\n\nord\n{}dybt\n", ": ".repeat(3000)));
    let notes: String = (0..3000).map(|at| format!("[^{at}]: ")).collect();
    built(&format!("# A\n\n[^0]\n\n{notes} dybt\n"));
}

#[test]
fn sixty_thousand_brackets_are_text() {
    for bracket in ["[", "![", "[[", "![[", "[^", "[^a", "](", "[a](", "[](", "]", "[a]["] {
        built(&format!("# A\n\n{}\n", bracket.repeat(60_000)));
    }
}

#[test]
fn a_line_of_a_million_characters_is_built() {
    for piece in ["a", "ø", " a", "a b. "] {
        let (_, ran) = built(&format!("# A\n\n{}\n", piece.repeat(1_000_000 / piece.len())));
        assert_eq!(ran.code, 0);
    }
    is_built_and_says(&format!("# A\n\n{} [x](findes-ikke.md)\n", "æ".repeat(1_000_000)), "broken-link");
}

#[test]
fn a_hundred_thousand_marks_of_every_kind_are_built() {
    let marks = [
        "*",
        "_",
        "**a",
        "*a _b ",
        "~~a ",
        "`",
        "`a``",
        "\\",
        "&",
        "&amp;",
        "<",
        "<a ",
        "<a>",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "%%",
        "%%a",
        "{",
        "{a",
        "{a}",
        "{borger} ",
        "|",
        "|-",
        "> ",
        "- ",
        "+ \n",
        "# \n",
        "#",
        "\t",
        "\u{a0}",
        "---\n",
        ":",
        "\n: a\n",
        "!",
        "a\n",
        "a  \n",
        "<div>\n",
        "<?",
        "<![CDATA[",
        "<p ",
        "www.",
        "https://a.b ",
        "a@b.c ",
        "[a](b) ",
        "[^1] ",
        "![](a) ",
        "[[a]] ",
        "&#0;",
        "\u{0}",
        "\u{feff}",
        "\r",
        "\r\n",
    ];
    for mark in marks {
        built(&format!("# A\n\n{}\n", mark.repeat(100_000 / mark.len())));
    }
}

#[test]
fn html_blocks_of_all_sorts_are_built() {
    for piece in [
        "<div>",
        "<b>",
        "<p><b>",
        "<a ",
        "<a href=\"x\">",
        "<table><tr><td>",
        "<div a",
        "<div <",
        "</div>",
        "<!--a",
        "&lt",
    ] {
        built(&format!("# A\n\n<div {}\n", piece.repeat(60_000 / piece.len())));
        built(&format!("# A\n\n<div>{}\n", piece.repeat(60_000 / piece.len())));
    }
}

#[test]
fn wide_tables_are_built_and_do_not_grow_out_of_their_text() {
    let head = format!("{}|\n{}|\n", "|a".repeat(3000), "|-".repeat(3000));
    let (desk, _) = built(&format!("# A\n\n{head}{}", "|a|\n".repeat(3000)));
    assert!(desk.read("dist/bog/index.html").len() < 30_000_000);
}

#[test]
fn twenty_thousand_footnotes_headings_and_links_are_built() {
    let mut text = "# A\n\n".to_owned();
    for at in 0..20_000 {
        let _ = write!(text, "## Afsnit\n\nnote[^{at}] og [op](#afsnit-{})\n\n[^{at}]: Note {at}.\n\n", 1 + at / 2);
    }
    let (desk, ran) = built(&text);
    assert_eq!(ran.code, 0, "{}", ran.err.chars().take(2000).collect::<String>());
    assert!(desk.read("dist/bog/index.html").contains("Note 19999."));
}

#[test]
fn a_reference_used_again_and_again_does_not_grow_without_bound() {
    let target = format!("https://example.org/{}", "a".repeat(100_000));
    let (desk, _) = built(&format!("# A\n\n[a]: {target}\n\n{}\n", "[a] ".repeat(100_000)));
    assert!(desk.read("dist/bog/index.html").len() < 100_000_000);
}

#[test]
fn concepts_are_found_in_a_page_of_twenty_thousand_headings() {
    let desk = Desk::with_files(&[("ord/op.md", "---\ndefinition: At se op.\nforms: [op, ned]\n---\n")]);
    desk.write("bog/handbook.yaml", "title: A\nsections: [{folder: ord, kind: concept}]\n");
    desk.write("bog/index.md", format!("# A\n\n{}", "## Afsnit op\n\nVi ser op.\n\n".repeat(20_000)));
    assert_eq!(desk.run("build bog").code, 0);
}

#[test]
fn includes_that_multiply_are_an_error() {
    let desk = Desk::with_files(&[("index.md", "# A\n\n![[s/00]]\n")]);
    for at in 0..15 {
        desk.write(&format!("bog/s/{at:02}.md"), format!("# A\n\n{}", format!("![[s/{:02}]]\n\n", at + 1).repeat(10)));
    }
    desk.write("bog/s/15.md", "# A\n\nBund.\n");
    let ran = desk.run("build bog --keep-going --format short");
    assert_eq!(ran.code, 1, "{}", ran.err);
    let size: u64 = (0..15).map(|at| desk.at(&format!("dist/bog/s/{at:02}.html")).metadata().unwrap().len()).sum();
    assert!(size < 100_000_000, "{size}");
}

#[test]
fn includes_in_a_long_row_are_an_error_from_either_end() {
    for down in [true, false] {
        let desk = Desk::with_files(&[("index.md", "# A\n")]);
        for at in 0..3000 {
            let other = if down { at + 1 } else { at + 2999 };
            desk.write(&format!("bog/s/p{at:04}.md"), format!("# A\n\n![[s/p{:04}]]\n", other % 3000));
        }
        desk.write(&format!("bog/s/p{:04}.md", if down { 2999 } else { 0 }), "# A\n\nBund.\n");
        let ran = desk.run("build bog --keep-going --format short");
        assert_eq!(ran.code, 1, "{}", ran.err);
    }
}

#[test]
fn yaml_made_to_break_a_reader_is_an_error() {
    let bomb: String = (1..30).map(|at| format!("a{at}: &a{at} [{}]\n", format!("*a{},", at - 1).repeat(10))).collect();
    let bomb = format!("a0: &a0 [x]\n{bomb}");
    let deep = format!("title: {}", "[".repeat(20_000));
    let deeper = format!("title: {}", "{a: ".repeat(20_000));
    let stairs: String = (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let dashes = format!("tags:\n  {}a", "- ".repeat(20_000));
    let keys: String = (0..20_000).map(|at| format!("n{at}: 1\n")).collect();
    let same = "title: a\n".repeat(20_000);
    let circle = "title: &a [*a]\n".to_owned();
    for yaml in [bomb, deep, deeper, stairs, dashes, keys, same, circle] {
        let (_, ran) = built(&format!("---\n{yaml}\n---\n\n# A\n"));
        assert_eq!(ran.code, 1, "{}", yaml.chars().take(60).collect::<String>());
        let desk = Desk::with_files(&[("index.md", "# A\n")]);
        desk.write("bog/handbook.yaml", &yaml);
        let ran = desk.run("build bog --keep-going");
        assert_eq!(ran.code, 1, "{}", yaml.chars().take(60).collect::<String>());
    }
}

#[test]
fn front_matter_and_settings_with_thousands_of_values_and_faults_are_read_soon() {
    let points = "  - { title: a, minutes: x }\n".repeat(3000);
    let numbers = "1, ".repeat(20_000);
    let texts = "  - a #b\n  - 'a b'\n".repeat(3000);
    let sections: String = (0..200).map(|at| format!("  - {{ folder: a{at}, kind: page }}\n")).collect();
    let desk = Desk::with_files(&[
        ("index.md", &format!("---\ntags: [{numbers}]\naliases:\n{texts}---\n\n# A\n")),
        ("dage/a.md", &format!("---\nstart: \"09:00\"\nhours: 1\nagenda:\n{points}---\n")),
    ]);
    desk.write("bog/handbook.yaml", format!("title: T\nsections:\n  - {{ folder: dage, kind: workshop }}\n{sections}"));
    let ran = desk.run("check bog");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("bog/dage/a.md:5:26") && ran.err.contains("more `wrong-type`"), "{}", ran.err);
}

#[test]
fn four_thousand_sections_without_a_page_are_told_of_soon() {
    let sections: String = (0..4000).map(|at| format!("  - {{ folder: \"a{at}\", title: \"A {{b}}\" }}\n")).collect();
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    desk.write("bog/handbook.yaml", format!("title: T\nsections:\n{sections}"));
    let ran = desk.run("check bog --format short");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("bog/handbook.yaml:4002:15: warning[empty-section]: the section `a3999`"));
}

#[test]
fn thirty_thousand_slips_in_one_file_are_told_of_soon() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    for at in 0..3000 {
        desk.write(&format!("bog/s/billede-nummer-{at:04}.svg"), "<svg/>");
    }
    for slip in ["![[s/billede-nommer-{}.svg|et billede]]", "[a b](s/billede-nommer-{}.svg)", "[[billede-nommer-{}]]"] {
        let text: String = (0..30_000).map(|at| slip.replace("{}", &at.to_string()) + "\n").collect();
        desk.write("bog/index.md", format!("# A\n\n{text}"));
        let ran = desk.run("check bog");
        assert!(ran.err.contains("more `"), "{slip}");
        if slip.contains("svg") {
            assert_eq!(ran.err.matches("did you mean `s/billede-nummer-").count(), 100, "{slip}");
        }
    }
}

#[test]
fn unknown_terms_by_the_thousands_in_a_line_are_told_of_soon() {
    for (piece, number) in [("{x}", 200_000), ("{borgr}", 50_000)] {
        let desk = Desk::with_files(&[("index.md", &format!("# A\n\n{}\n", piece.repeat(number)))]);
        let forms = "terms: { borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] } }";
        desk.write("bog/handbook.yaml", format!("title: T\n{forms}\n"));
        let ran = desk.run("check bog");
        assert!(ran.err.contains(&format!("… and {} more `unknown-term`", number - 100)), "{}", ran.err.len());
        assert_eq!(ran.err.matches("did you mean `{borger}`?").count(), if piece == "{x}" { 0 } else { 100 });
    }
}

#[test]
fn lists_of_ten_thousand_ids_that_lead_nowhere_are_told_of() {
    // Each has a place of its own in the text, which must not be read anew for each.
    for (key, code) in [("principles", "unknown-id"), ("moved_from", "invalid-value")] {
        let ids: String = (0..10_000).map(|at| format!("  - Sted {at}\n")).collect();
        let numbers: String = (0..10_000).map(|at| format!("  - {at}.5\n")).collect();
        let page = format!("---\ntitle: A\n{key}:\n{ids}{numbers}---\nTekst.\n");
        let desk = Desk::with_files(&[("sager/a.md", &page), ("index.md", "# Bog\n")]);
        desk.write("bog/handbook.yaml", "title: Bog\nsections: [{ folder: sager, kind: case, title: Sager }]\n");
        let ran = desk.run("check bog --format short");
        assert_eq!(ran.code, 1);
        let place = format!("bog/sager/a.md:10003:5: error[{code}]");
        assert!(ran.err.contains(&place), "{}", ran.err.chars().take(2000).collect::<String>());
    }
}

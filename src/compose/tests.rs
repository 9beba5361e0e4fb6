//! Files written as text become one text; what it says, and where each part of it is from.

use super::*;
use crate::source::Span;

fn source(shown: &str, text: &str) -> Source {
    Source { path: "a/x.md".into(), shown: shown.into(), text: text.into() }
}

/// The document of `texts`, the edition's own first, named 0, 1, 2.
fn composed(texts: &[&str]) -> Document {
    let sources: Vec<Source> = texts.iter().enumerate().map(|(at, text)| source(&at.to_string(), text)).collect();
    let settings = Settings { kind: Kind::Page, language: Language::Danish, raw_html: RawHtml::Sanitize };
    compose(&sources[0], &sources[1..], settings, None)
}

#[track_caller]
fn assert_text(texts: &[&str], expected: &str) {
    assert_eq!(&*composed(texts).source.text, expected);
}

#[test]
fn keys_that_the_upper_file_lacks_are_those_of_the_lower() {
    assert_text(
        &[
            "---\nbase: merge\ntitle: Ny\n---\n\nNy.\n",
            "---\n# om\ntitle: \"Gl\n  ammel\"\ntags:\n- a\n- b\nsummary: >\n  S\n\n  T\n---\n\nGammel.\n",
        ],
        "---\nbase: merge\ntitle: Ny\ntags:\n- a\n- b\nsummary: >\n  S\n\n  T\n---\n\nNy.\n",
    );
}

#[test]
fn without_merge_no_key_is_kept() {
    assert_text(&["---\ntitle: Ny\n---\n![[base]]\n", "---\ntags: [a]\n---\nB\n"], "---\ntitle: Ny\n---\nB\n");
}

#[test]
fn the_base_stands_where_it_is_named_without_its_title() {
    assert_text(
        &["# Ny\n\nFør.\n\n![[base]]\n\nEfter.\n", "# Gammel\n\n## A\n\nB\n"],
        "# Ny\n\nFør.\n\n## A\n\nB\n\nEfter.\n",
    );
}

#[test]
fn a_file_without_a_title_takes_that_of_the_base() {
    assert_text(&["![[base]]\n\nEfter.\n", "# Gammel\n\nB\n"], "# Gammel\n\nB\n\nEfter.\n");
    assert_text(&["---\nbase: merge\n---\nEgen.\n", "# Gammel\n\nB\n"], "---\nbase: merge\n---\n# Gammel\n\nEgen.\n");
    let with_front = ["---\nbase: merge\n---\nEgen.\n", "---\ntitle: T\n---\n# T\n\nB\n"];
    assert_text(&with_front, "---\nbase: merge\ntitle: T\n---\nEgen.\n");
}

#[test]
fn a_section_of_the_base_ends_at_the_next_heading_of_its_level() {
    let base = "# T\n\nA\n\n## Se {borgeren} {minutes=5}\n\nB\n\n### C\n\nD\n\n## E {#slut}\n\nF\n";
    assert_text(
        &["# Ny\n\n![[base#se-borgeren]]\n", base],
        "# Ny\n\n## Se {borgeren} {minutes=5}\n\nB\n\n### C\n\nD\n",
    );
    assert_text(&["# Ny\n\n![[base#slut]]\n\n![[base#C]]\n", base], "# Ny\n\n## E {#slut}\n\nF\n\n### C\n\nD\n");
    assert_text(&["# Ny\n\n![[base#findes-ikke]]\n", base], "# Ny\n\n![[base#findes-ikke]]\n");
}

#[test]
fn in_a_quotation_every_line_stays_inside() {
    assert_text(&["# Ny\n\n> [!TIP]\n> ![[base]]\n\nUd.\n", "A\n\n- B\n"], "# Ny\n\n> [!TIP]\n> A\n> \n> - B\n\nUd.\n");
    assert_text(
        &["# Ny\n\n> [!TIP]\n>\n> ![[base]]\n\nUd.\n", "A\n\n- B\n"],
        "# Ny\n\n> [!TIP]\n>\n> A\n> \n> - B\n\nUd.\n",
    );
    assert_text(&["# Ny\n\n- x\n\n  ![[base]]\n", "A\n\nB\n"], "# Ny\n\n- x\n\n  A\n  \n  B\n");
}

#[test]
fn code_and_comments_name_no_base() {
    for text in
        ["# A\n\n`![[base]]`\n", "# A\n\n```\n![[base]]\n```\n", "# A\n\n%% ![[base]] %%\n", "# A\n\n\\![[base]]\n"]
    {
        assert_text(&[text, "B\n"], text);
    }
}

#[test]
fn a_chain_of_three_is_one_text_and_every_part_knows_its_file() {
    let document = composed(&[
        "---\nbase: merge\ntitle: Øverst\n---\n![[base]]\n\nØverst.\n",
        "---\nbase: merge\nsummary: Midt\n---\n![[base]]\n\nMidt.\n",
        "---\ntags: [bund]\n---\n# Bund\n\nBund.\n",
    ]);
    let text = &document.source.text;
    assert_eq!(
        &**text,
        "---\nbase: merge\ntitle: Øverst\nsummary: Midt\ntags: [bund]\n---\nBund.\n\nMidt.\n\nØverst.\n"
    );
    let origins = document.origins.unwrap();
    let sources = [
        "---\nbase: merge\ntitle: Øverst\n---\n![[base]]\n\nØverst.\n",
        "---\nbase: merge\nsummary: Midt\n---\n![[base]]\n\nMidt.\n",
        "---\ntags: [bund]\n---\n# Bund\n\nBund.\n",
    ];
    for (word, file) in [("Bund.", 2), ("Midt.", 1), ("Øverst.", 0), ("tags", 2), ("summary", 1), ("title", 0)] {
        let at = text.find(word).unwrap();
        let (shown, span) = origins.place(Span::new(at..at + word.len())).unwrap();
        assert_eq!((&**shown, span.of(sources[file])), (&*file.to_string(), word));
    }
}

//! Callouts: every type, in both languages, folded, with fields to write in.

use super::{page, shown};

#[test]
fn every_type_has_its_class_and_its_word() {
    for (written, name, word) in [
        ("NOTE", "note", "Bemærk"),
        ("tip", "tip", "Tip"),
        ("Important", "important", "Vigtigt"),
        ("WARNING", "warning", "Vær opmærksom"),
        ("CAUTION", "caution", "Pas på"),
        ("QUESTION", "question", "Spørgsmål"),
        ("spørgsmål", "question", "Spørgsmål"),
        ("STAR", "star", "Stjernestund"),
        ("STJERNESTUND", "star", "Stjernestund"),
        ("VAMPIRE", "vampire", "Vampyrstund"),
        ("Vampyrstund", "vampire", "Vampyrstund"),
    ] {
        assert_eq!(
            shown(&format!("> [!{written}]\n> Tekst.")),
            format!(
                "<div class=\"callout callout-{name}\" role=\"note\"><p class=\"callout-title\">{word}</p>\
                 <div class=\"callout-body\">\n<p>Tekst.</p>\n</div></div>"
            )
        );
    }
}

#[test]
fn a_title_of_its_own_may_hold_markup() {
    let html = shown("> [!STAR] Et *nik* over `køen`\n> Tekst.\n>\n> Mere.");
    assert!(html.contains("<p class=\"callout-title\">Et <em>nik</em> over <code>køen</code></p>"), "{html}");
    assert!(html.contains("<p>Tekst.</p>\n<p>Mere.</p>"), "{html}");
}

#[test]
fn a_folded_callout_opens_by_a_click() {
    let html = shown("> [!TIP]- Begynd i det små\n> Tekst.");
    assert_eq!(
        html,
        "<details class=\"callout callout-tip\"><summary class=\"callout-title\">Begynd i det små</summary>\
         <div class=\"callout-body\">\n<p>Tekst.</p>\n</div></details>"
    );
    assert!(shown("> [!TIP]+ Åben\n> Tekst.").starts_with("<div"));
}

#[test]
fn a_field_to_write_in_has_a_label_and_its_lines() {
    for (written, lines, label) in [
        ("[!WRITE 5] Tegn", 5, "Tegn"),
        ("[!WRITE|7] Tegn", 7, "Tegn"),
        ("[!SKRIV] Hvad så du?", 3, "Hvad så du?"),
        ("[!skriv 40] Tegn", 40, "Tegn"),
        ("[!WRITE]", 3, "Skriv her"),
    ] {
        let html = shown(&format!("> {written}"));
        assert!(html.starts_with(&format!("<div class=\"write\"><label for=\"write-1\">{label}</label>")), "{html}");
        assert!(html.contains(&format!("<textarea id=\"write-1\" rows=\"{lines}\"")), "{html}");
    }
    let main = page("> [!WRITE] A\n\n> [!WRITE] B").build().main("a.html");
    assert!(main.contains("id=\"write-2\"") && main.contains("class=\"write-save\""), "{main}");
    assert!(!page("Tekst.").build().main("a.html").contains("write-save"));
}

#[test]
fn a_callout_may_hold_lists_code_tables_and_callouts() {
    let html = shown("> [!NOTE]\n> - a\n> - b\n>\n> > [!TIP]\n> > inde\n>\n> ```\n> kode\n> mere\n> ```");
    assert!(
        html.contains("<li>a</li>") && html.contains("callout-tip") && html.contains("kode\nmere\n</code>"),
        "{html}"
    );
}

#[test]
fn an_unknown_type_is_a_note_with_a_warning() {
    let built = page("> [!STARR] Titel\n> Tekst.").build();
    assert_eq!(built.codes(), ["unknown-callout"]);
    assert!(built.report().contains("STAR"), "{}", built.report());
    assert!(built.main("a.html").contains("callout-note"));
}

#[test]
fn other_quotes_are_quotes() {
    assert_eq!(shown("> Citat."), "<blockquote>\n<p>Citat.</p>\n</blockquote>");
    assert_eq!(
        shown("> Citat.\n>\n> \\[!NOTE] ikke først"),
        "<blockquote>\n<p>Citat.</p>\n<p>[!NOTE] ikke først</p>\n</blockquote>"
    );
    assert!(shown("> \\[!NOTE] x").starts_with("<blockquote>"));
}

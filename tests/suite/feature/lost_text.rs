//! What is written and could get lost without a word: footnotes that nothing shows, control characters.

use crate::handbook::Handbook;

fn told(text: &str) -> String {
    Handbook::new().file("a.md", text).settings("title: Bog\n").build().diagnostics()
}

#[test]
fn a_footnote_that_nobody_sees_is_reported_where_it_stands() {
    let note = "warning[footnote-not-shown]";
    assert!(told("# Regler[^1]\n\nTekst.\n\n[^1]: Note.\n").contains(&format!("a.md:1:1: {note}")));
    assert!(told("# A\n\nTekst.\n\n[^1]: Note.\n").contains(&format!("a.md:5:1: {note}")));
    assert!(told("# A\n\nTekst.[^1]\n\n[^1]: Note.\n\n[^1]: En til.\n").contains(&format!("a.md:7:1: {note}")));
    // Only another that nobody sees refers to it.
    assert!(told("# A\n\nTekst.\n\n[^1]: Note.[^2]\n\n[^2]: Note.\n").contains(&format!("a.md:7:1: {note}")));
}

#[test]
fn a_footnote_that_is_shown_somewhere_is_fine() {
    for text in [
        "# Regler[^1]\n\nTekst.[^1]\n\n[^1]: Note.\n",
        "# A\n\n## B[^1]\n\n[^1]: Note.\n",
        "# A\n\n- a\n  > b[^1]\n\n[^1]: Note.[^2]\n\n[^2]: Note.\n",
        "# A\n\n| a[^1] |\n|---|\n| b |\n\n[^1]: Note.\n",
        "# A\n\n> [!FACILITATOR] Ord\n> a[^1]\n\n[^1]: Note.\n",
    ] {
        assert!(!told(text).contains("footnote-not-shown"), "{text}: {}", told(text));
    }
}

#[test]
fn a_control_character_is_a_blank_and_is_reported() {
    let text = "---\ntitle: En\u{b}titel\n---\n\nVelkommen\u{b}til\u{1f}huset.\n\n## Et\u{c}ord\n\n`kode\u{b}her`\n";
    let built = Handbook::new().file("a.md", text).settings("title: Bog\n").build();
    let told = built.diagnostics();
    assert_eq!(told.matches("warning[control-character]").count(), 3, "{told}");
    assert!(told.contains("a.md:2:10:") && told.contains("a.md:5:14:") && told.contains("a.md:7:6:"), "{told}");
    let page = built.main("a.html");
    for said in ["En titel", "Velkommen til huset.", "Et ord", "kode her"] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

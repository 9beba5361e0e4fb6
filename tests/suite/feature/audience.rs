//! Tests that content for facilitators alone appears nowhere in the participants' edition.

use crate::handbook::{Built, Handbook};

/// A handbook with the word `hemmelig` in every place that only facilitators may see.
fn book() -> Handbook {
    let page = "---\nprinciples: [principper/se]\n---\n\nÅbent ord[^aaben].\n\n> [!FACILITATOR] Hemmelig titel\n> \
                Hemmelig tekst[^hem] om hemmeligord, se [[kun-os]] og [her](#hemmeligt-afsnit).\n>\n> ## Hemmeligt afsnit\n>\n> \
                ![Hemmelig plan](hemmelig.svg)\n>\n> ### Hemmeligt trin {minutes=5}\n>\n> > [!WRITE] Hemmeligt felt\n\n\
                - Liste\n\n  > [!SVAR]\n  > Hemmeligt svar.\n\n> [!NOTE]\n> Åben.\n>\n> > [!ANSWER]\n> > Hemmelig inderst.\n\n\
                [^aaben]: Åben note.\n\n    > [!FACILITATOR]\n    > Hemmelig i noten: ![Hemmelig plan](hemmelig.svg)\n\n[^hem]: Hemmelig note.\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>";
    Handbook::new()
        .file("index.md", "# Forside\n\n![[fortaelling/a]]\n")
        .file("principper/se.md", "---\nstatement: Se.\n---\n")
        .file("fortaelling/a.md", page)
        .file("fortaelling/hemmelig.svg", svg)
        .file("fortaelling/kun-os.md", "---\ntitle: Hemmelig side\naudience: facilitator\nprinciples: [principper/se]\nmoved_from: [hemmelig/gammel]\n---\nHemmelig.\n")
        .file("fortaelling/kladde.md", "---\ntitle: Hemmelig kladde\ndraft: true\nprinciples: [principper/se]\n---\nHemmelig.\n")
        .file("begreber/hemmeligord.md", "---\ntitle: Ordet\ndefinition: Et ord.\nforms: [hemmeligord]\n---\n")
}

fn holds_secret(built: &Built) -> Vec<String> {
    let is_secret = |path: &str, bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        // The concept's own address and form are no secret: only its use is.
        let text = text
            .replace("begreber/hemmeligord", "")
            .replace("begreber-hemmeligord", "")
            .replace("\\tordet\\themmeligord\\t", "")
            .replace("</span> hemmeligord</p>", "");
        path.contains("hemmelig.") || text.contains("hemmelig")
    };
    built.outputs.iter().filter(|(path, bytes)| is_secret(path, bytes)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn nothing_for_facilitators_is_in_any_output_for_participants() {
    let built = book().build();
    assert!(!built.diagnostics.iter().any(vaert::diagnostic::Diagnostic::is_error), "{}", built.report());
    assert_eq!(holds_secret(&built), [""; 0]);
    assert!(
        !built.has("fortaelling/kun-os.html")
            && !built.has("fortaelling/kladde.html")
            && !built.has("hemmelig/gammel.html")
    );
    let main = built.main("fortaelling/a.html");
    assert!(
        main.contains("Åbent ord") && main.contains("Åben note.") && main.contains("Liste") && main.contains("Åben."),
        "{main}"
    );
    assert!(!main.contains("<textarea") && !main.contains("write-save"), "{main}");
}

#[test]
fn facilitators_see_it_all_but_no_drafts() {
    let built = book().facilitator().build();
    let main = built.main("fortaelling/a.html");
    for text in [
        "Hemmelig titel",
        "Hemmelig tekst",
        "Hemmelig note.",
        "Hemmelig i noten",
        "Hemmeligt svar.",
        "Hemmelig inderst.",
        "Hemmeligt felt",
    ] {
        assert!(main.contains(text), "{text} is not in {main}");
    }
    assert!(
        built.has("fortaelling/kun-os.html")
            && !built.has("fortaelling/kladde.html")
            && built.has("hemmelig/gammel.html")
    );
    assert!(built.main("fortaelling/kun-os.html").contains("Kun for facilitatorer"));
    assert!(built.main("index.html").contains("Hemmelig tekst"));
    assert!(built.main("begreber/hemmeligord.html").contains("fortaelling/a.html"));
    assert_eq!(built.edition, "proeve-facilitator");
}

#[test]
fn a_use_that_only_facilitators_see_does_not_count_for_participants() {
    let glossary = |built: &Built| built.main("glossary.html");
    assert!(!glossary(&book().build()).contains("fortaelling/a.html"));
    assert!(glossary(&book().facilitator().build()).contains("fortaelling/a.html"));
}

#[test]
fn a_link_for_facilitators_may_lead_to_what_only_they_have() {
    let built = book().build();
    let faults: Vec<_> =
        built.codes().into_iter().filter(|code| code.starts_with("link-to") || code.starts_with("broken")).collect();
    assert_eq!(faults, [""; 0], "{}", built.report());
}

#[test]
fn a_link_that_participants_see_to_a_hidden_page_is_text_with_a_warning() {
    let book = Handbook::new()
        .file("index.md", "# F\n\nSe [siden om os](a.md), [[a]] og [udkastet](b.md).\n")
        .file("a.md", "---\ntitle: A\naudience: facilitator\n---\nHemmelig.\n")
        .file("b.md", "---\ntitle: B\ndraft: true\n---\nHemmelig.\n");
    let built = book.build();
    assert_eq!(built.codes(), ["link-to-facilitator", "link-to-facilitator", "link-to-draft"]);
    let main = built.main("index.html");
    assert!(main.contains("<p>Se siden om os, a og udkastet.</p>") && !main.contains("Hemmelig"), "{main}");
}

#[test]
fn source_paths_are_for_facilitators_only() {
    let book = Handbook::new().file("index.md", "# F\n").file("a.md", "# A\n");
    assert!(!book.build().page("a.html").contains("a.md"));
    assert!(book.facilitator().build().page("a.html").contains("Kilde: a.md"));
}

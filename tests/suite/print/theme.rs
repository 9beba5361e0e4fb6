//! Themes and print: what a child replaces, and what no template may do.

use vaert::build::Build;

use super::{set, text_of};
use crate::handbook::Handbook;

const EXERCISE: &str = "---\ntitle: Leg\nwhen: between\nminutes: 5\n---\nTekst\n";

fn with(file: &str, template: &str) -> Build {
    Handbook::new().file("oevelser/leg.md", EXERCISE).theme_file(file, template).pdf().bare_build()
}

/// What is said of a template that cannot be used: the file, and the message.
fn refused(template: &str) -> (String, String) {
    let printed = with("print/handout.typ", template).print_job("print/handout-leg.pdf").unwrap().set();
    assert!(printed.pdf.is_none(), "{template} was printed");
    let fault = &printed.diagnostics[0];
    let label = &fault.labels[0];
    let message = fault.text(vaert::model::handbook::Language::English).message;
    (format!("{}:{}", label.path, &template[label.span.range()]), message)
}

#[test]
fn a_childs_template_replaces_its_parents_and_uses_the_rest() {
    let template = "#import \"lib.typ\": *\n#show: base\n#heading(level: 1, doc.item.title)\nMit ark";
    let text = text_of(&set(&with("print/handout.typ", template), "print/handout-leg.pdf"));
    assert_eq!(text, "Leg Mit ark");
}

#[test]
fn the_template_in_the_readme_makes_a_handout() {
    let readme = include_str!("../../../README.md");
    let template = readme.split("```typst\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let text = text_of(&set(&with("print/handout.typ", template), "print/handout-leg.pdf"));
    assert!(text.contains("Leg Tekst"), "{text}");
}

#[test]
fn a_template_that_keeps_something_from_readers_is_refused() {
    assert!(refused("#heading[x]").1.contains("title"));
    let image = "#import \"lib.typ\": *\n#show: base\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>\"))";
    let (place, message) = refused(image);
    assert!(place.starts_with("tema/print/handout.typ:image(") && message.contains("alt"), "{place} {message}");
}

#[test]
fn a_template_reads_nothing_outside() {
    for path in ["/etc/passwd", "../../../../etc/passwd", "/handbook.yaml", "lib2.typ"] {
        let (place, message) = refused(&format!("#read(\"{path}\")"));
        assert!(place.starts_with("tema/print/handout.typ:"), "{place}");
        assert!(message.contains("a print template sees no file") || message.contains("escape"), "{path}: {message}");
    }
}

#[test]
fn a_template_imports_no_package() {
    let (place, message) = refused("#import \"@preview/cetz:0.3.0\": *");
    assert_eq!(place, "tema/print/handout.typ:\"@preview/cetz:0.3.0\"");
    assert!(message.contains("print templates use no packages"), "{message}");
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    assert!(refused("#while true { 1 }").1.contains("always true"));
    assert!(refused("#{ let i = 0; while i >= 0 { i += 1 } }").1.contains("infinite"));
    assert!(refused("#let f(x) = f(x + 1)\n#f(1)").1.contains("depth"));
    let (_, message) = refused("#set document(title: \"x\")\n#for i in range(2100) { pagebreak() }");
    assert!(message.contains("more than 2000 pages"), "{message}");
}

#[test]
fn a_slip_in_a_template_is_shown_where_it_is() {
    let (place, message) = refused("#import \"lib.typ\": *\n#show: base\n#strrong[x]");
    assert_eq!(place, "tema/print/handout.typ:strrong");
    assert!(message.contains("unknown variable: strrong"), "{message}");
}

//! `handbook.yaml` texts and what is read from them.

use super::*;
use crate::model::handbook::SectionSettings;
use std::sync::Arc;

fn read_text(text: &str) -> (Handbook, Vec<String>) {
    let source = Source { path: "handbook.yaml".into(), shown: Arc::from("content/handbook.yaml"), text: text.into() };
    let (settings, diagnostics) = read(&[&source], "Vores Håndbog");
    let handbook = settings.handbook;
    let said = diagnostics.iter().map(|diagnostic| {
        let place = diagnostic.labels[0].span;
        format!("{} @ {}", diagnostic.code().name(), place.of(text))
    });
    (handbook, said.collect())
}

#[test]
fn a_title_is_enough() {
    let (handbook, said) = read_text("title: Værtskab\n");
    assert_eq!(said, [""; 0]);
    assert_eq!((&*handbook.name, &*handbook.theme), ("vores-haandbog", "vaertskab"));
    assert_eq!((handbook.language, handbook.raw_html, handbook.strict), (Language::Danish, RawHtml::Sanitize, false));
    assert!(handbook.sections.is_empty() && handbook.terms.is_empty() && handbook.site_url.is_none());
}

#[test]
fn all_settings_are_read() {
    let (handbook, said) = read_text(
        "name: nordby\ntitle: Hos {borgeren}\ndescription: En håndbog\nlanguage: da\ntheme: ../theme\nstrict: true\n\
         raw_html: forbid\nsite_url: https://nordby.dk/bog\nsections:\n  - { folder: principper, kind: principle, title: Principper }\n\
         \x20 - { folder: guider }\nbrand:\n  organisation: Nordby\n  logo: brand/logo.svg\n  colors: { primary: \"#1F4E5F\", accent: { light: \"#a63\", dark: \"#ffccaa\" } }\n\
         terms:\n  borger: { gender: en, forms: [borger, borgeren, borgere, borgerne], compound: borger }\n",
    );
    assert_eq!(said, [""; 0]);
    assert_eq!(handbook.site_url.as_deref(), Some("https://nordby.dk/bog/"));
    assert_eq!(handbook.sections[0].kind, Kind::Principle);
    assert_eq!(handbook.sections[1], SectionSettings { folder: "guider".into(), kind: Kind::Page, title: None });
    assert_eq!(handbook.brand.colors["primary"], ColorPair { light: "#1f4e5f".into(), dark: None });
    assert_eq!(handbook.brand.colors["accent"], ColorPair { light: "#aa6633".into(), dark: Some("#ffccaa".into()) });
    assert_eq!(handbook.terms["borger"].gender, Some(Gender::En));
}

#[test]
fn every_fault_is_told_at_its_place() {
    for (text, expected) in [
        ("title: a\nlanguage: dk\n", "invalid-value @ dk"),
        ("name: b\n", "missing-key @ "),
        ("title: a\nname: Vores Bog\n", "invalid-value @ Vores Bog"),
        ("title: a\nname: con\n", "invalid-value @ con"),
        ("title: a\nsekctions: []\n", "unknown-key @ sekctions"),
        ("title: a\nsite_url: nordby.dk\n", "invalid-value @ nordby.dk"),
        ("title: a\nsections: [{folder: a}, {folder: 01-A}]\n", "invalid-value @ 01-A"),
        ("title: a\nsections: [{folder: a/b}]\n", "invalid-value @ a/b"),
        ("title: a\nsections: [{folder: a, kind: principel}]\n", "invalid-value @ principel"),
        ("title: a\nbrand: {colors: {primary: blue}}\n", "invalid-value @ blue"),
        ("title: a\nbrand:\n  colors:\n    primary: #1f4e5f\n    accent: \"#fff\"\n", "wrong-type @ primary"),
        ("title: a\nterms: {borger: {forms: [a, b, c, d]}}\n", "missing-key @ {forms: [a, b, c, d]}"),
        ("title: a\nterms: {borger: {gender: en, forms: [a, b]}}\n", "invalid-value @ [a, b]"),
        ("title: a\nlanguage: en\nterms: {guest: {forms: [a]}}\n", "invalid-value @ [a]"),
        ("title: a\nlanguage: en\nterms: {guest: {forms: [a, b]}, host: {forms: [c, B]}}\n", "invalid-value @ [c, B]"),
        (
            "title: a\nbrand: {accessibility_statement: \"javascript:alert(1)\"}\n",
            "invalid-value @ \"javascript:alert(1)\"",
        ),
        ("title: a\nbrand: {fonts: a.woff2}\n", "wrong-type @ a.woff2"),
        ("title: a\nbrand: {fonts: {tekst: a.woff2}}\n", "unknown-key @ tekst"),
        ("- a\n", "invalid-yaml @ - a"),
    ] {
        assert_eq!(read_text(text).1, [expected], "{text}");
    }
}

#[test]
fn the_theme_is_found_before_all_else() {
    assert_eq!(text_of("title: x\ntheme: ../my\n", "theme").as_deref(), Some("../my"));
    assert_eq!(text_of("title: {x} y\n", "theme"), None);
    assert_eq!(text_of("", "theme"), None);
}

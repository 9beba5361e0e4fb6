//! What a handbook says and sets otherwise than its theme, merged over the layers of an edition.

use crate::handbook::{Built, Handbook};

const BASE: &str = "title: Basen\nwords: { home: Forrest, search: Led }\n";

fn base() -> Handbook {
    Handbook::new().settings(BASE).file("index.md", "# Velkommen\n").file("guide/01-a.md", "# A\n\nB.\n")
}

fn edition(settings: &str) -> Handbook {
    Handbook::new().settings(settings).extending(&base(), "nordby")
}

/// The code of each fault, the text that it points at, and the message.
fn told(built: &Built) -> Vec<String> {
    let told = built.diagnostics.iter().map(|fault| {
        let label = &fault.labels[0];
        format!("{} {}: {}", fault.code().name(), label.path, label.span.of(built.source(&label.path).unwrap()))
    });
    told.collect()
}

#[test]
fn words_of_the_theme_are_said_otherwise_key_by_key_through_all_layers() {
    let built = base().build();
    built.assert_clean();
    assert!(built.page("guide/a.html").contains(">Forrest<"), "the front page in the breadcrumb");
    let built = edition("words: { home: Hjem }\n").build();
    built.assert_clean();
    let page = built.page("guide/a.html");
    assert!(page.contains(">Hjem<") && !page.contains("Forrest"), "the edition's word goes first");
    assert!(built.page("search.html").contains("<h1>Led"), "the base's word stands where the edition has none");
    assert!(page.contains("Gå til indholdet"), "the theme's word stands where neither has one");
}

#[test]
fn a_word_said_otherwise_may_count() {
    let words = "words: { items: { one: \"{n} blad\", other: \"{n} blade\" } }\n";
    let built = edition(words).file("guide/02-b.md", "# B\n\nC.\n").build();
    built.assert_clean();
    assert!(built.page("guide/index.html").contains("2 blade"));
}

#[test]
fn words_of_another_language_are_not_inherited() {
    let built = edition("language: en\nwords: { skip_to_content: To the text }\n").build();
    let page = built.page("guide/a.html");
    assert!(page.contains(">Front page<") && page.contains("To the text") && !page.contains("Forrest"));
}

#[test]
fn a_word_that_the_theme_has_not_is_refused_at_its_key_with_the_nearest() {
    let built = edition("words: { hjem: Hjem, serach: Søg }\n").build();
    assert_eq!(told(&built), ["unknown-key nordby/handbook.yaml: hjem", "unknown-key nordby/handbook.yaml: serach"]);
    assert!(built.report().contains("did you mean `search`?"), "{}", built.report());
}

#[test]
fn a_word_that_templates_cannot_fill_is_refused() {
    let built = edition("words: { items: Blade, home: { one: A, other: B } }\n").build();
    assert_eq!(
        told(&built),
        ["wrong-type nordby/handbook.yaml: Blade", "wrong-type nordby/handbook.yaml: { one: A, other: B }"]
    );
    let built = edition("words: { nav_all: \"Se alle {antal}\", home: \"Hjem {n}\" }\n").build();
    assert_eq!(told(&built).len(), 2, "{:?}", told(&built));
    assert!(built.report().contains("no other places to fill than `{n}`"), "{}", built.report());
    assert!(built.report().contains("a text without places to fill"), "{}", built.report());
}

#[test]
fn settings_of_the_theme_are_set_key_by_key_through_all_layers() {
    let theme = "settings: { doors: 1, colour: red, lamp: null }\n";
    let head = "{{ site.settings.doors }} {{ site.settings.colour }} {{ site.settings.lamp.light }}";
    let template =
        format!("{{% extends \"vaertskab/page.html\" %}}{{% block lede %}}<p>{head}</p>{{% endblock lede %}}");
    let with = |base: &str, edition: &str| {
        let base = Handbook::new().settings(base).file("guide/01-a.md", "# A\n\nB.\n");
        let edition = Handbook::new().settings(edition).extending(&base, "nordby");
        edition.theme_file("theme.yaml", theme).theme_file("templates/page.html", &template).build()
    };
    let base = "title: A\nsettings: { doors: 2, colour: blue, lamp: { light: 40 } }\n";
    let built = with(base, "settings: { doors: 3 }\n");
    built.assert_clean();
    assert!(built.page("guide/a.html").contains("<p>3 blue 40</p>"), "{}", built.main("guide/a.html"));

    let built = with(base, "settings: { dors: 3, colour: [blue] }\n");
    assert_eq!(told(&built), ["unknown-key nordby/handbook.yaml: dors", "wrong-type nordby/handbook.yaml: [blue]"]);
    assert!(built.report().contains("did you mean `doors`?"), "{}", built.report());
}

#[test]
fn a_word_that_changes_reaches_every_page_of_a_warm_build() {
    let mut cache = vaert::cache::Cache::for_many_builds();
    for word in ["Hjem", "Forside", "Start"] {
        let handbook = edition(&format!("words: {{ home: {word} }}\n"));
        let (warm, cold) = (handbook.build_with(&mut cache), handbook.build());
        assert!(warm.outputs == cold.outputs && warm.page("guide/a.html").contains(word), "{word}");
    }
}

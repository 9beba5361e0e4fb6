//! What pages say of each other: principles, exercises, stories, conclusions, workshops, concepts.

use crate::handbook::{Built, Handbook};

fn book() -> Handbook {
    Handbook::new()
        .file("index.md", "# Forside\n")
        .file("principper/se.md", "---\ntitle: Se op\nstatement: Vi ser op.\nseen: [Du ser op]\nheard: [Goddag]\nconcepts: [begreber/blik]\n---\n")
        .file("oevelser/kamera.md", "---\ntitle: Kameraet\nprinciples: [principper/se]\nwhen: workshop\nminutes: 25\nmaterials: [Papir]\nparticipants: {min: 2, max: 12}\n---\n\n## Sæt op {minutes=10}\n\n## Kig {minutes=15}\n")
        .file("oevelser/film.md", "---\ntitle: Filmen\nprinciples: [principper/se]\nwhen: between\nminutes: 50\n---\n")
        .file("fortaelling/moede.md", "---\ntitle: Mødet\nprinciples: [principper/se]\n---\n\n## Døren\n\nEt blik.\n")
        .file("konklusioner/mere.md", "---\ntitle: Mere\nsupports: [\"fortaelling/moede#doeren\", oevelser/kamera]\nprinciples: [principper/se]\n---\n")
        .file("temadage/dag.md", "---\ntitle: Dagen\nstart: \"09:15\"\nhours: 1.5\nagenda: [{title: Velkommen, minutes: 20, kind: talk}, {exercise: oevelser/kamera, note: Husk}, {title: Frokost, minutes: 45, kind: meal}]\n---\n")
        .file("begreber/blik.md", "---\ntitle: Blik\ndefinition: At se nogen.\nforms: [blik, blikke]\naliases: [Øjekast]\n---\n")
        .file("begreber/aa.md", "---\ntitle: Ånd\ndefinition: D.\nforms: [ånd]\n---\nBlik.\n")
        .file("begreber/ae.md", "---\ntitle: Ærlighed\ndefinition: D.\nforms: [ærlighed]\n---\nÅnd, øl og zebra.\n")
        .file("begreber/oe.md", "---\ntitle: Øl\ndefinition: D.\nforms: [øl]\n---\nÆrlighed.\n")
        .file("begreber/z.md", "---\ntitle: Zebra\ndefinition: D.\nforms: [zebra]\n---\n")
        .file("maal/udlaan.md", "---\ntitle: Udlån\nquestion: Hvor meget?\nunit: bøger\nbetter: up\nseries: [{date: 2024-01, value: 3}, {date: 2025-01, value: 5}]\n---\n")
}

fn built() -> Built {
    let built = book().build();
    built.assert_clean();
    built
}

#[track_caller]
fn holds(built: &Built, path: &str, marks: &[&str]) {
    let main = built.main(path);
    for mark in marks {
        assert!(main.contains(mark), "{mark} is not in {path}:\n{main}");
    }
}

#[test]
fn a_principle_lists_its_exercises_stories_conclusions_and_concepts() {
    let built = built();
    holds(
        &built,
        "principper/se.html",
        &[
            "Vi ser op.",
            "Du ser op",
            "Goddag",
            "href=\"../oevelser/kamera.html\"",
            "href=\"../oevelser/film.html\"",
            "href=\"../fortaelling/moede.html\"",
            "href=\"../konklusioner/mere.html\"",
            "href=\"../begreber/blik.html\"",
        ],
    );
}

#[test]
fn an_exercise_lists_its_steps_principles_and_the_clock_of_its_day() {
    holds(
        &built(),
        "oevelser/kamera.html",
        &[
            "25 minutter",
            "2–12 personer",
            "Papir",
            "href=\"#saet-op\"",
            "href=\"../principper/se.html\"",
            "href=\"../temadage/dag.html\"",
            "kl. 09:35",
        ],
    );
}

#[test]
fn an_exercise_names_a_day_with_two_rounds_of_it_once() {
    let agenda = "[{exercise: oevelser/kamera}, {title: Pause, minutes: 10, kind: break}, {exercise: oevelser/kamera}]";
    let day = format!("---\ntitle: Dagen\nstart: \"09:15\"\nhours: 1\nagenda: {agenda}\n---\n");
    let built = book().file("temadage/dag.md", &day).build();
    built.assert_clean();
    let main = built.main("oevelser/kamera.html");
    assert_eq!(main.matches("<li><a href=\"../temadage/dag.html\">").count(), 1, "{main}");
    assert!(main.contains("kl. 09:15, 09:50"), "{main}");
}

#[test]
fn a_concept_says_what_it_is_also_called() {
    holds(&built(), "begreber/blik.html", &["At se nogen.", "Også kaldt</span> Øjekast"]);
}

#[test]
fn a_workshop_shows_its_agenda_by_the_clock() {
    holds(
        &built(),
        "temadage/dag.html",
        &[
            "Kl. 09:15–10:45",
            "09:35<span class=\"agenda-end\">–10:00</span>",
            "href=\"../oevelser/kamera.html\"",
            "Husk",
            "Papir",
            "1,5",
        ],
    );
}

#[test]
fn a_conclusion_lists_what_it_rests_on_and_is_listed_there() {
    let built = built();
    holds(
        &built,
        "konklusioner/mere.html",
        &["href=\"../fortaelling/moede.html#doeren\"", "Døren", "href=\"../oevelser/kamera.html\""],
    );
    holds(&built, "fortaelling/moede.html", &["href=\"../konklusioner/mere.html\"", "href=\"../principper/se.html\""]);
    // What carries a conclusion says so, whatever its kind.
    holds(&built, "oevelser/kamera.html", &["href=\"../konklusioner/mere.html\""]);
}

#[test]
fn a_concept_is_mentioned_by_words_with_soft_hyphens_and_decomposed_letters_too() {
    let concept = "---\ntitle: Brugergåde\ndefinition: D.\nforms: [brugergåde]\n---\n";
    for word in ["bruger\u{ad}gåde", "bru\u{200b}gerga\u{30a}de", "bruger&shy;gåde", "Bruger\u{ad}ga\u{30a}de"] {
        let built = Handbook::new()
            .file("begreber/b.md", concept)
            .file("fortaelling/a.md", &format!("# A\n\nEn – ja – {word}, her.\n"))
            .build();
        built.assert_clean();
        assert!(built.page("begreber/b.html").contains("../fortaelling/a.html"), "{word}");
        let text = built.page("fortaelling/a.html");
        let shown = word.replace("&shy;", "\u{ad}");
        assert!(text.contains(&format!(">{shown}</")), "{word}: {text}");
        assert!(text.contains("</button>, her.") || text.contains("</a>, her."), "{word}: {text}");
    }
}

#[test]
fn a_concept_is_explained_where_it_is_first_mentioned_and_lists_its_uses() {
    let built = built();
    holds(
        &built,
        "fortaelling/moede.html",
        &[
            "Et <a class=\"concept\" href=\"../begreber/blik.html\" data-definition=\"definition-begreber-blik\">blik</a>.",
            "id=\"definition-begreber-blik\"",
            "At se nogen.",
        ],
    );
    holds(&built, "begreber/blik.html", &["href=\"../fortaelling/moede.html\"", "href=\"../principper/se.html\""]);
}

#[test]
fn the_glossary_is_in_the_order_of_the_danish_alphabet() {
    let built = built();
    let main = built.main("glossary.html");
    let places: Vec<_> = ["blik", "z", "ae", "oe", "aa"]
        .map(|name| main.find(&format!("<dt><a href=\"begreber/{name}.html\"")).unwrap())
        .into();
    assert!(places.is_sorted(), "{main}");
    holds(&built, "glossary.html", &["Øjekast", "href=\"fortaelling/moede.html\""]);
}

#[test]
fn the_finder_lists_exercises_with_what_they_are_found_by() {
    holds(
        &built(),
        "finder.html",
        &[
            "data-minutes=\"25\" data-when=\"workshop\"",
            "data-minutes=\"50\" data-when=\"between\"",
            "principper/se",
            "Højst 25 min.",
        ],
    );
    let without = Handbook::new().file("index.md", "# F\n").build();
    assert!(!without.has("finder.html") && !without.has("glossary.html"));
}

#[test]
fn an_indicator_shows_its_question_and_its_figures() {
    let built = built();
    holds(&built, "maal/udlaan.html", &["Hvor meget?", "<svg", "bøger"]);
    assert!(!built.main("maal/udlaan.html").contains("style="));
}

#[test]
fn thousands_are_parted_in_figures_and_years_are_not() {
    let indicator =
        "---\nquestion: Hvor mange?\nseries: [{date: 2024, value: 9500}, {date: 2025, value: 12345}]\n---\n";
    let book = Handbook::new().file("index.md", "# F\n").file("maal/besoeg.md", indicator).build();
    let main = book.assert_clean().main("maal/besoeg.html");
    for shown in [">12.345</text>", ">12.345</td>", ">10.000</text>", ">2025</text>", ">2024</th>"] {
        assert!(main.contains(shown), "{shown}: {main}");
    }
}

#[test]
fn the_rules_of_a_handbook_are_warned_of() {
    let code = |book: Handbook| book.build().codes();
    let with = |path: &str, text: &str| code(book().file(path, text));
    assert_eq!(
        with("oevelser/x.md", "---\nprinciples: [principper/se]\nwhen: between\nminutes: 5\n---\n## A {minutes=4}\n"),
        ["minutes-differ"]
    );
    assert_eq!(with("oevelser/x.md", "---\nwhen: between\nminutes: 5\n---\n"), ["exercise-without-principle"]);
    assert_eq!(
        with("oevelser/x.md", "---\nprinciples: [principper/se]\nwhen: workshop\nminutes: 5\n---\n"),
        ["exercise-in-no-agenda"]
    );
    assert_eq!(
        with("principper/x.md", "---\nstatement: X\n---\n"),
        ["principle-without-exercise", "principle-without-story"]
    );
    assert_eq!(with("konklusioner/x.md", "# X\n"), ["conclusion-without-support"]);
    assert_eq!(with("begreber/x.md", "---\ndefinition: X\n---\n"), ["unused-concept"]);
    assert_eq!(
        with("temadage/x.md", "---\nstart: \"09:00\"\nhours: 1\nagenda: [{title: A, minutes: 5, kind: work}]\n---\n"),
        ["agenda-differs"]
    );
    assert_eq!(with("fortaelling/x.md", "---\nprinciples: [oevelser/film]\n---\n"), ["wrong-kind"]);
    assert_eq!(with("fortaelling/x.md", "---\nprinciples: [principper/ser]\n---\n"), ["unknown-id"]);
}

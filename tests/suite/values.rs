//! Values of front matter and settings that are wrong: each is told of once, at its place, with a way out.

use crate::handbook::Handbook;

/// The report of an exercise with this front matter beside all that an exercise needs, its text `body`.
fn told_of_exercise(front: &str, body: &str) -> String {
    let front = format!("---\ntitle: Ved døren\n{front}\n---\n\n{body}\n");
    let principle = "---\ntitle: Se\nstatement: Se.\n---\n\n> [!STAR]\n> Hej.\n";
    let built = Handbook::new()
        .file("principper/se.md", principle)
        .file("oevelser/ved-doeren.md", &front)
        .file("oevelser/en-anden.md", "---\nprinciples: [principper/se]\nwhen: between\nminutes: 5\n---\n")
        .build();
    built.report()
}

fn told_of_day(front: &str) -> String {
    Handbook::new().file("temadage/dag.md", &format!("---\n{front}\n---\n\nHej.\n")).build().report()
}

#[test]
fn a_number_in_quotes_is_told_to_go_without() {
    for (report, place) in [
        (told_of_exercise("principles: [principper/se]\nwhen: between\nminutes: \"20\"", ""), "5:10"),
        (told_of_day("start: \"09:00\"\nhours: '1'\nagenda: [{ title: Hej, minutes: 60, kind: talk }]"), "3:8"),
        (
            told_of_day("start: \"09:00\"\nhours: 1\ndraft: \"true\"\nagenda: [{ title: A, minutes: 60, kind: talk }]"),
            "4:8",
        ),
    ] {
        assert!(report.contains(&format!(":{place}\n")), "{report}");
        assert!(report.contains("without quotes here"), "{report}");
        assert_eq!(report.matches("help:").count(), 1, "{report}");
    }
}

#[test]
fn what_could_not_be_read_is_not_added_up() {
    let steps = "## Gå ind {minutes=15}\n\nHej.";
    for (front, code) in [
        ("principles: [principper/se]\nwhen: between\nminutes: mange", "wrong-type"),
        ("principles: [principper/se]\nwhen: between", "missing-key"),
        ("principles: [principper/se]\nwhen: between\nminutes: 15\nsummary: \"hej", "invalid-yaml"),
        ("principles: [principper/ser]\nwhen: between\nminutes: 15", "unknown-id"),
        ("principles: { se: ja }\nwhen: between\nminutes: 15", "wrong-type"),
    ] {
        let report = told_of_exercise(front, steps);
        assert!(report.contains(code) && report.matches("help:").count() == 1, "{front}\n{report}");
    }
    for (front, code) in [
        ("start: \"09:00\"\nhours: 6 timer\nagenda: [{ title: A, minutes: 60, kind: talk }]", "wrong-type"),
        ("start: \"09:00\"\nhours: 6\nagenda: snak", "wrong-type"),
        ("start: \"09:00\"\nhours: 6", "missing-key"),
        ("start: \"09:00\"\nhours: 1\nagenda: [{ title: A, minutes: en time, kind: talk }]", "wrong-type"),
        ("start: \"09:00\"\nhours: 1\nagenda: [{ exersise: x }, { title: A, minutes: 50, kind: talk }]", "unknown-key"),
        ("start: \"09:00\"\nhours: 1\nagenda: [{ exercise: x }, { title: A, minutes: 50, kind: talk }]", "unknown-id"),
    ] {
        let report = told_of_day(front);
        assert!(report.contains(code) && report.matches("help:").count() == 1, "{front}\n{report}");
    }
    let conclusion = "---\nsupports: [fortaelling/nix]\n---\n\nHej.\n";
    let report = Handbook::new().file("konklusioner/a.md", conclusion).build().report();
    assert!(report.contains("unknown-id") && report.matches("help:").count() == 1, "{report}");
}

#[test]
fn a_section_of_a_kind_that_is_misspelt_is_one_fault() {
    let settings = "title: T\nsections: [{ folder: ord, kind: conzept }]\n";
    let built = Handbook::new().settings(settings).file("ord/a.md", "---\ndefinition: A\n---\n# A\n").build();
    let report = built.report();
    assert!(report.contains("did you mean `concept`?") && !report.contains("misplaced-key"), "{report}");
}

#[test]
fn a_colour_that_no_theme_has_is_an_unknown_key() {
    let settings = "title: T\nbrand: { colors: { primay: \"#123456\" } }\n";
    let built = Handbook::new().settings(settings).file("index.md", "# A\n").build();
    assert!(built.report().contains("did you mean `primary`?"), "{}", built.report());
    assert_eq!(built.codes(), ["unknown-key"]);
}

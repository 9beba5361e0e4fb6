//! `vaert print` and `vaert build --pdf` as they are called.

use std::fs;
use std::path::PathBuf;

use crate::desk::Desk;

/// The starter handbook's print-outs on disk, by name.
fn print_outs(desk: &Desk) -> Vec<String> {
    let folder = desk.at("dist/bog/print");
    let entries = fs::read_dir(folder).map(|entries| entries.map(|entry| entry.unwrap().file_name()).collect());
    let names: Vec<std::ffi::OsString> = entries.unwrap_or_default();
    let mut names: Vec<String> = names.into_iter().map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_plain_build_leaves_print_outs_alone_and_links_to_none() {
    let desk = Desk::with_handbook();
    assert_eq!(desk.run("print bog").code, 0);
    let printed = print_outs(&desk);
    assert!(printed.len() >= 5, "{printed:?}");
    assert!(!desk.at("dist/bog/index.html").exists());

    assert_eq!(desk.run("build bog").code, 0);
    assert_eq!(print_outs(&desk), printed);
    assert!(!desk.at("dist/bog/print.html").exists());
    assert!(!fs::read_to_string(desk.at("dist/bog/index.html")).unwrap().contains("print.html"));

    assert_eq!(desk.run("build bog --pdf").code, 0);
    let page = fs::read_to_string(desk.at("dist/bog/print.html")).unwrap();
    for name in &printed {
        assert!(page.contains(&format!("href=\"print/{name}\"")), "{name}");
    }
    let exercise = fs::read_to_string(desk.at("dist/bog/oevelser/det-foerste-blik.html")).unwrap();
    assert!(exercise.contains("../print/handout-det-foerste-blik.pdf"));

    assert_eq!(desk.run("build bog").code, 0);
    assert_eq!(print_outs(&desk), printed);
    assert!(!desk.at("dist/bog/print.html").exists());
    assert!(desk.at("dist/bog/index.html").exists());
}

/// Ways in which a page leaves the participants' edition: the file that changes, and its new text.
const WITHDRAWN: [(&str, Option<&str>); 5] = [
    ("principper/vis-vejen.md", None),
    ("principper/vis-vejen.md", Some("---\ntitle: Vis vejen\nstatement: Vis.\ndraft: true\n---\nKAMELIA vises.\n")),
    (
        "principper/vis-vejen.md",
        Some("---\ntitle: Vis vejen\nstatement: Vis.\naudience: facilitator\n---\nKAMELIA vises.\n"),
    ),
    ("principper/vis-vejen.md", Some("---\ntitle: Vis vejen\nstatement: Vis.\nprint: false\n---\nKAMELIA vises.\n")),
    // Its address leads on to another page.
    (
        "principper/tag-imod.md",
        Some("---\ntitle: Tag imod\nstatement: Tag.\nmoved_from: [principper/vis-vejen]\n---\nAlle.\n"),
    ),
];

/// A handbook in `bog` with two principles, of which the second may be withdrawn.
fn with_principles() -> Desk {
    let desk = Desk::new();
    desk.write("bog/handbook.yaml", "title: Bog\nsections:\n  - { folder: principper, kind: principle }\n");
    desk.write("bog/index.md", "---\ntitle: Velkommen\n---\nTil alle.\n");
    desk.write("bog/principper/tag-imod.md", "---\ntitle: Tag imod\nstatement: Tag.\n---\nAlle.\n");
    desk.write("bog/principper/vis-vejen.md", "---\ntitle: Vis vejen\nstatement: Vis.\n---\nKAMELIA vises.\n");
    desk
}

#[test]
fn print_outs_that_may_hold_a_withdrawn_page_go_with_it() {
    for (path, text) in WITHDRAWN {
        for before in ["build bog --pdf", "print bog"] {
            let desk = with_principles();
            assert_eq!(desk.run(before).code, 0);
            assert_eq!(print_outs(&desk), ["booklet.pdf", "cards.pdf", "poster.pdf"]);
            if path.contains("tag-imod") || text.is_none() {
                fs::remove_file(desk.at("bog/principper/vis-vejen.md")).unwrap();
            }
            if let Some(text) = text {
                desk.write(&format!("bog/{path}"), text);
            }
            let built = desk.run("build bog");
            assert_eq!(built.code, 0, "{}", built.err);
            assert_eq!(print_outs(&desk), [""; 0], "{before}, {text:?}");
            assert!(built.err.contains("removed print/booklet.pdf"), "{}", built.err);
            let again = desk.run("build bog");
            assert!(again.code == 0 && !again.err.contains("removed print"), "{}", again.err);
        }
    }
}

#[test]
fn one_kind_that_is_printed_leaves_no_other_with_a_withdrawn_page() {
    let desk = with_principles();
    assert_eq!(desk.run("print bog").code, 0);
    fs::remove_file(desk.at("bog/principper/vis-vejen.md")).unwrap();
    let printed = desk.run("print bog --kind poster");
    assert!(printed.err.contains("removed print/booklet.pdf, print/cards.pdf"), "{}", printed.err);
    assert_eq!(print_outs(&desk), ["poster.pdf"]);
    assert_eq!(desk.run("print bog").code, 0);
    assert_eq!(print_outs(&desk), ["booklet.pdf", "cards.pdf", "poster.pdf"]);
}

#[test]
fn print_outs_of_which_nothing_is_known_go_and_those_of_a_changed_or_new_page_stay() {
    let desk = with_principles();
    assert_eq!(desk.run("publish bog --to site --pdf").code, 0);
    desk.write("bog/principper/vis-vejen.md", "---\ntitle: Vis vejen frem\nstatement: Vis.\n---\nAndet.\n");
    desk.write("bog/principper/ny.md", "---\ntitle: Ny\nstatement: Ny.\n---\nMere.\n");
    let manifest = desk.read("site/.vaert-manifest");
    assert!(manifest.contains("# printed principper/vis-vejen\n"), "{manifest}");
    assert_eq!(desk.run("build bog --pdf").code, 0);
    assert_eq!(desk.run("build bog").code, 0);
    assert_eq!(print_outs(&desk), ["booklet.pdf", "cards.pdf", "poster.pdf"]);
    let manifest = desk.read("dist/bog/.vaert-manifest");
    let unknown: String =
        manifest.lines().filter(|line| !line.starts_with("# printed")).map(|line| format!("{line}\n")).collect();
    desk.write("dist/bog/.vaert-manifest", unknown);
    assert!(desk.run("build bog").err.contains("removed print/"));
    assert_eq!(print_outs(&desk), [""; 0]);
}

#[test]
fn one_exercise_or_one_kind_is_printed_and_the_rest_left_alone() {
    let desk = Desk::with_handbook();
    assert_eq!(desk.run("print bog --only det-foerste-blik").code, 0);
    assert_eq!(print_outs(&desk), ["handout-det-foerste-blik.pdf"]);
    assert_eq!(desk.run("print bog --kind cards --kind poster").code, 0);
    assert_eq!(print_outs(&desk), ["cards.pdf", "handout-det-foerste-blik.pdf", "poster.pdf"]);
    let refused = desk.run("print bog --only det-foerste-blk");
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("did you mean `det-foerste-blik`?"), "{}", refused.err);
}

/// A handbook in `folder` with one exercise for all and one for facilitators, named after it.
fn with_exercises(desk: &Desk, folder: &str) {
    let settings = format!("name: {folder}\ntitle: Bog\nsections:\n  - {{ folder: oevelser, kind: exercise }}\n");
    desk.write(&format!("{folder}/handbook.yaml"), &settings);
    let exercise = |more: &str| format!("---\ntitle: Leg\nwhen: between\nminutes: 5\n{more}---\nTekst\n");
    desk.write(&format!("{folder}/oevelser/leg-{folder}.md"), exercise(""));
    desk.write(&format!("{folder}/oevelser/proeve-{folder}.md"), exercise("audience: facilitator\n"));
}

#[test]
fn what_only_one_edition_or_handbook_has_is_printed_from_there() {
    let desk = Desk::new();
    with_exercises(&desk, "a");
    with_exercises(&desk, "b");
    let printed = desk.run("print a b --only proeve-b --audience all");
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert!(desk.at("dist/b-facilitator/print/guide-proeve-b.pdf").exists());
    for other in ["a", "a-facilitator", "b"] {
        assert!(!desk.at(&format!("dist/{other}")).exists(), "{other}");
    }
    assert_eq!(desk.run("print a b --only leg-b --kind handout").code, 0);
    assert!(desk.at("dist/b/print/handout-leg-b.pdf").exists());
    let refused = desk.run("print a b --only leg-a --only lge-b --audience all");
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("nothing is printed of `lge-b`\nhelp: did you mean `leg-b`?"), "{}", refused.err);
    assert!(desk.at("dist/a/print/handout-leg-a.pdf").exists());
}

#[test]
fn where_what_was_asked_for_is_to_be_found_is_said() {
    let desk = Desk::new();
    with_exercises(&desk, "a");
    for (arguments, help) in [
        ("--only proeve-a", "it is for facilitators: add `--audience facilitator`"),
        ("--only leg-a --kind guide", "guides are for facilitators: add `--audience facilitator`"),
        ("--only leg-a --kind cards", "of what `--only` names there is `--kind handout`"),
        ("--only ukendt --audience all", "name an exercise or a theme day"),
    ] {
        let refused = desk.run(&format!("print a {arguments}"));
        assert_eq!(refused.code, 2, "{arguments}");
        assert!(refused.err.contains(help), "{arguments}: {}", refused.err);
        assert!(!desk.at("dist").exists(), "{arguments}");
    }
}

#[test]
fn what_was_printed_before_is_taken_from_the_store() {
    let desk = Desk::with_handbook();
    let stored = || -> Vec<PathBuf> {
        let entries = fs::read_dir(desk.at("cache/vaert/print")).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    desk.run("print bog --kind poster");
    let before = stored();
    assert_eq!(before.len(), 1);
    let poster = fs::read(desk.at("dist/bog/print/poster.pdf")).unwrap();
    let print_again = || {
        fs::remove_dir_all(desk.at("dist")).unwrap();
        assert_eq!(desk.run("print bog --kind poster").code, 0);
        fs::read(desk.at("dist/bog/print/poster.pdf")).unwrap()
    };
    // Something that the program itself would not make shows that it is what is taken.
    let other = b"%PDF-x";
    let sealed = [&other[..], vaert::fingerprint::Fingerprint::of_bytes(other).to_string().as_bytes()].concat();
    fs::write(&before[0], sealed).unwrap();
    assert_eq!(print_again(), other);
    // What was cut short or changed is not taken, and made anew.
    for spoilt in [&poster[..poster.len() / 2], b"", b"%PDF-1.7\n%%EOF\n"] {
        fs::write(&before[0], spoilt).unwrap();
        assert!(print_again() == poster);
        assert!(fs::read(&before[0]).unwrap().len() > poster.len());
    }
    // A store that cannot be used costs time only.
    fs::remove_dir_all(desk.at("cache")).unwrap();
    fs::write(desk.at("cache"), "no folder").unwrap();
    assert!(print_again() == poster);
}

#[test]
fn with_errors_nothing_is_printed() {
    let desk = Desk::with_handbook();
    desk.write("bog/oevelser/x.md", "---\ntitle: X\nwhen: between\nminutes: 5\n---\n\n[x](findes-ikke.md)\n");
    let refused = desk.run("print bog");
    assert_eq!((refused.code, print_outs(&desk).len()), (1, 0));
    assert!(refused.err.contains("broken-link"), "{}", refused.err);
    assert_eq!(desk.run("print bog --only x --keep-going").code, 1);
    assert_eq!(print_outs(&desk), ["handout-x.pdf"]);
}

#[test]
fn that_there_is_nothing_of_a_kind_is_said_and_nothing_is_written() {
    let desk = Desk::with_handbook();
    let refused = desk.run("print bog --kind guide");
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("guides are for facilitators: add `--audience facilitator`"), "{}", refused.err);
    assert!(!desk.at("dist").exists());
    assert_eq!(desk.run("print bog --kind guide --audience all").code, 0);
    assert!(!desk.at("dist/bog").exists());
    assert!(desk.at("dist/bog-facilitator/print/guide-det-foerste-blik.pdf").exists());
}

#[test]
fn what_is_wrong_with_both_editions_is_told_once() {
    let desk = Desk::with_handbook();
    desk.write("bog/oevelser/x.md", "---\ntitle: X\nwhen: between\nminutes: 5\n---\n\nFest 🎉\n");
    let printed = desk.run("print bog --audience all --kind handout");
    assert_eq!(printed.err.matches("missing-glyph").count(), 1, "{}", printed.err);
}

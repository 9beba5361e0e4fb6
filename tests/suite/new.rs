//! Tests `vaert new` and `vaert init` with titles and names that have a meaning for a shell, Markdown, YAML, Windows or
//! the program itself.

use vaert::model::Kind;

use crate::desk::Desk;

const HOSTILE: [&str; 43] = [
    "con",
    "AUX",
    "Nul",
    "com1",
    "lpt³",
    "1-con",
    "index",
    "1-Index",
    "search",
    "Glossary",
    "print",
    "finder",
    "register",
    "news",
    "404",
    "{a}",
    "{en borger}",
    "a { b",
    "} a {",
    "\\{a}",
    "a\\",
    "%% a",
    "a %% b %% c",
    "%%%a%%%%",
    "\\%% a",
    "<!-- a",
    "<!-- a --> b",
    "a --> b",
    "\"a\"",
    "'a",
    "# a",
    "a # b: c",
    "a ---",
    "[a](b.md)",
    "![[a]]",
    "[!NOTE] a",
    "2025",
    "10 gode råd",
    "@TITLE@",
    "a 🎉",
    "`a",
    "a\u{2028}b\u{feff}\u{ffff}",
    "*a* & <b>b</b> |",
];

/// Creates a new item with this title and returns its file.
#[track_caller]
fn made(desk: &Desk, kind: Kind, title: &str) -> String {
    let ran = desk.command("new").arg(kind.name()).arg(title).args(["--handbook", "bog"]).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.success(), "new {} {title:?}: {said}", kind.name());
    String::from_utf8(ran.stdout).unwrap().trim().to_owned()
}

#[test]
fn check_accepts_an_item_of_every_kind_and_title() {
    for title in HOSTILE {
        let desk = Desk::with_handbook();
        for kind in Kind::ALL {
            made(&desk, kind, title);
        }
        let ran = desk.run("check bog --audience all --format short");
        assert_eq!(ran.code, 0, "{title:?}: {}", ran.err);
    }
}

#[test]
fn check_accepts_a_page_of_every_title_beside_the_settings() {
    for title in HOSTILE {
        let desk = Desk::with_files(&[("index.md", "# A\n")]);
        let file = made(&desk, Kind::Page, title);
        assert!(file.starts_with("bog/") && file.matches('/').count() == 1, "{file}");
        // No font has a party popper, and that is a warning.
        let ran = desk.run(if title.contains('🎉') { "check bog" } else { "check bog --strict" });
        assert_eq!(ran.code, 0, "{title:?}: {}", ran.err);
    }
}

#[test]
fn a_title_stands_on_its_page_as_it_was_given() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    for (title, shown) in
        [("{a} og {b", "{a} og {b"), ("procent %% <!-- b", "procent %% &lt;!-- b"), ("x %%% y %%%%", "x %%% y %%%%")]
    {
        let page = made(&desk, Kind::Page, title).replace("bog/", "dist/bog/").replace(".md", ".html");
        desk.run("build bog").is_clean();
        assert!(desk.read(&page).contains(&format!("<h1>{shown}</h1>")), "{title}: {}", desk.read(&page));
    }
}

#[test]
fn a_term_in_a_title_stays_a_term() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    desk.write(
        "bog/handbook.yaml",
        "title: A\nterms: { borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] } }\n",
    );
    let file = made(&desk, Kind::Page, "Vi ser {borgeren} og {x}");
    assert!(desk.read(&file).contains("title: \"Vi ser {borgeren} og \\\\{x}\""), "{}", desk.read(&file));
    desk.run("check bog --strict").is_clean();
}

#[test]
fn a_long_title_gives_a_short_name_cut_between_words() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    let file = made(&desk, Kind::Page, &"hvordan vi tager imod ".repeat(20));
    assert_eq!(file, "bog/hvordan-vi-tager-imod-hvordan-vi-tager-imod-hvordan-vi-tager-imod-hvordan-vi.md");
    let file = made(&desk, Kind::Page, &"ø".repeat(300));
    assert_eq!(file.len(), "bog/.md".len() + 80);
    desk.run("check bog --strict").is_clean();
}

#[test]
fn a_title_without_letters_or_of_several_lines_is_refused_and_writes_nothing() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    for title in ["🎉🎉", "---", "…", "", " ", "a\nb", "a\u{7}", "a\u{85}b"] {
        let ran = desk.command("new page --handbook bog").arg("--").arg(title).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{title:?}");
    }
    assert_eq!(std::fs::read_dir(desk.at("bog")).unwrap().count(), 2);
}

#[test]
fn an_id_that_leads_on_from_another_page_is_taken() {
    let desk = Desk::with_files(&[
        ("index.md", "# A\n"),
        ("b.md", "---\nmoved_from: [kaffe, te]\n---\n\n# B\n"),
        ("c.md", "---\nmoved_from: saft\n---\n\n# C\n"),
    ]);
    for (title, by) in [("Te", "b.md"), ("Saft", "c.md")] {
        let ran = desk.run(&format!("new page {title} --handbook bog"));
        assert!(ran.code == 2 && ran.err.contains(by), "{}", ran.err);
    }
    desk.run("check bog").is_clean();
}

#[test]
fn an_edition_in_a_folder_of_any_name_is_accepted() {
    for name in ["{a}", "%% a", "<!-- a", "# a: b", "it's", "[x]", "EXTENDS", "PRIVATE", "ORGANISATION", "🎉"] {
        let desk = Desk::with_handbook();
        let base = format!("grund {name}");
        std::fs::rename(desk.at("bog"), desk.at(&base)).unwrap();
        let ran = desk.command("init").args([name, "--extends", &base]).output().unwrap();
        assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
        let check = if name == "🎉" { "check" } else { "check --strict" };
        let ran = desk.command(check).arg(name).output().unwrap();
        assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
    }
}

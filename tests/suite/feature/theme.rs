//! A folder's theme on top of the built-in one.

use crate::desk::Desk;
use crate::handbook::Handbook;

fn book() -> Handbook {
    Handbook::new().file("index.md", "# F\n").file("a.md", "# A\n\n> [!NOTE]\n> Tekst.\n")
}

#[test]
fn five_lines_of_colour_are_a_theme() {
    let theme = "colors:\n  primary:\n    light: \"#0b3d2e\"\n    dark: \"#9fe0c5\"\n  accent: \"#7a1f3d\"\n";
    let built = book().theme_file("theme.yaml", theme).build();
    built.assert_clean();
    let css: String = built
        .outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".css"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(css.contains("#0b3d2e") && css.contains("#9fe0c5") && css.contains("#7a1f3d"));
    assert_ne!(built.outputs["a.html"], book().build().outputs["a.html"]);
}

#[test]
fn only_what_pages_load_is_published_of_a_theme() {
    for name in [
        "a.css~",
        "a.css.bak",
        ".a.css.swp",
        "a.js.orig",
        "a.tmp",
        "#a.css#",
        "brev.docx",
        "a.pdf",
        "a.zip",
        "a.exe",
        "a.html",
        "a.php",
        "noter.md",
        "a.yaml",
    ] {
        let built = book().theme_file(&format!("assets/{name}"), "KAMELIA").keep_going().build();
        assert_eq!(built.codes(), ["template-error"], "{name}: {}", built.report());
        let has = |bytes: &Vec<u8>| bytes.windows(7).any(|part| part == b"KAMELIA");
        assert!(!built.outputs.values().any(|bytes| has(&bytes.to_vec())), "{name}");
    }
    for name in ["a.css", "a.js", "a.mjs", "a.json", "a.woff2", "a.ttf", "OFL.txt", "LICENSE", "a.mp3"] {
        book().theme_file(&format!("assets/{name}"), "x{}").build().assert_clean();
    }
}

#[test]
fn one_template_may_extend_the_parents() {
    let template = "{% extends \"vaertskab/page.html\" %}\n{% block lede %}{{ super() }}<p class=\"egen\">{{ page.title }}</p>{% endblock lede %}\n";
    let built = book().theme_file("templates/page.html", template).build();
    built.assert_clean();
    assert!(built.main("a.html").contains("<p class=\"egen\">A</p>"));
    assert!(!built.main("index.html").contains("egen"));
}

#[test]
fn words_may_be_others() {
    let built = book().theme_file("words/da.yaml", "callout_note: Læg mærke til\n").build();
    built.assert_clean();
    assert!(built.main("a.html").contains("<p class=\"callout-title\">Læg mærke til</p>"));
}

#[test]
fn a_template_cannot_reach_the_book_the_disk_or_the_clock() {
    for call in [
        "now()",
        "get_env(name=\"HOME\")",
        "load_data(path=\"a\")",
        "get_random(start=1, end=2)",
        "get_file(path=\"/etc/passwd\")",
    ] {
        let template = format!(
            "{{% extends \"vaertskab/page.html\" %}}\n{{% block lede %}}{{{{ {call} }}}}{{% endblock lede %}}\n"
        );
        let built = book().theme_file("templates/page.html", &template).build();
        assert!(built.codes().contains(&"template-error"), "{call}: {}", built.report());
    }
}

#[test]
fn a_colour_that_cannot_be_read_is_an_error_with_one_that_can() {
    let built = book().theme_file("theme.yaml", "colors: { primary: \"#cccccc\" }\n").build();
    assert!(
        built.codes().iter().all(|code| *code == "low-contrast") && !built.codes().is_empty(),
        "{}",
        built.report()
    );
}

#[test]
fn a_theme_in_a_folder_of_the_handbook_is_no_content() {
    let desk = Desk::with_files(&[
        ("index.md", "# A\n"),
        ("tema/laes-mig.md", "# Om temaet\n"),
        ("tema/words/da.yaml", "home: Hjem\n"),
    ]);
    desk.write("bog/handbook.yaml", "title: T\ntheme: tema\n");
    desk.run("build bog").is_clean();
    assert!(!desk.exists("dist/bog/tema") && desk.read("dist/bog/404.html").contains("Hjem"));
}

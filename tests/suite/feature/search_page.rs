//! The search page, the box that leads to it, and the register of all pages.

use crate::handbook::Handbook;

fn book() -> Handbook {
    Handbook::new()
        .file("index.md", "# Værtskab\n")
        .file(
            "fortaelling/01-en-dag.md",
            "---\ntitle: »En« dag\nprinciples: [principper/se]\naliases: [Åbningen]\n---\nHej, vært.\n",
        )
        .file("principper/se.md", "---\ntitle: Se op\nstatement: Vi ser op.\naliases: [Blikket, Se op]\n---\n")
        .file("oevelser/aegte.md", "---\ntitle: 🙂 Ægte\nprinciples: [principper/se]\nwhen: between\nminutes: 5\n---\n")
        .file("oevelser/ni.md", "---\ntitle: 9 blikke\nprinciples: [principper/se]\nwhen: between\nminutes: 5\n---\n")
        .file("oevelser/ti.md", "---\ntitle: 10 blikke\nprinciples: [principper/se]\nwhen: between\nminutes: 5\n---\n")
        .file("begreber/vaert.md", "---\ntitle: Vært\ndefinition: D.\nforms: [vært]\n---\n")
        .file("maal/tal.md", "---\ntitle: En vært i tal\nquestion: Hvor mange?\nresult: up\n---\n")
}

fn with_engine() -> Handbook {
    book()
        .theme_file("assets/search-da.js", "// Sproget.\n")
        .theme_file("assets/search-en.js", "// The language.\n")
        .theme_file("assets/search-words.js", "// Ordene.\n")
        .theme_file("assets/search-slices.js", "// Skiverne.\n")
        .theme_file("assets/search-near.js", "// Naboerne.\n")
        .theme_file("assets/search-index.js", "// Indekset.\n")
        .theme_file("assets/search-lookup.js", "// Opslagene.\n")
        .theme_file("assets/search-clause.js", "// Leddene.\n")
        .theme_file("assets/search-passage.js", "// Stederne.\n")
        .theme_file("assets/search-engine.js", "// Maskinen.\n")
}

/// What stands under each letter of the register, in order.
fn register(main: &str) -> Vec<(String, Vec<String>)> {
    let between = |text: &str, from: &str, to: &str| -> String {
        let rest = text.split_once(from).unwrap_or_else(|| panic!("no {from} in {text}")).1;
        rest.split_once(to).unwrap().0.to_owned()
    };
    let letters = main.split("<section class=\"letter\">").skip(1);
    letters
        .map(|letter| {
            let names = letter.split("<li>").skip(1).map(|entry| between(entry, ".html\">", "</a>")).collect();
            (between(letter, "\">", "</h2>"), names)
        })
        .collect()
}

#[test]
fn the_register_has_every_page_and_alias_in_the_order_of_the_alphabet() {
    let built = book().build();
    built.assert_clean();
    let main = built.main("register.html");
    let expected = [
        ("#", &["9 blikke", "10 blikke"][..]),
        ("B", &["begreber", "Blikket"]),
        ("E", &["»En« dag", "En vært i tal"]),
        ("F", &["fortaelling"]),
        ("M", &["maal"]),
        ("O", &["oevelser"]),
        ("P", &["principper"]),
        ("S", &["Se op"]),
        ("V", &["Vært", "Værtskab"]),
        ("Æ", &["🙂 Ægte"]),
        ("Å", &["Åbningen"]),
    ];
    let expected: Vec<_> = expected
        .map(|(letter, names)| (letter.to_owned(), names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()))
        .into();
    assert_eq!(register(&main), expected);
    assert!(main.contains("<a href=\"principper/se.html\">Blikket</a> <span class=\"register-note\">se Se op</span>"));
    assert!(main.contains("<a href=\"principper/se.html\">Se op</a> <span class=\"register-note\">Princip</span>"));
}

#[test]
fn the_register_sorts_letters_of_other_keyboards_as_a_danish_dictionary_does() {
    let page = |handbook: Handbook, (number, title): (usize, &str)| {
        handbook.file(&format!("side-{number}.md"), &format!("# {title}\n"))
    };
    let titles = ["Åben", "Aarhus", "Zebra", "Öl", "»Abe«", "Ærlig", "A\u{30a}l"];
    let built = titles.into_iter().enumerate().fold(Handbook::new(), page).build();
    let letter =
        |letter: &str, names: &[&str]| (letter.to_owned(), names.iter().map(|name| (*name).to_owned()).collect());
    let expected: Vec<(String, Vec<String>)> = vec![
        letter("A", &["»Abe«"]),
        letter("Z", &["Zebra"]),
        letter("Æ", &["Ærlig"]),
        letter("Ø", &["Öl"]),
        letter("Å", &["Åben", "A\u{30a}l", "Aarhus"]),
    ];
    assert_eq!(register(&built.main("register.html")), expected);
}

#[test]
fn what_only_facilitators_see_is_in_their_register_alone() {
    let book =
        book().file("principper/hemmelig.md", "---\ntitle: Hemmelig\nstatement: S.\naudience: facilitator\n---\n");
    assert!(!book.build().main("register.html").contains("Hemmelig"));
    assert!(book.facilitator().build().main("register.html").contains("Hemmelig"));
}

#[test]
fn every_page_leads_to_the_register_and_the_search_page_to_the_glossary_too() {
    let built = book().build();
    assert!(built.page("principper/se.html").contains("href=\"../register.html\""));
    let main = built.main("search.html");
    assert!(main.contains("href=\"glossary.html\"") && main.contains("href=\"register.html\""), "{main}");
    let bare = Handbook::new().file("index.md", "# F\n").build();
    assert!(!bare.main("search.html").contains("glossary.html"));
}

#[test]
fn the_box_names_the_scripts_of_the_search_as_seen_from_its_page() {
    let built = with_engine().build();
    built.assert_clean();
    for (path, root) in [("index.html", ""), ("principper/se.html", "../"), ("search.html", "")] {
        let page = built.page(path);
        assert_eq!(page.matches("role=\"search\"").count(), 1, "{path}");
        let form = page.split_once("<form").unwrap().1.split_once('>').unwrap().0;
        assert!(form.contains(&format!("action=\"{root}search.html\"")) && form.contains("method=\"get\""), "{form}");
        assert!(form.contains(&format!("data-root=\"{root}\"")), "{form}");
        let scripts = form.split_once("data-scripts=\"").unwrap().1.split_once('"').unwrap().0;
        let scripts: Vec<&str> = scripts.split(' ').collect();
        let names = ["da", "words", "slices", "near", "index", "lookup", "clause", "passage", "engine"];
        let names = names.map(|name| format!("{root}assets/search-{name}."));
        let expected: Vec<String> = names.into_iter().chain([format!("{root}search/start.js")]).collect();
        assert_eq!(scripts.len(), expected.len(), "{scripts:?}");
        for (script, begins) in scripts.iter().zip(&expected) {
            assert!(script.starts_with(begins), "{scripts:?}");
        }
    }
    let english =
        with_engine().settings("title: T\nlanguage: en\nsections: [{ folder: maal, kind: indicator }]\n").build();
    assert!(english.page("index.html").contains("assets/search-en."));
}

#[test]
fn the_search_page_is_no_page_of_the_handbook() {
    let settings = "title: T\nsite_url: https://x.dk/\n";
    let built = Handbook::new().settings(settings).file("index.md", "# F\n").build();
    let sitemap = built.page("sitemap.xml");
    assert!(sitemap.contains("https://x.dk/register.html") && !sitemap.contains("search.html"), "{sitemap}");
    assert_eq!(built.pages, 2);
}

//! Editions of a base: what they replace, add, leave out and call by other words.

use super::prose;
use crate::handbook::Handbook;

const BASE: &str = "title: Hos {borgeren}\nname: base\nsite_url: https://base.dk\nbrand: { organisation: Basen }\n\
                    sections:\n  - { folder: principper, kind: principle, title: \"Principper for {borgeren}\" }\n\
                    \x20 - { folder: guide, title: Guide }\n\
                    terms: { borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] } }\n";

fn base() -> Handbook {
    Handbook::new()
        .settings(BASE)
        .file("index.md", "# Velkommen\n\nTil {borgeren} og {den|det borger}, {borgerens} hus.\n")
        .file("principper/01-se.md", "---\ntitle: Se {borgeren}\nstatement: Vi ser {en borger}.\ntags: [blik]\n---\n\n## Hvorfor {#hvorfor}\n\nSe op.\n")
        .file("guide/01-blik.md", "# Blik\n\nLæs [princippet](../principper/01-se.md#hvorfor), [[01-se]] og [[hilsen|om at hilse]].\n\n![Plan](plan.svg)\n")
        .file("guide/02-hilsen.md", "# Hilsen\n\nGoddag, {borger}.\n")
        .file("guide/plan.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><title>base</title></svg>")
}

fn edition(settings: &str) -> Handbook {
    Handbook::new().settings(settings).extending(&base(), "nordby")
}

fn without_rules(report: &str) -> String {
    report.lines().filter(|line| !line.contains("warning[principle-without")).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_empty_edition_is_the_base_under_its_own_name() {
    let built = edition("").build();
    assert_eq!(without_rules(&built.diagnostics()), "");
    assert_eq!(built.edition, "nordby");
    assert!(!built.has("sitemap.xml"), "the base's address is not the edition's");
    assert!(built.main("index.html").contains("Til borgeren og den borger, borgerens hus."));
    assert!(built.page("guide/blik.html").contains("Basen"));
}

#[test]
fn client_edition_replaces_a_base_principle_whatever_its_number() {
    let text = "---\ntitle: Øje for alle\nstatement: Vi ser alle.\n---\n\n## Derfor {#hvorfor}\n\nFordi. Se [blikket](../guide/01-blik.md).\n";
    let built = edition("").file("principper/07-se.md", text).build();
    assert_eq!(without_rules(&built.diagnostics()), "");
    let page = built.page("principper/se.html");
    assert!(page.contains("Vi ser alle.") && !page.contains("Vi ser en borger."));
    // Links of the base lead to it by the old path and by the old file name.
    let links = prose(&built.main("guide/blik.html"));
    assert!(links.contains("<a href=\"../principper/se.html#hvorfor\">princippet</a>"), "{links}");
    assert!(links.contains(">Øje for alle</a>"), "{links}");
}

#[test]
fn an_edition_adds_items_sections_and_an_image_in_place_of_the_bases() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><title>nordby</title></svg>";
    let built = edition("sections: [{ folder: guide }, { folder: eget, title: Eget }]\n")
        .file("eget/a.md", "# Egen side\n\nSom i [[blik]].\n")
        .file("guide/plan.svg", svg)
        .build();
    assert_eq!(without_rules(&built.diagnostics()), "");
    assert!(built.has("eget/a.html"));
    let images: Vec<_> = built.outputs.iter().filter(|(path, _)| path.starts_with("guide/plan.")).collect();
    assert!(images.len() == 1 && images[0].1 == svg.as_bytes(), "{images:?}");
}

#[test]
fn a_term_of_the_edition_is_printed_everywhere_with_gender_genitive_and_capitals() {
    let terms = "terms: { borger: { gender: et, forms: [hus, huset, huse, husene] } }\n";
    let built = edition(terms).file("guide/03-egen.md", "# Om {borgeren} og {huset}\n\n{Husets} {borgere}.\n").build();
    assert_eq!(without_rules(&built.diagnostics()), "");
    assert!(built.main("index.html").contains("Til huset og det hus, husets hus."));
    let principle = built.page("principper/se.html");
    assert!(principle.contains("<title>Se huset") && principle.contains("Vi ser et hus."), "{principle}");
    assert!(principle.contains("Principper for huset") && principle.contains("Hos huset"));
    assert!(built.main("guide/egen.html").contains("Husets huse."));
    let search: String = built
        .outputs
        .iter()
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(!search.contains("borger") && search.contains("Vi ser et hus."));
    for (path, bytes) in &built.outputs {
        let text = String::from_utf8_lossy(bytes);
        assert!(!path.ends_with(".html") || !text.contains("borger"), "{path} holds the base's word");
    }
}

#[test]
fn a_term_with_missing_forms_or_gender_is_an_error_in_the_edition() {
    let built = edition("terms: { borger: { gender: en, forms: [gæst, gæsten] } }\n").build();
    assert!(built.codes().contains(&"invalid-value"), "{}", built.report());
    let built = edition("terms: { borger: { forms: [gæst, gæsten, gæster, gæsterne] } }\n").build();
    assert!(built.codes().contains(&"missing-key"), "{}", built.report());
}

#[test]
fn front_matter_below_is_kept_and_the_text_below_put_in() {
    let text = "---\nbase: merge\ntitle: Vi ser {borgeren} i Nordby\n---\n\n> [!TIP]\n> Også ved døren.\n\n![[base#hvorfor]]\n";
    let built = edition("").file("principper/01-se.md", text).build();
    assert_eq!(without_rules(&built.diagnostics()), "");
    let page = built.page("principper/se.html");
    assert!(page.contains("Vi ser borgeren i Nordby") && page.contains("Vi ser en borger."));
    assert!(page.contains("<h2 id=\"hvorfor\">") && page.contains("Se op.") && page.contains("Også ved døren."));
    assert!(page.contains("#hvorfor"), "the contents list names the base's heading");
}

#[test]
fn a_fault_in_the_bases_part_is_told_in_the_bases_file() {
    let base = base().file("guide/02-hilsen.md", "# Hilsen\n\nGod **dag**, {bogrer}.\n");
    let text = "# Hej\n\n![[base]]\n\nOgså [dette her](ingen.md).\n";
    let built = Handbook::new().settings("").extending(&base, "nordby").file("guide/02-hilsen.md", text).build();
    assert_eq!(
        without_rules(&built.diagnostics()),
        "guide/02-hilsen.md:3:14: error[unknown-term]: unknown term `{bogrer}`\n\
         nordby/guide/02-hilsen.md:5:6: error[broken-link]: this link leads to `ingen.md`, which does not exist"
    );
}

#[test]
fn what_is_left_out_is_gone_and_links_to_it_become_text_on_request() {
    let built = edition("omit: [guide/hilsen]\n").build();
    let report = built.diagnostics();
    assert!(report.contains("error[omitted-but-linked]"), "{report}");
    assert!(built.report().contains("guide/01-blik.md:3:"), "{}", built.report());

    let built = edition("omit: [guide/hilsen]\nomit_links: text\n").build();
    assert_eq!(without_rules(&built.diagnostics()), "");
    assert!(!built.has("guide/hilsen.html"));
    assert!(prose(&built.main("guide/blik.html")).contains(" og om at hilse."));

    // A link without a text of its own has nothing to become.
    let built = edition("omit: [principper]\nomit_links: text\n").build();
    let report = built.report();
    assert!(built.codes().contains(&"omitted-but-linked") && report.contains("[[01-se]]"), "{report}");
    assert!(!report.contains("[princippet](../principper/01-se.md#hvorfor) "), "{report}");
}

#[test]
fn a_section_that_is_left_out_is_in_no_navigation() {
    let built = edition("omit: [guide]\n").build();
    assert_eq!(without_rules(&built.diagnostics()), "");
    assert!(!built.outputs.keys().any(|path| path.starts_with("guide/")));
    assert!(!built.page("index.html").contains("Guide"));
}

#[test]
fn references_in_front_matter_to_what_is_left_out_are_told_or_go() {
    let base = Handbook::new()
        .file("principper/a.md", "---\nstatement: A\n---\n")
        .file("principper/b.md", "---\nstatement: B\n---\n")
        .file("oevelser/x.md", "---\nwhen: workshop\nminutes: 420\nprinciples: [principper/a, principper/b]\n---\n")
        .file("temadage/d.md", "---\nstart: \"09:00\"\nhours: 7\nagenda: [{exercise: oevelser/x}]\n---\n");
    let edition = |settings: &str| Handbook::new().settings(settings).extending(&base, "nordby").build();
    let codes = |settings: &str| {
        edition(settings).codes().into_iter().filter(|code| !code.starts_with("principle")).collect::<Vec<_>>()
    };
    assert_eq!(codes("omit: [principper/a]"), ["omitted-but-linked"]);
    assert_eq!(codes("omit: [principper/a]\nomit_links: text"), [""; 0]);
    assert!(codes("omit: [oevelser]\nomit_links: text").contains(&"omitted-but-linked"));
}

#[test]
fn a_chain_of_three_takes_each_item_from_the_upper_layer_that_has_it() {
    let middle = Handbook::new()
        .settings("brand: { organisation: Midt }\nterms: { borger: { gender: en, forms: [gæst, gæsten, gæster, gæsterne] } }\nomit: [guide/hilsen]\nomit_links: text\n")
        .extending(&base(), "midt")
        .file("principper/01-se.md", "---\nbase: merge\nsummary: Midtens ord\n---\n\nFra midten.\n\n![[base]]\n")
        .file("guide/05-midt.md", "# Midt\n\nFor {gæsten}.\n");
    let built = Handbook::new()
        .settings("terms: { borger: { gender: en, forms: [kunde, kunden, kunder, kunderne] } }\n")
        .extending(&middle, "top")
        .file("principper/01-se.md", "---\nbase: merge\n---\n\nFra toppen til {kunden}.\n\n![[base]]\n")
        .build();
    assert_eq!(without_rules(&built.diagnostics()), "");
    let page = built.page("principper/se.html");
    for wanted in ["Fra toppen til kunden.", "Fra midten.", "Se op.", "Vi ser en kunde.", "Se kunden", "Midtens ord"] {
        assert!(page.contains(wanted), "no {wanted} in {page}");
    }
    assert!(built.main("guide/midt.html").contains("For kunden."));
    assert!(built.page("index.html").contains("Midt") && !built.has("guide/hilsen.html"));
}

#[test]
fn a_theme_that_the_edition_names_colours_it_before_the_bases_brand() {
    let base = Handbook::new()
        .settings("title: A\nbrand: { colors: { primary: \"#1f4e5f\", accent: \"#a63f1e\" } }\n")
        .file("guide/01-a.md", "# A\n\nB.\n");
    let theme = "parent: vaertskab\ncolors: { primary: \"#6b2d4a\" }\n";
    let colors = |settings: &str| {
        let built =
            Handbook::new().settings(settings).extending(&base, "museum").theme_file("theme.yaml", theme).build();
        assert_eq!(built.diagnostics(), "");
        let css = built.outputs.iter().find(|(path, _)| path.starts_with("assets/brand.")).unwrap().1.clone();
        let css = String::from_utf8(css).unwrap();
        let value = |name: &str| css.split(name).nth(1).unwrap().split(';').next().unwrap().to_owned();
        (value("--brand-primary: "), value("--brand-accent: "))
    };
    let pair = |primary: &str, accent: &str| (primary.to_owned(), accent.to_owned());
    // What the theme does not say is still the base's; the edition's own brand goes before its theme.
    assert_eq!(colors("theme: tema\n"), pair("#6b2d4a", "#a63f1e"));
    let own = "theme: tema\nbrand: { colors: { primary: \"#2c5a3f\" } }\n";
    assert_eq!(colors(own), pair("#2c5a3f", "#a63f1e"));
    assert_eq!(colors(""), pair("#1f4e5f", "#a63f1e"), "a theme that the base names stands behind its brand");
}

#[test]
fn what_an_edition_in_another_language_keeps_of_its_base_is_warned_of() {
    let base = Handbook::new()
        .settings("title: Prøve\nsections: [{ folder: guide, title: Vejledning }]\n")
        .file("guide/01-blik.md", "---\norder: 1\n---\n\n# Blik\n\nSe op.\n")
        .file("guide/02-hilsen.md", "# Hilsen\n\nGoddag.\n");
    let english = |settings: &str| {
        let settings = format!("title: Trial\nlanguage: en\n{settings}");
        Handbook::new().settings(&settings).extending(&base, "hotel").file("guide/hilsen.md", "# Greeting\n\nHello.\n")
    };
    let built = english("").build();
    let places: Vec<&str> = built.diagnostics[0].labels.iter().map(|label| &*label.path).collect();
    assert_eq!(built.codes(), ["untranslated"]);
    assert_eq!(places, ["hotel/handbook.yaml", "guide/01-blik.md", "handbook.yaml"]);
    assert!(built.report().contains("2 texts of its base"), "{}", built.report());

    let titles = "sections: [{ folder: guide, title: Guide }]\n";
    english(&format!("{titles}omit: [guide/blik]\n")).build().assert_clean();
    // Keys may be taken over, a text may not.
    let merged = "---\nbase: merge\n---\n\n# Eyes\n\nLook up.\n";
    english(titles).file("guide/blik.md", merged).build().assert_clean();
    let built = english(titles).file("guide/blik.md", "# Eyes\n\n![[base]]\n").build();
    assert_eq!(built.codes(), ["untranslated"]);
    assert_eq!(&*built.diagnostics[0].labels[1].path, "guide/01-blik.md");
    // Two layers of one language are none of its business.
    let branch = Handbook::new().settings("").extending(&english(&format!("{titles}omit: [guide/blik]\n")), "branch");
    branch.build().assert_clean();
}

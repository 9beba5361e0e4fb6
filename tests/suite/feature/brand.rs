//! The organisation's look: logo, icon, fonts, and what its footer says.

use crate::handbook::{Built, Handbook};

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\"><circle cx=\"2\" cy=\"1\" r=\"1\"/></svg>";
const FONT: &[u8] = include_bytes!("../../../themes/vaertskab/assets/fonts/cabin.woff2");

fn book(brand: &str) -> Handbook {
    Handbook::new().settings(&format!("title: T\nbrand: {brand}\n")).file("index.md", "# F\n").file("s/a.md", "# A\n")
}

/// The code of each fault with what it points at.
fn said(built: &Built, settings: &str) -> Vec<String> {
    let of = |found: &vaert::diagnostic::Diagnostic| {
        assert_eq!(&*found.labels[0].path, "handbook.yaml");
        format!("{} @ {}", found.code().name(), found.labels[0].span.of(settings))
    };
    built.diagnostics.iter().map(of).collect()
}

#[test]
fn own_fonts_are_published_and_wired_into_the_brands_sheet() {
    let built = book("{ fonts: { text: brand/Vores.woff2, italic: brand/Vores.woff2, headings: brand/Top.woff2 } }")
        .bytes("brand/Vores.woff2", FONT)
        .bytes("brand/Top.woff2", FONT)
        .build();
    built.assert_clean();
    let sheet = built.outputs.keys().find(|path| path.starts_with("assets/brand.")).unwrap();
    let css = String::from_utf8(built.outputs[sheet].clone()).unwrap();
    assert!(built.page("s/a.html").contains(&format!("href=\"../{sheet}\"")));
    let urls: Vec<&str> = css.split("url(\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    assert_eq!(urls.len(), 3, "{css}");
    for url in urls {
        assert_eq!(built.outputs[&format!("assets/{url}")], FONT, "{url}");
    }
    assert!(css.contains("--brand-text: \"brand text\";") && css.contains("--brand-headings: \"brand headings\";"));
    assert!(css.contains("font-weight: 100 900; font-style: italic;"), "{css}");
    // The theme asks for both names, and an edition without fonts of its own has no such sheet for them.
    let themes: String = built
        .outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".css"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(themes.contains("var(--brand-text, ") && themes.contains("var(--brand-headings, "));
    let plain = book("{ organisation: O }").build();
    assert!(
        plain
            .outputs
            .values()
            .all(|bytes| !String::from_utf8_lossy(bytes).contains("@font-face { font-family: \"brand"))
    );
}

#[test]
fn another_font_under_the_same_name_gives_the_pages_another_sheet() {
    let brand = "{ fonts: { text: a.woff2 } }";
    let other: &[u8] = include_bytes!("../../../themes/vaertskab/assets/fonts/literata.woff2");
    let [one, two] = [FONT, other].map(|font| book(brand).bytes("a.woff2", font).build());
    assert_ne!(one.outputs["s/a.html"], two.outputs["s/a.html"]);
}

#[test]
fn the_icon_is_the_brands_or_the_themes() {
    let own = book("{ favicon: brand/ikon.svg }").file("brand/ikon.svg", SVG).build();
    own.assert_clean();
    let icon = own.outputs.keys().find(|path| path.starts_with("brand/ikon.")).unwrap();
    assert!(own.page("s/a.html").contains(&format!("<link rel=\"icon\" href=\"../{icon}\">")));
    assert!(
        book("{ organisation: O }").build().page("s/a.html").contains("<link rel=\"icon\" href=\"../assets/favicon.")
    );
}

#[test]
fn files_that_are_not_there_of_another_type_broken_or_heavy_are_told_of_in_the_settings() {
    for (brand, expected) in [
        ("{ logo: brand/lgo.svg }", "invalid-value @ brand/lgo.svg"),
        ("{ logo: brand/logo.jpg }", "invalid-value @ brand/logo.jpg"),
        ("{ logo: brand/tung.svg }", "invalid-value @ brand/tung.svg"),
        ("{ favicon: brand/logo.jpg }", "invalid-value @ brand/logo.jpg"),
        ("{ fonts: { text: brand/logo.svg } }", "invalid-value @ brand/logo.svg"),
        ("{ fonts: { headings: brand/falsk.woff2 } }", "invalid-value @ brand/falsk.woff2"),
        ("{ fonts: { text: brand/halv.woff2 } }", "invalid-value @ brand/halv.woff2"),
        ("{ accessibility_statement: \"javascript:x\" }", "invalid-value @ \"javascript:x\""),
        ("{ fontes: {} }", "unknown-key @ fontes"),
    ] {
        let settings = format!("title: T\nbrand: {brand}\n");
        let heavy = format!("{SVG}<!--{}-->", "x".repeat(1 << 20));
        let built = book(brand)
            .file("brand/logo.svg", SVG)
            .file("brand/tung.svg", &heavy)
            .bytes("brand/logo.jpg", b"\xff\xd8\xff")
            .bytes("brand/falsk.woff2", b"true type")
            .bytes("brand/halv.woff2", &FONT[..FONT.len() / 2])
            .build();
        assert_eq!(said(&built, &settings), [expected], "{}", built.report());
    }
}

#[test]
fn a_slip_in_a_files_name_is_answered_with_the_file_that_fits() {
    let built = book("{ logo: brand/lgo.svg }").file("brand/logo.svg", SVG).bytes("brand/lg.jpg", b"").build();
    assert!(built.report().contains("did you mean `brand/logo.svg`?"), "{}", built.report());
}

#[test]
fn a_logo_that_is_not_safe_is_no_logo() {
    let built = book("{ logo: l.svg }").file("l.svg", &SVG.replace("<circle", "<circle onload=\"x()\"")).build();
    assert_eq!(built.codes(), ["unsafe-svg"]);
    let built = book("{ logo: l.png }").bytes("l.png", b"no PNG").build();
    assert_eq!(built.codes(), ["unreadable-file"]);
}

#[test]
fn the_footer_leads_to_the_accessibility_statement_and_to_the_contact() {
    let built = book(
        "{ footer: Bundlinje, contact: mail@nordby.example, accessibility_statement: \"https://was.example/nordby\" }",
    )
    .build();
    built.assert_clean();
    for page in ["index.html", "s/a.html", "404.html", "search.html"] {
        let html = built.page(page);
        assert!(
            html.contains("<a href=\"https://was.example/nordby\" rel=\"noopener\">Tilgængelighedserklæring</a>"),
            "{page}"
        );
        assert!(html.contains("<a href=\"mailto:mail@nordby.example\">mail@nordby.example</a>"), "{page}");
        assert!(html.contains("<p class=\"foot-text\">Bundlinje</p>"), "{page}");
    }
}

#[test]
fn a_contact_is_a_link_only_where_it_is_an_address_and_nothing_else() {
    for (contact, link) in [
        ("Skranken, lokal 12", None),
        ("Skriv til mail@nordby.example", None),
        ("mail@nordby", None),
        ("a@b.example?bcc=c@d.example", None),
        ("https://nordby.example/kontakt", Some("https://nordby.example/kontakt")),
    ] {
        let page = book(&format!("{{ contact: \"{contact}\" }}")).build().page("s/a.html");
        let found = page.split_once("Kontakt: <a href=\"").map(|(_, rest)| rest.split_once('"').unwrap().0);
        assert_eq!(found, link, "{contact}");
        assert!(page.contains(contact), "{contact}");
    }
}

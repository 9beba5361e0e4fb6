//! What the author wrote and print cannot show as it is: the print-outs are made, and every loss is told with its position.

use super::{ask, set, text_of};
use crate::desk::Desk;
use crate::handbook::Handbook;

const FRONT: &str = "---\ntitle: Leg\nwhen: between\nminutes: 5\n---\n\n";
/// No font of the theme has it.
const NONE: &str = "\u{10fffd}";

fn handout(body: &str) -> Handbook {
    Handbook::new().file("oevelser/leg.md", &format!("{FRONT}{body}\n")).pdf()
}

/// What is reported of a handbook, apart from the rules for exercises.
fn told(handbook: &Handbook) -> String {
    let told = handbook.build().diagnostics();
    told.lines().filter(|line| !line.contains("without-principle")).map(|line| format!("{line}\n")).collect()
}

/// The text of both print-outs of a handbook with one exercise.
fn printed(handbook: &Handbook) -> [String; 2] {
    let build = handbook.bare_build();
    ["print/handout-leg.pdf", "print/booklet.pdf"].map(|path| text_of(&set(&build, path)))
}

#[test]
fn names_from_all_of_europe_and_common_symbols_are_printed() {
    let said = "Zażółć gęślą jaźń. Şahin İzmir ğ. Nguyễn Thị Hằng. Ελλάδα. Українська. ✓ ☐ ★ → ⇒ ≤";
    let handbook = handout(&format!("{said}\n\n## {said}\n\n**{said}** *{said}* `{said}`"));
    assert_eq!(told(&handbook), "");
    for text in printed(&handbook) {
        assert!(text.matches(said).count() >= 4, "{text}");
    }
}

#[test]
fn hyphens_and_ligatures_are_printed_as_what_they_mean() {
    let handbook = handout("5\u{2011}10 gæster, e\u{2010}bog, vi \u{fb01}nder, \u{2103}, \u{3392}.");
    assert_eq!(told(&handbook), "");
    for text in printed(&handbook) {
        assert!(text.contains("5-10 gæster, e-bog, vi finder, ") && text.contains("MHz"), "{text}");
    }
}

#[test]
fn no_heading_or_title_stops_a_print_out() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9\"/></svg>";
    for heading in [
        "🎉",
        "Українська",
        "مرحبا",
        "`→`",
        "",
        "**🎉**",
        "![Plan over huset](p.svg)",
        "![🎉](p.svg)",
        "🎉 ![x](p.svg)",
        NONE,
    ] {
        let body = format!("## {heading}\n\nEn\n\n### Under\n\nTo");
        let handbook = handout(&body).file("oevelser/p.svg", svg);
        for text in printed(&handbook) {
            assert!(text.contains("En Under To"), "{heading}: {text}");
        }
        let title = heading.replace('`', "");
        let page = format!("---\ntitle: \"{title}\"\nwhen: between\nminutes: 5\n---\n\nEn\n");
        let settings = format!(
            "title: \"a{title}\"\nsections:\n  - {{ folder: oevelser, kind: exercise, title: \"a{title}\" }}\n"
        );
        printed(&Handbook::new().file("oevelser/leg.md", &page).settings(&settings).pdf());
        if !title.is_empty() {
            printed(&Handbook::new().file("oevelser/leg.md", &page).settings(&settings.replace("\"a", "\"")).pdf());
        }
    }
}

#[test]
fn a_heading_of_which_nothing_is_left_says_how_it_sounds_and_is_told() {
    let handbook = handout("## 🎉\n\nTekst\n\n## ![Plan over huset](p.svg)").file(
        "oevelser/p.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9\"/></svg>",
    );
    let told = told(&handbook);
    assert!(told.contains("oevelser/leg.md:7:1: warning[heading-on-paper]"), "{told}");
    for text in printed(&handbook) {
        assert!(text.contains("tada") && text.contains("Plan over huset"), "{text}");
    }
}

#[test]
fn a_heading_as_long_as_a_book_is_printed_whole_below_its_beginning() {
    let words: Vec<String> = (0..6000).map(|word| format!("ord{word}")).collect();
    let handbook = handout(&format!("## {}", words.join(" ")));
    assert!(told(&handbook).contains("oevelser/leg.md:7:1: warning[heading-on-paper]"));
    for text in printed(&handbook) {
        assert!(text.contains("ord5999"));
    }
}

#[test]
fn any_field_of_the_front_matter_may_hold_what_no_font_has() {
    let fill = |front: &str| front.replace('@', &format!("🎉{NONE}→\u{2028}x\u{30c}"));
    let files = [
        (
            "oevelser/leg.md",
            "title: Leg @\nwhen: between\nminutes: 5\nsummary: a@\npurpose: a@\ninvitation: a@\ngroups: a@\nmaterials: [\"a@\"]\nprinciples: [principper/se]",
        ),
        ("principper/se.md", "statement: a@\nsummary: a@\nseen: [\"a@\"]\nheard: [\"a@\"]"),
        (
            "temadage/dag.md",
            "title: Dag @\nsummary: a@\nstart: \"09:00\"\nhours: 1\nagenda:\n  - { title: \"a@\", minutes: 60, kind: talk, note: \"Kaffe @\" }",
        ),
        (
            "maal/liv.md",
            "question: a@\nunit: a@\nresult: mixed\nrows: [{ date: 2024-01-01, value: 3 }, { date: 2024-02-01, value: 5 }]",
        ),
        ("begreber/hus.md", "definition: a@\naliases: [\"a@\"]"),
        ("konklusioner/god.md", "summary: a@"),
    ];
    let mut handbook = Handbook::new().pdf();
    for (path, front) in files {
        handbook =
            handbook.file(path, &fill(&format!("---\n{front}\n---\n\n# A @\n\nTekst @\n")).replace("\u{2028}x", "x"));
    }
    let settings = fill(
        "title: a@\ndescription: a@\nbrand: { organisation: a@, footer: a@, contact: a@ }\nwords: { purpose: a@ }\nsections:\n\
        \x20 - { folder: oevelser, kind: exercise, title: a@ }\n  - { folder: principper, kind: principle }\n  - { folder: temadage, kind: workshop }\n\
        \x20 - { folder: maal, kind: indicator }\n  - { folder: begreber, kind: concept }\n  - { folder: konklusioner, kind: conclusion }\n",
    )
    .replace('\u{2028}', "");
    for handbook in [handbook.clone().settings(&settings), handbook.facilitator().settings(&settings)] {
        let build = handbook.keep_going().bare_build();
        assert!(build.print_outs().len() >= 4);
        for path in build.print_outs().keys() {
            set(&build, path);
        }
        for item in &build.book().unwrap().items {
            let shown = &item.document.source.shown;
            let is_told = |found: &vaert::diagnostic::Diagnostic| {
                found.code().name() == "missing-glyph" && found.labels[0].path == *shown
            };
            assert!(build.diagnostics.iter().any(is_told), "{shown}");
        }
    }
}

#[test]
fn a_character_written_as_an_entity_or_an_escape_is_told_too() {
    let told = handout("Tekst.\n\nHer er &#127881; og mere.").build().diagnostics();
    assert!(told.contains("oevelser/leg.md:9:"), "{told}");
    let front = FRONT.replace("Leg", "\"Leg \\U0001F389\"");
    let told = Handbook::new().file("oevelser/leg.md", &format!("{front}Tekst\n")).pdf().build().diagnostics();
    assert!(told.contains("oevelser/leg.md:1:1: warning[missing-glyph]"), "{told}");
}

#[test]
fn the_text_of_a_drawing_is_printed_as_far_as_the_fonts_go() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 99\">\n<text y=\"20\" font-family=\"Arial\">✓ → Ł Nguyễn</text>\n\
        <text y=\"40\">tegn 🎉 og &#127881;</text></svg>";
    let handbook = handout("![Plan](p.svg)\n\nOg ![plan](p.svg) her.").file("oevelser/p.svg", svg);
    let told = told(&handbook);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("oevelser/p.svg:3:19: warning[missing-glyph]"), "{told}");
    for text in printed(&handbook) {
        for said in ["✓", "→", "Ł", "Nguyễn", "tegn"] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}

/// A JPEG of 8 × 8 pixels in four colours.
const CMYK: &[u8] = include_bytes!("cmyk.jpg");
/// The head of a PNG of 20,000 × 20,000 pixels, and of one whose pixels are nonsense.
fn png(size: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let [a, b, c, d] = size.to_be_bytes();
    let head = [b'I', b'H', b'D', b'R', a, b, c, d, a, b, c, d, 8, 0, 0, 0, 0];
    for chunk in [&head[..], b"IDATnonsense", b"IEND"] {
        bytes.extend((chunk.len() as u32 - 4).to_be_bytes());
        bytes.extend(chunk);
        let mut sum = flate2::Crc::new();
        sum.update(chunk);
        bytes.extend(sum.sum().to_be_bytes());
    }
    bytes
}

#[test]
fn an_image_that_cannot_be_printed_leaves_its_text_and_is_told_where_it_is_shown() {
    let avif = include_bytes!("../../diagnostics/image-on-paper/rummet.avif");
    let handbook = handout(
        "![Et foto](a.jpg)\n\n![Kæmpestor](b.png)\n\n![Ødelagt](c.png)\n\n![Ny slags](d.avif)\n\nOg ![i linjen](c.png).",
    );
    let handbook = handbook.bytes("oevelser/a.jpg", CMYK).bytes("oevelser/b.png", &png(20_000));
    let handbook = handbook.bytes("oevelser/c.png", &png(30)).bytes("oevelser/d.avif", avif);
    let told = told(&handbook);
    for line in [7, 9, 11, 13] {
        assert!(told.contains(&format!("oevelser/leg.md:{line}:1: warning[image-on-paper]")), "{line}: {told}");
    }
    assert!(told.contains("oevelser/leg.md:15:4: warning[image-on-paper]"), "{told}");
    for text in printed(&handbook) {
        for said in ["Kæmpestor", "Ødelagt", "Ny slags", "[i linjen]"] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
    let images = ask("pdfimages", &["-list"], &set(&handbook.bare_build(), "print/handout-leg.pdf"));
    assert_eq!(images.lines().count(), 3, "{images}");
    assert!(images.contains(" 3 ") && !images.contains(" 4 "), "{images}");
}

#[test]
fn check_tells_what_building_print_outs_tells() {
    let desk = Desk::with_files(&[
        ("index.md", "# Forside\n\nEt 🎉 her\n"),
        ("a.md", "# A\n\n## 🎉\n\n![Plan](p.svg)\n"),
        ("p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>🎲</text></svg>"),
    ]);
    let told = |command: &str| {
        let said = desk.run(&format!("{command} --format short")).err;
        said.lines().filter(|line| line.contains("warning[")).map(str::to_owned).collect::<Vec<_>>()
    };
    let checked = told("check bog");
    assert_eq!(checked.len(), 4, "{checked:?}");
    assert_eq!(checked, told("build bog --pdf --out ud"));
    assert_eq!(desk.run("check bog --strict").code, 1);
}

#[test]
fn check_runs_templates_of_the_handbooks_own_theme() {
    let desk = Desk::with_files(&[("index.md", "# Forside\n\nTekst\n")]);
    desk.write("bog/handbook.yaml", "title: Prøve\ntheme: ./tema\n");
    desk.write("bog/tema/theme.yaml", "name: tema\nparent: vaertskab\n");
    desk.run("check bog").is_clean();
    desk.write("bog/tema/print/booklet.typ", "#panic(\"nej\")\n");
    let ran = desk.run("check bog --format short");
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.err.contains("booklet.typ:1:") && ran.err.contains("error[template-error]"), "{}", ran.err);
}

#[test]
fn strict_counts_the_warnings_of_templates() {
    let desk = Desk::with_files(&[("index.md", "# Forside\n\nTekst\n")]);
    desk.write("bog/handbook.yaml", "title: Prøve\ntheme: ./tema\n");
    desk.write("bog/tema/theme.yaml", "name: tema\nparent: vaertskab\n");
    let template = "#set document(title: \"x\", date: auto)\n#set text(font: \"Ingen\", lang: \"da\")\n= x\n";
    desk.write("bog/tema/print/booklet.typ", template);
    for command in ["build bog --pdf --out ud", "print bog --out ud", "check bog"] {
        let ran = desk.run(&format!("{command} --format short"));
        assert!(ran.code == 0 && ran.err.contains("warning[template-error]"), "{command}: {}{}", ran.out, ran.err);
        let ran = desk.run(&format!("{command} --strict --format short"));
        assert!(ran.code == 1 && ran.err.contains("error[template-error]"), "{command}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn the_site_links_only_to_print_outs_that_were_made() {
    let exercise = "---\ntitle: Leg\nwhen: between\nminutes: 5\n---\nTekst\n";
    let desk = Desk::with_files(&[("oevelser/leg.md", exercise)]);
    let settings = "title: Prøve\ntheme: ./tema\nsections:\n  - { folder: oevelser, kind: exercise }\n";
    desk.write("bog/handbook.yaml", settings);
    desk.write("bog/tema/theme.yaml", "name: tema\nparent: vaertskab\n");
    desk.write("bog/tema/print/handout.typ", "#panic(\"nej\")\n");
    let ran = desk.run("build bog --pdf --keep-going --out ud");
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(desk.exists("ud/bog/print/booklet.pdf") && !desk.exists("ud/bog/print/handout-leg.pdf"));
    let page = desk.read("ud/bog/oevelser/leg.html");
    assert!(!page.contains("handout-leg.pdf"), "{page}");
    let list = desk.read("ud/bog/print.html");
    assert!(list.contains("booklet.pdf") && !list.contains("handout-leg.pdf"), "{list}");
}

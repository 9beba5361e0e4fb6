//! Tests that the leak check finds content of one client in another's edition, and hidden text in the participants'
//! edition, however it is written.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use vaert::build::{self, Options};
use vaert::cache::Cache;
use vaert::diagnostic::Diagnostic;
use vaert::output::{Output, OutputContent};
use vaert::sweep::{Client, Sweep};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::desk::{Desk, Ran};
use crate::handbook::Handbook;

const NORDBY: &str = "private: [Nordby, Åby Bibliotek, Ringgade, Nord, Café Æblet, Vejle, Helle]\n";

fn base() -> Handbook {
    Handbook::new()
        .settings("title: Fælles\n")
        .file("guide/01-blik.md", "# Blik\n\nSe op, når nogen kommer ind ad døren, og sig goddag.\n")
}

/// Returns the leaks of Nordby's content if `bytes` are an output of its neighbour.
fn found(path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let snapshots = [
        Handbook::new().settings(NORDBY).extending(&base(), "nordby").snapshot(),
        Handbook::new().settings("title: Søby\n").extending(&base(), "soeby").snapshot(),
    ];
    let sweep = Sweep::new(vec![Client::new(&snapshots[0], "nordby"), Client::new(&snapshots[1], "soeby")]);
    let cache = Cache::for_editions(2);
    for (at, snapshot) in snapshots.iter().enumerate() {
        build::build(snapshot, &cache, &Options::default()).render(&cache, &|output| sweep.look(at, &output));
    }
    sweep.look(1, &Output { path: path.into(), content: OutputContent::Bytes(bytes.into()) });
    sweep.finish().unwrap()
}

fn zipped(entry: &str, bytes: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(entry, SimpleFileOptions::default()).unwrap();
    archive.write_all(bytes).unwrap();
    archive.finish().unwrap().into_inner()
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn a_private_word_is_found_as_a_reader_sees_it() {
    let ways = [
        "Nordbys gæster",
        "Nordby's gæster",
        "Nordby’s gæster",
        "NORDBYS",
        "i nordbyerne",
        "Vejlebiblioteket",
        "Vejles",
        "Åby Biblioteks",
        "Åby-Bibliotek",
        "Åby<br>Bibliotek",
        "Åby<br />\nBibliotek",
        "Åby\nBibliotek",
        "Åby&nbsp;Bibliotek",
        "Å\u{AD}by Biblio&shy;tek",
        "Åby Biblio\u{200B}tek",
        "åby bibliotek",
        "ÅBY BIBLIOTEK",
        "A\u{30A}by Bibliotek",
        "Ringgadeafdelingen",
        "Ring-\ngade",
        "Ring\u{AD}\ngade",
        "Nord<b>by</b>",
        "N o r d b y",
        "&Aring;by Bibliotek",
        "&#197;by Bibliotek",
        "&#xC5;by Bibliotek",
        "href=\"/%C3%85by%20Bibliotek\"",
        "Caf\u{65}\u{301} Æblet",
        "CAFÉ ÆBLET",
        "Café AEBLET",
        "Aaby Bibliotek",
        "\\u00c5by Bibliotek",
        "Ｎｏｒｄｂｙ",
        "i Nordby.",
        "(Nordby)",
        "»Nordby«",
        "nord<!-- x -->by",
        "aaby_bibliotek",
        "Nordby2024",
    ];
    for way in ways {
        let page = format!("<p>Før {way} efter</p>");
        assert!(!found("a.html", page.as_bytes()).is_empty(), "{way}");
    }
}

#[test]
fn a_word_that_only_looks_like_a_private_one_is_none() {
    for text in [
        "nordisk",
        "nordbyggeri",
        "Gammelnordbo",
        "Ring i gade 5",
        "Åby. Biblioteker",
        "Nordre",
        "ring gade",
        "vejledning",
        "Vejledning",
        "heller",
    ] {
        let page = format!("<p>Før {text} efter</p>");
        assert_eq!(found("a.html", page.as_bytes()), [], "{text}");
    }
}

#[test]
fn a_private_word_is_found_in_every_kind_of_file() {
    let runs = "<w:p><w:r><w:t>Nord</w:t></w:r><w:proofErr w:type=\"x\"/><w:r><w:t>bys</w:t></w:r></w:p>".as_bytes();
    let docx = zipped("word/document.xml", runs);
    let print = "{\"t\":\"par\",\"c\":[\"Å\",{\"t\":\"em\",\"c\":[\"by\"]},{\"t\":\"break\"},\"Biblio\",{\"t\":\"strong\",\"c\":[\"teks\"]}]}";
    let ways: Vec<(&str, &str, Vec<u8>)> = vec![
        ("runs of Word", "a.docx", docx.clone()),
        ("shared strings of Excel", "a.xlsx", zipped("xl/sharedStrings.xml", b"<si><t>Nordby</t></si>")),
        ("a slide", "a.pptx", zipped("ppt/slides/slide1.xml", b"<a:r><a:t>Ring</a:t></a:r><a:r><a:t>gade</a:t></a:r>")),
        ("OpenDocument", "a.odt", zipped("content.xml", "<text:p>Åby<text:s/>Bibliotek</text:p>".as_bytes())),
        ("the name of an entry", "a.zip", zipped("Kort over Nordby.txt", b"x")),
        ("a ZIP in a ZIP", "a.zip", zipped("b.docx", &docx)),
        ("UTF-16, low byte first", "a.txt", utf16("\u{feff}Om Åby Bibliotek.", u16::to_le_bytes)),
        ("UTF-16, high byte first", "a.csv", utf16("Om Åby Bibliotek.", u16::to_be_bytes)),
        ("UTF-16 within other bytes", "a.bin", [b"\x01\x02\x03\x80\0\x07".to_vec(), utf16("Nordby", u16::to_le_bytes)].concat()),
        ("Latin-1", "a.txt", b"Om \xC5by Bibliotek.".to_vec()),
        ("letters of an SVG", "a.svg", "<svg><text><tspan x='1'>N</tspan>\n<tspan>o</tspan>\n<tspan>r</tspan>\n<tspan>d</tspan>\n<tspan>b</tspan>\n<tspan>y</tspan></text></svg>".into()),
        ("a print view", "print/a.pdf", print.into()),
        ("a script", "a.js", "f(\"\\xc5by Bibliotek\")".into()),
        ("RTF", "a.rtf", b"{\\rtf1 \\'c5by Bibliotek}".to_vec()),
        ("the middle of a file name", "plan-nordby-2024.12345678.pdf", Vec::new()),
        ("a file name written together", "planringgadesyd.12345678.svg", Vec::new()),
        ("metadata of a picture", "a.jpg", b"\xff\xd8\xff\xfe\x00\x20Nordby\xff\xd9".to_vec()),
    ];
    for (way, path, bytes) in ways {
        let found = found(path, &bytes);
        assert!(found.iter().any(|fault| fault.code().name() == "leak"), "{way}: {found:?}");
    }
}

#[cfg(feature = "pdf")]
#[test]
fn a_private_word_is_found_on_the_pages_of_a_pdf() {
    let desk = Desk::new();
    desk.write("bog/handbook.yaml", "title: Prøve\nsections: [{ folder: oevelser, kind: exercise, title: Øvelser }]\n");
    desk.write(
        "bog/oevelser/a.md",
        "---\ntitle: Åby *Bibliotek* viser vej\nwhen: between\nminutes: 10\n---\n\nVi går en tur.\n",
    );
    desk.run("print bog --out ud");
    let pdfs = walkdir::WalkDir::new(desk.at("ud")).into_iter().filter_map(Result::ok);
    let pdf = pdfs
        .map(|entry| entry.into_path())
        .find(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .unwrap();
    let bytes = std::fs::read(pdf).unwrap();
    assert!(found("a.pdf", &bytes).iter().any(|fault| fault.code().name() == "leak"));
    for cut in [100, bytes.len() / 2, bytes.len() - 10] {
        found("a.pdf", &bytes[..cut]);
    }
}

/// Creates a base with two clients, each with files of its own and links to them.
fn clients(nordby: &[(&str, &[u8])], soeby: &[(&str, &[u8])]) -> Desk {
    let desk = Desk::new();
    desk.write("base/handbook.yaml", "title: Fælles\n");
    desk.write("base/index.md", "# Forside\n\nHej alle sammen her i huset, hvor vi siger goddag.\n");
    for (client, files) in [("nordby", nordby), ("soeby", soeby)] {
        desk.write(&format!("{client}/handbook.yaml"), format!("extends: ../base\ntitle: {client}\n"));
        let links: String = files.iter().map(|(path, _)| format!("[Her er en fil]({path}).\n\n")).collect();
        desk.write(&format!("{client}/filer.md"), format!("# Filer\n\n{links}"));
        files.iter().for_each(|(path, bytes)| desk.write(&format!("{client}/{path}"), bytes));
    }
    desk.write("nordby/handbook.yaml", "extends: ../base\ntitle: nordby\nprivate: [Nordby, Ringgade]\n");
    desk
}

fn has_leak(ran: &Ran) -> bool {
    ran.code == 1 && ran.err.contains("error[leak]")
}

#[test]
fn a_large_file_is_searched_from_end_to_end() {
    let mut film = vec![0; 17 << 20];
    let at = film.len() - 100;
    film[at..at + 8].copy_from_slice(b"Ringgade");
    let ran = clients(&[], &[("film.mp4", &film)]).run("check nordby soeby --format short");
    assert!(has_leak(&ran) && ran.err.contains("film."), "{}", ran.err);
}

#[test]
fn a_large_file_of_one_client_is_known_under_another_name() {
    let mut film = vec![0; 17 << 20];
    film[..4].copy_from_slice(b"film");
    let ran = clients(&[("film.mp4", &film)], &[("video.mp4", &film)]).run("check nordby soeby --format short");
    assert!(has_leak(&ran) && ran.err.contains("nordby/film.mp4"), "{}", ran.err);
    let same = clients(&[("film.mp4", &film)], &[("film.mp4", &film)]).run("check nordby soeby --format short");
    assert_eq!(same.code, 0, "{}", same.err);
}

#[test]
fn the_name_of_another_organisation_is_found_on_a_page() {
    let desk = clients(&[], &[]);
    desk.write(
        "nordby/handbook.yaml",
        "extends: ../base\ntitle: nordby\nbrand: { organisation: Ejby Kulturhus, contact: Ole Bolesen }\n",
    );
    desk.write("soeby/q.md", "# Q\n\nVi i Ejby Kulturhus siger velkommen, og Ole Bolesen hilser.\n");
    let ran = desk.run("check nordby soeby --format short");
    assert_eq!((ran.code, ran.err.matches("error[leak]").count()), (1, 2), "{}", ran.err);
    // Two houses of one organisation.
    let same = "extends: ../base\ntitle: soeby\nbrand: { organisation: Ejby Kulturhus, contact: Ole Bolesen }\n";
    desk.write("soeby/handbook.yaml", same);
    desk.run("check nordby soeby").is_clean();
}

#[test]
fn a_private_word_that_cannot_be_searched_for_is_an_error() {
    for word in ["a", "C++", "\"{borgeren}\""] {
        let desk = Desk::with_files(&[("index.md", "# A\n")]);
        desk.write("bog/handbook.yaml", format!("title: Prøve\nprivate: [Nordby, {word}]\n"));
        assert_eq!(desk.run("check bog").code, 1, "{word}");
    }
}

#[test]
fn the_editions_of_both_audiences_are_searched() {
    let desk = clients(&[], &[]);
    desk.write("soeby/vejledning.md", "# Vejledning\n\nSe her.\n\n> [!FACILITATOR]\n> Gør som Nordbys vært.\n");
    let ran = desk.run("check nordby soeby --format short");
    assert!(has_leak(&ran) && ran.err.contains("soeby-facilitator"), "{}", ran.err);
    assert!(!ran.out.contains("facilitator"), "{}", ran.out);
}

#[test]
fn what_cannot_be_searched_is_reported() {
    let scanned = include_bytes!("../diagnostics/unsearched-file/guide/referat.pdf");
    let desk = clients(&[], &[("plan.pdf", scanned), ("referat.docx", b"PK\x03\x04 og ikke mere")]);
    let ran = desk.run("check nordby soeby --format short");
    assert_eq!(ran.err.matches("warning[").count(), 2, "{}", ran.err);
    assert!(ran.err.contains("soeby/plan.pdf: warning[unsearched-file]"), "{}", ran.err);
    // A file that cannot be opened is reported once.
    assert!(ran.err.contains("soeby/referat.docx: warning[metadata-in-file]"), "{}", ran.err);
    let settings = desk.read("soeby/handbook.yaml");
    desk.write("soeby/handbook.yaml", settings + "attachments: [plan.pdf, referat.docx]\n");
    desk.run("check nordby soeby").is_clean();
}

#[test]
fn a_message_about_one_client_quotes_no_file_of_another() {
    let desk = clients(&[], &[]);
    desk.write("soeby/erfaringer.md", "# Erfaringer\n\nDet helt fortrolige ønske kom fra Nordbys gæster.\n");
    desk.write("soeby/fusion.md", "---\ntitle: Den fortrolige fusion\naliases: [hemmeligt-navn]\n---\n\nIntet.\n");
    desk.write("nordby/a.md", "# A\n\n[Se her](../soeby/fusoin.md), ![[../soeby/fusion]], [[hemmeligt-navm]].\n");
    for format in ["human", "short", "json"] {
        let ran = desk.run(&format!("check nordby soeby --format {format}"));
        let said = ran.err + &ran.out;
        assert!(said.contains("leak") && !said.contains("fortrolige") && !said.contains("hemmeligt-navn"), "{said}");
    }
}

#[test]
fn text_that_is_hidden_from_participants_is_searched_for_in_one_handbook() {
    let desk = Desk::with_files(&[
        ("index.md", "# Forside\n\nGoddag, og velkommen her i huset. %% Husk at spørge Karla om nøglen %%\n"),
        (
            "guide/a.md",
            "# A\n\nTag godt imod.\n\n> [!FACILITATOR] Sådan slutter du\n> Sig, at ingen får en præmie i dag.\n",
        ),
        ("guide/b.md", "---\naudience: facilitator\n---\n\n# B\n\nDen rigtige løsning er nummer fire.\n"),
    ]);
    desk.run("check bog --strict").is_clean();
    // The theme's own words contain it, where no stage cuts anything.
    desk.write("bog/handbook.yaml", "title: Prøve\nwords: { home_read: Den rigtige løsning er nummer fire }\n");
    desk.run("check bog").is_clean();
    let public = "# C\n\nDen rigtige løsning er nummer fire.\n";
    desk.write("bog/guide/c.md", public);
    desk.run("check bog").is_clean();
}

/// Generates spellings of a private word that a reader takes as the same.
fn disguised() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["Nordby", "Åby Bibliotek", "Ringgade", "Café Æblet"]);
    let inserted = prop::sample::select(vec![
        "", "", "", "\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}", "&shy;", "&#8203;", "<b></b>", "<wbr>",
    ]);
    let blank =
        prop::sample::select(vec![" ", "-", "\n", "<br>", "<br/>\n", "&nbsp;", "\u{A0}", "\u{2011}", "_", "&#32;"]);
    let case = prop::sample::select(vec![str::to_owned as fn(&str) -> String, str::to_lowercase, str::to_uppercase]);
    let form = prop::sample::select(vec![0_u8, 1, 2]);
    let suffix = prop::sample::select(vec!["", "s", "'s", "’s"]);
    (word, prop::collection::vec(inserted, 16), blank, case, form, suffix).prop_map(
        |(word, inserted, blank, case, form, suffix)| {
            use unicode_normalization::UnicodeNormalization as _;
            let word: String = case(&format!("{word}{suffix}"));
            let word: String = if form == 1 { word.nfd().collect() } else { word };
            let letters = word.chars().zip(inserted.iter().cycle()).map(|(letter, inserted)| match letter {
                ' ' => blank.to_owned(),
                _ if form == 2 => format!("&#{};{inserted}", u32::from(letter)),
                _ => format!("{letter}{inserted}"),
            });
            letters.collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_private_word_is_found_whatever_is_put_between_its_letters(word in disguised()) {
        let page = format!("<p>Som hos {word} i går</p>");
        prop_assert!(!found("a.html", page.as_bytes()).is_empty(), "{page:?}");
        let docx = zipped("word/document.xml", page.as_bytes());
        prop_assert!(!found("a.docx", &docx).is_empty(), "{page:?}");
    }

    #[test]
    fn no_bytes_break_the_search_down(start in prop::sample::select(vec![&b"%PDF-1.7\n1 0 obj\n"[..], b"PK\x03\x04", b"\xFF\xFE", b"<svg>", b"{\"a\":", b""]), bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        found("a.bin", &[start, &bytes].concat());
    }
}

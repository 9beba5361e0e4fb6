//! Tests which files pages may link to.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::handbook::{Built, Handbook};

/// A ZIP file with these parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");
const ODT: (&str, &str) = ("mimetype", "application/vnd.oasis.opendocument.text");

#[test]
fn a_document_with_macros_is_not_published_whatever_its_name() {
    let macros = (
        "[Content_Types].xml",
        "<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>",
    );
    for (name, parts, part) in [
        ("a.docx", vec![TYPES, ("word/vbaProject.bin", "RUNS")], "vbaProject.bin"),
        ("a.docx", vec![macros, ("word/document.xml", "<w/>")], "macroEnabled"),
        ("a.xlsx", vec![TYPES, ("xl/activeX/activeX1.bin", "RUNS")], "activeX1.bin"),
        ("a.pptx", vec![TYPES, ("ppt/embeddings/oleObject1.bin", "RUNS")], "oleObject1.bin"),
        ("a.odt", vec![ODT, ("Basic/Standard/Module1.xml", "<m>RUNS</m>")], "Module1.xml"),
        ("a.ods", vec![ODT, ("Scripts/python/a.py", "RUNS")], "a.py"),
    ] {
        let built = linked(name, &packed(&parts), "");
        assert_eq!(built.codes(), ["file-type"], "{part}: {}", built.report());
        assert!(
            built.report().contains(part) && built.report().contains(&format!("attachments: [{name}]")),
            "{}",
            built.report()
        );
        assert!(!published(&built, "PK\u{3}\u{4}"), "{part}");
        linked(name, &packed(&parts), &format!("attachments: [{name}]\n")).assert_clean();
    }
    linked("a.odt", &packed(&[ODT, ("Basic/script-lc.xml", "<m/>")]), "").assert_clean();
}

#[test]
fn a_pdf_that_runs_is_not_published() {
    let pdf = |catalog: &str, objects: &str| {
        format!(
            "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R {catalog}>>\nendobj\n\
             2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
             3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n{objects}\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
        )
    };
    for (catalog, objects, part) in [
        ("", "4 0 obj\n<</S/JavaScript/JS(RUNS)>>\nendobj", "JavaScript"),
        ("/OpenAction<</S/JavaScript/JS(RUNS)>>", "", "JavaScript"),
        ("/OpenAction<</S/GoTo/Next<</S/Launch/F(RUNS)>>>>", "", "Launch"),
        ("", "4 0 obj\n<</Annots[<</Subtype/Link/A<</S/Launch/F(RUNS)>>>>]>>\nendobj", "Launch"),
        ("", "4 0 obj\n<</Type/Filespec/F(RUNS.exe)/EF<</F 9 0 R>>>>\nendobj", "RUNS.exe"),
    ] {
        let built = linked("a.pdf", pdf(catalog, objects).as_bytes(), "");
        assert_eq!(built.codes(), ["file-type"], "{catalog} {objects}: {}", built.report());
        assert!(built.report().contains(part), "{}", built.report());
    }
}

#[test]
fn what_a_document_does_not_show_is_reported() {
    for (name, parts, found) in [
        ("a.pptx", vec![TYPES, ("ppt/slides/slide1.xml", "<p:sld show='0'><a:t>KAMELIA</a:t></p:sld>")], "KAMELIA"),
        ("a.xlsx", vec![TYPES, ("xl/workbook.xml", "<sheet name='KAMELIA' state='hidden'/>")], "KAMELIA"),
        ("a.xlsx", vec![TYPES, ("xl/worksheets/sheet1.xml", "<row r='4' hidden='1'><c><v>1</v></c></row>")], "row 4"),
        (
            "a.docx",
            vec![TYPES, ("word/document.xml", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>KAMELIA</w:t></w:r></w:p>")],
            "KAMELIA",
        ),
        ("a.docx", vec![TYPES, ("customXml/item1.xml", "<kunde><author>KAMELIA</author></kunde>")], "KAMELIA"),
        (
            "a.docx",
            vec![
                TYPES,
                (
                    "docProps/custom.xml",
                    "<Properties><property name='Kunde'><vt:lpwstr>KAMELIA</vt:lpwstr></property></Properties>",
                ),
            ],
            "KAMELIA",
        ),
        (
            "a.epub",
            vec![
                ("mimetype", "application/epub+zip"),
                ("c.opf", "<package><metadata><dc:creator>KAMELIA</dc:creator></metadata></package>"),
            ],
            "KAMELIA",
        ),
        ("a.odt", vec![ODT, ("content.xml", "<annotation><dc:creator>KAMELIA</dc:creator></annotation>")], "KAMELIA"),
        ("a.pages", vec![("Index/Document.iwa", "x")], "not looked into"),
        ("a.key", vec![("Index/Document.iwa", "x")], "not looked into"),
    ] {
        let built = linked(name, &packed(&parts), "");
        assert_eq!(built.codes(), ["metadata-in-file"], "{name} {parts:?}: {}", built.report());
        assert!(built.report().contains(found), "{name}: {}", built.report());
    }
    let shown = "<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Vist</w:t></w:r><w:r><w:t>Vist</w:t></w:r></w:p>";
    linked("a.docx", &packed(&[TYPES, ("word/document.xml", shown)]), "").assert_clean();
}

#[test]
fn an_unknown_type_is_not_said_to_run() {
    for name in ["mappe/a.dat", "mappe/a.gpx"] {
        let report = linked(name, b"x", "").report();
        assert!(!report.contains("can run") && !report.contains("kan køre"), "{report}");
        let (one, all) = (report.find(&format!("[{name}]")), report.find(&format!("[{}]", &name[8..])));
        assert!(one.is_some() && one < all, "{report}");
    }
}

fn linked(name: &str, bytes: &[u8], settings: &str) -> Built {
    Handbook::new()
        .settings(&format!("title: T\n{settings}"))
        .file("index.md", &format!("# F\n\nHent [filen](<{name}>).\n"))
        .bytes(name, bytes)
        .keep_going()
        .build()
}

fn published(built: &Built, text: &str) -> bool {
    built.outputs.values().any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
}

#[test]
fn a_file_that_runs_is_not_published() {
    for name in [
        "a.html",
        "a.HTM",
        "a.xhtml",
        "a.svgz",
        "a.js",
        "a.hta",
        "a.exe",
        "a.bat",
        "a.url",
        "a.swf",
        "a.xsl",
        "a.html.",
        "a.html ",
        "a.pdf.exe",
        "a.docm",
        "a.yaml",
        "a.php",
    ] {
        let built = linked(name, b"RUNS", "");
        assert_eq!(built.codes(), ["file-type"], "{name}: {}", built.report());
        assert!(!published(&built, "RUNS"), "{name}");
    }
}

#[test]
fn a_harmless_name_does_not_make_a_file_harmless() {
    for (bytes, kind) in [
        (b"<!DOCTYPE html><p>RUNS".as_slice(), "html"),
        (b"\xef\xbb\xbf\n <ScRiPt>RUNS</script>", "html"),
        (b"<?xml version='1.0'?><?xml-stylesheet href='RUNS'?><a/>", "xml"),
        (b"MZ RUNS", "exe"),
        (b"#!/bin/sh\nRUNS", "sh"),
    ] {
        for name in ["a.txt", "a.pdf", "LICENSE"] {
            let built = linked(name, bytes, "");
            assert_eq!(built.codes(), ["file-type"], "{name}: {}", built.report());
            assert!(built.report().contains(&format!("`attachments: [{kind}]`")), "{}", built.report());
            assert!(!published(&built, "RUNS"), "{name}");
        }
    }
    let drawing = linked("a.txt", b"<svg xmlns='http://www.w3.org/2000/svg'>RUNS</svg>", "");
    assert_eq!(drawing.codes(), ["unreadable-file"]);
}

#[test]
fn harmless_files_are_published() {
    for name in ["a.txt", "a.csv", "LICENSE", "a.tar", "a.woff2", "a.json"] {
        let built = linked(name, b"SHOWN", "");
        built.assert_clean();
        assert!(published(&built, "SHOWN"), "{name}");
    }
}

#[test]
fn settings_allow_a_type_or_a_file() {
    for settings in ["attachments: [html]\n", "attachments: [mappe/a.html]\n", "attachments: html\n"] {
        let built = linked("mappe/a.html", b"<html>RUNS", settings);
        built.assert_clean();
        assert!(published(&built, "RUNS"), "{settings}");
    }
    assert_eq!(linked("a.html", b"<html>", "attachments: [js]\n").codes(), ["file-type"]);
    let wrong = linked("a.txt", b"x", "attachments: [.HTML]\n");
    assert_eq!(wrong.codes(), ["invalid-value"]);
    assert!(wrong.report().contains("`html`"), "{}", wrong.report());
}

#[test]
fn what_a_base_allows_holds_in_its_editions_and_an_edition_may_allow_more() {
    let base = Handbook::new()
        .settings("title: T\nattachments: [html]\n")
        .file("index.md", "# F\n\n[a](a.html)\n")
        .bytes("a.html", b"<html>");
    let edition =
        Handbook::new().settings("attachments: [js]\n").file("b.md", "# B\n\n[b](b.js)\n").bytes("b.js", b"x");
    edition.extending(&base, "kunde").build().assert_clean();
}

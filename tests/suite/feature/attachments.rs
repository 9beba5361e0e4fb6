//! Tests which files pages may link to.

use crate::handbook::{Built, Handbook};

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

//! Tests addresses that a publish removes: they are reported before, with the item that may redirect from each.

use std::fs;

use crate::desk::Desk;

fn published() -> Desk {
    let desk = Desk::with_files(&[
        ("index.md", "# Forside\n"),
        ("guide/kaffe.md", "# Kaffe på kanden\n\nVi skænker en kop.\n"),
        ("guide/te.md", "# Te\n\nVi brygger en kande.\n"),
        ("guide/saft.md", "# Saft\n\nVi blander en saft.\n"),
    ]);
    desk.run("publish bog --to www").is_clean();
    desk
}

/// Returns the output of a publish, dry and not, that removes addresses.
fn said(desk: &Desk) -> [String; 2] {
    let dry = desk.run("publish bog --to www --dry-run");
    let done = desk.run("publish bog --to www");
    assert_eq!((dry.code, done.code), (0, 0), "{}{}", dry.err, done.err);
    [dry.out, done.out]
}

#[test]
fn an_item_with_the_same_text_is_proposed() {
    let desk = published();
    fs::create_dir(desk.at("bog/drikke")).unwrap();
    fs::rename(desk.at("bog/guide/kaffe.md"), desk.at("bog/drikke/sort-guld.md")).unwrap();
    for out in said(&desk) {
        let line = "  guide/kaffe.html: `bog/drikke/sort-guld.md` has its text; with `moved_from: [guide/kaffe]` in it the address leads there\n";
        assert!(out.contains(&format!("addresses that lead nowhere after this:\n{line}")), "{out}");
    }
    // Once it is written there, it redirects, and nothing is removed.
    let text = desk.read("bog/drikke/sort-guld.md");
    desk.write("bog/drikke/sort-guld.md", format!("---\nmoved_from: [guide/kaffe]\n---\n\n{text}"));
    for out in said(&desk) {
        assert!(!out.contains("lead nowhere"), "{out}");
    }
    assert!(desk.exists("www/guide/kaffe.html"));
}

#[test]
fn an_item_with_the_same_name_or_title_or_nearly_the_same_id_is_proposed() {
    for (path, text) in [
        ("drikke/kaffe.md", "# Noget helt andet\n\nEn tekst.\n"),
        ("drikke/mokka.md", "# Kaffe på kanden\n\nEn tekst.\n"),
        ("guide/kaffen.md", "# Noget helt andet\n\nEn tekst.\n"),
    ] {
        let desk = published();
        fs::remove_file(desk.at("bog/guide/kaffe.md")).unwrap();
        desk.write(&format!("bog/{path}"), text);
        let [out, _] = said(&desk);
        assert!(out.contains(&format!("  guide/kaffe.html: `bog/{path}` may be what it became; with")), "{out}");
    }
}

#[test]
fn an_address_that_nothing_takes_over_is_told_all_the_same_and_no_old_item_is_proposed() {
    let desk = published();
    fs::remove_file(desk.at("bog/guide/te.md")).unwrap();
    for out in said(&desk) {
        assert!(out.contains("after this:\n  guide/te.html\n"), "{out}");
    }
    assert!(!said(&desk)[1].contains("lead nowhere"), "what is gone is told once");
}

#[test]
fn a_zip_file_and_an_old_manifest_tell_as_well() {
    let desk = published();
    desk.run("publish bog --zip site.zip").is_clean();
    let manifest = desk.read("www/.vaert-manifest");
    let old =
        manifest.split_inclusive('\n').filter(|line| !line.starts_with("# note ") && !line.starts_with("# option "));
    desk.write("www/.vaert-manifest", old.collect::<String>());
    fs::create_dir(desk.at("bog/drikke")).unwrap();
    fs::rename(desk.at("bog/guide/te.md"), desk.at("bog/drikke/te.md")).unwrap();
    let ran = desk.run("publish bog --to www");
    assert!(ran.out.contains("  guide/te.html: `bog/drikke/te.md` may be what it became"), "{}", ran.out);
    let ran = desk.run("publish bog --zip site.zip");
    assert!(ran.out.contains("  guide/te.html: `bog/drikke/te.md` has its text"), "{}", ran.out);
}

#[test]
fn tools_are_told_the_file_of_the_item() {
    let desk = published();
    fs::rename(desk.at("bog/guide/te.md"), desk.at("bog/guide/urtete.md")).unwrap();
    let line = "{\"change\":\"removed\",\"path\":\"guide/te.html\",\"successor\":\"bog/guide/urtete.md\"}\n";
    for dry in [" --dry-run", ""] {
        let ran = desk.run(&format!("publish bog --to www --format json{dry}"));
        assert!(ran.out.contains(line), "{}", ran.out);
        assert!(ran.out.lines().all(|line| line.starts_with('{')), "{}", ran.out);
    }
}

#[test]
fn the_pages_of_another_edition_are_none_of_ones_own() {
    let desk = published();
    desk.run("init museet").is_clean();
    let ran = desk.run("publish museet --to www --force");
    assert!(ran.code == 0 && !ran.out.contains("guide/"), "{}", ran.out);
}

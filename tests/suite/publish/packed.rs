//! The site as one ZIP file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;

use super::tree;
use crate::desk::Desk;

fn unpacked(file: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(File::open(file).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(entry.name().unwrap().into_owned(), bytes);
    }
    files
}

#[test]
fn the_file_holds_what_the_folder_holds() {
    let desk = Desk::with_handbook();
    let ran = desk.run("publish bog --to www --zip site.zip");
    ran.is_clean();
    assert!(ran.out.contains("\nsite.zip: ") && ran.out.contains(" files packed, "), "{}", ran.out);
    let mut packed = unpacked(&desk.at("site.zip"));
    let manifest = packed.remove(".vaert-manifest").unwrap();
    assert_eq!(manifest, fs::read(desk.at("www/.vaert-manifest")).unwrap());
    assert_eq!(packed, tree(&desk.at("www")));
}

#[test]
fn the_same_site_gives_the_same_bytes_with_a_folder_and_without_whenever_it_is_packed() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www --zip a.zip").is_clean();
    std::thread::sleep(std::time::Duration::from_millis(2100));
    desk.run("publish bog --zip b.zip").is_clean();
    desk.run("publish bog --zip b.zip").is_clean();
    assert!(fs::read(desk.at("a.zip")).unwrap() == fs::read(desk.at("b.zip")).unwrap());
    let left: Vec<_> = fs::read_dir(desk.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_str().unwrap().ends_with(".new")), "{left:?}");
}

#[test]
fn an_unpacked_file_can_be_published_to() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --zip site.zip").is_clean();
    zip::ZipArchive::new(File::open(desk.at("site.zip")).unwrap()).unwrap().extract(desk.at("www")).unwrap();
    let ran = desk.run("publish bog --to www");
    ran.is_clean();
    assert!(ran.out.contains(" 0 files written, "), "{}", ran.out);
}

/// Returns a ZIP file that is not ours, with one file in it.
fn foreign_archive() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("ferie.txt", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(b"min").unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_file_of_others_is_not_replaced_nor_a_file_of_another_edition() {
    let desk = Desk::with_handbook();
    desk.write("site.zip", foreign_archive());
    let ran = desk.run("publish bog --zip site.zip");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no site that vaert packed") && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(fs::read(desk.at("site.zip")).unwrap(), foreign_archive());
    desk.run("publish bog --zip site.zip --force").is_clean();
    let ran = desk.run("publish bog --zip site.zip --audience facilitator");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`site.zip` holds the edition `bog`"), "{}", ran.err);
}

#[test]
fn what_is_no_zip_file_or_belongs_to_the_source_is_never_replaced() {
    let desk = Desk::with_handbook();
    desk.write("mit.zip", "mit");
    desk.write("tom.zip", "");
    desk.write("brev.docx", foreign_archive());
    desk.write("bog/oevelser/bilag.zip", foreign_archive());
    fs::create_dir(desk.at("mappe.zip")).unwrap();
    for (file, said) in [
        ("mit.zip", "is no ZIP file"),
        ("tom.zip", "is no ZIP file"),
        ("brev.docx", "is no ZIP file"),
        ("mappe.zip", "is no ZIP file"),
        ("bog/handbook.yaml", "is no ZIP file"),
        ("bog/oevelser/det-foerste-blik.md", "is no ZIP file"),
        ("bog/oevelser/bilag.zip", "what the site is made of"),
        ("findes-ikke/site.zip", "is not there"),
    ] {
        let before = fs::read(desk.at(file)).ok();
        for force in ["", " --force", " --force --to www"] {
            let ran = desk.run(&format!("publish bog --zip {file}{force}"));
            assert_eq!(ran.code, 2, "{file}{force}: {}", ran.out);
            assert!(ran.err.contains(said), "{file}{force}: {}", ran.err);
            assert_eq!(fs::read(desk.at(file)).ok(), before, "{file}{force}");
        }
        assert!(!desk.exists("www"), "{file}");
    }
}

#[test]
fn a_file_in_the_published_folder_is_never_packed_into() {
    let desk = Desk::with_handbook();
    for to in ["www", "./www/", "andet/../www"] {
        desk.write("andet/a", "");
        let ran = desk.run(&format!("publish bog --to {to} --zip www"));
        assert!(ran.code == 2 && ran.err.contains("where the site itself goes"), "{to}: {}", ran.err);
    }
    assert!(!desk.exists("www"));
    desk.run("publish bog --to www").is_clean();
    let before = desk.read("www/index.html");
    for file in ["www/index.html", "www/ny.zip", "www/oevelser/ny.zip", "andet/../www/ny.zip"] {
        for force in ["", " --force", " --dry-run"] {
            let ran = desk.run(&format!("publish bog --to www --zip {file}{force}"));
            assert!(ran.code == 2 && ran.err.contains("where the site itself goes"), "{file}: {}", ran.err);
        }
    }
    assert_eq!(desk.read("www/index.html"), before);
    assert!(!desk.exists("www/ny.zip") && !desk.exists("www/oevelser/ny.zip"));
    desk.run("publish bog --to www --zip www.zip").is_clean();
}

#[test]
fn a_site_that_lies_packed_in_the_handbook_is_packed_again_but_another_is_left_alone() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --zip bog/site.zip").is_clean();
    desk.run("publish bog --zip bog/site.zip").is_clean();
    let ran = desk.run("publish bog --audience facilitator --force --zip bog/site.zip");
    assert!(ran.code == 2 && ran.err.contains("what the site is made of"), "{}", ran.err);
}

#[test]
fn a_name_as_long_as_one_can_be_is_packed_into() {
    let desk = Desk::with_handbook();
    let name = format!("{}.zip", "a".repeat(251));
    desk.run(&format!("publish bog --zip {name}")).is_clean();
    assert!(desk.exists(&name));
}

#[test]
fn a_dry_run_compares_with_what_is_packed_and_writes_nothing() {
    let desk = Desk::with_files(&[("index.md", "# A\n"), ("s/b.md", "# B\n\nTekst.\n")]);
    let ran = desk.run("publish bog --zip site.zip --dry-run");
    ran.is_clean();
    assert!(ran.out.contains("\n+ index.html\n") && !desk.exists("site.zip"), "{}", ran.out);
    desk.run("publish bog --zip site.zip --server iis").is_clean();
    let before = fs::read(desk.at("site.zip")).unwrap();
    fs::rename(desk.at("bog/s/b.md"), desk.at("bog/s/c.md")).unwrap();
    let ran = desk.run("publish bog --zip site.zip --dry-run");
    assert!(ran.code == 2 && ran.err.contains("--server iis"), "{}", ran.err);
    for line in ["+ s/c.html", "- s/b.html", "- web.config"] {
        assert!(ran.out.lines().any(|found| found == line), "{line} is not in\n{}", ran.out);
    }
    assert!(ran.out.contains("\nsite.zip: ") && ran.out.contains("`bog/s/c.md` has its text"), "{}", ran.out);
    assert!(!ran.out.contains("404.html"), "{}", ran.out);
    assert!(fs::read(desk.at("site.zip")).unwrap() == before);
}

//! The site as one ZIP file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
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

#[test]
fn a_file_of_others_is_not_replaced_nor_a_file_of_another_edition() {
    let desk = Desk::with_handbook();
    desk.write("site.zip", "mit");
    let ran = desk.run("publish bog --zip site.zip");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no site that vaert packed") && desk.read("site.zip") == "mit", "{}", ran.err);
    desk.run("publish bog --zip site.zip --force").is_clean();
    let ran = desk.run("publish bog --zip site.zip --audience facilitator");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`site.zip` holds the edition `bog`"), "{}", ran.err);
}

//! Publishing: to a folder that readers see, by difference, in an order that a reader never notices, and as one file.

mod claims;
mod command;
mod gone;
mod hidden;
mod killed;
mod left;
mod news;
mod options;
mod packed;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every file below `folder` but those that begin with a dot, with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap()))
        .filter(|(path, _)| !path.starts_with('.'))
        .collect()
}

/// Returns the files that pages in `folder` need and that do not exist, as "file: address": style sheets, scripts,
/// images, icons, files that the search loads, and files that style sheets refer to. Links to other pages do not count.
fn missing_assets(folder: &Path) -> Vec<String> {
    let mut missing = Vec::new();
    let mut sheets = BTreeSet::new();
    let mut look = |from: &Path, needs: Vec<String>| {
        for address in needs {
            let place = place_of(from, &address);
            if !place.is_file() {
                missing.push(format!("{}: {address}", from.display()));
            } else if address.ends_with(".css") {
                sheets.insert(place.canonicalize().unwrap());
            }
        }
    };
    // Nobody reads staged files yet.
    let published =
        walkdir::WalkDir::new(folder).into_iter().filter_entry(|entry| entry.file_name() != ".vaert-staging");
    for entry in published.filter_map(Result::ok) {
        if entry.path().extension().is_some_and(|extension| extension == "html") {
            look(entry.path(), needs_of_page(&fs::read_to_string(entry.path()).unwrap()));
        }
    }
    for sheet in sheets {
        let needs = needs_of_sheet(&fs::read_to_string(&sheet).unwrap());
        let lost = needs.into_iter().filter(|address| !place_of(&sheet, address).is_file());
        missing.extend(lost.map(|address| format!("{}: {address}", sheet.display())));
    }
    missing
}

fn needs_of_page(html: &str) -> Vec<String> {
    let mut needs = Vec::new();
    for (mark, is_list) in [
        (" src=\"", false),
        ("<link rel=\"stylesheet\" href=\"", false),
        ("<link rel=\"icon\" href=\"", false),
        (" data-scripts=\"", true),
    ] {
        for rest in html.split(mark).skip(1) {
            let value = rest.split_once('"').unwrap().0;
            match is_list {
                true => needs.extend(value.split(' ').map(str::to_owned)),
                false => needs.push(value.to_owned()),
            }
        }
    }
    needs
}

fn needs_of_sheet(css: &str) -> Vec<String> {
    let addresses = css.split("url(").skip(1).filter_map(|rest| rest.split_once(')'));
    addresses
        .map(|(address, _)| address.trim_matches(['"', '\'']).to_owned())
        .filter(|address| !address.starts_with(['#', 'd']))
        .collect()
}

fn place_of(from: &Path, address: &str) -> PathBuf {
    from.parent().unwrap().join(address.split(['?', '#']).next().unwrap())
}

#[test]
fn the_test_of_what_is_missing_sees_what_is_missing() {
    let temp = tempfile::tempdir().unwrap();
    fs::create_dir(temp.path().join("a")).unwrap();
    fs::write(temp.path().join("x.css"), "b{c:url(\"no.woff2\")}").unwrap();
    let page = "<link rel=\"stylesheet\" href=\"../x.css\"><img src=\"no.png\"><form data-scripts=\"../x.css no.js\"><a href=\"no.html\">";
    fs::write(temp.path().join("a/p.html"), page).unwrap();
    let mut missing: Vec<String> =
        missing_assets(temp.path()).iter().map(|text| text.rsplit(' ').next().unwrap().to_owned()).collect();
    missing.sort();
    assert_eq!(missing, ["no.js", "no.png", "no.woff2"]);
}

//! Tests characters that nobody sees, put at random into marks that hide text: nothing that participants get contains
//! the text, however the handbook is published.

use std::fs::{self, File};
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::sample::select;

use super::tree;
use crate::desk::Desk;

/// A word that only hidden text contains; in lower case, like everything in the search index.
const SECRET: &str = "kanelsnegl";

/// Pages that hide `§` by `@`, which stands for the mark.
const PAGES: [(&str, &str); 8] = [
    ("# A\n\nÅben.\n\n> @ § til dig\n> Husk §.\n", "[!FACILITATOR]"),
    ("# A\n\n- Trin\n\n  > @\n  > §.\n", "[!SVAR]"),
    ("# A\n\nÅben. @ § %%\n", "%%"),
    ("# A\n\nÅben. @ § -->\n", "<!--"),
    ("---\n@\n---\n\n# §\n\n§.\n", "draft: true"),
    ("---\n@\n---\n\n# §\n\n§.\n", "publish: false"),
    ("---\nchanges: Om §\n@\n---\n\n# A\n\n§.\n", "audience: facilitator"),
    ("# A\n\nÅben.[^1]\n\n> @\n> Se §.\n>\n> [^1]: Om §.\n", "[!FACILITATOR]"),
];

fn page() -> impl Strategy<Value = String> {
    let unseen = vec!["", "\u{a0}", "\u{ad}", "\u{200b}", "\u{2060}", "\u{feff}", " ", "\u{202f}"];
    let slips = prop::collection::vec((0..1000_usize, select(unseen)), 1..3);
    (select(PAGES.to_vec()), slips).prop_map(|((page, mark), slips)| {
        let mut mark: Vec<char> = mark.chars().collect();
        for (at, slip) in slips {
            let at = at * (mark.len() + 1) / 1000;
            mark.splice(at..at, slip.chars());
        }
        page.replace('@', &mark.into_iter().collect::<String>()).replace('§', "Kanelsnegl")
    })
}

/// Returns the bytes of a file and the text that it shows: the files in a ZIP, the text of a PDF.
fn shown(path: &Path, bytes: &[u8]) -> String {
    let mut all = String::from_utf8_lossy(bytes).to_lowercase();
    if path.extension().is_some_and(|extension| extension == "pdf") {
        let text = Command::new("pdftotext").arg(path).arg("-").stderr(Stdio::inherit()).output().unwrap();
        all += &String::from_utf8_lossy(&text.stdout).to_lowercase();
    }
    if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) {
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut packed = Vec::new();
            entry.read_to_end(&mut packed).unwrap();
            all += &entry.name().unwrap().to_lowercase();
            all += &String::from_utf8_lossy(&packed).to_lowercase();
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_character_that_nobody_sees_lets_hidden_text_into_what_is_published(page in page()) {
        let desk = Desk::with_files(&[("index.md", "# Forside\n\nGoddag.\n"), ("guide/b.md", "# B\n\nTekst.\n")]);
        desk.write("bog/handbook.yaml", "title: Prøve\nnews: true\nsite_url: https://example.org/\n");
        desk.run("publish bog --to www --pdf").is_clean();
        desk.write("bog/guide/a.md", &page);
        let ran = desk.run("publish bog --to www --pdf --zip site.zip");
        let said = format!("{}{}", ran.out, ran.err).to_lowercase();
        // The source text in a message is for the author.
        let is_refused = ran.code != 0;
        prop_assert!(is_refused || !said.contains(SECRET), "{said}\n{page:?}");
        for path in tree(&desk.at("www")).keys() {
            let place = desk.at("www").join(path);
            let bytes = fs::read(&place).unwrap();
            prop_assert!(!path.contains(SECRET) && !shown(&place, &bytes).contains(SECRET), "{path}:\n{page:?}");
        }
        prop_assert_eq!(desk.exists("site.zip"), !is_refused);
        if !is_refused {
            prop_assert!(tree(&desk.at("www")).keys().any(|path| path.ends_with(".pdf")));
            let mut packed = Vec::new();
            File::open(desk.at("site.zip")).unwrap().read_to_end(&mut packed).unwrap();
            prop_assert!(!shown(Path::new("site.zip"), &packed).contains(SECRET), "site.zip:\n{page:?}");
        }
    }
}

//! Files that were to be pages, and whose names end otherwise: nobody would miss them until a reader does.

use std::collections::HashSet;
use std::sync::Arc;

use super::link_path::file_name;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::Stack;
use crate::parse::Document;

/// What else Markdown is named, and what an editor makes of `.md`. A `.txt` by itself is a note more often than a page.
const ENDINGS: [&str; 7] = [".markdown", ".mdown", ".mdwn", ".mkdn", ".mkd", ".mdx", ".md.txt"];

/// Warns of Markdown files with another ending than `.md`, unless one of `documents`, whoever it is for, links to a file
/// of that name: then it is to be downloaded.
pub fn check(stack: &Stack, documents: &[Arc<Document>], diagnostics: &mut Vec<Diagnostic>) {
    let mut linked = None;
    for (path, file) in stack.files.iter() {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(mended) = mended(name) else { continue };
        let linked: &HashSet<String> = linked.get_or_insert_with(|| names_in_links(documents));
        if !linked.contains(name) {
            diagnostics.push(Diagnostic::new(Fault::WrongEnding { mended }, &file.shown, 0..0));
        }
    }
}

/// The name that the file wants; nothing where it has it, or is no Markdown.
fn mended(name: &str) -> Option<String> {
    let has = |ending: &&&str| {
        let end = name.len().checked_sub(ending.len()).filter(|end| *end > 0).and_then(|at| name.get(at..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    let ending = ENDINGS.iter().find(has)?;
    Some(format!("{}.md", &name[..name.len() - ending.len()]))
}

fn names_in_links(documents: &[Arc<Document>]) -> HashSet<String> {
    let links = documents.iter().flat_map(|document| document.body.links.iter().map(move |link| (document, link)));
    links.map(|(document, link)| file_name(link.target.get(&document.source.text))).collect()
}

//! Reports the addresses that a publish removes, with the item that may redirect from each.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::build::Build;
use crate::news::{self, Remembered};
use crate::plan::print_outs::is_print_out;
use crate::resolve::book::Item;
use crate::write::Manifest;

/// The number of addresses that are listed for people.
const SHOWN: usize = 30;

/// An address that readers may have kept and that the publish removes.
pub(super) struct Gone {
    /// The address.
    pub(super) path: Arc<str>,
    /// The item that may redirect from it.
    pub(super) successor: Option<Successor>,
}

/// An item that may be the one that had an address.
pub(super) struct Successor {
    /// The id that the address had.
    pub(super) moved_from: String,
    /// The item's file, as messages name it.
    pub(super) file: Arc<str>,
    has_text: bool,
}

/// Returns the pages and print-outs of `build`'s edition that `there` lists and that are not `planned`.
pub(super) fn gone(build: &Build, there: &Manifest, planned: &BTreeSet<&str>) -> Vec<Gone> {
    if there.edition.as_ref() != Some(&build.edition) {
        return Vec::new();
    }
    let paths: Vec<&Arc<str>> = there
        .paths
        .iter()
        .filter(|path| !planned.contains(&***path) && (path.ends_with(".html") || is_print_out(path)))
        .collect();
    if paths.is_empty() {
        return Vec::new();
    }
    let known = news::read(&there.memory.notes);
    let items = build.book().map_or(&[][..], |book| &book.items);
    let is_new = |item: &&Item| !there.paths.contains(&item.address);
    let new: Vec<(&Item, &Remembered)> = items.iter().filter(is_new).filter_map(|item| of(item, build)).collect();
    let remembered: Vec<&Remembered> = new.iter().map(|(_, item)| *item).collect();
    let successor = |path: &str| {
        let id = path.strip_suffix(".html")?;
        let (found, has_text) = news::successor(id, known.get(id), &remembered)?;
        let (item, _) = new.iter().find(|(item, _)| *item.id == *found.id)?;
        let file = Arc::clone(&item.document.source.shown);
        Some(Successor { moved_from: id.to_owned(), file, has_text })
    };
    paths.into_iter().map(|path| Gone { path: Arc::clone(path), successor: successor(path) }).collect()
}

/// Returns an item with its record in the memory of `build`.
fn of<'b>(item: &'b Item, build: &'b Build) -> Option<(&'b Item, &'b Remembered)> {
    let at = build.memory.binary_search_by(|remembered| (*remembered.id).cmp(&*item.id)).ok()?;
    Some((item, &build.memory[at]))
}

/// Returns the list of addresses for people, one a line; empty if none is removed.
pub(super) fn text(gone: &[Gone]) -> String {
    let mut text = String::new();
    if !gone.is_empty() {
        text += "addresses that lead nowhere after this:\n";
    }
    for Gone { path, successor } in gone.iter().take(SHOWN) {
        let _ = write!(text, "  {path}");
        if let Some(Successor { moved_from, file, has_text }) = successor {
            let is = if *has_text { "has its text" } else { "may be what it became" };
            let _ = write!(text, ": `{file}` {is}; with `moved_from: [{moved_from}]` in it the address leads there");
        }
        text.push('\n');
    }
    if gone.len() > SHOWN {
        let _ = writeln!(text, "  and {} more", gone.len() - SHOWN);
    }
    text
}

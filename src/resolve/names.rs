//! Names to items: ids, addresses, files, stems and aliases, and what is wrong with them.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use super::book::ItemIndex;
use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::model::id;
use crate::parse::{Document, place_of};
use crate::source::Source;

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// An item of this edition.
    Item(ItemIndex),
    /// A draft.
    Draft,
    /// An item that only facilitators have, in the participants' edition.
    FacilitatorOnly,
}

/// A file with the identity that its name gives it.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Its id.
    pub id: String,
    /// Path of its page.
    pub address: String,
    /// Its section.
    pub section: Option<usize>,
    /// What its names lead to.
    pub named: Named,
    /// Its document.
    pub document: Arc<Document>,
}

/// All names of a handbook.
#[derive(Debug, Default)]
pub struct Names {
    ids: BTreeMap<String, Named>,
    files: HashMap<Arc<str>, Named>,
    /// Last parts of ids, stems of files and aliases, all as slugs. An item stands once under each name.
    short: HashMap<String, Vec<usize>>,
    identities: Vec<(String, Named)>,
}

impl Names {
    /// Collects the names of all files, in order of path; reports ids and addresses that are taken twice.
    pub fn collect(files: &[Identity], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut names = Names::default();
        let mut first_with_id: HashMap<&str, &Source> = HashMap::new();
        let mut first_at_address: HashMap<String, &Identity> = HashMap::new();
        for file in files {
            let source = &file.document.source;
            if let Some(first) = first_with_id.get(&*file.id) {
                let fault = Fault::DuplicateId { id: file.id.clone() };
                let fault = Diagnostic::new(fault, &source.shown, 0..0);
                diagnostics.push(fault.and_at(&first.shown, 0..0, "the first file with this id"));
                continue;
            }
            first_with_id.insert(&file.id, source);
            if let Some(first) = first_at_address.insert(file.address.to_lowercase(), file) {
                let fault = Fault::AddressClash { address: file.address.clone(), other: first.id.clone() };
                let fault = Diagnostic::new(fault, &source.shown, 0..0);
                diagnostics.push(fault.and_at(&first.document.source.shown, 0..0, "the first item on this address"));
            }
            names.add(file);
        }
        names
    }

    fn add(&mut self, file: &Identity) {
        let number = self.identities.len();
        self.identities.push((file.id.clone(), file.named));
        self.ids.insert(file.id.clone(), file.named);
        let path = &file.document.source.path;
        self.files.insert(Arc::clone(path), file.named);
        let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
        let last = file.id.rsplit('/').next().unwrap_or(&file.id);
        let aliases = file.document.front.common.aliases.iter().map(|alias| id::slug(&alias.text));
        for name in [last.to_owned(), id::slug(stem)].into_iter().chain(aliases) {
            let items = self.short.entry(name).or_default();
            if items.last() != Some(&number) {
                items.push(number);
            }
        }
    }

    /// What the id leads to.
    pub fn id(&self, id: &str) -> Option<Named> {
        self.ids.get(id).copied()
    }

    /// What the Markdown file of this path leads to.
    pub fn file(&self, path: &str) -> Option<Named> {
        self.files.get(path).copied()
    }

    /// What the target of a wikilink leads to: an id, its last part, the stem of a file, or an alias.
    /// Several matches are given as a list of ids.
    pub fn wiki(&self, target: &str) -> Result<Option<Named>, Vec<String>> {
        let id = id::item_id(target);
        if let Some(named) = self.id(&id).or_else(|| self.id(&format!("{id}/index"))) {
            return Ok(Some(named));
        }
        let matches = match self.short.get(&id) {
            Some(matches) => matches,
            None => match self.short.get(&id::slug(target)) {
                Some(matches) => matches,
                None => return Ok(None),
            },
        };
        match matches.as_slice() {
            [] => Ok(None),
            [only] => Ok(Some(self.identities[*only].1)),
            several => {
                let mut ids: Vec<String> = several.iter().map(|at| self.identities[*at].0.clone()).collect();
                ids.sort();
                Err(ids)
            }
        }
    }

    /// The id nearest to `written`. Searches the whole of a small handbook and, so that a thousand broken
    /// links stay cheap, the neighbourhood in the alphabet of a large one.
    pub fn nearest_id(&self, written: &str) -> Option<String> {
        const WHOLE: usize = 500;
        if self.ids.len() <= WHOLE {
            let whole = suggest::nearest(written, self.ids.keys().map(String::as_str));
            return whole.or_else(|| self.nearest_last_part(written));
        }
        let from = (Bound::Included(written.to_owned()), Bound::Unbounded);
        let until = (Bound::Unbounded, Bound::Excluded(written.to_owned()));
        let around = self.ids.range(from).take(WHOLE / 2).chain(self.ids.range(until).rev().take(WHOLE / 2));
        suggest::nearest(written, around.map(|(id, _)| id.as_str()))
    }

    fn nearest_last_part(&self, written: &str) -> Option<String> {
        let last = written.rsplit('/').next().unwrap_or(written);
        let mut parts: Vec<&str> = self.ids.keys().filter_map(|id| id.rsplit('/').next()).collect();
        parts.sort_unstable();
        let part = suggest::nearest(last, parts)?;
        self.ids.keys().find(|id| id.rsplit('/').next() == Some(&*part)).cloned()
    }
}

/// The old ids in `moved_from` that are free, with the item that each leads to; a taken one is a fault.
pub fn redirects(files: &[Identity], diagnostics: &mut Vec<Diagnostic>) -> Vec<(Box<str>, ItemIndex)> {
    let mut taken: HashMap<String, &str> =
        files.iter().map(|file| (file.address.to_lowercase(), file.id.as_str())).collect();
    let mut redirects = Vec::new();
    for file in files {
        for old in &file.document.front.common.moved_from {
            let address = format!("{}.html", old.text.trim_end_matches(".html").trim_matches('/'));
            if let Some(other) = taken.insert(address.to_lowercase(), &file.id) {
                let source = &file.document.source;
                let fault = Fault::AddressClash { address, other: other.to_owned() };
                diagnostics.push(Diagnostic::new(fault, &source.shown, place_of(&source.text, old.at)));
            } else if let Named::Item(item) = file.named {
                redirects.push((address.into(), item));
            }
        }
    }
    redirects
}

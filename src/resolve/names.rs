//! Names to items: ids, addresses, files, stems and aliases, and what is wrong with them.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::book::ItemIndex;
use super::identity::{Identity, Named};
use super::vocabulary::Vocabulary;
use crate::diagnostic::fault::Occupant;
use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::language::{self, TermIndex};
use crate::layer::Stack;
use crate::model::{address, id, windows};
use crate::outline::SectionPlan;
use crate::parse::{Document, Places};
use crate::source::Source;

/// All names of a handbook.
#[derive(Debug, Default)]
pub struct Names {
    ids: FxHashMap<Arc<str>, Named>,
    /// The same ids in order, for the first name that leads nowhere.
    ids_in_order: OnceLock<Vec<Arc<str>>>,
    files: FxHashMap<Arc<str>, Named>,
    /// Last parts of ids, stems of files and aliases, all as slugs. An item stands once under each name, and under an
    /// alias with terms both as it is written and as it is read.
    short: FxHashMap<String, Vec<usize>>,
    /// The same of what is left out, asked only for a name that nothing else has.
    short_omitted: FxHashMap<String, usize>,
    identities: Vec<(Arc<str>, Named)>,
}

impl Names {
    fn for_many(count: usize) -> Self {
        Self {
            ids: for_many(count),
            files: for_many(count),
            short: for_many(count),
            identities: Vec::with_capacity(count),
            ..Self::default()
        }
    }

    /// Collects the names of all files, in order of path; reports ids and addresses that are taken twice.
    pub fn collect(files: &[Identity], vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut names = Names::for_many(files.len());
        let mut first_with_id: FxHashMap<&str, &Source> = for_many(files.len());
        let mut first_at_address: FxHashMap<Cow<str>, &Identity> = for_many(files.len());
        for file in files {
            let source = &file.document.source;
            if let Some(first) = first_with_id.get(&*file.id) {
                let fault = Fault::DuplicateId { id: file.id.to_string() };
                let fault = Diagnostic::new(fault, &source.shown, 0..0);
                diagnostics.push(fault.and_at(&first.shown, 0..0, "the first file with this id"));
                continue;
            }
            first_with_id.insert(&file.id, source);
            if let Some(first) = first_at_address.insert(address::in_lower_case(&file.address), file) {
                let other = Occupant::Item(first.id.to_string());
                let fault = Fault::AddressClash { address: file.address.to_string(), other };
                let fault = Diagnostic::new(fault, &source.shown, 0..0);
                diagnostics.push(fault.and_at(&first.document.source.shown, 0..0, "the first item on this address"));
            }
            if let Some(page) = address::program_page(&file.address) {
                let other = Occupant::Program(page);
                let fault = Fault::AddressClash { address: file.address.to_string(), other };
                diagnostics.push(Diagnostic::new(fault, &source.shown, 0..0));
            }
            if let (Named::Item(_), Some(name)) = (file.named, windows::reserved_part(&file.address)) {
                diagnostics.push(Diagnostic::new(Fault::ReservedName { name: name.to_owned() }, &source.shown, 0..0));
            }
            names.add(file, vocabulary.of_layer(file.layer));
        }
        names
    }

    fn add(&mut self, file: &Identity, terms: &TermIndex) {
        let number = self.identities.len();
        self.identities.push((Arc::clone(&file.id), file.named));
        self.ids.insert(Arc::clone(&file.id), file.named);
        let path = &file.document.source.path;
        self.files.insert(Arc::clone(path), file.named);
        let aliases = file.document.front.common.aliases.iter().filter(|alias| alias.text.contains('{'));
        let read = aliases.map(|alias| id::slug(&language::fill_text(&alias.text, terms).0));
        for name in file.short.iter().cloned().chain(read) {
            let items = self.short.entry(name).or_default();
            if items.last() != Some(&number) {
                items.push(number);
            }
        }
    }

    /// Adds the other paths that lead to files of this edition, and what it leaves out, `omitted` in the order of the stack.
    pub fn add_layers(&mut self, stack: &Stack, omitted: &[Arc<Document>]) {
        for (from, to) in stack.moved() {
            if let Some(named) = self.files.get(to).copied() {
                self.files.insert(Arc::clone(from), named);
                let number = self.identities.iter().position(|(id, _)| **id == id::item_id(to));
                let items = self.short.entry(id::slug(stem(from))).or_default();
                items.extend(number.filter(|number| !items.contains(number)));
            }
        }
        for (index, document) in omitted.iter().enumerate() {
            let path = &document.source.path;
            let (id, named) = (id::item_id(path), Named::Omitted(index));
            for name in short_names(&id, document) {
                self.short_omitted.entry(name).or_insert(index);
            }
            self.ids.entry(id.into()).or_insert(named);
            self.files.entry(Arc::clone(path)).or_insert(named);
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
        // As written first: with its number, a stem tells two files apart whose ids end alike.
        let Some(matches) = self.short.get(&id::slug(target)).or_else(|| self.short.get(&id)) else {
            let omitted = self.short_omitted.get(&id::slug(target)).or_else(|| self.short_omitted.get(&id));
            return Ok(omitted.map(|index| Named::Omitted(*index)));
        };
        match matches.as_slice() {
            [] => Ok(None),
            [only] => Ok(Some(self.identities[*only].1)),
            several => {
                let mut ids: Vec<String> = several.iter().map(|at| self.identities[*at].0.to_string()).collect();
                ids.sort();
                Err(ids)
            }
        }
    }

    /// The id nearest to `written` among those that `fits` lets pass. Searches the whole of a small handbook and,
    /// so that a thousand broken links stay cheap, the neighbourhood in the alphabet of a large one.
    pub fn nearest_id(&self, written: &str, fits: impl Fn(Named) -> bool) -> Option<String> {
        const WHOLE: usize = 500;
        let in_order = self.ids_in_order.get_or_init(|| {
            let mut ids: Vec<Arc<str>> = self.ids.keys().cloned().collect();
            ids.sort_unstable();
            ids
        });
        let fitting = |id: &Arc<str>| self.id(id).is_some_and(&fits).then(|| id.to_string());
        if in_order.len() <= WHOLE {
            let ids: Vec<String> = in_order.iter().filter_map(fitting).collect();
            let whole = suggest::nearest(written, ids.iter().map(String::as_str));
            return whole.or_else(|| nearest_last_part(written, &ids));
        }
        let (until, from) = in_order.split_at(in_order.partition_point(|id| **id < *written));
        let around = from.iter().take(WHOLE / 2).chain(until.iter().rev().take(WHOLE / 2));
        let around: Vec<String> = around.filter_map(fitting).collect();
        suggest::nearest(written, around.iter().map(String::as_str))
    }
}

/// A map with room for `count` entries.
fn for_many<K, V>(count: usize) -> FxHashMap<K, V> {
    FxHashMap::with_capacity_and_hasher(count, FxBuildHasher)
}

/// Last part of the id, stem of the file and aliases, all as slugs.
pub fn short_names(id: &str, document: &Document) -> impl Iterator<Item = String> {
    let last = id.rsplit('/').next().unwrap_or(id).to_owned();
    let aliases = document.front.common.aliases.iter().map(|alias| id::slug(&alias.text));
    [last, id::slug(stem(&document.source.path))].into_iter().chain(aliases)
}

fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md")
}

fn nearest_last_part(written: &str, ids: &[String]) -> Option<String> {
    let last_of = |id: &'_ str| id.rsplit('/').next().unwrap_or_default().to_owned();
    let mut parts: Vec<String> = ids.iter().map(|id| last_of(id)).collect();
    parts.sort_unstable();
    let part = suggest::nearest(&last_of(written), parts.iter().map(String::as_str))?;
    ids.iter().find(|id| last_of(id) == part).cloned()
}

/// The old ids in `moved_from` that are ids and free, with the item that each leads to; all others are faults.
pub fn redirects(
    files: &[Identity],
    sections: &[SectionPlan],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Arc<str>, ItemIndex)> {
    if files.iter().all(|file| file.document.front.common.moved_from.is_empty()) {
        // As in most handbooks: the table of what is taken need not be made.
        return Vec::new();
    }
    let mut taken: FxHashMap<Arc<str>, Occupant> = sections
        .iter()
        .map(|section| (format!("{}/index.html", section.slug).into(), Occupant::Program("the page of a section")))
        .collect();
    taken.insert(address::HOME.into(), Occupant::Program("the front page"));
    taken.extend(files.iter().map(|file| (Arc::clone(&file.address), Occupant::Item(file.id.to_string()))));
    let mut redirects = Vec::new();
    for file in files {
        let source = &file.document.source;
        let places = Places::of_file(&source.text);
        for old in &file.document.front.common.moved_from {
            let mut report = |fault| diagnostics.push(Diagnostic::new(fault, &source.shown, places.of(old.at)));
            let written = &*old.text;
            if !id::is_id(written) {
                report(Fault::InvalidValue {
                    key: "moved_from".to_owned(),
                    value: written.to_owned(),
                    expected: "the id that the page had: its folder and file name without number and `.md`".to_owned(),
                    suggestion: Some(id::item_id(written.trim_end_matches(".html").trim_matches('/'))),
                });
                continue;
            }
            let address: Arc<str> = format!("{written}.html").into();
            let program = address::program_page(&address).map(Occupant::Program);
            let item = Occupant::Item(file.id.to_string());
            if let Some(other) = program.or_else(|| taken.insert(Arc::clone(&address), item)) {
                report(Fault::AddressClash { address: address.to_string(), other });
            } else if let Some(name) = windows::reserved_part(&address) {
                report(Fault::ReservedName { name: name.to_owned() });
            } else if let Named::Item(item) = file.named {
                redirects.push((address, item));
            }
        }
    }
    redirects
}

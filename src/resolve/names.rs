//! Names to items: ids, addresses, files, stems and aliases, and what is wrong with them.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use super::book::ItemIndex;
use super::vocabulary::Vocabulary;
use crate::diagnostic::fault::Occupant;
use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::language::{self, TermIndex};
use crate::layer::Stack;
use crate::model::{address, id, windows};
use crate::outline::SectionPlan;
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
    /// What the edition leaves out, by its index in [`Stack::omitted`].
    Omitted(usize),
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
    /// Index of the layer that it is from.
    pub layer: usize,
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
    /// Last parts of ids, stems of files and aliases, all as slugs. An item stands once under each name, and under an
    /// alias with terms both as it is written and as it is read.
    short: HashMap<String, Vec<usize>>,
    /// The same of what is left out, asked only for a name that nothing else has.
    short_omitted: HashMap<String, usize>,
    identities: Vec<(String, Named)>,
}

impl Names {
    /// Collects the names of all files, in order of path; reports ids and addresses that are taken twice.
    pub fn collect(files: &[Identity], vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Self {
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
                let other = Occupant::Item(first.id.clone());
                let fault = Fault::AddressClash { address: file.address.clone(), other };
                let fault = Diagnostic::new(fault, &source.shown, 0..0);
                diagnostics.push(fault.and_at(&first.document.source.shown, 0..0, "the first item on this address"));
            }
            if let Some(page) = address::program_page(&file.address) {
                let other = Occupant::Program(page);
                let fault = Fault::AddressClash { address: file.address.clone(), other };
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
        self.identities.push((file.id.clone(), file.named));
        self.ids.insert(file.id.clone(), file.named);
        let path = &file.document.source.path;
        self.files.insert(Arc::clone(path), file.named);
        let aliases = file.document.front.common.aliases.iter().filter(|alias| alias.text.contains('{'));
        let read = aliases.map(|alias| id::slug(&language::fill_text(&alias.text, terms).0));
        for name in short_names(&file.id, &file.document).chain(read) {
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
                let number = self.identities.iter().position(|(id, _)| *id == id::item_id(to));
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
            self.ids.entry(id).or_insert(named);
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
                let mut ids: Vec<String> = several.iter().map(|at| self.identities[*at].0.clone()).collect();
                ids.sort();
                Err(ids)
            }
        }
    }

    /// The id nearest to `written` among those that `fits` lets pass. Searches the whole of a small handbook and,
    /// so that a thousand broken links stay cheap, the neighbourhood in the alphabet of a large one.
    pub fn nearest_id(&self, written: &str, fits: impl Fn(Named) -> bool) -> Option<String> {
        const WHOLE: usize = 500;
        let fitting = |(id, named): (&'_ String, &Named)| fits(*named).then(|| id.clone());
        if self.ids.len() <= WHOLE {
            let ids: Vec<String> = self.ids.iter().filter_map(fitting).collect();
            let whole = suggest::nearest(written, ids.iter().map(String::as_str));
            return whole.or_else(|| nearest_last_part(written, &ids));
        }
        let from = (Bound::Included(written.to_owned()), Bound::Unbounded);
        let until = (Bound::Unbounded, Bound::Excluded(written.to_owned()));
        let around = self.ids.range(from).take(WHOLE / 2).chain(self.ids.range(until).rev().take(WHOLE / 2));
        let around: Vec<String> = around.filter_map(fitting).collect();
        suggest::nearest(written, around.iter().map(String::as_str))
    }
}

/// Last part of the id, stem of the file and aliases, all as slugs.
fn short_names(id: &str, document: &Document) -> impl Iterator<Item = String> {
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
) -> Vec<(Box<str>, ItemIndex)> {
    let mut taken: HashMap<String, Occupant> = sections
        .iter()
        .map(|section| (format!("{}/index.html", section.slug), Occupant::Program("the page of a section")))
        .collect();
    taken.insert(address::HOME.to_owned(), Occupant::Program("the front page"));
    taken.extend(files.iter().map(|file| (file.address.clone(), Occupant::Item(file.id.clone()))));
    let mut redirects = Vec::new();
    for file in files {
        let source = &file.document.source;
        for old in &file.document.front.common.moved_from {
            let mut report =
                |fault| diagnostics.push(Diagnostic::new(fault, &source.shown, place_of(&source.text, old.at)));
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
            let address = format!("{written}.html");
            let program = address::program_page(&address).map(Occupant::Program);
            if let Some(other) = program.or_else(|| taken.insert(address.clone(), Occupant::Item(file.id.clone()))) {
                report(Fault::AddressClash { address, other });
            } else if let Some(name) = windows::reserved_part(&address) {
                report(Fault::ReservedName { name: name.to_owned() });
            } else if let Named::Item(item) = file.named {
                redirects.push((address.into(), item));
            }
        }
    }
    redirects
}

//! A book to the list of its outputs: which pages there are, at which path, and of what.

pub mod print_outs;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::print_outs::PrintPlan;

use crate::model::Kind;
pub use crate::model::address::{FINDER, GLOSSARY, HOME, NEWS, NOT_FOUND, PRINT_OUTS, REGISTER, SEARCH, SITEMAP};
use crate::resolve::book::{Book, ItemIndex};

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The front page.
    Home,
    /// A section's page.
    Section(usize),
    /// An item's page.
    Item(ItemIndex),
    /// The finder for exercises.
    Finder,
    /// The glossary.
    Glossary,
    /// The search page.
    Search,
    /// The register.
    Register,
    /// The page of what is new.
    News,
    /// The list of print-outs.
    PrintOuts,
    /// The page for addresses that are not there.
    NotFound,
    /// A page that leads on to an item that has moved.
    Redirect(ItemIndex),
    /// The sitemap.
    Sitemap,
}

/// The pages of an edition by path.
pub type Plan = BTreeMap<Arc<str>, Subject>;

/// All that is planned of an edition.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'a> {
    /// Its pages.
    pub pages: &'a Plan,
    /// Its print-outs, whether or not they are made now.
    pub print_outs: &'a PrintPlan,
}

/// Plans the pages of `book`; `pdf` tells whether there are print-outs to link to.
pub fn plan(book: &Book, pdf: bool) -> Plan {
    let mut plan = Plan::new();
    for (address, item) in &book.redirects {
        plan.insert(address.as_ref().into(), Subject::Redirect(*item));
    }
    for (index, item) in book.items.iter().enumerate() {
        plan.insert(Arc::clone(&item.address), Subject::Item(index));
    }
    for (index, section) in book.sections.iter().enumerate() {
        if section.index.is_some() || !section.items.is_empty() {
            plan.insert(section.address().into(), Subject::Section(index));
        }
    }
    if book.items.iter().any(|item| item.kind == Kind::Exercise) {
        plan.insert(FINDER.into(), Subject::Finder);
    }
    if !book.concepts.is_empty() {
        plan.insert(GLOSSARY.into(), Subject::Glossary);
    }
    plan.insert(HOME.into(), Subject::Home);
    plan.insert(SEARCH.into(), Subject::Search);
    plan.insert(REGISTER.into(), Subject::Register);
    plan.insert(NOT_FOUND.into(), Subject::NotFound);
    if pdf {
        plan.insert(PRINT_OUTS.into(), Subject::PrintOuts);
    }
    if book.handbook.site_url.is_some() {
        plan.insert(SITEMAP.into(), Subject::Sitemap);
    }
    plan
}

/// Whether a page is counted as one of the handbook's pages: whether it has something of the handbook on it.
pub fn is_page(subject: Subject) -> bool {
    !matches!(
        subject,
        Subject::Redirect(_) | Subject::Sitemap | Subject::NotFound | Subject::Search | Subject::PrintOuts
    )
}

//! `page`: what every template sees of the page that it renders.

use serde::Serialize;

use super::details::DetailsView;
use super::print_outs::PrintLink;
use super::toc::{TocEntry, toc};
use super::{PageLink, in_a_sentence, page_link};
use crate::model::address::HOME;
use crate::resolve::book::{Audience, Book, ItemIndex};
use crate::theme::Words;

/// A page without its body's HTML: all that the page's fingerprint is taken of, beside the body's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PageView<'a> {
    /// Path from the edition's root.
    pub path: &'a str,
    /// Way back to the edition's root: empty, or `../` as often as needed.
    pub root: String,
    /// The template's name without `.html`, which for an item is its kind.
    pub kind: &'static str,
    /// The item's id.
    pub id: Option<&'a str>,
    /// Title of the page.
    pub title: &'a str,
    /// One or two sentences.
    pub summary: Option<&'a str>,
    /// The same for `<meta name="description">`.
    pub description: Option<&'a str>,
    /// Absolute address, where `site_url` is known.
    pub canonical: Option<String>,
    /// Pages above this one, the front page first.
    pub breadcrumb: Vec<PageLink<'a>>,
    /// Headings of levels 2 and 3.
    pub toc: Vec<TocEntry>,
    /// The page before in reading order.
    pub previous: Option<PageLink<'a>>,
    /// The page after in reading order.
    pub next: Option<PageLink<'a>>,
    /// The author's tags.
    pub tags: &'a [String],
    /// Whether only facilitators have it.
    pub facilitator: bool,
    /// Whether it has WRITE fields.
    pub has_write: bool,
    /// Prefix of the browser's storage keys: edition and page, since all of `file://` shares one storage.
    pub write_key: String,
    /// What is new on it.
    pub changes: Option<&'a str>,
    /// What of it can be printed, where the site has print-outs.
    pub print_outs: Vec<PrintLink>,
    /// Source file, in the facilitators' edition.
    pub source: Option<&'a str>,
    /// What only pages of its kind have, for templates under the kind's name beside the other fields.
    #[serde(skip)]
    pub details: DetailsView,
}

/// A concept whose definition can be opened on a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Definition {
    /// Id of the element that holds it.
    pub id: String,
    /// The concept.
    pub title: String,
    /// What it means.
    pub definition: String,
    /// Its page.
    pub path: String,
}

/// The way from a page at `path` back to the edition's root.
pub fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A page that is no item: section, finder, glossary and so on.
pub fn bare<'a>(
    book: &Book,
    path: &'a str,
    title: &'a str,
    edition: &str,
    details: DetailsView,
    words: &'a Words,
) -> PageView<'a> {
    let breadcrumb = if path == HOME { Vec::new() } else { vec![home(words)] };
    PageView {
        path,
        root: root_of(path),
        kind: details.name(),
        id: None,
        title,
        summary: None,
        description: None,
        canonical: canonical(book, path),
        breadcrumb,
        toc: Vec::new(),
        previous: None,
        next: None,
        tags: &[],
        facilitator: false,
        has_write: false,
        write_key: format!("{edition}/{path}"),
        changes: None,
        print_outs: Vec::new(),
        source: None,
        details,
    }
}

/// The page of an item. `around` are the items before and after it in reading order.
pub fn of_item<'a>(
    book: &'a Book,
    index: ItemIndex,
    around: (Option<ItemIndex>, Option<ItemIndex>),
    edition: &str,
    details: DetailsView,
    words: &'a Words,
) -> PageView<'a> {
    let item = &book.items[index];
    let mut view = bare(book, &item.address, &item.title, edition, details, words);
    if let Some(section) = item.section.map(|section| &book.sections[section])
        && section.index != Some(index)
    {
        view.breadcrumb.push(PageLink { title: (&section.title).into(), path: section.address().into() });
    }
    view.id = Some(&item.id);
    view.summary = item.summary.as_deref();
    view.description = in_a_sentence(item);
    view.toc = toc(&item.body.headings);
    view.previous = around.0.map(|item| page_link(book, item));
    view.next = around.1.map(|item| page_link(book, item));
    view.tags = &item.tags;
    view.facilitator = item.facilitator;
    view.has_write = item.body.has_write;
    view.changes = item.changes.as_deref();
    view.source = (book.audience == Audience::Facilitator).then_some(&*item.document.source.path);
    view
}

fn home(words: &Words) -> PageLink<'_> {
    PageLink { title: words.get("home").into(), path: HOME.into() }
}

/// The absolute address of a page, where `site_url` is known.
pub fn canonical(book: &Book, path: &str) -> Option<String> {
    let path = path.strip_suffix(HOME).unwrap_or(path);
    book.handbook.site_url.as_ref().map(|url| format!("{url}{path}"))
}

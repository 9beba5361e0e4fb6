//! `header`: what the head of every page leads to, for `header.html` alone.

use serde::Serialize;

use super::PageLink;
use super::navigation::CurrentMark;
use super::site::SiteView;

/// What the head of every page leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct HeaderView {
    /// The first sections, by the kind of their items.
    pub sections: Vec<HeaderLink>,
    /// `finder` and `glossary`, where the handbook has them.
    pub tools: Vec<HeaderLink>,
    /// Whether there is a box to search in; the search page has one of its own.
    pub search: bool,
}

/// A page that the head leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct HeaderLink {
    /// What kind of page it is.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// Its path.
    pub path: String,
    /// Where it is marked on its own page, and on those of its section.
    pub current: CurrentMark,
}

impl HeaderView {
    /// The head of the pages of `site`.
    pub fn of(site: &SiteView, search: bool) -> Self {
        let link = |name, title: &str, path: &str| {
            let current = CurrentMark::of(path);
            HeaderLink { name, title: CurrentMark::without_marks(title), path: path.to_owned(), current }
        };
        let tools = [("finder", &site.pages.finder), ("glossary", &site.pages.glossary)];
        let tool =
            |(name, page): (_, &Option<PageLink<'_>>)| page.as_ref().map(|page| link(name, &page.title, &page.path));
        Self {
            sections: site.sections.iter().map(|section| link(section.kind, &section.title, &section.path)).collect(),
            tools: tools.into_iter().filter_map(tool).collect(),
            search: search && !site.search.is_empty(),
        }
    }
}

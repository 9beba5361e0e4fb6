//! `site`: what all pages of an edition share.

use std::collections::BTreeMap;

use serde::Serialize;

use super::PageLink;
use crate::asset::PublishedAsset;
use crate::model::handbook::{Handbook, Language};
use crate::resolve::book::Book;
use crate::search::files::START;
use crate::theme::Theme;

/// More sections than this fold away; the front page lists all.
const SECTIONS_SHOWN: usize = 12;

/// What all pages of an edition share.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SiteView {
    /// Title of the handbook.
    pub title: String,
    /// What it is, for search engines.
    pub description: Option<String>,
    /// Language tag.
    pub language: &'static str,
    /// Name of the organisation.
    pub organisation: Option<String>,
    /// Its logo.
    pub logo: Option<Logo>,
    /// A line for the page foot.
    pub footer: Option<String>,
    /// Address of the accessibility statement.
    pub accessibility_statement: Option<String>,
    /// Whom to write to.
    pub contact: Option<String>,
    /// Address that `contact` leads to, where it is an e-mail address or a page.
    pub contact_href: Option<String>,
    /// Name of the edition's folder.
    pub edition: String,
    /// `participant` or `facilitator`.
    pub audience: &'static str,
    /// Style sheets in order.
    pub stylesheets: Vec<String>,
    /// Scripts in order.
    pub scripts: Vec<String>,
    /// Scripts of the search in the order in which they are loaded, its index last; none where the theme cannot search.
    pub search: Vec<String>,
    /// The icon of the site.
    pub favicon: Option<String>,
    /// The theme's assets by name.
    pub assets: BTreeMap<String, String>,
    /// The settings of `theme.yaml`.
    pub settings: BTreeMap<String, serde_json::Value>,
    /// The first sections.
    pub sections: Vec<NavSection>,
    /// Whether there are more.
    pub more_sections: bool,
    /// Pages that a theme links to.
    pub pages: SitePages,
}

/// A logo.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Logo {
    /// Its path.
    pub path: String,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
}

/// A section in the main navigation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NavSection {
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Kind of its items.
    pub kind: &'static str,
    /// How many it has.
    pub count: usize,
}

/// Pages that a theme links to, where the handbook has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SitePages {
    /// The front page.
    pub home: PageLink<'static>,
    /// The finder for exercises.
    pub finder: Option<PageLink<'static>>,
    /// The glossary.
    pub glossary: Option<PageLink<'static>>,
    /// The search page.
    pub search: PageLink<'static>,
    /// The register.
    pub register: PageLink<'static>,
    /// The page of what is new, where a published edition has one.
    pub news: Option<PageLink<'static>>,
    /// The list of print-outs, where the site has some.
    pub print_outs: Option<PageLink<'static>>,
}

/// The published files of the brand's logo and icon.
#[derive(Debug, Clone, Default)]
pub struct BrandImages {
    /// The logo.
    pub logo: Option<PublishedAsset>,
    /// The icon; the theme's where there is none.
    pub favicon: Option<PublishedAsset>,
}

/// The site view of an edition.
pub fn site(book: &Book, theme: &Theme, edition: &str, images: &BrandImages, pages: SitePages) -> SiteView {
    let BrandImages { logo, favicon } = images;
    let handbook: &Handbook = &book.handbook;
    let sections = book.sections.iter().filter(|section| !section.items.is_empty() || section.index.is_some());
    let sections: Vec<NavSection> = sections
        .map(|section| NavSection {
            title: section.title.clone(),
            path: section.address(),
            kind: section.kind.name(),
            count: section.count,
        })
        .collect();
    let brand = &handbook.brand;
    SiteView {
        title: handbook.title.clone(),
        description: handbook.description.clone(),
        language: handbook.language.tag(),
        organisation: brand.organisation.clone(),
        logo: logo.as_ref().map(|logo| Logo {
            path: logo.path.clone(),
            width: logo.size.map(|(width, _)| width),
            height: logo.size.map(|(_, height)| height),
        }),
        footer: brand.footer.clone(),
        accessibility_statement: brand.accessibility_statement.clone(),
        contact: brand.contact.clone(),
        contact_href: brand.contact.as_deref().and_then(contact_href),
        edition: edition.to_owned(),
        audience: book.audience.name(),
        stylesheets: theme.assets.stylesheets.clone(),
        scripts: theme.assets.scripts.clone(),
        search: search_scripts(theme, handbook.language),
        favicon: favicon
            .as_ref()
            .map(|icon| icon.path.clone())
            .or_else(|| theme.assets.paths.get("favicon.svg").cloned()),
        assets: theme.assets.paths.clone(),
        settings: theme.settings.clone(),
        more_sections: sections.len() > SECTIONS_SHOWN,
        sections: sections.into_iter().take(SECTIONS_SHOWN).collect(),
        pages,
    }
}

/// A contact that is nothing but an e-mail address or the address of a page can be followed.
fn contact_href(contact: &str) -> Option<String> {
    let is_one_word = !contact.contains(|letter: char| letter.is_whitespace() || "<>\"".contains(letter));
    let has_host = |host: &str| host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    match contact.split_once('@') {
        _ if !is_one_word => None,
        _ if contact.starts_with("https://") || contact.starts_with("http://") => Some(contact.to_owned()),
        Some((name, host)) if !name.is_empty() && has_host(host) && !host.contains(['@', '?', '/', ':']) => {
            Some(format!("mailto:{contact}"))
        }
        _ => None,
    }
}

/// Scripts of the search between those of the language and its engine, in the order that they build on one another.
const SEARCH_PARTS: [&str; 7] = [
    "search-words.js",
    "search-slices.js",
    "search-near.js",
    "search-index.js",
    "search-lookup.js",
    "search-clause.js",
    "search-passage.js",
];

fn search_scripts(theme: &Theme, language: Language) -> Vec<String> {
    let asset = |name: &str| theme.assets.paths.get(name).cloned();
    match (asset(&format!("search-{}.js", language.tag())), asset("search-engine.js")) {
        (Some(language), Some(engine)) => {
            let parts = SEARCH_PARTS.iter().filter_map(|name| asset(name));
            std::iter::once(language).chain(parts).chain([engine, START.to_owned()]).collect()
        }
        _ => Vec::new(),
    }
}

//! Links and images to nodes: places in the document, addresses, virtual files.

use super::{Scope, Walk};
use crate::model::body::{Image as ParsedImage, Inline as Parsed, LinkForm, LinkIndex};
use crate::print::node::{Image, Inline};
use crate::resolve::book::{HeadingInfo, Target};

/// Points in a CSS pixel.
const POINTS: f64 = 0.75;

impl<'a> Walk<'a> {
    pub(super) fn link(&mut self, link: LinkIndex, content: &'a [Parsed], scope: &Scope<'a>) -> Inline {
        let c = match self.title_of(link, content, scope) {
            Some(title) => vec![Inline::Text(title.to_owned())],
            None => self.inlines(content, scope),
        };
        let (to, href) = self.destination(&scope.item.body.targets[link as usize], scope);
        Inline::Link { to, href, c }
    }

    /// The title of what a wikilink names, where it says nothing of its own.
    fn title_of(&self, link: LinkIndex, content: &[Parsed], scope: &Scope<'a>) -> Option<&'a str> {
        let written = &scope.item.document.body.links[link as usize];
        let is_bare = match content {
            [] => true,
            [Parsed::Text(text)] => {
                written.form == LinkForm::Wiki && text.get(scope.source) == written.target.get(scope.source)
            }
            _ => false,
        };
        let named = |headings: &'a [HeadingInfo], id: &str| {
            headings.iter().find(|heading| *heading.id == *id).map(|heading| &*heading.text)
        };
        match &scope.item.body.targets[link as usize] {
            Target::Fragment(id) if is_bare => named(&scope.item.body.headings, id),
            Target::Item { item, fragment } if is_bare => {
                let item = &self.surroundings.book.items[*item];
                let heading = fragment.as_ref().and_then(|id| named(&item.body.headings, id));
                Some(heading.unwrap_or(&item.title))
            }
            _ => None,
        }
    }

    /// The place that a link leads to, if the document has it, and an address to fall back to.
    pub(super) fn destination(&self, target: &Target, scope: &Scope<'a>) -> (Option<String>, Option<String>) {
        let book = self.surroundings.book;
        let page = |address: &str, fragment: Option<&str>| {
            let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            book.handbook.site_url.as_ref().map(|site| format!("{site}{address}{fragment}"))
        };
        match target {
            Target::Item { item, fragment } => {
                let item = &book.items[*item];
                let to = match fragment {
                    Some(fragment) => format!("{}#{fragment}", item.id),
                    None => item.id.to_string(),
                };
                (Some(to), page(&item.address, fragment.as_deref()))
            }
            Target::Include { item, .. } => {
                let item = &book.items[*item];
                (Some(item.id.to_string()), page(&item.address, None))
            }
            Target::Section(section) => {
                let section = &book.sections[*section];
                (Some(section.slug.clone()), page(&section.address(), None))
            }
            Target::Fragment(id) if scope.section.is_none_or(|section| scope.item.has_heading_in(id, section)) => {
                (Some(format!("{}#{}{id}", book.items[self.page].id, scope.prefix)), None)
            }
            // The heading was not included with the section that links to it.
            Target::Fragment(id) => (Some(format!("{}#{id}", scope.item.id)), page(&scope.item.address, Some(id))),
            Target::Asset { path, .. } => {
                let published = self.surroundings.assets.get(path);
                (None, published.and_then(|asset| page(&asset.path, None)))
            }
            Target::External(url) => (None, Some(url.to_string())),
            Target::Text | Target::Broken => (None, None),
        }
    }

    pub(super) fn image(&mut self, image: &'a ParsedImage, scope: &Scope<'a>) -> Image {
        let published = match &scope.item.body.targets[image.link as usize] {
            Target::Asset { path, .. } if self.surroundings.assets.contains_key(path) => Some(path),
            _ => None,
        };
        let plain = scope.item.plain();
        let text = [plain.of(&image.alt), plain.of(&image.caption)].into_iter().find(|text| !text.trim().is_empty());
        Image {
            src: published.map(|path| super::super::image_path(path)),
            alt: text.unwrap_or_else(|| self.surroundings.words.get("image_without_text").to_owned()),
            width: image.width.filter(|width| *width > 0).map(|width| f64::from(width) * POINTS),
        }
    }
}

//! A name that leads nowhere becomes the id that was most likely meant: of the item that has it in `moved_from`, of the
//! one item with that title, else the nearest id.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, OnceLock};

use super::book::{HeadingInfo, ItemIndex};
use super::identity::{Identity, Named};
use super::names::Names;
use super::vocabulary::Vocabulary;
use crate::language;
use crate::model::id::{item_id, slug};

/// What names may mean that lead nowhere.
pub struct Meant<'a> {
    names: &'a Names,
    shown: &'a [&'a Identity],
    headings: &'a [Vec<HeadingInfo>],
    vocabulary: &'a Vocabulary,
    moved: HashMap<&'a str, ItemIndex>,
    /// Most handbooks have no broken link, so these wait for the first.
    by_name: OnceLock<HashMap<String, Option<ItemIndex>>>,
}

impl<'a> Meant<'a> {
    /// Of the items `shown`, with their `headings`, and the old addresses that lead to them.
    pub fn new(
        names: &'a Names,
        shown: &'a [&'a Identity],
        headings: &'a [Vec<HeadingInfo>],
        vocabulary: &'a Vocabulary,
        redirects: &'a [(Arc<str>, ItemIndex)],
    ) -> Self {
        let id = |address: &'a str| address.strip_suffix(".html").unwrap_or(address);
        let moved = redirects.iter().map(|(address, item)| (id(address), *item)).collect();
        Self { names, shown, headings, vocabulary, moved, by_name: OnceLock::new() }
    }

    /// The id that the target of a wikilink may mean.
    pub fn wiki(&self, target: &str) -> Option<String> {
        let by_name = || self.by_name.get_or_init(|| self.names_of_items()).get(&slug(target)).copied().flatten();
        let item = self.moved(target).or_else(by_name);
        item.map(|item| self.shown[item].id.to_string())
            .or_else(|| self.names.nearest_id(target, |named| !matches!(named, Named::Omitted(_))))
    }

    /// The id that a key in front matter may mean, of those that `fits` lets pass.
    pub fn id(&self, written: &str, fits: impl Fn(Named) -> bool) -> Option<String> {
        let moved = self.moved(written).filter(|item| fits(Named::Item(*item)));
        moved.map(|item| self.shown[item].id.to_string()).or_else(|| self.names.nearest_id(written, fits))
    }

    /// The file of the item that was at `path`, be that a file, an address or an id.
    pub fn file(&self, path: &str) -> Option<&'a str> {
        let id = path.strip_suffix(".html").or(path.strip_suffix(".md")).unwrap_or(path);
        let item = self.moved(id).or_else(|| match self.names.id(&item_id(id)) {
            Some(Named::Item(item)) => Some(item),
            _ => None,
        })?;
        Some(&self.shown[item].document.source.path)
    }

    fn moved(&self, written: &str) -> Option<ItemIndex> {
        if self.moved.is_empty() { None } else { self.moved.get(item_id(written).as_str()).copied() }
    }

    /// Items by their titles and the last parts of their old ids, as slugs; nothing for a name that several have.
    fn names_of_items(&self) -> HashMap<String, Option<ItemIndex>> {
        let last = |id: &str| id.rsplit('/').next().unwrap_or(id).to_owned();
        let old = self.moved.iter().map(|(id, item)| (last(id), *item));
        let titles = (0..self.shown.len()).filter_map(|item| Some((slug(&self.title(item)?), item)));
        let mut names = HashMap::new();
        for (name, item) in old.chain(titles) {
            match names.entry(name) {
                Entry::Vacant(free) => {
                    free.insert(Some(item));
                }
                Entry::Occupied(mut taken) if *taken.get() != Some(item) => {
                    taken.insert(None);
                }
                Entry::Occupied(_) => {}
            }
        }
        names
    }

    /// The title that an item gives itself, in front matter or as its heading.
    fn title(&self, item: ItemIndex) -> Option<String> {
        let Identity { document, layer, .. } = self.shown[item];
        if let Some(title) = &document.front.common.title {
            return Some(language::fill_text(&title.text, self.vocabulary.of_layer(*layer)).0);
        }
        let heading = document.title.as_ref()?;
        Some(self.headings[item].get(heading.index as usize)?.text.to_string())
    }
}

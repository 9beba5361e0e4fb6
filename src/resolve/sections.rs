//! The order of reading: sections as planned, items by number and title, folders as groups.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::book::{Group, Item, Section};
use crate::model::handbook::Handbook;
use crate::model::id::split_order;
use crate::outline::Outline;
use crate::parse::Document;

/// The files of `outline` in reading order: pages at the root, then section by section, an index first.
///
/// Inside a folder the number in the name decides, or `order` in front matter; what has neither comes after,
/// by name. Folders inside a section are in order of their own numbers and names.
pub fn reading_order(outline: &Outline, documents: &[Arc<Document>]) -> Vec<usize> {
    let key = |at: usize| {
        let placed = &outline.files[at];
        let (folder, name) = placed.path.rsplit_once('/').unwrap_or(("", &placed.path));
        let folders: Vec<(i64, &str)> = folder.split('/').skip(1).map(order_key).collect();
        let number = documents[at].front.common.order.or(split_order(name).0).unwrap_or(i64::MAX);
        (placed.section.map_or(0, |section| section + 1), folders, name != "index.md", number, split_order(name).1)
    };
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_cached_key(|at| key(*at));
    order
}

fn order_key(name: &str) -> (i64, &str) {
    let (number, rest) = split_order(name);
    (number.unwrap_or(i64::MAX), rest)
}

/// The sections with their items, which are numbered on the way; `handbook` has its terms filled.
pub fn sections(outline: &Outline, items: &mut [Item], handbook: &Handbook) -> Vec<Section> {
    let mut sections: Vec<Section> = outline
        .sections
        .iter()
        .enumerate()
        .map(|(index, plan)| Section {
            // Where there are none in the settings, folders are sections, and their index has the title.
            title: handbook.sections.get(index).and_then(|section| section.title.clone()).unwrap_or_default(),
            kind: plan.kind,
            slug: plan.slug.clone(),
            index: None,
            items: Vec::new(),
            count: 0,
            groups: Vec::new(),
        })
        .collect();
    let mut group_titles: BTreeMap<String, String> = BTreeMap::new();
    let mut current: Option<String> = None;
    for (index, item) in items.iter_mut().enumerate() {
        let Some(section_index) = item.section else { continue };
        let section = &mut sections[section_index];
        let folder = item.id.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        if *item.document.source.path == format!("{}/index.md", outline.sections[section_index].folder) {
            section.index = Some(index);
            continue;
        }
        if item.document.source.path.ends_with("/index.md") {
            group_titles.insert(folder.clone(), item.title.clone());
        } else {
            section.count += 1;
            item.number = section.count;
        }
        section.items.push(index);
        if current.as_ref() != Some(&folder) {
            let title = (folder != section.slug).then(|| match group_titles.get(&folder) {
                Some(title) => title.clone(),
                None => folder_name(&item.document.source.path),
            });
            section.groups.push(Group { title, items: Vec::new() });
            current = Some(folder);
        }
        if let Some(group) = section.groups.last_mut() {
            group.items.push(index);
        }
    }
    for (section, plan) in sections.iter_mut().zip(&outline.sections) {
        if section.title.is_empty() {
            section.title = match section.index {
                Some(index) => items[index].title.clone(),
                None => split_order(&plan.folder).1.to_owned(),
            };
        }
    }
    sections
}

fn folder_name(path: &str) -> String {
    let folder = path.rsplit('/').nth(1).unwrap_or_default();
    split_order(folder).1.replace('-', " ")
}

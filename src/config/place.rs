//! Where a setting stands in the `handbook.yaml` files of an edition, for faults that a later stage finds.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Settings;
use crate::yaml::place::{self, Step};
use crate::yaml::tree::{self, Mapping, Node};

/// Where a setting stands.
#[derive(Debug, Clone)]
pub struct SettingPlace {
    /// Index of the layer whose file it stands in.
    pub layer: usize,
    /// The file, for labels.
    pub shown: Arc<str>,
    /// Bytes of the file.
    pub range: Range<usize>,
}

impl Settings {
    /// Where the value under `keys` stands, each inside the one before: in the upper layer that has it. Where none has, the
    /// nearest value around it in the edition's own file.
    pub fn place_of(&self, keys: &[&str]) -> SettingPlace {
        let steps: Vec<Step> = keys.iter().map(|key| Step::Key(key)).collect();
        self.place_where(|text| place::of_value(text, &steps)).unwrap_or_else(|| {
            let text = self.layers.first().map_or("", |layer| &layer.source.text);
            self.in_layer(0, place_of(text, keys))
        })
    }

    /// Where the last of `keys` itself stands, each inside the one before: in the upper layer that has it.
    pub fn place_of_key(&self, keys: &[&str]) -> SettingPlace {
        let steps: Vec<Step> = keys.iter().map(|key| Step::Key(key)).collect();
        self.place_where(|text| place::of_key(text, &steps)).unwrap_or_else(|| self.place_of(keys))
    }

    /// Where the sections stand.
    pub fn section_places(&self) -> SectionPlaces<'_> {
        SectionPlaces { settings: self, layers: OnceCell::new() }
    }

    /// Where the entry at `index` of the list `key` of a layer stands.
    pub fn place_of_entry(&self, layer: usize, key: &str, index: usize) -> SettingPlace {
        let text = without_mark(&self.layers[layer].source.text);
        let steps = [Step::Key(key), Step::Index(index)];
        self.in_layer(layer, place::nearest(text, &steps).unwrap_or(0..0))
    }

    fn place_where(&self, find: impl Fn(&str) -> Option<Range<usize>>) -> Option<SettingPlace> {
        self.layers.iter().enumerate().find_map(|(layer, settings)| {
            let text = without_mark(&settings.source.text);
            let start = settings.source.text.len() - text.len();
            find(text).map(|range| self.in_layer(layer, start + range.start..start + range.end))
        })
    }

    fn in_layer(&self, layer: usize, range: Range<usize>) -> SettingPlace {
        let shown = self.layers.get(layer).map_or_else(|| "".into(), |layer| Arc::clone(&layer.source.shown));
        SettingPlace { layer, shown, range }
    }
}

/// The byte range in the text of a `handbook.yaml` of the value under `keys`, each inside the one before; of the
/// nearest value around it where there is none.
pub fn place_of(text: &str, keys: &[&str]) -> Range<usize> {
    let yaml = without_mark(text);
    let start = text.len() - yaml.len();
    let steps: Vec<Step> = keys.iter().map(|key| Step::Key(key)).collect();
    let place = place::nearest(yaml, &steps).unwrap_or(0..0);
    start + place.start..start + place.end
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Where the sections of an edition stand. Each layer's text is read once, for as many look-ups as there may be.
pub struct SectionPlaces<'s> {
    settings: &'s Settings,
    /// Most handbooks ask for none.
    layers: OnceCell<Vec<WrittenSections<'s>>>,
}

/// The sections that the text of a layer names, by folder.
struct WrittenSections<'s> {
    text: &'s str,
    start: usize,
    sections: HashMap<String, Mapping<'s>>,
}

impl SectionPlaces<'_> {
    /// Where the value of `key` of the section of `folder` stands, in the upper layer that has it; else where the section
    /// itself or the list of sections stands.
    pub fn of(&self, folder: &str, key: &str) -> SettingPlace {
        let texts = self.settings.layers.iter().map(|layer| &*layer.source.text);
        let layers = self.layers.get_or_init(|| texts.map(WrittenSections::new).collect());
        let find = |key: &str| {
            let mut places = layers.iter().enumerate();
            places.find_map(|(layer, sections)| Some(self.settings.in_layer(layer, sections.place(folder, key)?)))
        };
        find(key).or_else(|| find("folder")).unwrap_or_else(|| self.settings.place_of(&["sections"]))
    }
}

impl<'s> WrittenSections<'s> {
    fn new(whole: &'s str) -> Self {
        let text = without_mark(whole);
        let sections = sections_of(text).unwrap_or_default();
        Self { text, start: whole.len() - text.len(), sections }
    }

    /// Of a text that is put together of several pieces, where its key stands.
    fn place(&self, folder: &str, key: &str) -> Option<Range<usize>> {
        let entry = self.sections.get(folder)?.get(key).filter(|entry| entry.value != Node::Nothing)?;
        let place = place::of_slice(self.text, &entry.value).or_else(|| place::inside(self.text, &entry.key))?;
        Some(self.start + place.start..self.start + place.end)
    }
}

fn sections_of(yaml: &str) -> Option<HashMap<String, Mapping<'_>>> {
    let Node::Mapping(settings) = tree::parse(yaml).ok()?.root else { return None };
    let Node::List(written) = &settings.get("sections")?.value else { return None };
    let mut sections = HashMap::with_capacity(written.len());
    for section in written {
        if let Node::Mapping(section) = section
            && let Some(Node::Text(folder)) = section.get("folder").map(|entry| &entry.value)
        {
            sections.entry(folder.trim_end_matches('/').to_owned()).or_insert_with(|| section.clone());
        }
    }
    Some(sections)
}

//! Where a setting stands in the `handbook.yaml` files of an edition, for faults that a later stage finds.

use std::ops::Range;
use std::sync::Arc;

use super::Settings;
use crate::yaml::place::{self, Step};
use crate::yaml::tree::{self, Node};

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

    /// Where the value of `key` of the section of `folder` stands, in the upper layer that has it; else where the section
    /// itself or the list of sections stands.
    pub fn place_of_section(&self, folder: &str, key: &str) -> SettingPlace {
        let in_text = |text: &str, key: &str| {
            let index = index_of_section(text, folder)?;
            place::of_value(text, &[Step::Key("sections"), Step::Index(index), Step::Key(key)])
        };
        let exact = self.place_where(|text| in_text(text, key));
        exact
            .or_else(|| self.place_where(|text| in_text(text, "folder")))
            .unwrap_or_else(|| self.place_of(&["sections"]))
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

fn index_of_section(yaml: &str, folder: &str) -> Option<usize> {
    let Node::Mapping(settings) = tree::parse(yaml).ok()?.root else { return None };
    let Node::List(sections) = &settings.get("sections")?.value else { return None };
    sections.iter().position(|section| match section {
        Node::Mapping(section) => match section.get("folder").map(|entry| &entry.value) {
            Some(Node::Text(written)) => written.trim_end_matches('/') == folder,
            _ => false,
        },
        _ => false,
    })
}

//! `theme.yaml` of all layers becomes one manifest: the child overrides key by key, lists replace lists.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

use super::builtin;
use super::color::Srgb;
use crate::diagnostic::Diagnostic;
use crate::model::handbook::{COLOR_NAMES, ColorPair};
use crate::snapshot::ThemeLayer;
use crate::source::Source;
use crate::yaml::Yaml;
use crate::yaml::color::{color, color_pair};
use crate::yaml::fields::Fields;
use crate::yaml::tree::{self, Node};

const KEYS: &[&str] = &["name", "parent", "colors", "background", "stylesheets", "scripts", "settings"];

/// A theme's own settings, parents included.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    /// Colours by name, with the place where each stands.
    pub colors: BTreeMap<String, Placed<ColorPair>>,
    /// Page background of the light and the dark scheme, which colours are checked against.
    pub background: Background,
    /// Names of style sheets among the assets, in order of loading.
    pub stylesheets: Vec<Placed<String>>,
    /// Names of scripts among the assets, in order of loading.
    pub scripts: Vec<Placed<String>>,
    /// The `theme.yaml` of the theme that the handbook names, if it is not a built-in one.
    pub own: Option<Arc<str>>,
    /// What else the theme lets a child set, as templates see it.
    pub settings: BTreeMap<String, Value>,
}

/// A value with the place that a fault in it is reported at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// The file as the user would name it, and the byte range of the value.
    pub place: (Arc<str>, Range<usize>),
}

/// Page backgrounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Background {
    /// Of the light scheme.
    pub light: Srgb,
    /// Of the dark scheme.
    pub dark: Srgb,
}

impl Manifest {
    /// Whether the theme that the handbook names gives this colour itself.
    pub fn gives_itself(&self, color: &str) -> bool {
        self.colors.get(color).is_some_and(|placed| self.own.as_ref() == Some(&placed.place.0))
    }
}

impl Default for Background {
    fn default() -> Self {
        Self { light: Srgb::WHITE, dark: Srgb::BLACK }
    }
}

/// The theme that a `theme.yaml` names as its parent, for whoever gathers the layers; its faults are for [`read`] to tell.
pub fn parent(theme_yaml: &str) -> Option<String> {
    let Node::Mapping(mapping) = tree::parse(theme_yaml).ok()?.root else { return None };
    match &mapping.get("parent")?.value {
        Node::Text(parent) if !parent.trim().is_empty() => Some(parent.to_string()),
        _ => None,
    }
}

/// Reads and merges `theme.yaml` of all `layers`, the child first. A layer without one adds nothing.
pub fn read(layers: &[ThemeLayer]) -> (Manifest, Vec<Diagnostic>) {
    let mut manifest = Manifest::default();
    let mut diagnostics = Vec::new();
    let is_builtin = |layer: &ThemeLayer| layers.len() == 1 && builtin::NAMES.contains(&&*layer.name);
    let own = layers.first().filter(|layer| !is_builtin(layer)).and_then(|layer| layer.files.get("theme.yaml"));
    manifest.own = own.map(|file| Arc::clone(&file.shown));
    for layer in layers.iter().rev() {
        if let Some(source) = layer.files.get("theme.yaml").and_then(|file| file.source()) {
            diagnostics.extend(read_layer(&source, &mut manifest));
        }
    }
    (manifest, diagnostics)
}

fn read_layer(source: &Source, manifest: &mut Manifest) -> Vec<Diagnostic> {
    let yaml = Yaml::of_file(source);
    if let Some(mapping) = yaml.mapping() {
        let fields = Fields::new(&yaml, &mapping, "theme");
        // Both are read elsewhere; here only their types are checked.
        let _ = (fields.text("name"), fields.word("parent"));
        if let Some(colors) = fields.fields("colors", "list of colours", "{ primary: % }") {
            merge_colors(&colors, &mut manifest.colors);
        }
        if let Some(background) = fields.fields("background", "background", "{ light: % }") {
            merge_background(&background, &mut manifest.background);
        }
        merge_list(&fields, "stylesheets", &mut manifest.stylesheets);
        merge_list(&fields, "scripts", &mut manifest.scripts);
        if let Some(settings) = fields.fields("settings", "list of settings", "{ key: % }") {
            let value = |key: &str| (key.to_owned(), settings.node(key).map_or(Value::Null, Node::to_json));
            manifest.settings.extend(settings.keys().map(value));
        }
        fields.finish(KEYS, |_| Vec::new());
    }
    yaml.into_diagnostics()
}

fn merge_colors(fields: &Fields, colors: &mut BTreeMap<String, Placed<ColorPair>>) {
    for name in COLOR_NAMES {
        if let Some(pair) = color_pair(fields, name) {
            colors.insert((*name).to_owned(), Placed { value: pair, place: place(fields, name) });
        }
    }
    fields.finish(COLOR_NAMES, |_| Vec::new());
}

fn merge_background(fields: &Fields, background: &mut Background) {
    let shade = |scheme| color(fields, scheme).as_deref().and_then(Srgb::parse);
    background.light = shade("light").unwrap_or(background.light);
    background.dark = shade("dark").unwrap_or(background.dark);
    fields.finish(&["light", "dark"], |_| Vec::new());
}

/// An empty list is a list, too: it takes away what the parent has.
fn merge_list(fields: &Fields, key: &str, list: &mut Vec<Placed<String>>) {
    if fields.node(key).is_none() {
        return;
    }
    let placed = |(index, name): (usize, std::borrow::Cow<str>)| Placed {
        value: name.into_owned(),
        place: (Arc::clone(fields.shown()), fields.place_of_item(key, index)),
    };
    *list = fields.words(key).into_iter().map(placed).collect();
}

fn place(fields: &Fields, key: &str) -> (Arc<str>, Range<usize>) {
    (Arc::clone(fields.shown()), fields.place(key))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::layer;
    use super::*;
    use crate::diagnostic::Fault;

    #[test]
    fn a_child_overrides_key_by_key_and_lists_replace() {
        let child = layer(
            "child",
            &[("theme.yaml", "parent: base\ncolors: { accent: \"#a00\" }\nscripts: []\nsettings: { b: 3 }\n")],
        );
        let base = layer(
            "base",
            &[(
                "theme.yaml",
                "colors:\n  primary: { light: \"#123456\", dark: \"#abcdef\" }\n  accent: \"#00a\"\nstylesheets: [a.css]\n\
                 scripts: [a.js]\nbackground: { light: \"#fff\", dark: \"#111\" }\nsettings: { a: [x, { y: true }], b: 2 }\n",
            )],
        );
        let (manifest, diagnostics) = read(&[child, base]);
        assert_eq!(diagnostics, []);
        assert_eq!(manifest.colors["accent"].value, ColorPair { light: "#aa0000".into(), dark: None });
        assert_eq!(manifest.colors["primary"].value.dark.as_deref(), Some("#abcdef"));
        assert_eq!(&*manifest.colors["accent"].place.0, "child/theme.yaml");
        assert_eq!(manifest.stylesheets[0].value, "a.css");
        assert_eq!(manifest.stylesheets[0].place.0.as_ref(), "base/theme.yaml");
        assert_eq!(manifest.scripts, []);
        assert_eq!(manifest.background.dark.to_string(), "#111111");
        let expected = [("a".to_owned(), json!(["x", { "y": true }])), ("b".to_owned(), json!(3))];
        assert_eq!(manifest.settings, expected.into());
    }

    #[test]
    fn every_fault_is_pointed_at_with_a_way_out() {
        let text = "styelsheets: [a.css]\nscripts: { a: b.js }\ncolors: { primry: \"#123\", accent: red }\nbackground: 3\n\
                    name: [x]\nsettings: none\nsettings: { a: 1 }\n";
        let (_, diagnostics) = read(&[layer("t", &[("theme.yaml", text)])]);
        let places: Vec<_> =
            diagnostics.iter().map(|found| (found.code().name(), found.labels[0].span.of(text))).collect();
        assert_eq!(
            places,
            [
                ("duplicate-key", "settings"),
                ("wrong-type", "[x]"),
                ("invalid-value", "red"),
                ("unknown-key", "primry"),
                ("wrong-type", "3"),
                ("wrong-type", "{ a: b.js }"),
                ("wrong-type", "none"),
                ("unknown-key", "styelsheets"),
            ]
        );
        let suggested = Fault::UnknownKey { key: "styelsheets".into(), suggestion: Some("stylesheets".into()) };
        assert!(diagnostics.iter().any(|found| found.fault == suggested));
    }

    #[test]
    fn a_file_that_is_no_yaml_says_so_once() {
        for text in ["colors: [", "just text"] {
            let (manifest, diagnostics) = read(&[layer("t", &[("theme.yaml", text)])]);
            assert_eq!(manifest, Manifest { own: manifest.own.clone(), ..Manifest::default() });
            assert!(matches!(diagnostics[..], [Diagnostic { fault: Fault::InvalidYaml { .. }, .. }]), "{text}");
        }
    }

    #[test]
    fn the_parent_is_read_without_the_rest() {
        assert_eq!(parent("parent: vaertskab\ncolours: 3\n").as_deref(), Some("vaertskab"));
        assert_eq!(parent("parent: [a]"), None);
        assert_eq!(parent(": ["), None);
    }
}

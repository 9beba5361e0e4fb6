//! `theme.yaml` of all layers becomes one manifest: the child overrides key by key, lists replace lists.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde_yaml::Value;

use super::color::Srgb;
use super::layer_yaml::{self, place_of_key};
use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::model::handbook::ColorPair;
use crate::snapshot::ThemeLayer;
use crate::source::Source;

/// The colours that a theme and a handbook may name.
pub const COLOR_NAMES: &[&str] = &["primary", "accent"];

const KEYS: &[&str] = &["name", "parent", "colors", "background", "stylesheets", "scripts", "settings"];

/// A theme's own settings, parents included.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    /// Colours by name, with the place where each stands.
    pub colors: BTreeMap<String, Placed<ColorPair>>,
    /// Page background of the light and the dark scheme, which colours are checked against.
    pub background: Background,
    /// Names of style sheets among the assets, in order of loading.
    pub stylesheets: Placed<Vec<String>>,
    /// Names of scripts among the assets, in order of loading.
    pub scripts: Placed<Vec<String>>,
    /// What else the theme lets a child set, as templates see it.
    pub settings: BTreeMap<String, Value>,
}

/// A value with the place that a fault in it is reported at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// The file as the user would name it, and the byte range of the key.
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

impl Default for Background {
    fn default() -> Self {
        Self { light: Srgb::WHITE, dark: Srgb::BLACK }
    }
}

/// The theme that a `theme.yaml` names as its parent, for whoever gathers the layers.
pub fn parent(theme_yaml: &str) -> Option<String> {
    let value: Value = serde_yaml::from_str(theme_yaml).ok()?;
    value.as_mapping()?.get("parent")?.as_str().map(str::to_owned)
}

/// Reads and merges `theme.yaml` of all `layers`, the child first. A layer without one adds nothing.
pub fn read(layers: &[ThemeLayer]) -> (Manifest, Vec<Diagnostic>) {
    let mut manifest = Manifest::default();
    let mut diagnostics = Vec::new();
    for layer in layers.iter().rev() {
        if let Some(source) = layer.files.get("theme.yaml").and_then(|file| file.source()) {
            let pairs = layer_yaml::read(&source, &mut diagnostics);
            let mut reader = LayerReader { source: &source, diagnostics: &mut diagnostics };
            for (key, value) in pairs {
                reader.merge(&mut manifest, &key, value);
            }
        }
    }
    (manifest, diagnostics)
}

struct LayerReader<'a> {
    source: &'a Source,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl LayerReader<'_> {
    fn merge(&mut self, manifest: &mut Manifest, key: &str, value: Value) {
        match key {
            "name" | "parent" => {
                if !value.is_string() {
                    self.wrong_type(&[key], "a text", &value);
                }
            }
            "colors" => self.merge_colors(&mut manifest.colors, &value),
            "background" => self.merge_background(&mut manifest.background, &value),
            "stylesheets" => self.merge_list(&mut manifest.stylesheets, key, &value),
            "scripts" => self.merge_list(&mut manifest.scripts, key, &value),
            "settings" => manifest.settings.extend(self.entries(key, &value)),
            _ => self.unknown(&[key], KEYS),
        }
    }

    fn merge_colors(&mut self, colors: &mut BTreeMap<String, Placed<ColorPair>>, value: &Value) {
        for (name, value) in self.entries("colors", value) {
            let keys = ["colors", name.as_str()];
            if !COLOR_NAMES.contains(&name.as_str()) {
                self.unknown(&keys, COLOR_NAMES);
            } else if value.is_string() {
                if let Some(light) = self.color(&keys, &value) {
                    let pair = ColorPair { light: light.to_string(), dark: None };
                    colors.insert(name.clone(), self.placed(&keys, pair));
                }
            } else if let Some(pair) = self.pair(&keys, &value) {
                colors.insert(name.clone(), self.placed(&keys, pair));
            }
        }
    }

    fn pair(&mut self, keys: &[&str], value: &Value) -> Option<ColorPair> {
        let Some(schemes) = value.as_mapping() else {
            self.wrong_type(keys, "a colour, or one for `light` and one for `dark`", value);
            return None;
        };
        let (mut light, mut dark) = (None, None);
        for (scheme, value) in schemes {
            match scheme.as_str() {
                Some("light") => light = self.color(&[keys, &["light"]].concat(), value),
                Some("dark") => dark = self.color(&[keys, &["dark"]].concat(), value),
                other => self.unknown(&[keys, &[other.unwrap_or("")]].concat(), &["light", "dark"]),
            }
        }
        if light.is_none() && !schemes.contains_key("light") {
            let fault = Fault::MissingKey { key: "light".to_owned(), kind: "colour" };
            self.report(fault, keys);
        }
        Some(ColorPair { light: light?.to_string(), dark: dark.map(|dark| dark.to_string()) })
    }

    fn merge_background(&mut self, background: &mut Background, value: &Value) {
        for (scheme, value) in self.entries("background", value) {
            let keys = ["background", scheme.as_str()];
            match scheme.as_str() {
                "light" => background.light = self.color(&keys, &value).unwrap_or(background.light),
                "dark" => background.dark = self.color(&keys, &value).unwrap_or(background.dark),
                _ => self.unknown(&keys, &["light", "dark"]),
            }
        }
    }

    fn merge_list(&mut self, list: &mut Placed<Vec<String>>, key: &str, value: &Value) {
        let names =
            value.as_sequence().and_then(|names| names.iter().map(layer_yaml::text).collect::<Option<Vec<_>>>());
        match names {
            Some(names) => *list = self.placed(&[key], names),
            None => self.wrong_type(&[key], "a list of asset names", value),
        }
    }

    fn entries(&mut self, key: &str, value: &Value) -> Vec<(String, Value)> {
        let Some(mapping) = value.as_mapping() else {
            self.wrong_type(&[key], "keys with values", value);
            return Vec::new();
        };
        mapping.iter().filter_map(|(key, value)| Some((layer_yaml::text(key)?, value.clone()))).collect()
    }

    fn color(&mut self, keys: &[&str], value: &Value) -> Option<Srgb> {
        let Some(written) = value.as_str() else {
            self.wrong_type(keys, "a colour in quotes", value);
            return None;
        };
        let color = Srgb::parse(written);
        if color.is_none() {
            let key = keys.join(".");
            let (value, expected) = (written.to_owned(), "a colour like \"#1f4e5f\"".to_owned());
            self.report(Fault::InvalidValue { key, value, expected, suggestion: None }, keys);
        }
        color
    }

    fn unknown(&mut self, keys: &[&str], known: &[&str]) {
        let key = keys.last().copied().unwrap_or_default();
        let suggestion = suggest::nearest(key, known.iter().copied());
        self.report(Fault::UnknownKey { key: key.to_owned(), suggestion }, keys);
    }

    fn wrong_type(&mut self, keys: &[&str], expected: &'static str, value: &Value) {
        let found = layer_yaml::type_name(value);
        self.report(Fault::WrongType { key: keys.join("."), expected, found, wants_quotes: false }, keys);
    }

    fn report(&mut self, fault: Fault, keys: &[&str]) {
        self.diagnostics.push(Diagnostic::new(fault, &self.source.shown, place_of_key(&self.source.text, keys)));
    }

    fn placed<T>(&self, keys: &[&str], value: T) -> Placed<T> {
        Placed { value, place: (Arc::clone(&self.source.shown), place_of_key(&self.source.text, keys)) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::layer;
    use super::*;

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
                 scripts: [a.js]\nbackground: { light: \"#fff\", dark: \"#111\" }\nsettings: { a: 1, b: 2 }\n",
            )],
        );
        let (manifest, diagnostics) = read(&[child, base]);
        assert_eq!(diagnostics, []);
        assert_eq!(manifest.colors["accent"].value, ColorPair { light: "#aa0000".into(), dark: None });
        assert_eq!(manifest.colors["primary"].value.dark.as_deref(), Some("#abcdef"));
        assert_eq!(&*manifest.colors["accent"].place.0, "child/theme.yaml");
        assert_eq!(manifest.stylesheets.value, ["a.css"]);
        assert!(manifest.scripts.value.is_empty());
        assert_eq!(manifest.background.dark.to_string(), "#111111");
        let settings: Vec<_> = manifest.settings.iter().map(|(key, value)| (key.as_str(), value.as_i64())).collect();
        assert_eq!(settings, [("a", Some(1)), ("b", Some(3))]);
    }

    #[test]
    fn every_fault_is_pointed_at_with_a_way_out() {
        let text = "styelsheets: [a.css]\nscripts: a.js\ncolors: { primry: \"#123\", accent: red }\nbackground: 3\n";
        let (_, diagnostics) = read(&[layer("t", &[("theme.yaml", text)])]);
        let places: Vec<_> =
            diagnostics.iter().map(|found| (found.code().name(), found.labels[0].span.of(text))).collect();
        assert_eq!(
            places,
            [
                ("unknown-key", "styelsheets"),
                ("wrong-type", "scripts"),
                ("unknown-key", "primry"),
                ("invalid-value", "accent"),
                ("wrong-type", "background"),
            ]
        );
        let suggested = Fault::UnknownKey { key: "styelsheets".into(), suggestion: Some("stylesheets".into()) };
        assert_eq!(diagnostics[0].fault, suggested);
    }

    #[test]
    fn the_parent_is_read_without_the_rest() {
        assert_eq!(parent("parent: vaertskab\ncolours: 3\n").as_deref(), Some("vaertskab"));
        assert_eq!(parent("parent: [a]"), None);
        assert_eq!(parent(": ["), None);
    }
}

//! The theme's words: `words/<language>.yaml` of all layers become one map, the child's word first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::model::handbook::{Language, Word};
use crate::snapshot::{Content, ThemeLayer};
use crate::source::Source;
use crate::yaml::Yaml;
use crate::yaml::fields::Fields;
use crate::yaml::word::word;

/// Words by key.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Words(pub(super) BTreeMap<String, Word>);

/// The words that Rust code itself asks for; every theme chain must give them.
pub const REQUIRED: &[&str] = &[
    "agenda_break",
    "agenda_meal",
    "agenda_talk",
    "agenda_work",
    "better_down",
    "better_up",
    "broken_link",
    "callout_answer",
    "callout_caution",
    "callout_facilitator",
    "callout_important",
    "callout_note",
    "callout_question",
    "callout_star",
    "callout_tip",
    "callout_vampire",
    "callout_warning",
    "callout_write",
    "chart_date",
    "chart_description",
    "chart_value",
    "finder",
    "footnote_back",
    "footnotes",
    "glossary",
    "home",
    "image_without_text",
    "kind_case",
    "kind_concept",
    "kind_conclusion",
    "kind_exercise",
    "kind_indicator",
    "kind_page",
    "kind_principle",
    "kind_workshop",
    "minutes_short",
    "moved_title",
    "news",
    "not_found",
    "print_booklet",
    "print_cards",
    "print_cards_title",
    "print_guide",
    "print_guide_title",
    "print_handout",
    "print_outs",
    "print_poster",
    "print_poster_title",
    "print_theme_day",
    "register",
    "result_down",
    "result_improved",
    "result_up",
    "search",
    "table",
    "task_done",
    "task_open",
    "when_between",
    "when_workshop",
];

impl Words {
    /// The text under `key`; the key itself where the theme has none, which `load` has reported.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        match self.0.get(key) {
            Some(Word::Text(text)) => text,
            Some(Word::Counted { other, .. }) => other,
            None => key,
        }
    }

    /// Returns the text under `key`, if the theme has one.
    pub fn find(&self, key: &str) -> Option<&str> {
        match self.0.get(key)? {
            Word::Text(text) | Word::Counted { other: text, .. } => Some(text),
        }
    }

    /// The text under `key` with each `{name}` of `values` filled in; a place without a value stays as it is.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill_places(self.get(key), |name| {
            Some(
                values
                    .iter()
                    .find(|(place, _)| *place == name)
                    .map_or_else(|| format!("{{{name}}}"), |(_, v)| (*v).into()),
            )
        })
        .unwrap_or_else(|place| place)
    }
}

/// `text` with each `{name}` (lower-case letters and `_`) replaced by what `value` says of it; all other braces are
/// text, in the values too.
///
/// # Errors
/// The name of the first place that `value` has nothing for.
pub fn fill_places(text: &str, value: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let inside = &rest[open + 1..];
        let name = inside.find('}').map(|close| &inside[..close]).filter(|name| is_place_name(name));
        filled.push_str(&rest[..open]);
        match name {
            Some(name) => {
                filled.push_str(&value(name).ok_or_else(|| name.to_owned())?);
                rest = &inside[name.len() + 1..];
            }
            None => {
                filled.push('{');
                rest = inside;
            }
        }
    }
    filled.push_str(rest);
    Ok(filled)
}

fn is_place_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Reads the words of all `layers` (the child first) in `language`.
///
/// A layer may add words for its own templates. Faults: YAML that cannot be read, values of a wrong type, a
/// [`REQUIRED`] word that no layer has, and a key that looks like a slip for one that is known.
pub fn read(layers: &[ThemeLayer], language: Language) -> (Words, Vec<Diagnostic>) {
    let mut words = Words::default();
    let mut diagnostics = Vec::new();
    let path = format!("words/{}.yaml", language.tag());
    for layer in layers.iter().rev() {
        if let Some(source) = layer.files.get(&*path).and_then(|file| file.source()) {
            diagnostics.extend(read_layer(&source, layer, &mut words));
        }
    }
    let shown: Arc<str> = match layers.iter().find_map(|layer| layer.files.get(&*path)) {
        Some(file) => Arc::clone(&file.shown),
        None => layers.first().map_or_else(|| path.as_str().into(), |layer| format!("{}/{path}", layer.name).into()),
    };
    for key in REQUIRED.iter().filter(|key| !words.0.contains_key(**key)) {
        diagnostics.push(Diagnostic::new(Fault::MissingWord { key: (*key).to_owned() }, &shown, 0..0));
    }
    (words, diagnostics)
}

fn read_layer(source: &Source, layer: &ThemeLayer, words: &mut Words) -> Vec<Diagnostic> {
    let yaml = Yaml::of_file(source);
    if let Some(mapping) = yaml.mapping() {
        let fields = Fields::new(&yaml, &mapping, "list of words");
        let known: BTreeSet<&str> = words.0.keys().map(String::as_str).chain(REQUIRED.iter().copied()).collect();
        let allowed: Vec<&str> =
            known.iter().copied().chain(fields.keys().filter(|key| !is_slip(key, &known, layer))).collect();
        fields.finish(&allowed, |_| Vec::new());
        let keys: BTreeSet<&str> = fields.keys().filter(|key| allowed.contains(key)).collect();
        let own: Vec<_> = keys.into_iter().filter_map(|key| Some((key.to_owned(), word(&fields, key)?))).collect();
        words.0.extend(own);
    }
    yaml.into_diagnostics()
}

/// Whether `key` is near a known one, and no template of the layer asks for it as it is.
fn is_slip(key: &str, known: &BTreeSet<&str>, layer: &ThemeLayer) -> bool {
    if known.contains(key) || suggest::nearest(key, known.iter().copied()).is_none() {
        return false;
    }
    !layer.files.values().any(|file| match &file.content {
        Content::Text(text) => file.path.starts_with("templates/") && asks_for(text, key),
        Content::Bytes(_) | Content::OnDisk { .. } => false,
    })
}

/// Whether a template holds `words.key`, `words["key"]`, or `words["k" ~ …]` with a beginning of the key.
fn asks_for(template: &str, key: &str) -> bool {
    let mut in_brackets = template.split("words[\"").skip(1).filter_map(|rest| rest.split('"').next());
    template.contains(&format!("words.{key}")) || in_brackets.any(|name| !name.is_empty() && key.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::layer;
    use super::*;

    fn required_but(missing: &str) -> String {
        REQUIRED.iter().filter(|key| **key != missing).map(|key| format!("{key}: {key} word\n")).collect()
    }

    #[test]
    fn a_childs_word_replaces_its_parents_key_by_key() {
        let child =
            layer("child", &[("words/da.yaml", "home: Hjem\nguests: { one: en gæst, other: \"{n} gæster\" }\n")]);
        let base = layer("base", &[("words/da.yaml", &required_but(""))]);
        let (words, diagnostics) = read(&[child, base], Language::Danish);
        assert_eq!(diagnostics, []);
        assert_eq!(words.get("home"), "Hjem");
        assert_eq!(words.get("table"), "table word");
        assert_eq!(words.fill("guests", &[("n", "3")]), "3 gæster");
        assert_eq!(words.fill("guests", &[]), "{n} gæster");
    }

    #[test]
    fn places_are_filled_once_and_other_braces_stay() {
        let value = |name: &str| (name == "n").then(|| "{n}".to_owned());
        assert_eq!(fill_places("{n} af {N} og { og {} og {æ", value).as_deref(), Ok("{n} af {N} og { og {} og {æ"));
        assert_eq!(fill_places("{n} {title}", value), Err("title".to_owned()));
    }

    #[test]
    fn a_word_that_rust_needs_must_be_there() {
        let base = layer("base", &[("words/en.yaml", &required_but("footnotes"))]);
        let (words, diagnostics) = read(&[base], Language::English);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].fault, Fault::MissingWord { key: "footnotes".into() });
        assert_eq!(&*diagnostics[0].labels[0].path, "base/words/en.yaml");
        assert_eq!(words.get("footnotes"), "footnotes");
    }

    #[test]
    fn a_wrong_word_is_pointed_at() {
        for (line, code, place) in [
            ("odd: [1, 2]", "wrong-type", "[1, 2]"),
            ("pages: { one: a }", "missing-key", "{ one: a }"),
            ("pages: { one: a, other: b, some: c }", "unknown-key", "some"),
            ("pages: { n }", "wrong-type", "{ n }"),
            ("tabel: Tabel", "unknown-key", "tabel"),
            ("home: x", "duplicate-key", "home"),
            ("cut: see #1", "yaml-cut-short", "#"),
        ] {
            let text = required_but("") + line;
            let (_, diagnostics) = read(&[layer("base", &[("words/da.yaml", &text)])], Language::Danish);
            let found: Vec<_> =
                diagnostics.iter().map(|found| (found.code().name(), found.labels[0].span.of(&text))).collect();
            assert_eq!(found, [(code, place)], "{line}");
        }
    }

    #[test]
    fn a_childs_own_word_may_be_like_another_where_its_templates_ask_for_it() {
        let base = layer("base", &[("words/da.yaml", &required_but(""))]);
        let own =
            [("words/da.yaml", "tables: Tabeller\nwelcome: Velkommen\n"), ("templates/a.html", "{{ words.tables }}")];
        assert!(asks_for("{{ words[\"tab\" ~ x] }}", "tables") && !asks_for("{{ words[\"\" ~ x] }}", "tables"));
        let (words, diagnostics) = read(&[layer("child", &own), base.clone()], Language::Danish);
        assert_eq!((words.get("tables"), words.get("welcome")), ("Tabeller", "Velkommen"));
        assert_eq!(diagnostics, []);
        let (_, diagnostics) = read(&[layer("child", &own[..1]), base], Language::Danish);
        let fault = Fault::UnknownKey { key: "tables".into(), suggestion: Some("table".into()) };
        assert_eq!(diagnostics.iter().map(|found| &found.fault).collect::<Vec<_>>(), [&fault]);
    }
}

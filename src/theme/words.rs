//! The theme's words: `words/<language>.yaml` of all layers become one map, the child's word first.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_yaml::Value;

use super::layer_yaml::{self, place_of_key};
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::handbook::Language;
use crate::snapshot::ThemeLayer;
use crate::source::Source;

/// Words by key.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<String, Word>);

/// A word or a sentence of the user interface; `{n}` and the like are places to fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Word {
    /// One text.
    Text(String),
    /// Two texts, for one of a thing and for any other number.
    Counted {
        /// Where the number is 1.
        one: String,
        /// Where it is not.
        other: String,
    },
}

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
    "chart_value",
    "figure_missing",
    "finder",
    "footnote_back",
    "footnotes",
    "glossary",
    "home",
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
    "not_found",
    "result_down",
    "result_improved",
    "result_up",
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
/// Faults: YAML that cannot be read, values of a wrong type, and a [`REQUIRED`] word that no layer has.
pub fn read(layers: &[ThemeLayer], language: Language) -> (Words, Vec<Diagnostic>) {
    let mut words = Words::default();
    let mut diagnostics = Vec::new();
    let path = format!("words/{}.yaml", language.tag());
    for layer in layers.iter().rev() {
        if let Some(source) = layer.files.get(&*path).and_then(|file| file.source()) {
            read_layer(&source, &mut words, &mut diagnostics);
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

fn read_layer(source: &Source, words: &mut Words, diagnostics: &mut Vec<Diagnostic>) {
    for (key, value) in layer_yaml::read(source, diagnostics) {
        match word(&value) {
            Some(word) => {
                words.0.insert(key, word);
            }
            None => {
                let place = place_of_key(&source.text, &[&key]);
                let found = layer_yaml::type_name(&value);
                let expected = "a text, or one text for `one` and one for `other`";
                let fault = Fault::WrongType { key, expected, found, wants_quotes: false };
                diagnostics.push(Diagnostic::new(fault, &source.shown, place));
            }
        }
    }
}

fn word(value: &Value) -> Option<Word> {
    if let Some(text) = layer_yaml::text(value) {
        return Some(Word::Text(text));
    }
    let forms = value.as_mapping().filter(|forms| forms.len() == 2)?;
    let form = |name| forms.get(name).and_then(layer_yaml::text);
    Some(Word::Counted { one: form("one")?, other: form("other")? })
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
    fn a_word_that_is_a_list_is_pointed_at() {
        let text = required_but("") + "odd: [1, 2]\n";
        let (_, diagnostics) = read(&[layer("base", &[("words/da.yaml", &text)])], Language::Danish);
        assert_eq!(diagnostics[0].labels[0].span.of(&text), "odd");
    }
}

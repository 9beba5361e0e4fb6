//! A word of the user interface as it is written in YAML: a text, or one for `one` and one for `other`.

use super::fields::Fields;
use super::tree::Node;
use crate::model::handbook::Word;

/// The word under `key`, with any fault of it reported.
pub fn word(fields: &Fields, key: &str) -> Option<Word> {
    match fields.node(key) {
        // Any other mapping is a text that lacks its quotes: `{n} pages`.
        Some(Node::Mapping(forms)) if forms.get("one").or(forms.get("other")).is_some() => {
            let forms = fields.fields(key, "counted word", "{ one: %, other: % }")?;
            let form = |name| forms.required(name, forms.text(name)).map(String::from);
            let (one, other) = (form("one"), form("other"));
            forms.finish(&["one", "other"], |_| Vec::new());
            Some(Word::Counted { one: one?, other: other? })
        }
        _ => fields.text(key).map(|text| Word::Text(text.into_owned())),
    }
}

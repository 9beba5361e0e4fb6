//! The view of a print-out to the JSON that its template reads: links tied to places that are there, texts of
//! characters that the fonts have.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

/// An address longer than this may be broken anywhere: it must not leave the page.
const LONGEST_ADDRESS: usize = 34;
/// So may any word longer than this, which is nonsense: the longest Danish ones are about fifty letters.
const LONGEST_WORD: usize = 60;
/// Keys whose values are no text for readers.
const NOT_TEXT: &[&str] =
    &["anchor", "anchors", "concept", "href", "id", "logo", "note", "path", "src", "to", "word", "source"];
/// A place where a word may be broken without a hyphen.
const BREAK: char = '\u{200b}';

/// The finished data of a print-out.
#[derive(Debug, Clone)]
pub struct Finished {
    /// JSON of the contract.
    pub json: Vec<u8>,
    /// Virtual files that it names as `src` or `logo`.
    pub images: BTreeSet<String>,
}

/// Finishes `view`; `has` tells whether the fonts have a character.
pub fn finish(view: &impl Serialize, has: &dyn Fn(char) -> bool) -> Finished {
    // A view is plain data with texts for keys, which is always JSON.
    let mut value = serde_json::to_value(view).unwrap_or_default();
    let mut anchors = BTreeSet::new();
    collect(&mut value, &mut anchors);
    tie(&mut value, &anchors);
    let mut images = BTreeSet::new();
    mend(&mut value, "", has, &mut images);
    if let Value::Object(fields) = &mut value {
        fields.insert("anchors".to_owned(), anchors.into_iter().map(Value::String).collect());
    }
    Finished { json: value.to_string().into_bytes(), images }
}

/// Collects the anchors; one that is there already is taken away.
fn collect(value: &mut Value, anchors: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            // The index names places and makes none.
            let is_entry = fields.contains_key("see");
            if let Some(anchor) = fields.get_mut("anchor").filter(|_| !is_entry)
                && anchor.as_str().is_some_and(|name| !anchors.insert(name.to_owned()))
            {
                *anchor = Value::Null;
            }
            fields.values_mut().for_each(|value| collect(value, anchors));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| collect(value, anchors)),
        _ => {}
    }
}

/// Lets links lead to the nearest place that is there: the heading, else its item, else nowhere.
fn tie(value: &mut Value, anchors: &BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(to) = fields.get_mut("to")
                && let Some(wanted) = to.as_str()
            {
                let item = wanted.split('#').next().unwrap_or_default();
                let section = item.trim_end_matches("/index");
                let found = [wanted, item, section].into_iter().find(|name| anchors.contains(*name));
                *to = found.map_or(Value::Null, Value::from);
            }
            fields.values_mut().for_each(|value| tie(value, anchors));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| tie(value, anchors)),
        _ => {}
    }
}

fn mend(value: &mut Value, key: &str, has: &dyn Fn(char) -> bool, images: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| mend(value, key, has, images)),
        Value::Array(values) => values.iter_mut().for_each(|value| mend(value, key, has, images)),
        Value::String(text) if matches!(key, "src" | "logo") => {
            images.insert(text.clone());
        }
        Value::String(text) if key == "chart" => *text = printable(text, has),
        Value::String(text) if !NOT_TEXT.contains(&key) => *text = breakable(printable(text, has)),
        Value::String(text) => *text = text.nfc().collect(),
        _ => {}
    }
}

/// `text` composed, without the characters that no font has.
fn printable(text: &str, has: &dyn Fn(char) -> bool) -> String {
    text.nfc().filter(|letter| is_layout(*letter) || has(*letter)).collect()
}

/// Whether a character is not set but says how others are: no font needs it.
pub fn is_layout(letter: char) -> bool {
    matches!(letter, '\n' | '\t' | '\u{ad}' | BREAK | '\u{2028}' | '\u{2029}')
}

/// `text` with places to break in words that no line may have room for.
fn breakable(text: String) -> String {
    let is_long = |word: &str| {
        let limit = if word.contains(['/', '@', '.', '_', '=']) { LONGEST_ADDRESS } else { LONGEST_WORD };
        word.len() > limit && word.chars().count() > limit
    };
    if !text.split(char::is_whitespace).any(is_long) {
        return text;
    }
    let mut broken = String::with_capacity(text.len() * 2);
    for piece in text.split_inclusive(char::is_whitespace) {
        let is_long = is_long(piece.trim_end());
        for (at, letter) in piece.chars().enumerate() {
            if is_long && at > 0 && at % 8 == 0 && letter.is_alphanumeric() {
                broken.push(BREAK);
            }
            broken.push(letter);
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn finished(view: &Value) -> Value {
        let has = |letter: char| letter.is_ascii() || "æøåé".contains(letter);
        serde_json::from_slice(&finish(view, &has).json).unwrap()
    }

    #[test]
    fn a_link_leads_to_the_nearest_place_that_is_there() {
        let link = |to: &str| json!({ "t": "link", "to": to });
        let links = ["a/b#c", "a/b#d", "a/x", "a/index", "a/b"].map(link);
        let view = json!({ "items": [{ "anchor": "a" }, { "anchor": "a/b" }, { "anchor": "a/b#c" }], "c": links });
        let to: Vec<Value> = finished(&view)["c"].as_array().unwrap().iter().map(|link| link["to"].clone()).collect();
        assert_eq!(to, [json!("a/b#c"), json!("a/b"), Value::Null, json!("a"), json!("a/b")]);
    }

    #[test]
    fn a_place_is_named_once() {
        let done = finished(&json!({ "c": [{ "anchor": "a" }, { "anchor": "a" }, { "anchor": "a", "see": null }] }));
        assert_eq!(done["c"], json!([{ "anchor": "a" }, { "anchor": null }, { "anchor": "a", "see": null }]));
        assert_eq!(done["anchors"], json!(["a"]));
    }

    #[test]
    fn characters_that_no_font_has_are_left_out_and_others_composed() {
        let done = finished(&json!({ "title": "cafe\u{301} 🎉!", "src": "/image/🎉.png" }));
        assert_eq!(done["title"], "café !");
        assert_eq!(done["src"], "/image/🎉.png");
    }

    #[test]
    fn a_word_that_no_line_may_hold_can_be_broken() {
        let address = "https://example.org/en/meget/lang/adresse/til/en/side";
        let done = finished(&json!({ "c": [format!("se {address}, og {}", "x".repeat(50))], "href": address }));
        let text = done["c"][0].as_str().unwrap();
        assert!(text.contains("https://\u{200b}"), "{text}");
        assert!(text.ends_with(&format!(" og {}", "x".repeat(50))), "{text}");
        assert_eq!(text.replace('\u{200b}', ""), format!("se {address}, og {}", "x".repeat(50)));
        assert_eq!(done["href"], address);
    }
}

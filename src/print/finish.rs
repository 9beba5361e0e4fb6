//! The view of a print-out to the JSON that its template reads: links tied to places that are there, texts of
//! characters that the fonts have.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;

use super::drawing_text;
use super::letters::{BREAK, Letters};
use super::stand_in::stand_in;
use crate::fingerprint::Fingerprint;

/// An address longer than this may be broken anywhere: it must not leave the page.
const LONGEST_ADDRESS: usize = 34;
/// So may any word longer than this, which is nonsense: the longest Danish ones are about fifty letters.
const LONGEST_WORD: usize = 60;
/// Typst takes no longer address to link to.
const LONGEST_LINK: usize = 8000;
/// Letters of the longest text in a PDF's bookmarks, title and descriptions of images: a PDF's strings end at 32 kB.
pub const LONGEST_NAME: usize = 2000;
/// Letters of the longest name of a position.
const LONGEST_LABEL: usize = 400;
/// Keys whose values are no text for readers.
const NOT_TEXT: &[&str] = &["anchor", "anchors", "concept", "href", "id", "path", "to", "word", "source"];
/// Keys whose texts name something: a PDF that all can read may not leave them empty.
const NAMES: &[&str] = &["title", "organisation", "name"];

/// The finished data of a print-out.
#[derive(Debug, Clone)]
pub struct Finished {
    /// JSON of the contract.
    pub json: Vec<u8>,
    /// Virtual files that it names as `src` or `logo`.
    pub images: BTreeSet<String>,
}

/// Finishes `view` with the `letters` of its fonts; `can_print` tells whether the image of a virtual file can be printed.
pub fn finish(view: &impl Serialize, letters: Letters, can_print: &dyn Fn(&str) -> bool) -> Finished {
    // A view is plain data with texts for keys, which is always JSON.
    let mut value = serde_json::to_value(view).unwrap_or_default();
    let mut anchors = BTreeSet::new();
    collect(&mut value, &mut anchors);
    tie(&mut value, &anchors);
    let mut finishing = Finishing { letters, can_print, images: BTreeSet::new() };
    finishing.object(&mut value);
    if let Value::Object(fields) = &mut value {
        fields.insert("anchors".to_owned(), anchors.iter().map(|anchor| Value::String(label(anchor))).collect());
    }
    Finished { json: value.to_string().into_bytes(), images: finishing.images }
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

/// The state of preparing values for the templates.
struct Finishing<'a> {
    letters: Letters<'a>,
    can_print: &'a dyn Fn(&str) -> bool,
    /// Images that are named.
    images: BTreeSet<String>,
}

impl Finishing<'_> {
    fn object(&mut self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                self.drop_images(fields);
                self.name_heading(fields);
                let own_name = own_name(fields);
                // The label of a footnote, which a note on a point of the agenda is not.
                let is_node = fields.contains_key("t");
                let is_shown = fields.get("src").is_some_and(Value::is_string);
                for (key, value) in fields.iter_mut() {
                    match value {
                        Value::String(text) if key == "alt" && is_shown => *text = said_of_image(text),
                        Value::String(text) if key == "note" && is_node => *text = label(text),
                        Value::String(text) if NAMES.contains(&&**key) => *text = self.name(text, &own_name),
                        Value::String(text) => *text = self.text(key, text),
                        _ => self.object(value),
                    }
                }
            }
            Value::Array(values) => {
                for value in values {
                    match value {
                        Value::String(text) => *text = self.text("", text),
                        _ => self.object(value),
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes note of the images that are named, and takes out those that cannot be printed.
    fn drop_images(&mut self, fields: &mut Map<String, Value>) {
        for key in ["src", "logo"] {
            if let Some(value) = fields.get_mut(key)
                && let Some(path) = value.as_str()
            {
                if (self.can_print)(path) {
                    self.images.insert(path.to_owned());
                } else {
                    *value = Value::Null;
                }
            }
        }
        let is_link = |href: &str| !href.is_empty() && href.len() <= LONGEST_LINK;
        if let Some(href) = fields.get_mut("href")
            && href.as_str().is_some_and(|href| !is_link(href))
        {
            *href = Value::Null;
        }
    }

    /// Gives a heading of which nothing can be printed a text that can be, and one that is a book by itself its beginning.
    fn name_heading(&self, fields: &mut Map<String, Value>) {
        if fields.get("t").and_then(Value::as_str) != Some("heading") {
            return;
        }
        let mut text = String::new();
        push_text(fields.get("c"), &mut text);
        let printed = self.letters.printable(&text);
        let name = match printed.trim().is_empty() {
            true => stand_in(&text, &own_name(fields)),
            false if text.chars().count() > LONGEST_NAME => shortened(&printed),
            false => return,
        };
        let nodes = fields.get_mut("c").and_then(Value::as_array_mut).map(std::mem::take).unwrap_or_default();
        // Images and footnotes are not its text, and stay.
        let is_kept = |node: &Value| node.get("src").is_some() || node.get("note").is_some();
        let kept = nodes.into_iter().filter(is_kept);
        fields.insert("c".to_owned(), std::iter::once(Value::String(name)).chain(kept).collect());
    }

    /// The text of what names something.
    fn name(&self, text: &str, own_name: &str) -> String {
        let printed = self.letters.printable(text);
        match printed.trim().is_empty() {
            true => stand_in(text, own_name),
            false => breakable(shortened(&printed)),
        }
    }

    fn text(&self, key: &str, text: &str) -> String {
        match key {
            "src" | "logo" => text.to_owned(),
            "chart" => drawing_text::rewrite(text, self.letters).0,
            "href" | "path" => text.nfc().collect(),
            _ if NOT_TEXT.contains(&key) => label(text),
            _ => breakable(self.letters.printable(text)),
        }
    }
}

/// The name of a position: as it is, or as much as a PDF can hold of it, told from others that begin alike.
fn label(name: &str) -> String {
    let name: String = name.nfc().collect();
    match name.char_indices().nth(LONGEST_LABEL) {
        Some((end, _)) => format!("{}-{}", &name[..end], Fingerprint::of_bytes(name.as_bytes()).short()),
        None => name,
    }
}

/// The last part of the anchor or id of an object, or its kind.
fn own_name(fields: &Map<String, Value>) -> String {
    let text = |key: &str| fields.get(key).and_then(Value::as_str);
    let name = text("anchor").or_else(|| text("id")).or_else(|| text("kind")).unwrap_or_default();
    name.rsplit(['/', '#']).next().unwrap_or_default().to_owned()
}

/// The text of nodes, without what stands in footnotes.
fn push_text(node: Option<&Value>, out: &mut String) {
    match node {
        Some(Value::String(text)) => out.push_str(text),
        Some(Value::Array(nodes)) => nodes.iter().for_each(|node| push_text(Some(node), out)),
        Some(Value::Object(fields)) if !fields.contains_key("note") => {
            push_text(fields.get("text"), out);
            push_text(fields.get("c"), out);
        }
        _ => {}
    }
}

/// Returns the text of an image that is read aloud: any characters, since they are not drawn.
fn said_of_image(text: &str) -> String {
    let text: String = text.nfc().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    shortened(&text)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
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
            // Rather before a letter than before a mark, but marks alone may be a line, too.
            if is_long && at > 0 && (at % 8 == 0 && letter.is_alphanumeric() || at % 32 == 0) {
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
        let has = |cluster: &str| cluster.chars().all(|letter| letter.is_ascii() || "æøåé".contains(letter));
        let can_print = |path: &str| !path.ends_with(".avif");
        serde_json::from_slice(&finish(view, Letters { has: &has, family: &|_| None }, &can_print).json).unwrap()
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

    #[test]
    fn every_text_but_the_labels_of_footnotes_is_of_letters_that_are_there() {
        let done =
            finished(&json!({ "agenda": [{ "note": "a🎉" }], "c": [{ "t": "note", "note": "🎉#1", "c": ["🎉b"] }] }));
        assert_eq!(done["agenda"][0]["note"], "a");
        assert_eq!(done["c"][0], json!({ "t": "note", "note": "🎉#1", "c": ["b"] }));
    }

    #[test]
    fn what_names_something_is_never_empty() {
        let heading = |id: &str, c: Value| json!({ "t": "heading", "anchor": format!("a/b#{id}"), "c": c });
        let done = finished(&json!({
            "kind": "booklet", "title": "🎉", "items": [{ "anchor": "a/hygge", "title": "\u{10fffd}" }],
            "c": [
                heading("hej", json!(["Привет"])),
                heading("fest", json!([{ "t": "em", "c": ["\u{10fffd}"] }])),
                heading("a", json!(["a🎉"])),
            ],
        }));
        assert_eq!((&done["title"], &done["items"][0]["title"]), (&json!("tada"), &json!("hygge")));
        let c: Vec<&Value> = done["c"].as_array().unwrap().iter().map(|heading| &heading["c"][0]).collect();
        assert_eq!(c, ["Privet", "fest", "a"]);
    }

    #[test]
    fn an_image_that_cannot_be_printed_leaves_its_text() {
        let image = |src: &str| json!({ "src": src, "alt": "En 🎉" });
        let done = finished(&json!({ "c": [image("a.png"), image("a.avif")] }));
        assert_eq!(done["c"][0], json!({ "src": "a.png", "alt": "En 🎉" }));
        assert_eq!(done["c"][1], json!({ "src": null, "alt": "En " }));
    }

    #[test]
    fn an_address_that_no_pdf_may_hold_is_only_its_text() {
        let done = finished(&json!({ "c": [{ "t": "link", "href": "x".repeat(9000) }, { "t": "link", "href": "" }] }));
        assert!(done["c"].as_array().unwrap().iter().all(|link| link["href"].is_null()));
    }
}

//! A path of keys and indexes to the byte range where that value stands in a YAML text.
//!
//! Looked up only when a fault needs it: the text is walked once more with a visitor that fails on
//! the value, and the parser stamps its place on the error.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::tree::{self, Node};

/// One step down a YAML tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'p> {
    /// The value of a key.
    Key(&'p str),
    /// The value at an index of a list.
    Index(usize),
}

/// Where the value at `steps` stands in `text`; where there is none, its key, else the nearest value around it.
///
/// The range of a block of several lines is its first line. `None` where not even the first key is there.
pub fn nearest(text: &str, steps: &[Step]) -> Option<Range<usize>> {
    (1..=steps.len()).rev().find_map(|length| {
        let steps = &steps[..length];
        of_value(text, steps).or_else(|| of_key(text, steps))
    })
}

/// The byte range of `part` in `text`, if it is a slice of it.
pub fn inside(text: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (start + part.len() <= text.len()).then(|| start..start + part.len())
}

/// Where the value at `steps` stands, unless it is empty.
pub fn of_value(text: &str, steps: &[Step]) -> Option<Range<usize>> {
    if tree::too_many_brackets(text) {
        return None;
    }
    let error = Probe { steps }.deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    let start = error.location().filter(|_| error.to_string().contains(FOUND))?.index();
    let range = extent(text, start);
    (!range.is_empty()).then_some(range)
}

/// Where a text of the tree of `text` stands, its quotation marks included; nothing for one that is no slice of it. Unlike
/// the others this reads nothing, so it may be asked for every value.
pub fn of_slice(text: &str, node: &Node) -> Option<Range<usize>> {
    let Node::Text(Cow::Borrowed(value)) = node else { return None };
    let range = inside(text, value).filter(|range| !range.is_empty())?;
    let around = (text[..range.start].bytes().next_back(), text[range.end..].bytes().next());
    Some(match around {
        (Some(opening @ (b'"' | b'\'')), Some(closing)) if opening == closing => range.start - 1..range.end + 1,
        _ => range,
    })
}

/// Where the text that a plain scalar at `start` folds to ends: its words, with any space and line ends between.
pub fn end_of_folded(text: &str, start: usize, folded: &str) -> Option<usize> {
    folded.split_whitespace().try_fold(start, |at, word| {
        let rest = text.get(at..)?;
        let space = rest.len() - rest.trim_start().len();
        rest[space..].starts_with(word).then(|| at + space + word.len())
    })
}

/// Where the key at the end of `steps` stands, written in the text as it is.
pub fn of_key(text: &str, steps: &[Step]) -> Option<Range<usize>> {
    key_in(text, &tree::parse(text).ok()?.root, steps)
}

/// The same where the tree of `text` is known.
pub fn key_in(text: &str, root: &Node, steps: &[Step]) -> Option<Range<usize>> {
    let (Step::Key(last), above) = steps.split_last()? else { return None };
    match node_at(root, above)? {
        Node::Mapping(mapping) => inside(text, &mapping.get(last)?.key),
        _ => None,
    }
}

/// The value at `steps` of a tree.
pub fn node_at<'n, 't>(root: &'n Node<'t>, steps: &[Step]) -> Option<&'n Node<'t>> {
    steps.iter().try_fold(root, |node, step| match (node, step) {
        (Node::Mapping(mapping), Step::Key(key)) => mapping.get(key).map(|entry| &entry.value),
        (Node::List(nodes), Step::Index(index)) => nodes.get(*index),
        _ => None,
    })
}

/// All that belongs to the outermost key `key` in `text`: from the key itself to the next one.
pub fn reach(text: &str, key: &str) -> Option<Range<usize>> {
    let Node::Mapping(mapping) = tree::parse(text).ok()?.root else { return None };
    let at = mapping.entries.iter().position(|entry| entry.key == key)?;
    let start = inside(text, &mapping.entries[at].key)?.start;
    let next = mapping.entries.get(at + 1).and_then(|entry| inside(text, &entry.key));
    Some(start..next.map_or(text.len(), |next| next.start))
}

/// From the first byte of a value to its last, so far as that can be told from the text alone.
fn extent(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    let line = line.find(" #").map_or(line, |comment| &line[..comment]).trim_end();
    let length = match rest.bytes().next() {
        Some(quote @ (b'"' | b'\'')) => end_of_quoted(rest, quote),
        Some(b'[' | b'{') => end_of_brackets(rest),
        Some(b'|' | b'>' | b'-' | b'?') | None => None,
        Some(_) => {
            let end = line.find([',', ']', '}']).filter(|_| in_flow(text, start));
            end.map(|end| line[..end].trim_end().len())
        }
    };
    start..start + length.unwrap_or(line.len())
}

/// Whether a bracket is open before `at`; brackets in texts above may mislead it, by a caret too long or short.
fn in_flow(text: &str, at: usize) -> bool {
    let mut open = 0i32;
    for byte in text[..at].bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open -= 1,
            _ => {}
        }
    }
    open > 0
}

fn end_of_quoted(rest: &str, quote: u8) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quote == b'"' => escaped = true,
            b'\'' if quote == b'\'' && rest.as_bytes().get(at + 1) == Some(&b'\'') => escaped = true,
            _ if byte == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn end_of_brackets(rest: &str) -> Option<usize> {
    let mut open = 0usize;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' if open == 1 => return Some(at + 1),
            b']' | b'}' => open -= 1,
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

const FOUND: &str = "\0found";

#[derive(Clone, Copy)]
struct Probe<'p> {
    steps: &'p [Step<'p>],
}

impl Probe<'_> {
    fn leaf<E: de::Error>(self) -> Result<(), E> {
        if self.steps.is_empty() { Err(E::custom(FOUND)) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
        self.leaf()
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        self.leaf()
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
        self.leaf()
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<(), E> {
        self.leaf()
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<(), E> {
        self.leaf()
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        self.leaf()
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        self.leaf()
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.leaf()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<(), A::Error> {
        let Some((first, rest)) = self.steps.split_first() else { return self.leaf() };
        while let Some(key) = from.next_key::<String>()? {
            if *first == Step::Key(&key) {
                from.next_value_seed(Probe { steps: rest })?;
            } else {
                from.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<(), A::Error> {
        let Some((first, rest)) = self.steps.split_first() else { return self.leaf() };
        for index in 0.. {
            let more = if *first == Step::Index(index) {
                from.next_element_seed(Probe { steps: rest })?.is_some()
            } else {
                from.next_element::<IgnoredAny>()?.is_some()
            };
            if !more {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Step::{Index, Key};
    use super::*;

    #[test]
    fn every_way_of_writing_a_value_has_its_place() {
        let text = "title: Ünï # x\nrefs:\n  - p/one\n  - { why: \"x\", to: p/two }\n  - \"p/th, ree\"\nn: 3\nmap:\n  a:\n    \
                    b: deep\nempty:\nfold: en\n  to\n";
        for (steps, expected) in [
            (&[Key("title")][..], "Ünï"),
            (&[Key("refs"), Index(0)], "p/one"),
            (&[Key("refs"), Index(1)], "{ why: \"x\", to: p/two }"),
            (&[Key("refs"), Index(1), Key("to")], "p/two"),
            (&[Key("refs"), Index(2)], "\"p/th, ree\""),
            (&[Key("n")], "3"),
            (&[Key("n"), Index(0)], "3"),
            (&[Key("map"), Key("a"), Key("b")], "deep"),
            (&[Key("map"), Key("a"), Key("c")], "b: deep"),
            (&[Key("empty")], "empty"),
            (&[Key("fold")], "en"),
        ] {
            let range = nearest(text, steps).unwrap_or_default();
            assert_eq!(&text[range], expected, "{steps:?}");
        }
        assert_eq!(nearest(text, &[Key("none")]), None);
    }
}

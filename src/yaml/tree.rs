//! YAML text to a tree that borrows from it: mappings in order, texts as slices where they stand as they are.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// A parsed YAML text.
#[derive(Debug)]
pub struct Tree<'t> {
    /// The whole document; `Nothing` for an empty one.
    pub root: Node<'t>,
    /// Keys that stand twice in one mapping: the earlier and the later.
    pub repeated: Vec<(Cow<'t, str>, Cow<'t, str>)>,
}

/// A YAML value.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'t> {
    /// `null`, `~` or no value at all.
    Nothing,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number, among them `.inf` and `.nan`.
    Number(f64),
    /// A text. Borrowed texts are slices of the source, so their place is known.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A mapping.
    Mapping(Mapping<'t>),
}

/// A YAML mapping, in the order of the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mapping<'t> {
    /// Its keys and values; a repeated key stands here as often as it was written.
    pub entries: Vec<Entry<'t>>,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'t> {
    /// The key; numbers and such as they were written.
    pub key: Cow<'t, str>,
    /// Its value.
    pub value: Node<'t>,
}

impl<'t> Mapping<'t> {
    /// The first entry of that key.
    pub fn get(&self, key: &str) -> Option<&Entry<'t>> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl Node<'_> {
    /// What the value is, for messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Node::Nothing => "nothing",
            Node::Bool(_) => "`true` or `false`",
            Node::Integer(_) => "a whole number",
            Node::Number(_) => "a number",
            Node::Text(_) => "a text",
            Node::List(_) => "a list",
            Node::Mapping(_) => "a key with a value",
        }
    }

    /// The value as data of no certain shape. Walks no deeper than the parser, which has a limit.
    pub fn to_json(&self) -> Value {
        match self {
            Node::Nothing => Value::Null,
            Node::Bool(truth) => (*truth).into(),
            Node::Integer(number) => (*number).into(),
            Node::Number(number) => (*number).into(),
            Node::Text(text) => text.as_ref().into(),
            Node::List(nodes) => nodes.iter().map(Node::to_json).collect(),
            Node::Mapping(mapping) => {
                mapping.entries.iter().map(|entry| (entry.key.to_string(), entry.value.to_json())).collect()
            }
        }
    }
}

/// Messages of our own inside serde errors, told from others by the NUL.
pub(super) const TAGGED: &str = "\0tagged";
pub(super) const TOO_LARGE: &str = "\0too large";
pub(super) const TOO_DEEP: &str = "\0too deep";
pub(super) const KEY: &str = "\0key";

/// Brackets within brackets that are still taken for YAML. The parser takes time quadratic in this depth.
const MOST_BRACKETS: usize = 256;

/// Parses `text`.
///
/// # Errors
/// The first place that is no YAML, or more than is reasonable: brackets or blocks nested too deeply,
/// aliases that grow to far more than the text.
pub fn parse(text: &str) -> Result<Tree<'_>, serde_yaml::Error> {
    if too_many_brackets(text) {
        return Err(de::Error::custom(TOO_DEEP));
    }
    // Without aliases a text has no more values than bytes, so only a bomb runs out.
    let state = State { values_left: Cell::new(text.len() * 2 + 64), repeated: RefCell::default() };
    let root = NodeSeed(&state).deserialize(serde_yaml::Deserializer::from_str(text))?;
    Ok(Tree { root, repeated: state.repeated.into_inner() })
}

pub(super) fn too_many_brackets(text: &str) -> bool {
    let mut open = 0usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > MOST_BRACKETS
    })
}

struct State<'t> {
    values_left: Cell<usize>,
    repeated: RefCell<Vec<(Cow<'t, str>, Cow<'t, str>)>>,
}

impl<'t> State<'t> {
    fn spend<E: de::Error>(&self, amount: usize) -> Result<(), E> {
        let left = self.values_left.get().checked_sub(amount).ok_or_else(|| E::custom(TOO_LARGE))?;
        self.values_left.set(left);
        Ok(())
    }

    fn note_repeats(&self, entries: &[Entry<'t>]) {
        let mut in_order: Vec<&Cow<str>> = entries.iter().map(|entry| &entry.key).collect();
        in_order.sort();
        for pair in in_order.windows(2).filter(|pair| pair[0] == pair[1]) {
            self.repeated.borrow_mut().push((pair[0].clone(), pair[1].clone()));
        }
    }
}

struct NodeSeed<'s, 't>(&'s State<'t>);

impl<'t> DeserializeSeed<'t> for NodeSeed<'_, 't> {
    type Value = Node<'t>;

    fn deserialize<D: Deserializer<'t>>(self, from: D) -> Result<Node<'t>, D::Error> {
        self.0.spend(1)?;
        from.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for NodeSeed<'_, 't> {
    type Value = Node<'t>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Node<'t>, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E>(self) -> Result<Node<'t>, E> {
        Ok(Node::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'t>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'t>, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'t>, E> {
        Ok(i64::try_from(value).map_or(Node::Number(value as f64), Node::Integer))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node<'t>, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node<'t>, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'t>, E> {
        Ok(Node::Number(value))
    }

    fn visit_borrowed_str<E>(self, value: &'t str) -> Result<Node<'t>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node<'t>, E> {
        self.0.spend(value.len() / 4)?;
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut from: A) -> Result<Node<'t>, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = from.next_element_seed(NodeSeed(self.0))? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'t>>(self, mut from: A) -> Result<Node<'t>, A::Error> {
        let mut entries: Vec<Entry> = Vec::new();
        while let Some(key) = from.next_key_seed(KeySeed)? {
            let value = from.next_value_seed(NodeSeed(self.0))?;
            entries.push(Entry { key, value });
        }
        self.0.note_repeats(&entries);
        Ok(Node::Mapping(Mapping { entries }))
    }

    fn visit_enum<A: EnumAccess<'t>>(self, _: A) -> Result<Node<'t>, A::Error> {
        Err(de::Error::custom(TAGGED))
    }
}

struct KeySeed;

impl<'t> DeserializeSeed<'t> for KeySeed {
    type Value = Cow<'t, str>;

    fn deserialize<D: Deserializer<'t>>(self, from: D) -> Result<Cow<'t, str>, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'t> Visitor<'t> for KeySeed {
    type Value = Cow<'t, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(KEY)
    }

    fn visit_borrowed_str<E>(self, key: &'t str) -> Result<Cow<'t, str>, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Cow<'t, str>, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

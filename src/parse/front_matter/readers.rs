//! Reads the keys that decide who may read an item: `audience`, `draft`, and Obsidian's `publish`.
//!
//! A value that cannot be read is not replaced by its default: then it is unknown who may read the item.

use super::READERS;
use super::lookalike::concerns_readers;
use crate::model::front_matter::Readers;
use crate::yaml::fields::Fields;
use crate::yaml::tree::Node;

/// Returns the readers that `fields` name; `allowed` are the keys that the item may have.
pub(super) fn read(fields: &Fields, allowed: &[&str]) -> Readers {
    let facilitator = fields.one_of("audience", &[("facilitator", true), ("participant", false)]);
    let draft = fields.boolean("draft");
    let publish = fields.boolean("publish");
    let is_there = |key: &str| fields.keys().filter(|found| *found == key).count();
    for key in READERS.iter().filter(|key| is_there(key) > 0) {
        let expected = if *key == "audience" { "`facilitator` or `participant`" } else { "`true` or `false`" };
        fields.wants_value(key, expected);
    }
    let is_unread = |(key, is_read): (&&str, bool)| is_there(key) > usize::from(is_read);
    let is_read = [facilitator.is_some(), draft.is_some(), publish.is_some()];
    let is_other =
        |key: &str| !allowed.contains(&key) && (concerns_readers(key) || fields.node(key).is_some_and(holds_such));
    Readers {
        facilitator: facilitator.unwrap_or(false),
        draft: draft.unwrap_or(false) || publish == Some(false),
        says_audience: facilitator.is_some(),
        says_draft: draft.is_some() || publish.is_some(),
        is_unknown: READERS.iter().zip(is_read).any(is_unread) || fields.keys().any(is_other),
    }
}

/// Returns whether a value contains keys that concern readers, as in `meta: { draft: true }`.
fn holds_such(node: &Node) -> bool {
    match node {
        Node::Mapping(mapping) => {
            mapping.entries.iter().any(|entry| concerns_readers(&entry.key) || holds_such(&entry.value))
        }
        Node::List(nodes) => nodes.iter().any(holds_such),
        _ => false,
    }
}

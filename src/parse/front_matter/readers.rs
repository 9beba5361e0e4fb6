//! Reads the keys that decide who may read an item: `audience`, `draft`, and Obsidian's `publish`.
//!
//! A value that cannot be read is not replaced by its default: then it is unknown who may read the item.

use super::READERS;
use super::lookalike::concerns_readers;
use crate::diagnostic::{Fault, suggest};
use crate::model::front_matter::Readers;
use crate::model::hiding::nearest_name;
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
    Readers {
        facilitator: facilitator.unwrap_or(false),
        draft: draft.unwrap_or(false) || publish == Some(false),
        says_audience: facilitator.is_some(),
        says_draft: draft.is_some() || publish.is_some(),
        is_unknown: READERS.iter().zip(is_read).any(is_unread) || !others(fields, allowed).is_empty(),
    }
}

/// Returns the keys that are not `allowed` and that may be meant to say who reads the item.
pub(super) fn others<'f>(fields: &'f Fields, allowed: &[&str]) -> Vec<&'f str> {
    let node_hides = |key: &str| fields.node(key).is_some_and(|node| holds_such(node) || is_answer(node));
    let is_other = |key: &&str| !allowed.contains(key) && (concerns_readers(key) || node_hides(key));
    fields.keys().filter(is_other).collect()
}

/// Reports the key `key`, one of the [`others`], with the way to say what it may mean.
pub(super) fn report_other(fields: &Fields, key: &str, allowed: &[&str]) {
    let for_facilitators = matches!(fields.node(key), Some(Node::Text(text)) if nearest_name(text).is_some());
    let meant = if for_facilitators { "audience: facilitator" } else { "draft: true" };
    let suggestion = suggest::nearest(key, allowed.iter().copied()).or_else(|| Some(meant.to_owned()));
    fields.fault(key, Fault::UnknownKey { key: key.to_owned(), suggestion });
}

/// Returns whether an unknown key with this value may be meant to say who reads the page: `synlig: nej`, `læsere: facilitator`.
fn is_answer(node: &Node) -> bool {
    const ANSWERS: [&str; 8] = ["yes", "no", "on", "off", "ja", "nej", "true", "false"];
    match node {
        Node::Bool(_) => true,
        Node::Text(text) => ANSWERS.contains(&text.trim().to_lowercase().as_str()) || nearest_name(text).is_some(),
        _ => false,
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

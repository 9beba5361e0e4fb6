//! Files to their identities: the id and the address that a name gives, and whether readers of this edition get the item.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::book::{Audience, ItemIndex};
use super::names::short_names;
use crate::layer::Stack;
use crate::model::id::item_id;
use crate::outline::Outline;
use crate::parse::Document;

/// The target of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// An item of this edition.
    Item(ItemIndex),
    /// A draft.
    Draft,
    /// An item that only facilitators have, in the participants' edition.
    FacilitatorOnly,
    /// An item that the edition leaves out, by its index in [`Stack::omitted`].
    Omitted(usize),
}

/// A file with the identity that its name gives it.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Its id.
    pub id: Arc<str>,
    /// Path of its page.
    pub address: Arc<str>,
    /// Its section.
    pub section: Option<usize>,
    /// Index of the layer that it is from.
    pub layer: usize,
    /// The last part of its id, its file's stem and its aliases, all as slugs.
    pub short: Vec<String>,
    /// The target of its names.
    pub named: Named,
    /// Its document.
    pub document: Arc<Document>,
}

/// Gives every file its id and address, and items their numbers in reading order.
pub fn identify(
    outline: &Outline,
    stack: &Stack,
    documents: &[Arc<Document>],
    order: &[usize],
    audience: Audience,
) -> Vec<Identity> {
    let mut identities: Vec<Identity> = outline
        .files
        .par_iter()
        .zip(documents)
        .map(|(file, document)| {
            let id = item_id(&file.path);
            let common = &document.front.common;
            let named = match (common.readers.draft, common.readers.facilitator, audience) {
                (true, _, _) => Named::Draft,
                (false, true, Audience::Participant) => Named::FacilitatorOnly,
                _ => Named::Item(0),
            };
            let (section, layer) = (file.section, stack.layer_of(&file.path));
            let (address, short) = (format!("{id}.html").into(), short_names(&id, document).collect());
            Identity { id: id.into(), address, section, layer, short, named, document: Arc::clone(document) }
        })
        .collect();
    let mut next = 0;
    let mut seen = FxHashSet::with_capacity_and_hasher(order.len(), FxBuildHasher);
    for at in order {
        let identity = &mut identities[*at];
        if identity.named != Named::Item(0) {
            continue;
        }
        // Of two files with one id only the first is an item; `Names` reports the other.
        if seen.insert(Arc::clone(&identity.id)) {
            identity.named = Named::Item(next);
            next += 1;
        } else {
            identity.named = Named::Draft;
        }
    }
    identities
}

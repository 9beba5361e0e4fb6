//! Links to what an edition leaves out become one fault for each item, which lists every place.

use std::collections::BTreeMap;

use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::Stack;
use crate::model::front_matter::KeyPath;
use crate::model::id::item_id;
use crate::parse::{Document, place_of};

/// Gathers the faults of single links in `diagnostics` to one for each item, at the entry of `omit` that leaves it out.
pub fn gather(stack: &Stack, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
    let mut links: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    diagnostics.retain(|diagnostic| match &diagnostic.fault {
        Fault::OmittedButLinked { id, .. } => {
            links.entry(id.clone()).or_default().push(diagnostic.clone());
            false
        }
        _ => true,
    });
    for (id, mut found) in links {
        let Some(omitted) = stack.omitted.iter().find(|omitted| item_id(&omitted.file.path) == id) else { continue };
        found.sort_by(|a, b| a.labels.cmp(&b.labels));
        found.dedup();
        let place = settings.place_of_entry(omitted.layer, "omit", omitted.entry);
        let fault = Fault::OmittedButLinked { id, places: found.len() };
        let whole = Diagnostic::new(fault, &place.shown, place.range);
        diagnostics.push(
            found
                .iter()
                .flat_map(|link| &link.labels)
                .fold(whole, |whole, label| whole.and_at(&label.path, label.span.range(), "it is linked here")),
        );
    }
}

/// Reports `base: merge` in a file that replaces no other.
pub fn check_merge(document: &Document, stack: &Stack, diagnostics: &mut Vec<Diagnostic>) {
    let source = &document.source;
    if document.front.common.merge && stack.replaced_by(&source.path).is_empty() {
        let fault = Fault::NothingBelow { written: "base: merge" };
        let place = place_of(&source.text, KeyPath::key("base"));
        diagnostics.push(Diagnostic::new(fault, &source.shown, place));
    }
}

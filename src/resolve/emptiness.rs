//! What is left when drafts are left out: a handbook or a section with nothing to publish is told of.

use super::identity::{Identity, Named};
use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::Unread;
use crate::outline::Outline;

/// Reports a handbook without any page, and each section of `handbook.yaml` without one. `files` stand in the
/// order of `outline.files`; what is `unread` may be what is missed.
pub fn check(
    settings: &Settings,
    outline: &Outline,
    files: &[Identity],
    unread: &Unread,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut used = vec![false; outline.sections.len()];
    let mut any = false;
    for (placed, identity) in outline.files.iter().zip(files) {
        if identity.named != Named::Draft {
            any = true;
            placed.section.into_iter().for_each(|section| used[section] = true);
        }
    }
    // A folder of drafts that no setting names is no section yet.
    let planned = outline.sections.iter().zip(used).filter(|_| !settings.handbook.sections.is_empty());
    let places = settings.section_places();
    for (section, _) in planned.filter(|(section, used)| !used && !unread.is_in(&section.folder)) {
        let fault = Fault::EmptySection { folder: section.folder.clone() };
        let place = places.of(&section.folder, "folder");
        diagnostics.push(Diagnostic::new(fault, &place.shown, place.range));
    }
    if !any && unread.is_empty() {
        let whole = settings.layers.first().map(|layer| &layer.source.shown);
        diagnostics.extend(whole.map(|shown| Diagnostic::new(Fault::EmptyHandbook, shown, 0..0)));
    }
}

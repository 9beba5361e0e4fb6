//! What is left when drafts are left out: a handbook or a section with nothing to publish is told of.

use super::names::{Identity, Named};
use crate::config;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::handbook::Handbook;
use crate::outline::Outline;
use crate::snapshot::Layer;

/// Reports a handbook without any page, and each section of `handbook.yaml` without one. `files` stand in the
/// order of `outline.files`.
pub fn check(
    handbook: &Handbook,
    layer: &Layer,
    outline: &Outline,
    files: &[Identity],
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
    let settings = &layer.settings;
    // A folder of drafts that no setting names is no section yet.
    let planned = outline.sections.iter().zip(used).filter(|_| !handbook.sections.is_empty());
    for (section, _) in planned.filter(|(_, used)| !used) {
        let fault = Fault::EmptySection { folder: section.folder.clone() };
        let range = config::place_of_section(&settings.text, &section.folder, "folder");
        diagnostics.push(Diagnostic::new(fault, &settings.shown, range));
    }
    if !any {
        diagnostics.push(Diagnostic::new(Fault::EmptyHandbook, &settings.shown, 0..0));
    }
}

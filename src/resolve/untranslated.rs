//! What an edition in another language keeps of the layers below it: readers would meet it in the wrong one.

use std::collections::HashSet;
use std::sync::Arc;

use super::book::{Book, Item};
use crate::config::{SettingPlace, Settings};
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::Stack;
use crate::model::handbook::Language;
use crate::parse::split;

/// What is said of each place.
const KEPT: &str = "it is kept as it is";

/// Warns of all that `book` keeps in another language than its own: items, text that an item takes from the one it builds
/// on, and titles. One warning at the place that gives the edition its language, with every place of what is kept.
pub fn check(book: &Book, settings: &Settings, stack: &Stack, diagnostics: &mut Vec<Diagnostic>) {
    let language = book.handbook.language;
    let is_foreign = |layer: usize| settings.layers[layer].language != language;
    if !(0..settings.layers.len()).any(is_foreign) {
        return;
    }
    let mut places: Vec<(Arc<str>, usize)> = Vec::new();
    let mut keep = |place: SettingPlace| {
        if is_foreign(place.layer) {
            places.push((place.shown, place.range.start));
        }
    };
    keep(settings.place_of(&["title"]));
    if book.handbook.description.is_some() {
        keep(settings.place_of(&["description"]));
    }
    let section_places = settings.section_places();
    for section in book.handbook.sections.iter().filter(|section| section.title.is_some()) {
        keep(section_places.of(&section.folder, "title"));
    }
    places.extend(book.items.iter().filter_map(|item| kept(item, stack, &is_foreign)));
    places.sort();
    let fault = Fault::Untranslated { places: places.len(), language: name(language) };
    if places.is_empty() {
        return;
    }
    let place = settings.place_of(&["language"]);
    let warning = Diagnostic::new(fault, &place.shown, place.range);
    diagnostics.push(places.into_iter().fold(warning, |warning, (shown, at)| warning.and_at(&shown, at..at, KEPT)));
}

/// Where text of another language begins that `item` shows.
fn kept(item: &Item, stack: &Stack, is_foreign: &dyn Fn(usize) -> bool) -> Option<(Arc<str>, usize)> {
    let source = &item.document.source;
    if is_foreign(stack.layer_of(&source.path)) {
        return Some((Arc::clone(&source.shown), 0));
    }
    // Keys that are merged may be minutes and ids; text is what `![[base]]` stands for.
    let origins = item.document.origins.as_ref()?;
    let below = stack.replaced_by(&source.path).iter().filter(|replaced| is_foreign(replaced.layer));
    let foreign: HashSet<&Arc<str>> = below.map(|replaced| &replaced.file.shown).collect();
    let body = split(&source.text).body_start..source.text.len();
    let (_, shown, at) = origins.pieces_in(body).find(|(_, shown, _)| foreign.contains(shown))?;
    Some((Arc::clone(shown), at))
}

fn name(language: Language) -> &'static str {
    match language {
        Language::Danish => "Danish",
        Language::English => "English",
    }
}

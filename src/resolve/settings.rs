//! The texts of `handbook.yaml` with their terms filled; terms that there are not are told of.

use super::guesses::Guesses;
use super::vocabulary::Vocabulary;
use crate::config::{SettingPlace, Settings};
use crate::diagnostic::{Diagnostic, Fault};
use crate::language;
use crate::model::handbook::{Brand, Handbook, SectionSettings};

/// The settings of the edition with terms filled in everything that readers see: titles, description, and the brand's
/// texts. Each is written in the words of the layer that it stands in.
pub fn fill(settings: &Settings, vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Handbook {
    let guesses = Guesses::default();
    let mut text = |text: &str, place: &dyn Fn() -> SettingPlace| {
        if !text.contains(['{', '\\']) {
            return text.to_owned();
        }
        let place = place();
        let terms = vocabulary.of_layer(place.layer);
        let (text, unknown) = language::fill_text(text, terms);
        for (_, unknown) in unknown {
            let suggestion = guesses.of_word(&unknown.word, || terms.nearest(&unknown.word));
            let fault = Fault::UnknownTerm { term: unknown.word, suggestion };
            diagnostics.push(Diagnostic::new(fault, &place.shown, place.range.clone()));
        }
        text
    };
    let handbook = &settings.handbook;
    let mut at = |written: &Option<String>, keys: &[&str]| {
        written.as_ref().map(|written| text(written, &|| settings.place_of(keys)))
    };
    let title = at(&Some(handbook.title.clone()), &["title"]).unwrap_or_default();
    let description = at(&handbook.description, &["description"]);
    let brand = Brand {
        organisation: at(&handbook.brand.organisation, &["brand", "organisation"]),
        footer: at(&handbook.brand.footer, &["brand", "footer"]),
        contact: at(&handbook.brand.contact, &["brand", "contact"]),
        ..handbook.brand.clone()
    };
    let places = settings.section_places();
    let sections = handbook
        .sections
        .iter()
        .map(|section| {
            let place = || places.of(&section.folder, "title");
            let title = section.title.as_ref().map(|title| text(title, &place));
            SectionSettings { title, ..section.clone() }
        })
        .collect();
    Handbook { title, description, brand, sections, ..handbook.clone() }
}

//! The texts of `handbook.yaml` with their terms filled; terms that there are not are told of.

use std::ops::Range;

use crate::config::{place_of, place_of_section};
use crate::diagnostic::{Diagnostic, Fault};
use crate::language::{self, TermIndex};
use crate::model::handbook::{Brand, Handbook, SectionSettings};
use crate::source::Source;

/// `handbook` with terms filled in everything that readers see: titles, description, and the brand's texts.
pub fn fill(handbook: &Handbook, settings: &Source, terms: &TermIndex, diagnostics: &mut Vec<Diagnostic>) -> Handbook {
    let mut text = |text: &str, place: &dyn Fn(&str) -> Range<usize>| {
        let (text, unknown) = language::fill_text(text, terms);
        for (_, unknown) in unknown {
            let fault = Fault::UnknownTerm { term: unknown.word, suggestion: unknown.suggestion };
            diagnostics.push(Diagnostic::new(fault, &settings.shown, place(&settings.text)));
        }
        text
    };
    let mut at = |written: &Option<String>, keys: &[&str]| {
        written.as_ref().map(|written| text(written, &|yaml| place_of(yaml, keys)))
    };
    let title = at(&Some(handbook.title.clone()), &["title"]).unwrap_or_default();
    let description = at(&handbook.description, &["description"]);
    let brand = Brand {
        organisation: at(&handbook.brand.organisation, &["brand", "organisation"]),
        footer: at(&handbook.brand.footer, &["brand", "footer"]),
        contact: at(&handbook.brand.contact, &["brand", "contact"]),
        ..handbook.brand.clone()
    };
    let sections = handbook
        .sections
        .iter()
        .map(|section| {
            let place = |yaml: &str| place_of_section(yaml, &section.folder, "title");
            let title = section.title.as_ref().map(|title| text(title, &place));
            SectionSettings { title, ..section.clone() }
        })
        .collect();
    Handbook { title, description, brand, sections, ..handbook.clone() }
}

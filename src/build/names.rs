//! Reports outputs whose names are longer than file systems allow, at the source of each name.

use std::sync::Arc;

use super::assets::Assets;
use super::{Options, point_at_files, with_audience};
use crate::asset::Prepared;
use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::Stack;
use crate::model::address::too_long_part;
use crate::parse::Places;
use crate::plan::print_outs;
use crate::resolve::Documents;
use crate::resolve::book::{Audience, Book, Item};
use crate::snapshot::Snapshot;
use crate::theme::Theme;

/// Reports names that are too long: those of the edition, its pages, and its print-outs if they are made.
pub(super) fn check(
    settings: &Settings,
    book: &Book,
    documents: &Documents,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let edition = with_audience(&book.handbook.name, Audience::Facilitator);
    if let Some(fault) = fault_of(&edition) {
        let place = settings.place_of(&["name"]);
        diagnostics.push(Diagnostic::new(fault, &place.shown, place.range));
    }
    let at_file = |item: &Item, path: &str| Some(Diagnostic::new(fault_of(path)?, &item.document.source.shown, 0..0));
    diagnostics.extend(book.items.iter().filter_map(|item| at_file(item, &item.address)));
    for section in &book.sections {
        let first = section.index.or_else(|| section.items.first().copied());
        diagnostics.extend(first.and_then(|first| at_file(&book.items[first], &section.address())));
    }
    if options.pdf {
        for (path, print_out) in print_outs::plan(book) {
            diagnostics.extend(print_out.item.and_then(|item| at_file(&book.items[item], &path)));
        }
    }
    let mut faults: Vec<Diagnostic> =
        book.redirects.iter().filter_map(|(address, item)| at_old_id(&book.items[*item], address)).collect();
    point_at_files(&documents.published, &mut faults);
    diagnostics.append(&mut faults);
}

/// Reports files that pages refer to and files of the theme whose published names would be too long; the former are not
/// published.
pub(super) fn check_files(
    stack: &Stack,
    snapshot: &Snapshot,
    theme: &Theme,
    assets: &mut Assets,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (path, asset) in assets.iter_mut().filter(|(_, asset)| asset.content.is_some()) {
        if let Some(fault) = fault_of(&asset.output_name) {
            diagnostics.push(Diagnostic::new(fault, &stack.files[path].shown, 0..0));
            *asset = Arc::new(Prepared { content: None, ..Prepared::clone(asset) });
        }
    }
    for (name, path) in &theme.assets.paths {
        let file = format!("assets/{name}");
        let layers = snapshot.themes.iter().filter_map(|layer| layer.files.get(&*file)).next();
        if let (Some(fault), Some(file)) = (fault_of(path), layers) {
            diagnostics.push(Diagnostic::new(fault, &file.shown, 0..0));
        }
    }
}

fn at_old_id(item: &Item, address: &str) -> Option<Diagnostic> {
    let fault = fault_of(address)?;
    let source = &item.document.source;
    let id = address.strip_suffix(".html").unwrap_or(address);
    let old = item.document.front.common.moved_from.iter().find(|old| *old.text == *id)?;
    Some(Diagnostic::new(fault, &source.shown, Places::of_file(&source.text).of(old.at)))
}

fn fault_of(path: &str) -> Option<Fault> {
    too_long_part(path).map(|name| Fault::NameTooLong { name: name.to_owned() })
}

//! Writes what the search knows of the pages that the program makes itself: the finder and the list of print-outs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::built::Build;
use crate::model::Kind as ItemKind;
use crate::plan::Subject;
use crate::plan::print_outs::Kind;
use crate::render::page::Edition;
use crate::search::text::{PageText, program_page};
use crate::theme::words::Words;

/// Words of the theme that the finder shows.
const FINDER: &[&str] =
    &["finder_principle", "finder_minutes", "finder_when", "when_workshop", "when_between", "finder_matches"];

/// Returns the texts of the pages of `build` that are made by the program and that a reader may look for.
pub(super) fn search_pages(build: &Build) -> Vec<PageText> {
    let Some(edition) = &build.renderer else { return Vec::new() };
    let text = |(path, subject): (&Arc<str>, &Subject)| match subject {
        Subject::Finder => Some(program_page(path, edition.theme.words.get("finder"), finder(edition))),
        Subject::PrintOuts => {
            Some(program_page(path, edition.theme.words.get("print_outs"), print_outs(build, &edition.theme.words)))
        }
        _ => None,
    };
    build.plan.iter().filter_map(text).collect()
}

fn finder(edition: &Edition) -> Vec<String> {
    let count = edition.book.items.iter().filter(|item| item.kind == ItemKind::Exercise).count().to_string();
    let shown = FINDER.iter().filter_map(|key| edition.theme.words.find(key));
    shown.map(|text| text.replace("{n}", &count)).collect()
}

/// Returns what kinds of print-outs there are, each with what the page says of it.
fn print_outs(build: &Build, words: &Words) -> Vec<String> {
    let kinds: BTreeSet<Kind> = build.print_outs.values().map(|print_out| print_out.kind).collect();
    let of_kind = |kind: &Kind| {
        let key = format!("print_{}", kind.name().replace('-', "_"));
        let hint = words.find(&format!("{key}_hint"));
        words.find(&key).into_iter().chain(hint).map(str::to_owned).collect::<Vec<_>>()
    };
    let hint = words.find("print_hint").map(str::to_owned);
    hint.into_iter().chain(kinds.iter().flat_map(of_kind)).collect()
}

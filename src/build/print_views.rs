//! What the print-outs of an edition say, without setting them: the JSON that each is set from.

use std::sync::Arc;

use super::Build;
use crate::output::{Output, OutputContent};
use crate::plan::print_outs::{Kind, PrintOut};
use crate::print::body::Surroundings;
use crate::print::finish::finish;
use crate::print::image_path;
use crate::print::letters::Letters;
use crate::print::view::{BrandView, PrintView, view};
use crate::render::page::Edition;
use crate::resolve::book::{Audience, Book};

impl Build {
    /// The view of every print-out, as JSON at the path of its PDF. What a PDF says, in its metadata too, is in its view;
    /// the images in it are those of the site.
    pub fn print_views(&self) -> impl Iterator<Item = Output> {
        let edition = self.renderer.as_ref();
        self.print_outs.iter().filter_map(move |(path, print_out)| {
            let finished = finish(&view_of(edition?, BrandView::default(), *print_out), Letters::all(), &|_| true);
            Some(Output { path: Arc::clone(path), content: OutputContent::Bytes(finished.json.into()) })
        })
    }
}

/// The view of a print-out. `brand` has the families of the brand's fonts; the rest of it is put in here.
pub(super) fn view_of(edition: &Edition, brand: BrandView, print_out: PrintOut) -> PrintView<'_> {
    let surroundings = Surroundings {
        book: &edition.book,
        words: &edition.theme.words,
        assets: &edition.assets,
        for_participants: is_for_participants(&edition.book, print_out),
    };
    let logo = edition.book.handbook.brand.logo.as_deref();
    let brand = BrandView {
        colors: edition.theme.colors.clone(),
        logo: logo.filter(|logo| edition.assets.contains_key(*logo)).map(image_path),
        ..brand
    };
    view(&surroundings, &edition.theme, &brand, print_out)
}

/// What is handed out holds nothing that only facilitators may see, in their edition neither.
fn is_for_participants(book: &Book, print_out: PrintOut) -> bool {
    book.audience == Audience::Participant || matches!(print_out.kind, Kind::Handout | Kind::Cards | Kind::Poster)
}

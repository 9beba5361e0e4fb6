//! Reports the images that print-outs show otherwise than the site, where a text shows them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::SettingPlace;
use crate::diagnostic::unprintable::Unprintable;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::Stack;
use crate::model::body::{Block, Image, Inline};
use crate::model::walk::{visit, visit_inlines};
use crate::plan::print_outs::is_printed;
use crate::print::picture::Picture;
use crate::resolve::book::{Book, Item, Target};
use crate::snapshot::Content;

/// The drawings of a handbook by path, as they are written: with the name of the file.
#[derive(Debug)]
pub(super) struct Drawings(BTreeMap<Arc<str>, (Arc<str>, Arc<str>)>);

impl Drawings {
    /// Takes note of the drawings in `stack`.
    pub(super) fn of(stack: &Stack) -> Self {
        let drawings = stack.files.iter().filter_map(|(path, file)| match &file.content {
            Content::Text(text) if path.to_ascii_lowercase().ends_with(".svg") => {
                Some((Arc::clone(path), (Arc::clone(&file.shown), Arc::clone(text))))
            }
            _ => None,
        });
        Self(drawings.collect())
    }

    /// Reports the characters of the drawing at `path` that are left out.
    fn missing(&self, path: &str, picture: &Picture) -> Vec<Diagnostic> {
        let Some((shown, text)) = self.0.get(path) else { return Vec::new() };
        let report = |glyph: &char| {
            let range = text.find(*glyph).map_or(0..0, |at| at..at + glyph.len_utf8());
            Diagnostic::new(Fault::MissingGlyph { glyph: *glyph }, shown, range)
        };
        picture.missing.iter().map(report).collect()
    }
}

/// Reports the images of `book`, and its logo, that are not printed as they are; `picture` gives one by its path.
pub(super) fn image_problems(
    book: &Book,
    drawings: &Drawings,
    logo: &SettingPlace,
    picture: &dyn Fn(&str) -> Option<Arc<Picture>>,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut told = BTreeSet::new();
    let mut judge = |path: &str| -> Option<Unprintable> {
        let picture = picture(path)?;
        if told.insert(path.to_owned()) {
            problems.extend(drawings.missing(path, &picture));
        }
        picture.why.clone()
    };
    let mut found = Vec::new();
    let fault = |image: &str, why: Unprintable| Fault::ImageOnPaper { image: image.to_owned(), why };
    if let Some(path) = &book.handbook.brand.logo
        && let Some(why) = judge(path)
    {
        found.push(Diagnostic::new(fault(path, why), &logo.shown, logo.range.clone()));
    }
    for item in book.items.iter().enumerate().filter(|(index, _)| is_printed(book, *index)).map(|(_, item)| item) {
        for image in images_of(item) {
            let Target::Asset { path, .. } = &item.body.targets[image.link as usize] else { continue };
            if let Some(why) = judge(path) {
                let range = item.document.body.links[image.link as usize].span.range();
                found.push(Diagnostic::new(fault(path, why), &item.document.source.shown, range));
            }
        }
    }
    problems.extend(found);
    problems
}

fn images_of<'a>(item: &'a Item) -> Vec<&'a Image> {
    let mut images = Vec::new();
    let mut runs: Vec<&[Inline]> = Vec::new();
    let notes = (0..item.document.body.footnotes.len()).map(|note| item.footnote(note as u32));
    for blocks in std::iter::once(item.blocks()).chain(notes) {
        let see = &mut |block: &'a Block| {
            if let Block::Figure(image) = block {
                images.push(&**image);
            }
        };
        visit(blocks, see, &mut |run| runs.push(run));
    }
    for run in runs {
        visit_inlines(run, &mut |inline| {
            if let Inline::Image(image) = inline {
                images.push(image);
            }
        });
    }
    images
}

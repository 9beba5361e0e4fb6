//! The print-outs of an edition: what each is set from, and what of the handbook cannot be printed.

use std::sync::Arc;
use std::time::Duration;

use super::Build;
use super::print_views::view_of;
use crate::cache::Cache;
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::output::OutputContent;
use crate::print::finish::finish;
use crate::print::glyphs;
use crate::print::image_path;
use crate::print::press::{Press, Printed, Sheet};
use crate::print::view::BrandView;
use crate::resolve::book::Book;
use crate::source::Source;
use crate::theme::Theme;

/// How long a print-out may take: thirty times what the longest needs on an old machine.
const LONGEST: Duration = Duration::from_secs(180);

/// A print-out that waits to be set.
#[derive(Debug, Clone)]
pub struct PrintJob {
    press: Arc<Press>,
    sheet: Sheet,
}

impl PrintJob {
    /// Stands for everything that the PDF depends on, the program's own version apart.
    pub fn fingerprint(&self) -> Fingerprint {
        self.press.fingerprint(&self.sheet)
    }

    /// The JSON that its template reads.
    pub fn json(&self) -> &[u8] {
        &self.sheet.json
    }

    /// Sets it.
    pub fn set(self) -> Printed {
        self.press.set(self.sheet, LONGEST)
    }
}

impl Build {
    /// What the print-out at `path` is set from; nothing where there is none, or where none were asked for.
    pub fn print_job(&self, path: &str) -> Option<PrintJob> {
        let print_out = self.print_outs.get(path)?;
        let edition = self.renderer.as_ref()?;
        let press = Arc::clone(self.press.as_ref()?);
        let brand = BrandView { fonts: press.brand_fonts().clone(), ..BrandView::default() };
        let finished = finish(&view_of(edition, brand, *print_out), &|letter| press.has(letter));
        let images = self.assets.iter().filter_map(|(path, asset)| {
            let path = image_path(path);
            match &asset.content {
                Some(OutputContent::Bytes(bytes)) if finished.images.contains(&path) => Some((path, Arc::clone(bytes))),
                _ => None,
            }
        });
        let sheet = Sheet {
            template: format!("{}.typ", print_out.kind.name()),
            name: format!("{}/{path}", edition.name),
            images: images.collect(),
            json: finished.json,
        };
        Some(PrintJob { press, sheet })
    }
}

/// Makes ready to print, and tells what of `book` the theme's fonts cannot show.
pub(super) fn press(book: &Book, theme: &Theme, settings: &Settings, cache: &Cache) -> (Arc<Press>, Vec<Diagnostic>) {
    let key = theme.print.fingerprint();
    let (press, mut faults) = cache.presses.get(key).unwrap_or_else(|| {
        let (press, faults) = Press::new(&theme.print);
        (Arc::new(press), faults)
    });
    cache.keep_press(key, (Arc::clone(&press), faults.clone()));
    let sources: Vec<&Source> = settings.layers.iter().map(|layer| &layer.source).collect();
    faults.extend(glyphs::missing(book, &theme.words, &sources, &|letter| press.has(letter)));
    (press, faults)
}

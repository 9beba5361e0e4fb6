//! The print-outs of an edition: what each is set from, and what of the handbook cannot be printed.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::Build;
use super::documents::point_at_files;
use super::print_views::view_of;
use crate::cache::Cache;
use crate::config::Settings;
use crate::diagnostic::{self, Diagnostic, Severity};
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

/// The longest time that a print-out may take: thirty times what the longest one needs on an old machine.
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

/// The data for making print-outs. Nothing of it is prepared before the first print-out or the print problems are
/// requested.
#[derive(Debug)]
pub(super) struct Printing {
    press: OnceLock<PressWithFaults>,
    /// The settings of all layers; their texts are printed.
    settings: Vec<Source>,
    is_strict: bool,
}

type PressWithFaults = (Arc<Press>, Vec<Diagnostic>);

impl Printing {
    pub(super) fn new(book: &Book, theme: &Theme, settings: &Settings, is_strict: bool, cache: &Cache) -> Self {
        let press = OnceLock::new();
        if let Some(known) = cache.presses.get(theme.print.fingerprint()) {
            // The cell is still empty.
            let _ = press.set(known);
        }
        let settings = settings.layers.iter().map(|layer| layer.source.clone()).collect();
        Self { press, settings, is_strict: is_strict || book.handbook.strict }
    }

    fn press(&self, theme: &Theme) -> &PressWithFaults {
        self.press.get_or_init(|| {
            let (press, faults) = Press::new(&theme.print);
            (Arc::new(press), faults)
        })
    }
}

impl Build {
    /// Returns the print problems of the handbook, which are also among the diagnostics of [`build`](super::build) but
    /// not of [`build_to_show`](super::build_to_show). Empty if no print-outs were requested; `None` if they are no
    /// longer `wanted` before all are found.
    pub fn print_problems(&self, cache: &Cache, wanted: &dyn Fn() -> bool) -> Option<Vec<Diagnostic>> {
        let Some((printing, edition)) = self.printing.as_ref().zip(self.renderer.as_ref()) else {
            return Some(Vec::new());
        };
        let (book, theme) = (&edition.book, &edition.theme);
        let (press, faults) = printing.press(theme);
        cache.keep_press(theme.print.fingerprint(), (Arc::clone(press), faults.clone()));
        let sources: Vec<&Source> = printing.settings.iter().collect();
        let mut problems = faults.clone();
        problems.extend(glyphs::missing(book, &theme.words, &sources, &|letter| press.has(letter), wanted)?);
        let documents: Vec<_> = book.items.iter().map(|item| Arc::clone(&item.document)).collect();
        point_at_files(&documents, &mut problems);
        if printing.is_strict {
            problems.iter_mut().for_each(|problem| problem.severity = Severity::Error);
        }
        diagnostic::sort(&mut problems);
        Some(problems)
    }

    /// Returns the input for compiling the print-out at `path`; `None` if there is none, or if none were requested.
    pub fn print_job(&self, path: &str) -> Option<PrintJob> {
        let print_out = self.print_outs.get(path)?;
        let edition = self.renderer.as_ref()?;
        let press = Arc::clone(&self.printing.as_ref()?.press(&edition.theme).0);
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

//! The print-outs of an edition: what each is set from, and what of the handbook cannot be printed.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::Build;
use super::documents::point_at_files;
use super::print_images::{Drawings, image_problems};
use super::print_views::view_of;
use crate::cache::Cache;
use crate::config::{SettingPlace, Settings};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::fingerprint::Fingerprint;
use crate::layer::Stack;
use crate::output::OutputContent;
use crate::print::IMAGES;
use crate::print::finish::finish;
use crate::print::glyphs;
use crate::print::letters::Letters;
use crate::print::picture::Picture;
use crate::print::press::{Press, Printed, Sheet};
use crate::print::view::BrandView;
use crate::resolve::book::Book;
use crate::snapshot::File;
use crate::source::Source;
use crate::theme::{Theme, builtin};

/// The longest time that a print-out may take: thirty times what the longest one needs on an old machine.
const LONGEST: Duration = Duration::from_secs(180);

/// A print-out that waits to be set.
#[derive(Debug, Clone)]
pub struct PrintJob {
    press: Arc<Press>,
    sheet: Sheet,
    is_strict: bool,
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
        let mut printed = self.press.set(self.sheet, LONGEST);
        if self.is_strict {
            printed.diagnostics.iter_mut().for_each(|problem| problem.severity = Severity::Error);
        }
        printed
    }
}

/// The data for making print-outs. Nothing of it is prepared before the first print-out or the print problems are
/// requested.
#[derive(Debug)]
pub(super) struct Printing {
    press: OnceLock<PressWithFaults>,
    /// The settings of all layers; their texts are printed.
    settings: Vec<Source>,
    /// The position of the logo's path in the settings.
    logo: SettingPlace,
    drawings: Drawings,
    is_strict: bool,
}

type PressWithFaults = (Arc<Press>, Vec<Diagnostic>);

impl Printing {
    pub(super) fn new(
        book: &Book,
        theme: &Theme,
        settings: &Settings,
        stack: &Stack,
        is_strict: bool,
        cache: &Cache,
    ) -> Self {
        let press = OnceLock::new();
        if let Some(known) = cache.presses.get(theme.print.fingerprint()) {
            // The cell is still empty.
            let _ = press.set(known);
        }
        let logo = settings.place_of(&["brand", "logo"]);
        let settings = settings.layers.iter().map(|layer| layer.source.clone()).collect();
        let is_strict = is_strict || book.handbook.strict;
        Self { press, settings, logo, drawings: Drawings::of(stack), is_strict }
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
        let letters = Letters { has: &|cluster| press.has(cluster), family: &|cluster| press.family(cluster) };
        problems.extend(glyphs::missing(book, &theme.words, &sources, letters, wanted)?);
        problems.extend(image_problems(book, &printing.drawings, &printing.logo, &|path| {
            wanted().then(|| self.picture(press, path)).flatten()
        }));
        let documents: Vec<_> = book.items.iter().map(|item| Arc::clone(&item.document)).collect();
        point_at_files(&documents, &mut problems);
        if printing.is_strict {
            problems.iter_mut().for_each(|problem| problem.severity = Severity::Error);
        }
        diagnostic::sort(&mut problems);
        Some(problems)
    }

    /// The first print-out of each kind, where the theme has templates of its own: to find out whether they run.
    pub fn print_outs_to_try(&self) -> Vec<Arc<str>> {
        let Some(edition) = &self.renderer else { return Vec::new() };
        let known = builtin::files();
        let is_known = |(path, file): (&Arc<str>, &File)| {
            known.get(path).is_some_and(|known| known.fingerprint() == file.fingerprint())
        };
        if edition.theme.print.files.iter().all(is_known) {
            return Vec::new();
        }
        let mut kinds = BTreeSet::new();
        let first = self.print_outs.iter().filter(|(_, print_out)| kinds.insert(print_out.kind));
        first.map(|(path, _)| Arc::clone(path)).collect()
    }

    /// Returns the input for compiling the print-out at `path`; `None` if there is none, or if none were requested.
    pub fn print_job(&self, path: &str) -> Option<PrintJob> {
        let print_out = self.print_outs.get(path)?;
        let edition = self.renderer.as_ref()?;
        let press = Arc::clone(&self.printing.as_ref()?.press(&edition.theme).0);
        let brand = BrandView { fonts: press.brand_fonts().clone(), ..BrandView::default() };
        let bytes_of = |image: &str| self.picture(&press, image.strip_prefix(IMAGES)?)?.bytes.clone();
        let letters = Letters { has: &|cluster| press.has(cluster), family: &|cluster| press.family(cluster) };
        let finished = finish(&view_of(edition, brand, *print_out), letters, &|image| bytes_of(image).is_some());
        let images = finished.images.into_iter().filter_map(|image| Some((image.clone(), bytes_of(&image)?)));
        let sheet = Sheet {
            template: format!("{}.typ", print_out.kind.name()),
            name: format!("{}/{path}", edition.name),
            images: images.collect(),
            json: finished.json,
        };
        Some(PrintJob { is_strict: self.printing.as_ref()?.is_strict, press, sheet })
    }

    /// The file of the handbook at `path` as print-outs show it; nothing where it is not published.
    fn picture(&self, press: &Arc<Press>, path: &str) -> Option<Arc<Picture>> {
        match &self.assets.get(path)?.content {
            Some(OutputContent::Bytes(bytes)) => Some(press.picture(bytes)),
            _ => None,
        }
    }
}

//! Templates and the JSON of a print-out to the bytes of a PDF, by Typst as a library.
//!
//! Pure: a template sees the theme's `print/` folder, the theme's fonts and the print-out's own virtual files, and
//! nothing else; there is no clock. The PDF is at once PDF/UA-1 (readable by everyone) and PDF/A-2a (readable for long).

mod fault;
mod world;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use rayon::ThreadPoolBuilder;
use typst::Library;
use typst::LibraryExt as _;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use self::world::{Desk, Files};
use super::letters::Letters;
use super::picture::{Picture, picture};
use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::Fingerprint;
use crate::snapshot::Content;
use crate::theme::{BRAND, PrintFiles};

/// Pages of the longest print-out: a theme that makes more does not know when to stop.
pub const MOST_PAGES: usize = 2000;
/// Typst walks trees by recursion, deeper than a thread's usual stack reaches.
const STACK: usize = 16 << 20;
/// Print-outs after which what Typst remembers of one is forgotten, if no other has used it.
const MEMORY: usize = 4;
/// The longest time that a drawing may take by itself.
const LONGEST_DRAWING: Duration = Duration::from_secs(20);

/// What all print-outs of a theme share: its templates and its fonts.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    files: Files,
    /// Families of the brand's fonts by role.
    brand: BTreeMap<String, String>,
    /// Every character that some font has, ascending.
    letters: Vec<u32>,
    /// Templates that took too long: others would wait for them as long again.
    given_up: Mutex<BTreeSet<String>>,
    /// Images that were made ready, by their bytes.
    pictures: Mutex<HashMap<Fingerprint, Arc<Picture>>>,
    fingerprint: Fingerprint,
}

/// A print-out, ready to be set.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The template in the theme's `print/`: `handout.typ`.
    pub template: String,
    /// What tells this document from others: edition and path.
    pub name: String,
    /// The JSON of the contract.
    pub json: Vec<u8>,
    /// Virtual files by path.
    pub images: Vec<(String, Arc<[u8]>)>,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Press").field("fonts", &self.fonts.len()).field("fingerprint", &self.fingerprint).finish()
    }
}

/// A PDF with what there is to say of it.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The PDF; nothing where it could not be made.
    pub pdf: Option<Arc<[u8]>>,
    /// Faults of the template.
    pub diagnostics: Vec<Diagnostic>,
}

impl Press {
    /// Makes ready to print with the files of a theme. Faults: fonts that cannot be read.
    pub fn new(print: &PrintFiles) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut fonts = Vec::new();
        let mut brand = BTreeMap::new();
        for (path, file) in &print.fonts {
            match read_font(&file.content) {
                Ok(read) => {
                    if let (Some(role), Some(font)) = (path.strip_prefix(BRAND), read.first()) {
                        brand.insert(role.to_owned(), font.info().family.clone());
                    }
                    fonts.extend(read);
                }
                Err(reason) => {
                    let fault = Fault::UnreadableFile { reason: reason.to_owned() };
                    diagnostics.push(Diagnostic::new(fault, &file.shown, 0..0));
                }
            }
        }
        let mut letters: Vec<u32> = fonts.iter().flat_map(|font: &Font| font.info().coverage.iter()).collect();
        letters.sort_unstable();
        letters.dedup();
        let press = Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            files: Files::of_theme(&print.files),
            fingerprint: print.fingerprint(),
            fonts,
            brand,
            letters,
            given_up: Mutex::default(),
            pictures: Mutex::default(),
        };
        (press, diagnostics)
    }

    /// The families of the brand's fonts, by role.
    pub fn brand_fonts(&self) -> &BTreeMap<String, String> {
        &self.brand
    }

    /// Tells whether one font has all characters of `cluster`, a letter with its marks.
    pub fn has(&self, cluster: &str) -> bool {
        let mut letters = cluster.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => self.letters.binary_search(&u32::from(letter)).is_ok(),
            _ => self.fonts.iter().any(|font| {
                let coverage = &font.info().coverage;
                cluster.chars().all(|letter| coverage.contains(u32::from(letter)))
            }),
        }
    }

    /// Returns the family to name for a letter with its marks in a drawing: nothing where every font for text has it, since
    /// then the one that the drawing wants does.
    pub fn family(&self, cluster: &str) -> Option<String> {
        let has = |font: &Font| cluster.chars().all(|letter| font.info().coverage.contains(u32::from(letter)));
        let mut for_text = self.fonts.iter().filter(|font| font.info().coverage.contains(u32::from('a')));
        if for_text.all(has) {
            return None;
        }
        self.fonts.iter().find(|font| has(font)).map(|font| font.info().family.clone())
    }

    /// Stands for everything that the PDF of `sheet` depends on, this program's own version apart.
    pub fn fingerprint(&self, sheet: &Sheet) -> Fingerprint {
        let images: Vec<_> = sheet.images.iter().map(|(path, bytes)| (path, Fingerprint::of_bytes(bytes))).collect();
        Fingerprint::of(&(self.fingerprint, &sheet.template, &sheet.name, Fingerprint::of_bytes(&sheet.json), images))
    }

    /// Makes an image ready for paper, once: print-outs and checks ask for the same.
    pub fn picture(self: &Arc<Self>, bytes: &Arc<[u8]>) -> Arc<Picture> {
        let key = Fingerprint::of_bytes(bytes);
        let known = |press: &Self| press.pictures.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(picture) = known(self) {
            return picture;
        }
        let letters = Letters { has: &|cluster| self.has(cluster), family: &|cluster| self.family(cluster) };
        let made = Arc::new(picture(bytes, letters, &|drawing| self.draw(&drawing)));
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&made));
        made
    }

    /// Draws a drawing on a sheet of its own.
    ///
    /// # Errors
    /// The message of Typst if it cannot draw it.
    fn draw(self: &Arc<Self>, drawing: &Arc<[u8]>) -> Result<(), String> {
        let (press, drawing) = (Arc::clone(self), Arc::clone(drawing));
        let drawn = in_thread(LONGEST_DRAWING, move || {
            let desk = Desk::of_drawing(&press, &drawing).ok_or_else(String::new)?;
            let compiled = typst::compile::<PagedDocument>(&desk).output;
            let pdf = compiled.and_then(|document| typst_pdf::pdf(&document, &options("drawing")));
            let said =
                |errors: EcoVec<SourceDiagnostic>| errors.first().map_or_else(String::new, |e| e.message.to_string());
            pdf.map(|_| ()).map_err(said)
        });
        match drawn {
            Ok(drawn) => drawn,
            Err(Stopped::TooSlow) => Err(format!("it takes longer than {} seconds", LONGEST_DRAWING.as_secs())),
            Err(Stopped::BrokeDown) => Err("Typst broke down over it".to_owned()),
            Err(Stopped::NoThread(error)) => Err(format!("the system gave no thread to draw in: {error}")),
        }
    }

    /// Sets `sheet` in a thread of its own, whose stack is large enough. A template that takes longer than `limit` is
    /// given up, for the sheets after this one too: its thread goes on until the program ends, since nothing can stop it.
    pub fn set(self: &Arc<Self>, sheet: Sheet, limit: Duration) -> Printed {
        let press = Arc::clone(self);
        let main = self.files.main(&sheet.template);
        let template = sheet.template.clone();
        let refused = |message: String| Printed { pdf: None, diagnostics: vec![fault::at_start(&main, message)] };
        let too_slow = || refused(format!("the template was not done after {} seconds", limit.as_secs()));
        if self.given_up().contains(&template) {
            return too_slow();
        }
        in_thread(limit, move || press.set_here(&sheet)).unwrap_or_else(|stopped| match stopped {
            Stopped::TooSlow => {
                self.given_up().insert(template);
                too_slow()
            }
            Stopped::BrokeDown => refused("Typst broke down over this template".to_owned()),
            Stopped::NoThread(error) => refused(format!("the system gave no thread to print in: {error}")),
        })
    }

    fn given_up(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.given_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_here(&self, sheet: &Sheet) -> Printed {
        let main = self.files.main(&sheet.template);
        let Some(desk) = Desk::new(self, sheet) else {
            return Printed {
                pdf: None,
                diagnostics: vec![fault::at_start(&main, format!("the theme has no `print/{}`", sheet.template))],
            };
        };
        let compiled = typst::compile::<PagedDocument>(&desk);
        let mut diagnostics = fault::warnings(&compiled.warnings, &desk, &main);
        let pdf = compiled.output.and_then(|document| {
            if document.pages().len() > MOST_PAGES {
                let message = format!("the print-out has more than {MOST_PAGES} pages");
                diagnostics.push(fault::at_start(&main, message));
                return Ok(None);
            }
            typst_pdf::pdf(&document, &options(&sheet.name)).map(Some)
        });
        match pdf {
            Ok(pdf) => Printed { pdf: pdf.map(Arc::from), diagnostics },
            Err(errors) => Printed { pdf: None, diagnostics: fault::errors(&errors, &desk, &main) },
        }
    }
}

/// Why a thread gave no result.
enum Stopped {
    TooSlow,
    BrokeDown,
    NoThread(rayon::ThreadPoolBuildError),
}

/// Runs `work` in a thread of its own and waits for it until `limit`.
fn in_thread<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Stopped> {
    let (send, receive) = mpsc::sync_channel(1);
    let run = move || {
        let done = work();
        comemo::evict(MEMORY);
        // Nobody waits for what came too late.
        let _ = send.send(done);
    };
    // Typst shares its work out among the pool that it runs in. In one with others it would wait for workers that wait
    // for it, or take up their work on top of its own, until the stack is full.
    let pool = ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).panic_handler(|_| {}).build();
    pool.map_err(Stopped::NoThread)?.spawn(run);
    receive.recv_timeout(limit).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => Stopped::TooSlow,
        mpsc::RecvTimeoutError::Disconnected => Stopped::BrokeDown,
    })
}

fn options(name: &str) -> PdfOptions {
    // These two go together, as a test of every kind of print-out shows.
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).unwrap_or_default();
    PdfOptions {
        ident: Smart::Custom(name.to_owned()),
        creator: Smart::Custom(Some(concat!("vaert ", env!("CARGO_PKG_VERSION")).to_owned())),
        // The archive format demands a date; the same input is to give the same bytes, so it is always this one.
        timestamp: Datetime::from_ymd_hms(2000, 1, 1, 0, 0, 0).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    }
}

fn read_font(content: &Content) -> Result<Vec<Font>, &'static str> {
    let Content::Bytes(bytes) = content else { return Err("it is no font") };
    let plain = match bytes.starts_with(b"wOF2") {
        true => Bytes::new(wuff::decompress_woff2(bytes).map_err(|_| "it is no whole WOFF2 font")?),
        false => Bytes::new(bytes.to_vec()),
    };
    let fonts: Vec<Font> = Font::iter(plain).collect();
    if fonts.is_empty() { Err("it is no font that can be printed with") } else { Ok(fonts) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::File;

    #[test]
    fn a_template_that_takes_too_long_is_given_up_once_for_all_its_sheets() {
        // Many rounds of many rounds: no single loop is endless, which Typst would tell by itself.
        let slow = "#for a in range(4000) { for b in range(4000) { let c = a * b } }";
        let templates = [("print/slow.typ", slow), ("print/quick.typ", "#set document(title: \"x\")\n= x")];
        let file = |(path, text): (&str, &str)| {
            let (path, text): (Arc<str>, Arc<str>) = (path.into(), text.into());
            let fingerprint = Fingerprint::of(&text).into();
            (Arc::clone(&path), File { shown: Arc::clone(&path), path, content: Content::Text(text), fingerprint })
        };
        let files = templates.map(file).into_iter().collect();
        let (press, _) = Press::new(&PrintFiles { files, ..PrintFiles::default() });
        let press = Arc::new(press);
        let set = |template: &str, limit: Duration| {
            let sheet = Sheet { template: template.into(), name: "x".into(), json: b"{}".to_vec(), images: Vec::new() };
            press.set(sheet, limit).diagnostics.pop().map(|found| found.fault)
        };
        let too_slow = |seconds| {
            Some(Fault::TemplateError { message: format!("the template was not done after {seconds} seconds") })
        };
        assert_eq!(set("slow.typ", Duration::from_secs(1)), too_slow(1));
        // Not asked again: an hour is not waited for.
        assert_eq!(set("slow.typ", Duration::from_secs(3600)), too_slow(3600));
        assert_eq!(set("quick.typ", Duration::from_secs(60)), None);
    }
}

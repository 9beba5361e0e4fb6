//! Reads a PDF: the letters at their positions on its pages, all strings of its objects, and the files embedded in it.
//!
//! The work is done in a separate thread, which may panic or take too long without harm to the search. The unpacked
//! size is measured first, since the interpreter unpacks whatever it is given.

use std::io::Read as _;
use std::sync::Once;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use flate2::read::ZlibDecoder;
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};

use super::encoding::{latin, utf16};
use super::{Form, MOST_IN_MEMORY, Reading};
use crate::diagnostic::unread::Unread;

/// The longest time that a PDF may take: a hundred times what one of a thousand pages needs.
const LONGEST: Duration = Duration::from_secs(120);
/// The stack of the thread in bytes: objects nest.
const STACK: usize = 64 << 20;
/// The name of the thread, by which its panics are distinguished from the program's.
const THREAD: &str = "pdf-text";
/// The deepest nesting of arrays and dictionaries that is searched.
const DEEPEST: usize = 64;
/// The distance in ems beyond which letters belong to two words.
const WORD_SPACE: f64 = 0.13;
/// The distance in ems from the line beyond which letters are on another line.
const LINE_SPACE: f64 = 0.4;

/// The content found in a PDF.
#[derive(Default)]
struct Contents {
    text: String,
    /// Embedded files, XMP and other streams that are no images.
    streams: Vec<Vec<u8>>,
    size: usize,
    unread: Option<Unread>,
}

/// Reads the PDF in `bytes`, which is nested in `depth` other files.
pub(super) fn read(bytes: &[u8], depth: usize, reading: &mut Reading) {
    let unpacked = unpacked_size(bytes);
    if unpacked > MOST_IN_MEMORY || !reading.spend(unpacked) {
        return reading.note(Unread::TooLarge);
    }
    match contents_in_time(bytes.to_vec()) {
        Ok(contents) => {
            contents.unread.into_iter().for_each(|unread| reading.note(unread));
            reading.give(Form::Text, &contents.text);
            contents.streams.iter().for_each(|stream| reading.read_at(stream, depth + 1));
        }
        Err(unread) => reading.note(unread),
    }
}

fn contents_in_time(bytes: Vec<u8>) -> Result<Contents, Unread> {
    silence_breakdowns();
    let (send, receive) = mpsc::sync_channel(1);
    // Nobody waits for a late result.
    let work = move || drop(send.send(contents(bytes)));
    thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(work).map_err(|_| Unread::Broken)?;
    receive.recv_timeout(LONGEST).unwrap_or_else(|error| match error {
        RecvTimeoutError::Timeout => Err(Unread::TooSlow),
        RecvTimeoutError::Disconnected => Err(Unread::Broken),
    })
}

/// Keeps panics of the thread out of the terminal: the file is reported as one that was not searched.
fn silence_breakdowns() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(THREAD) {
                before(panic);
            }
        }));
    });
}

fn contents(bytes: Vec<u8>) -> Result<Contents, Unread> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            Unread::Locked
        }
        _ => Unread::Broken,
    })?;
    let mut contents = Contents::default();
    contents.read_pages(&pdf);
    pdf.objects().into_iter().for_each(|object| contents.read_object(&object, 0));
    if contents.size as u64 > MOST_IN_MEMORY { Err(Unread::TooLarge) } else { Ok(contents) }
}

impl Contents {
    fn read_pages(&mut self, pdf: &Pdf) {
        let cache = InterpreterCache::new();
        let mut letters = Letters::default();
        for page in pdf.pages().iter() {
            let settings = InterpreterSettings::default();
            let everywhere = Rect::new(-1e6, -1e6, 1e6, 1e6);
            let mut context = Context::new(Affine::IDENTITY, everywhere, &cache, pdf.xref(), settings);
            interpret_page(page, &mut context, &mut letters);
            letters.text.push('\n');
            push_strings(&mut letters.text, page.page_stream().unwrap_or_default());
            letters.text.push('\n');
            letters.last = None;
        }
        self.unread = letters.unread();
        self.size += letters.text.len();
        self.text.push_str(&letters.text);
    }

    fn read_object(&mut self, object: &Object, depth: usize) {
        if depth > DEEPEST || self.size as u64 > MOST_IN_MEMORY {
            return;
        }
        match object {
            Object::String(string) => self.push_string(string.as_bytes()),
            Object::Array(array) => self.read_array(array, depth),
            Object::Dict(dict) => self.read_dict(dict, depth),
            Object::Stream(stream) => {
                self.read_dict(stream.dict(), depth);
                self.read_stream(stream);
            }
            Object::Null(_) | Object::Boolean(_) | Object::Number(_) | Object::Name(_) => {}
        }
    }

    fn read_array(&mut self, array: &Array, depth: usize) {
        for object in array.raw_iter() {
            if let MaybeRef::NotRef(object) = object {
                self.read_object(&object, depth + 1);
            }
        }
    }

    fn read_dict(&mut self, dict: &Dict, depth: usize) {
        for (_, object) in dict.entries() {
            if let MaybeRef::NotRef(object) = object {
                self.read_object(&object, depth + 1);
            }
        }
    }

    fn read_stream(&mut self, stream: &Stream) {
        let name = |key: &str| stream.dict().get::<Name>(key);
        let is_picture = name("Subtype").is_some_and(|name| name.as_str() == "Image");
        let is_font = ["Length1", "Length2"].iter().any(|key| stream.dict().contains_key(key));
        if is_picture || is_font {
            return;
        }
        if let Ok(bytes) = stream.decoded() {
            self.size += bytes.len();
            if name("Subtype").is_some_and(|name| name.as_str() == "Form") {
                push_strings(&mut self.text, &bytes);
            }
            self.streams.push(bytes.into_owned());
        }
    }

    /// Appends a text string: UTF-16 or UTF-8 with a byte order mark, else nearly Latin-1.
    fn push_string(&mut self, bytes: &[u8]) {
        let text = match bytes {
            [0xFE, 0xFF, rest @ ..] => utf16(rest, true),
            [0xFF, 0xFE, rest @ ..] => utf16(rest, false),
            [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
            _ => latin(bytes),
        };
        self.size += text.len();
        self.text.push_str(&text);
        self.text.push('\n');
    }
}

/// Appends the strings that the drawing instructions in `content` show, each byte a letter: text in a font that is not
/// in the file, or in a layer that is switched off. A small step back in a line is kerning, a large one forward a
/// space.
fn push_strings(text: &mut String, content: &[u8]) {
    let mut instructions = TypedIter::new(content);
    while let Some(instruction) = instructions.next() {
        match instruction {
            TypedInstruction::ShowText(shown) => text.push_str(&latin(shown.0.as_bytes())),
            TypedInstruction::ShowTexts(shown) => shown.0.iter::<Object>().for_each(|object| match object {
                Object::String(string) => text.push_str(&latin(string.as_bytes())),
                Object::Number(number) if number.as_f64() < -1000.0 * WORD_SPACE => text.push(' '),
                _ => {}
            }),
            TypedInstruction::NextLineAndShowText(shown) => {
                text.push('\n');
                text.push_str(&latin(shown.0.as_bytes()));
            }
            TypedInstruction::NextLine(_)
            | TypedInstruction::NextLineAndSetLeading(_)
            | TypedInstruction::NextLineUsingLeading(_)
            | TypedInstruction::SetTextMatrix(_)
            | TypedInstruction::BeginText(_) => text.push('\n'),
            _ => {}
        }
    }
    text.push('\n');
}

/// The letters on pages, with spaces and line breaks derived from their positions.
#[derive(Default)]
struct Letters {
    text: String,
    /// The position of the last letter, and the position of the next one if it belonged to the same word.
    last: Option<(Point, Point)>,
    unknown: usize,
    known: usize,
    pictures: usize,
}

impl Letters {
    fn push(&mut self, glyph: &Glyph, transform: Affine) {
        let at = transform * Point::ORIGIN;
        let em = (transform * Point::new(1000.0, 0.0) - at).hypot().max(f64::MIN_POSITIVE);
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(500.0, f64::from),
            Glyph::Type3(_) => 500.0,
        };
        if let Some((before, expected)) = self.last {
            if before == at {
                // The letter is filled, and then stroked.
                return;
            }
            self.push_gap((expected - before, at - expected), em);
        }
        self.last = Some((at, transform * Point::new(advance, 0.0)));
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => self.text.push(letter),
            Some(BfString::String(letters)) => self.text.push_str(&letters),
            None => {
                self.unknown += 1;
                self.text.push('\u{FFFD}');
                return;
            }
        }
        self.known += 1;
    }

    /// Appends a space or a line break if a letter is `off` the position to which the word's direction leads.
    fn push_gap(&mut self, (direction, off): (kurbo::Vec2, kurbo::Vec2), em: f64) {
        let along = direction.dot(off) / direction.hypot().max(f64::MIN_POSITIVE);
        let across = (off.hypot2() - along * along).max(0.0).sqrt();
        if across > LINE_SPACE * em || along < -em {
            self.text.push('\n');
        } else if along > WORD_SPACE * em {
            self.text.push(' ');
        }
    }

    fn unread(&self) -> Option<Unread> {
        match self {
            _ if self.unknown > self.known / 20 => Some(Unread::NoLetters),
            _ if self.known == 0 && self.pictures > 0 => Some(Unread::Pictures),
            _ => None,
        }
    }
}

impl<'a> Device<'a> for Letters {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        // The limit is more than any PDF that people read.
        if self.text.len() as u64 <= MOST_IN_MEMORY {
            self.push(glyph, transform * glyph_transform);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.pictures += 1;
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Returns the unpacked size of all compressed streams of a PDF, measured to a little beyond the limit.
fn unpacked_size(bytes: &[u8]) -> u64 {
    let mut size = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = &bytes[at + "stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        if size <= MOST_IN_MEMORY && data.first().is_some_and(|first| first & 0x0F == 8) {
            let mut unpacked = ZlibDecoder::new(data).take(MOST_IN_MEMORY + 1 - size);
            size += std::io::copy(&mut unpacked, &mut std::io::sink()).unwrap_or(0);
        }
    }
    size
}

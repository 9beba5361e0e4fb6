//! Reads a file in every way that a reader may: as bytes, without escapes, as displayed, and with the files packed in
//! it.
//!
//! Each way passes texts to a sink. A part that cannot be read is recorded, never ignored. Memory is bounded: a large
//! file is read in windows that overlap, and the content of an archive counts against a budget.

mod archive;
mod encoding;
mod escapes;
mod json;
mod markup;
mod pdf;

use std::collections::BTreeSet;
use std::io::{self, Cursor, Read, Seek};

use self::encoding::Decoded;
use crate::diagnostic::unread::Unread;

pub use self::escapes::unescape;

/// The number of bytes that are read at a time, and how many of them are read again with the next ones: longer than any
/// sentence.
const WINDOW: usize = 1 << 20;
const OVERLAP: usize = 32 << 10;
/// The limit in bytes for files that are held in memory as a whole: a ZIP in a ZIP, and any PDF.
const MOST_IN_MEMORY: u64 = 128 << 20;
/// The limits for unpacking one file: bytes and levels.
const MOST_UNPACKED: u64 = 512 << 20;
const DEEPEST: usize = 4;

/// The form of a text, which decides how certain a match in it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text that people read.
    Text,
    /// The name of a file, in which words run together.
    Name,
    /// Bytes that are not text, in which short words occur by chance.
    Bytes,
}

/// A piece of the content that is read.
#[derive(Debug, Clone, Copy)]
pub enum Piece<'p> {
    /// Text.
    Text(&'p str),
    /// Bytes that are not text, some of which may be letters; the flag says whether zero bytes join these.
    Bytes(&'p [u8], bool),
}

/// A file that can be read from any position.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// A file that is being read.
pub struct Reading<'s> {
    sink: &'s mut dyn FnMut(Form, Piece),
    /// The reasons why parts of it could not be read.
    pub unread: BTreeSet<Unread>,
    budget: u64,
}

/// The kind of a file, detected from its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Pdf,
    /// Compressed by an unsupported method.
    Packed,
    /// An Office file from before 2007.
    OldOffice,
    /// An image, audio, video or font: text in it is metadata, in bytes.
    Media,
    /// Text, or unknown.
    Other,
}

/// The first bytes of files, by kind.
const SIGNATURES: &[(&[u8], Kind)] = &[
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"7z\xBC\xAF\x27\x1C", Kind::Packed),
    (b"Rar!\x1A\x07", Kind::Packed),
    (b"\x1F\x8B", Kind::Packed),
    (b"BZh", Kind::Packed),
    (b"\xFD7zXZ\0", Kind::Packed),
    (b"\x28\xB5\x2F\xFD", Kind::Packed),
    (b"MSCF", Kind::Packed),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::OldOffice),
    (b"\x89PNG\r\n\x1A\n", Kind::Media),
    (b"\xFF\xD8\xFF", Kind::Media),
    (b"GIF8", Kind::Media),
    (b"RIFF", Kind::Media),
    (b"ID3", Kind::Media),
    (b"\xFF\xFB", Kind::Media),
    (b"\xFF\xF3", Kind::Media),
    (b"\xFF\xF1", Kind::Media),
    (b"OggS", Kind::Media),
    (b"fLaC", Kind::Media),
    (b"\x1A\x45\xDF\xA3", Kind::Media),
    (b"BM", Kind::Media),
    (b"\0\0\x01\0", Kind::Media),
    (b"wOF2", Kind::Media),
    (b"wOFF", Kind::Media),
    (b"OTTO", Kind::Media),
    (b"\0\x01\0\0", Kind::Media),
];

fn kind(start: &[u8]) -> Kind {
    if start[..start.len().min(1024)].windows(5).any(|at| at == b"%PDF-") {
        return Kind::Pdf;
    }
    if start.get(4..8) == Some(b"ftyp") {
        return Kind::Media;
    }
    SIGNATURES.iter().find(|(signature, _)| start.starts_with(signature)).map_or(Kind::Other, |(_, kind)| *kind)
}

impl<'s> Reading<'s> {
    /// Creates a reading that passes texts to `sink`.
    pub fn new(sink: &'s mut dyn FnMut(Form, Piece)) -> Self {
        Self { sink, unread: BTreeSet::new(), budget: MOST_UNPACKED }
    }

    /// Reads a file in memory.
    pub fn read(&mut self, bytes: &[u8]) {
        self.read_at(bytes, 0);
    }

    /// Reads a file that is too large for memory.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read to its end.
    pub fn read_file(&mut self, mut file: &mut dyn ReadSeek) -> io::Result<()> {
        let mut start = [0; 2048];
        let length = fill(&mut file, &mut start)?;
        file.rewind()?;
        match kind(&start[..length]) {
            Kind::Zip => archive::read(file, 0, self),
            Kind::Pdf => self.read_whole(file, 0)?,
            kind => self.read_windows(file, kind)?,
        }
        Ok(())
    }

    /// Passes on the name of a file, as written and without escapes.
    pub fn give_name(&mut self, name: &str) {
        self.give(Form::Name, name);
    }

    fn read_at(&mut self, bytes: &[u8], depth: usize) {
        let kind = kind(bytes);
        let whole = match kind {
            Kind::Zip | Kind::Pdf if depth > DEEPEST => {
                self.note(Unread::TooDeep);
                true
            }
            Kind::Zip => {
                archive::read(Cursor::new(bytes), depth, self);
                false
            }
            Kind::Pdf => {
                pdf::read(bytes, depth, self);
                true
            }
            _ => true,
        };
        // Each entry of a ZIP is read by itself, and compressed bytes reveal nothing.
        if whole {
            // A cursor does not fail.
            let _ = self.read_windows(&mut Cursor::new(bytes), kind);
        }
    }

    /// Reads an entry of an archive, as far as the budget allows.
    fn read_entry(&mut self, entry: &mut dyn Read, depth: usize) -> io::Result<()> {
        let mut start = vec![0; 2048];
        let length = fill(&mut *entry, &mut start)?;
        start.truncate(length);
        let kind = kind(&start);
        let mut entry = Cursor::new(start).chain(entry);
        match kind {
            Kind::Zip | Kind::Pdf => self.read_whole(&mut entry, depth),
            _ => self.read_windows(&mut entry, kind),
        }
    }

    fn read_whole(&mut self, file: &mut dyn Read, depth: usize) -> io::Result<()> {
        let mut bytes = Vec::new();
        file.take(MOST_IN_MEMORY + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_IN_MEMORY {
            self.note(Unread::TooLarge);
            return Ok(());
        }
        self.read_at(&bytes, depth);
        Ok(())
    }

    /// Reads a file window by window; a small one is one window.
    fn read_windows(&mut self, file: &mut dyn Read, kind: Kind) -> io::Result<()> {
        match kind {
            Kind::Packed => self.note(Unread::Packed),
            Kind::OldOffice => self.note(Unread::OldOffice),
            Kind::Zip | Kind::Pdf | Kind::Media | Kind::Other => {}
        }
        let mut window = Vec::new();
        loop {
            let kept = window.len();
            let length = (&mut *file).take((WINDOW - kept) as u64).read_to_end(&mut window)?;
            if length == 0 {
                return Ok(());
            }
            self.read_window(&window, kind);
            if window.len() < WINDOW {
                return Ok(());
            }
            window.drain(..window.len() - OVERLAP);
        }
    }

    fn read_window(&mut self, bytes: &[u8], kind: Kind) {
        match encoding::decode(bytes) {
            Decoded::Text(text) if matches!(kind, Kind::Other) => self.read_text(&text),
            Decoded::Text(text) => self.give(Form::Bytes, &text),
            Decoded::Binary => {
                if kind == Kind::Other {
                    self.note(Unread::Unknown);
                }
                (self.sink)(Form::Bytes, Piece::Bytes(bytes, false));
                if memchr::memchr(0, bytes).is_some() {
                    (self.sink)(Form::Bytes, Piece::Bytes(bytes, true));
                }
            }
        }
    }

    /// Reads text as written, without escapes, and as it is displayed.
    fn read_text(&mut self, text: &str) {
        self.give(Form::Text, text);
        if let std::borrow::Cow::Owned(plain) = unescape(text) {
            self.give(Form::Text, &plain);
        }
        if memchr::memchr(b'<', text.as_bytes()).is_some() {
            self.give(Form::Text, &markup::displayed(text));
        }
        if let Some(strings) = json::strings(text) {
            self.give(Form::Text, &strings);
            self.give(Form::Text, &markup::displayed(&strings));
        }
    }

    fn give(&mut self, form: Form, text: &str) {
        (self.sink)(form, Piece::Text(text));
    }

    fn note(&mut self, unread: Unread) {
        self.unread.insert(unread);
    }

    /// Takes `bytes` from the budget for unpacking; returns false if it is exhausted.
    fn spend(&mut self, bytes: u64) -> bool {
        let is_enough = bytes <= self.budget;
        self.budget = self.budget.saturating_sub(bytes);
        if !is_enough {
            self.note(Unread::TooLarge);
        }
        is_enough
    }
}

/// Fills `buffer` as far as `file` reaches, and returns the number of bytes read.
fn fill(file: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    loop {
        match file.read(&mut buffer[length..])? {
            0 => return Ok(length),
            read => length += read,
        }
    }
}

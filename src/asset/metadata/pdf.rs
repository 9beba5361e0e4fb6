//! Reads the metadata of a PDF: properties, XMP, annotations, attached files, photos with EXIF.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Object, Stream, String as PdfString};

use super::super::format::Format;
use super::super::kind;
use super::vocabulary::detail_of;
use super::words::text_of;
use super::{exif, find_in, one, unread, xmp};
use crate::diagnostic::metadata::{Detail, Found};

/// Finds the metadata of a PDF.
pub(super) fn find(bytes: Vec<u8>) -> Vec<Found> {
    let Ok(pdf) = Pdf::new(bytes) else { return unread("PDF") };
    pdf.objects().into_iter().flat_map(object).collect()
}

fn object(object: Object) -> Vec<Found> {
    match object {
        Object::Dict(dict) => [properties(&dict), notes(&dict, 0), actions(&dict, 0)].concat(),
        Object::Stream(stream) => self::stream(&stream),
        Object::Array(array) => array.iter::<Dict>().flat_map(|dict| notes(&dict, 0)).collect(),
        _ => Vec::new(),
    }
}

/// Returns the actions that run a script or a program.
fn actions(dict: &Dict, level: u8) -> Vec<Found> {
    const HOLDING: &[&str] =
        &["OpenAction", "A", "AA", "Next", "O", "C", "F", "K", "V", "E", "X", "D", "U", "Fo", "Bl"];
    let mut found = Vec::new();
    if let Some(action) =
        dict.get::<Name>("S").filter(|action| [b"JavaScript".as_slice(), b"Launch"].contains(&action.as_ref()))
    {
        found.extend(one(Detail::Code, std::string::String::from_utf8_lossy(action.as_ref()).into_owned()));
    }
    if level < 4 {
        let inner = HOLDING.iter().filter_map(|key| dict.get::<Dict>(*key));
        found.extend(inner.flat_map(|inner| actions(&inner, level + 1)));
        let annotations = dict.get::<hayro_syntax::object::Array>("Annots");
        found
            .extend(annotations.iter().flat_map(|all| all.iter::<Dict>()).flat_map(|inner| actions(&inner, level + 1)));
    }
    found
}

/// Returns the detail that the name of an attached file gives: whether it may run.
fn detail_of_attached(name: &str) -> Detail {
    if kind::type_to_allow(name, Format::Text).is_some() { Detail::Code } else { Detail::Path }
}

/// Returns the document's properties: the dictionary without a type that names the author or the program.
fn properties(dict: &Dict) -> Vec<Found> {
    const KNOWN: &[&str] = &["Author", "Creator", "Producer", "CreationDate", "ModDate", "Keywords", "Company"];
    let is_other = ["Parent", "Dest", "Subtype", "FT", "S", "A"].iter().any(|key| dict.contains_key(key));
    let has_title_alone = dict.contains_key("Title") && !dict.contains_key("Type");
    if is_other || !(has_title_alone || KNOWN.iter().any(|key| dict.contains_key(key))) {
        return Vec::new();
    }
    let entry = |key: Name| {
        let key = std::string::String::from_utf8_lossy(key.as_ref()).into_owned();
        let value = dict.get::<PdfString>(key.as_bytes())?;
        Some(one(detail_of(&key).filter(|_| !key.ends_with("Date"))?, text(value.as_bytes())))
    };
    dict.keys().filter_map(entry).flatten().collect()
}

/// Returns an annotation on a page with its author, and the names of attached files.
fn notes(dict: &Dict, level: u8) -> Vec<Found> {
    const NOTES: &[&[u8]] = &[
        b"Text",
        b"FreeText",
        b"Highlight",
        b"Underline",
        b"StrikeOut",
        b"Squiggly",
        b"Stamp",
        b"Caret",
        b"Ink",
        b"Popup",
        b"FileAttachment",
        b"Line",
        b"Square",
        b"Circle",
        b"Polygon",
        b"PolyLine",
        b"Redact",
    ];
    let string = |key: &str| dict.get::<PdfString>(key).map(|value| text(value.as_bytes()));
    let subtype = dict.get::<Name>("Subtype");
    let mut found = Vec::new();
    if subtype.is_some_and(|subtype| NOTES.contains(&subtype.as_ref())) {
        found.extend(string("T").into_iter().flat_map(|name| one(Detail::Author, name)));
        found.extend(
            ["Contents", "Subj", "RC"]
                .iter()
                .filter_map(|key| string(key))
                .flat_map(|words| one(Detail::Comment, words)),
        );
    }
    if dict.contains_key("EF") {
        found.extend(
            ["UF", "F", "Desc"]
                .iter()
                .filter_map(|key| string(key))
                .flat_map(|name| one(detail_of_attached(&name), name)),
        );
    }
    if level == 0
        && let Some(annotations) = dict.get::<hayro_syntax::object::Array>("Annots")
    {
        found.extend(annotations.iter::<Dict>().flat_map(|note| notes(&note, 1)));
    }
    found
}

fn stream(stream: &Stream) -> Vec<Found> {
    let dict = stream.dict();
    let is = |key: &str, name: &[u8]| dict.get::<Name>(key).is_some_and(|found| found.as_ref() == name);
    if is("Type", b"Metadata") || is("Subtype", b"XML") {
        return stream.decoded().map(|xml| xmp::find(&xml)).unwrap_or_default();
    }
    if is("Filter", b"DCTDecode") {
        return exif::find(&stream.raw_data());
    }
    if is("Type", b"EmbeddedFile") {
        return stream.decoded().map(|file| find_in(file.into_owned(), 1)).unwrap_or_default();
    }
    Vec::new()
}

/// Decodes a string: UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding, which is mostly Latin-1.
fn text(bytes: &[u8]) -> std::string::String {
    text_of(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

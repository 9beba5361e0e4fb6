//! Detects the format of a file from its first bytes, since its name may be wrong.

use super::photo;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An image that browsers show, and that can be cleaned.
    Photo(photo::Format),
    /// A photo of a type that cannot be cleaned: HEIC, TIFF, raw data of a camera.
    ForeignPhoto,
    /// A drawing.
    Svg,
    /// A file that a browser or an operating system runs, with its usual extension.
    Runs(&'static str),
    /// Video or audio in the ISO base media format: MP4, MOV, M4A, 3GP.
    IsoMedia,
    /// Video or audio in EBML: MKV, WebM.
    Matroska,
    /// Audio with ID3 tags.
    Mp3,
    /// WAV and AVI.
    Riff,
    /// AIFF.
    Aiff,
    /// FLAC.
    Flac,
    /// Ogg with Vorbis, Opus or FLAC.
    Ogg,
    /// WMA and WMV.
    Asf,
    /// PDF.
    Pdf,
    /// ZIP and formats based on it: Office, OpenDocument, EPUB.
    Zip,
    /// Office up to 2003, and other compound files.
    Ole,
    /// Rich text.
    Rtf,
    /// A font.
    Font,
    /// An archive that is not searched.
    Archive,
    /// Text.
    Text,
    /// Anything else.
    Unknown,
}

use Format::{
    Aiff, Archive, Asf, Flac, Font, ForeignPhoto, IsoMedia, Matroska, Mp3, Ogg, Ole, Pdf, Riff, Rtf, Runs, Zip,
};

/// Signatures of formats; if one begins with another, the longer one comes first.
const MAGIC: &[(&[u8], Format)] = &[
    (b"%PDF-", Pdf),
    (b"PK\x03\x04", Zip),
    (b"PK\x05\x06", Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Ole),
    (b"{\\rtf", Rtf),
    (b"\x1a\x45\xdf\xa3", Matroska),
    (b"ID3", Mp3),
    (b"fLaC", Flac),
    (b"OggS", Ogg),
    (b"FORM", Aiff),
    (b"RIFF", Riff),
    (b"RIFX", Riff),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Asf),
    (b"II*\0", ForeignPhoto),
    (b"MM\0*", ForeignPhoto),
    (b"II+\0", ForeignPhoto),
    (b"MM\0+", ForeignPhoto),
    (b"II\xbc", ForeignPhoto),
    (b"IIRO", ForeignPhoto),
    (b"IIRS", ForeignPhoto),
    (b"MMOR", ForeignPhoto),
    (b"IIU\0", ForeignPhoto),
    (b"FUJIFILMCCD-RAW", ForeignPhoto),
    (b"FOVb", ForeignPhoto),
    (b"\0MRM", ForeignPhoto),
    (b"8BPS", ForeignPhoto),
    (b"gimp xcf", ForeignPhoto),
    (b"\0\0\0\x0cjP  ", ForeignPhoto),
    (b"\xff\x4f\xff\x51", ForeignPhoto),
    (b"\0\0\0\x0cJXL ", ForeignPhoto),
    (b"\xff\x0a", ForeignPhoto),
    (b"wOFF", Font),
    (b"wOF2", Font),
    (b"OTTO", Font),
    (b"ttcf", Font),
    (b"\0\x01\0\0\0", Font),
    (b"\x1f\x8b", Archive),
    (b"BZh", Archive),
    (b"\xfd7zXZ\0", Archive),
    (b"7z\xbc\xaf\x27\x1c", Archive),
    (b"Rar!\x1a\x07", Archive),
    (b"\x28\xb5\x2f\xfd", Archive),
    (b"MZ", Runs("exe")),
    (b"\x7fELF", Runs("elf")),
    (b"\xfe\xed\xfa\xce", Runs("bin")),
    (b"\xfe\xed\xfa\xcf", Runs("bin")),
    (b"\xce\xfa\xed\xfe", Runs("bin")),
    (b"\xcf\xfa\xed\xfe", Runs("bin")),
    (b"\xca\xfe\xba\xbe", Runs("class")),
    (b"\0asm", Runs("wasm")),
    (b"L\0\0\0\x01\x14\x02\0", Runs("lnk")),
    (b"ITSF", Runs("chm")),
    (b"MSCF", Runs("cab")),
    (b"FWS", Runs("swf")),
    (b"CWS", Runs("swf")),
    (b"ZWS", Runs("swf")),
    (b"bplist00", Runs("webarchive")),
];

/// Markup that browsers and shells recognise by its first word, in lower case. (WHATWG MIME Sniffing, 7.1.)
const MARKUP: &[(&str, Format)] = &[
    ("<?xml", Runs("xml")),
    ("<svg", Format::Svg),
    ("<!doctype", Runs("html")),
    ("<html", Runs("html")),
    ("<head", Runs("html")),
    ("<script", Runs("html")),
    ("<iframe", Runs("html")),
    ("<h1", Runs("html")),
    ("<div", Runs("html")),
    ("<font", Runs("html")),
    ("<table", Runs("html")),
    ("<style", Runs("html")),
    ("<title", Runs("html")),
    ("<body", Runs("html")),
    ("<meta", Runs("html")),
    ("<base", Runs("html")),
    ("<link", Runs("html")),
    ("<img", Runs("html")),
    ("<form", Runs("html")),
    ("<a", Runs("html")),
    ("<b", Runs("html")),
    ("<br", Runs("html")),
    ("<p", Runs("html")),
    ("<!--", Runs("html")),
    ("#!", Runs("sh")),
    ("mime-version:", Runs("mht")),
    ("[internetshortcut]", Runs("url")),
    ("[desktop entry]", Runs("desktop")),
    ("[shell]", Runs("scf")),
    ("windows registry editor", Runs("reg")),
];

/// The number of bytes from which a format is detected.
pub const HEAD: usize = 64 << 10;

/// Returns the format of the file that begins with `head`.
pub fn format_of(head: &[u8]) -> Format {
    let head = &head[..head.len().min(HEAD)];
    if let Some(format) = photo::format_of(head) {
        return Format::Photo(format);
    }
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *format;
    }
    if let Some(format) = boxes(head).or_else(|| deeper(head)) {
        return format;
    }
    text_of(head).map_or(Format::Unknown, |text| markup(&text).unwrap_or(Format::Text))
}

/// Returns the format of a file of ISO boxes: a photo by its brands, else video or audio. (ISO/IEC 14496-12, 4.3.)
fn boxes(head: &[u8]) -> Option<Format> {
    const FIRST: &[&[u8; 4]] = &[b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"uuid", b"udta"];
    let kind = head.get(4..8)?;
    if kind != b"ftyp" {
        return FIRST.iter().any(|first| kind == *first).then_some(IsoMedia);
    }
    let is_photo = |brand: &[u8]| {
        brand.starts_with(b"hei")
            || brand.starts_with(b"hev")
            || matches!(brand, b"mif1" | b"msf1" | b"crx " | b"jp2 " | b"jpx " | b"jpm " | b"jxl ")
    };
    Some(if is_photo(head.get(8..12)?) { ForeignPhoto } else { IsoMedia })
}

/// Detects the formats that take more than a signature at the start.
fn deeper(head: &[u8]) -> Option<Format> {
    match head {
        // The first frame of MPEG audio.
        [0xff, second, third, ..]
            if *second != 0xfe && second & 0xe0 == 0xe0 && second & 0x18 != 0x08 && third & 0xf0 != 0xf0 =>
        {
            Some(Mp3)
        }
        [b'B', b'M', ..] if matches!(head.get(14..18)?, [12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]) => {
            Some(ForeignPhoto)
        }
        _ if head.get(0x8001..0x8006) == Some(b"CD001") => Some(Runs("iso")),
        _ if head.get(257..262) == Some(b"ustar") => Some(Archive),
        // PDF readers look for the signature in the first kilobyte.
        _ => memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").map(|_| Pdf),
    }
}

/// Returns the start of a text, decoded according to its byte order mark, else as UTF-8 with replacement characters;
/// `None` for binary data.
fn text_of(head: &[u8]) -> Option<String> {
    let wide = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = head[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match head {
        [0xff, 0xfe, ..] => Some(wide(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => Some(wide(u16::from_be_bytes)),
        _ if head.contains(&0) => None,
        _ => Some(String::from_utf8_lossy(head).into_owned()),
    }
}

fn markup(text: &str) -> Option<Format> {
    let is_skipped = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '\u{feff}';
    let start = text.trim_start_matches(is_skipped);
    let start = start[..start.floor_char_boundary(HEAD)].to_ascii_lowercase();
    let begins = |word: &str| {
        let next = start.strip_prefix(word)?.chars().next();
        // A tag must end after its name; other markup may be followed by anything.
        let is_whole = !word.starts_with('<') || word.ends_with('-') || !next.is_some_and(char::is_alphanumeric);
        is_whole.then_some(())
    };
    let (word, format) = MARKUP.iter().find(|(word, _)| begins(word).is_some())?;
    let has_stylesheet = start.contains("<?xml-stylesheet");
    let is_drawing =
        matches!(*word, "<?xml" | "<!--" | "<!doctype") && start.contains("<svg") && !start.contains("<html");
    Some(if is_drawing && !has_stylesheet { Format::Svg } else { *format })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_what_a_file_is() {
        let wide: Vec<u8> = "\u{feff} <HTML>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (head, expected) in [
            (b"\xff\xd8\xff\xe0".as_slice(), Format::Photo(photo::Format::Jpeg)),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", ForeignPhoto),
            (b"\0\0\0\x18ftypmif1\0\0\0\0avifmif1", Format::Photo(photo::Format::Avif)),
            (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", ForeignPhoto),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", IsoMedia),
            (b"\0\0\0\x08wide\0\0\0\0mdat", IsoMedia),
            (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", ForeignPhoto),
            (b"BM er et bibliotek i byen", Format::Text),
            (b"\xff\xfb\x90\x64", Mp3),
            (b"\n%PDF-1.7", Pdf),
            (b"MZ\x90\0", Runs("exe")),
            (b"#!/bin/sh", Runs("sh")),
            (b"\xef\xbb\xbf \n<!DOCTYPE html>", Runs("html")),
            (&wide, Runs("html")),
            (b"<ScRiPt>", Runs("html")),
            (b"<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?><svg/>", Runs("xml")),
            (b"<?xml version='1.0'?>\n<svg xmlns='x'/>", Format::Svg),
            (b"<?xml version='1.0'?><feed/>", Runs("xml")),
            (b"<behov> er et ord", Format::Text),
            (b"Almindelig tekst, som begynder s\xc3\xa5dan.", Format::Text),
            (b"navn;alder\r\nAnna;4", Format::Text),
            (b"\0\x02\x03", Format::Unknown),
            (b"", Format::Text),
        ] {
            assert_eq!(format_of(head), expected, "{}", String::from_utf8_lossy(head));
        }
    }
}

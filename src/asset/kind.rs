//! Decides which files may be linked to: those of harmless types, and those that the settings allow.
//!
//! A page in the handbook's own folder would run with all rights of its origin, and a program would run on the reader's
//! machine; so both the name and the first bytes of a file must be of a type that is only displayed.

use super::format::{Format, format_of};
use crate::model::id::slug;
use crate::model::invisible::is_blank;

/// Extensions of files that browsers and operating systems display, play or unpack.
const HARMLESS: &[&str] = &[
    // Images; each is also cleaned or rejected.
    "apng", "avif", "cur", "gif", "ico", "jfif", "jif", "jpe", "jpeg", "jpg", "mpo", "pjp", "pjpeg", "png", "svg",
    "webp", // Documents.
    "csv", "doc", "docx", "dotx", "epub", "ics", "key", "numbers", "odf", "odg", "odp", "ods", "odt", "otp", "ots",
    "ott", "pages", "pdf", "potx", "pps", "ppsx", "ppt", "pptx", "rtf", "text", "tsv", "txt", "vcf", "xls", "xlsx",
    "xltx", "markdown", "mdown", "mdwn", "mkd", "mkdn", "mdtext", "mdtxt", "json", "geojson", "log", "srt", "vtt",
    // Audio and video.
    "3g2", "3gp", "aac", "aif", "aifc", "aiff", "avi", "flac", "m4a", "m4b", "m4v", "mid", "midi", "mka", "mkv", "mov",
    "mp3", "mp4", "mpeg", "mpg", "oga", "ogg", "ogv", "opus", "qt", "wav", "weba", "webm", "wma", "wmv",
    // Fonts.
    "otf", "ttc", "ttf", "woff", "woff2", // Archives.
    "7z", "bz2", "gz", "rar", "tar", "tgz", "xz", "zip", "zst",
];

/// Extensions of documents, data and archives, which pages link to but do not load.
const DOCUMENTS: &[&str] = &[
    "csv", "doc", "docx", "dotx", "epub", "ics", "key", "numbers", "odf", "odg", "odp", "ods", "odt", "otp", "ots",
    "ott", "pages", "pdf", "potx", "pps", "ppsx", "ppt", "pptx", "rtf", "text", "tsv", "vcf", "xls", "xlsx", "xltx",
    "markdown", "mdown", "mdwn", "mkd", "mkdn", "mdtext", "mdtxt", "geojson", "log", "7z", "bz2", "gz", "rar", "tar",
    "tgz", "xz", "zip", "zst",
];

/// Extensions of XML formats, which cannot be distinguished by their content.
const XML: &[&str] = &["gpx", "kml", "musicxml", "xml", "xsl", "rdf", "rss", "atom", "xhtml", "xht"];

/// Extensions of web pages.
const PAGES: &[&str] = &["html", "htm", "xhtml", "xht", "shtml", "hta"];

/// Extensions of files that browsers and operating systems run or follow.
const RUNNING: &[&str] = &[
    "apk",
    "app",
    "application",
    "bash",
    "bat",
    "cab",
    "cgi",
    "chm",
    "class",
    "cmd",
    "com",
    "cpl",
    "desktop",
    "dll",
    "dmg",
    "docm",
    "dotm",
    "exe",
    "gadget",
    "img",
    "inf",
    "iso",
    "jar",
    "js",
    "jse",
    "lnk",
    "mht",
    "mhtml",
    "mjs",
    "msc",
    "msi",
    "msix",
    "msp",
    "php",
    "pif",
    "pl",
    "potm",
    "ppam",
    "ppsm",
    "pptm",
    "ps1",
    "py",
    "rb",
    "reg",
    "scf",
    "scr",
    "sh",
    "svgz",
    "swf",
    "url",
    "vb",
    "vbe",
    "vbs",
    "wasm",
    "webarchive",
    "website",
    "wsf",
    "wsh",
    "xlam",
    "xlsb",
    "xlsm",
    "xltm",
];

/// Returns the extension that a file is published with: in lower case, without the spaces and dots that Windows
/// ignores, letters of other alphabets transliterated.
pub fn extension(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let is_ignored = |letter: char| letter == '.' || is_blank(letter);
    let file = file.trim_end_matches(is_ignored);
    file.rsplit_once('.').map_or_else(String::new, |(_, extension)| slug(extension))
}

/// Returns the type that `handbook.yaml` must allow for the file at `path` to be published, or `None` if the file is
/// harmless. The type is empty for a file that has no extension and whose content is not recognised.
pub fn type_to_allow(path: &str, format: Format) -> Option<String> {
    let extension = extension(path);
    if !extension.is_empty() && !HARMLESS.contains(&&*extension) {
        return Some(extension);
    }
    match format {
        Format::Runs(kind) => Some(kind.to_owned()),
        Format::Unknown if extension.is_empty() => Some(extension),
        _ => None,
    }
}

/// Returns whether the file `name` that begins with `head` is one that the pages of a theme load: a style sheet, a script,
/// a font, an image, audio or video, or a licence of one of these. Documents, programs and backups of editors are none.
pub fn is_for_theme(name: &str, head: &[u8]) -> bool {
    const CODE: &[&str] = &["css", "js", "mjs", "json", "webmanifest"];
    const TEXTS: &[&str] = &["txt", ""];
    let last = name.rsplit('/').next().unwrap_or(name);
    let is_backup = last.ends_with('~') || last.starts_with(['#', '~', '.']);
    let extension = extension(name);
    let is = |list: &[&str]| list.contains(&&*extension);
    let by_name = is(CODE) || is(TEXTS) || is(HARMLESS) && !is(DOCUMENTS);
    !is_backup && by_name && (is(CODE) || !matches!(format_of(head), Format::Runs(_)))
}

/// Returns whether files of the type `kind`, or with the detected `format`, are known to run.
pub fn is_known_to_run(kind: &str, format: Format) -> bool {
    matches!(format, Format::Runs(_)) || PAGES.contains(&kind) || XML[3..].contains(&kind) || RUNNING.contains(&kind)
}

/// Returns whether the allowed type `allowed` covers the file at `path` with the detected `format`.
pub fn is_allowed_by(allowed: &str, path: &str, format: Format) -> bool {
    let extension = extension(path);
    let is_of = |list: &[&str]| list.contains(&allowed);
    let by_content = match format {
        Format::Runs("html") => is_of(PAGES),
        Format::Runs("xml") => is_of(XML),
        Format::Runs(kind) => allowed == kind,
        _ => true,
    };
    let by_name = extension.is_empty() || HARMLESS.contains(&&*extension);
    // A type that was allowed by its name may hold any content.
    allowed == extension || by_name && by_content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_harmless_by_its_name_and_by_its_bytes() {
        for path in [
            "a.html",
            "a.HTM",
            "a.html.",
            "a.html ",
            "a.html\u{200b}",
            "a.ｈtml",
            "a.pdf.exe",
            "a.svgz",
            "a.xht",
            "a.mht",
            "a.shtml",
            "a.webarchive",
            "a.lnk",
            "a.scf",
            "a.url",
            "a.website",
            "a.library-ms",
            "a.jar",
            "a.docm",
            "a.xlsm",
            "a.chm",
            "a.ps1",
            "a.vbs",
            "a.wsf",
            "a.cmd",
            "a.com",
            "a.scr",
            "a.msi",
            "a.app",
            "a.dmg",
            "a.iso",
            "a.reg",
            "a.xml",
            "a.xsl",
            "a.rdf",
            "a.atom",
            "a.js",
            "a.mjs",
            "a.hta",
            "a.bat",
            "a.swf",
            "a.yaml",
            "a.php",
        ] {
            assert!(type_to_allow(path, Format::Text).is_some(), "{path}");
        }
        for path in ["a.pdf", "a.DOCX", "LICENSE", "v1.2/LICENSE", "a.tar.gz", "b.html/a.txt", "a.exe.txt", "a.webp"] {
            assert_eq!(type_to_allow(path, Format::Text), None, "{path}");
        }
        assert_eq!(type_to_allow("LICENSE", Format::Unknown).as_deref(), Some(""));
        assert_eq!(type_to_allow("a.txt", Format::Runs("html")).as_deref(), Some("html"));
        assert_eq!(type_to_allow("a.ｈtml", Format::Text).as_deref(), Some("html"));
    }

    #[test]
    fn what_is_allowed_is_a_type() {
        assert!(is_allowed_by("html", "a.html", Format::Runs("html")));
        assert!(is_allowed_by("html", "a.txt", Format::Runs("html")));
        assert!(!is_allowed_by("js", "a.html", Format::Runs("html")));
        assert!(!is_allowed_by("html", "a.js", Format::Text));
        assert!(is_allowed_by("gpx", "a.gpx", Format::Runs("xml")));
        assert!(!is_allowed_by("html", "a.txt", Format::Runs("exe")));
    }
}

//! A file of the handbook that a page refers to becomes an output: checked, cleaned, with its content's hash in the name.

pub mod data_url;
pub mod format;
pub mod kind;
pub mod metadata;
pub mod photo;
pub mod svg;

use std::borrow::Cow;
use std::io::Cursor;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Fault;
use crate::diagnostic::metadata::Found;
use crate::fingerprint::Fingerprint;
use crate::model::id::slug;
use crate::model::image::{is_foreign_photo, is_image};
use crate::model::windows;
use crate::output::OutputContent;
use crate::snapshot::{Content, File, Seen};
use format::Format;

/// The use of a file, according to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// May be shown as an image (or linked to).
    Image,
    /// May be linked to.
    Download,
    /// Is source text, never published as it is.
    Source,
}

/// A file, ready to be written.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Path in the edition: the file's own path as slugs, with eight hexadecimal digits before the extension.
    pub output_name: String,
    /// The content to write; `None` if there is a fault, since unsafe content is not written with `--keep-going`
    /// either.
    pub content: Option<OutputContent>,
    /// Of an image: width and height in CSS pixels, as shown; an SVG may have none.
    pub size: Option<(u32, u32)>,
    /// The fault, with the byte range in the file.
    pub fault: Option<(Fault, Range<usize>)>,
    /// The format, detected from the first bytes.
    pub format: Format,
    /// The metadata of a file that is published unchanged.
    pub found: Vec<Found>,
}

/// A file of the handbook as it is published.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublishedAsset {
    /// Path inside the edition.
    pub path: String,
    /// Width and height in pixels, where it is an image that tells.
    pub size: Option<(u32, u32)>,
}

/// Returns the use of the file at `path`. Letter case does not matter.
pub fn role(path: &str) -> Role {
    match &*kind::extension(path) {
        _ if is_image(path) => Role::Image,
        "md" | "yaml" | "yml" => Role::Source,
        _ => Role::Download,
    }
}

/// Checks and cleans `file`, by its name and by its first bytes.
///
/// Whether a file of its type may be published at all is decided by [`kind`].
///
/// Faults: [`Fault::ReservedName`]; [`Fault::UnsafeSvg`]; [`Fault::UnreadableFile`] for a raster image that is broken,
/// is not what its name says, cannot be cleaned, or is too large to have been read.
pub fn prepare(file: &File) -> Prepared {
    if let Some(name) = windows::reserved_part(&hashed_name(&file.path, file.fingerprint())) {
        return faulty(file, Fault::ReservedName { name: name.to_owned() }, 0..0);
    }
    let extension = kind::extension(&file.path);
    if extension == "svg" {
        return prepare_svg(file);
    }
    match (photo_format(&extension), format::format_of(file.head())) {
        (_, Format::ForeignPhoto) => foreign_photo(file),
        _ if is_foreign_photo(&format!(".{extension}")) => foreign_photo(file),
        // Programs name icons after their purpose, not after their format.
        (Some(photo::Format::Ico), Format::Photo(found)) => prepare_photo(file, found),
        (Some(named), _) => prepare_photo(file, named),
        (None, Format::Photo(found)) => prepare_photo(file, found),
        (None, Format::Svg) => {
            unreadable(file, "this is an SVG under another name: give it a name that ends in `.svg`".to_owned())
        }
        (None, _) => Prepared { found: found_in(file), ..unchanged(file, None) },
    }
}

/// Reads the first bytes and the metadata of a file that is left on disk.
pub fn look(file: &mut dyn metadata::Source) -> Seen {
    Seen { head: metadata::head(file), found: metadata::find(file) }
}

fn found_in(file: &File) -> Vec<Found> {
    match &file.content {
        Content::OnDisk { seen, .. } => seen.found.clone(),
        Content::Text(_) | Content::Bytes(_) => metadata::find(&mut Cursor::new(file.head())),
    }
}

/// Returns the format of images with this extension.
fn photo_format(extension: &str) -> Option<photo::Format> {
    match extension {
        "jpg" | "jpeg" => Some(photo::Format::Jpeg),
        "png" => Some(photo::Format::Png),
        "webp" => Some(photo::Format::WebP),
        "gif" => Some(photo::Format::Gif),
        "avif" => Some(photo::Format::Avif),
        "ico" | "cur" => Some(photo::Format::Ico),
        _ => None,
    }
}

fn foreign_photo(file: &File) -> Prepared {
    unreadable(file, "photos of this type cannot be cleaned of place and time: save it as JPEG or PNG".to_owned())
}

fn prepare_photo(file: &File, format: photo::Format) -> Prepared {
    if let Content::OnDisk { .. } = &file.content {
        let reason = "the image is too large to be cleaned of place and time: make it smaller";
        return unreadable(file, reason.to_owned());
    }
    match photo::clean(file.head(), format) {
        Ok(photo) => with_bytes(file, photo.bytes.into(), Some(photo.size)),
        Err(reason) => unreadable(file, reason),
    }
}

/// `path` with each of its parts as a slug and `fingerprint` before the extension: safe in a URL without escapes.
pub fn hashed_name(path: &str, fingerprint: Fingerprint) -> String {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let mut name = String::with_capacity(path.len() + 10);
    for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
        name += &slug_or_dash(folder);
        name.push('/');
    }
    name += &slug_or_dash(stem);
    name.push('.');
    name += &fingerprint.short();
    if !extension.is_empty() {
        name.push('.');
        name += &slug_or_dash(extension);
    }
    name
}

/// The hash of a file that was left on disk, for its name: of path and size, not of the time that `fingerprint` knows,
/// since the same folder must give the same names wherever it is copied.
pub fn fingerprint_on_disk(path: &str, size: u64) -> Fingerprint {
    Fingerprint::of(&(path, size))
}

fn slug_or_dash(part: &str) -> String {
    let slug = slug(part);
    if slug.is_empty() { "-".to_owned() } else { slug }
}

fn prepare_svg(file: &File) -> Prepared {
    let Content::Text(text) = &file.content else {
        return unreadable(file, "the SVG is too large, or is not UTF-8".to_owned());
    };
    match svg::clean(text) {
        Ok(drawing) => match drawing.text {
            Cow::Borrowed(_) => unchanged(file, drawing.size),
            Cow::Owned(text) => with_bytes(file, text.into_bytes().into(), drawing.size),
        },
        Err(fault) => faulty(file, Fault::UnsafeSvg { reason: fault.reason }, fault.range),
    }
}

fn unchanged(file: &File, size: Option<(u32, u32)>) -> Prepared {
    match &file.content {
        Content::Text(text) => with_bytes(file, Arc::clone(text).into(), size),
        Content::Bytes(bytes) => with_bytes(file, Arc::clone(bytes), size),
        Content::OnDisk { path, size: bytes, .. } => {
            let output_name = hashed_name(&file.path, fingerprint_on_disk(&file.path, *bytes));
            prepared(file, output_name, Some(OutputContent::Copy(path.clone())), size)
        }
    }
}

fn with_bytes(file: &File, bytes: Arc<[u8]>, size: Option<(u32, u32)>) -> Prepared {
    let output_name = hashed_name(&file.path, Fingerprint::of_bytes(&bytes));
    prepared(file, output_name, Some(OutputContent::Bytes(bytes)), size)
}

fn prepared(file: &File, output_name: String, content: Option<OutputContent>, size: Option<(u32, u32)>) -> Prepared {
    let format = format::format_of(file.head());
    Prepared { output_name, content, size, fault: None, format, found: Vec::new() }
}

fn unreadable(file: &File, reason: String) -> Prepared {
    faulty(file, Fault::UnreadableFile { reason }, 0..0)
}

fn faulty(file: &File, fault: Fault, range: Range<usize>) -> Prepared {
    let output_name = hashed_name(&file.path, file.fingerprint());
    Prepared { fault: Some((fault, range)), ..prepared(file, output_name, None, None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, content: Content) -> File {
        File { path: path.into(), shown: path.into(), content, fingerprint: Fingerprint::default().into() }
    }

    #[test]
    fn a_name_tells_what_a_file_is_for() {
        for (path, expected) in [
            ("a/plan.SVG", Role::Image),
            ("foto.jpeg", Role::Image),
            ("slides.pptx", Role::Download),
            ("v1.2/LICENSE", Role::Download),
            ("a/01-se.md", Role::Source),
            ("handbook.yaml", Role::Source),
        ] {
            assert_eq!(role(path), expected, "{path}");
        }
    }

    #[test]
    fn names_are_slugs_with_the_hash_of_what_is_written() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>";
        let prepared = prepare(&file("Øvelser/Min plan.SVG", Content::Text(svg.into())));
        let hash = Fingerprint::of_bytes(svg.as_bytes()).short();
        assert_eq!(prepared.output_name, format!("oevelser/min-plan.{hash}.svg"));
        assert_eq!((prepared.size, prepared.fault), (Some((4, 3)), None));
        assert!(matches!(prepared.content, Some(OutputContent::Bytes(bytes)) if *bytes == *svg.as_bytes()));
        assert_eq!(hashed_name("…/LICENSE", Fingerprint::default()), "-/license.00000000");
    }

    #[test]
    fn what_is_not_safe_has_nothing_to_write() {
        let prepared = prepare(&file("a.svg", Content::Text("<svg onload='x()'/>".into())));
        assert!(prepared.content.is_none());
        assert!(matches!(prepared.fault, Some((Fault::UnsafeSvg { .. }, range)) if range == (0..19)));
        let large = Content::OnDisk { path: "/foto.jpg".into(), size: 1 << 30, seen: Arc::default() };
        let prepared = prepare(&file("foto.jpg", large));
        assert!(prepared.content.is_none());
        assert!(matches!(prepared.fault, Some((Fault::UnreadableFile { .. }, _))));
    }

    #[test]
    fn a_film_is_copied_under_a_name_that_does_not_depend_on_its_time() {
        let content = Content::OnDisk { path: "/film.mp4".into(), size: 7, seen: Arc::default() };
        let mut film = file("film.mp4", content);
        let first = prepare(&film).output_name;
        film.fingerprint = Fingerprint::of_bytes(b"later").into();
        let second = prepare(&film);
        assert_eq!(first, second.output_name);
        assert!(matches!(second.content, Some(OutputContent::Copy(_))));
    }
}

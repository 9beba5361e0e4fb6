//! The files that `brand` names, found in the handbook's folder and checked: logo, icon, fonts.
//!
//! Every page loads them, so each is of a kind that a browser takes everywhere, and not heavy.

pub mod woff2;

use std::sync::Arc;

use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::layer::{Files, Stack, Unread};
use crate::snapshot::{Content, File};

/// The most that a file may weigh, in bytes: a second on a slow line, and far more than such a file needs.
const HEAVIEST: u64 = 1024 * 1024;

/// The brand's files. What is not fit is left out, and told of where `handbook.yaml` names it.
#[derive(Debug, Clone, Default)]
pub struct BrandFiles {
    /// The logo's path in the layer.
    pub logo: Option<Arc<str>>,
    /// The icon's path in the layer.
    pub favicon: Option<Arc<str>>,
    /// The fonts.
    pub fonts: Vec<Font>,
}

/// A font of the brand.
#[derive(Debug, Clone)]
pub struct Font {
    /// What it is for.
    pub role: FontRole,
    /// Its file.
    pub file: File,
    /// Whether it holds every weight, not one.
    pub is_variable: bool,
}

/// What a font is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontRole {
    /// All text, headings too where they have none of their own.
    Text,
    /// Emphasis in the text.
    Italic,
    /// Headings.
    Headings,
}

impl FontRole {
    /// The key of `brand.fonts`.
    pub fn key(self) -> &'static str {
        match self {
            FontRole::Text => "text",
            FontRole::Italic => "italic",
            FontRole::Headings => "headings",
        }
    }
}

/// Finds and checks the files of the edition that the brand of its `settings` names.
pub fn files(settings: &Settings, stack: &Stack) -> (BrandFiles, Vec<Diagnostic>) {
    let brand = &settings.handbook.brand;
    let mut finder = Finder { settings, files: &stack.files, unread: &stack.unread, diagnostics: Vec::new() };
    let mut image = |key: &'static str, named: &Option<String>, extensions: &[&str], expected: &str| {
        let file = finder.find(&["brand", key], named.as_deref()?, extensions, expected)?;
        Some(Arc::clone(&file.path))
    };
    let logo = "the path of an SVG or PNG file in the handbook's folder";
    let logo = image("logo", &brand.logo, &["svg", "png"], logo);
    let favicon = "the path of an SVG, PNG or ICO file in the handbook's folder";
    let favicon = image("favicon", &brand.favicon, &["svg", "png", "ico"], favicon);
    let fonts = [
        (FontRole::Text, &brand.fonts.text),
        (FontRole::Italic, &brand.fonts.italic),
        (FontRole::Headings, &brand.fonts.headings),
    ];
    let fonts = fonts.into_iter().filter_map(|(role, named)| finder.font(role, named.as_deref()?)).collect();
    (BrandFiles { logo, favicon, fonts }, finder.diagnostics)
}

struct Finder<'a> {
    settings: &'a Settings,
    files: &'a Files,
    unread: &'a Unread,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Finder<'a> {
    /// The file that the value of `keys` names, if it is there, of one of these types and not heavy.
    fn find(&mut self, keys: &[&str], named: &str, extensions: &[&str], expected: &str) -> Option<&'a File> {
        let has_type = |path: &str| {
            let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
            extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
        };
        if self.unread.holds(named) {
            return None;
        }
        let Some(file) = self.files.get(named).filter(|file| has_type(&file.path)) else {
            let fitting = self.files.keys().filter(|path| has_type(path)).map(|path| &**path);
            let suggestion = suggest::nearest(named, fitting).filter(|path| path != named);
            return self.refuse(keys, named, expected, suggestion);
        };
        let size = match &file.content {
            Content::Text(text) => text.len() as u64,
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::OnDisk { size, .. } => *size,
        };
        if size > HEAVIEST {
            return self.refuse(keys, named, "a file of at most 1 MB, since every page loads it", None);
        }
        Some(file)
    }

    fn font(&mut self, role: FontRole, named: &str) -> Option<Font> {
        let keys = ["brand", "fonts", role.key()];
        let file = self.find(&keys, named, &["woff2"], "the path of a WOFF2 file in the handbook's folder")?;
        let font = match &file.content {
            Content::Bytes(bytes) => woff2::read(bytes),
            _ => None,
        };
        match font {
            Some(font) => Some(Font { role, file: file.clone(), is_variable: font.is_variable }),
            None => self.refuse(&keys, named, "a whole WOFF2 file: another type with this ending is none", None),
        }
    }

    fn refuse<T>(&mut self, keys: &[&str], named: &str, expected: &str, suggestion: Option<String>) -> Option<T> {
        let (key, value, expected) = (keys.join("."), named.to_owned(), expected.to_owned());
        let fault = Fault::InvalidValue { key, value, expected, suggestion };
        let place = self.settings.place_of(keys);
        self.diagnostics.push(Diagnostic::new(fault, &place.shown, place.range));
        None
    }
}

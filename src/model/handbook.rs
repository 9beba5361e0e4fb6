//! The settings of a handbook: `handbook.yaml` as data.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::Kind;

/// The settings that hold for an edition. Every field has a value: layers are merged and defaults filled in by the
/// reader.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Handbook {
    /// Slug that names the output folder.
    pub name: String,
    /// Title, terms not yet filled.
    pub title: String,
    /// One or two sentences for search engines and the front page's head.
    pub description: Option<String>,
    /// Language of the content and of the theme's words.
    pub language: Language,
    /// A built-in theme's name, or a folder relative to the handbook.
    pub theme: String,
    /// Sections in reading order; empty: each top folder is one, of kind `page`.
    pub sections: Vec<SectionSettings>,
    /// Logo, colours and names of the organisation.
    pub brand: Brand,
    /// Words that an edition may replace.
    pub terms: BTreeMap<String, Term>,
    /// The overrides of the theme's words and settings.
    pub instead: Instead,
    /// The treatment of raw HTML in Markdown.
    pub raw_html: RawHtml,
    /// Types and paths of files that may be linked to in addition to those of harmless types, in the order of the
    /// layers from the lowest up.
    pub attachments: Vec<String>,
    /// Warnings count as errors.
    pub strict: bool,
    /// Whether a published edition has a page of what is new.
    pub news: bool,
    /// The paper for print-outs.
    pub paper: Paper,
    /// The URL of the site, with a `/` at the end: for the sitemap, canonical links and 404.html.
    pub site_url: Option<String>,
}

/// The words and settings in which a handbook differs from its theme, by key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Instead {
    /// Words of the user interface.
    pub words: BTreeMap<String, Word>,
    /// Settings.
    pub settings: BTreeMap<String, Value>,
}

/// A word or a sentence of the user interface; `{n}` and the like are places to fill.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Word {
    /// One text.
    Text(String),
    /// Two texts, for one of a thing and for any other number.
    Counted {
        /// The text for the number 1.
        one: String,
        /// The text for all other numbers.
        other: String,
    },
}

/// A language that a handbook can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// Danish.
    #[default]
    Danish,
    /// English.
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Danish, Self::English];

    /// The tag for `lang` attributes, and the stem of the theme's words file.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Danish => "da",
            Language::English => "en",
        }
    }

    /// The language of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// One entry of `sections`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SectionSettings {
    /// Top folder as written.
    pub folder: String,
    /// Kind of the items in it.
    pub kind: Kind,
    /// Title; without one, the title of the folder's `index.md`, else the folder's name.
    pub title: Option<String>,
}

/// The organisation's look.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Brand {
    /// Name of the organisation.
    pub organisation: Option<String>,
    /// Logo, relative to the handbook.
    pub logo: Option<String>,
    /// Icon of the site, relative to the handbook.
    pub favicon: Option<String>,
    /// Fonts, relative to the handbook.
    pub fonts: BrandFonts,
    /// Colours, by name (`primary`, `accent`).
    pub colors: BTreeMap<String, ColorPair>,
    /// Colours of layers below the one that names the theme: they give way to those that this theme states itself.
    pub colors_below: BTreeMap<String, ColorPair>,
    /// A line for the page foot.
    pub footer: Option<String>,
    /// Address of the accessibility statement.
    pub accessibility_statement: Option<String>,
    /// Whom to write to.
    pub contact: Option<String>,
}

/// The organisation's fonts: WOFF2 files.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct BrandFonts {
    /// For all text, headings too where they have none of their own.
    pub text: Option<String>,
    /// For emphasis in it; slanted by the browser where absent.
    pub italic: Option<String>,
    /// For headings.
    pub headings: Option<String>,
}

/// The colours that a handbook and a theme may name.
pub const COLOR_NAMES: &[&str] = &["primary", "accent"];

/// A brand colour: `#rrggbb`, for light pages and, where given, for dark.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ColorPair {
    /// On a light page.
    pub light: String,
    /// On a dark page; derived from `light` where absent.
    pub dark: Option<String>,
}

/// A word that an edition may replace, with what is needed to inflect around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// Danish gender: `en` or `et`.
    pub gender: Option<Gender>,
    /// English article: `a` or `an`.
    pub article: Option<String>,
    /// Danish: indefinite and definite singular, indefinite and definite plural. English: singular, plural.
    pub forms: Vec<String>,
    /// The form in compounds; the first form where absent.
    pub compound: Option<String>,
}

/// Grammatical gender of a Danish noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Common gender.
    En,
    /// Neuter.
    Et,
}

/// Sizes of paper for print-outs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Paper {
    /// 210 by 297 millimetres.
    #[default]
    A4,
    /// The booklet on 148 by 210 millimetres, all else on A4.
    A5,
    /// 8.5 by 11 inches.
    UsLetter,
}

impl Paper {
    /// The name in `handbook.yaml` and in print templates.
    pub fn name(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::A5 => "a5",
            Paper::UsLetter => "us-letter",
        }
    }
}

/// The treatment of raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RawHtml {
    /// Harmless elements stay, the rest goes, with a warning.
    #[default]
    Sanitize,
    /// Everything that a page may hold without script stays.
    Allow,
    /// Raw HTML is an error.
    Forbid,
}

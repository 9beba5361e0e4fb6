//! The `handbook.yaml` of every layer to the settings of an edition, every default filled in.

mod merge;
mod place;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::model::Kind;
use crate::model::handbook::{
    Brand, BrandFonts, COLOR_NAMES, ColorPair, Gender, Handbook, Instead, Language, Paper, RawHtml, Term,
};
use crate::model::id::{item_id, slug};
use crate::model::windows;
use crate::source::Source;
use crate::yaml::Yaml;
use crate::yaml::color::color_pair;
use crate::yaml::fields::Fields;
use crate::yaml::tree::{self, Mapping, Node};
use crate::yaml::word::word;

pub use place::{SectionPlaces, SettingPlace, place_of};

/// The theme of a handbook that names none.
pub const DEFAULT_THEME: &str = "vaertskab";

const KEYS: &[&str] = &[
    "name",
    "title",
    "description",
    "language",
    "extends",
    "theme",
    "sections",
    "omit",
    "omit_links",
    "brand",
    "terms",
    "words",
    "settings",
    "private",
    "raw_html",
    "print",
    "attachments",
    "strict",
    "news",
    "site_url",
];

/// The settings of an edition, and what each of its layers says for itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The settings of the edition: the layers merged, the upper one first.
    pub handbook: Handbook,
    /// The layers, the edition's own first.
    pub layers: Vec<LayerSettings>,
    /// Whether a link with a text of its own may lead to what is left out: it becomes that text.
    pub omit_links: bool,
}

/// The settings that the `handbook.yaml` of one layer gives for this layer.
#[derive(Debug, Clone)]
pub struct LayerSettings {
    /// The file.
    pub source: Source,
    /// The language that it is written in.
    pub language: Language,
    /// The words that texts of this layer are written with: its own terms, and those of the layers below.
    pub terms: BTreeMap<String, Term>,
    /// Ids that it leaves out of the layers below, with their index in the list.
    pub omit: Vec<(usize, String)>,
    /// Words that only editions with this layer may hold.
    pub private: Vec<String>,
    /// The names of its brand, by key: `organisation` and `contact`.
    pub names: BTreeMap<&'static str, String>,
}

/// A `handbook.yaml` as it was written: what it does not say is absent.
#[derive(Debug, Default)]
struct Written {
    name: Option<String>,
    title: Option<String>,
    description: Option<String>,
    language: Option<Language>,
    theme: Option<String>,
    sections: Vec<WrittenSection>,
    omit: Vec<(usize, String)>,
    omit_links: Option<bool>,
    brand: Brand,
    terms: BTreeMap<String, Term>,
    instead: Instead,
    private: Vec<String>,
    raw_html: Option<RawHtml>,
    attachments: Vec<String>,
    paper: Option<Paper>,
    strict: Option<bool>,
    news: Option<bool>,
    site_url: Option<String>,
}

#[derive(Debug)]
struct WrittenSection {
    folder: String,
    kind: Option<Kind>,
    title: Option<String>,
    /// The byte range of `kind` in the file.
    kind_place: Range<usize>,
}

/// Reads the `handbook.yaml` of every layer, the edition's own first. `folder_name` names the edition where that file
/// does not.
///
/// Gives the settings and all faults; what is missing or wrong has its default.
pub fn read(sources: &[&Source], folder_name: &str) -> (Settings, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut language = Language::default();
    let mut written = Vec::new();
    // From the ground up: what a layer may write depends on the language below it.
    for (height, source) in sources.iter().rev().enumerate() {
        let yaml = Yaml::of_file(source);
        let nothing = Yaml::new(source, 0..0, 0..0);
        let layer = match yaml.mapping() {
            Some(mapping) => self::written(&yaml, &mapping, language, height == 0),
            // A file that cannot be read has no keys; only the fault that says so is useful.
            None => self::written(&nothing, &Mapping::default(), language, false),
        };
        language = layer.language.unwrap_or(language);
        diagnostics.extend(yaml.into_diagnostics());
        written.push(layer);
    }
    written.reverse();
    let (settings, faults) = merge::merge(sources, written, folder_name);
    diagnostics.extend(faults);
    (settings, diagnostics)
}

/// The text under the top key `key` in the text of a `handbook.yaml`, if it can be read; its faults are for [`read`] to
/// tell.
pub fn text_of(text: &str, key: &str) -> Option<String> {
    let Node::Mapping(mapping) = tree::parse(text.trim_start_matches('\u{feff}')).ok()?.root else { return None };
    match &mapping.get(key)?.value {
        Node::Text(text) if !text.trim().is_empty() => Some(text.to_string()),
        _ => None,
    }
}

/// `is_ground` of the lowest layer, which nothing is below of that could give what it lacks.
fn written(yaml: &Yaml, mapping: &Mapping, inherited: Language, is_ground: bool) -> Written {
    let fields = Fields::new(yaml, mapping, "handbook");
    let languages = Language::ALL.map(|language| (language.tag(), language));
    let language = fields.one_of("language", &languages);
    let raw_html = [("sanitize", RawHtml::Sanitize), ("allow", RawHtml::Allow), ("forbid", RawHtml::Forbid)];
    let title = fields.text("title").map(String::from);
    // `load` resolves the target; here it is only checked to be a text.
    fields.word("extends");
    let written = Written {
        name: name(&fields),
        title: if is_ground { fields.required("title", title) } else { title },
        description: fields.text("description").map(String::from),
        language,
        theme: fields.word("theme").map(String::from),
        sections: sections(yaml, &fields),
        omit: fields.words("omit").into_iter().map(|(index, id)| (index, id.into_owned())).collect(),
        omit_links: fields.one_of("omit_links", &[("error", false), ("text", true)]),
        brand: fields
            .fields("brand", "brand", "{ organisation: % }")
            .map(|brand| self::brand(&brand))
            .unwrap_or_default(),
        terms: fields
            .fields("terms", "list of terms", "{ %: { … } }")
            .map(|terms| self::terms(&terms, language.unwrap_or(inherited)))
            .unwrap_or_default(),
        instead: instead(&fields),
        private: private_words(&fields),
        raw_html: fields.one_of("raw_html", &raw_html),
        attachments: attachments(&fields),
        strict: fields.boolean("strict"),
        news: fields.boolean("news"),
        paper: fields.fields("print", "list of settings for print", "{ paper: % }").and_then(|print| paper(&print)),
        site_url: site_url(&fields),
    };
    fields.finish(KEYS, |_| Vec::new());
    written
}

/// Reads the overrides of the theme's words and settings. The theme decides which keys exist.
fn instead(fields: &Fields) -> Instead {
    let words = fields
        .fields("words", "list of words", "{ key: % }")
        .map(|words| words.keys().filter_map(|key| Some((key.to_owned(), word(&words, key)?))).collect());
    let settings = fields.fields("settings", "list of settings", "{ key: % }").map(|settings| {
        settings.keys().filter_map(|key| Some((key.to_owned(), settings.node(key)?.to_json()))).collect()
    });
    Instead { words: words.unwrap_or_default(), settings: settings.unwrap_or_default() }
}

fn name(fields: &Fields) -> Option<String> {
    let name = fields.word("name")?;
    let wanted = slug(&name);
    if windows::reserved_part(&wanted).is_some() {
        return fields.invalid("name", "a name that Windows does not keep for a device", None);
    }
    if wanted == name {
        return Some(wanted);
    }
    let suggestion = Some(wanted.clone()).filter(|slug| !slug.is_empty());
    fields.invalid::<()>("name", "small letters a–z, digits and single `-`", suggestion);
    Some(wanted).filter(|slug| !slug.is_empty())
}

/// Returns whether other editions can be searched for `word`: it has two letters or more, and no braces or comments.
pub fn is_private_word(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphanumeric()).count() > 1 && !word.contains(['{', '}', '%'])
}

/// Reads the words that no other edition may hold. One that cannot be searched for would protect nothing.
fn private_words(fields: &Fields) -> Vec<String> {
    let word = |(_, word): (usize, Cow<str>)| match is_private_word(&word) {
        true => Some(word.into_owned()),
        false => fields.invalid("private", "words of two letters or more, without braces", None),
    };
    fields.words("private").into_iter().filter_map(word).collect()
}

/// Reads the types and files that pages may link to in addition to the harmless ones: `html`, or `folder/file.html`.
fn attachments(fields: &Fields) -> Vec<String> {
    let entry = |(_, entry): (usize, Cow<str>)| {
        let is_type = entry.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if is_type || entry.contains('/') || entry.trim_start_matches(['.', '*']).contains('.') {
            return Some(entry.into_owned());
        }
        let suggestion = slug(entry.trim_start_matches(['.', '*']));
        let expected = "types such as `html`, or paths of files";
        fields.invalid("attachments", expected, Some(suggestion).filter(|suggestion| !suggestion.is_empty()))
    };
    fields.words("attachments").into_iter().filter_map(entry).collect()
}

fn paper(fields: &Fields) -> Option<Paper> {
    let papers = [Paper::A4, Paper::A5, Paper::UsLetter].map(|paper| (paper.name(), paper));
    let paper = fields.one_of("paper", &papers);
    fields.finish(&["paper"], |_| Vec::new());
    paper
}

fn site_url(fields: &Fields) -> Option<String> {
    let url = fields.word("site_url")?;
    let address = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let fits = |address: &str| !address.starts_with(['/', '.', ':']) && !address.is_empty();
    let strange = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '"' | '<' | '>' | '\\');
    match address {
        Some(address) if fits(address) && !address.contains(strange) => Some(format!("{}/", url.trim_end_matches('/'))),
        _ => fields.invalid("site_url", "an address such as `https://example.org/handbook/`", None),
    }
}

fn sections(yaml: &Yaml, fields: &Fields) -> Vec<WrittenSection> {
    let kinds = Kind::ALL.map(|kind| (kind.name(), kind));
    let mut places = HashMap::new();
    let mut sections = Vec::new();
    for (_, section) in fields.list_of_fields("sections", "section", "{ folder: % }") {
        let folder = section.required("folder", section.word("folder"));
        // A slip of the keyboard is one fault, not one more for every key of every file in the folder.
        let kind = section.one_of("kind", &kinds).or_else(|| nearest_kind(&section));
        let title = section.text("title").map(String::from);
        section.finish(&["folder", "kind", "title"], |_| Vec::new());
        let Some(folder) = folder else { continue };
        let folder = folder.trim_end_matches('/').to_owned();
        if folder.is_empty() || folder.contains(['/', '\\']) || folder.starts_with('.') {
            section.invalid::<()>("folder", "the name of a folder beside `handbook.yaml`", None);
            continue;
        }
        // Two folders whose ids are alike would share their addresses.
        if let Some(first) = places.get(&item_id(&folder)) {
            let expected = "a folder that no other section has".to_owned();
            let key = section.name_of("folder", None);
            let fault = Fault::InvalidValue { key, value: folder, expected, suggestion: None };
            let again = Diagnostic::new(fault, yaml.shown(), section.place("folder"));
            yaml.push(again.and_at(yaml.shown(), Clone::clone(first), "first here"));
            continue;
        }
        places.insert(item_id(&folder), section.place("folder"));
        sections.push(WrittenSection { folder, kind, title, kind_place: section.place("kind") });
    }
    sections
}

/// The kind that a word which is none was meant to be.
fn nearest_kind(section: &Fields) -> Option<Kind> {
    let nearest = suggest::nearest(&section.word("kind")?, Kind::ALL.map(Kind::name))?;
    Kind::ALL.into_iter().find(|kind| kind.name() == nearest)
}

fn brand(fields: &Fields) -> Brand {
    let font = |fonts: &Fields, key: &str| fonts.word(key).map(String::from);
    let fonts = fields.fields("fonts", "list of fonts", "{ text: % }").map(|fonts| {
        fonts.finish(&["text", "italic", "headings"], |_| Vec::new());
        BrandFonts { text: font(&fonts, "text"), italic: font(&fonts, "italic"), headings: font(&fonts, "headings") }
    });
    let brand = Brand {
        organisation: fields.text("organisation").map(String::from),
        logo: fields.word("logo").map(String::from),
        favicon: fields.word("favicon").map(String::from),
        fonts: fonts.unwrap_or_default(),
        colors: fields
            .fields("colors", "list of colours", "{ primary: % }")
            .map(|colors| self::colors(&colors))
            .unwrap_or_default(),
        colors_below: BTreeMap::new(),
        footer: fields.text("footer").map(String::from),
        accessibility_statement: statement(fields),
        contact: fields.text("contact").map(String::from),
    };
    let keys = ["organisation", "logo", "favicon", "fonts", "colors", "footer", "accessibility_statement", "contact"];
    fields.finish(&keys, |_| Vec::new());
    brand
}

/// The address of the accessibility statement. It lies elsewhere, mostly with the authority that collects them.
fn statement(fields: &Fields) -> Option<String> {
    let address = fields.word("accessibility_statement")?;
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    match host {
        Some(host) if host.contains('.') && !host.contains(char::is_whitespace) => Some(address.into_owned()),
        _ => fields.invalid("accessibility_statement", "an address that begins with `https://`", None),
    }
}

fn colors(fields: &Fields) -> BTreeMap<String, ColorPair> {
    let pairs = COLOR_NAMES.iter().filter_map(|name| Some(((*name).to_owned(), color_pair(fields, name)?)));
    let colors = pairs.collect();
    fields.finish(COLOR_NAMES, |_| Vec::new());
    colors
}

fn terms(fields: &Fields, language: Language) -> BTreeMap<String, Term> {
    let mut terms = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let term_form = match language {
        Language::Danish => "{ gender: en, forms: […] }",
        Language::English => "{ forms: […] }",
    };
    for key in fields.keys() {
        if terms.contains_key(key) {
            continue;
        }
        let Some(term) = fields.fields(key, "term", term_form) else { continue };
        let genders = [("en", Gender::En), ("et", Gender::Et)];
        let articles = [("a", "a"), ("an", "an")];
        let gender = term.one_of("gender", &genders);
        let article = term.one_of("article", &articles).map(str::to_owned);
        let forms: Vec<String> = term.words("forms").into_iter().map(|(_, form)| form.into_owned()).collect();
        let compound = term.word("compound").map(String::from);
        term.finish(&["gender", "article", "forms", "compound"], |_| Vec::new());
        let (count, expected) = match language {
            Language::Danish => (4, "four forms: indefinite and definite singular, indefinite and definite plural"),
            Language::English => (2, "two forms: singular and plural"),
        };
        let whole = match language {
            Language::Danish => term.required("gender", gender).is_some(),
            Language::English => true,
        };
        if term.required("forms", (!forms.is_empty()).then_some(())).is_none() || !whole {
            continue;
        }
        if forms.len() != count {
            term.invalid::<()>("forms", expected, None);
            continue;
        }
        let distinct: BTreeSet<String> = forms.iter().map(|form| form.to_lowercase()).collect();
        if let Some(form) = distinct.iter().find(|form| taken.contains(*form)) {
            term.invalid::<()>("forms", &format!("forms that no other term has; `{form}` is taken"), None);
            continue;
        }
        taken.extend(distinct);
        terms.insert(key.to_owned(), Term { gender, article, forms, compound });
    }
    terms
}

#[cfg(test)]
mod tests;

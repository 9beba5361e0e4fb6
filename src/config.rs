//! `handbook.yaml` to the settings of a handbook, every default filled in.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Fault};
use crate::model::Kind;
use crate::model::handbook::{
    Brand, BrandFonts, ColorPair, Gender, Handbook, Language, RawHtml, SectionSettings, Term,
};
use crate::model::id::{item_id, slug};
use crate::source::Source;
use crate::yaml::Yaml;
use crate::yaml::color::color_pair;
use crate::yaml::fields::Fields;
use crate::yaml::place::{self, Step};
use crate::yaml::tree::{self, Mapping, Node};

/// The theme of a handbook that names none.
pub const DEFAULT_THEME: &str = "vaertskab";

const KEYS: &[&str] = &[
    "name",
    "title",
    "description",
    "language",
    "theme",
    "sections",
    "brand",
    "terms",
    "raw_html",
    "strict",
    "news",
    "site_url",
];

/// Reads `handbook.yaml`. `folder_name` names the handbook where the file does not.
///
/// Gives the settings and all faults; what is missing or wrong has its default.
pub fn read(source: &Source, folder_name: &str) -> (Handbook, Vec<Diagnostic>) {
    let yaml = Yaml::of_file(source);
    match yaml.mapping() {
        Some(mapping) => {
            let handbook = handbook(&yaml, &mapping, folder_name);
            (handbook, yaml.into_diagnostics())
        }
        None => {
            // What cannot be read has no keys; only the fault that says so is of use.
            let nothing = Yaml::new(source, 0..0, 0..0);
            (handbook(&nothing, &Mapping::default(), folder_name), yaml.into_diagnostics())
        }
    }
}

/// The theme that the text of a `handbook.yaml` names, if it can be read; its faults are for [`read`] to tell.
pub fn theme_of(text: &str) -> Option<String> {
    let Node::Mapping(mapping) = tree::parse(text.trim_start_matches('\u{feff}')).ok()?.root else { return None };
    match &mapping.get("theme")?.value {
        Node::Text(theme) if !theme.trim().is_empty() => Some(theme.to_string()),
        _ => None,
    }
}

/// The byte range in the text of a `handbook.yaml` of the value under `keys`, each inside the one before; of the
/// nearest value around it where there is none.
pub fn place_of(text: &str, keys: &[&str]) -> Range<usize> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let steps: Vec<Step> = keys.iter().map(|key| Step::Key(key)).collect();
    let place = place::nearest(&text[start..], &steps).unwrap_or(0..0);
    start + place.start..start + place.end
}

/// The byte range in the text of a `handbook.yaml` of the value of `key` in the section of `folder`.
pub fn place_of_section(text: &str, folder: &str, key: &str) -> Range<usize> {
    let yaml = text.trim_start_matches('\u{feff}');
    let is_folder = |node: &Node| match node {
        Node::Mapping(section) => match section.get("folder").map(|entry| &entry.value) {
            Some(Node::Text(written)) => written.trim_end_matches('/') == folder,
            _ => false,
        },
        _ => false,
    };
    let sections = tree::parse(yaml).ok().and_then(|tree| match tree.root {
        Node::Mapping(mapping) => match &mapping.get("sections")?.value {
            Node::List(sections) => sections.iter().position(is_folder),
            _ => None,
        },
        _ => None,
    });
    let Some(index) = sections else { return place_of(text, &["sections"]) };
    let place = place::nearest(yaml, &[Step::Key("sections"), Step::Index(index), Step::Key(key)]).unwrap_or(0..0);
    let start = text.len() - yaml.len();
    start + place.start..start + place.end
}

fn handbook(yaml: &Yaml, mapping: &Mapping, folder_name: &str) -> Handbook {
    let fields = Fields::new(yaml, mapping, "handbook");
    let languages = [Language::Danish, Language::English].map(|language| (language.tag(), language));
    let language = fields.one_of("language", &languages).unwrap_or_default();
    let raw_html = [("sanitize", RawHtml::Sanitize), ("allow", RawHtml::Allow), ("forbid", RawHtml::Forbid)];
    let handbook = Handbook {
        name: name(&fields, folder_name),
        title: fields.required("title", fields.text("title")).map(String::from).unwrap_or_default(),
        description: fields.text("description").map(String::from),
        language,
        theme: fields.word("theme").map_or_else(|| DEFAULT_THEME.to_owned(), String::from),
        sections: sections(yaml, &fields),
        brand: fields.fields("brand", "brand").map(|brand| self::brand(yaml, &brand)).unwrap_or_default(),
        terms: fields.fields("terms", "list of terms").map(|terms| self::terms(&terms, language)).unwrap_or_default(),
        raw_html: fields.one_of("raw_html", &raw_html).unwrap_or_default(),
        strict: fields.boolean("strict").unwrap_or(false),
        news: fields.boolean("news").unwrap_or(false),
        site_url: site_url(&fields),
    };
    fields.finish(KEYS, |_| Vec::new());
    handbook
}

fn name(fields: &Fields, folder_name: &str) -> String {
    let from_folder =
        || Some(slug(folder_name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "haandbog".to_owned());
    let Some(name) = fields.word("name") else { return from_folder() };
    let wanted = slug(&name);
    if wanted == name {
        return wanted;
    }
    let suggestion = Some(wanted.clone()).filter(|slug| !slug.is_empty());
    fields.invalid::<()>("name", "small letters a–z, digits and single `-`", suggestion);
    if wanted.is_empty() { from_folder() } else { wanted }
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

fn sections(yaml: &Yaml, fields: &Fields) -> Vec<SectionSettings> {
    let kinds = Kind::ALL.map(|kind| (kind.name(), kind));
    let mut places = HashMap::new();
    let mut sections = Vec::new();
    for (_, section) in fields.list_of_fields("sections", "section") {
        let folder = section.required("folder", section.word("folder"));
        let kind = section.one_of("kind", &kinds).unwrap_or(Kind::Page);
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
        sections.push(SectionSettings { folder, kind, title });
    }
    sections
}

fn brand(yaml: &Yaml, fields: &Fields) -> Brand {
    let font = |fonts: &Fields, key: &str| fonts.word(key).map(String::from);
    let fonts = fields.fields("fonts", "list of fonts").map(|fonts| {
        fonts.finish(&["text", "italic", "headings"], |_| Vec::new());
        BrandFonts { text: font(&fonts, "text"), italic: font(&fonts, "italic"), headings: font(&fonts, "headings") }
    });
    let brand = Brand {
        organisation: fields.text("organisation").map(String::from),
        logo: fields.word("logo").map(String::from),
        favicon: fields.word("favicon").map(String::from),
        fonts: fonts.unwrap_or_default(),
        colors: fields
            .fields("colors", "list of colours")
            .map(|colors| self::colors(yaml, &colors))
            .unwrap_or_default(),
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

fn colors(yaml: &Yaml, fields: &Fields) -> BTreeMap<String, ColorPair> {
    let mut colors = BTreeMap::new();
    for key in fields.keys() {
        // The name becomes part of a style sheet.
        if slug(key) != key {
            let expected = "a name of small letters a–z, digits and single `-`".to_owned();
            let (name, value) = ("brand.colors".to_owned(), key.to_owned());
            let fault = Fault::InvalidValue { key: name, value, expected, suggestion: Some(slug(key)) };
            yaml.report(fault, fields.place(key));
            continue;
        }
        if let Some(pair) = color_pair(fields, key) {
            colors.entry(key.to_owned()).or_insert(pair);
        }
    }
    colors
}

fn terms(fields: &Fields, language: Language) -> BTreeMap<String, Term> {
    let mut terms = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for key in fields.keys() {
        if terms.contains_key(key) {
            continue;
        }
        let Some(term) = fields.fields(key, "term") else { continue };
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

//! Merges the settings of the layers into those of the edition: mappings key by key, lists and texts whole, the upper
//! layer first.

use std::collections::BTreeMap;

use super::{DEFAULT_THEME, LayerSettings, Settings, Written, WrittenSection};
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::Kind;
use crate::model::handbook::{Brand, BrandFonts, Handbook, SectionSettings, Term};
use crate::model::id::{item_id, slug};
use crate::source::Source;

/// Merges `written`, the edition's own first, each of the file at the same place of `sources`.
///
/// An edition is known by its own name and stands at its own address, so `name` and `site_url` are never inherited.
pub(super) fn merge(sources: &[&Source], written: Vec<Written>, folder_name: &str) -> (Settings, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let own = written.first();
    let name = own.and_then(|own| own.name.clone()).unwrap_or_else(|| name_of_folder(folder_name));
    let site_url = own.and_then(|own| own.site_url.clone());
    let mut handbook = Handbook { name, site_url, theme: DEFAULT_THEME.to_owned(), ..Handbook::default() };
    let mut omit_links = false;
    let mut layers = Vec::new();
    for (source, layer) in sources.iter().zip(written).rev() {
        let language = layer.language.unwrap_or(handbook.language);
        if language != handbook.language {
            // Words of another language are none of this one.
            handbook.terms.clear();
            handbook.instead.words.clear();
        }
        handbook.language = language;
        put(&mut handbook.title, layer.title);
        handbook.description = layer.description.or(handbook.description);
        if let Some(theme) = layer.theme {
            handbook.theme = theme;
            let colors = std::mem::take(&mut handbook.brand.colors);
            handbook.brand.colors_below.extend(colors);
        }
        put(&mut handbook.raw_html, layer.raw_html);
        // Files that a layer below allows for itself are allowed here, too.
        handbook.attachments.extend(layer.attachments);
        put(&mut handbook.paper, layer.paper);
        put(&mut handbook.strict, layer.strict);
        put(&mut handbook.news, layer.news);
        put(&mut omit_links, layer.omit_links);
        let names = [("organisation", &layer.brand.organisation), ("contact", &layer.brand.contact)];
        let names = names.into_iter().filter_map(|(key, name)| Some((key, name.clone()?))).collect();
        handbook.brand = brand(handbook.brand, layer.brand);
        terms(&mut handbook.terms, layer.terms);
        handbook.instead.words.extend(layer.instead.words);
        handbook.instead.settings.extend(layer.instead.settings);
        leave_out(&mut handbook.sections, &layer.omit);
        sections(&mut handbook.sections, &layer.sections, source, &mut diagnostics);
        layers.push(LayerSettings {
            source: (*source).clone(),
            language,
            terms: handbook.terms.clone(),
            omit: layer.omit,
            private: layer.private,
            names,
        });
    }
    layers.reverse();
    (Settings { handbook, layers, omit_links }, diagnostics)
}

fn put<T>(value: &mut T, above: Option<T>) {
    if let Some(above) = above {
        *value = above;
    }
}

fn name_of_folder(folder: &str) -> String {
    Some(slug(folder)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "haandbog".to_owned())
}

fn brand(below: Brand, above: Brand) -> Brand {
    let Brand { organisation, logo, favicon, fonts, colors, footer, accessibility_statement, contact, .. } = above;
    let mut all = below.colors;
    all.extend(colors);
    Brand {
        organisation: organisation.or(below.organisation),
        logo: logo.or(below.logo),
        favicon: favicon.or(below.favicon),
        fonts: BrandFonts {
            text: fonts.text.or(below.fonts.text),
            italic: fonts.italic.or(below.fonts.italic),
            headings: fonts.headings.or(below.fonts.headings),
        },
        colors: all,
        colors_below: below.colors_below,
        footer: footer.or(below.footer),
        accessibility_statement: accessibility_statement.or(below.accessibility_statement),
        contact: contact.or(below.contact),
    }
}

/// A term is replaced as a whole: gender and article belong to the word that the forms are of.
fn terms(below: &mut BTreeMap<String, Term>, above: BTreeMap<String, Term>) {
    below.extend(above);
}

fn leave_out(sections: &mut Vec<SectionSettings>, omit: &[(usize, String)]) {
    sections.retain(|section| !omit.iter().any(|(_, id)| *id == item_id(&section.folder)));
}

/// Sections that the layer below has take the title of the layer above, and those that it names come in its order, among
/// the places that they had. A new section comes behind the one that is written before it, or, as the first of the list,
/// before the first one that there is already; where the list names none of those, at the end.
fn sections(
    below: &mut Vec<SectionSettings>,
    above: &[WrittenSection],
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // There may be thousands, and making an id takes much longer than comparing two.
    let mut ids: Vec<String> = below.iter().map(|section| item_id(&section.folder)).collect();
    let ids_above: Vec<String> = above.iter().map(|section| item_id(&section.folder)).collect();
    let place = |ids: &[String], wanted: &String| ids.iter().position(|id| id == wanted);
    let mut places = Vec::new();
    let mut named = Vec::new();
    for (section, id) in above.iter().zip(&ids_above) {
        let Some(at) = place(&ids, id) else { continue };
        let known = &below[at];
        if let Some(kind) = section.kind
            && kind != known.kind
        {
            let (folder, kind, below) = (section.folder.clone(), kind.name(), known.kind.name());
            let fault = Fault::OtherKindBelow { folder, kind, below };
            diagnostics.push(Diagnostic::new(fault, &source.shown, section.kind_place.clone()));
        }
        let title = section.title.clone().or_else(|| known.title.clone());
        named.push(SectionSettings { title, ..known.clone() });
        places.push(at);
    }
    places.sort_unstable();
    for (at, section) in places.into_iter().zip(named) {
        ids[at] = item_id(&section.folder);
        below[at] = section;
    }
    let mut before: Option<&String> = None;
    for (at, (section, id)) in above.iter().zip(&ids_above).enumerate() {
        if place(&ids, id).is_none() {
            let behind = before.and_then(|before| place(&ids, before)).map(|place| place + 1);
            let next = || ids_above[at + 1..].iter().find_map(|next| place(&ids, next));
            let place = behind.or_else(next).unwrap_or(below.len());
            let kind = section.kind.unwrap_or(Kind::Page);
            below.insert(place, SectionSettings { folder: section.folder.clone(), kind, title: section.title.clone() });
            ids.insert(place, id.clone());
        }
        before = Some(id);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::handbook::Language;

    fn merged(layers: &[&str]) -> (Settings, Vec<String>) {
        let sources: Vec<Source> = layers
            .iter()
            .enumerate()
            .map(|(at, text)| Source {
                path: "handbook.yaml".into(),
                shown: Arc::from(format!("{at}/handbook.yaml")),
                text: (*text).into(),
            })
            .collect();
        let (settings, diagnostics) = super::super::read(&sources.iter().collect::<Vec<_>>(), "Nordby");
        let said = diagnostics.iter().map(|diagnostic| {
            let label = &diagnostic.labels[0];
            let at = sources.iter().position(|source| source.shown == label.path).unwrap();
            format!("{} @ {at}: {}", diagnostic.code().name(), label.span.of(&sources[at].text))
        });
        (settings, said.collect())
    }

    fn order(base: &str, edition: &str) -> String {
        let (settings, said) = merged(&[edition, &format!("title: a\nsections: [{base}]\n")]);
        assert_eq!(said, [""; 0], "{edition}");
        let shown = settings.handbook.sections.iter().map(|section| match &section.title {
            Some(title) => format!("{}={title}", section.folder),
            None => section.folder.clone(),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn sections_merge_by_folder() {
        let base = "{folder: a, title: A}, {folder: b}, {folder: c}, {folder: d}";
        for (edition, expected) in [
            ("", "a=A b c d"),
            ("sections: []", "a=A b c d"),
            ("sections: [{folder: b, title: Be}]", "a=A b=Be c d"),
            ("sections: [{folder: a}]", "a=A b c d"),
            ("sections: [{folder: d}, {folder: b}]", "a=A d c b"),
            ("sections: [{folder: x}]", "a=A b c d x"),
            ("sections: [{folder: b}, {folder: x}, {folder: y}]", "a=A b x y c d"),
            ("sections: [{folder: x}, {folder: b}]", "a=A x b c d"),
            ("omit: [b, d]", "a=A c"),
            ("omit: [b]\nsections: [{folder: c}, {folder: b, title: New}]", "a=A c b=New d"),
        ] {
            assert_eq!(order(base, edition), expected, "{edition}");
        }
    }

    #[test]
    fn a_section_keeps_its_kind() {
        let base = "title: a\nsections: [{folder: a, kind: principle}]\n";
        let (settings, said) = merged(&["sections: [{folder: a, kind: exercise}]\n", base]);
        assert_eq!(said, ["other-kind-below @ 0: exercise"]);
        assert_eq!(settings.handbook.sections[0].kind, Kind::Principle);
    }

    #[test]
    fn mappings_merge_key_by_key_and_lists_whole() {
        let base = "title: Base\nname: base\ndescription: D\nsite_url: https://base.dk\nstrict: true\ntheme: ../t\n\
                    brand: {organisation: O, footer: F, colors: {primary: \"#111111\", accent: \"#222222\"}}\n\
                    terms: {borger: {gender: en, forms: [borger, borgeren, borgere, borgerne], compound: x}, \
                    hus: {gender: et, forms: [hus, huset, huse, husene]}}\n";
        let middle = "strict: false\nbrand: {footer: G}\n";
        let edition = "brand: {organisation: P, colors: {accent: {light: \"#333333\", dark: \"#444444\"}}}\n\
                       terms: {borger: {gender: en, forms: [gæst, gæsten, gæster, gæsterne]}}\n";
        let (settings, said) = merged(&[edition, middle, base]);
        assert_eq!(said, [""; 0]);
        let handbook = &settings.handbook;
        assert_eq!((&*handbook.name, &*handbook.title, &*handbook.theme), ("nordby", "Base", "../t"));
        assert_eq!((handbook.description.as_deref(), handbook.strict), (Some("D"), false));
        assert_eq!(handbook.site_url, None);
        assert_eq!(handbook.brand.organisation.as_deref(), Some("P"));
        assert_eq!(handbook.brand.footer.as_deref(), Some("G"));
        assert_eq!(handbook.brand.colors["primary"].light, "#111111");
        assert_eq!(handbook.brand.colors["accent"].dark.as_deref(), Some("#444444"));
        assert_eq!(handbook.terms["hus"].forms[0], "hus");
        assert_eq!((&*handbook.terms["borger"].forms[1], &handbook.terms["borger"].compound), ("gæsten", &None));
        assert_eq!(settings.layers[2].terms["borger"].forms[0], "borger");
        assert_eq!(settings.place_of(&["brand", "footer"]).layer, 1);
        assert_eq!(settings.place_of(&["brand", "colors", "primary"]).layer, 2);
    }

    #[test]
    fn a_layer_in_another_language_has_words_of_its_own() {
        let base = "title: a\nterms: {borger: {gender: en, forms: [borger, borgeren, borgere, borgerne]}}\n";
        let (settings, said) = merged(&["language: en\nterms: {guest: {forms: [guest, guests]}}\n", base]);
        assert_eq!(said, [""; 0]);
        assert_eq!(settings.handbook.language, Language::English);
        assert_eq!(settings.handbook.terms.keys().collect::<Vec<_>>(), ["guest"]);
        let (_, said) = merged(&["terms: {borger: {gender: en, forms: [gæst]}}\n", base]);
        assert_eq!(said, ["invalid-value @ 0: [gæst]"]);
    }
}

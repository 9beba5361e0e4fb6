//! Theme layers become one theme: templates that render pages, words, assets with hashed names, brand colours.

pub mod assets;
pub mod brand;
pub mod builtin;
pub mod color;
mod css;
mod engine;
mod filters;
mod instead;
pub mod manifest;
mod pictures;
mod print_files;
mod template_fault;
pub mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::Context;
use tera::value::Key;

use crate::brand::Font;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::handbook::{Brand, Instead, Language};
use crate::snapshot::ThemeLayer;

pub use assets::Assets;
pub use brand::PlaceOfColor;
pub use instead::Places;
pub use print_files::{BRAND, PrintFiles};
pub use words::Words;

/// A value that many pages share: cloning it copies a pointer, not the data.
pub type Value = tera::Value;

/// A theme with its parents, ready to render.
#[derive(Debug)]
pub struct Theme {
    /// The words of the user interface, with what the handbook says instead.
    pub words: Arc<Words>,
    /// Style sheets, scripts, fonts.
    pub assets: Assets,
    /// Templates and fonts for print.
    pub print: PrintFiles,
    /// Colours on paper, `#rrggbb` by name: the brand's and those of text on them.
    pub colors: BTreeMap<String, String>,
    /// The settings of `theme.yaml`, for templates, with what the handbook sets instead.
    pub settings: BTreeMap<String, serde_json::Value>,
    /// Of all that went into the theme.
    pub fingerprint: Fingerprint,
    engine: Arc<engine::Engine>,
}

/// A theme as it is for every handbook that uses it with the same words, before a brand is added.
#[derive(Debug)]
pub struct Foundation {
    manifest: manifest::Manifest,
    words: Arc<Words>,
    engine: Arc<engine::Engine>,
    /// Of what it was made of beside the theme's files.
    asked: Fingerprint,
}

impl Foundation {
    /// Loads the theme of `layers`, the child first, in a language, with the overrides `instead` of handbooks. `places`
    /// returns their positions, for faults in them.
    pub fn load(
        layers: &[ThemeLayer],
        language: Language,
        instead: &Instead,
        places: &Places,
    ) -> (Self, Vec<Diagnostic>) {
        let (mut manifest, mut diagnostics) = manifest::read(layers);
        let (mut words, word_faults) = words::read(layers, language);
        diagnostics.extend(instead::put(instead, &mut words, &mut manifest.settings, places));
        let (engine, template_faults) = engine::Engine::new(layers, shared_value(&words));
        diagnostics.extend(word_faults.into_iter().chain(template_faults));
        let asked = Fingerprint::of(&(language, instead));
        (Self { manifest, words: Arc::new(words), engine: Arc::new(engine), asked }, diagnostics)
    }
}

/// The data that the pages of an edition share.
#[derive(Debug, Clone)]
pub struct Shared<'a> {
    /// `site` of the theme API.
    pub site: &'a Value,
    /// `nav` of the page's section; `null` for templates where there is none.
    pub nav: Option<&'a Value>,
}

impl Theme {
    /// Makes a theme of what it is for every handbook, its `layers`, the child first, and the brand of one.
    ///
    /// `place` tells where the handbook gives a colour, for faults in it. A theme with faults still is a theme;
    /// what it cannot render is a fault of each page.
    pub fn on(
        foundation: &Foundation,
        layers: &[ThemeLayer],
        brand: &Brand,
        fonts: &[Font],
        place: PlaceOfColor,
    ) -> (Self, Vec<Diagnostic>) {
        let (brand_css, mut diagnostics) = brand::brand_css(&foundation.manifest, brand, place);
        let (cleaned, picture_faults) = pictures::clean(layers);
        diagnostics.extend(picture_faults);
        let (assets, asset_faults) = assets::build(&cleaned, &foundation.manifest, brand_css, fonts);
        diagnostics.extend(asset_faults);
        let theme = Self {
            words: Arc::clone(&foundation.words),
            assets,
            print: PrintFiles::of(&cleaned, fonts),
            colors: brand::light_colors(&foundation.manifest, brand),
            settings: foundation.manifest.settings.clone(),
            fingerprint: fingerprint(layers, brand, fonts, foundation.asked),
            engine: Arc::clone(&foundation.engine),
        };
        (theme, diagnostics)
    }

    /// Renders `template` (`exercise.html`) with `page` at the end of `out`; leaves `out` as it was where it fails.
    ///
    /// # Errors
    /// A [`Fault::TemplateError`](crate::diagnostic::Fault) at the place in the theme's file.
    pub fn render(
        &self,
        template: &str,
        shared: &Shared,
        page: Value,
        out: &mut Vec<u8>,
    ) -> Result<(), Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("site", shared.site.clone());
        context.insert_value("nav", shared.nav.cloned().unwrap_or_else(Value::none));
        context.insert_value("page", page);
        self.engine.render(template, &context, out)
    }

    /// Renders `template` (`side.html`), a part that many pages share, for pages with one way back to the `root`. It sees
    /// `site`, and a view of its `own` under a name.
    ///
    /// # Errors
    /// A [`Fault::TemplateError`](crate::diagnostic::Fault) at the place in the theme's file.
    pub fn render_part(
        &self,
        template: &str,
        site: &Value,
        own: Option<(&'static str, &Value)>,
        root: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        if let Some((name, view)) = own {
            context.insert_value(name, view.clone());
        }
        context.insert("root", root);
        self.engine.render(template, &context, out)
    }
}

/// Turns a view into a value to be shared by many pages; `null` where it cannot be one (a map with keys that are no
/// texts), which no view is.
pub fn shared_value(view: &impl Serialize) -> Value {
    Value::try_from_serializable(view).unwrap_or_else(|_| Value::none())
}

/// The fields of a `view`, of its `details` and the `others` beside one another in one value.
///
/// Flattening them by serde would make a string of each field's name, and a map that grows with each.
pub fn value_with<const N: usize>(
    view: &impl Serialize,
    details: &impl Serialize,
    others: [(&'static str, Value); N],
) -> Value {
    let mut fields = shared_value(view).into_map().unwrap_or_default();
    fields.extend(shared_value(details).into_map().unwrap_or_default());
    fields.extend(others.map(|(name, value)| (Key::Str(name), value)));
    fields.into()
}

fn fingerprint(layers: &[ThemeLayer], brand: &Brand, fonts: &[Font], asked: Fingerprint) -> Fingerprint {
    let fonts: Vec<_> = fonts.iter().map(|font| (font.role.key(), font.file.fingerprint())).collect();
    let files = layers.iter().map(|layer| {
        let files: Vec<_> = layer.files.iter().map(|(path, file)| (path, file.fingerprint())).collect();
        (&layer.name, files)
    });
    Fingerprint::of(&(files.collect::<Vec<_>>(), &brand.colors, &brand.colors_below, fonts, asked))
}

#[cfg(test)]
mod testing {
    use crate::fingerprint::Fingerprint;
    use crate::snapshot::{Content, File, ThemeLayer};

    /// A theme layer of text files.
    pub fn layer(name: &str, files: &[(&str, &str)]) -> ThemeLayer {
        let file = |(path, text): &(&str, &str)| {
            let shown = format!("{name}/{path}").into();
            let fingerprint = Fingerprint::of_bytes(text.as_bytes()).into();
            ((*path).into(), File { path: (*path).into(), shown, content: Content::Text((*text).into()), fingerprint })
        };
        ThemeLayer { name: name.to_owned(), files: files.iter().map(file).collect() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn built_in() -> ThemeLayer {
        ThemeLayer { name: "vaertskab".to_owned(), files: builtin::files() }
    }

    fn load(layers: &[ThemeLayer], brand: &Brand, language: Language) -> (Theme, Vec<Diagnostic>) {
        let nowhere = |_: &[&str]| ("handbook.yaml".into(), 0..0);
        let places = Places { key: &nowhere, value: &nowhere };
        let (foundation, mut diagnostics) = Foundation::load(layers, language, &Instead::default(), &places);
        let (theme, faults) = Theme::on(&foundation, layers, brand, &[], &|_, _| ("handbook.yaml".into(), 0..0));
        diagnostics.extend(faults);
        (theme, diagnostics)
    }

    #[test]
    fn the_built_in_theme_has_no_faults_in_either_language() {
        for language in [Language::Danish, Language::English] {
            let (theme, diagnostics) = load(&[built_in()], &Brand::default(), language);
            assert_eq!(diagnostics, []);
            assert!(!theme.assets.stylesheets.is_empty());
        }
    }

    #[test]
    fn a_page_sees_site_words_nav_and_page() {
        let text = "{{ site.title }} {{ words.home }} {{ page.title }}{% if nav %} {{ nav.title }}{% endif %}";
        let child = testing::layer("child", &[("templates/page.html", text), ("words/da.yaml", "home: Hjem")]);
        let (theme, _) = load(&[child, built_in()], &Brand::default(), Language::Danish);
        let site = shared_value(&json!({ "title": "Site" }));
        let nav = shared_value(&json!({ "title": "Nav" }));
        let mut out = Vec::new();
        for nav in [None, Some(&nav)] {
            let page = shared_value(&json!({ "title": "Side|" }));
            theme.render("page.html", &Shared { site: &site, nav }, page, &mut out).unwrap();
        }
        assert_eq!(String::from_utf8(out).unwrap(), "Site Hjem Side|Site Hjem Side| Nav");
    }

    #[test]
    fn the_fingerprint_knows_every_input() {
        let layer = |text: &str| testing::layer("t", &[("assets/a.css", text)]);
        let brand = Brand {
            colors: [("primary".to_owned(), crate::model::handbook::ColorPair { light: "#123".into(), dark: None })]
                .into(),
            ..Brand::default()
        };
        let prints = [
            fingerprint(&[layer("a")], &Brand::default(), &[], Fingerprint::of(&Language::Danish)),
            fingerprint(&[layer("b")], &Brand::default(), &[], Fingerprint::of(&Language::Danish)),
            fingerprint(&[layer("a")], &brand, &[], Fingerprint::of(&Language::Danish)),
            fingerprint(&[layer("a")], &Brand::default(), &[], Fingerprint::of(&Language::English)),
            fingerprint(&[layer("a"), layer("a")], &Brand::default(), &[], Fingerprint::of(&Language::Danish)),
        ];
        let distinct: std::collections::BTreeSet<_> = prints.iter().collect();
        assert_eq!(distinct.len(), prints.len());
    }
}

//! The theme's asset files become outputs with their content's hash in the name, style sheets pointing at the new names.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use super::css::{self, Reference};
use super::manifest::{Manifest, Placed};
use crate::asset::{data_url, fingerprint_on_disk, hashed_name, kind};
use crate::brand::{Font, FontRole};
use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::Fingerprint;
use crate::output::{Output, OutputContent};
use crate::snapshot::{Content, File, ThemeLayer};

/// Name of the style sheet that is made of the brand's colours; it comes last.
pub const BRAND_CSS: &str = "brand.css";

/// The theme's assets, ready to be written.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// Path in the edition by name: `fonts/x.woff2` is `assets/fonts/x.0123abcd.woff2`. Folders are kept.
    pub paths: BTreeMap<String, String>,
    /// Paths of the style sheets in order of loading.
    pub stylesheets: Vec<String>,
    /// Paths of the scripts in order of loading.
    pub scripts: Vec<String>,
    /// The files themselves.
    pub outputs: Vec<Output>,
}

/// Merges `assets/**` of all `layers` (the child first, overriding by path), with `brand_css` as one more.
///
/// A file that is nothing that a page loads is left out.
///
/// Faults: such a file; a name in `stylesheets` or `scripts` that is no asset, a reference of a style sheet to a file that is
/// not there or to another site, an `@import`.
pub fn build(
    layers: &[ThemeLayer],
    manifest: &Manifest,
    brand_css: Option<String>,
    fonts: &[Font],
) -> (Assets, Vec<Diagnostic>) {
    let mut assets = Assets::default();
    let mut diagnostics = Vec::new();
    let (files, refused): (BTreeMap<_, _>, BTreeMap<_, _>) =
        merged(layers).into_iter().partition(|(name, file)| kind::is_for_theme(name, file.head()));
    diagnostics.extend(refused.into_iter().map(|(name, file)| {
        let message = format!("the asset `{name}` is no style sheet, script, font or picture, and is not published");
        Diagnostic::new(Fault::TemplateError { message }, &file.shown, 0..0)
    }));
    let is_sheet = |name: &str| name.to_ascii_lowercase().ends_with(".css");
    for (name, file) in files.iter().filter(|(name, _)| !is_sheet(name)) {
        assets.add(name, file_content(file), &file.content);
    }
    for (name, file) in files.iter().filter(|(name, _)| is_sheet(name)) {
        let content = match &file.content {
            Content::Text(text) => bytes(rewrite_sheet(name, file, text, &assets.paths, &mut diagnostics)),
            _ => file_content(file),
        };
        assets.add(name, content, &file.content);
    }
    assets.stylesheets = assets.listed(&manifest.stylesheets, &mut diagnostics);
    assets.scripts = assets.listed(&manifest.scripts, &mut diagnostics);
    let fonts = fonts_css(&mut assets, fonts);
    if brand_css.is_some() || !fonts.is_empty() {
        let css = brand_css.unwrap_or_default() + &fonts;
        let path = assets.add_bytes(BRAND_CSS, css.into_bytes().into());
        assets.stylesheets.push(path);
    }
    (assets, diagnostics)
}

/// Adds the brand's fonts and gives the rules that make them known: `--brand-text` and `--brand-headings` are their names.
fn fonts_css(assets: &mut Assets, fonts: &[Font]) -> String {
    let sheet = hashed_path(BRAND_CSS, Fingerprint::default());
    let (mut faces, mut names) = (String::new(), String::new());
    for font in fonts {
        let name = format!("fonts/brand-{}.woff2", font.role.key());
        assets.add(&name, file_content(&font.file), &font.file.content);
        let (family, style) = match font.role {
            FontRole::Text => ("brand text", "normal"),
            FontRole::Italic => ("brand text", "italic"),
            FontRole::Headings => ("brand headings", "normal"),
        };
        let weight = if font.is_variable { "100 900" } else { "400" };
        let url = relative(&sheet, &assets.paths[&name]);
        let _ = writeln!(
            faces,
            "@font-face {{ font-family: \"{family}\"; src: url(\"{url}\") format(\"woff2\"); font-weight: {weight}; \
             font-style: {style}; font-display: swap; }}"
        );
        if font.role != FontRole::Italic {
            let _ = writeln!(names, "  --brand-{}: \"{family}\";", font.role.key());
        }
    }
    if names.is_empty() { faces } else { format!("{faces}:root {{\n{names}}}\n") }
}

fn merged(layers: &[ThemeLayer]) -> BTreeMap<&str, &File> {
    let files = layers.iter().rev().flat_map(|layer| layer.files.values());
    files.filter_map(|file| Some((file.path.strip_prefix("assets/")?, file))).collect()
}

impl Assets {
    fn add(&mut self, name: &str, content: OutputContent, original: &Content) {
        match (content, original) {
            (OutputContent::Bytes(bytes), _) => {
                self.add_bytes(name, bytes);
            }
            (copy, Content::OnDisk { size, .. }) => {
                self.add_output(name, hashed_path(name, fingerprint_on_disk(name, *size)), copy);
            }
            (copy, _) => self.add_output(name, hashed_path(name, Fingerprint::of(name)), copy),
        }
    }

    fn add_bytes(&mut self, name: &str, bytes: Arc<[u8]>) -> String {
        let path = hashed_path(name, Fingerprint::of_bytes(&bytes));
        self.add_output(name, path.clone(), OutputContent::Bytes(bytes));
        path
    }

    fn add_output(&mut self, name: &str, path: String, content: OutputContent) {
        // Two names may have one slug; with the same hash they are the same file.
        if !self.outputs.iter().any(|output| *output.path == *path) {
            self.outputs.push(Output { path: path.as_str().into(), content });
        }
        self.paths.insert(name.to_owned(), path);
    }

    fn listed(&self, names: &[Placed<String>], diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
        let path = |name: &Placed<String>| {
            let path = self.paths.get(&name.value).cloned();
            if path.is_none() {
                let message = format!("the theme has no asset `{}`", name.value);
                let (shown, range) = &name.place;
                diagnostics.push(Diagnostic::new(Fault::TemplateError { message }, shown, range.clone()));
            }
            path
        };
        names.iter().filter_map(path).collect()
    }
}

fn file_content(file: &File) -> OutputContent {
    match &file.content {
        Content::Text(text) => OutputContent::Bytes(Arc::clone(text).into()),
        Content::Bytes(bytes) => OutputContent::Bytes(Arc::clone(bytes)),
        Content::OnDisk { path, .. } => OutputContent::Copy(path.clone()),
    }
}

fn bytes(text: String) -> OutputContent {
    OutputContent::Bytes(text.into_bytes().into())
}

/// `assets/<folders>/<stem>.<8 hex>.<extension>`.
fn hashed_path(name: &str, fingerprint: Fingerprint) -> String {
    format!("assets/{}", hashed_name(name, fingerprint))
}

fn rewrite_sheet(
    name: &str,
    file: &File,
    text: &str,
    paths: &BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let mut report = |message: String, range: &Range<usize>| {
        diagnostics.push(Diagnostic::new(Fault::TemplateError { message }, &file.shown, range.clone()));
    };
    let sheet = hashed_path(name, Fingerprint::default());
    css::rewrite(text, |reference| match reference {
        Reference::Import(range) => {
            report("a style sheet cannot import another; list it in `stylesheets` of theme.yaml".to_owned(), range);
            None
        }
        Reference::Url(range) => match target(name, &text[range.clone()]) {
            Target::Kept => clean_image(&text[range.clone()]).unwrap_or_else(|reason| {
                report(format!("the style sheet holds an image that cannot be used: {reason}"), range);
                Some("data:,".to_owned())
            }),
            Target::Remote => {
                let message = format!("the style sheet refers to another site: `{}`", &text[range.clone()]);
                report(message, range);
                None
            }
            Target::Asset { name, suffix } => match paths.get(&name) {
                Some(path) => Some(relative(&sheet, path) + suffix),
                None => {
                    report(format!("the theme has no asset `{name}`"), range);
                    None
                }
            },
        },
    })
}

/// Returns the cleaned image in a data URL; `None` if the address holds no image or nothing had to be cleaned.
fn clean_image(address: &str) -> Result<Option<String>, String> {
    if !data_url::is_image(address) {
        return Ok(None);
    }
    if address.to_ascii_lowercase().contains("image/svg") {
        return Ok(data_url::clean_drawing(address));
    }
    data_url::clean(address).map(|clean| match clean {
        Cow::Borrowed(_) => None,
        Cow::Owned(clean) => Some(clean),
    })
}

enum Target<'a> {
    /// Data in the address itself, or a part of the page.
    Kept,
    Remote,
    Asset {
        name: String,
        /// `?…` and `#…`.
        suffix: &'a str,
    },
}

fn target<'a>(sheet: &str, address: &'a str) -> Target<'a> {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    if address.is_empty() || address.starts_with('#') || scheme.as_deref() == Some("data") {
        return Target::Kept;
    }
    if address.starts_with('/') || scheme.is_some_and(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    {
        return Target::Remote;
    }
    let (path, suffix) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let mut parts: Vec<_> = sheet.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.pop().is_none() => return Target::Asset { name: path.to_owned(), suffix },
            ".." => {}
            part => parts.push(part),
        }
    }
    Target::Asset { name: parts.join("/"), suffix }
}

/// `to` as seen from the file `from`; both are paths from the same root.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<_> = from.split('/').collect();
    let folders = &from[..from.len() - 1];
    let common = folders.iter().zip(to.split('/')).take_while(|(a, b)| **a == *b).count();
    let rest = to.split('/').skip(common).collect::<Vec<_>>().join("/");
    "../".repeat(folders.len() - common) + &rest
}

#[cfg(test)]
mod tests {
    use super::super::testing::layer;
    use super::*;

    fn listing(stylesheets: &[&str]) -> Manifest {
        let placed = |name: &&str| Placed { value: (*name).to_owned(), place: ("t/theme.yaml".into(), 4..8) };
        Manifest { stylesheets: stylesheets.iter().map(placed).collect(), ..Manifest::default() }
    }

    fn text_of<'a>(assets: &'a Assets, name: &str) -> &'a str {
        let output = assets.outputs.iter().find(|output| *output.path == *assets.paths[name]).unwrap();
        let OutputContent::Bytes(bytes) = &output.content else { panic!() };
        std::str::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_sheet_points_at_hashed_names_and_its_own_name_follows() {
        let css = "a{b:url(\"../fonts/Å b.woff2#x\")}c{d:url(data:x)url(#y)}";
        let one = layer("t", &[("assets/css/a.css", css), ("assets/fonts/Å b.woff2", "one")]);
        let two = layer("t", &[("assets/css/a.css", css), ("assets/fonts/Å b.woff2", "two")]);
        let (one, diagnostics) = build(&[one], &listing(&["css/a.css"]), Some("brand".to_owned()), &[]);
        assert_eq!(diagnostics, []);
        let font = Fingerprint::of_bytes(b"one").short();
        assert_eq!(one.paths["fonts/Å b.woff2"], format!("assets/fonts/aa-b.{font}.woff2"));
        let expected = format!("a{{b:url(\"../fonts/aa-b.{font}.woff2#x\")}}c{{d:url(data:x)url(#y)}}");
        assert_eq!(text_of(&one, "css/a.css"), expected);
        assert_eq!(one.stylesheets, [one.paths["css/a.css"].clone(), one.paths["brand.css"].clone()]);
        let (two, _) = build(&[two], &listing(&[]), None, &[]);
        assert_ne!(one.paths["css/a.css"], two.paths["css/a.css"]);
    }

    #[test]
    fn images_in_addresses_of_a_sheet_are_cleaned() {
        let svg = |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
        let css = |svg: &str| format!("a{{b:url(\"data:image/svg+xml,{svg}\")}}c{{d:url(data:image/png;base64,AA)}}");
        let css = css(&svg("<!-- anna -->"));
        let (assets, diagnostics) = build(&[layer("t", &[("assets/a.css", &css)])], &listing(&[]), None, &[]);
        let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, svg(""));
        let expected = format!("a{{b:url(\"data:image/svg+xml;base64,{encoded}\")}}c{{d:url(data:,)}}");
        assert_eq!(text_of(&assets, "a.css"), expected);
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn a_child_replaces_an_asset_by_its_path() {
        let child = layer("child", &[("assets/a.js", "child")]);
        let base = layer("base", &[("assets/a.js", "base"), ("assets/b.js", "base")]);
        let (assets, _) = build(&[child, base], &listing(&[]), None, &[]);
        assert_eq!((text_of(&assets, "a.js"), text_of(&assets, "b.js")), ("child", "base"));
        assert_eq!(assets.outputs.len(), 2);
    }

    #[test]
    fn what_is_not_there_and_what_is_elsewhere_is_pointed_at() {
        let css = "a{b:url(no.png)} c{d:url(https://x/y)} e{f:url(//x)} @import 'z.css'; g{h:url(../../i)}";
        let (assets, diagnostics) = build(&[layer("t", &[("assets/a.css", css)])], &listing(&["b.css"]), None, &[]);
        let places: Vec<_> = diagnostics.iter().map(|found| found.labels[0].span.of(css)).collect();
        assert_eq!(places, ["no.png", "https://x/y", "//x", "@import", "../../i", "url("[..].get(..4).unwrap()]);
        assert_eq!(&*diagnostics[5].labels[0].path, "t/theme.yaml");
        assert_eq!(text_of(&assets, "a.css"), css);
    }

    #[test]
    fn a_large_file_is_copied_under_a_name_that_does_not_depend_on_its_time() {
        let mut theme = layer("t", &[("assets/film.mp4", "")]);
        for file in theme.files.values_mut() {
            file.content = Content::OnDisk { path: "/film.mp4".into(), size: 7, seen: Arc::default() };
        }
        let (first, _) = build(&[theme.clone()], &listing(&[]), None, &[]);
        for file in theme.files.values_mut() {
            file.fingerprint = Fingerprint::of_bytes(b"later").into();
        }
        let (second, _) = build(&[theme], &listing(&[]), None, &[]);
        assert_eq!(first.paths, second.paths);
        assert!(matches!(first.outputs[0].content, OutputContent::Copy(_)));
    }
}

//! Cleans the images of a theme, on pages and in print-outs, like those of the handbook.

use std::sync::Arc;

use crate::asset::format::{Format, format_of};
use crate::asset::{Prepared, kind, prepare};
use crate::diagnostic::Diagnostic;
use crate::output::OutputContent;
use crate::snapshot::{Content, File, ThemeLayer};

/// Returns the layers with their images cleaned. Images that cannot be cleaned are left out and reported.
pub fn clean(layers: &[ThemeLayer]) -> (Vec<ThemeLayer>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut layer = |layer: &ThemeLayer| {
        let files = layer.files.iter().filter_map(|(path, file)| {
            if !is_picture(file) {
                return Some((Arc::clone(path), file.clone()));
            }
            cleaned(file, &mut diagnostics).map(|file| (Arc::clone(path), file))
        });
        ThemeLayer { name: layer.name.clone(), files: files.collect() }
    };
    let layers = layers.iter().map(&mut layer).collect();
    (layers, diagnostics)
}

/// Returns whether a file is an image by its name or its first bytes.
fn is_picture(file: &File) -> bool {
    let is_published = file.path.starts_with("assets/") || file.path.starts_with("print/");
    let is_code = matches!(&*kind::extension(&file.path), "css" | "js" | "mjs" | "html" | "typ" | "woff2" | "json");
    is_published
        && !is_code
        && (crate::model::image::is_image(&file.path)
            || crate::model::image::is_foreign_photo(&file.path)
            || matches!(format_of(file.head()), Format::Photo(_) | Format::ForeignPhoto | Format::Svg))
}

fn cleaned(file: &File, diagnostics: &mut Vec<Diagnostic>) -> Option<File> {
    let Prepared { content, fault, .. } = prepare(file);
    diagnostics.extend(fault.map(|(fault, range)| Diagnostic::new(fault, &file.shown, range)));
    match (content?, &file.content) {
        (OutputContent::Bytes(bytes), Content::Bytes(before)) if bytes == *before => Some(file.clone()),
        (OutputContent::Bytes(bytes), Content::Text(before)) if *bytes == *before.as_bytes() => Some(file.clone()),
        (OutputContent::Bytes(bytes), _) => {
            Some(File { content: Content::Bytes(bytes), fingerprint: std::sync::OnceLock::new(), ..file.clone() })
        }
        (OutputContent::Copy(_), _) => Some(file.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::layer;
    use super::*;

    #[test]
    fn pictures_are_cleaned_and_what_cannot_be_is_left_out() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><!-- anna --></svg>";
        let theme = layer(
            "t",
            &[
                ("assets/a.svg", svg),
                ("print/b", svg.replace("anna", "bo").as_str()),
                ("assets/c.heic", "anna"),
                ("assets/d.js", "<svg/> anna"),
            ],
        );
        let (layers, diagnostics) = clean(&[theme]);
        let files: Vec<_> = layers[0].files.keys().map(|path| &**path).collect();
        assert_eq!(files, ["assets/a.svg", "assets/d.js"]);
        assert!(!String::from_utf8_lossy(layers[0].files["assets/a.svg"].head()).contains("anna"));
        let shown: Vec<_> = diagnostics.iter().map(|found| (found.code().name(), &*found.labels[0].path)).collect();
        assert_eq!(shown, [("unreadable-file", "t/assets/c.heic"), ("unreadable-file", "t/print/b")]);
    }
}

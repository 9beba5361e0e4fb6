//! The theme that `handbook.yaml` names becomes its chain of theme layers, down to the built-in one.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::layers::FoundLayer;
use super::walk::tidy;
use super::{LoadError, read, walk};
use crate::config;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Fault};
use crate::snapshot::{Content, Snapshot, ThemeLayer};
use crate::theme::{builtin, manifest};

/// A theme on a theme on a theme is already hard to follow.
const LONGEST_CHAIN: usize = 8;

/// Where a theme is asked for: the text that names it and the folder that its path starts from.
struct Asked {
    key: &'static str,
    value: String,
    from: PathBuf,
    shown: Arc<str>,
    range: Range<usize>,
}

/// Adds the theme layers to `snapshot`, with their states, roots and faults. The upper one of `layers` that names a theme
/// decides which.
///
/// Gives all theme folders that the layers name, links followed: their files are no content.
pub(super) fn load(layers: &[FoundLayer], snapshot: &mut Snapshot, now: i64) -> Result<Vec<PathBuf>, LoadError> {
    let named =
        |layer: &FoundLayer| config::text_of(&layer.settings.text, "theme").map(|value| layer.folder.join(value));
    let mut folders: Vec<PathBuf> =
        layers.iter().filter_map(named).filter_map(|folder| folder.canonicalize().ok()).collect();
    folders.retain(|folder| !layers.iter().any(|layer| layer.real.starts_with(folder)));
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut asked = layers.iter().find_map(|layer| {
        let value = config::text_of(&layer.settings.text, "theme")?;
        Some(Asked {
            key: "theme",
            range: place_of("theme", &value, &layer.settings.text),
            value,
            from: layer.folder.clone(),
            shown: Arc::clone(&layer.settings.shown),
        })
    });
    while let Some(ask) = asked.take() {
        if ask.key == "parent" && ask.value == "none" {
            folders.extend(seen);
            return Ok(folders);
        }
        if builtin::NAMES.contains(&ask.value.as_str()) {
            break;
        }
        let folder = ask.from.join(&ask.value);
        let real = match folder.canonicalize() {
            Ok(real) if real.is_dir() && !ask.value.is_empty() => real,
            _ => {
                let suggestion = nearest(&ask.value, builtin::NAMES.iter().copied());
                snapshot.diagnostics.push(ask.fault(Fault::UnknownTheme { theme: ask.value.clone(), suggestion }));
                // It is looked for again: the author may make it next.
                snapshot.survey.roots.push(folder);
                break;
            }
        };
        let expected = if layers.iter().any(|layer| layer.real.starts_with(&real)) {
            Some("a folder that does not hold the handbook")
        } else if seen.contains(&real) {
            Some("a theme that is not itself built on this one")
        } else if seen.len() == LONGEST_CHAIN {
            Some("a chain of at most 8 themes")
        } else {
            None
        };
        if let Some(expected) = expected {
            snapshot.diagnostics.push(ask.invalid(expected));
            break;
        }
        let folder = tidy(folder, &real);
        let layer = read_folder(&folder, &real, snapshot, now)?;
        asked = parent_of(&layer, &folder);
        seen.push(real);
        snapshot.themes.push(layer);
    }
    let name = builtin::NAMES.first().copied().unwrap_or_default();
    snapshot.themes.push(ThemeLayer { name: name.to_owned(), files: builtin::files() });
    folders.extend(seen);
    Ok(folders)
}

/// `folder` as a path inside of the layer at `real_layer`, if it lies there.
pub(super) fn path_inside(folder: &Path, real_layer: &Path) -> Option<String> {
    let path = folder.strip_prefix(real_layer).ok()?;
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy().nfc().collect::<String>()).collect();
    Some(parts.join("/"))
}

fn read_folder(folder: &Path, real: &Path, snapshot: &mut Snapshot, now: i64) -> Result<ThemeLayer, LoadError> {
    let walk = walk::walk(folder)?;
    let (files, _) = read::read(walk, None, snapshot, now);
    snapshot.survey.roots.push(folder.into());
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(ThemeLayer { name, files })
}

/// The parent that the layer's `theme.yaml` names. A file that is no YAML names none; reading the manifest says why.
fn parent_of(layer: &ThemeLayer, folder: &Path) -> Option<Asked> {
    let file = layer.files.get("theme.yaml")?;
    let Content::Text(text) = &file.content else { return None };
    let value = manifest::parent(text)?;
    let range = place_of("parent", &value, text);
    Some(Asked { key: "parent", value, from: folder.into(), shown: Arc::clone(&file.shown), range })
}

/// The byte range of `value` on the line of the top key `key`, else of the file's start.
fn place_of(key: &str, value: &str, text: &str) -> Range<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix(key).filter(|rest| rest.trim_start().starts_with(':')) {
            let rest_start = start + key.len();
            return match rest.find(value) {
                Some(at) if !value.is_empty() => rest_start + at..rest_start + at + value.len(),
                _ => start..rest_start,
            };
        }
        start += line.len();
    }
    0..0
}

impl Asked {
    fn fault(&self, fault: Fault) -> Diagnostic {
        Diagnostic::new(fault, &self.shown, self.range.clone())
    }

    fn invalid(&self, expected: &str) -> Diagnostic {
        self.fault(Fault::InvalidValue {
            key: self.key.to_owned(),
            value: self.value.clone(),
            expected: expected.to_owned(),
            suggestion: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_theme_is_its_value() {
        let text = "title: theme: x\ntheme: \"mit tema\"\n";
        assert_eq!(&text[place_of("theme", "mit tema", text)], "mit tema");
        assert_eq!(place_of("parent", "x", text), 0..0);
    }
}

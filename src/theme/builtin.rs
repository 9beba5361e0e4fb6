//! The built-in theme: files compiled into the program become the last theme layer of every handbook.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};

use crate::snapshot::{Content, File};

/// Names of the built-in themes: what `theme:` and `parent:` may hold beside a folder.
pub const NAMES: &[&str] = &["vaertskab"];

/// As `build.rs` makes it ready.
static VAERTSKAB: Dir = include_dir!("$OUT_DIR/themes/vaertskab");

/// The files of the built-in theme by path inside its folder.
///
/// Messages show them as `vaertskab/templates/base.html`: there is no such file on the user's disk.
pub fn files() -> BTreeMap<Arc<str>, File> {
    let mut files = BTreeMap::new();
    // A list of folders still to visit, since the depth of a theme is its author's.
    let mut folders = vec![&VAERTSKAB];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().map(|file| {
            let path: Arc<str> = file.path().to_string_lossy().replace('\\', "/").into();
            (Arc::clone(&path), embedded(path, file.contents()))
        }));
    }
    files
}

fn embedded(path: Arc<str>, bytes: &[u8]) -> File {
    let content = match std::str::from_utf8(bytes) {
        Ok(text) => Content::Text(text.into()),
        Err(_) => Content::Bytes(bytes.into()),
    };
    File { shown: format!("vaertskab/{path}").into(), path, content, fingerprint: OnceLock::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_theme_is_whole() {
        let files = files();
        for path in ["theme.yaml", "templates/base.html", "words/da.yaml", "words/en.yaml"] {
            let file = files.get(path).unwrap_or_else(|| panic!("{path} is not embedded"));
            assert_eq!(*file.shown, format!("vaertskab/{path}"));
            assert!(file.source().is_some());
        }
    }
}

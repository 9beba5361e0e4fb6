//! The theme's files for print: its `print/` folder and its fonts, of all layers together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::brand::Font;
use crate::fingerprint::Fingerprint;
use crate::snapshot::{File, ThemeLayer};

/// What the names of the brand's fonts begin with.
pub const BRAND: &str = "brand/";

/// What print-outs are set with.
#[derive(Debug, Clone, Default)]
pub struct PrintFiles {
    /// Files of `print/` by path inside the theme: templates and what they read.
    pub files: BTreeMap<Arc<str>, File>,
    /// Fonts of `assets/` and `print/` by path inside the theme; those of the brand by the name of their role, which begins
    /// with [`BRAND`].
    pub fonts: BTreeMap<Arc<str>, File>,
}

impl PrintFiles {
    /// Merges the brand's `fonts` and `layers`, the child first: its file replaces the parent's at the same path.
    pub fn of(layers: &[ThemeLayer], fonts: &[Font]) -> Self {
        let mut print = Self::default();
        for (path, file) in layers.iter().rev().flat_map(|layer| &layer.files) {
            let name = path.to_ascii_lowercase();
            if [".woff2", ".ttf", ".otf"].iter().any(|extension| name.ends_with(extension)) {
                print.fonts.insert(Arc::clone(path), file.clone());
            } else if path.starts_with("print/") {
                print.files.insert(Arc::clone(path), file.clone());
            }
        }
        for font in fonts {
            print.fonts.insert(format!("{BRAND}{}", font.role.key()).into(), font.file.clone());
        }
        print
    }

    /// Stands for all of them.
    pub fn fingerprint(&self) -> Fingerprint {
        let print = |files: &BTreeMap<Arc<str>, File>| -> Vec<(Arc<str>, Arc<str>, Fingerprint)> {
            let print =
                |(path, file): (&Arc<str>, &File)| (Arc::clone(path), Arc::clone(&file.shown), file.fingerprint());
            files.iter().map(print).collect()
        };
        Fingerprint::of(&(print(&self.files), print(&self.fonts)))
    }
}

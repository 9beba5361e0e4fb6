//! Makes an image ready for paper: what no PDF can hold is told, and changed or left out.

mod drawing;
mod photo;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::letters::Letters;
use crate::asset::photo::format_of;
use crate::diagnostic::unprintable::Unprintable;

/// An image as print-outs show it.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// The file; nothing where the image cannot be printed.
    pub bytes: Option<Arc<[u8]>>,
    /// Why it is shown otherwise than on the site, if it is.
    pub why: Option<Unprintable>,
    /// The characters of a drawing's text that are left out.
    pub missing: BTreeSet<char>,
}

impl Picture {
    fn refused(why: Unprintable) -> Self {
        Self { why: Some(why), ..Self::default() }
    }
}

/// Makes an image ready. `draw` draws a drawing on a sheet of its own, as far as that goes.
///
/// A photo in JPEG is not read beyond its head, as Typst takes it as it is; other photos are, since they are packed anew.
pub fn picture(bytes: &Arc<[u8]>, letters: Letters, draw: &dyn Fn(Arc<[u8]>) -> Result<(), String>) -> Picture {
    match (format_of(bytes), std::str::from_utf8(bytes)) {
        (Some(format), _) => photo::photo(bytes, format),
        (None, Ok(text)) => drawing::drawing(bytes, text, letters, draw),
        (None, Err(_)) => Picture::refused(Unprintable::Format),
    }
}

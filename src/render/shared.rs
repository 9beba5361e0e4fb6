//! Parts of pages that many pages share, rendered once by the theme and then marked for each page they stand on:
//! `header.html`, `side.html` and `footer.html`.
//!
//! A list of fifty links costs a template more than the whole rest of a page. All pages of a section show the same one
//! but for the mark on their own link, so it is kept in pieces, cut where the marks belong.

use std::sync::OnceLock;

use crate::diagnostic::Diagnostic;
use crate::view::navigation::CurrentMark;

/// What a mark becomes on the page that it marks.
const CURRENT: &str = " aria-current=\"page\"";
/// What it becomes on the pages of the section that it marks.
const CURRENT_SECTION: &str = " aria-current=\"true\"";

/// A part of the pages at one depth.
#[derive(Debug, Default)]
pub(super) struct SharedPart {
    rendered: OnceLock<Result<Pieces, Box<Diagnostic>>>,
}

/// A rendered part: each text is followed by the mark for the page at its path; the last by none.
type Pieces = Vec<(Box<str>, Option<Box<str>>)>;

impl SharedPart {
    /// The part on the page at `path`, which may be in the section whose page is at `section`. `render` writes it where
    /// no page had it yet.
    ///
    /// # Errors
    /// What `render` fails with, the same for each page.
    pub(super) fn on_page(
        &self,
        path: &str,
        section: Option<&str>,
        render: impl FnOnce(&mut Vec<u8>) -> Result<(), Box<Diagnostic>>,
    ) -> Result<String, Box<Diagnostic>> {
        let render = || {
            let mut bytes = Vec::new();
            render(&mut bytes)?;
            Ok(cut(&String::from_utf8_lossy(&bytes)))
        };
        let pieces = self.rendered.get_or_init(render).as_ref().map_err(Clone::clone)?;
        let length = pieces.iter().map(|(text, _)| text.len()).sum::<usize>() + CURRENT.len();
        let mut part = String::with_capacity(length);
        for (text, marked) in pieces {
            part.push_str(text);
            match marked.as_deref() {
                Some(marked) if marked == path => part.push_str(CURRENT),
                Some(marked) if Some(marked) == section => part.push_str(CURRENT_SECTION),
                _ => {}
            }
        }
        Ok(part)
    }
}

fn cut(rendered: &str) -> Pieces {
    let mut pieces = Vec::new();
    let mut rest = rendered;
    while let Some((text, after)) = rest.split_once(CurrentMark::BEGIN) {
        let (path, after) = after.split_once(CurrentMark::END).unwrap_or((after, ""));
        pieces.push((text.into(), Some(path.into())));
        rest = after;
    }
    pieces.push((rest.into(), None));
    pieces
}

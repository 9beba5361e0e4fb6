//! The navigation of a section, rendered once by the theme's `side.html` and then marked for each page it stands on.
//!
//! A list of fifty links costs a template more than the whole rest of a page. All pages of a section show the same one
//! but for the mark on their own link, so it is kept in pieces, cut where the marks belong.

use std::sync::OnceLock;

use crate::diagnostic::Diagnostic;
use crate::theme::{Shared, Theme, Value};
use crate::view::navigation::CurrentMark;

/// What a mark becomes on the page that it marks.
const CURRENT: &str = " aria-current=\"page\"";

/// The navigation of a section, for pages at one depth.
#[derive(Debug, Default)]
pub(super) struct Side {
    rendered: OnceLock<Result<Pieces, Box<Diagnostic>>>,
}

/// A rendered navigation: each text is followed by the mark for the page at its path; the last by none.
type Pieces = Vec<(Box<str>, Option<Box<str>>)>;

impl Side {
    /// The navigation on the page at `path`, whose way back to the root is `root`.
    ///
    /// # Errors
    /// A fault in the theme's `side.html`, the same for each page.
    pub(super) fn on_page(
        &self,
        theme: &Theme,
        site: &Value,
        nav: &Value,
        root: &str,
        path: &str,
    ) -> Result<String, Box<Diagnostic>> {
        let render = || {
            let mut bytes = Vec::new();
            theme.render_side(&Shared { site, nav: Some(nav) }, root, &mut bytes)?;
            Ok(cut(&String::from_utf8_lossy(&bytes)))
        };
        let pieces = self.rendered.get_or_init(render).as_ref().map_err(Clone::clone)?;
        let length = pieces.iter().map(|(text, _)| text.len()).sum::<usize>() + CURRENT.len();
        let mut side = String::with_capacity(length);
        for (text, marked) in pieces {
            side.push_str(text);
            if marked.as_deref() == Some(path) {
                side.push_str(CURRENT);
            }
        }
        Ok(side)
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

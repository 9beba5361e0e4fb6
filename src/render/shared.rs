//! Parts of pages that many pages share, rendered once by the theme and then marked for each page they stand on:
//! `head.html`, `header.html`, `side.html` and `footer.html`.
//!
//! A list of fifty links costs a template more than the whole rest of a page. All pages of a section show the same one
//! but for the mark on their own link, so it is kept in pieces, cut where the marks belong.

use std::sync::OnceLock;

use crate::diagnostic::Diagnostic;
use crate::theme::Value;
use crate::view::navigation::CurrentMark;

/// What a mark becomes on the page that it marks.
const CURRENT: &str = " aria-current=\"page\"";
/// What it becomes on the pages of the section that it marks.
const CURRENT_SECTION: &str = " aria-current=\"true\"";

/// A part of the pages at one depth.
#[derive(Debug, Default)]
pub(super) struct SharedPart {
    rendered: OnceLock<Result<Rendered, Box<Diagnostic>>>,
}

#[derive(Debug)]
struct Rendered {
    /// Each text is followed by the mark for the page at its path; the last by none.
    pieces: Vec<(Box<str>, Option<Box<str>>)>,
    /// What it is on pages without a mark, which need no copy of their own.
    unmarked: Value,
}

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
    ) -> Result<Value, Box<Diagnostic>> {
        let render = || {
            let mut bytes = Vec::new();
            render(&mut bytes)?;
            Ok(Rendered::new(&String::from_utf8_lossy(&bytes)))
        };
        let rendered = self.rendered.get_or_init(render).as_ref().map_err(Clone::clone)?;
        Ok(rendered.on_page(path, section))
    }
}

impl Rendered {
    fn new(text: &str) -> Self {
        let mut pieces: Vec<(Box<str>, Option<Box<str>>)> = Vec::new();
        let mut rest = text;
        while let Some((text, after)) = rest.split_once(CurrentMark::BEGIN) {
            let (path, after) = after.split_once(CurrentMark::END).unwrap_or((after, ""));
            pieces.push((text.into(), Some(path.into())));
            rest = after;
        }
        pieces.push((rest.into(), None));
        let unmarked: String = pieces.iter().map(|(text, _)| &**text).collect();
        Self { pieces, unmarked: Value::safe_string(&unmarked) }
    }

    fn on_page(&self, path: &str, section: Option<&str>) -> Value {
        let mark = |marked: &Option<Box<str>>| match marked.as_deref() {
            Some(marked) if marked == path => CURRENT,
            Some(marked) if Some(marked) == section => CURRENT_SECTION,
            _ => "",
        };
        if self.pieces.iter().all(|(_, marked)| mark(marked).is_empty()) {
            return self.unmarked.clone();
        }
        let length = self.unmarked.as_str().map_or(0, str::len) + CURRENT.len();
        let mut part = String::with_capacity(length);
        for (text, marked) in &self.pieces {
            part.push_str(text);
            part.push_str(mark(marked));
        }
        Value::safe_string(&part)
    }
}

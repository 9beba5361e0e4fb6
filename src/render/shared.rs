//! Parts of pages that many pages share, rendered once by the theme and then marked for each page they stand on:
//! `head.html`, `header.html`, `side.html` and `footer.html`.
//!
//! A list of fifty links costs a template more than the whole rest of a page. All pages of a section show the same one
//! but for the mark on their own link, so it is kept without marks, beside the places where they belong.

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
    /// What it is on pages without a mark, which need no copy of their own.
    unmarked: Value,
    /// Where in it a mark may stand, each with the path of the page that has it there.
    marks: Vec<(usize, Box<str>)>,
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
        let mut unmarked = String::with_capacity(text.len());
        let mut marks = Vec::new();
        let mut rest = text;
        while let Some((text, after)) = rest.split_once(CurrentMark::BEGIN) {
            let (path, after) = after.split_once(CurrentMark::END).unwrap_or((after, ""));
            unmarked.push_str(text);
            marks.push((unmarked.len(), path.into()));
            rest = after;
        }
        unmarked.push_str(rest);
        Self { unmarked: Value::safe_string(&unmarked), marks }
    }

    fn on_page(&self, path: &str, section: Option<&str>) -> Value {
        let unmarked = self.unmarked.as_str().unwrap_or_default();
        let mut part = String::new();
        let mut from = 0;
        for (at, marked) in &self.marks {
            let mark = match &**marked {
                marked if marked == path => CURRENT,
                marked if Some(marked) == section => CURRENT_SECTION,
                _ => continue,
            };
            if part.is_empty() {
                part.reserve(unmarked.len() + 2 * CURRENT.len());
            }
            part.push_str(&unmarked[from..*at]);
            part.push_str(mark);
            from = *at;
        }
        if part.is_empty() {
            return self.unmarked.clone();
        }
        part.push_str(&unmarked[from..]);
        Value::safe_string(&part)
    }
}

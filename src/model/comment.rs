//! Comments, `%% … %%` and `<!-- … -->`: what stands in them never enters the tree.
//!
//! A comment may begin in one block and end in another. Its state therefore belongs to the whole file:
//! whatever starts and ends inside one comment is dropped, and an unclosed one hides the rest of the file,
//! since showing what an author meant to hide is worse than hiding too much.

use std::ops::Range;

use crate::source::is_escaped;

/// The two ways to write a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// `%% … %%`, as in Obsidian.
    Percent,
    /// `<!-- … -->`.
    Html,
}

impl Marks {
    /// Returns the opening mark.
    pub fn opener(self) -> &'static str {
        match self {
            Marks::Percent => "%%",
            Marks::Html => "<!--",
        }
    }

    /// Returns the closing mark.
    pub fn closer(self) -> &'static str {
        match self {
            Marks::Percent => "%%",
            Marks::Html => "-->",
        }
    }

    /// Returns the length of `mark` at the start of `text`. More than two percent signs are one mark, so that `%%%% … %%%%`
    /// hides its text as `%% … %%` does.
    fn length(self, text: &str, mark: &str) -> usize {
        match self {
            Marks::Percent => text.len() - text.trim_start_matches('%').len(),
            Marks::Html => mark.len(),
        }
    }
}

/// The state of the parser within a file's comments.
#[derive(Debug, Default)]
pub struct Comments {
    open: Option<(Marks, usize)>,
    opened: u32,
    closed: Vec<Range<usize>>,
}

impl Comments {
    /// The serial number of the open comment: two places with the same number lie in the same one.
    pub fn serial(&self) -> Option<u32> {
        self.open.map(|_| self.opened)
    }

    /// Returns the marks of the open comment, and the byte of the source at which it was opened.
    pub fn open(&self) -> Option<(Marks, usize)> {
        self.open
    }

    /// Returns whether `range` of the source lies in a comment that has been closed.
    pub fn cover(&self, range: &Range<usize>) -> bool {
        self.closed.iter().any(|comment| comment.start <= range.start && range.end <= comment.end)
    }

    /// The ranges of `text` that no comment covers. `at` gives the place of a byte of `text` in the source.
    pub fn visible(&mut self, text: &str, at: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
        let mut visible = Vec::new();
        let mut from = 0;
        loop {
            if let Some((marks, opener)) = self.open {
                let Some(end) = text[from..].find(marks.closer()) else { return visible };
                from += end;
                from += marks.length(&text[from..], marks.closer());
                self.closed.push(opener..at(from));
                self.open = None;
            }
            let Some((marks, start)) = next_opener(text, from) else {
                visible.push(from..text.len());
                return visible;
            };
            visible.push(from..start);
            from = start + marks.length(&text[start..], marks.opener());
            self.open = Some((marks, at(start)));
            self.opened += 1;
        }
    }
}

/// Returns the text outside the comments of a standalone text, with escaped marks without their backslash; and the
/// marks that are never closed.
pub fn outside(text: &str) -> (String, Option<Marks>) {
    let mut comments = Comments::default();
    let mut shown = String::with_capacity(text.len());
    for part in comments.visible(text, |at| at) {
        let part = &text[part];
        // A comment stands between two blanks, and one is enough.
        shown.push_str(if shown.ends_with(' ') { part.trim_start_matches(' ') } else { part });
    }
    let shown = [Marks::Percent, Marks::Html]
        .into_iter()
        .fold(shown, |shown, marks| shown.replace(&format!("\\{}", marks.opener()), marks.opener()));
    (shown, comments.open().map(|(marks, _)| marks))
}

/// Whether `text` holds anything that could open or close a comment: the cheap question asked of every text.
pub fn may_hold_marks(text: &str) -> bool {
    let opens =
        |at: usize| text[at..].starts_with(Marks::Percent.opener()) || text[at..].starts_with(Marks::Html.opener());
    memchr::memchr2_iter(b'%', b'<', text.as_bytes()).any(opens)
}

fn next_opener(text: &str, from: usize) -> Option<(Marks, usize)> {
    // Both at once: to look for each by itself would read the rest of the text again after every comment.
    memchr::memchr2_iter(b'%', b'<', &text.as_bytes()[from..]).find_map(|found| {
        let start = from + found;
        let opens = |marks: &Marks| text[start..].starts_with(marks.opener());
        let marks = [Marks::Percent, Marks::Html].into_iter().find(opens)?;
        (!is_escaped(text, start)).then_some((marks, start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(comments: &mut Comments, text: &str) -> String {
        comments.visible(text, |at| at).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_comment_reaches_over_several_texts() {
        let mut comments = Comments::default();
        assert_eq!(shown(&mut comments, "a %% b"), "a ");
        assert_eq!(shown(&mut comments, "hidden <!-- too"), "");
        assert_eq!(shown(&mut comments, "c %% d %%e%% f"), " d  f");
        assert!(comments.open().is_none());
    }

    #[test]
    fn more_percent_signs_are_one_mark() {
        let mut comments = Comments::default();
        assert_eq!(shown(&mut comments, "a %%%% b %%%% c %%% d %%%%% e"), "a  c  e");
        assert!(comments.open().is_none());
    }

    #[test]
    fn an_escaped_mark_opens_nothing() {
        let mut comments = Comments::default();
        assert_eq!(shown(&mut comments, "100 \\%% a"), "100 \\%% a");
        assert_eq!(shown(&mut comments, "a <!-- b --> c"), "a  c");
    }
}

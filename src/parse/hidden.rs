//! Finds text that its author meant to hide and that would be shown: markers that are read as text, comments with misspelled
//! marks, and definitions in hidden text that are used outside of it. Callouts that end too early are found by `cut_short`.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::LinkType;

use super::builder::{Builder, Open};
use super::cut_short::Ended;
use crate::diagnostic::Fault;
use crate::model::body::{FootnoteIndex, Inline};
use crate::model::comment::may_hold_marks;
use crate::model::handbook::RawHtml;
use crate::model::hiding;
use crate::source::Text;

/// The state of the search for hidden text.
#[derive(Default)]
pub struct Hidden {
    /// Whether the text of the block that is being built contains a sign of a marker.
    has_signs: bool,
    /// The callout for facilitators that has just ended.
    pub(super) ended: Option<Ended>,
    /// The byte ranges of callouts for facilitators in the source.
    pub(super) callouts: Vec<Range<usize>>,
    /// The byte ranges of the definitions of footnotes.
    footnotes: HashMap<FootnoteIndex, Range<usize>>,
    /// The uses outside of hidden text, with their byte ranges.
    uses: Vec<(Use, Range<usize>)>,
}

/// Something that is defined in one place and used in another.
pub enum Use {
    /// A footnote.
    Footnote(FootnoteIndex),
    /// The address of a link, by its label.
    Reference(String),
}

impl Hidden {
    /// Records whether a piece of text that is shown contains a sign of a marker.
    pub fn look_at(&mut self, text: &str) {
        self.has_signs |= hiding::may_hold_marker(text);
    }

    /// Records whether text that was not built as part of a block holds a sign of a marker.
    pub fn look_at_inlines(&mut self, content: &[Inline], source: &str) {
        for inline in content {
            if let Inline::Text(text) = inline {
                self.look_at(text.get(source));
            }
        }
    }

    /// Records the definition of a footnote; returns false if it has been defined before.
    pub fn define(&mut self, note: FootnoteIndex, place: Range<usize>) -> bool {
        let is_first = !self.footnotes.contains_key(&note);
        self.footnotes.entry(note).or_insert(place);
        is_first
    }

    /// Returns the byte range in which a footnote is defined.
    pub fn defined_at(&self, note: FootnoteIndex) -> Option<Range<usize>> {
        self.footnotes.get(&note).cloned()
    }
}

impl Builder<'_> {
    /// Returns whether the construct that is being built lies in a callout for facilitators.
    pub(super) fn is_for_facilitators(&self) -> bool {
        let hides = |open: &Open| match open {
            Open::Quote { marker: Some(marker), .. } => marker.kind.is_for_facilitators(),
            _ => false,
        };
        self.frames.iter().any(|frame| hides(&frame.open))
    }

    /// Reports every line of a block's text that looks like the marker of a callout for facilitators.
    pub(super) fn note_markers(&mut self, content: &[Inline]) {
        if !std::mem::take(&mut self.hidden.has_signs) || self.is_for_facilitators() {
            return;
        }
        let mut lines = vec![Line::default()];
        self.push_lines(content, &mut lines);
        for (at, line) in lines.iter().enumerate() {
            // A marker may be broken over two lines.
            let next = lines.get(at + 1).filter(|next| hiding::marker_in(&next.text).is_none());
            let next = next.filter(|_| hiding::may_hold_marker(&line.text));
            let broken = || hiding::marker_in(&format!("{}{}", line.text, next?.text));
            if let Some(name) = hiding::marker_in(&line.text).or_else(broken) {
                let block = self.frames.last().map_or(0..0, |frame| frame.range.clone());
                self.fault(Fault::CalloutNotHidden { name }, line.place.clone().unwrap_or(block));
            }
        }
    }

    /// Appends the text of `content` as the page shows it, line by line.
    pub(super) fn push_lines(&self, content: &[Inline], lines: &mut Vec<Line>) {
        for inline in content {
            match inline {
                Inline::Text(text) => {
                    let Some(line) = lines.last_mut() else { return };
                    line.text.push_str(text.get(&self.source.text));
                    if let Text::Span(span) = text {
                        let start = line.place.as_ref().map_or(span.start as usize, |place| place.start);
                        line.place = Some(start..span.end as usize);
                    }
                }
                Inline::SoftBreak | Inline::HardBreak => lines.push(Line::default()),
                Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::Strikethrough(content)
                | Inline::Link(_, content) => self.push_lines(content, lines),
                Inline::Element(element) if raw_break(&element.tag) => {
                    lines.push(Line::default());
                    self.push_lines(&element.children, lines);
                }
                Inline::Element(element) => self.push_lines(&element.children, lines),
                // Whoever writes a marker as code wants it to be seen.
                Inline::Code(_) | Inline::Image(_) | Inline::Term(_) | Inline::FootnoteReference(_) => {
                    lines.iter_mut().last().into_iter().for_each(|line| line.text.push('\u{fffc}'));
                }
            }
        }
    }

    /// Reports a marker in code that is code only because it is indented, and code whose language is the name of a
    /// callout for facilitators.
    pub(super) fn note_markers_in_code(
        &mut self,
        language: Option<&Text>,
        text: &str,
        is_indented: bool,
        range: &Range<usize>,
    ) {
        let by_language = language.map(|language| language.get(&self.source.text));
        let by_language = by_language.and_then(|name| hiding::nearest_name(name.trim_matches(['{', '}', '.', ':'])));
        let by_text = || text.lines().filter(|_| is_indented).find_map(hiding::marker_in);
        let first_line = range.start..range.start + self.first_line(range).len();
        if self.is_for_facilitators() {
            return;
        }
        if let Some(name) = by_language.or_else(by_text) {
            self.fault(Fault::CalloutNotHidden { name }, first_line);
        } else if is_indented && may_hold_marks(text) {
            let written = if text.contains("%%") { "%%" } else { "<!--" }.to_owned();
            self.fault(Fault::CommentNotHidden { written }, first_line);
        }
    }

    /// Reports text that was meant to be hidden in a value that is shown by itself: an attribute, an address.
    pub(super) fn note_unhidden_value(&mut self, value: &str, range: &Range<usize>) {
        if self.is_for_facilitators() || self.comments.open().is_some() {
            return;
        }
        if let Some(name) = hiding::marker_in(value) {
            self.fault(Fault::CalloutNotHidden { name }, range.clone());
        }
        let broken = || hiding::broken_comment_in(value, "").map(|mark| value[mark].to_owned());
        let comment = may_hold_marks(value).then(|| if value.contains("%%") { "%%" } else { "<!--" }.to_owned());
        if let Some(written) = comment.or_else(broken) {
            self.fault(Fault::CommentNotHidden { written }, range.clone());
        }
    }

    /// Reports elements of raw HTML that are named like a callout for facilitators: their tags are removed, their text
    /// stays.
    pub(super) fn note_hiding_elements(&mut self, removed: &[String], range: &Range<usize>) {
        if self.settings.raw_html == RawHtml::Forbid || self.is_for_facilitators() {
            return;
        }
        let element = |name: &String| {
            let name = name.strip_prefix('<')?.strip_suffix('>')?;
            hiding::nearest_name(name.trim_start_matches('!'))
        };
        if let Some(name) = removed.iter().find_map(element) {
            self.fault(Fault::CalloutNotHidden { name }, range.clone());
        }
    }

    /// Reports misspelled marks of a comment in text that is shown.
    pub(super) fn note_broken_comment(&mut self, range: Range<usize>) {
        if !hiding::may_hold_broken_comment(&self.source.text[range.clone()]) || self.is_for_facilitators() {
            return;
        }
        // Longer than most comments.
        const BEHIND: usize = 2000;
        let end = self.source.text.floor_char_boundary(range.end.saturating_add(BEHIND));
        let (text, behind) = (&self.source.text[range.clone()], &self.source.text[range.end..end]);
        if let Some(mark) = hiding::broken_comment_in(text, behind) {
            let written = text[mark.clone()].to_owned();
            self.fault(Fault::CommentNotHidden { written }, range.start + mark.start..range.start + mark.end);
        }
    }

    /// Records the use of something that may be defined in hidden text.
    pub(super) fn note_use(&mut self, used: Use, range: Range<usize>) {
        if !self.is_for_facilitators() {
            self.hidden.uses.push((used, range));
        }
    }

    /// Records the use of a reference to an address that is defined elsewhere.
    pub(super) fn note_reference(&mut self, link_type: LinkType, label: &str, range: &Range<usize>) {
        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.note_use(Use::Reference(label.to_owned()), range.clone());
        }
    }

    /// Reports a definition of a link's address whose label is the marker of a callout for facilitators, as in
    /// `> [!FACILITATOR]: Husk`: Markdown takes the line for a definition, and the text below it is public. A label without
    /// `!` may be that of a link, if one uses it.
    pub(super) fn note_markers_in_definitions<'d>(
        &mut self,
        definitions: impl Iterator<Item = (&'d str, Range<usize>)>,
    ) {
        for (label, range) in definitions {
            let used = |(used, _): &(Use, Range<usize>)| matches!(used, Use::Reference(used) if used.eq_ignore_ascii_case(label));
            let is_used = !label.contains(|c: char| !c.is_alphanumeric()) && self.hidden.uses.iter().any(used);
            let name = hiding::marker_in(&format!("[{}]", label.to_uppercase()));
            if let Some(name) = name.filter(|_| !is_used && !self.is_hidden_place(&range)) {
                let line = range.start..range.start + self.first_line(&range).len();
                self.fault(Fault::CalloutNotHidden { name }, line);
            }
        }
    }

    /// Reports every use, outside of hidden text, of a definition in hidden text; `reference` returns the byte range in
    /// which the address of a label is defined.
    pub(super) fn note_hidden_definitions(&mut self, reference: impl Fn(&str) -> Option<Range<usize>>) {
        for (used, range) in std::mem::take(&mut self.hidden.uses) {
            let definition = match &used {
                Use::Footnote(note) => self.hidden.footnotes.get(note).cloned(),
                Use::Reference(label) => reference(label),
            };
            let is_hidden = match (&used, &definition) {
                // Its definition was dropped with the comment around it.
                (Use::Footnote(_), None) => true,
                (_, Some(place)) => self.is_hidden_place(place),
                (Use::Reference(_), None) => false,
            };
            if is_hidden && !self.comments.cover(&range) {
                let written = self.source.text[range.clone()].to_owned();
                self.fault(Fault::HiddenDefinitionUsed { written }, range);
            }
        }
    }

    fn is_hidden_place(&self, place: &Range<usize>) -> bool {
        let holds = |callout: &Range<usize>| callout.start <= place.start && place.start < callout.end;
        self.hidden.callouts.iter().any(holds) || self.comments.cover(place)
    }
}

/// A line of text as the page shows it.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// The byte range in the source of the part that comes from there.
    place: Option<Range<usize>>,
}

/// Returns whether the texts before and after the element are on two lines.
fn raw_break(tag: &str) -> bool {
    tag == "br" || super::raw_html::is_block(tag)
}

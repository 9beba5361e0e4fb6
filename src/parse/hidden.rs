//! Finds text that its author meant to hide and that would be shown: markers that are read as text, callouts that end too
//! soon, comments with a slip in their marks, and definitions in hidden text that are used outside of it.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};

use super::builder::{Builder, Open};
use super::callout;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{Callout, FootnoteIndex, Inline};
use crate::model::handbook::RawHtml;
use crate::model::hiding;
use crate::model::invisible::is_blank;
use crate::source::Text;

/// What has been seen of hidden text so far.
#[derive(Default)]
pub struct Hidden {
    /// Whether the text of the block that is being built holds a sign of a marker.
    has_signs: bool,
    /// The callout for facilitators that has just ended.
    ended: Option<Ended>,
    /// Callouts for facilitators, in the source.
    callouts: Vec<Range<usize>>,
    /// Where footnotes are defined.
    footnotes: HashMap<FootnoteIndex, Range<usize>>,
    /// What is used outside of hidden text, and where.
    uses: Vec<(Use, Range<usize>)>,
}

/// Something that is defined in one place and used in another.
pub enum Use {
    /// A footnote.
    Footnote(FootnoteIndex),
    /// The address of a link, by its label.
    Reference(String),
}

/// A callout for facilitators that has just ended.
struct Ended {
    name: &'static str,
    end: usize,
    /// Number of blocks and of open frames beside it: the next block with the same stands behind it.
    beside: (usize, usize),
    holds: Holds,
}

/// What a callout for facilitators holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Nothing. Its diagnostic has this index.
    Nothing(usize),
    /// A title that announces more.
    Title,
    /// Text.
    Text,
}

impl Hidden {
    /// Notes whether a piece of text that is shown holds a sign of a marker.
    pub fn look_at(&mut self, text: &str) {
        self.has_signs |= hiding::may_hold_marker(text);
    }

    /// Notes where a footnote is defined; false where it has been defined before.
    pub fn define(&mut self, note: FootnoteIndex, place: Range<usize>) -> bool {
        let is_first = !self.footnotes.contains_key(&note);
        self.footnotes.entry(note).or_insert(place);
        is_first
    }

    /// Where a footnote is defined.
    pub fn defined_at(&self, note: FootnoteIndex) -> Option<Range<usize>> {
        self.footnotes.get(&note).cloned()
    }
}

impl Builder<'_> {
    /// Whether what is being built lies in a callout for facilitators.
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
            // A marker may be broken in two.
            let next = lines.get(at + 1).filter(|next| hiding::marker_in(&next.text).is_none());
            let next = next.filter(|_| hiding::may_hold_marker(&line.text));
            let broken = || hiding::marker_in(&format!("{}{}", line.text, next?.text));
            if let Some(name) = hiding::marker_in(&line.text).or_else(broken) {
                let block = self.frames.last().map_or(0..0, |frame| frame.range.clone());
                self.fault(Fault::CalloutNotHidden { name }, line.place.clone().unwrap_or(block));
            }
        }
    }

    /// The text of `content` as the page shows it, line by line.
    fn push_lines(&self, content: &[Inline], lines: &mut Vec<Line>) {
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

    /// Reports a marker in code that is code only since it is indented, and code that says by its language whom it is for.
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
        if let Some(name) = by_language.or_else(by_text)
            && !self.is_for_facilitators()
        {
            let first_line =
                range.start..range.start + self.source.text[range.clone()].lines().next().map_or(0, str::len);
            self.fault(Fault::CalloutNotHidden { name }, first_line);
        }
    }

    /// Reports elements of raw HTML that are called like a callout for facilitators: their tags go, their text stays.
    pub(super) fn note_hiding_elements(&mut self, removed: &[String], range: &Range<usize>) {
        if self.settings.raw_html == RawHtml::Forbid || self.is_for_facilitators() {
            return;
        }
        let element = |name: &String| name.strip_prefix('<')?.strip_suffix('>').and_then(hiding::nearest_name);
        if let Some(name) = removed.iter().find_map(element) {
            self.fault(Fault::CalloutNotHidden { name }, range.clone());
        }
    }

    /// Reports marks of a comment with a slip in them, in text that is shown.
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

    /// Notes that a callout ends here: if it is for facilitators, what follows may have been meant to be in it.
    pub(super) fn note_end_of_hidden(&mut self, callout: &Callout) {
        let range = callout.span.range();
        if !callout.kind.is_for_facilitators() {
            return;
        }
        self.hidden.callouts.push(range.clone());
        // Within another one everything is hidden.
        if self.is_for_facilitators() {
            return;
        }
        let name = callout.kind.marker();
        let title = self.line_of(&callout.title);
        let holds = if !callout.blocks.is_empty() {
            Holds::Text
        } else if title.is_empty() {
            let marker = range.start..range.start + self.source.text[range.clone()].lines().next().map_or(0, str::len);
            self.fault(Fault::HiddenTextCutShort { name, is_empty: true }, marker);
            Holds::Nothing(self.diagnostics.len() - 1)
        } else if name == "FACILITATOR" && !title.ends_with(['.', '!', '?', ':', '…', ')', '«', '"']) {
            Holds::Title
        } else {
            Holds::Text
        };
        let end = range.start + self.source.text[range].trim_end().len();
        self.hidden.ended = Some(Ended { name, end, beside: (self.blocks.len() + 1, self.frames.len()), holds });
    }

    fn line_of(&self, content: &[Inline]) -> String {
        let mut lines = vec![Line::default()];
        self.push_lines(content, &mut lines);
        lines.into_iter().map(|line| line.text).collect::<String>().trim_matches(is_blank).to_owned()
    }

    /// Reports a callout for facilitators that ended too soon, if the block of `tag` was meant to be in it.
    pub(super) fn note_block_behind_hidden(&mut self, tag: &Tag, range: &Range<usize>) {
        let Some(ended) = self.hidden.ended.take() else { return };
        if ended.beside != (self.blocks.len(), self.frames.len()) {
            return;
        }
        let first_line = range.start..range.start + self.source.text[range.clone()].lines().next().map_or(0, str::len);
        if let Holds::Nothing(index) = ended.holds {
            let empty = self.diagnostics[index].clone();
            self.diagnostics[index] = empty.and_at(&self.source.shown, first_line, "this would be published");
            return;
        }
        let is_next_line = self.source.text[ended.end..range.start].matches('\n').count() <= 1;
        let was_meant = match tag {
            Tag::Heading { .. } => false,
            Tag::BlockQuote(_) => !self.begins_callout(range),
            _ => is_next_line || ended.holds == Holds::Title,
        };
        if was_meant {
            let end = self.source.text.floor_char_boundary(ended.end.saturating_sub(1))..ended.end;
            let fault = Fault::HiddenTextCutShort { name: ended.name, is_empty: false };
            let fault = Diagnostic::new(fault, &self.source.shown, end);
            self.diagnostics.push(fault.and_at(&self.source.shown, first_line, "this would be published"));
        }
    }

    /// Whether the quote at `range` is a callout of its own.
    fn begins_callout(&self, range: &Range<usize>) -> bool {
        let text = self.source.text[range.clone()].trim_start_matches(|c| c == '>' || is_blank(c));
        callout::read_marker(text).is_some()
    }

    /// Notes that something is used here which may be defined in hidden text.
    pub(super) fn note_use(&mut self, used: Use, range: Range<usize>) {
        if !self.is_for_facilitators() {
            self.hidden.uses.push((used, range));
        }
    }

    /// Notes the use of a reference to an address that is defined elsewhere.
    pub(super) fn note_reference(&mut self, link_type: LinkType, label: &str, range: &Range<usize>) {
        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.note_use(Use::Reference(label.to_owned()), range.clone());
        }
    }

    /// Reports every use, outside of hidden text, of what is defined in hidden text; `reference` gives the place where the
    /// address of a label is defined.
    pub(super) fn note_hidden_definitions(&mut self, reference: impl Fn(&str) -> Option<Range<usize>>) {
        for (used, range) in std::mem::take(&mut self.hidden.uses) {
            let definition = match &used {
                Use::Footnote(note) => self.hidden.footnotes.get(note).cloned(),
                Use::Reference(label) => reference(label),
            };
            let is_hidden = match (&used, &definition) {
                // Its definition was dropped with the comment that it stands in.
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
struct Line {
    text: String,
    /// Its bytes in the source, as far as they are there.
    place: Option<Range<usize>>,
}

/// Whether text before and behind the element stands on two lines.
fn raw_break(tag: &str) -> bool {
    tag == "br" || super::raw_html::is_block(tag)
}

//! Finds text that its author meant to hide and that would be shown: markers that are read as text, callouts that end
//! too early, comments with misspelled marks, and definitions in hidden text that are used outside of it.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};

use super::builder::{Builder, Open};
use super::callout;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{Block, Callout, FootnoteIndex, Inline};
use crate::model::comment::may_hold_marks;
use crate::model::handbook::RawHtml;
use crate::model::hiding;
use crate::model::invisible::is_blank;
use crate::model::walk::visit;
use crate::source::Text;

/// The state of the search for hidden text.
#[derive(Default)]
pub struct Hidden {
    /// Whether the text of the block that is being built contains a sign of a marker.
    has_signs: bool,
    /// The callout for facilitators that has just ended.
    ended: Option<Ended>,
    /// The byte ranges of callouts for facilitators in the source.
    callouts: Vec<Range<usize>>,
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

/// A callout for facilitators that has just ended.
struct Ended {
    name: &'static str,
    end: usize,
    /// Number of quotes that it lies in, its own included.
    quotes: usize,
    /// The numbers of blocks and of open frames: the next block for which they are the same directly follows the
    /// callout.
    beside: (usize, usize),
    holds: Holds,
}

/// The content of a callout for facilitators.
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

    /// Where a footnote is defined.
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

    /// Records that a callout ends here: if it is for facilitators, the text after it may have been meant to be in it.
    pub(super) fn note_end_of_hidden(&mut self, callout: &Callout) {
        let range = callout.span.range();
        if !callout.kind.is_for_facilitators() {
            return;
        }
        self.hidden.callouts.push(range.clone());
        // Inside another one, everything is hidden.
        if self.is_for_facilitators() {
            return;
        }
        let name = callout.kind.marker();
        let title = self.line_of(&callout.title);
        let holds_words = self.holds_words(&callout.blocks);
        let written = self.source.text[range.clone()].trim_end().trim_end_matches(['*', '_', '>', ' ', '\n']);
        let announces_more = written.ends_with([':', '…']) || written.ends_with("...");
        let is_cut_title = !holds_words && name == "FACILITATOR" && !title.ends_with(['.', '!', '?', ')', '«', '"']);
        let holds = if !holds_words && title.is_empty() {
            let marker = range.start..range.start + self.first_line(&range).len();
            self.fault(Fault::HiddenTextCutShort { name, is_empty: true }, marker);
            Holds::Nothing(self.diagnostics.len() - 1)
        } else if announces_more || is_cut_title {
            Holds::Title
        } else {
            Holds::Text
        };
        let quotes = self.line_before(range.start).matches('>').count() + 1;
        let end = range.start + self.source.text[range].trim_end().len();
        let beside = (self.blocks.len() + 1, self.frames.len());
        self.hidden.ended = Some(Ended { name, end, quotes, beside, holds });
    }

    /// Returns whether `blocks` hold anything to read or to see.
    fn holds_words(&self, blocks: &[Block]) -> bool {
        let mut holds = false;
        let mut shown = false;
        let mut see = |block: &Block| shown |= matches!(block, Block::Code(_) | Block::Figure(_) | Block::Include(_));
        let mut hear = |content: &[Inline]| {
            let mut lines = vec![Line::default()];
            self.push_lines(content, &mut lines);
            holds |= lines.iter().any(|line| line.text.contains(|c| !is_blank(c) && c != '\\'));
        };
        visit(blocks, &mut see, &mut hear);
        holds || shown
    }

    fn first_line(&self, range: &Range<usize>) -> &str {
        self.source.text[range.clone()].lines().next().unwrap_or_default()
    }

    /// Returns the part of the line of `at` that stands before it.
    fn line_before(&self, at: usize) -> &str {
        let before = &self.source.text[..at];
        before.rsplit('\n').next().unwrap_or(before)
    }

    fn line_of(&self, content: &[Inline]) -> String {
        let mut lines = vec![Line::default()];
        self.push_lines(content, &mut lines);
        lines.into_iter().map(|line| line.text).collect::<String>().trim_matches(is_blank).to_owned()
    }

    /// Reports a callout for facilitators that ended too early, if the block of `tag` was meant to be in it.
    pub(super) fn note_block_behind_hidden(&mut self, tag: &Tag, range: &Range<usize>) {
        let Some(ended) = self.hidden.ended.take() else { return };
        let is_outside = self.frames.len() < ended.beside.1;
        if ended.beside != (self.blocks.len(), self.frames.len()) && !is_outside {
            return;
        }
        let first_line = range.start..range.start + self.source.text[range.clone()].lines().next().map_or(0, str::len);
        if let Holds::Nothing(index) = ended.holds {
            let empty = self.diagnostics[index].clone();
            self.diagnostics[index] = empty.and_at(&self.source.shown, first_line, "this would be published");
            return;
        }
        let between = &self.source.text[ended.end..range.start];
        let lines: Vec<&str> = between.split('\n').collect();
        // A line with fewer `>` than the callout has ends it as a blank line does.
        let goes_on =
            |line: &&str| !line.replace('>', "").trim().is_empty() || line.matches('>').count() >= ended.quotes;
        let is_next_line = lines.len() < 3 || lines[1..lines.len() - 1].iter().all(goes_on);
        let quotes = || first_quotes(&self.source.text[range.start - self.line_before(range.start).len()..]);
        let was_meant = match tag {
            Tag::Heading { .. } => false,
            // The block around the callout ends before this one begins: a new item of a list is no part of the callout.
            Tag::Item | Tag::List(_) | Tag::DefinitionListTitle | Tag::DefinitionListDefinition if is_outside => false,
            Tag::BlockQuote(_) if is_outside => {
                !self.begins_callout(range) && (is_next_line || ended.quotes > 1 && quotes() >= ended.quotes)
            }
            Tag::BlockQuote(_) => !self.begins_callout(range),
            _ if is_outside => is_next_line,
            _ => is_next_line || ended.holds == Holds::Title,
        };
        if was_meant {
            let end = self.source.text.floor_char_boundary(ended.end.saturating_sub(1))..ended.end;
            let fault = Fault::HiddenTextCutShort { name: ended.name, is_empty: false };
            let fault = Diagnostic::new(fault, &self.source.shown, end);
            self.diagnostics.push(fault.and_at(&self.source.shown, first_line, "this would be published"));
        }
    }

    /// Returns whether the quote at `range` is a callout of its own.
    fn begins_callout(&self, range: &Range<usize>) -> bool {
        let text = self.source.text[range.clone()].trim_start_matches(|c| c == '>' || is_blank(c));
        callout::read_marker(text).is_some()
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

/// Returns the number of `>` at the start of the first line of `text`.
fn first_quotes(text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default();
    let rest = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    line[..line.len() - rest.len()].matches('>').count()
}

/// A line of text as the page shows it.
#[derive(Default)]
struct Line {
    text: String,
    /// The byte range in the source of the part that comes from there.
    place: Option<Range<usize>>,
}

/// Returns whether the texts before and after the element are on two lines.
fn raw_break(tag: &str) -> bool {
    tag == "br" || super::raw_html::is_block(tag)
}

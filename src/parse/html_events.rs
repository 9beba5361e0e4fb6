//! Raw HTML to nodes of the tree: sanitised a block or a tag at a time, opened and closed like everything else.

use std::collections::BTreeMap;
use std::ops::Range;

use super::builder::{Builder, Frame, Open, TakenOut};
use super::image::{ImageSyntax, width_of};
use super::raw_html::{self, Token};
use crate::diagnostic::Fault;
use crate::model::body::{Block, Element, Inline, LinkForm};
use crate::model::comment;
use crate::model::handbook::RawHtml;
use crate::model::hiding;
use crate::source::Text;

/// Elements that were taken out and not closed yet, of which the last are remembered: each that closes looks for its own.
const MOST_TAKEN_OUT: usize = 32;

impl Builder<'_> {
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let html = self.without_comments(html, range.start);
        if html.is_empty() || self.comments.open().is_some() {
            return;
        }
        if self.settings.raw_html == RawHtml::Forbid {
            return self.fault(Fault::HtmlForbidden, range);
        }
        if let Some(name) = html.strip_prefix("</") {
            let name = name.trim_end_matches('>').trim().to_ascii_lowercase();
            let closes_open =
                matches!(self.frames.last(), Some(Frame { open: Open::Element { tag, .. }, .. }) if **tag == *name);
            if closes_open {
                self.close_element();
            } else if !raw_html::is_block(&name) && !self.closes_taken_out(&name) {
                self.note_removed(vec![format!("</{name}>")], &range);
            }
            return;
        }
        let (tokens, removed) = raw_html::sanitise(&html, self.settings.raw_html);
        if let [tag] = removed.as_slice()
            && let Some(name) = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>'))
        {
            if self.taken_out.len() == MOST_TAKEN_OUT {
                self.taken_out.remove(0);
            }
            let block = self.frames.last().map_or(0, |frame| frame.range.start);
            self.taken_out.push(TakenOut { name: name.into(), block, inlines: self.inlines.len() });
        }
        self.note_removed(removed, &range);
        self.note_html_that_hides(&html, &range);
        match tokens.into_iter().next() {
            // No paragraph can hold a block; browsers would end it there.
            Some(Token::Open { tag, .. }) if raw_html::is_block(&tag) => {
                self.note_removed(vec![format!("<{tag}>")], &range);
            }
            Some(Token::Open { tag, attributes }) => self.open_element(tag, attributes, range),
            _ => {}
        }
    }

    pub(super) fn html_block(&mut self, raw: &str, range: Range<usize>) {
        let html = self.without_comments(raw, range.start);
        if html.trim().is_empty() {
            return;
        }
        if self.settings.raw_html == RawHtml::Forbid {
            return self.fault(Fault::HtmlForbidden, range);
        }
        let (tokens, removed) = raw_html::sanitise(&html, self.settings.raw_html);
        self.note_removed(removed, &range);
        self.note_html_that_hides(&html, &range);
        let removed = raw_html::left_open(&html);
        if !removed.is_empty() {
            let tag = range.start..range.start + self.source.text[range.clone()].lines().next().map_or(0, str::len);
            self.fault(Fault::HtmlRemoved { removed, by_blank_line: true }, tag);
        }
        let (frames, mark) = (self.frames.len(), self.inlines.len());
        for token in tokens {
            match token {
                Token::Text(text) => {
                    if let Some(mark) = hiding::broken_comment_in(&text, "").filter(|_| !self.is_for_facilitators()) {
                        self.fault(Fault::CommentNotHidden { written: text[mark].to_owned() }, range.clone());
                    }
                    self.push_leaf(Inline::Text(Text::Owned(text.into())));
                }
                Token::Open { tag, attributes } => self.open_element(tag, attributes, range.clone()),
                Token::Close(name) => {
                    if self.frames.len() > frames && self.closes_top(&name) {
                        self.close_element();
                    }
                }
            }
        }
        while self.frames.len() > frames {
            self.close_element();
        }
        let content: Vec<Inline> = self.inlines.drain(mark..).collect();
        self.note_markers(&content);
        if !content.iter().all(|inline| self.is_blank(inline)) {
            self.blocks.push(Block::Html(content));
        }
    }

    /// Whether `</name>` closes an element that has been taken out, and told of, where it opened. What stands between is
    /// text, but for that of scripts and styles, which was never meant to be read.
    fn closes_taken_out(&mut self, name: &str) -> bool {
        let Some(at) = self.taken_out.iter().rposition(|taken| *taken.name == *name) else { return false };
        let taken = self.taken_out.remove(at);
        let is_same_block = self.frames.last().is_some_and(|frame| frame.range.start == taken.block);
        if matches!(name, "script" | "style") && is_same_block {
            self.inlines.truncate(taken.inlines);
        }
        true
    }

    pub(super) fn closes_top(&self, name: &str) -> bool {
        match self.frames.last() {
            Some(Frame { open: Open::Element { tag, .. }, .. }) => **tag == *name,
            Some(Frame { open: Open::Flattened, .. }) => true,
            _ => false,
        }
    }

    pub(super) fn without_comments(&mut self, html: &str, start: usize) -> String {
        if self.comments.open().is_none() && !comment::may_hold_marks(html) {
            return html.to_owned();
        }
        let visible = self.comments.visible(html, |at| start + at);
        visible.into_iter().map(|range| &html[range]).collect()
    }

    /// Reports tags that hide their text in a browser, or are named after facilitators, and lose that here.
    fn note_html_that_hides(&mut self, html: &str, range: &Range<usize>) {
        let hides = |(name, value): &(String, String)| match name.as_str() {
            "hidden" => true,
            "style" => is_hiding_style(value),
            "class" | "id" | "role" | "data-audience" => {
                value.split_whitespace().any(|word| hiding::nearest_name(word).is_some())
            }
            _ => false,
        };
        let is_hiding = |token: &Token| match token {
            Token::Open { tag, attributes } => tag == "template" || attributes.iter().any(hides),
            Token::Close(_) | Token::Text(_) => false,
        };
        let by_declaration = html.trim_start().starts_with("<!")
            && hiding::nearest_name(html.trim_start()[2..].split(['>', ' ']).next().unwrap_or_default()).is_some();
        if (by_declaration || raw_html::tokens(html).iter().any(is_hiding)) && !self.is_for_facilitators() {
            let written = html.trim().split_inclusive('>').next().unwrap_or_default().to_owned();
            let first_line = self.source.text[range.clone()].lines().next().map_or(0, str::len);
            self.fault(Fault::CommentNotHidden { written }, range.start..range.start + first_line);
        }
    }

    pub(super) fn note_removed(&mut self, removed: Vec<String>, range: &Range<usize>) {
        self.note_hiding_elements(&removed, range);
        if !removed.is_empty() {
            self.fault(Fault::HtmlRemoved { removed, by_blank_line: false }, range.clone());
        }
    }

    pub(super) fn open_element(&mut self, tag: String, attributes: Vec<(String, String)>, range: Range<usize>) {
        if tag == "img" {
            return self.html_image(attributes, range);
        }
        let mut rest = Vec::new();
        let mut href = None;
        for (name, value) in attributes {
            match (&*tag, &*name) {
                ("a", "href") => href = Some(Text::Owned(value.into())),
                _ => {
                    self.note_unhidden_value(&value, &range);
                    rest.push((name.into(), value.into()));
                }
            }
        }
        let void = raw_html::is_void(&tag);
        self.open(Open::Element { tag: tag.into(), attributes: rest, href }, range);
        if void {
            self.close_element();
        }
    }

    /// Makes an image of `<img>`. A height beside the width goes, since images keep their proportions; what an image cannot
    /// have is reported.
    fn html_image(&mut self, attributes: Vec<(String, String)>, range: Range<usize>) {
        let mut values: BTreeMap<String, String> = attributes.into_iter().collect();
        let mut take = |name: &str| values.remove(name).filter(|value| !value.is_empty());
        let (alt, title, src, written) = (take("alt"), take("title"), take("src"), take("width"));
        let Some(src) = src else { return };
        let width = written.as_deref().and_then(|width| width_of(width.trim().trim_end_matches("px"))).flatten();
        if let (Some(written), None) = (&written, width) {
            self.note_invalid_width(written.clone(), &range);
        }
        if width.is_some() {
            values.remove("height");
        }
        self.note_removed(values.into_keys().collect(), &range);
        let owned = |text: String| Text::Owned(text.into());
        let (target, title) = (owned(src), title.map(owned));
        let alt = alt.map(|alt| Inline::Text(owned(alt))).into_iter().collect();
        self.image(ImageSyntax { form: LinkForm::Image, target, title, is_piped: false, width }, alt, range);
    }

    pub(super) fn close_element(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.depth -= usize::from(frame.open.is_container());
        let hidden = self.is_hidden(&frame);
        if let Open::Element { tag, attributes, href } = frame.open
            && !hidden
        {
            let children: Vec<Inline> = self.inlines.drain(frame.inlines..).collect();
            if href.is_some() {
                self.note_empty_link(LinkForm::Markdown, &children, &frame.range);
            }
            let link = href.map(|href| self.link(LinkForm::Markdown, href, frame.range));
            self.inlines.push(Inline::Element(Box::new(Element { tag, attributes, link, children })));
        }
    }
}

/// Returns whether a browser shows nothing of an element with this style.
fn is_hiding_style(style: &str) -> bool {
    let style: String = style.to_ascii_lowercase().split_whitespace().collect();
    ["display:none", "visibility:hidden", "opacity:0;", "font-size:0"]
        .iter()
        .any(|hiding| format!("{style};").contains(hiding))
}

//! Reads through an SVG file: checks that it is safe to publish, finds its size, and cuts out everything that draws
//! nothing.
//!
//! Safe means that it neither runs, nor loads, nor stops a browser. Elements and attributes that draw nothing and layers
//! that are never displayed are cut out: in them, drawing programs store the author, folders and their own names. Whoever opens the file outside of the
//! page gets no more than the drawing.

mod css;
mod danger;
mod effects;
mod hidden;
mod names;
mod reference;
mod size;
mod weight;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, QName, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use super::data_url;
use danger::{check_attribute, check_css, check_element, check_namespace};
use size::SizeOfRoot;
use weight::Tree;

const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";
const XLINK_NAMESPACE: &str = "http://www.w3.org/1999/xlink";
const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
/// No drawing program nests groups deeper, and browsers give up not far beyond.
const MAX_DEPTH: usize = 256;

/// A fault of an SVG, with its byte range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SvgFault {
    /// In words that end the sentence "the SVG …".
    pub reason: String,
    /// Bytes of the text.
    pub range: Range<usize>,
}

/// A safe SVG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing<'t> {
    /// The text to publish, without anything that draws nothing; borrowed if nothing is cut out.
    pub text: Cow<'t, str>,
    /// The width and height in CSS pixels; `None` if the SVG gives none.
    pub size: Option<(u32, u32)>,
}

/// Checks an SVG and cuts out everything that draws nothing.
///
/// # Errors
/// Returns the first fault that makes `text` unsafe or no SVG.
pub fn clean(text: &str) -> Result<Drawing<'_>, SvgFault> {
    let mut reader = NsReader::from_str(text);
    let mut state = State { hidden: hidden::hidden(text), ..State::default() };
    loop {
        let start = offset(reader.buffer_position(), text);
        let event = reader.read_event();
        let end = offset(reader.buffer_position(), text).max(start);
        state.at = start;
        let fault = |reason: String| SvgFault { reason, range: start..end };
        match event {
            Ok(Event::Eof) => return state.finish(text).map_err(fault),
            Ok(event) => state.take(&event, &text[start..end], reader.resolver()).map_err(fault)?,
            Err(error) => {
                let at = offset(reader.error_position(), text);
                return Err(SvgFault { reason: not_well_formed(&error), range: at..at });
            }
        }
    }
}

fn offset(position: u64, text: &str) -> usize {
    text.floor_char_boundary(usize::try_from(position).unwrap_or(usize::MAX))
}

fn not_well_formed(error: &dyn std::fmt::Display) -> String {
    format!("is not well-formed: {error}")
}

/// Returns the message for an image inside the drawing that cannot be cleaned.
fn with_image(reason: &str) -> String {
    format!("holds an image that cannot be used: {reason}")
}

#[derive(Default)]
struct State {
    /// The positions of the elements that are never displayed.
    hidden: BTreeSet<usize>,
    /// The position of the event.
    at: usize,
    open: Vec<Open>,
    /// The number of open elements inside one that is cut out, including that one.
    cut: usize,
    has_root: bool,
    size: Option<(u32, u32)>,
    /// The text of the open `style` element, in one piece: a browser joins what comments and references part.
    style: String,
    /// The style sheet as it is written.
    style_written: String,
    tree: Tree,
    kept: String,
}

/// An open element.
struct Open {
    is_style: bool,
    holds_text: bool,
}

impl State {
    /// Processes an event; `written` is the text that it was read from.
    fn take(&mut self, event: &Event, written: &str, resolver: &NamespaceResolver) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.open(tag, written, resolver),
            Event::Empty(tag) => {
                self.open(tag, written, resolver)?;
                self.close("")
            }
            Event::End(_) => self.close(written),
            Event::Text(text) => self.text(text, written),
            Event::CData(text) => self.text(text, written),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().map_err(|error| not_well_formed(&error))?;
                let known = quick_xml::escape::resolve_predefined_entity(reference);
                match (letter, known) {
                    (Some(letter), _) => self.text(letter.encode_utf8(&mut [0; 4]), written),
                    (None, Some(text)) => self.text(text, written),
                    (None, None) => Err("uses an entity that it would have to declare".to_owned()),
                }
            }
            Event::DocType(declaration) if declaration.contains('[') => {
                Err("has a DOCTYPE that declares entities; remove what stands in its brackets".to_owned())
            }
            Event::PI(instruction) if instruction.target().to_ascii_lowercase().starts_with("xml") => {
                Err("loads a style sheet".to_owned())
            }
            Event::Decl(declaration) => match declaration.encoding() {
                Some(Err(_)) => Err("declares another encoding than UTF-8, which it is not in".to_owned()),
                Some(Ok(name)) if !["utf-8", "utf8", "us-ascii"].contains(&&*name.to_ascii_lowercase()) => {
                    Err("declares another encoding than UTF-8, which it is not in".to_owned())
                }
                _ => {
                    self.kept.push_str(written);
                    Ok(())
                }
            },
            // A DOCTYPE that names a DTD alone, as Illustrator and Graphviz write it, is cut out: no browser reads it.
            Event::DocType(_) | Event::PI(_) | Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn finish(self, text: &str) -> Result<Drawing<'_>, String> {
        if !self.has_root {
            return Err("has no `svg` element".to_owned());
        }
        if !self.open.is_empty() {
            return Err("ends before its elements do".to_owned());
        }
        let pixels = self.size.map(|(width, height)| u64::from(width) * u64::from(height));
        self.tree.check(pixels)?;
        let kept = if self.kept == text { text.into() } else { self.kept.into() };
        Ok(Drawing { text: kept, size: self.size })
    }

    fn text(&mut self, text: &str, written: &str) -> Result<(), String> {
        let is_blank = text.trim().is_empty();
        match self.open.last() {
            None if !is_blank => return Err("is not well-formed: text outside of its elements".to_owned()),
            _ if self.cut > 0 => {}
            Some(open) if open.is_style => {
                self.style.push_str(text);
                self.style_written.push_str(written);
            }
            open if is_blank || open.is_some_and(|open| open.holds_text) => self.kept.push_str(written),
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart, written: &str, resolver: &NamespaceResolver) -> Result<(), String> {
        let (namespace, name) = resolver.resolve_element(tag.name());
        let is_svg = is_in(&namespace, SVG_NAMESPACE);
        let name = name.as_ref().to_ascii_lowercase();
        if self.open.len() >= MAX_DEPTH {
            return Err(format!("is nested more than {MAX_DEPTH} levels deep"));
        }
        let is_root = self.open.is_empty();
        let is_in_style = self.open.last().is_some_and(|open| open.is_style);
        let is_hidden = self.hidden.contains(&self.at);
        if self.cut == 0 && is_svg {
            check_element(&name)?;
        }
        let is_kept = is_root || is_svg && names::is_drawing_element(&name);
        let is_cut = self.cut > 0 || is_in_style || !is_kept || is_hidden;
        let attributes = judge_all(tag, is_cut, resolver)?;
        if is_root {
            self.root(&name, is_svg, &attributes)?;
        }
        let parent_holds_text = self.open.last().is_some_and(|open| open.holds_text);
        let holds_text = names::holds_text(&name) || name == "a" && parent_holds_text;
        self.open.push(Open { is_style: name == "style" && !is_cut, holds_text });
        if is_cut {
            if is_hidden
                && self.cut == 0
                && is_kept
                && !attributes.iter().any(|attribute| attribute.key.starts_with("xmlns"))
            {
                self.keep_hidden(tag);
            }
            self.cut += 1;
            return Ok(());
        }
        self.tree.open(&name);
        for attribute in attributes.iter().filter(|attribute| !matches!(attribute.verdict, Verdict::Cut)) {
            self.tree.see(&local(attribute.key), &attribute.value);
        }
        self.keep_tag(tag, written, &attributes);
        Ok(())
    }

    fn root(&mut self, name: &str, is_svg: bool, attributes: &[Judged]) -> Result<(), String> {
        if self.has_root || name != "svg" {
            return Err(if self.has_root { "has two roots" } else { "begins with another element" }.to_owned());
        }
        if !is_svg {
            return Err(format!("is not shown by browsers without xmlns=\"{SVG_NAMESPACE}\""));
        }
        let mut size = SizeOfRoot::default();
        attributes.iter().for_each(|attribute| size.see(attribute.key, &attribute.value));
        self.has_root = true;
        self.size = size.size();
        Ok(())
    }

    /// Keeps the place of an element that is never displayed, which style sheets may count.
    fn keep_hidden(&mut self, tag: &BytesStart) {
        self.kept.extend(["<", tag.name().0, " display=\"none\"/>"]);
    }

    fn keep_tag(&mut self, tag: &BytesStart, written: &str, attributes: &[Judged]) {
        if attributes.iter().all(|attribute| matches!(attribute.verdict, Verdict::Kept)) {
            self.kept.push_str(written);
            return;
        }
        self.kept.push('<');
        self.kept.push_str(tag.name().0);
        for attribute in attributes {
            let value = match &attribute.verdict {
                Verdict::Kept => &*attribute.written,
                Verdict::Changed(value) => value.as_str(),
                Verdict::Cut => continue,
            };
            let quote = if value.contains('"') { '\'' } else { '"' };
            self.kept.extend([" ", attribute.key, "="]);
            self.kept.push(quote);
            self.kept.push_str(value);
            self.kept.push(quote);
        }
        self.kept.push_str(if written.ends_with("/>") { "/>" } else { ">" });
    }

    /// Closes an element; `written` is its end tag, or empty.
    fn close(&mut self, written: &str) -> Result<(), String> {
        let closed = self.open.pop();
        if self.cut > 0 {
            self.cut -= 1;
            return Ok(());
        }
        self.tree.close();
        if closed.is_some_and(|closed| closed.is_style) {
            self.keep_style()?;
        }
        self.kept.push_str(written);
        Ok(())
    }

    fn keep_style(&mut self) -> Result<(), String> {
        let (style, written) = (std::mem::take(&mut self.style), std::mem::take(&mut self.style_written));
        check_css(&style)?;
        let clean = css::clean(&style)?;
        check_css(&clean)?;
        self.tree.see_style(&clean);
        if clean == style {
            self.kept.push_str(&written);
        } else {
            self.kept.push_str(&quick_xml::escape::partial_escape(&*clean));
        }
        Ok(())
    }
}

/// An attribute with its verdict.
struct Judged<'t> {
    key: &'t str,
    /// The value with references resolved.
    value: String,
    /// The value as it is written.
    written: Cow<'t, str>,
    verdict: Verdict,
}

enum Verdict {
    Kept,
    /// The attribute is kept with another value, escaped.
    Changed(String),
    Cut,
}

fn judge_all<'t>(tag: &'t BytesStart, is_cut: bool, resolver: &NamespaceResolver) -> Result<Vec<Judged<'t>>, String> {
    let judged = tag.attributes().map(|attribute| {
        let attribute = attribute.map_err(|error| not_well_formed(&error))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| not_well_formed(&error))?;
        let verdict = match attribute.key.as_namespace_binding() {
            Some(_) => judge_namespace(&value)?,
            None if is_cut => Verdict::Cut,
            None => judge(attribute.key, &value, resolver)?,
        };
        let value = value.into_owned();
        Ok(Judged { key: attribute.key.into_inner(), value, written: attribute.value, verdict })
    });
    judged.collect()
}

/// Keeps namespaces of drawings and cuts those of drawing programs, whose elements and attributes are cut too.
fn judge_namespace(value: &str) -> Result<Verdict, String> {
    check_namespace(value)?;
    let is_kept = [SVG_NAMESPACE, XLINK_NAMESPACE].contains(&value.trim());
    Ok(if is_kept { Verdict::Kept } else { Verdict::Cut })
}

fn judge(key: QName, value: &str, resolver: &NamespaceResolver) -> Result<Verdict, String> {
    let (namespace, name) = resolver.resolve_attribute(key);
    let name = name.into_inner().to_ascii_lowercase();
    let is_plain = matches!(namespace, ResolveResult::Unbound);
    let is_known = match namespace {
        ResolveResult::Unbound => names::is_drawing_attribute(&name),
        ResolveResult::Bound(Namespace(XLINK_NAMESPACE)) => name == "href",
        ResolveResult::Bound(Namespace(XML_NAMESPACE)) => ["space", "lang", "id", "base"].contains(&&*name),
        _ => false,
    };
    if is_known || is_plain {
        check_attribute(key.into_inner(), value)?;
    }
    if !is_known {
        return Ok(Verdict::Cut);
    }
    // `type` and the like hold no CSS, but must not contain anything that looks like it either.
    check_css(value)?;
    let clean = match &*name {
        "href" if data_url::is_image(value) => data_url::clean(value).map_err(|reason| with_image(&reason))?,
        _ => css::clean(value)?,
    };
    check_css(&clean)?;
    let is_changed = matches!(clean, Cow::Owned(_)) && clean != value;
    Ok(if is_changed { Verdict::Changed(quick_xml::escape::escape(&*clean).into_owned()) } else { Verdict::Kept })
}

fn is_in(found: &ResolveResult, namespace: &str) -> bool {
    matches!(found, ResolveResult::Bound(Namespace(bound)) if bound.trim() == namespace)
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

#[cfg(test)]
mod tests;

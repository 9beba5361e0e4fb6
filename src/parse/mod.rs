//! One source file to one [`Document`]: front matter with types, the body as a tree, and every fault that
//! can be seen without looking at another file.
//!
//! Parsing is a function of the text and the [`Settings`] alone, so its result is remembered by their
//! fingerprint. It always yields a document, however mangled the input.

mod behind_comment;
mod builder;
mod callout;
mod closing;
mod control;
mod cut_short;
mod empty;
mod footnotes;
mod front_matter;
mod heading;
mod hidden;
mod html_events;
mod image;
mod markdown;
mod masked;
mod ordinals;
mod raw_html;
mod slips;
mod text_run;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::Kind;
use crate::model::body::{Body, Heading};
use crate::model::front_matter::FrontMatter;
use crate::model::handbook::{Language, RawHtml};
use crate::source::{Origins, Source};

/// The settings that parsing depends on, besides the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Kind of the items in the file's section.
    pub kind: Kind,
    /// Language of the handbook, for link texts that say nothing.
    pub language: Language,
    /// The treatment of raw HTML.
    pub raw_html: RawHtml,
}

/// A parsed source file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// The origins of the text, if it was composed from several files.
    pub origins: Option<Arc<Origins>>,
    /// Its front matter.
    pub front: FrontMatter,
    /// The first heading of level 1, where it gives or repeats the title: not part of the body.
    pub title: Option<Box<Heading>>,
    /// Its body.
    pub body: Body,
    /// The diagnostics of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it may contain text that its author meant to hide and that would be shown. Then nobody may read it.
    pub is_withheld: bool,
    /// Stands for the text and the settings; nothing in a build that remembers none of its documents.
    pub fingerprint: Option<Fingerprint>,
}

/// Parses `source`; `fingerprint` stands for its text and `settings`, where it is to be remembered.
pub fn parse(source: &Source, settings: Settings, fingerprint: Option<Fingerprint>) -> Document {
    let clean = control::without_controls(source);
    let (source, controls) = clean.as_ref().map_or((source, &[][..]), |(source, found)| (source, &found[..]));
    let (front, body_start, mut diagnostics) = front_matter::read(source, settings.kind);
    diagnostics.extend_from_slice(controls);
    let (mut body, faults) = markdown::parse_body(source, body_start, settings);
    diagnostics.extend(faults);
    let title = heading::take_title(&mut body, &front.common, source, &mut diagnostics);
    if let Some(title) = &title {
        footnotes::note_footnotes_of_title(&body, title, source, &mut diagnostics);
    }
    let is_withheld =
        front.common.readers.is_unknown || diagnostics.iter().any(|found| found.fault.may_show_hidden_text());
    Document { source: source.clone(), origins: None, front, title, body, diagnostics, is_withheld, fingerprint }
}

/// The byte ranges of front matter values, for faults that a later stage finds.
pub use front_matter::{Places, place_of, reach_of};
/// A file cut into front matter and body.
pub use front_matter::{Split, split};
/// Whether an element has no content and no closing tag.
pub use raw_html::{is_block, is_void};

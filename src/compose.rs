//! An item that builds on the one it replaces becomes one text: front matter merged, and the text below put where
//! `![[base]]` stands. Everything after this sees a file like any other; faults find their way back by its [`Origins`].

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::Fingerprint;
use crate::model::Kind;
use crate::model::body::{Block, Heading};
use crate::model::comment::Marks;
use crate::model::front_matter::KeyPath;
use crate::model::handbook::{Language, RawHtml};
use crate::model::id::{item_id, slug};
use crate::model::walk::visit;
use crate::parse::{self, Document, Settings, place_of, split};
use crate::resolve::plain::PlainText;
use crate::source::{Origins, Source};

/// Returns whether the file may build on the one that it replaces.
fn builds_on_base(text: &str) -> bool {
    text.contains("![[base") || text.contains("base:")
}

/// Parses `own`, which replaces `below`, the nearest first; `fingerprint` stands for all of them and `settings`.
pub fn compose(own: &Source, below: &[Source], settings: Settings, fingerprint: Option<Fingerprint>) -> Document {
    let alone = parse::parse(own, settings, fingerprint);
    let Some((next, further)) = below.split_first() else { return alone };
    let splices = splices(&alone);
    // As deep as a chain of layers is long.
    let base = compose(next, further, settings, fingerprint);
    if !alone.front.common.merge && splices.is_empty() {
        return with_warning(alone, &base);
    }
    let withheld = includes_hidden(&alone, &base);
    let mut text = Composed::default();
    let (own_from, base_from) = (From::of(&alone), From::of(&base));
    let (own_split, base_split) = (split(&own.text), split(&base.source.text));

    let merges = alone.front.common.merge && withheld.is_none();
    let merged = if merges { base_split.yaml.clone() } else { None };
    match (&own_split.yaml, merged) {
        (Some(yaml), Some(base_yaml)) => {
            text.push(own_from, 0..yaml.end);
            let keys: Vec<&str> = entries(&own.text[yaml.clone()]).into_iter().map(|(key, _)| key).collect();
            for (key, range) in entries(&base.source.text[base_yaml.clone()]) {
                if !keys.contains(&key) {
                    text.push(base_from, base_yaml.start + range.start..base_yaml.start + range.end);
                }
            }
            text.push(own_from, yaml.end..own_split.body_start);
        }
        _ => text.push(own_from, 0..own_split.body_start),
    }

    let title = base.title.as_ref().map(|heading| heading.span.range());
    let has_title =
        alone.title.is_some() || alone.front.common.title.is_some() || merges && base.front.common.title.is_some();
    if let Some(title) = title.clone().filter(|_| !has_title && withheld.is_none()) {
        text.push(base_from, title);
        text.push_new("\n\n");
    }
    let mut at = own_split.body_start;
    let mut faults = Vec::new();
    for splice in splices {
        if let Some(fault) = &withheld {
            text.push(own_from, at..splice.range.start);
            at = splice.range.end;
            faults.push((fault.clone(), text.push_comment(own_from, splice.range)));
            continue;
        }
        let Some(part) = part(&base, splice.fragment.as_deref(), base_split.body_start) else { continue };
        text.push(own_from, at..splice.range.start);
        at = splice.range.end;
        let prefix = prefix(&own.text[..splice.range.start]);
        let pieces = without(part, title.clone());
        let pieces = pieces.into_iter().filter(|piece| !base.source.text[piece.clone()].trim().is_empty());
        for (index, piece) in pieces.enumerate() {
            if index > 0 {
                text.push_new(&format!("\n{prefix}\n{prefix}"));
            }
            text.push_lines(base_from, piece, &prefix);
        }
    }
    text.push(own_from, at..own.text.len());

    let source = Source { text: text.text.into(), ..own.clone() };
    let mut document = parse::parse(&source, settings, fingerprint);
    let is_reported = !faults.is_empty();
    let faults = faults.into_iter().map(|(fault, range)| Diagnostic::new(fault, &source.shown, range));
    document.diagnostics.extend(faults);
    if let Some(fault) = withheld.filter(|_| alone.front.common.merge && !is_reported) {
        let range = place_of(&source.text, KeyPath::key("base"));
        document.diagnostics.push(Diagnostic::new(fault, &source.shown, range));
    }
    Document { origins: Some(Arc::new(text.origins)), ..document }
}

/// Returns the fault of including text of `base`, if `base` is hidden from readers of `own`.
fn includes_hidden(own: &Document, base: &Document) -> Option<Fault> {
    let (ours, theirs) = (own.front.common.readers, base.front.common.readers);
    let inherits = own.front.common.merge;
    let is_draft = ours.draft || inherits && !ours.says_draft && theirs.draft;
    let for_facilitators = ours.facilitator || inherits && !ours.says_audience && theirs.facilitator;
    let is_hidden = theirs.draft && !is_draft || theirs.facilitator && !for_facilitators && !is_draft;
    let id = item_id(&base.source.path);
    (is_hidden || base.is_withheld).then_some(Fault::IncludesHidden { id, is_draft: theirs.draft })
}

/// Returns `own`, with a warning if it is public, replaces a hidden page and does not say explicitly that it is public.
fn with_warning(mut own: Document, base: &Document) -> Document {
    let (ours, theirs) = (own.front.common.readers, base.front.common.readers);
    let is_draft = theirs.draft && !ours.says_draft;
    let for_facilitators = theirs.facilitator && !ours.says_audience;
    if !ours.draft && !ours.facilitator && (is_draft || for_facilitators) {
        let place = place_of(&own.source.text, KeyPath::key("audience"));
        own.diagnostics.push(Diagnostic::new(Fault::ReplacesHidden { is_draft }, &own.source.shown, place));
    }
    own
}

/// The whole text of `own`, which replaces `below`, the nearest first.
pub fn text_of(own: &Source, below: &[Source]) -> String {
    if below.is_empty() || !builds_on_base(&own.text) {
        return own.text.to_string();
    }
    let settings = Settings { kind: Kind::Page, language: Language::default(), raw_html: RawHtml::default() };
    compose(own, below, settings, None).source.text.to_string()
}

/// `![[base]]` or `![[base#heading]]`, alone in a paragraph.
struct Splice {
    range: Range<usize>,
    fragment: Option<String>,
}

fn splices(document: &Document) -> Vec<Splice> {
    let body = &document.body;
    let mut splices = Vec::new();
    let mut see = |block: &Block| {
        if let Block::Include(link) = block {
            let link = &body.links[*link as usize];
            let target = link.target.get(&document.source.text);
            let (name, fragment) = target.split_once('#').map_or((target, None), |(name, rest)| (name, Some(rest)));
            if name == "base" {
                splices.push(Splice { range: link.span.range(), fragment: fragment.map(str::to_owned) });
            }
        }
    };
    visit(&body.blocks, &mut see, &mut |_| {});
    splices.sort_by_key(|splice| splice.range.start);
    splices
}

/// The bytes of the base that a splice stands for; nothing where it has no such heading.
fn part(base: &Document, fragment: Option<&str>, body_start: usize) -> Option<Range<usize>> {
    let text = &*base.source.text;
    let Some(fragment) = fragment else { return Some(body_start..text.len()) };
    let plain = PlainText { source: text, terms: &[], body: &base.body };
    let names = |heading: &Heading, wanted: &str| match &heading.id {
        Some(id) => id.get(text) == wanted || slug(&plain.of(&heading.content)) == wanted,
        None => slug(&plain.of(&heading.content)) == wanted,
    };
    let headings = base.body.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(heading),
        _ => None,
    });
    let wanted = slug(fragment);
    let mut from = headings.skip_while(|heading| !names(heading, fragment) && !names(heading, &wanted));
    let first = from.next()?;
    let end = from.find(|heading| heading.level <= first.level).map_or(text.len(), |next| next.span.range().start);
    Some(first.span.range().start..end)
}

/// `range` without the bytes of `hole`.
fn without(range: Range<usize>, hole: Option<Range<usize>>) -> Vec<Range<usize>> {
    match hole.filter(|hole| range.start <= hole.start && hole.end <= range.end) {
        Some(hole) => vec![range.start..hole.start, hole.end..range.end],
        None => vec![range],
    }
}

/// Returns the prefix that each further line needs to stay in the same quotation or list item as the line that ends
/// `before`.
fn prefix(before: &str) -> String {
    let line = before.rsplit('\n').next().unwrap_or("");
    line.chars().map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' }).collect()
}

/// The entries of front matter in block style with their bytes: a key begins a line, and what does not belongs to the key
/// before it.
fn entries(yaml: &str) -> Vec<(&str, Range<usize>)> {
    let mut entries: Vec<(&str, Range<usize>)> = Vec::new();
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let end = at + line.len();
        let begins = !line.starts_with([' ', '\t', '-', '#', '\r', '\n', '}', ']', '.']);
        match line.split_once(':').filter(|_| begins) {
            Some((key, _)) => entries.push((key.trim().trim_matches(['"', '\'']), at..end)),
            None => {
                if let Some((_, range)) = entries.last_mut() {
                    range.end = end;
                }
            }
        }
        at = end;
    }
    entries
}

/// A document that pieces of text are taken from.
#[derive(Clone, Copy)]
struct From<'a> {
    text: &'a str,
    shown: &'a Arc<str>,
    origins: Option<&'a Origins>,
}

impl<'a> From<'a> {
    fn of(document: &'a Document) -> Self {
        let Source { shown, text, .. } = &document.source;
        Self { text, shown, origins: document.origins.as_deref() }
    }
}

#[derive(Default)]
struct Composed {
    text: String,
    origins: Origins,
}

impl Composed {
    fn push(&mut self, from: From, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match from.origins {
            None => self.origins.note(self.text.len(), from.shown, range.start),
            Some(origins) => {
                let start = self.text.len();
                for (cut, shown, at) in origins.pieces_in(range.clone()) {
                    self.origins.note(start + cut.start - range.start, shown, at);
                }
            }
        }
        self.text.push_str(&from.text[range]);
    }

    /// Adds text of no file. It counts as what stands before it.
    fn push_new(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds text in a comment, so that it is not read, and returns its byte range.
    fn push_comment(&mut self, from: From, range: Range<usize>) -> Range<usize> {
        let marks = Marks::Percent;
        self.push_new(marks.opener());
        let start = self.text.len();
        self.push(from, range);
        let end = self.text.len();
        self.push_new(marks.closer());
        start..end
    }

    /// Adds lines without empty ones at the ends, each but the first behind `prefix`.
    fn push_lines(&mut self, from: From, range: Range<usize>, prefix: &str) {
        let text = &from.text[range.clone()];
        let leading = text.len() - text.trim_start_matches(['\n', '\r']).len();
        let mut at = range.start + leading;
        for (index, line) in text.trim_matches(['\n', '\r']).split_inclusive('\n').enumerate() {
            if index > 0 {
                self.push_new(prefix);
            }
            self.push(from, at..at + line.len());
            at += line.len();
        }
    }
}

#[cfg(test)]
mod tests;

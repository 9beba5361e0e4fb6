//! Headings of a body: their text with terms filled, and the ids that links and contents lead to.

use rustc_hash::FxHashMap;

use super::book::HeadingInfo;
use super::plain::PlainText;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{Block, Heading};
use crate::model::id::{UniqueSlugs, is_reserved, slug};
use crate::model::walk::visit;
use crate::source::Source;

/// The headings of the visible `blocks`, by heading index. `count` is the number of headings of the whole body.
///
/// The id is the one written in the heading's attributes, or the slug of its resolved text, numbered where
/// that is taken. The page's `title` has no id, only the slug by which links may name it: it is the page's top.
pub fn resolve(
    title: Option<&Heading>,
    blocks: &[Block],
    footnotes: &[&[Block]],
    count: u32,
    plain: PlainText,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<HeadingInfo> {
    let mut headings = vec![HeadingInfo::default(); count as usize];
    if count == 0 {
        return headings;
    }
    if let Some(title) = title {
        let name = match &title.id {
            Some(id) => id.get(&source.text).to_owned(),
            None => slug(&PlainText { terms: &[], ..plain }.of(&title.content)),
        };
        let text = plain.of(&title.content).trim().into();
        headings[title.index as usize] =
            HeadingInfo { source_slug: Some(name.into()), text, level: 1, ..HeadingInfo::default() };
    }
    let mut slugs = UniqueSlugs::default();
    let mut written: Vec<&Heading> = Vec::with_capacity(count as usize);
    visit(blocks, &mut |block| written.extend(as_heading(block)), &mut |_| {});
    for note in footnotes {
        visit(note, &mut |block| written.extend(as_heading(block)), &mut |_| {});
    }
    // Ids given by the author come first: a slug steps aside, never the other way round.
    let mut first_with_id: FxHashMap<&str, &Heading> = FxHashMap::default();
    for heading in &written {
        if let Some(id) = &heading.id {
            let id = id.get(&source.text);
            if is_reserved(id) {
                let fault = Fault::InvalidValue {
                    key: "{#id}".to_owned(),
                    value: id.to_owned(),
                    expected: "another id: every page has an element of its own with this one".to_owned(),
                    suggestion: None,
                };
                diagnostics.push(Diagnostic::new(fault, &source.shown, heading.span.range()));
            } else if let Some(first) = first_with_id.get(id) {
                let fault = Fault::DuplicateHeadingId { id: id.to_owned() };
                let fault = Diagnostic::new(fault, &source.shown, heading.span.range());
                diagnostics.push(fault.and_at(&source.shown, first.span.range(), "first here"));
            } else {
                first_with_id.insert(id, heading);
                slugs.claim(id);
            }
        }
    }
    let mut top = vec![false; count as usize];
    blocks.iter().filter_map(as_heading).for_each(|heading| top[heading.index as usize] = true);
    for heading in written {
        let text = plain.of(&heading.content);
        let text = text.trim();
        let by_text = slug(text);
        let is_aside = is_reserved(&by_text);
        let id = match &heading.id {
            Some(id) => id.get(&source.text).to_owned(),
            None => slugs.claim(&by_text),
        };
        let may_differ = !plain.terms.is_empty() || is_aside || heading.id.is_some();
        let source_slug = may_differ.then(|| {
            let as_written = PlainText { terms: &[], ..plain };
            slug(&as_written.of(&heading.content)).into()
        });
        headings[heading.index as usize] = HeadingInfo {
            id: id.into(),
            source_slug,
            text: text.into(),
            level: heading.level.clamp(2, 6),
            minutes: heading.minutes,
            top: top[heading.index as usize],
        };
    }
    headings
}

fn as_heading(block: &Block) -> Option<&Heading> {
    match block {
        Block::Heading(heading) => Some(heading),
        _ => None,
    }
}

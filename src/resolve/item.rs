//! An item by itself: its links, its front matter, its mentions of concepts, with all that is known of the others.

use std::collections::HashSet;
use std::sync::Arc;

use super::book::{Audience, Item, ItemIndex, ResolvedBody};
use super::concepts::{ConceptFinder, Searched};
use super::details::Resolver;
use super::guesses::Guesses;
use super::identity::Identity;
use super::links::{self, Destinations, Place};
use super::plain::PlainText;
use super::visible::visible_links;
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::Fingerprint;
use crate::model::Kind;
use crate::model::body::{Block, CalloutKind};
use crate::model::id;
use crate::model::walk::visit;
use crate::parse::{Document, Places};
use crate::source::Span;

/// The data about all items with which each one is resolved.
pub struct Context<'a> {
    /// The words of every layer.
    pub vocabulary: &'a Vocabulary,
    /// The targets of links.
    pub to: &'a Destinations<'a>,
    /// Kinds of items, by item index.
    pub kinds: &'a [Kind],
    /// Finds mentions of concepts.
    pub finder: &'a ConceptFinder,
}

/// Resolves the item of `identity`, whose index is `index` and whose body has its own text.
pub fn resolve_item(
    context: &Context,
    index: ItemIndex,
    identity: &Identity,
    mut body: ResolvedBody,
) -> (Item, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let document = &identity.document;
    let source = &document.source;
    let guesses = Guesses::default();
    let place = Place { source, item: index, guesses: &guesses };
    let links = document.body.links.iter();
    body.targets = links.map(|link| links::resolve(link, place, context.to, &mut diagnostics)).collect();
    if body.cut.is_some() {
        let visible = visible_links(document, &body);
        let spans: HashSet<Span> = visible.into_iter().map(|link| document.body.links[link as usize].span).collect();
        // Text for facilitators only may lead to items for facilitators only.
        diagnostics.retain(|fault| !depends_on_audience(fault) || spans.contains(&fault.labels[0].span));
    }
    let mut resolver = Resolver {
        source,
        places: Places::of_file(&source.text),
        terms: context.vocabulary.of_layer(identity.layer),
        names: context.to.names,
        meant: context.to.meant,
        kinds: context.kinds,
        headings: context.to.headings,
        omit_links: context.to.omit_links,
        unread: &context.to.stack.unread,
        guesses: &guesses,
        diagnostics: &mut diagnostics,
    };
    let common = &document.front.common;
    let details = resolver.details(&document.front.details);
    let title = match &common.title {
        Some(title) => resolver.text(title),
        None => title_from_text(document, &body),
    };
    let texts = |resolver: &mut Resolver, values: &[crate::model::front_matter::Value]| {
        values.iter().map(|value| resolver.text(value)).collect::<Vec<_>>()
    };
    let summary = common.summary.as_ref().map(|summary| resolver.text(summary));
    let tags = texts(&mut resolver, &common.tags);
    let aliases = texts(&mut resolver, &common.aliases);
    let changes = common.changes.as_ref().map(|changes| resolver.text(changes));
    let blocks = body.blocks(&document.body);
    let searched = Searched { source: &source.text, terms: &document.body.terms, filled: &body.terms };
    let mentions = context.finder.mentions(blocks, searched, index);
    let has_write = document.body.writes > 0 && has_write(blocks);
    (body.mentions, body.has_write) = (mentions, has_write);
    let item = Item {
        id: Arc::clone(&identity.id),
        address: Arc::clone(&identity.address),
        kind: details.kind(),
        section: identity.section,
        number: 0,
        title,
        summary,
        tags,
        aliases,
        changes,
        facilitator: common.readers.facilitator,
        details,
        body,
        document: Arc::clone(document),
    };
    (item, diagnostics)
}

fn depends_on_audience(diagnostic: &Diagnostic) -> bool {
    matches!(
        diagnostic.fault,
        Fault::LinkToFacilitator { .. }
            | Fault::IncludesHidden { is_draft: false, .. }
            | Fault::BrokenAnchor { .. }
            | Fault::MissingInclude { .. }
    )
}

/// The title where front matter gives none: the first `# heading`, else the name of the file.
fn title_from_text(document: &Document, body: &ResolvedBody) -> String {
    if let Some(heading) = &document.title {
        let plain = PlainText { source: &document.source.text, terms: &body.terms, body: &document.body };
        let title = plain.of(&heading.content).trim().to_owned();
        // `# ` is a heading that its author has not written yet.
        if !title.is_empty() {
            return title;
        }
    }
    let stem = document.source.path.rsplit('/').next().unwrap_or(&document.source.path);
    id::split_order(stem.trim_end_matches(".md")).1.to_owned()
}

fn has_write(blocks: &[Block]) -> bool {
    let mut found = false;
    let is_write = |block: &Block| match block {
        Block::Callout(callout) => matches!(callout.kind, CalloutKind::Write { .. }),
        _ => false,
    };
    visit(blocks, &mut |block| found |= is_write(block), &mut |_| {});
    found
}

/// Stands for all that the body of `item` is written from; nothing where its document is not remembered either.
pub fn body_fingerprint(item: &Item, audience: Audience) -> Option<Fingerprint> {
    let body = &item.body;
    let inputs = (
        item.document.fingerprint?,
        item.document.source.path.as_bytes(),
        audience,
        &body.terms,
        &body.headings,
        &body.targets,
        &body.mentions,
    );
    Some(Fingerprint::of(&inputs))
}

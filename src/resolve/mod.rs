//! Documents to a [`Book`]: every name, link, term and reference found, and everything checked that
//! needs more than one file.
//!
//! In this order, because each step needs the one before: names; headings (with terms filled) of every item;
//! then links, details and mentions of every item; then what the items say of each other, and the rules.

mod audience;
pub mod book;
mod concepts;
mod details;
mod emptiness;
mod headings;
mod includes;
mod links;
mod names;
pub mod plain;
pub mod relations;
mod rules;
mod sections;
mod settings;

use std::sync::Arc;

use rayon::prelude::*;

use self::book::{Audience, Book, HeadingInfo, Item, ItemIndex, ResolvedBody, Target};
use self::concepts::{ConceptFinder, Searched};
use self::details::Resolver;
use self::links::{Destinations, Place};
use self::names::{Identity, Named, Names};
use self::plain::PlainText;
use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::Fingerprint;
use crate::language::{self, TermIndex};
use crate::model::Kind;
use crate::model::body::{Block, CalloutKind, Inline, LinkIndex};
use crate::model::front_matter::Details;
use crate::model::handbook::Handbook;
use crate::model::id;
use crate::model::walk::{visit, visit_inlines};
use crate::outline::Outline;
use crate::parse::Document;
use crate::snapshot::Layer;

/// Resolves `documents`, which stand in the order of `outline.files`, for one audience.
pub fn resolve(
    handbook: &Handbook,
    layer: &Layer,
    outline: &Outline,
    documents: &[Arc<Document>],
    audience: Audience,
) -> (Book, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let terms = TermIndex::new(&handbook.terms, &handbook.terms, handbook.language);
    let order = sections::reading_order(outline, documents);
    let identities = identify(outline, documents, &order, audience);
    emptiness::check(handbook, layer, outline, &identities, &mut diagnostics);
    let names = Names::collect(&identities, &mut diagnostics);
    let redirects = names::redirects(&identities, &outline.sections, &mut diagnostics);
    let shown: Vec<&Identity> =
        order.iter().map(|at| &identities[*at]).filter(|identity| matches!(identity.named, Named::Item(_))).collect();

    let (mut bodies, faults): (Vec<_>, Vec<_>) =
        shown.par_iter().map(|identity| own_text(&identity.document, audience, &terms)).unzip();
    diagnostics.extend(faults.into_iter().flatten());
    let headings: Vec<Vec<HeadingInfo>> =
        bodies.iter_mut().map(|body: &mut ResolvedBody| std::mem::take(&mut body.headings)).collect();

    let kinds: Vec<Kind> = shown.iter().map(|identity| identity.document.front.details.kind()).collect();
    let ids: Vec<String> = shown.iter().map(|identity| identity.id.clone()).collect();
    let to = Destinations { names: &names, headings: &headings, ids: &ids, sections: &outline.sections, layer };
    let finder = ConceptFinder::new(&concept_forms(&shown, &terms));
    let context = Context { handbook, terms: &terms, to: &to, kinds: &kinds, finder: &finder };
    let (mut items, faults): (Vec<Item>, Vec<_>) = shown
        .par_iter()
        .zip(bodies)
        .enumerate()
        .map(|(index, (identity, body))| resolve_item(&context, index, identity, body))
        .unzip();
    diagnostics.extend(faults.into_iter().flatten());
    for (item, headings) in items.iter_mut().zip(headings) {
        item.body.headings = headings;
    }
    items.par_iter_mut().for_each(|item| item.body.fingerprint = body_fingerprint(item, audience));
    includes::break_circles(&mut items, &mut diagnostics);

    let relations = relations::relate(&items);
    let sections = sections::sections(outline, &mut items, &terms);
    let book = Book {
        handbook: settings::fill(handbook, &layer.settings, &terms, &mut diagnostics),
        audience,
        relations,
        front: items.iter().position(|item| &*item.id == "index"),
        redirects,
        assets: used_assets(&items),
        concepts: concepts_in_order(&items),
        sections,
        items,
    };
    rules::check(&book, &mut diagnostics);
    (book, diagnostics)
}

/// How many star and vampire moments an item shows.
pub fn moments(item: &Item) -> usize {
    let mut moments = 0;
    visit(
        item.blocks(),
        &mut |block| {
            if let Block::Callout(callout) = block {
                moments += usize::from(matches!(callout.kind, CalloutKind::Star | CalloutKind::Vampire));
            }
        },
        &mut |_| {},
    );
    moments
}

/// Gives every file its id and address, and items their numbers in reading order.
fn identify(outline: &Outline, documents: &[Arc<Document>], order: &[usize], audience: Audience) -> Vec<Identity> {
    let mut identities: Vec<Identity> = outline
        .files
        .iter()
        .zip(documents)
        .map(|(file, document)| {
            let id = id::item_id(&file.path);
            let common = &document.front.common;
            let named = match (common.draft, common.facilitator, audience) {
                (true, _, _) => Named::Draft,
                (false, true, Audience::Participant) => Named::FacilitatorOnly,
                _ => Named::Item(0),
            };
            Identity { address: format!("{id}.html"), id, section: file.section, named, document: Arc::clone(document) }
        })
        .collect();
    let mut next = 0;
    let mut seen = std::collections::HashSet::new();
    for at in order {
        let identity = &mut identities[*at];
        if identity.named != Named::Item(0) {
            continue;
        }
        // Of two files with one id only the first is an item; `Names` reports the other.
        if seen.insert(identity.id.clone()) {
            identity.named = Named::Item(next);
            next += 1;
        } else {
            identity.named = Named::Draft;
        }
    }
    identities
}

/// What a body says by itself: the audience's tree, terms and headings.
fn own_text(document: &Document, audience: Audience, terms: &TermIndex) -> (ResolvedBody, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let source = &document.source;
    let body = &document.body;
    let term_texts: Vec<Box<str>> = body
        .terms
        .iter()
        .map(|term| {
            let inner = term.inner.get(&source.text);
            let filled = language::parse_term(inner).map(|parts| language::fill(&parts, terms));
            match filled {
                Some(Ok(text)) => text.into(),
                Some(Err(unknown)) => {
                    let fault = Fault::UnknownTerm { term: unknown.word, suggestion: unknown.suggestion };
                    diagnostics.push(Diagnostic::new(fault, &source.shown, term.span.range()));
                    inner.into()
                }
                None => inner.into(),
            }
        })
        .collect();
    let cut = (body.has_facilitator && audience == Audience::Participant).then(|| audience::cut(&body.blocks));
    let blocks = cut.as_deref().unwrap_or(&body.blocks);
    let footnotes: Vec<Block> = body.footnotes.iter().flat_map(|note| note.blocks.iter().cloned()).collect();
    let plain = PlainText { source: &source.text, terms: &term_texts, body };
    let headings = headings::resolve(
        document.title.as_deref(),
        blocks,
        &footnotes,
        body.headings,
        plain,
        source,
        &mut diagnostics,
    );
    (ResolvedBody { cut, terms: term_texts, headings, ..ResolvedBody::default() }, diagnostics)
}

struct Context<'a> {
    handbook: &'a Handbook,
    terms: &'a TermIndex,
    to: &'a Destinations<'a>,
    kinds: &'a [Kind],
    finder: &'a ConceptFinder,
}

fn resolve_item(
    context: &Context,
    index: ItemIndex,
    identity: &Identity,
    mut body: ResolvedBody,
) -> (Item, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let document = &identity.document;
    let source = &document.source;
    let place = Place { source, item: index };
    body.targets =
        document.body.links.iter().map(|link| links::resolve(link, place, context.to, &mut diagnostics)).collect();
    let mut resolver = Resolver {
        source,
        terms: context.terms,
        names: context.to.names,
        kinds: context.kinds,
        headings: context.to.headings,
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
    let blocks = body.cut.as_deref().unwrap_or(&document.body.blocks);
    let searched = Searched { source: &source.text, terms: &document.body.terms, filled: &body.terms };
    body.mentions = context.finder.mentions(blocks, searched, index);
    body.has_write = document.body.writes > 0 && has_write(blocks);
    let item = Item {
        id: identity.id.as_str().into(),
        address: identity.address.as_str().into(),
        kind: details.kind(),
        section: identity.section,
        number: 0,
        collation: language::collation_key(&title, context.handbook.language),
        title,
        summary,
        tags,
        aliases,
        changes,
        facilitator: common.facilitator,
        details,
        body,
        document: Arc::clone(document),
    };
    (item, diagnostics)
}

/// The title where front matter gives none: the first `# heading`, else the name of the file.
fn title_from_text(document: &Document, body: &ResolvedBody) -> String {
    if let Some(heading) = &document.title {
        let plain = PlainText { source: &document.source.text, terms: &body.terms, body: &document.body };
        return plain.of(&heading.content).trim().to_owned();
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

/// The forms of all concepts, terms filled, with the concept that each belongs to.
fn concept_forms(shown: &[&Identity], terms: &TermIndex) -> Vec<(String, ItemIndex)> {
    let mut forms = Vec::new();
    for (index, identity) in shown.iter().enumerate() {
        if let Details::Concept(concept) = &identity.document.front.details {
            let filled = concept.forms.iter().map(|form| language::fill_text(&form.text, terms).0);
            forms.extend(filled.map(|form| (form, index)));
        }
    }
    forms
}

fn concepts_in_order(items: &[Item]) -> Vec<ItemIndex> {
    let mut concepts: Vec<ItemIndex> = (0..items.len()).filter(|index| items[*index].kind == Kind::Concept).collect();
    concepts.sort_by(|a, b| items[*a].collation.cmp(&items[*b].collation));
    concepts
}

/// Files that the trees which are shown refer to, sorted.
fn used_assets(items: &[Item]) -> Vec<Arc<str>> {
    let mut assets = std::collections::BTreeSet::new();
    for item in items {
        let mut note = |link: LinkIndex| {
            if let Target::Asset { path, .. } = &item.body.targets[link as usize] {
                assets.insert(Arc::clone(path));
            }
        };
        if item.body.targets.iter().any(|target| matches!(target, Target::Asset { .. })) {
            for_each_link(item, &mut note);
        }
    }
    assets.into_iter().collect()
}

/// Calls `see` for every link of the tree that this audience sees, footnotes that it refers to included.
pub fn for_each_link(item: &Item, see: &mut impl FnMut(LinkIndex)) {
    let body = &item.document.body;
    let mut footnotes = vec![false; body.footnotes.len()];
    let mut waiting: Vec<&[Block]> = vec![item.blocks()];
    while let Some(blocks) = waiting.pop() {
        let mut links = Vec::new();
        let mut runs = Vec::new();
        visit(
            blocks,
            &mut |block| match block {
                Block::Figure(image) => links.push(image.link),
                Block::Include(link) => links.push(*link),
                _ => {}
            },
            &mut |run| runs.push(run),
        );
        for run in runs {
            visit_inlines(run, &mut |inline| match inline {
                Inline::Link(link, _) => links.push(*link),
                Inline::Image(image) => links.push(image.link),
                Inline::Element(element) => links.extend(element.link),
                Inline::FootnoteReference(note) if !std::mem::replace(&mut footnotes[*note as usize], true) => {
                    waiting.push(&body.footnotes[*note as usize].blocks);
                }
                _ => {}
            });
        }
        links.into_iter().for_each(&mut *see);
    }
}

fn body_fingerprint(item: &Item, audience: Audience) -> Fingerprint {
    let body = &item.body;
    Fingerprint::of(&(
        item.document.fingerprint,
        item.document.source.path.as_bytes(),
        audience,
        &body.terms,
        &body.headings,
        &body.targets,
        &body.mentions,
    ))
}

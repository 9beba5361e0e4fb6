//! Documents to a [`Book`]: every name, link, term and reference found, and everything checked that
//! needs more than one file.
//!
//! In this order, because each step needs the one before: names; headings (with terms filled) of every item;
//! then links, details and mentions of every item; then what the items say of each other, and the rules.

mod audience;
mod bare_names;
pub mod book;
mod concepts;
mod details;
mod emptiness;
mod endings;
mod guesses;
mod headings;
mod includes;
mod links;
mod meant;
mod names;
mod omission;
pub mod plain;
pub mod relations;
mod rules;
mod sections;
mod settings;
mod untranslated;
mod visible;
mod vocabulary;
mod written_out;

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashSet};

use self::bare_names::BareNames;
use self::book::{Audience, Book, HeadingInfo, Item, ItemIndex, ResolvedBody, Target};
use self::concepts::{ConceptFinder, Searched};
use self::details::Resolver;
use self::guesses::Guesses;
use self::links::{Destinations, Place};
use self::meant::Meant;
use self::names::{Identity, Named, Names};
use self::plain::PlainText;
use self::visible::visible_links;
use self::vocabulary::Vocabulary;
use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::Fingerprint;
use crate::language::{self, TermIndex};
use crate::layer::Stack;
use crate::model::Kind;
use crate::model::body::{Block, CalloutKind};
use crate::model::front_matter::Details;
use crate::model::handbook::Language;
use crate::model::id;
use crate::model::walk::visit;
use crate::outline::Outline;
use crate::parse::Document;
use crate::source::Span;

/// The parsed files of an edition.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// In the order of [`Outline::files`].
    pub published: Vec<Arc<Document>>,
    /// In the order of [`Stack::omitted`]: no more than their names is used.
    pub omitted: Vec<Arc<Document>>,
}

/// Words written out in `documents` that are forms of a term, as warnings. An edition that gives the term other words would
/// not change them.
pub fn written_out(settings: &Settings, stack: &Stack, outline: &Outline, documents: &Documents) -> Vec<Diagnostic> {
    let vocabulary = Vocabulary::new(settings);
    let mut diagnostics = Vec::new();
    for (file, document) in outline.files.iter().zip(&documents.published) {
        let terms = vocabulary.of_layer(stack.layer_of(&file.path));
        written_out::check(document, terms, &mut diagnostics);
    }
    diagnostics
}

/// Resolves `documents` for one audience.
pub fn resolve(
    settings: &Settings,
    stack: &Stack,
    outline: &Outline,
    documents: &Documents,
    audience: Audience,
) -> (Book, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let vocabulary = Vocabulary::new(settings);
    let handbook = settings::fill(settings, &vocabulary, &mut diagnostics);
    let Documents { published: documents, omitted } = documents;
    documents.iter().for_each(|document| omission::check_merge(document, stack, &mut diagnostics));
    let order = sections::reading_order(outline, documents);
    let identities = identify(outline, stack, documents, &order, audience);
    endings::check(stack, documents, &mut diagnostics);
    emptiness::check(settings, outline, &identities, &stack.unread, &mut diagnostics);
    let mut names = Names::collect(&identities, &vocabulary, &mut diagnostics);
    names.add_layers(stack, omitted);
    let redirects = names::redirects(&identities, &outline.sections, &mut diagnostics);
    let shown: Vec<&Identity> =
        order.iter().map(|at| &identities[*at]).filter(|identity| matches!(identity.named, Named::Item(_))).collect();

    let (mut bodies, faults): (Vec<_>, Vec<_>) = shown
        .par_iter()
        .map(|identity| own_text(&identity.document, audience, vocabulary.of_layer(identity.layer)))
        .unzip();
    diagnostics.extend(faults.into_iter().flatten());
    let headings: Vec<Vec<HeadingInfo>> =
        bodies.iter_mut().map(|body: &mut ResolvedBody| std::mem::take(&mut body.headings)).collect();

    let kinds: Vec<Kind> = shown.iter().map(|identity| identity.document.front.details.kind()).collect();
    let ids: Vec<Arc<str>> = shown.iter().map(|identity| Arc::clone(&identity.id)).collect();
    let meant = Meant::new(&names, &shown, &headings, &vocabulary, &redirects);
    let to = Destinations {
        names: &names,
        meant: &meant,
        headings: &headings,
        ids: &ids,
        sections: &outline.sections,
        stack,
        omit_links: settings.omit_links,
        bare_names: &BareNames::new(&stack.files),
    };
    let finder = ConceptFinder::new(&concept_forms(&shown, &vocabulary));
    let context = Context { vocabulary: &vocabulary, to: &to, kinds: &kinds, finder: &finder };
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
    let sections = sections::sections(outline, &mut items, &handbook);
    let concepts = concepts_in_order(&items, handbook.language);
    let book = Book {
        handbook,
        audience,
        relations,
        front: items.iter().position(|item| &*item.id == "index"),
        redirects,
        assets: used_assets(&items),
        concepts,
        sections,
        items,
    };
    rules::check(&book, &mut diagnostics);
    untranslated::check(&book, settings, stack, &mut diagnostics);
    omission::gather(stack, settings, &mut diagnostics);
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
fn identify(
    outline: &Outline,
    stack: &Stack,
    documents: &[Arc<Document>],
    order: &[usize],
    audience: Audience,
) -> Vec<Identity> {
    let mut identities: Vec<Identity> = outline
        .files
        .par_iter()
        .zip(documents)
        .map(|(file, document)| {
            let id = id::item_id(&file.path);
            let common = &document.front.common;
            let named = match (common.draft, common.facilitator, audience) {
                (true, _, _) => Named::Draft,
                (false, true, Audience::Participant) => Named::FacilitatorOnly,
                _ => Named::Item(0),
            };
            let (section, layer) = (file.section, stack.layer_of(&file.path));
            let (address, short) = (format!("{id}.html").into(), names::short_names(&id, document).collect());
            Identity { id: id.into(), address, section, layer, short, named, document: Arc::clone(document) }
        })
        .collect();
    let mut next = 0;
    let mut seen = FxHashSet::with_capacity_and_hasher(order.len(), FxBuildHasher);
    for at in order {
        let identity = &mut identities[*at];
        if identity.named != Named::Item(0) {
            continue;
        }
        // Of two files with one id only the first is an item; `Names` reports the other.
        if seen.insert(Arc::clone(&identity.id)) {
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
    let guesses = Guesses::default();
    let term_texts: Vec<Box<str>> = body
        .terms
        .iter()
        .map(|term| {
            let inner = term.inner.get(&source.text);
            let filled = language::parse_term(inner).map(|parts| language::fill(&parts, terms));
            match filled {
                Some(Ok(text)) => text.into(),
                Some(Err(unknown)) => {
                    let suggestion = guesses.of_word(&unknown.word, || terms.nearest(&unknown.word));
                    let fault = Fault::UnknownTerm { term: unknown.word, suggestion };
                    diagnostics.push(Diagnostic::new(fault, &source.shown, term.span.range()));
                    inner.into()
                }
                None => inner.into(),
            }
        })
        .collect();
    let is_cut = body.has_facilitator && audience == Audience::Participant;
    let mut resolved = ResolvedBody {
        cut: is_cut.then(|| audience::cut(&body.blocks)),
        cut_footnotes: is_cut.then(|| body.footnotes.iter().map(|note| audience::cut(&note.blocks)).collect()),
        ..ResolvedBody::default()
    };
    let footnotes: Vec<&[Block]> = (0..body.footnotes.len()).map(|at| resolved.footnote(body, at as u32)).collect();
    let plain = PlainText { source: &source.text, terms: &term_texts, body };
    let headings = headings::resolve(
        document.title.as_deref(),
        resolved.blocks(body),
        &footnotes,
        body.headings,
        plain,
        source,
        &mut diagnostics,
    );
    resolved.headings = headings;
    resolved.terms = term_texts;
    (resolved, diagnostics)
}

struct Context<'a> {
    vocabulary: &'a Vocabulary,
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
    let guesses = Guesses::default();
    let place = Place { source, item: index, guesses: &guesses };
    let links = document.body.links.iter();
    body.targets = links.map(|link| links::resolve(link, place, context.to, &mut diagnostics)).collect();
    if body.cut.is_some() {
        let visible = visible_links(document, &body);
        let spans: HashSet<Span> = visible.into_iter().map(|link| document.body.links[link as usize].span).collect();
        // What only facilitators read may lead to what only they have.
        diagnostics.retain(|fault| !depends_on_audience(fault) || spans.contains(&fault.labels[0].span));
    }
    let mut resolver = Resolver {
        source,
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
        facilitator: common.facilitator,
        details,
        body,
        document: Arc::clone(document),
    };
    (item, diagnostics)
}

fn depends_on_audience(diagnostic: &Diagnostic) -> bool {
    matches!(
        diagnostic.fault,
        Fault::LinkToFacilitator { .. } | Fault::BrokenAnchor { .. } | Fault::MissingInclude { .. }
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

/// The forms of all concepts, terms filled, with the concept that each belongs to.
fn concept_forms(shown: &[&Identity], vocabulary: &Vocabulary) -> Vec<(String, ItemIndex)> {
    let mut forms = Vec::new();
    for (index, identity) in shown.iter().enumerate() {
        if let Details::Concept(concept) = &identity.document.front.details {
            let terms = vocabulary.of_layer(identity.layer);
            let filled = concept.forms.iter().map(|form| language::fill_text(&form.text, terms).0);
            forms.extend(filled.map(|form| (form, index)));
        }
    }
    forms
}

fn concepts_in_order(items: &[Item], language: Language) -> Vec<ItemIndex> {
    let mut concepts: Vec<ItemIndex> = (0..items.len()).filter(|index| items[*index].kind == Kind::Concept).collect();
    concepts.sort_by_cached_key(|item| language::collation_key(&items[*item].title, language));
    concepts
}

/// Files that the trees which are shown refer to, sorted.
fn used_assets(items: &[Item]) -> Vec<Arc<str>> {
    let mut assets = std::collections::BTreeSet::new();
    for item in items {
        let asset = |target: &Target| match target {
            Target::Asset { path, .. } => Some(Arc::clone(path)),
            _ => None,
        };
        if item.body.targets.iter().any(|target| asset(target).is_some()) {
            let links = visible_links(&item.document, &item.body);
            assets.extend(links.into_iter().filter_map(|link| asset(&item.body.targets[link as usize])));
        }
    }
    assets.into_iter().collect()
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

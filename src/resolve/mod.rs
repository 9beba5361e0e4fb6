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
mod identity;
mod includes;
mod item;
mod link_path;
mod links;
mod meant;
mod names;
mod omission;
mod own_text;
pub mod plain;
pub mod relations;
mod rules;
mod sections;
mod settings;
mod untranslated;
mod visible;
mod vocabulary;
mod written_out;

use std::sync::Arc;

use rayon::prelude::*;

use self::bare_names::BareNames;
use self::book::{Audience, Book, HeadingInfo, Item, ResolvedBody};
use self::concepts::{ConceptFinder, concept_forms, concepts_in_order};
use self::identity::{Identity, Named, identify};
use self::item::{Context, body_fingerprint, resolve_item};
use self::links::Destinations;
use self::meant::Meant;
use self::names::Names;
use self::own_text::own_text;
use self::visible::used_assets;
use self::vocabulary::Vocabulary;
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::layer::Stack;
use crate::model::Kind;
use crate::model::body::{Block, CalloutKind};
use crate::model::walk::visit;
use crate::outline::Outline;
use crate::parse::Document;

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
    rules::check(&book, &stack.unread, &mut diagnostics);
    untranslated::check(&book, settings, stack, &mut diagnostics);
    omission::gather(stack, settings, &mut diagnostics);
    (book, diagnostics)
}

/// Returns the number of star and vampire moments that an item shows.
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

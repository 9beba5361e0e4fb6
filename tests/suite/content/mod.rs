//! The handbook in `content/`, held to what its readers were promised: a story, principles, exercises, theme days,
//! conclusions, indicators and concepts that are complete. Whether they read well is for people to judge.

mod practice;
mod story;
mod theme_days;
mod whole;

use std::path::Path;

use vaert::build::{Audience, Build, Options, build};
use vaert::cache::Cache;
use vaert::load::load;
use vaert::model::Kind;
use vaert::model::body::{Block, Callout, CalloutKind, Inline};
use vaert::model::front_matter::{Details, Exercise};
use vaert::model::walk::visit;
use vaert::resolve::book::{Book, Item, Reference, Relations};
use vaert::snapshot::Snapshot;

fn snapshot() -> Snapshot {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), None).unwrap()
}

fn built(audience: Audience) -> Build {
    build(&snapshot(), &Cache::for_one_build(), &Options { audience, strict: true, terms: false, pdf: false })
}

/// Shows `see` what facilitators get.
fn with_book(see: impl FnOnce(&Book)) {
    see(built(Audience::Facilitator).book().unwrap());
}

/// The items of a kind without the texts of their sections, with what the others say of them.
fn of(book: &Book, kind: Kind) -> Vec<(&Item, &Relations)> {
    let all = book.items.iter().zip(&book.relations);
    all.filter(|(item, _)| item.kind == kind && item.number > 0).collect()
}

fn text(item: &Item, inlines: &[Inline]) -> String {
    item.plain().of(inlines)
}

/// All text of a tree, a line for each run.
fn all_text(item: &Item, blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    visit(blocks, &mut |_| {}, &mut |inlines| lines.push(text(item, inlines)));
    lines.join("\n")
}

fn item<'a>(book: &'a Book, id: &str) -> &'a Item {
    book.items.iter().find(|item| &*item.id == id).unwrap_or_else(|| panic!("there is no {id}"))
}

fn callouts(item: &Item) -> Vec<&Callout> {
    let mut found = Vec::new();
    visit(
        item.blocks(),
        &mut |block| {
            if let Block::Callout(callout) = block {
                found.push(&**callout);
            }
        },
        &mut |_| {},
    );
    found
}

fn count(item: &Item, fits: impl Fn(CalloutKind) -> bool) -> usize {
    callouts(item).iter().filter(|callout| fits(callout.kind)).count()
}

fn is_moment(kind: CalloutKind) -> bool {
    matches!(kind, CalloutKind::Star | CalloutKind::Vampire)
}

/// The text under the heading that begins so, until the next of its level.
fn under(item: &Item, beginning: &str) -> Option<String> {
    let is_it = |block: &Block| match block {
        Block::Heading(heading) => text(item, &heading.content).starts_with(beginning).then_some(heading.level),
        _ => None,
    };
    let (at, level) = item.blocks().iter().enumerate().find_map(|(at, block)| Some((at, is_it(block)?)))?;
    let rest = &item.blocks()[at + 1..];
    let ends = |block: &Block| matches!(block, Block::Heading(heading) if heading.level <= level);
    Some(all_text(item, &rest[..rest.iter().position(ends).unwrap_or(rest.len())]))
}

#[track_caller]
fn has_text_under(item: &Item, beginnings: &[&str]) {
    for beginning in beginnings {
        let words = under(item, beginning).map_or(0, |text| text.split_whitespace().count());
        assert!(words >= 5, "{} says nothing under »{beginning}«", item.id);
    }
}

fn exercise(item: &Item) -> &Exercise<Reference> {
    let Details::Exercise(exercise) = &item.details else { panic!("{} is no exercise", item.id) };
    exercise
}

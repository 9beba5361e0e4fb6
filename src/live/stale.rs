//! Keeps the last good version of pages whose source cannot be shown as it is now.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Site;
use crate::build::Build;
use crate::diagnostic::{Code, Diagnostic, Fault};
use crate::model::id::item_id;
use crate::parse;
use crate::resolve::book::Item;
use crate::snapshot::{File, Snapshot};

/// A page that is not shown as its source is now.
#[derive(Debug, Clone)]
pub(super) struct StalePage {
    /// The source, as messages name it.
    pub source: Arc<str>,
    /// The page as it last was; nothing where it never was good.
    pub last: Option<Arc<[u8]>>,
    /// Whether it may be shown as it is where there is no last version: who may see it is known.
    pub may_be_rendered: bool,
}

/// Stale pages by address.
pub(super) type StalePages = BTreeMap<Arc<str>, StalePage>;

/// The pages of `build`, made of `snapshot`, that are stale; `before` shows what they last were.
pub(super) fn stale_pages(build: &Build, snapshot: &Snapshot, before: &Site) -> StalePages {
    let problems = problems(build, snapshot);
    let mut stale = StalePages::new();
    let mut add = |address: Arc<str>, (source, problem): (&Arc<str>, Problem)| {
        let page = || StalePage {
            source: Arc::clone(source),
            last: before.page(&address).flatten(),
            may_be_rendered: problem == Problem::Gap,
        };
        stale.entry(Arc::clone(&address)).or_insert_with(page);
    };
    let mut in_book = BTreeSet::new();
    for item in build.book().into_iter().flat_map(|book| &book.items) {
        let worst =
            sources_of(item).filter_map(|source| problems.get_key_value(source)).max_by_key(|(_, problem)| **problem);
        if let Some((source, problem)) = worst {
            in_book.insert(source);
            add(Arc::clone(&item.address), (source, *problem));
        }
    }
    let left_out =
        problems.iter().filter(|(source, problem)| **problem == Problem::Untrusted && !in_book.contains(source));
    for (source, problem) in left_out {
        let mut addresses = before.addresses_of(source);
        if addresses.is_empty() {
            addresses.extend(path_of(snapshot, source).map(|path| format!("{}.html", item_id(&path)).into()));
        }
        addresses.retain(|address| build.paths.binary_search(address).is_err());
        addresses.into_iter().for_each(|address| add(address, (source, *problem)));
    }
    stale
}

/// What is wrong with the source of a page, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Problem {
    /// The page is without something that it is made of.
    Gap,
    /// It cannot be known what page this is to be, or who may see it.
    Untrusted,
}

/// The files that the text of an item is from.
fn sources_of(item: &Item) -> impl Iterator<Item = &Arc<str>> {
    let origins = item.document.origins.iter().flat_map(|origins| origins.pieces_in(0..usize::MAX));
    std::iter::once(&item.document.source.shown).chain(origins.map(|(_, shown, _)| shown))
}

/// The Markdown files, as messages name them, that cannot be shown as they are: their front matter has an error, or they
/// may not be read and never were.
fn problems(build: &Build, snapshot: &Snapshot) -> BTreeMap<Arc<str>, Problem> {
    let withheld = build.withheld.iter().map(|source| (Arc::clone(source), Problem::Untrusted));
    let mut problems: BTreeMap<Arc<str>, Problem> = withheld.collect();
    if !build.has_errors() {
        return problems;
    }
    let files = snapshot.layers.iter().flat_map(|layer| layer.files.values());
    let by_name: HashMap<&str, &File> = files.map(|file| (&*file.shown, file)).collect();
    for diagnostic in build.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
        let Some(label) = diagnostic.labels.first().filter(|label| label.path.ends_with(".md")) else { continue };
        let problem = match by_name.get(&*label.path) {
            Some(file) if is_in_front_matter(file, label.span.start as usize) => {
                problem_in_front_matter(&diagnostic.fault)
            }
            Some(_) => None,
            None => is_about_reading(diagnostic).then_some(Problem::Untrusted),
        };
        if let Some(problem) = problem {
            let known = problems.entry(Arc::clone(&label.path)).or_insert(problem);
            *known = problem.max(*known);
        }
    }
    problems
}

/// What an error in front matter means for the page; nothing where the page can be shown, as with an id that leads nowhere.
fn problem_in_front_matter(fault: &Fault) -> Option<Problem> {
    let decides_who_sees_it = |key: &str| matches!(key, "audience" | "draft");
    match fault {
        Fault::WrongType { key, .. } | Fault::InvalidValue { key, .. } if decides_who_sees_it(key) => {
            Some(Problem::Untrusted)
        }
        _ => match fault.code() {
            Code::InvalidYaml | Code::FrontMatterNotClosed | Code::DuplicateKey => Some(Problem::Untrusted),
            Code::MissingKey | Code::WrongType | Code::InvalidValue => Some(Problem::Gap),
            _ => None,
        },
    }
}

fn is_in_front_matter(file: &File, at: usize) -> bool {
    // Of a file without front matter, the first byte stands for it.
    file.source().is_some_and(|source| at < parse::split(&source.text).body_start.max(1))
}

/// Whether a diagnostic says that a file or a folder was not read.
pub(super) fn is_about_reading(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code(), Code::UnreadableFile | Code::LinkOutOfFolder)
}

/// The path in its layer of the file that messages name `shown`.
fn path_of(snapshot: &Snapshot, shown: &str) -> Option<Arc<str>> {
    let read = snapshot.layers.iter().flat_map(|layer| &layer.files);
    let read = read.filter(|(_, file)| *file.shown == *shown).map(|(path, _)| Arc::clone(path));
    let unread = snapshot.layers.iter().flat_map(|layer| &layer.unread);
    read.chain(unread.filter(|path| shown.ends_with(&***path)).cloned()).next()
}

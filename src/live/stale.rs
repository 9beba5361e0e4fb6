//! Keeps the last good version of pages whose present source cannot be shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Site;
use crate::build::Build;
use crate::diagnostic::{Code, Diagnostic, Fault};
use crate::model::id::item_id;
use crate::parse;
use crate::resolve::book::Item;
use crate::snapshot::{File, Snapshot};

/// A page whose present source is not shown.
#[derive(Debug, Clone)]
pub(super) struct StalePage {
    /// The source, as messages name it.
    pub source: Arc<str>,
    /// The last good version of the page; `None` if there never was one.
    pub last: Option<Arc<[u8]>>,
    /// Whether the page may be rendered if it has no last version, since it is known who may see it.
    pub may_be_rendered: bool,
}

/// Stale pages by address.
pub(super) type StalePages = BTreeMap<Arc<str>, StalePage>;

/// Returns the stale pages of `build`, which was made from `snapshot`; `before` provides their last versions.
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

/// Problems with the source of a page, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Problem {
    /// A part of the page is missing.
    Gap,
    /// It is unknown which page this is, or who may see it.
    Untrusted,
}

/// Returns the files that the text of an item comes from.
fn sources_of(item: &Item) -> impl Iterator<Item = &Arc<str>> {
    let origins = item.document.origins.iter().flat_map(|origins| origins.pieces_in(0..usize::MAX));
    std::iter::once(&item.document.source.shown).chain(origins.map(|(_, shown, _)| shown))
}

/// Returns the Markdown files, as messages name them, that cannot be shown as they are: they are withheld, their front
/// matter has an error, or they cannot be read now and never could.
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

/// Returns the effect of an error in front matter on the page; `None` if the page can be shown, as with an id that
/// leads nowhere.
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
    // In a file without front matter, the first byte counts as front matter.
    file.source().is_some_and(|source| at < parse::split(&source.text).body_start.max(1))
}

/// Returns whether a diagnostic says that a file or a folder was not read.
pub(super) fn is_about_reading(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code(), Code::UnreadableFile | Code::LinkOutOfFolder)
}

/// Returns the path, within its layer, of the file that messages name `shown`.
fn path_of(snapshot: &Snapshot, shown: &str) -> Option<Arc<str>> {
    let read = snapshot.layers.iter().flat_map(|layer| &layer.files);
    let read = read.filter(|(_, file)| *file.shown == *shown).map(|(path, _)| Arc::clone(path));
    let unread = snapshot.layers.iter().flat_map(|layer| &layer.unread);
    read.chain(unread.filter(|path| shown.ends_with(&***path)).cloned()).next()
}

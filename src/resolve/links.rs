//! Links to where they lead: items, headings, sections, files of the handbook, or elsewhere.

use std::borrow::Cow;
use std::ops::Bound;
use std::sync::Arc;

use super::bare_names::BareNames;
use super::book::{HeadingInfo, ItemIndex, Target};
use super::guesses::Guesses;
use super::identity::Named;
use super::link_path::{normalise, relative, split_fragment};
use super::meant::Meant;
use super::names::Names;
use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::layer::Stack;
use crate::model::address::scheme_of;
use crate::model::body::{Link, LinkForm};
use crate::model::id::{item_id, slug};
use crate::model::image::is_image;
use crate::outline::SectionPlan;
use crate::source::Source;

/// All that links may lead to.
pub struct Destinations<'a> {
    /// Names of items.
    pub names: &'a Names,
    /// The possible meanings of names that lead nowhere.
    pub meant: &'a Meant<'a>,
    /// Headings of every item, by item index.
    pub headings: &'a [Vec<HeadingInfo>],
    /// Ids of every item, by item index.
    pub ids: &'a [Arc<str>],
    /// Sections with their items' index pages.
    pub sections: &'a [SectionPlan],
    /// Files of the edition.
    pub stack: &'a Stack<'a>,
    /// Whether a link with a text of its own to what is left out becomes that text.
    pub omit_links: bool,
    /// The same files by their names alone.
    pub bare_names: &'a BareNames<'a>,
}

/// A link's place.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The file that it stands in.
    pub source: &'a Source,
    /// That file's item, for links within the page.
    pub item: ItemIndex,
    /// The guesses made for that file.
    pub guesses: &'a Guesses,
}

/// Returns the target of `link`; faults go to `diagnostics`.
pub fn resolve(link: &Link, place: Place, to: &Destinations, diagnostics: &mut Vec<Diagnostic>) -> Target {
    let target = link.target.get(&place.source.text);
    let found = match link.form {
        LinkForm::Markdown => markdown(target, place, to),
        LinkForm::Wiki => wiki(target, place, to),
        LinkForm::Image | LinkForm::WikiImage => image(target, link.form, place, to),
        LinkForm::Include => include(target, place, to),
    };
    found.unwrap_or_else(|found| {
        let (fault, target) = *found;
        if matches!(fault, Fault::OmittedButLinked { .. }) && to.omit_links && has_own_text(link, place) {
            return Target::Text;
        }
        diagnostics.push(Diagnostic::new(fault, &place.source.shown, link.span.range()));
        target
    })
}

/// The target of a link, or the fault of the link with the target that is shown all the same.
type Found = Result<Target, Box<(Fault, Target)>>;

fn broken(fault: Fault) -> Found {
    Err(Box::new((fault, Target::Broken)))
}

fn markdown(target: &str, place: Place, to: &Destinations) -> Found {
    if let Some(scheme) = scheme_of(target) {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" => Ok(Target::External(without_blanks(target, "%20"))),
            "tel" => Ok(Target::External(without_blanks(target, ""))),
            _ => broken(Fault::UnsafeLink { target: target.to_owned() }),
        };
    }
    if target.starts_with("//") {
        // From a file share it would lead to a file, not to a site.
        return broken(Fault::UnsafeLink { target: target.to_owned() });
    }
    let (path, fragment) = split_fragment(target);
    if path.is_empty() {
        return match fragment {
            Some(fragment) => own_heading(&fragment, place, to),
            None => broken(Fault::BrokenLink { target: target.to_owned(), suggestion: None }),
        };
    }
    let Some(path) = normalise(&place.source.path, &path) else {
        return broken(Fault::BrokenLink { target: target.to_owned(), suggestion: None });
    };
    if let Some(named) = to.names.file(&path) {
        return item(named, fragment, target, place, to);
    }
    if let Some(id) = path.strip_suffix(".html")
        && let Some(named) = to.names.id(id)
    {
        return item(named, fragment, target, place, to);
    }
    let folder = path.trim_end_matches('/');
    if let (true, Some(home)) = (folder.is_empty(), to.names.id("index")) {
        return item(home, fragment, target, place, to);
    }
    if let Some(section) = to.sections.iter().position(|section| section.folder == folder) {
        return match to.names.id(&format!("{}/index", to.sections[section].slug)) {
            Some(named) => item(named, fragment, target, place, to),
            None => Ok(Target::Section(section)),
        };
    }
    if let Some((path, _)) = to.stack.files.get_key_value(&*path)
        && !path.ends_with(".md")
    {
        return Ok(Target::Asset { path: Arc::clone(path), fragment: fragment.map(Into::into) });
    }
    if to.stack.unread.holds(&path) {
        return Ok(Target::Broken);
    }
    let file = format!("{path}.md");
    let section =
        path.strip_suffix("/index.md").filter(|folder| to.sections.iter().any(|section| section.folder == *folder));
    let suggestion = match (to.names.file(&file), section) {
        (Some(_), _) => Some(relative(&place.source.path, &file)),
        // A section has a page even where no file holds its text.
        (None, Some(folder)) => Some(format!("{}/", relative(&place.source.path, folder))),
        (None, None) => {
            let moved = to.meant.file(&path).map(|file| relative(&place.source.path, file));
            moved.or_else(|| place.guesses.one(|| nearest_path(&path, place, to, |_| true)))
        }
    };
    broken(Fault::BrokenLink { target: target.to_owned(), suggestion })
}

/// Returns the name in a wikilink as a path from the handbook's root, where it is one from the file that it stands in, as
/// Obsidian writes it; `None` if it leads out of the handbook.
fn from_root<'t>(name: &'t str, place: Place) -> Option<Cow<'t, str>> {
    match name.starts_with(['.', '/']) && name.contains('/') {
        true => normalise(&place.source.path, name).map(Cow::Owned),
        false => Some(Cow::Borrowed(name)),
    }
}

fn wiki(target: &str, place: Place, to: &Destinations) -> Found {
    let (path, fragment) = split_fragment(target);
    if path.is_empty() {
        return match fragment {
            Some(fragment) => own_heading(&fragment, place, to),
            None => broken(Fault::BrokenWikilink { target: target.to_owned(), suggestion: None }),
        };
    }
    let Some(path) = from_root(&path, place) else {
        return broken(Fault::BrokenWikilink { target: target.to_owned(), suggestion: None });
    };
    match to.names.wiki(&path) {
        Ok(Some(named)) => item(named, fragment, target, place, to),
        Ok(None) => {
            section_named(&path, to).or_else(|| wiki_asset(&path, to)).or_else(|| unread(&path, to)).ok_or_else(|| {
                let suggestion = place.guesses.one(|| to.meant.wiki(&path));
                Box::new((Fault::BrokenWikilink { target: target.to_owned(), suggestion }, Target::Broken))
            })
        }
        Err(candidates) => broken(Fault::AmbiguousWikilink { target: target.to_owned(), candidates }),
    }
}

/// Returns a broken target if `name` may be that of a file that could not be read, which is reported elsewhere.
/// Returns an address that leads elsewhere with `instead` for its blanks, which no address may hold.
fn without_blanks(target: &str, instead: &str) -> Box<str> {
    match target.contains(char::is_whitespace) {
        true => target.split(char::is_whitespace).collect::<Vec<_>>().join(instead).into(),
        false => target.into(),
    }
}

fn unread(name: &str, to: &Destinations) -> Option<Target> {
    to.stack.unread.may_be_named(name).then_some(Target::Broken)
}

/// The section that a wikilink names, where it has no text of its own: one that has is found as an item.
fn section_named(path: &str, to: &Destinations) -> Option<Target> {
    let id = item_id(path.trim_end_matches('/'));
    to.sections.iter().position(|section| section.slug == id).map(Target::Section)
}

fn image(target: &str, form: LinkForm, place: Place, to: &Destinations) -> Found {
    if target.starts_with("//") || scheme_of(target).is_some() {
        return broken(Fault::RemoteImage { target: target.to_owned() });
    }
    let (path, fragment) = split_fragment(target);
    let file = normalise(&place.source.path, &path).and_then(|path| Some(to.stack.files.get_key_value(&*path)?.0));
    if file.is_some_and(|file| !is_image(file)) {
        let reason = "browsers do not show it as an image: use PNG, JPEG, WebP, GIF, AVIF or SVG".to_owned();
        return broken(Fault::UnreadableFile { reason });
    }
    let found = file.map(|path| Target::Asset { path: Arc::clone(path), fragment: fragment.map(Into::into) });
    let by_name = || wiki_asset(&path, to).or_else(|| unread(&path, to));
    let found = found.or_else(|| (form == LinkForm::WikiImage).then(by_name).flatten());
    let wanted = normalise(&place.source.path, &path).filter(|path| !path.is_empty());
    let is_unread = || wanted.as_ref().is_some_and(|path| to.stack.unread.holds(path));
    found.or_else(|| is_unread().then_some(Target::Broken)).ok_or_else(|| {
        let suggestion = wanted.and_then(|path| place.guesses.one(|| nearest_path(&path, place, to, is_image)));
        Box::new((Fault::MissingImage { target: target.to_owned(), suggestion }, Target::Broken))
    })
}

/// Whether a link says something that can stand without it.
fn has_own_text(link: &Link, place: Place) -> bool {
    match link.form {
        LinkForm::Markdown => true,
        LinkForm::Wiki => link.span.of(&place.source.text).contains('|'),
        LinkForm::Image | LinkForm::WikiImage | LinkForm::Include => false,
    }
}

fn include(target: &str, place: Place, to: &Destinations) -> Found {
    let (path, fragment) = split_fragment(target);
    let missing = |suggestion| Fault::MissingInclude { target: target.to_owned(), suggestion };
    if let (true, Some(fragment)) = (path.is_empty(), &fragment) {
        return match find_heading(&to.headings[place.item], fragment) {
            Some(Heading::At(heading)) => Ok(Target::Include { item: place.item, heading: Some(heading) }),
            Some(Heading::Top) => Ok(Target::Include { item: place.item, heading: None }),
            None => broken(broken_anchor(fragment, place.item, place, to)),
        };
    }
    let Some(path) = from_root(&path, place) else { return broken(missing(None)) };
    match to.names.wiki(&path) {
        Ok(Some(Named::Item(item))) => match fragment {
            None => Ok(Target::Include { item, heading: None }),
            Some(fragment) => match find_heading(&to.headings[item], &fragment) {
                Some(Heading::Top) => Ok(Target::Include { item, heading: None }),
                Some(Heading::At(heading)) => Ok(Target::Include { item, heading: Some(heading) }),
                None => broken(broken_anchor(&fragment, item, place, to)),
            },
        },
        Ok(Some(hidden)) => Err(Box::new(hidden_include(hidden, &path, to))),
        // `compose` has already inserted the replaced file, if there is one.
        Ok(None) if path == "base" && to.stack.replaced_by(&place.source.path).is_empty() => {
            broken(Fault::NothingBelow { written: "![[base]]" })
        }
        Ok(None) if path == "base" && fragment.is_some() => {
            let (anchor, page) = (fragment.unwrap_or_default(), to.ids[place.item].to_string());
            broken(Fault::BrokenAnchor { anchor, page, suggestion: None })
        }
        Ok(None) if to.stack.unread.may_be_named(&path) => Ok(Target::Broken),
        Ok(None) => broken(missing(place.guesses.one(|| to.meant.wiki(&path)))),
        Err(candidates) => broken(Fault::AmbiguousWikilink { target: target.to_owned(), candidates }),
    }
}

fn item(named: Named, fragment: Option<String>, target: &str, place: Place, to: &Destinations) -> Found {
    let Named::Item(item) = named else {
        return Err(Box::new(hidden_fault(named, split_fragment(target).0.as_ref(), to)));
    };
    let Some(fragment) = fragment else { return Ok(Target::Item { item, fragment: None }) };
    match find_heading(&to.headings[item], &fragment) {
        Some(Heading::Top) => Ok(Target::Item { item, fragment: None }),
        Some(Heading::At(heading)) => {
            let id = to.headings[item][heading as usize].id.clone();
            Ok(Target::Item { item, fragment: Some(id) })
        }
        None => Err(Box::new((broken_anchor(&fragment, item, place, to), Target::Item { item, fragment: None }))),
    }
}

fn own_heading(fragment: &str, place: Place, to: &Destinations) -> Found {
    match find_heading(&to.headings[place.item], fragment) {
        Some(Heading::Top) => Ok(Target::Item { item: place.item, fragment: None }),
        Some(Heading::At(heading)) => Ok(Target::Fragment(to.headings[place.item][heading as usize].id.clone())),
        None => broken(broken_anchor(fragment, place.item, place, to)),
    }
}

fn broken_anchor(fragment: &str, item: ItemIndex, place: Place, to: &Destinations) -> Fault {
    let suggestion = place.guesses.one(|| nearest_heading(&to.headings[item], fragment));
    Fault::BrokenAnchor { anchor: fragment.to_owned(), page: to.ids[item].to_string(), suggestion }
}

/// Returns the fault of a link to an item that is not shown, and the target that is shown instead.
fn hidden_fault(named: Named, id: &str, to: &Destinations) -> (Fault, Target) {
    match named {
        Named::FacilitatorOnly => (Fault::LinkToFacilitator { id: id.to_owned(), key: None }, Target::Text),
        Named::Omitted(omitted) => {
            let id = item_id(&to.stack.omitted[omitted].file.path);
            (Fault::OmittedButLinked { id, places: 1 }, Target::Broken)
        }
        Named::Draft | Named::Item(_) => (Fault::LinkToDraft { id: id.to_owned(), key: None }, Target::Text),
    }
}

/// Returns the fault of including an item that is not shown, and the target that is shown instead.
fn hidden_include(named: Named, id: &str, to: &Destinations) -> (Fault, Target) {
    let id = id.to_owned();
    match named {
        Named::FacilitatorOnly => (Fault::IncludesHidden { id, is_draft: false }, Target::Broken),
        Named::Draft => (Fault::IncludesHidden { id, is_draft: true }, Target::Broken),
        Named::Omitted(_) | Named::Item(_) => hidden_fault(named, &id, to),
    }
}

/// A heading that a fragment names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// The page's title: its top.
    Top,
    /// The heading of this index.
    At(u32),
}

/// Returns the heading that `fragment` names: by its id, by the slug of its text in the source, or as the page's title.
/// `Hvorfor#Detaljer` names the heading *Detaljer* below *Hvorfor*, as Obsidian writes it.
pub fn find_heading(headings: &[HeadingInfo], fragment: &str) -> Option<Heading> {
    find_one_heading(headings, fragment).or_else(|| {
        let (outer, inner) = fragment.rsplit_once('#')?;
        let from = match find_heading(headings, outer)? {
            Heading::Top => 0,
            Heading::At(outer) => outer as usize + 1,
        };
        let level = from.checked_sub(1).map_or(0, |outer| headings[outer].level);
        let below = headings[from..].iter().take_while(|heading| heading.level > level).count();
        // A repeated heading has another id than its text gives.
        let wanted = slug(inner);
        let is_it = |heading: &HeadingInfo| !heading.id.is_empty() && slug(&heading.text) == wanted;
        let index = headings[from..from + below].iter().position(is_it)?;
        Some(Heading::At((from + index) as u32))
    })
}

fn find_one_heading(headings: &[HeadingInfo], fragment: &str) -> Option<Heading> {
    let at = |found: Option<usize>| found.map(|index| Heading::At(index as u32));
    let by = |wanted: &str| {
        let shown = |heading: &&HeadingInfo| !heading.id.is_empty();
        let exact = at(headings.iter().position(|heading| shown(&heading) && *heading.id == *wanted));
        let as_written = |heading: &HeadingInfo| heading.source_slug.as_deref() == Some(wanted);
        let is_title =
            |heading: &HeadingInfo| heading.level == 1 && (as_written(heading) || slug(&heading.text) == wanted);
        exact
            .or_else(|| at(headings.iter().position(|heading| shown(&heading) && as_written(heading))))
            .or_else(|| headings.iter().any(is_title).then_some(Heading::Top))
    };
    by(fragment).or_else(|| by(&slug(fragment)))
}

/// The heading id nearest to `fragment`.
pub fn nearest_heading(headings: &[HeadingInfo], fragment: &str) -> Option<String> {
    // More than anybody writes by hand; each broken anchor is held against them all.
    const MOST: usize = 1000;
    suggest::nearest(fragment, headings.iter().map(|heading| &*heading.id).filter(|id| !id.is_empty()).take(MOST))
}

fn wiki_asset(path: &str, to: &Destinations) -> Option<Target> {
    let exact = to.stack.files.get_key_value(path).map(|(path, _)| path);
    let path = exact.or_else(|| to.bare_names.path(path)).filter(|path| !path.ends_with(".md"))?;
    Some(Target::Asset { path: Arc::clone(path), fragment: None })
}

/// Of the files that `fits` lets pass.
fn nearest_path(path: &str, place: Place, to: &Destinations, fits: impl Fn(&str) -> bool) -> Option<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside =
        to.stack.files.range::<str, _>((Bound::Included(folder), Bound::Unbounded)).take(500).map(|(path, _)| &**path);
    let nearest = suggest::nearest(path, beside.filter(|path| fits(path)))?;
    Some(relative(&place.source.path, &nearest))
}

//! The edition's files to an outline: which are published, in which section, and as what kind.
//!
//! This needs no file's text, only names and settings, so it comes before parsing: the kind of a file
//! decides how its front matter is read.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use crate::diagnostic::fault::Occupant;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::Files;
use crate::model::Kind;
use crate::model::handbook::Handbook;
use crate::model::id::{slug, split_order};

/// Which files are published, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Outline {
    /// Sections in reading order.
    pub sections: Vec<SectionPlan>,
    /// Published Markdown files in order of path.
    pub files: Vec<Placed>,
}

/// A section as planned by `handbook.yaml` or, without `sections`, by a top folder.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SectionPlan {
    /// Folder on disk.
    pub folder: String,
    /// Folder in addresses and ids.
    pub slug: String,
    /// Kind of its items.
    pub kind: Kind,
    /// Title from `handbook.yaml`.
    pub title: Option<String>,
}

/// A published Markdown file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Placed {
    /// Path inside the layer.
    pub path: Arc<str>,
    /// Its section; none for files at the root.
    pub section: Option<usize>,
    /// Its kind: the section's, or `Page` for an `index.md`.
    pub kind: Kind,
}

/// Arranges the `files` of an edition; warns of Markdown files outside the sections.
pub fn arrange(handbook: &Handbook, files: &Files) -> (Outline, Vec<Diagnostic>) {
    let sections = if handbook.sections.is_empty() { folders_as_sections(files) } else { planned_sections(handbook) };
    let by_folder: HashMap<&str, usize> =
        sections.iter().enumerate().map(|(index, section)| (section.folder.as_str(), index)).collect();
    let mut placed = Vec::new();
    let mut diagnostics = clashes(&sections, files);
    for (path, file) in files {
        if !path.ends_with(".md") || file.source().is_none() {
            continue;
        }
        let (folder, name) = path.split_once('/').unwrap_or(("", path));
        let section = by_folder.get(folder).copied();
        let at_root = folder.is_empty() && (handbook.sections.is_empty() || name == "index.md");
        if section.is_none() && !at_root {
            let folder = folder.to_owned();
            diagnostics.push(Diagnostic::new(Fault::OutsideSections { folder }, &file.shown, 0..0));
            continue;
        }
        let is_index = path.ends_with("/index.md") || &**path == "index.md";
        let kind = match section {
            Some(section) if !is_index => sections[section].kind,
            _ => Kind::Page,
        };
        placed.push(Placed { path: Arc::clone(path), section, kind });
    }
    (Outline { sections, files: placed }, diagnostics)
}

/// Sections on an address that another has already, each told of at its first file. `config` keeps those that are
/// planned apart, so these are folders.
fn clashes(sections: &[SectionPlan], files: &Files) -> Vec<Diagnostic> {
    let first_file = |section: &SectionPlan| {
        let path = format!("{}/", section.folder);
        let from = (Bound::Included(path.as_str()), Bound::Unbounded);
        let inside = files.range::<str, _>(from).take_while(|(file, _)| file.starts_with(&path));
        inside.map(|(_, file)| file).find(|file| file.path.ends_with(".md"))
    };
    let mut at_address: HashMap<&str, &SectionPlan> = HashMap::new();
    let mut diagnostics = Vec::new();
    for section in sections {
        let first = *at_address.entry(&section.slug).or_insert(section);
        if first.folder != section.folder
            && let (Some(file), Some(first_file)) = (first_file(section), first_file(first))
        {
            let other = Occupant::Section(first.folder.clone());
            let fault = Fault::AddressClash { address: format!("{}/index.html", section.slug), other };
            let fault = Diagnostic::new(fault, &file.shown, 0..0);
            diagnostics.push(fault.and_at(&first_file.shown, 0..0, "the first section on this address"));
        }
    }
    diagnostics
}

fn planned_sections(handbook: &Handbook) -> Vec<SectionPlan> {
    let plan =
        |folder: &str, kind, title| SectionPlan { folder: folder.to_owned(), slug: folder_slug(folder), kind, title };
    handbook.sections.iter().map(|section| plan(&section.folder, section.kind, section.title.clone())).collect()
}

fn folders_as_sections(files: &Files) -> Vec<SectionPlan> {
    let folders: BTreeSet<&str> = files
        .keys()
        .filter(|path| path.ends_with(".md"))
        .filter_map(|path| path.split_once('/').map(|(folder, _)| folder))
        .collect();
    let mut folders: Vec<&str> = folders.into_iter().collect();
    folders.sort_by_key(|folder| (split_order(folder).0.unwrap_or(i64::MAX), *folder));
    let plan = |folder: &str| SectionPlan {
        folder: folder.to_owned(),
        slug: folder_slug(folder),
        kind: Kind::Page,
        title: None,
    };
    folders.into_iter().map(plan).collect()
}

fn folder_slug(folder: &str) -> String {
    let slug = slug(split_order(folder).1);
    if slug.is_empty() { "-".to_owned() } else { slug }
}

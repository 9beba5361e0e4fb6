//! `vaert new`: a kind and a title become a file in the section of that kind.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use serde::Deserialize;

use super::skeleton::{self, Values};
use super::{Outcome, init, locate, report};
use crate::config;
use crate::language::TermIndex;
use crate::layer::{self, Files};
use crate::load::{SETTINGS, load};
use crate::model::address::{HOME, program_page};
use crate::model::handbook::Handbook;
use crate::model::id::{item_id, slug, split_order};
use crate::model::{Kind, windows};
use crate::snapshot::Content;
use crate::source::Source;

/// The longest file stem made from a title, in letters.
const LONGEST_STEM: usize = 80;

/// Add an item to a handbook
///
/// Writes a file into the section of its kind, after the last item there, with all that the kind needs. Prints the
/// file's path, and says what else to do where one file cannot meet every rule. Never overwrites.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert new exercise Kameraet
  vaert new principle Vi går med --handbook haandbog")]
pub(super) struct Arguments {
    /// What it is
    #[arg(value_parser = kinds())]
    kind: Kind,
    /// Its title, in one word or more; the file is named after it
    #[arg(required = true)]
    title: Vec<String>,
    /// Folder that holds `handbook.yaml` [default: `.` or `content`, whichever does]
    #[arg(long, value_name = "DIR")]
    handbook: Option<PathBuf>,
}

/// An item that is there, as far as a new one needs to know.
struct Item<'a> {
    path: &'a Arc<str>,
    id: String,
    order: Option<i64>,
    is_published: bool,
}

/// The keys of front matter that matter here.
#[derive(Deserialize, Default)]
struct Keys {
    order: Option<i64>,
    draft: Option<bool>,
    audience: Option<String>,
    moved_from: Option<OneOrMore>,
}

/// A text or a list of texts.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn holds(&self, text: &str) -> bool {
        match self {
            OneOrMore::One(one) => one == text,
            OneOrMore::More(all) => all.iter().any(|one| one == text),
        }
    }
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let kind = arguments.kind;
    let title = written(&arguments.title.join(" "));
    if slug(&title).is_empty() || title.chars().any(char::is_control) {
        bail!("a file cannot be named after `{}`\nhelp: give a title with letters or digits", title.escape_debug());
    }
    let named: Vec<PathBuf> = arguments.handbook.iter().cloned().collect();
    let handbook = locate::handbooks(&named)?.into_iter().next().unwrap_or_default();
    let snapshot = load(&handbook, None)?;
    let layer = snapshot.layers.first().ok_or_else(|| anyhow!("the handbook has no folder"))?;
    // Faults in the settings are for `check` to tell; what can be read is enough here.
    let sources: Vec<&Source> = snapshot.layers.iter().map(|layer| &layer.settings).collect();
    let (settings, _) = config::read(&sources, &layer.folder);
    let (stack, _) = layer::stack(&snapshot.layers, &settings);
    let written_terms = settings.layers.iter().map(|layer| &layer.terms);
    let terms = TermIndex::new(written_terms, &settings.handbook.terms, settings.handbook.language);
    let settings = settings.handbook;
    let folder = folder_of(kind, &settings)?;

    let siblings = items(&stack.files, folder);
    let path = path_for(&title, folder);
    let id = item_id(&path);
    if let Some(twin) = siblings.iter().find(|item| item.id == id) {
        bail!("`{}` has the id `{id}` already\nhelp: choose another title", twin.path);
    }
    if let Some(mover) = moved_from(&stack.files, &id) {
        bail!("`{mover}` had the id `{id}`, whose address leads there\nhelp: choose another title");
    }
    let values = Values {
        title: skeleton::escaped(&title, &terms),
        order: siblings.iter().filter_map(|item| item.order).max().unwrap_or(0).saturating_add(1),
        principle: first_of(Kind::Principle, &stack.files, &settings),
        support: first_of(Kind::Case, &stack.files, &settings)
            .or_else(|| first_of(Kind::Exercise, &stack.files, &settings)),
    };
    let place = handbook.join(&path);
    init::write_new(&place, skeleton::text(kind, settings.language, &values).as_bytes())?;
    let shown = place.strip_prefix(".").unwrap_or(&place);
    report::to_stdout(&format!("{}\n", shown.display()))?;
    if let Some(next) = next(kind, &id, &values) {
        report::to_stderr(&format!("next: {next}\n"));
    }
    Ok(Outcome::Fine)
}

/// Returns the title on one line, without characters that YAML does not allow.
fn written(title: &str) -> String {
    let is_taken = |letter: &char| u32::from(*letter) & 0xfffe != 0xfffe && *letter != '\u{feff}';
    title.replace(['\u{2028}', '\u{2029}'], " ").trim().chars().filter(is_taken).collect()
}

/// Returns the path of the new item: named after its title, with a number appended if no page can have that name.
fn path_for(title: &str, folder: &str) -> String {
    let stem = shortened(slug(title));
    let path = |stem: &str| if folder.is_empty() { format!("{stem}.md") } else { format!("{folder}/{stem}.md") };
    let numbered = (1_u32..).map(|number| path(&format!("{stem}-{number}")));
    [path(&stem)].into_iter().chain(numbered).find(|path| can_be_page(path)).unwrap_or_else(|| path(&stem))
}

/// Returns whether a page may have the address that belongs to `path`.
fn can_be_page(path: &str) -> bool {
    let address = format!("{}.html", item_id(path));
    let is_index = address == HOME || address.ends_with("/index.html");
    !is_index && program_page(&address).is_none() && windows::reserved_part(&address).is_none()
}

/// Shortens a slug so that every file name made from it is valid; it is cut between two words if there are any.
fn shortened(mut slug: String) -> String {
    if slug.len() > LONGEST_STEM {
        slug.truncate(LONGEST_STEM + 1);
        slug.truncate(slug.rfind('-').unwrap_or(LONGEST_STEM));
    }
    slug
}

/// Returns the file of the item that once had this id.
fn moved_from<'f>(files: &'f Files, id: &str) -> Option<&'f Arc<str>> {
    let has_moved = |text: &str| keys(text).moved_from.is_some_and(|old| old.holds(id));
    let mut files = files.values().filter(|file| file.path.ends_with(".md"));
    files.find(|file| matches!(&file.content, Content::Text(text) if has_moved(text))).map(|file| &file.path)
}

/// The folder for new items of a kind; empty is the handbook's own.
fn folder_of(kind: Kind, settings: &Handbook) -> Result<&str> {
    match settings.sections.iter().find(|section| section.kind == kind) {
        Some(section) => Ok(section.folder.trim_matches('/')),
        None if kind == Kind::Page && settings.sections.is_empty() => Ok(""),
        None => bail!(
            "the handbook has no section of kind `{0}`\nhelp: add one under `sections` in `{SETTINGS}`: `- {{ folder: \
             …, kind: {0}, title: … }}`",
            kind.name()
        ),
    }
}

/// The items in a folder and the folders in it, without the section's own text.
fn items<'a>(files: &'a Files, folder: &str) -> Vec<Item<'a>> {
    let inside = |path: &str| match folder {
        "" => !path.contains('/'),
        _ => path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') && rest != "/index.md"),
    };
    files
        .values()
        .filter(|file| file.path.ends_with(".md") && inside(&file.path))
        .filter_map(|file| match &file.content {
            Content::Text(text) => Some((&file.path, keys(text))),
            _ => None,
        })
        .map(|(path, keys)| Item {
            path,
            id: item_id(path),
            order: keys.order.or_else(|| split_order(path.rsplit('/').next().unwrap_or_default()).0),
            is_published: keys.draft != Some(true) && keys.audience.is_none(),
        })
        .collect()
}

/// The id of the first published item of a kind, in the order that readers see.
fn first_of(kind: Kind, files: &Files, settings: &Handbook) -> Option<String> {
    let folder = folder_of(kind, settings).ok()?;
    items(files, folder)
        .into_iter()
        .filter(|item| item.is_published)
        .min_by_key(|item| (item.order.is_none(), item.order, Arc::clone(item.path)))
        .map(|item| item.id)
}

/// The keys of an item's front matter; none where there is none that can be read.
fn keys(text: &str) -> Keys {
    let text = text.replace("\r\n", "\n");
    let yaml = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---"));
    yaml.and_then(|(yaml, _)| serde_yaml::from_str(yaml).ok()).unwrap_or_default()
}

/// Returns the next step that the rules require and that one new file cannot provide.
fn next(kind: Kind, id: &str, values: &Values) -> Option<String> {
    match kind {
        Kind::Principle => Some(format!("name `{id}` under `principles` in an exercise and in a chapter of the story")),
        Kind::Concept => Some(format!(
            "use the word in a text, or name `{id}` under `concepts` in a principle, and add its inflected forms"
        )),
        Kind::Exercise if values.principle.is_none() => {
            Some("write a principle (`vaert new principle TITLE`), and name it under `principles`".to_owned())
        }
        Kind::Conclusion if values.support.is_none() => {
            Some("name what carries the conclusion under `supports`".to_owned())
        }
        _ => None,
    }
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .try_map(|name| Kind::from_name(&name).ok_or("there is no such kind"))
}

//! `vaert init`: a folder becomes a small handbook that builds without a warning.

use std::borrow::Cow;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::ValueEnum;
use include_dir::{Dir, include_dir};

use super::{Outcome, edition, report};
use crate::load::SETTINGS;

static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// Start a new handbook
///
/// Writes a small handbook with at least one item of each kind, which builds without a warning. Change it piece by piece into
/// your own. Files that are there already are never overwritten.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert init                            in this folder
  vaert init haandbog --language en     in the folder `haandbog`, in English
  vaert init nordby --extends content   an edition of the handbook in `content`, for a client")]
pub(super) struct Arguments {
    /// The handbook's folder; made if need be
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Language of the handbook
    #[arg(long, value_enum, default_value = "da")]
    language: StarterLanguage,
    /// Start an edition of the handbook in this folder instead, with nothing of its own yet
    #[arg(long, value_name = "HANDBOOK", conflicts_with = "language")]
    extends: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum StarterLanguage {
    Da,
    En,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let folder = &arguments.folder;
    let language = match arguments.language {
        StarterLanguage::Da => "da",
        StarterLanguage::En => "en",
    };
    let edition = arguments.extends.as_ref().map(|base| edition::settings(base, folder)).transpose()?;
    let files = match &edition {
        Some(settings) => vec![(Path::new(SETTINGS), settings.as_bytes())],
        None => files(language),
    };
    if folder.join(SETTINGS).symlink_metadata().is_ok() {
        bail!(
            "there is a handbook in `{}` already, so nothing was written\nhelp: `vaert new` adds items to it",
            folder.display()
        );
    }
    if let Some((path, _)) = files.iter().find(|(path, _)| folder.join(path).symlink_metadata().is_ok()) {
        bail!(
            "there is a file `{}` already, so nothing was written\nhelp: start the handbook in an empty folder",
            folder.join(path).display()
        );
    }
    for (path, text) in &files {
        write_new(&folder.join(path), text)?;
    }
    let (shown, argument) = match folder.as_path() {
        folder if folder == Path::new(".") => ("this folder".to_owned(), String::new()),
        folder => (format!("`{}`", folder.display()), format!(" {}", quoted(&folder.display().to_string()))),
    };
    report::to_stdout(&format!(
        "wrote {} in {shown}\nnext: `vaert build{argument}`, and open `index.html` in the folder that it names\n",
        report::count(files.len(), "file")
    ))?;
    Ok(Outcome::Fine)
}

/// `path` as a shell takes it for one word.
fn quoted(path: &str) -> Cow<'_, str> {
    if path.chars().any(|c| !c.is_alphanumeric() && !"-_./\\:".contains(c)) {
        Cow::Owned(format!("\"{path}\""))
    } else {
        Cow::Borrowed(path)
    }
}

/// Writes a file that is not there yet, and its folders.
///
/// # Errors
/// Where it is there, or cannot be written.
pub(super) fn write_new(path: &Path, text: &[u8]) -> Result<()> {
    let write = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        std::io::Write::write_all(&mut fs::File::create_new(path)?, text)
    };
    write().map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            anyhow!("`{}` is there already, and was left alone\nhelp: choose another name", path.display())
        }
        _ => anyhow!("could not write `{}`: {error}\nhelp: check that you may write there", path.display()),
    })
}

/// The starter's files in order of path; `handbook.yaml` last, so that a folder half written is no handbook yet.
fn files(language: &str) -> Vec<(&'static Path, &'static [u8])> {
    let mut files = Vec::new();
    let mut folders: Vec<&Dir> = STARTER.get_dir(language).into_iter().collect();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(
            folder.files().filter_map(|file| Some((file.path().strip_prefix(language).ok()?, file.contents()))),
        );
    }
    files.sort_by_key(|(path, _)| (*path == Path::new(SETTINGS), *path));
    files
}

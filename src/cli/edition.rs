//! A base handbook and a new folder become the `handbook.yaml` of an edition.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result};

use super::skeleton::{escaped, filled};
use crate::config;
use crate::language::TermIndex;
use crate::load::load;
use crate::model::handbook::Language;
use crate::source::Source;

const DANISH: &str = "\
# En udgave af en anden håndbog. Alt, der ikke står her, er som i den, der bygges på.
extends: EXTENDS

# Logo, farver og navne. Det, der mangler, er som i den, der bygges på.
brand:
  organisation: ORGANISATION

# Ord, som kun denne udgave må rumme: `vaert check` på flere udgaver leder efter dem i de andre.
private: [PRIVATE]

# Andre ord i hele håndbogen, med alle former:
# terms:
#   borger: { gender: en, forms: [gæst, gæsten, gæster, gæsterne] }

# Sider og afsnit, der ikke skal med, med deres id:
# omit: [oevelser/filmet-samspil]

# En fil i samme mappe og med samme navn som en i grundlaget erstatter den; andre kommer til.
";

const ENGLISH: &str = "\
# An edition of another handbook. All that is not said here is as in the one that it extends.
extends: EXTENDS

# Logo, colours and names. What is missing is as in the one that is extended.
brand:
  organisation: ORGANISATION

# Words that only this edition may hold: `vaert check` of several editions looks for them in the others.
private: [PRIVATE]

# Other words in the whole handbook, with all forms:
# terms:
#   guest: { article: a, forms: [patron, patrons] }

# Pages and sections to leave out, by their ids:
# omit: [exercises/filmed]

# A file in the same folder and with the same name as one of the base replaces it; others are added.
";

/// Returns the text of `handbook.yaml` for an edition in `folder`, which need not exist yet, of the handbook in `base`.
///
/// # Errors
/// Returns an error if there is no handbook in `base`.
pub(super) fn settings(base: &Path, folder: &Path) -> Result<String> {
    let snapshot = load(base, None)?;
    let sources: Vec<&Source> = snapshot.layers.iter().map(|layer| &layer.settings).collect();
    let (settings, _) = config::read(&sources, "");
    let unreadable = || format!("could not find the way from `{}` to `{}`", folder.display(), base.display());
    let whole = real(folder).with_context(unreadable)?;
    let extends = way(&whole, &base.canonicalize().with_context(unreadable)?);
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut letters = name.chars();
    let organisation: String =
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>().replace('-', " ");
    let text = if settings.handbook.language == Language::Danish { DANISH } else { ENGLISH };
    let terms = TermIndex::new(
        settings.layers.iter().map(|layer| &layer.terms),
        &settings.handbook.terms,
        settings.handbook.language,
    );
    let private = if config::is_private_word(&organisation) { quoted(&organisation)? } else { String::new() };
    let values = [quoted(&extends)?, quoted(&escaped(&organisation, &terms))?, private];
    let names = ["EXTENDS", "ORGANISATION", "PRIVATE"];
    let fills: Vec<(&str, Option<&String>)> = names.into_iter().zip(values.iter().map(Some)).collect();
    Ok(filled(text, &fills))
}

/// `text` as YAML: in quotes, where it may be more than a word.
fn quoted(text: &str) -> Result<String> {
    let is_plain = text.starts_with(|c: char| c.is_alphabetic() || c == '.')
        && text.chars().all(|c| c.is_alphanumeric() || "./-_".contains(c));
    if is_plain { Ok(text.to_owned()) } else { Ok(serde_json::to_string(text)?) }
}

/// The place of a folder that may not be there yet, links above it followed.
fn real(folder: &Path) -> std::io::Result<PathBuf> {
    let whole = std::path::absolute(folder)?;
    let there = whole.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    Ok(match there {
        Some((above, real)) => real.join(whole.strip_prefix(above).unwrap_or(Path::new(""))),
        None => whole,
    })
}

/// The way from one folder to another, `/` between its parts.
fn way(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<Component>, Vec<Component>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    let down = to[shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

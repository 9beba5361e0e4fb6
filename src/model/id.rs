//! Slugs, ids and order numbers, made from file names and headings.

use std::borrow::Cow;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// A slug of `text`: NFC, lower case, æ ø å to ae oe aa, other letters to ASCII, all else to single `-`.
///
/// Empty where `text` has no letter or digit.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    if text.is_ascii() {
        push_slug(&mut slug, text);
    } else {
        match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => text.chars().for_each(|letter| push_letter(&mut slug, letter)),
            IsNormalized::No | IsNormalized::Maybe => text.nfc().for_each(|letter| push_letter(&mut slug, letter)),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn push_letter(slug: &mut String, letter: char) {
    match letter {
        'æ' | 'Æ' => slug.push_str("ae"),
        'ø' | 'Ø' => slug.push_str("oe"),
        'å' | 'Å' => slug.push_str("aa"),
        _ if letter.is_ascii() => push_slug(slug, letter.encode_utf8(&mut [0; 4])),
        _ => letter.to_lowercase().for_each(|letter| match deunicode::deunicode_char(letter) {
            Some(ascii) if letter.is_alphanumeric() => push_slug(slug, ascii),
            _ => push_slug(slug, "-"),
        }),
    }
}

fn push_slug(slug: &mut String, ascii: &str) {
    for byte in ascii.bytes() {
        if byte.is_ascii_alphanumeric() {
            slug.push(byte.to_ascii_lowercase() as char);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
}

/// The most digits of an order number; more are a year, or the beginning of a date.
const MOST_ORDER_DIGITS: usize = 3;

/// Returns a file or folder name without its leading `NN-`, and that number.
///
/// `2024-05-01-moede` and `24-7` have no order number: one begins with a year, the other is a name of nothing but figures.
pub fn split_order(name: &str) -> (Option<i64>, &str) {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match name[digits..].strip_prefix('-') {
        Some(rest) if (1..=MOST_ORDER_DIGITS).contains(&digits) && is_name(rest) => (name[..digits].parse().ok(), rest),
        _ => (None, name),
    }
}

/// Returns whether `rest`, behind an order number, names something: it has a letter, or is a year.
fn is_name(rest: &str) -> bool {
    let stem = rest.strip_suffix(".md").unwrap_or(rest);
    stem.contains(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '.' | ' ' | '_'))
        || stem.len() == 4 && stem.bytes().all(|byte| byte.is_ascii_digit())
}

/// The id of the item in the Markdown file `path` (inside its layer): `folder/stem`, each part a slug
/// without its number.
///
/// A part without any letter or digit becomes `-`, so that the id never loses a folder.
pub fn item_id(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let mut id = String::with_capacity(stem.len());
    for part in stem.split('/') {
        if !id.is_empty() {
            id.push('/');
        }
        let slug = slug(split_order(part).1);
        id.push_str(if slug.is_empty() { "-" } else { &slug });
    }
    id
}

/// `path` with `.md` where it ends in that in other letter cases, as some programs on Windows name what they save.
pub fn with_small_ending(path: &str) -> Cow<'_, str> {
    match path.len().checked_sub(".md".len()).and_then(|at| path.split_at_checked(at)) {
        Some((stem, ending)) if ending != ".md" && ending.eq_ignore_ascii_case(".md") => format!("{stem}.md").into(),
        _ => path.into(),
    }
}

/// Whether `text` is written as an id is: parts with `/` between them, each the slug of itself.
pub fn is_id(text: &str) -> bool {
    text.split('/').all(|part| part == "-" || (!part.is_empty() && slug(part) == part))
}

/// Element ids that a page uses for itself.
pub const RESERVED_IDS: &[&str] =
    &["main", "sections", "agenda-title", "figures-title", "write-save", "finder", "chart-title", "chart-desc"];

/// What the element ids begin with that a page makes for its footnotes, WRITE fields and definitions.
pub const RESERVED_BEGINNINGS: &[&str] = &["fn-", "fnref-", "write-", "definition-"];

/// Whether a page may use the element id `id` for itself, so that no heading can have it.
pub fn is_reserved(id: &str) -> bool {
    RESERVED_IDS.contains(&id) || RESERVED_BEGINNINGS.iter().any(|beginning| id.starts_with(beginning))
}

/// Makes heading ids unique within a page: a repeat gets `-1`, `-2` and so on, as does what the page uses itself.
#[derive(Debug, Default)]
pub struct UniqueSlugs {
    taken: FxHashMap<String, u32>,
}

impl UniqueSlugs {
    /// `slug` itself the first time, then `slug-1`, `slug-2`; never one that was given before or is reserved.
    pub fn claim(&mut self, slug: &str) -> String {
        // No number leads away from a reserved beginning.
        let moved =
            RESERVED_BEGINNINGS.iter().any(|beginning| slug.starts_with(beginning)).then(|| format!("h-{slug}"));
        let slug = moved.as_deref().unwrap_or(if slug.is_empty() { "section" } else { slug });
        let mut unique = slug.to_owned();
        while is_reserved(&unique) || self.taken.contains_key(&unique) {
            let count = self.taken.entry(slug.to_owned()).or_default();
            *count += 1;
            unique.clear();
            let _ = write!(unique, "{slug}-{count}");
        }
        self.taken.insert(unique.clone(), 0);
        unique
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_speak_danish_in_either_normal_form() {
        assert_eq!(slug("Åbne døre & ærlig hjælp"), "aabne-doere-aerlig-hjaelp");
        assert_eq!(slug("A\u{30a}bne"), "aabne");
        assert_eq!(slug("  »Det gør vi allerede!« "), "det-goer-vi-allerede");
        assert_eq!(slug("Café Śmiech"), "cafe-smiech");
    }

    #[test]
    fn an_id_drops_numbers_and_keeps_folders() {
        assert_eq!(item_id("principper/01-Se borgeren.md"), "principper/se-borgeren");
        assert_eq!(item_id("2-b/10-2025.md"), "b/2025");
        assert_eq!(item_id("moeder/2024-05-01-moede.md"), "moeder/2024-05-01-moede");
        assert_eq!(item_id("aabent/24-7.md"), "aabent/24-7");
        assert_eq!(item_id("a/…/x.md"), "a/-/x");
    }

    #[test]
    fn an_id_is_its_own_slug() {
        assert!(["index", "principper/se", "a/-/b-2"].into_iter().all(is_id));
        assert!(!["", "/a", "a/", "a//b", "../a", "A", "a b", "a.html", "på"].into_iter().any(is_id));
    }

    #[test]
    fn repeats_of_a_heading_are_numbered() {
        let mut slugs = UniqueSlugs::default();
        let claimed: Vec<_> = ["a", "a", "a-1", "a"].map(|slug| slugs.claim(slug)).into();
        assert_eq!(claimed, ["a", "a-1", "a-1-1", "a-2"]);
    }

    #[test]
    fn headings_step_aside_for_the_page_s_own_ids() {
        let mut slugs = UniqueSlugs::default();
        let claimed: Vec<_> =
            ["main", "main", "write-1", "write-save", "writes", ""].map(|slug| slugs.claim(slug)).into();
        assert_eq!(claimed, ["main-1", "main-2", "h-write-1", "h-write-save", "writes", "section"]);
    }
}

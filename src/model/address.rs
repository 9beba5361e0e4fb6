//! Addresses that the program itself takes, with the page that stands at each; and addresses compared.

use std::borrow::Cow;

/// Address of the front page.
pub const HOME: &str = "index.html";
/// Address of the finder for exercises.
pub const FINDER: &str = "finder.html";
/// Address of the glossary.
pub const GLOSSARY: &str = "glossary.html";
/// Address of the search page.
pub const SEARCH: &str = "search.html";
/// Address of the register.
pub const REGISTER: &str = "register.html";
/// Address of the list of print-outs.
pub const PRINT_OUTS: &str = "print.html";
/// Address of the page for addresses that are not there.
pub const NOT_FOUND: &str = "404.html";
/// Address of the page of what is new.
pub const NEWS: &str = "news.html";
/// Address of the sitemap.
pub const SITEMAP: &str = "sitemap.xml";

/// Returns the name of the program's own page at `address`, which every handbook has or keeps free; `None` if items may
/// use the address.
///
/// The front page is not among them: its text is an item, `index.md`.
pub fn program_page(address: &str) -> Option<&'static str> {
    match address {
        FINDER => Some("the finder for exercises"),
        GLOSSARY => Some("the glossary"),
        NOT_FOUND => Some("the page for addresses that are not there"),
        SEARCH => Some("the search page"),
        NEWS => Some("the page of what is new"),
        REGISTER => Some("the register"),
        PRINT_OUTS => Some("the print-outs"),
        _ => None,
    }
}

/// The longest name of a file or folder in bytes: the limit of ext4, APFS and, in UTF-16 units, NTFS.
pub const LONGEST_NAME: usize = 255;

/// Returns the first part of `path` that is too long to be the name of a file or folder.
pub fn too_long_part(path: &str) -> Option<&str> {
    // A path within the limit has no part beyond it.
    (path.len() > LONGEST_NAME).then(|| path.split('/').find(|part| part.len() > LONGEST_NAME)).flatten()
}

/// The text in lower case, by itself where it is that already: addresses are, but for what no Latin letters stand for.
pub fn in_lower_case(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        Cow::Owned(text.to_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns the scheme of a URL. A drive letter is none, nor is what stands before a colon behind a slash.
pub fn scheme_of(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let valid = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    valid.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_schemes_are_schemes() {
        assert_eq!(scheme_of("javascript:x"), Some("javascript"));
        assert_eq!(scheme_of("a/b:c"), None);
        assert_eq!(scheme_of("c:/x"), None);
    }
}

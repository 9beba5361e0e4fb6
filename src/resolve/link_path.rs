//! What is written as a link's target to a path inside the layer, and back.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::model::id::with_small_ending;

/// The path of file `to` as it is written in a link in file `from`.
pub fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = vec![".."; from.len() - shared];
    [up.as_slice(), &to[shared..]].concat().join("/")
}

/// The path that a target names, and the heading behind its `#`; both decoded.
pub fn split_fragment(target: &str) -> (Cow<'_, str>, Option<String>) {
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment).into_owned())),
        None => (target, None),
    };
    (decode(path), fragment)
}

/// The name of the file that the target of a link leads to, wherever that lies.
pub fn file_name(target: &str) -> String {
    let (path, _) = split_fragment(target);
    let path = path.split_once('?').map_or(&*path, |(path, _)| path);
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// Percent-decoding to NFC; what decodes to no text stays as it is.
fn decode(text: &str) -> Cow<'_, str> {
    let decoded = if text.contains('%') {
        match percent_encoding::percent_decode_str(text).decode_utf8() {
            Ok(decoded) => Cow::Owned(decoded.into_owned()),
            Err(_) => Cow::Borrowed(text),
        }
    } else {
        Cow::Borrowed(text)
    };
    if is_nfc(&decoded) { decoded } else { Cow::Owned(decoded.nfc().collect()) }
}

/// `path` as seen from the file `from`, as a path inside the layer; nothing where it leads out of it.
/// A leading `/` means the handbook's own root.
pub fn normalise(from: &str, path: &str) -> Option<String> {
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let folder = if path.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut whole = String::with_capacity(folder.len() + 1 + path.len());
    whole.push_str(folder);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if whole.is_empty() => return None,
            ".." => whole.truncate(whole.rfind('/').unwrap_or(0)),
            part => {
                if !whole.is_empty() {
                    whole.push('/');
                }
                whole.push_str(part);
            }
        }
    }
    // As `load` has it.
    Some(with_small_ending(&whole).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_file_and_stay_inside() {
        assert_eq!(normalise("a/b.md", "../c/d.md").as_deref(), Some("c/d.md"));
        assert_eq!(normalise("a/b.md", "./d.md?x=1").as_deref(), Some("a/d.md"));
        assert_eq!(normalise("a/b.md", "/d.md").as_deref(), Some("d.md"));
        assert_eq!(normalise("a/b.md", "../../d.md"), None);
        assert_eq!(normalise("a/b.md", "D.MD").as_deref(), Some("a/D.md"));
        assert_eq!(relative("a/b.md", "c/d.md"), "../c/d.md");
        assert_eq!(relative("a/b.md", "a/d.md"), "d.md");
    }
}

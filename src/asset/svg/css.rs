//! Cleans the style sheets of a drawing: comments are removed, images in data URLs lose their metadata.

use std::borrow::Cow;

use super::super::data_url;

/// Returns a style sheet, or a value that may hold CSS, without comments and with its images cleaned.
///
/// # Errors
/// Returns the reason in words that end the sentence "the SVG …".
pub(super) fn clean(css: &str) -> Result<Cow<'_, str>, String> {
    if !css.contains("/*") && !css.to_ascii_lowercase().contains("data:image/") {
        return Ok(css.into());
    }
    clean_images(&without_comments(css)).map(Cow::Owned)
}

/// Replaces each comment with a space, so that the text on both sides stays apart.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '\\', '/']) {
        let (before, from) = rest.split_at(at);
        kept.push_str(before);
        let end = match from.as_bytes()[0] {
            b'/' if from.starts_with("/*") => {
                kept.push(' ');
                rest = from[2..].find("*/").map_or("", |end| &from[2 + end + 2..]);
                continue;
            }
            b'/' => 1,
            b'\\' => 1 + from[1..].chars().next().map_or(0, char::len_utf8),
            quote => string_end(from, quote),
        };
        kept.push_str(&from[..end]);
        rest = &from[end..];
    }
    kept + rest
}

/// Returns the end of the string that `text` begins with; an unclosed string ends with its line.
fn string_end(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() && bytes[at] != quote && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    text.ceil_char_boundary((at + 1).min(bytes.len()))
}

fn clean_images(css: &str) -> Result<String, String> {
    let lower = css.to_ascii_lowercase();
    let mut kept = String::with_capacity(css.len());
    let mut from = 0;
    for (at, _) in lower
        .match_indices("data:image/")
        .filter(|(at, _)| lower[..*at].trim_end_matches(['"', '\'', ' ']).ends_with("url("))
    {
        if at < from {
            continue;
        }
        let end = css[at..].find([')', '"', '\'']).map_or(css.len(), |end| at + end);
        kept.push_str(&css[from..at]);
        kept.push_str(&data_url::clean(&css[at..end]).map_err(|reason| super::with_image(&reason))?);
        from = end;
    }
    kept.push_str(&css[from..]);
    Ok(kept)
}

#[cfg(test)]
mod tests {
    #[test]
    fn comments_go_and_strings_stay() {
        for (css, expected) in [
            ("a{b:c}", "a{b:c}"),
            ("/* C:\\Users\\anna */a{b:c}", " a{b:c}"),
            ("a{content:'/* x */'}/*", "a{content:'/* x */'} "),
            ("u/**/rl(x)", "u rl(x)"),
            ("a{content:\"\\\"/*\"}/* æ */", "a{content:\"\\\"/*\"} "),
            ("/**/\\", " \\"),
        ] {
            assert_eq!(super::clean(css).as_deref(), Ok(expected), "{css}");
        }
    }
}

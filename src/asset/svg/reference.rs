//! Reads references to parts of a drawing as browsers do.

use percent_encoding::percent_decode_str;

/// Returns the id in an address inside the drawing, such as `#a`; `None` if the address leads elsewhere.
///
/// Browsers drop tabs and line ends, trim blanks, and decode percent signs.
pub(super) fn fragment(address: &str) -> Option<String> {
    let address: String = address.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect();
    let id = address.trim_matches(|letter: char| letter.is_whitespace() || letter.is_control()).strip_prefix('#')?;
    let id = percent_decode_str(id).decode_utf8_lossy();
    let pointed = id.strip_prefix("xpointer(id(").and_then(|rest| rest.split([')']).next());
    Some(pointed.map_or(&*id, |pointed| pointed.trim_matches(['"', '\'', ' '])).to_owned())
}

/// Returns the ids in `url(#…)`.
pub(super) fn references(css: &str) -> impl Iterator<Item = String> {
    let lower = if css.contains('(') { css.to_ascii_lowercase() } else { String::new() };
    let starts: Vec<usize> = lower.match_indices("url(").map(|(at, found)| at + found.len()).collect();
    starts.into_iter().filter_map(|start| {
        let address = css[start..].trim_start();
        let quote = address.chars().next().filter(|letter| matches!(letter, '"' | '\''));
        let address = quote.map_or(address, |_| &address[1..]);
        let end = address.find(|letter| quote.map_or(letter == ')', |quote| letter == quote));
        fragment(&address[..end.unwrap_or(address.len())])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_decoded_as_browsers_do() {
        for address in ["#å", " #å\n", "#%C3%A5", "#%c3%a5", "\t#\u{e5}", "#\n%C3\r%A5", "#xpointer(id('å'))"] {
            assert_eq!(fragment(address).as_deref(), Some("å"), "{address:?}");
        }
        assert_eq!(fragment("data:image/png,#a"), None);
    }

    #[test]
    fn references_are_found_in_any_spelling() {
        for css in ["url(#a)", "URL(#a)", "uRl( '#a' )", "url(\"#%61\")", "var(--x, url(\n#a\n))", "red url(#a"] {
            assert_eq!(references(css).collect::<Vec<_>>(), ["a"], "{css:?}");
        }
        assert_eq!(references("url('#a b') url(#c)").collect::<Vec<_>>(), ["a b", "c"]);
    }
}

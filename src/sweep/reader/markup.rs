//! Reads HTML, SVG and the XML of Office files as they are displayed: without tags, comments and escapes.
//!
//! Tags within a word join it (`<b>Nord</b>by`, the runs of a Word file, the letters of an SVG's `tspan`s); those that
//! begin a line, a paragraph or a cell separate words. The single pass never goes back, so its time is bounded by the
//! length.

use super::escapes::unescape;

/// Local names of elements that separate words. All others join them.
const SEPARATING: &[&str] = &[
    // HTML and SVG.
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "dd",
    "desc",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "img",
    "input",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "script",
    "section",
    "select",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "svg",
    // Word, Excel, PowerPoint.
    "cr",
    "tab",
    "tc",
    "si",
    "c",
    "row",
    "sheet",
    "definedName",
    "comment",
    "instrText",
    "cNvPr",
    "docPr",
    // OpenDocument.
    "h",
    "line-break",
    "table-cell",
    "table-row",
    "list-item",
    "annotation",
    // Sitemaps, feeds, metadata.
    "loc",
    "url",
    "entry",
    "item",
    "creator",
    "subject",
    "description",
    "keywords",
    "lastModifiedBy",
    "Company",
    "Manager",
];

/// Returns the text of `markup` as it is displayed.
pub fn displayed(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len() / 2);
    let mut rest = markup;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        text.push_str(&unescape(&rest[..at]));
        let tag = &rest[at..];
        let length = tag_length(tag);
        if length == 0 {
            text.push('<');
            rest = &tag[1..];
            continue;
        }
        if let Some(data) = tag.strip_prefix("<![CDATA[") {
            text.push_str(data[..length - "<![CDATA[".len()].trim_end_matches("]]>"));
        } else if separates(&tag[1..length]) {
            text.push('\n');
        }
        rest = &tag[length..];
    }
    text.push_str(&unescape(rest));
    text
}

/// Returns the length of the tag or comment at the start of `tag`; 0 if it is a mere `<`.
fn tag_length(tag: &str) -> usize {
    let until = |closer: &str| tag.find(closer).map_or(tag.len(), |at| at + closer.len());
    match tag.as_bytes().get(1) {
        _ if tag.starts_with("<!--") => until("-->"),
        _ if tag.starts_with("<![CDATA[") => until("]]>"),
        Some(first) if first.is_ascii_alphabetic() || matches!(first, b'/' | b'!' | b'?') => end_of_tag(tag.as_bytes()),
        _ => 0,
    }
}

/// Returns the offset after the `>` that ends a tag, ignoring those in quoted values.
fn end_of_tag(tag: &[u8]) -> usize {
    let mut quote = None;
    let mut last = b' ';
    for (at, byte) in tag.iter().copied().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    tag.len()
}

/// Returns whether a tag, given without its `<`, separates words. `<text:s/>` is a space, `<s>` is text that is struck
/// out.
fn separates(tag: &str) -> bool {
    let name = tag.trim_start_matches('/');
    let name = name.split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '>')).next().unwrap_or("");
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let is_listed = |name: &str| SEPARATING.contains(&name);
    (prefix == "text" && local == "s") || is_listed(local) || is_listed(&local.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_within_a_word_join_it_and_those_of_lines_and_cells_separate() {
        for (markup, text) in [
            ("<b>Nord</b>by", "Nordby"),
            ("<tspan x='1'>N</tspan><tspan>o</tspan>rd", "Nord"),
            ("Åby<br/>Bibliotek", "Åby\nBibliotek"),
            ("<td>a</td><td>b</td>", "\na\n\nb\n"),
            ("<w:t>Nord</w:t></w:r><w:proofErr w:type=\"a>b\"/><w:r><w:t>by</w:t>", "Nordby"),
            ("Åby<text:s/>Bibliotek<s>x</s>", "Åby\nBibliotekx"),
            ("a<!-- <p> b -->c<![CDATA[d<e]]>&shy;f", "acd<e\u{AD}f"),
            ("1 < 2 <3", "1 < 2 <3"),
            ("<a href='", ""),
        ] {
            assert_eq!(displayed(markup), text, "{markup}");
        }
    }
}

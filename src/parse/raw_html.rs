//! Raw HTML to harmless tags: what a page may hold without script, and what had to go.
//!
//! The sanitising is ammonia's. Its output is a regular text (every element closed, every attribute in
//! double quotes), which [`tokens`] takes apart again so that links and images in raw HTML become nodes of
//! the tree and are checked like all others.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::handbook::RawHtml;

/// HTML nested deeper loses its tags: a sanitiser's time grows with the square of the depth.
const MOST_LEVELS: usize = 500;

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// An opening tag; void elements have no closing one.
    Open {
        /// Name in lower case.
        tag: String,
        /// Attributes, values unescaped.
        attributes: Vec<(String, String)>,
    },
    /// A closing tag.
    Close(String),
    /// Text, unescaped.
    Text(String),
}

/// Sanitises `html` by itself. Gives its tokens and the names of the elements and attributes that had to go.
pub fn sanitise(html: &str, policy: RawHtml) -> (Vec<Token>, Vec<String>) {
    static SANITIZE: LazyLock<ammonia::Builder> = LazyLock::new(strict);
    static ALLOW: LazyLock<ammonia::Builder> = LazyLock::new(lenient);
    let written = tokens(html);
    if deepest(&written) > MOST_LEVELS {
        let text = written.iter().filter(|token| matches!(token, Token::Text(_))).cloned().collect();
        return (text, removed(&written, &[]));
    }
    let clean = match policy {
        RawHtml::Allow => ALLOW.clean(html),
        RawHtml::Sanitize | RawHtml::Forbid => SANITIZE.clean(html),
    };
    let kept = tokens(&clean.to_string());
    let removed = removed(&written, &kept);
    (kept, removed)
}

/// How deep elements are open inside each other at most. Those that a browser closes by itself do not count.
fn deepest(tokens: &[Token]) -> usize {
    let counts = |tag: &str| {
        let closes_itself = ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"];
        !is_void(tag) && !closes_itself.contains(&tag)
    };
    let (mut open, mut deepest) = (0_usize, 0);
    for token in tokens {
        match token {
            Token::Open { tag, .. } if counts(tag) => open += 1,
            Token::Close(tag) if counts(tag) => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// Whether an element has no content and no closing tag.
pub fn is_void(tag: &str) -> bool {
    matches!(tag, "area" | "br" | "col" | "hr" | "img" | "wbr")
}

/// Elements that hold blocks, so that no paragraph can hold them, and that end only where they are closed.
const CONTAINERS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "figure",
    "footer",
    "header",
    "nav",
    "ol",
    "section",
    "table",
    "ul",
];

/// Whether an element cannot stand inside a paragraph.
pub fn is_block(tag: &str) -> bool {
    let parts = ["dd", "dt", "figcaption", "h2", "h3", "h4", "h5", "h6", "hr", "li", "p", "pre", "summary"];
    let of_table = ["caption", "colgroup", "col", "tbody", "td", "tfoot", "th", "thead", "tr"];
    CONTAINERS.contains(&tag) || parts.contains(&tag) || of_table.contains(&tag)
}

/// The containers that a block of HTML opens and does not close.
pub fn left_open(html: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for token in tokens(html) {
        match token {
            Token::Open { tag, .. } if CONTAINERS.contains(&tag.as_str()) => open.push(tag),
            Token::Close(tag) => {
                if let Some(at) = open.iter().rposition(|opened| *opened == tag) {
                    open.remove(at);
                }
            }
            Token::Open { .. } | Token::Text(_) => {}
        }
    }
    open.into_iter().map(|tag| format!("<{tag}>")).collect()
}

fn strict() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    builder.link_rel(None).rm_tags(["h1", "center", "tt", "map", "area"]);
    builder
}

fn lenient() -> ammonia::Builder<'static> {
    let mut builder = strict();
    builder.add_tags(["section", "figure", "figcaption"]).add_generic_attributes(["class", "id", "role", "aria-label"]);
    builder
}

/// Takes HTML apart, leniently: whatever is no tag is text.
pub fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_text(&mut tokens, &rest[..at]);
        rest = &rest[at..];
        if !begins_tag(rest) {
            push_text(&mut tokens, "<");
            rest = &rest[1..];
            continue;
        }
        // What begins as a tag and is not closed holds no tag up to the end, as in a browser.
        let Some((token, length)) = read_tag(rest) else { break };
        tokens.push(token);
        rest = &rest[length..];
    }
    push_text(&mut tokens, rest);
    tokens
}

fn push_text(tokens: &mut Vec<Token>, text: &str) {
    if text.is_empty() {
        return;
    }
    let text = unescape(text);
    match tokens.last_mut() {
        Some(Token::Text(last)) => last.push_str(&text),
        _ => tokens.push(Token::Text(text)),
    }
}

fn begins_tag(html: &str) -> bool {
    let name = html[1..].strip_prefix('/').unwrap_or(&html[1..]);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn read_tag(html: &str) -> Option<(Token, usize)> {
    let closing = html[1..].starts_with('/');
    let name_start = if closing { 2 } else { 1 };
    let name_length = html[name_start..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let name = &html[name_start..name_start + name_length];
    let tag = name.to_ascii_lowercase();
    let mut at = name_start + name_length;
    let mut attributes = Vec::new();
    loop {
        at += html[at..].find(|c: char| !c.is_whitespace() && c != '/')?;
        if html[at..].starts_with('>') {
            let token = if closing { Token::Close(tag) } else { Token::Open { tag, attributes } };
            return Some((token, at + 1));
        }
        let name_end = at + html[at..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let name = html[at..name_end.max(at + 1)].to_ascii_lowercase();
        at = name_end.max(at + 1);
        let value = match html[at..].trim_start().strip_prefix('=') {
            Some(after) => {
                let after = after.trim_start();
                let (value, length) = read_value(after)?;
                at = html.len() - after.len() + length;
                value
            }
            None => String::new(),
        };
        attributes.push((name, value));
    }
}

fn read_value(text: &str) -> Option<(String, usize)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (start, end, length) = match quote {
        Some(quote) => {
            let end = 1 + text[1..].find(quote)?;
            (1, end, end + 1)
        }
        None => {
            let end = text.find(|c: char| c.is_whitespace() || c == '>')?;
            (0, end, end)
        }
    };
    Some((unescape(&text[start..end]), length))
}

/// Turns the entities that an HTML serialiser writes back into characters; others stay as they are.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

/// Elements that are not in `after`, and attributes of elements that are: those of an element that went go with it.
fn removed(before: &[Token], after: &[Token]) -> Vec<String> {
    let mut counts: BTreeMap<(&str, Option<&str>), (usize, usize)> = BTreeMap::new();
    for (tokens, is_after) in [(before, false), (after, true)] {
        for token in tokens {
            if let Token::Open { tag, attributes } = token {
                let names = attributes.iter().map(|(name, _)| Some(name.as_str()));
                for name in std::iter::once(None).chain(names) {
                    let (was, is) = counts.entry((tag, name)).or_default();
                    *(if is_after { is } else { was }) += 1;
                }
            }
        }
    }
    let is_gone = |tag: &str| counts.get(&(tag, None)).is_none_or(|(_, is)| *is == 0);
    let name_of = |(tag, name): &(&str, Option<&str>)| match name {
        None => Some(format!("<{tag}>")),
        Some(name) => (!is_gone(tag)).then(|| (*name).to_owned()),
    };
    counts.iter().filter(|(_, (was, is))| was > is).filter_map(|(what, _)| name_of(what)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_and_handlers_go_and_are_named() {
        let (kept, removed) =
            sanitise("<b onclick=\"x()\">hej</b><script src=\"a.js\">alert(1)</script>", RawHtml::Sanitize);
        assert_eq!(
            kept,
            [Token::Open { tag: "b".into(), attributes: vec![] }, Token::Text("hej".into()), Token::Close("b".into())]
        );
        assert_eq!(removed, ["onclick", "<script>"]);
    }

    #[test]
    fn a_javascript_link_loses_its_target() {
        let (kept, removed) = sanitise("<a href=\"javascript:alert(1)\">x</a>", RawHtml::Sanitize);
        assert_eq!(kept[0], Token::Open { tag: "a".into(), attributes: vec![] });
        assert_eq!(removed, ["href"]);
    }

    #[test]
    fn mangled_html_is_text() {
        assert_eq!(tokens("a < b <1> <"), [Token::Text("a < b <1> <".into())]);
        assert_eq!(tokens("a <b c='<i>"), [Token::Text("a <b c='<i>".into())]);
        let (kept, _) = sanitise("<<b>x", RawHtml::Sanitize);
        assert_eq!(kept[0], Token::Text("<".into()));
    }

    #[test]
    fn html_nested_too_deep_is_its_text() {
        let html = format!("<li>{}dybt{}", "<div>".repeat(501), "</div>".repeat(501));
        let (kept, removed) = sanitise(&html, RawHtml::Sanitize);
        assert_eq!((kept, removed), (vec![Token::Text("dybt".into())], vec!["<div>".to_owned(), "<li>".to_owned()]));
        assert_eq!(sanitise(&"<p>a".repeat(501), RawHtml::Sanitize).1, [""; 0]);
    }
}

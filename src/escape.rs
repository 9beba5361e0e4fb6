//! Text to HTML text.

/// Appends `text` with `&`, `<`, `>` and `"` escaped: safe between tags and in quoted attributes.
pub fn push_escaped(out: &mut String, text: &str) {
    if is_plain(text) {
        return out.push_str(text);
    }
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Appends ` name="value"`, the value escaped.
pub fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_escaped(out, value);
    out.push('"');
}

/// Whether nothing in `text` is ever escaped in HTML, which is so of almost all texts.
///
/// Bytes are looked at in blocks without a way out in the middle, of which the compiler makes a few instructions. The
/// last block reaches back into the one before.
pub fn is_plain(text: &str) -> bool {
    let is_special =
        |byte: &u8| (*byte == b'&') | (*byte == b'<') | (*byte == b'>') | (*byte == b'"') | (*byte == b'\'');
    let has_special = |block: &[u8; 16]| block.iter().fold(false, |found, byte| found | is_special(byte));
    let bytes = text.as_bytes();
    match bytes.last_chunk() {
        Some(last) => !bytes.as_chunks().0.iter().chain([last]).any(has_special),
        None => !bytes.iter().any(is_special),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_special_byte_is_escaped_wherever_it_stands() {
        for at in 0..40 {
            for (special, entity) in [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "'")] {
                let (before, after) = ("æ".repeat(at), "o".repeat(39 - at));
                let text = format!("{before}{special}{after}");
                let mut out = String::new();
                push_escaped(&mut out, &text);
                assert_eq!(out, format!("{before}{entity}{after}"));
                assert!(!is_plain(&text) && is_plain(&before) && is_plain(&after));
            }
        }
    }
}

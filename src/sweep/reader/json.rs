//! Reads the strings of JSON, and of a script that calls a function with one JSON literal, as they are displayed.
//!
//! Print views store the inline nodes of a paragraph as a list of objects: their strings are one text. All other values
//! in JSON are separate texts.

use serde_json::Value;

/// Kinds of inline nodes whose text belongs to the text around them. The text of a footnote does not.
const INLINE: [&str; 7] = ["code", "em", "strong", "strike", "element", "link", "break"];

/// Returns the strings of `text`; `None` if it is no JSON.
pub fn strings(text: &str) -> Option<String> {
    let literal = text.trim().trim_end_matches([';', ')']);
    let literal = literal.split_once('(').filter(|(name, _)| is_name(name)).map_or(literal, |(_, literal)| literal);
    if !literal.starts_with(['{', '[']) {
        return None;
    }
    let value: Value = serde_json::from_str(literal).ok()?;
    let mut strings = String::with_capacity(text.len());
    push_value(&mut strings, &value);
    Some(strings)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '.'))
}

fn push_value(strings: &mut String, value: &Value) {
    match value {
        Value::String(string) => push_line(strings, string),
        Value::Array(values) => {
            if values.iter().any(is_inline) {
                values.iter().for_each(|value| push_inline(strings, value));
                strings.push('\n');
            }
            values.iter().for_each(|value| push_value(strings, value));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            push_line(strings, name);
            push_value(strings, value);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn kind(value: &Value) -> Option<&str> {
    value.get("t")?.as_str()
}

fn is_inline(value: &Value) -> bool {
    kind(value).is_some_and(|kind| INLINE.contains(&kind))
}

/// Appends the text of a string or an inline node, without a separator after it.
fn push_inline(strings: &mut String, value: &Value) {
    match value {
        Value::String(string) => strings.push_str(string),
        Value::Array(values) => values.iter().for_each(|value| push_inline(strings, value)),
        Value::Object(_) if kind(value) == Some("break") => strings.push('\n'),
        Value::Object(fields) if is_inline(value) => {
            [fields.get("c"), fields.get("text")].into_iter().flatten().for_each(|value| push_inline(strings, value));
        }
        Value::Object(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn push_line(strings: &mut String, string: &str) {
    strings.push_str(string);
    strings.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_nodes_are_one_text_and_footnotes_apart() {
        let view = r#"{"body":[{"t":"par","c":["Nord",{"t":"em","c":["by"]},{"t":"note","c":[{"t":"par","c":["x"]}]},"s",{"t":"break"},"Bibliotek"]}]}"#;
        assert!(strings(view).unwrap().contains("\nNordbys\nBibliotek\n"));
        assert!(strings("vaertSearchStart({\"text\":\"a\\u00e5\"});\n").unwrap().contains("\naå\n"));
        assert_eq!(strings("if (x) { y }"), None);
        assert_eq!(strings("body { color: red }"), None);
    }
}

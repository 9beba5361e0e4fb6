//! A kind and a few values become the text of a new item.

use crate::language::{TermIndex, fill_text};
use crate::model::Kind;
use crate::model::handbook::Language;

/// Values for the placeholders of the skeletons. Lines that need a missing value are left out.
pub(super) struct Values {
    /// As given by the user.
    pub(super) title: String,
    /// After the last item of the section.
    pub(super) order: i64,
    /// Id of a principle to name.
    pub(super) principle: Option<String>,
    /// Id of an item that can carry a conclusion.
    pub(super) support: Option<String>,
}

/// The text of a new item, which builds without warnings as far as one file can.
pub(super) fn text(kind: Kind, language: Language, values: &Values) -> String {
    // JSON's strings are YAML's double-quoted ones, so that any title can stand there.
    let title = serde_json::Value::String(values.title.clone()).to_string();
    let order = values.order.to_string();
    let fills = [
        ("@TITLE@", Some(&title)),
        ("@ORDER@", Some(&order)),
        ("@PRINCIPLE@", values.principle.as_ref()),
        ("@SUPPORT@", values.support.as_ref()),
    ];
    filled(skeleton(kind, language), &fills)
}

/// Returns `template` with its names replaced by their values, one name a line, so that a value that looks like another
/// name is not filled again. A line whose name has no value is left out.
pub(super) fn filled(template: &str, fills: &[(&str, Option<&String>)]) -> String {
    let mut text = String::new();
    for line in template.lines() {
        match fills.iter().find(|(name, _)| line.contains(name)) {
            None => text.push_str(line),
            Some((name, Some(value))) => text.push_str(&line.replace(name, value)),
            Some((_, None)) => continue,
        }
        text.push('\n');
    }
    text
}

/// Escapes the beginnings of unknown terms and of comments in a title, or in any other text of front matter and
/// settings.
pub(super) fn escaped(title: &str, terms: &TermIndex) -> String {
    let mut text = title.to_owned();
    let (_, unknown) = fill_text(title, terms);
    unknown.iter().rev().for_each(|(range, _)| text.insert(range.start, '\\'));
    // Another backslash would undo the escape of a mark that is already escaped.
    while text.contains("\\%") || text.contains("\\<") {
        text = text.replace("\\%", "%").replace("\\<", "<");
    }
    text.replace("<!--", "\\<!--").split_inclusive(|letter| letter != '%').map(without_percent_marks).collect()
}

/// Escapes the percent signs at the start of `run` in pairs; an odd one is put first.
fn without_percent_marks(run: &str) -> String {
    let signs = run.len() - run.trim_start_matches('%').len();
    format!("{}{}{}", &run[..signs % 2], "\\%%".repeat(signs / 2), &run[signs..])
}

fn skeleton(kind: Kind, language: Language) -> &'static str {
    macro_rules! of {
        ($($kind:ident $name:literal)*) => {
            match (kind, language) {
                $(
                    (Kind::$kind, Language::Danish) => include_str!(concat!("skeletons/da/", $name, ".md")),
                    (Kind::$kind, Language::English) => include_str!(concat!("skeletons/en/", $name, ".md")),
                )*
            }
        };
    }
    of! {
        Page "page" Case "case" Principle "principle" Exercise "exercise" Workshop "workshop" Conclusion "conclusion"
        Indicator "indicator" Concept "concept"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_its_value_is_left_out() {
        let mut values = Values { title: "\"A\": @ORDER@".to_owned(), order: 3, principle: None, support: None };
        for language in [Language::Danish, Language::English] {
            let all = Kind::ALL.map(|kind| text(kind, language, &values)).concat();
            assert!(all.contains("title: \"\\\"A\\\": @ORDER@\"\norder: 3\n"));
            assert!(!all.contains("principles:") && !all.contains("supports:"));
        }
        values.principle = Some("principper/se".to_owned());
        assert!(text(Kind::Exercise, Language::Danish, &values).contains("principles: [principper/se]\n"));
    }
}

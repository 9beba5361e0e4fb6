//! A fault becomes an English sentence and what to do about it.
//!
//! Messages are in lower case without a full stop, what stands in the content in backticks. Help is an action.

mod help;
mod message;

use super::Fault;
use super::text::Text;

/// The message and the help for `fault`.
pub(super) fn text(fault: &Fault) -> Text {
    Text { message: message::message(fault), help: help::help(fault) }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_the_nearest_spelling_where_there_is_one() {
        let fault = |suggestion: Option<&str>| Fault::BrokenAnchor {
            anchor: "trni".into(),
            page: "oevelser/kaffe".into(),
            suggestion: suggestion.map(str::to_owned),
        };
        assert_eq!(text(&fault(Some("trin"))).help, "did you mean `#trin`?");
        assert!(text(&fault(None)).help.starts_with("write a heading's words"));
    }

    #[test]
    fn a_value_that_wants_quotes_is_told_so() {
        let fault = Fault::WrongType {
            key: "title".into(),
            expected: "a text",
            found: "a key with a value",
            wants_quotes: true,
            mended: None,
        };
        let Text { message, help } = text(&fault);
        assert_eq!(message, "`title` must be a text, but this is a key with a value");
        assert!(help.contains("begins with `{`") && help.contains("`: `") && help.contains("` #`"));
    }

    #[test]
    fn an_agenda_is_told_in_hours_and_mended_in_hours() {
        let Text { message, help } = text(&Fault::AgendaDiffers { agenda: 390, minutes: 420 });
        assert_eq!(message, "the agenda takes 6 h 30 min, but `hours` is 7 h");
        assert!(help.starts_with("write `hours: 6.5`"));
    }

    #[test]
    fn a_message_never_repeats_a_whole_page() {
        let target = "x".repeat(1_000_000);
        let Text { message, help } =
            text(&Fault::AmbiguousWikilink { target, candidates: vec!["y".repeat(9_000); 90] });
        assert!(message.len() < 200 && help.len() < 1_000, "{} and {} bytes", message.len(), help.len());
    }
}

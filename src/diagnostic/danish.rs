//! A fault becomes a Danish sentence and what to do about it, for somebody who writes and is no developer.
//!
//! Messages are in lower case without a full stop, what stands in the content in backticks. Help is an action. What
//! another library says stands in »«, as it is.

mod help;
mod message;
mod phrase;
mod phrasebook;

use super::Fault;
use super::text::Text;

pub(super) use phrase::note;

/// The message and the help for `fault`.
pub(super) fn text(fault: &Fault) -> Text {
    Text { message: message::message(fault), help: help::help(fault) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_modules_say_of_a_fault_is_danish_too() {
        let wrong = Fault::WrongType {
            key: "title".into(),
            expected: "a text",
            found: "a key with a value",
            wants_quotes: true,
            mended: None,
        };
        assert_eq!(text(&wrong).message, "`title` skal være en tekst, men her står en nøgle med en værdi");
        let misplaced = Fault::MisplacedKey {
            key: "minutes".into(),
            kind: "page",
            belongs_to: vec!["exercise", "agenda point with a `title`"],
        };
        let Text { message, help } = text(&misplaced);
        assert_eq!(message, "nøglen `minutes` hører ikke til i en side");
        assert_eq!(help, "fjern den: `minutes` hører til i en øvelse eller et programpunkt med `title`");
    }

    #[test]
    fn hours_and_contrasts_are_written_as_in_danish_and_keys_as_in_yaml() {
        let Text { message, help } = text(&Fault::AgendaDiffers { agenda: 390, minutes: 420 });
        assert_eq!(message, "programmet tager 6 t. 30 min., men `hours` er 7 t.");
        assert!(help.starts_with("skriv `hours: 6.5`"));
        let contrast = Fault::LowContrast {
            color: "#7fb2c4".into(),
            background: "#f8f8f4".into(),
            ratio: "2.17".into(),
            scheme: "light",
            nearest: "#48798a".into(),
        };
        assert!(text(&contrast).message.contains("på lyse sider er 2,17:1"), "{}", text(&contrast).message);
    }

    #[test]
    fn what_another_library_says_is_quoted_and_bounded() {
        let fault = Fault::TemplateError { message: format!("unknown filter `{}`", "x".repeat(1_000_000)) };
        let message = text(&fault).message;
        assert!(message.starts_with("temaet kan ikke bruges: »unknown filter `xx"), "{message}");
        assert!(message.ends_with("x`«"), "{message}");
        assert!(message.len() < 400, "{} bytes", message.len());
    }
}

//! Tells in both languages why a footnote is not shown.

use super::quote::{code, quoted};
use crate::model::handbook::Language;

/// The reason why a footnote is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotShown {
    /// Its only mark stands in the title of the page, which is shown in many places without the text.
    InTitle,
    /// No mark leads to it.
    Unused,
    /// A footnote of the same label is defined above it.
    Twice,
}

impl NotShown {
    /// Returns what is wrong with the footnote of this label.
    pub fn text(self, label: &str, language: Language) -> String {
        let mark = quoted(&format!("[^{label}]"));
        match (self, language) {
            (NotShown::InTitle, Language::Danish) => {
                format!("fodnoten {mark} bliver ikke vist: den hører til sidens titel")
            }
            (NotShown::InTitle, _) => format!("the footnote {mark} is not shown: its mark is in the page's title"),
            (NotShown::Unused, Language::Danish) => {
                format!("fodnoten {mark} bliver ikke vist: intet sted i teksten peger på den")
            }
            (NotShown::Unused, _) => format!("the footnote {mark} is not shown: nothing in the text refers to it"),
            (NotShown::Twice, Language::Danish) => {
                format!("fodnoten {mark} bliver ikke vist: der står en af samme navn længere oppe")
            }
            (NotShown::Twice, _) => format!("the footnote {mark} is not shown: one of that name is defined above"),
        }
    }

    /// Returns what to do about it.
    pub fn help(self, label: &str, language: Language) -> String {
        let mark = code(&format!("[^{label}]"));
        match (self, language) {
            (NotShown::InTitle, Language::Danish) => format!("flyt {mark} ned i sidens tekst"),
            (NotShown::InTitle, _) => format!("move {mark} into the text of the page"),
            (NotShown::Unused, Language::Danish) => format!("skriv {mark} dér, hvor den hører til, eller slet noten"),
            (NotShown::Unused, _) => format!("write {mark} where it belongs, or delete the note"),
            (NotShown::Twice, Language::Danish) => "giv den et andet navn, eller slet den ene".to_owned(),
            (NotShown::Twice, _) => "give it another name, or delete one of them".to_owned(),
        }
    }
}

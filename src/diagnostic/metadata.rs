//! Describes the metadata of a file, as data for a message.

use super::quote::{bounded, quoted};
use crate::model::handbook::Language;

/// The most entries that a message lists; the most important ones come first.
const MOST_LISTED: usize = 12;

/// A piece of metadata in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Found {
    /// The kind of information.
    pub detail: Detail,
    /// The text in the file.
    pub value: String,
}

/// The reason to believe that a file runs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Runs {
    /// None but that its type is unknown.
    Unknown,
    /// Its type.
    Type,
    /// A part of it.
    Part(String),
}

/// Kinds of metadata, the most revealing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// A part that runs when the file is opened, a macro say.
    Code,
    /// The file, or a part of it, could not be read.
    Unread,
    /// The author, or a person who changed it.
    Author,
    /// The place at which it was made.
    Place,
    /// A tracked change.
    Change,
    /// A comment, a note, a description.
    Comment,
    /// A part that is switched off: a slide, a row, a word.
    Hidden,
    /// A path on a computer.
    Path,
    /// An organisation.
    Organisation,
    /// The camera or its number.
    Camera,
    /// Its title.
    Title,
    /// Any other text.
    Other,
    /// The program that it was made with.
    Program,
}

impl Detail {
    fn name(self, language: Language) -> &'static str {
        let [english, danish] = match self {
            Detail::Code => ["program", "programmet"],
            Detail::Unread => ["not looked into:", "ikke undersøgt:"],
            Detail::Author => ["name", "navnet"],
            Detail::Place => ["place", "stedet"],
            Detail::Change => ["tracked change", "den sporede ændring"],
            Detail::Comment => ["comment", "kommentaren"],
            Detail::Hidden => ["hidden", "skjult"],
            Detail::Path => ["path", "stien"],
            Detail::Organisation => ["organisation", "organisationen"],
            Detail::Camera => ["camera", "kameraet"],
            Detail::Title => ["title", "titlen"],
            Detail::Other => ["text", "teksten"],
            Detail::Program => ["program", "programmet"],
        };
        match language {
            Language::English => english,
            Language::Danish => danish,
        }
    }
}

/// Lists the metadata found, for a message.
pub(super) fn listed(found: &[Found], language: Language) -> String {
    let mut listed: Vec<String> = Vec::new();
    for Found { detail, value } in found.iter().take(MOST_LISTED) {
        listed.push(format!("{} {}", detail.name(language), quoted(&bounded(value))));
    }
    if found.len() > MOST_LISTED {
        let rest = found.len() - MOST_LISTED;
        listed.push(match language {
            Language::English => format!("{rest} more"),
            Language::Danish => format!("{rest} mere"),
        });
    }
    listed.join(", ")
}

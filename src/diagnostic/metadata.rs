//! What a file says besides what it shows, as data for a message.

use super::quote::{bounded, quoted};
use crate::model::handbook::Language;

/// The most that a message lists; what matters most comes first.
const MOST_LISTED: usize = 12;

/// A thing that a file says besides what it shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Found {
    /// What it tells of.
    pub detail: Detail,
    /// The words of the file.
    pub value: String,
}

/// What a part of a file tells of, in the order of how much it gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// The file, or a part of it, cannot be looked into.
    Unread,
    /// Who wrote or changed it.
    Author,
    /// Where it was made.
    Place,
    /// A tracked change.
    Change,
    /// A comment, a note, a description.
    Comment,
    /// A path on a computer.
    Path,
    /// An organisation.
    Organisation,
    /// The camera or its number.
    Camera,
    /// Its title.
    Title,
    /// Anything else in words.
    Other,
    /// The program that it was made with.
    Program,
}

impl Detail {
    fn name(self, language: Language) -> &'static str {
        let [english, danish] = match self {
            Detail::Unread => ["not looked into:", "ikke undersøgt:"],
            Detail::Author => ["name", "navnet"],
            Detail::Place => ["place", "stedet"],
            Detail::Change => ["tracked change", "den sporede ændring"],
            Detail::Comment => ["comment", "kommentaren"],
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

/// The list of what was found, for a message.
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

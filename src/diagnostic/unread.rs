//! Names the reasons why the leak check could not read a file, and the kinds of leaked content.

use crate::model::handbook::Language;

/// The kind of content that was found in the wrong edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeakOf {
    /// Content that belongs to another client.
    OtherClient,
    /// Content that participants may not see.
    HiddenText,
}

/// The reason why a file, or a part of it, could not be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unread {
    /// Compressed by an unsupported method.
    Packed,
    /// Protected by a password.
    Locked,
    /// Damaged, or impossible to open.
    Broken,
    /// Larger, when unpacked, than the limit.
    TooLarge,
    /// Nested in too many archives.
    TooDeep,
    /// Reading it took too long.
    TooSlow,
    /// An Office file from before 2007.
    OldOffice,
    /// A PDF of images, for example of scanned pages.
    Pictures,
    /// A PDF whose fonts do not map to letters.
    NoLetters,
    /// Of an unknown format.
    Unknown,
}

impl Unread {
    /// Returns the reason as the end of a sentence.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english(),
            Language::Danish => self.danish(),
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::Packed => "it is compressed in a way that is not read",
            Self::Locked => "it is locked by a password",
            Self::Broken => "it is damaged or cannot be opened",
            Self::TooLarge => "it is too large when it is unpacked",
            Self::TooDeep => "it is packed in too many files in each other",
            Self::TooSlow => "it could not be read in time",
            Self::OldOffice => "it is of a version of Office from before 2007",
            Self::Pictures => "its pages are pictures",
            Self::NoLetters => "its fonts do not tell which letters they show",
            Self::Unknown => "its format is not known",
        }
    }

    fn danish(self) -> &'static str {
        match self {
            Self::Packed => "den er pakket på en måde, der ikke læses",
            Self::Locked => "den er låst med en adgangskode",
            Self::Broken => "den er beskadiget eller kan ikke åbnes",
            Self::TooLarge => "den fylder for meget, når den pakkes ud",
            Self::TooDeep => "den er pakket i for mange filer inden i hinanden",
            Self::TooSlow => "den kunne ikke læses i tide",
            Self::OldOffice => "den er fra en udgave af Office fra før 2007",
            Self::Pictures => "dens sider er billeder",
            Self::NoLetters => "dens skrifter siger ikke, hvilke bogstaver de viser",
            Self::Unknown => "dens format er ukendt",
        }
    }
}

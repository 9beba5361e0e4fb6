//! Names why the leak check could not read a file, and what a leak is of.

use crate::model::handbook::Language;

/// What was found where it must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeakOf {
    /// What belongs to another client.
    OtherClient,
    /// What participants may not see.
    HiddenText,
}

/// Why a file, or a part of it, could not be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unread {
    /// Compressed by a method that is not read.
    Packed,
    /// Locked by a password.
    Locked,
    /// Damaged, or not to be opened.
    Broken,
    /// More, unpacked, than is read.
    TooLarge,
    /// Packed in too many files in each other.
    TooDeep,
    /// Not read in time.
    TooSlow,
    /// A file of Office from before 2007.
    OldOffice,
    /// A PDF of pictures, of scanned pages say.
    Pictures,
    /// A PDF whose fonts do not tell their letters.
    NoLetters,
    /// Of a format that is not known.
    Unknown,
}

impl Unread {
    /// The reason as the end of a sentence.
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

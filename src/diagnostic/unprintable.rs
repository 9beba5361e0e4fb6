//! Tells in both languages why print-outs show an image otherwise than the site does.

use super::quote::bounded;
use crate::model::handbook::Language;

/// Megapixels of the largest photo that is printed: four times what a sheet of A3 shows.
pub const MOST_MEGAPIXELS: u64 = 64;

/// The reason why print-outs show an image otherwise than the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unprintable {
    /// A format that PDFs cannot hold.
    Format,
    /// Larger than [`MOST_MEGAPIXELS`].
    TooLarge {
        /// Its size.
        megapixels: u64,
    },
    /// Effects of a drawing that take too long to draw at the resolution of print.
    Effects,
    /// Colours of a printing press.
    PressColors,
    /// The PDF compiler's own message, in English.
    Unreadable(String),
}

impl Unprintable {
    /// Whether it is printed in spite of that.
    pub fn is_printed(&self) -> bool {
        matches!(self, Unprintable::PressColors)
    }

    /// Returns what to do about it.
    pub fn help(&self, language: Language) -> &'static str {
        match (self, language) {
            (Unprintable::TooLarge { .. }, Language::Danish) => "gør billedet mindre",
            (Unprintable::TooLarge { .. }, _) => "make the image smaller",
            (Unprintable::Effects, Language::Danish) => "gem tegningen uden effekterne, eller som PNG",
            (Unprintable::Effects, _) => "save the drawing without its effects, or as PNG",
            (Unprintable::PressColors, Language::Danish) => "gem fotoet i RGB (sRGB)",
            (Unprintable::PressColors, _) => "save the photo in RGB (sRGB)",
            (_, Language::Danish) => "gem billedet igen, som JPEG eller PNG",
            (_, _) => "save the image again, as JPEG or PNG",
        }
    }

    /// Returns the words that end the sentence "the image …".
    pub fn text(&self, language: Language) -> String {
        let is_danish = language == Language::Danish;
        let said = match (self, is_danish) {
            (Unprintable::Format, true) => "har et format, som en PDF ikke kan rumme".to_owned(),
            (Unprintable::Format, false) => "is of a format that no PDF can hold".to_owned(),
            (Unprintable::TooLarge { megapixels }, true) => {
                format!("har {megapixels} megapixel; højst {MOST_MEGAPIXELS} kan trykkes")
            }
            (Unprintable::TooLarge { megapixels }, false) => {
                format!("has {megapixels} megapixels; at most {MOST_MEGAPIXELS} can be printed")
            }
            (Unprintable::Effects, true) => "har effekter, som det tager for lang tid at trykke".to_owned(),
            (Unprintable::Effects, false) => "has effects that take too long to print".to_owned(),
            (Unprintable::PressColors, true) => "er et foto i trykfarver (CMYK)".to_owned(),
            (Unprintable::PressColors, false) => "is a photo in the colours of a printing press (CMYK)".to_owned(),
            (Unprintable::Unreadable(reason), true) => format!("kan ikke læses: {}", bounded(reason)),
            (Unprintable::Unreadable(reason), false) => format!("cannot be read: {}", bounded(reason)),
        };
        let result = match (self.is_printed(), is_danish) {
            (true, true) => "så farverne bliver lavet om på tryk",
            (true, false) => "so print-outs change its colours",
            (false, true) => "så på tryk står dets tekst i stedet",
            (false, false) => "so print-outs show its text instead",
        };
        format!("{said}, {result}")
    }
}

//! The first line of a callout: `[!TYPE] title`, `[!TYPE]-` folded, `[!WRITE 5] label`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostic::suggest;
use crate::model::body::CalloutKind;
use crate::model::hiding;
use crate::model::invisible::{is_blank, is_invisible, without_invisible};

/// A parsed marker of a callout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// The kind; `NOTE` if the name is unknown.
    pub kind: CalloutKind,
    /// Whether it is shown folded.
    pub folded: bool,
    /// The length in bytes of the marker and the spaces around it.
    pub length: usize,
    /// The name, if it is unknown.
    pub unknown: Option<UnknownName>,
    /// The byte range, in the line, of a WRITE field's number of lines, if it is no number from 1 to 40.
    pub wrong_lines: Option<Range<usize>>,
}

/// A name that no callout has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The byte range in the line.
    pub place: Range<usize>,
    /// The nearest name.
    pub suggestion: Option<String>,
    /// The callout for facilitators that may be meant.
    pub hiding: Option<&'static str>,
}

/// Lines of a WRITE field that names no number.
const DEFAULT_LINES: u8 = 3;
/// More lines than a page of paper holds would be a slip of the keyboard.
pub const MOST_LINES: u8 = 40;

const NAMES: [(&str, CalloutKind); 18] = [
    ("NOTE", CalloutKind::Note),
    ("TIP", CalloutKind::Tip),
    ("IMPORTANT", CalloutKind::Important),
    ("WARNING", CalloutKind::Warning),
    ("CAUTION", CalloutKind::Caution),
    ("QUESTION", CalloutKind::Question),
    ("STAR", CalloutKind::Star),
    ("VAMPIRE", CalloutKind::Vampire),
    ("FACILITATOR", CalloutKind::Facilitator),
    ("ANSWER", CalloutKind::Answer),
    ("WRITE", CalloutKind::Write { index: 0, lines: DEFAULT_LINES }),
    ("SPØRGSMÅL", CalloutKind::Question),
    ("STJERNESTUND", CalloutKind::Star),
    ("VAMPYRSTUND", CalloutKind::Vampire),
    ("SVAR", CalloutKind::Answer),
    ("SKRIV", CalloutKind::Write { index: 0, lines: DEFAULT_LINES }),
    ("VIGTIGT", CalloutKind::Important),
    ("ADVARSEL", CalloutKind::Warning),
];

/// Reads the marker that `text` begins with; `None` if it begins with something else. Blank characters of any kind and
/// invisible characters may stand before the marker and in it: nobody sees them, so they cannot be meant.
pub fn read_marker(text: &str) -> Option<Marker> {
    let line = &text[..text.find('\n').unwrap_or(text.len())];
    let opened = line.trim_start_matches(is_blank).strip_prefix('[')?;
    let inner = opened.trim_start_matches(is_blank).strip_prefix('!')?;
    let end = inner.find(']')?;
    // `inner` is a slice of `line`, so the distance between them is its offset.
    let start = inner.as_ptr() as usize - line.as_ptr() as usize;
    let written = Written::new(&inner[..end], start);
    let rest = &inner[end + 1..];
    let fold = rest.starts_with(['-', '+']);
    let title = rest[usize::from(fold)..].trim_start_matches([' ', '\t']);
    let (length, folded) = (line.len() - title.len(), rest.starts_with('-'));
    let Some(kind) = written.kind().filter(|kind| !written.hides_beside(*kind)) else {
        let unknown = Some(written.unknown()?);
        return Some(Marker { kind: CalloutKind::Note, folded, length, unknown, wrong_lines: None });
    };
    let (kind, wrong_lines) = written.with_lines(kind);
    Some(Marker { kind, folded, length, unknown: None, wrong_lines })
}

/// The text between `[!` and `]`: a name and, for some callouts, a number after a space or a bar.
struct Written<'t> {
    inner: &'t str,
    name: &'t str,
    number: &'t str,
    /// The offset of `inner` in the line.
    start: usize,
}

impl<'t> Written<'t> {
    fn new(inner: &'t str, start: usize) -> Self {
        let trimmed = inner.trim_matches(is_blank);
        let is_end = |c: char| c == '|' || is_blank(c) && !is_invisible(c);
        let end = trimmed.find(is_end).unwrap_or(trimmed.len());
        let (name, number) = (&trimmed[..end], trimmed[end..].trim_start_matches('|').trim_matches(is_blank));
        Self { inner, name, number, start }
    }

    /// Returns the callout with that name.
    fn kind(&self) -> Option<CalloutKind> {
        // `[! F A C I L I T A T O R ]`: its spaces cannot be meant either.
        let wanted = hiding::exact_name(self.inner)
            .map_or_else(|| without_invisible(self.name).nfkc().collect::<String>().to_uppercase(), str::to_owned);
        NAMES.iter().find(|(known, _)| *known == wanted).map(|(_, kind)| *kind)
    }

    /// Returns whether the text behind the name of `kind`, which does not hide, is that of a callout for facilitators:
    /// `[!NOTE|FACILITATOR]`.
    fn hides_beside(&self, kind: CalloutKind) -> bool {
        !kind.is_for_facilitators() && hiding::nearest_name(self.number).is_some()
    }

    /// Returns `kind` with the number of lines that is given, and the byte range of an invalid number.
    fn with_lines(&self, kind: CalloutKind) -> (CalloutKind, Option<Range<usize>>) {
        let CalloutKind::Write { index, lines } = kind else { return (kind, None) };
        if self.number.is_empty() {
            return (kind, None);
        }
        let written = without_invisible(self.number).parse().ok().filter(|lines| (1..=MOST_LINES).contains(lines));
        let place = written.is_none().then(|| self.place(self.number));
        (CalloutKind::Write { index, lines: written.unwrap_or(lines) }, place)
    }

    /// Returns the name as an unknown one; `None` if it is no name at all and no callout for facilitators is meant.
    fn unknown(&self) -> Option<UnknownName> {
        let is_name = !self.name.is_empty() && self.name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let suggestion = suggest::nearest(&self.name.to_uppercase(), NAMES.iter().map(|(name, _)| *name));
        // `[!STRAR]` is nearer to a callout that hides nothing.
        let is_other = suggestion.as_deref().is_some_and(|name| !hiding::NAMES.contains(&name));
        let hiding = hiding::nearest_name(self.inner)
            .or_else(|| hiding::nearest_name(self.number))
            .or_else(|| hiding::nearest_type(self.inner).filter(|_| !is_other));
        (is_name || hiding.is_some()).then(|| UnknownName {
            place: self.place(if hiding.is_some() { self.inner } else { self.name }),
            suggestion,
            hiding,
        })
    }

    /// Returns the byte range, in the line, of a part of the marker.
    fn place(&self, part: &str) -> Range<usize> {
        // `part` is a slice of `inner`, so the distance between them is its offset.
        let start = self.start + (part.as_ptr() as usize - self.inner.as_ptr() as usize);
        start..start + part.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_read_in_any_letter_case_and_in_danish() {
        let marker = read_marker("[!stjernestund]- Ved døren\nmere").unwrap();
        assert_eq!((marker.kind, marker.folded, marker.length), (CalloutKind::Star, true, 17));
        assert_eq!(read_marker("[!WRITE|7] Navn").unwrap().kind, CalloutKind::Write { index: 0, lines: 7 });
        assert_eq!(read_marker("[!NOTE|bred] Navn").unwrap().wrong_lines, None);
    }

    #[test]
    fn a_write_field_has_from_one_to_forty_lines() {
        for (line, wrong) in [("[!SKRIV 900]", 8..11), ("[!WRITE 0] x", 8..9), ("[!WRITE|fem]", 8..11)] {
            let marker = read_marker(line).unwrap();
            assert_eq!(marker.kind, CalloutKind::Write { index: 0, lines: DEFAULT_LINES });
            assert_eq!(marker.wrong_lines, Some(wrong));
        }
        assert_eq!(read_marker("[!WRITE 40]").unwrap().wrong_lines, None);
    }

    #[test]
    fn what_nobody_sees_does_not_change_a_marker() {
        for line in [
            "\u{a0}[!FACILITATOR] Til dig",
            "\u{200b}[!FACILITATOR] Til dig",
            "[!FACILITATOR\u{a0}] Til dig",
            "[! FACILITATOR] Til dig",
            "[\u{feff}!FAC\u{ad}ILITATOR] Til dig",
            "[!FACI LITATOR] Til dig",
            "[!ＦＡＣＩＬＩＴＡＴＯＲ] Til dig",
        ] {
            let marker = read_marker(line).unwrap();
            assert_eq!((marker.kind, &line[marker.length..]), (CalloutKind::Facilitator, "Til dig"), "{line}");
        }
        assert_eq!(read_marker("[!WRITE\u{a0}7] Navn").unwrap().kind, CalloutKind::Write { index: 0, lines: 7 });
    }

    #[test]
    fn an_unknown_type_that_may_hide_is_told_from_others() {
        for line in ["[!FASILITATOR]", "[!FACILITATOR:] x", "[!Til facilitator]", "[!ANSVER]", "[!SVARR]"] {
            assert!(read_marker(line).unwrap().unknown.unwrap().hiding.is_some(), "{line}");
        }
        assert_eq!(read_marker("[!INFO]").unwrap().unknown.unwrap().hiding, None);
    }

    #[test]
    fn an_unknown_type_is_a_note_with_a_suggestion() {
        let marker = read_marker("[!STARR]").unwrap();
        assert_eq!(marker.kind, CalloutKind::Note);
        let unknown = UnknownName { place: 2..7, suggestion: Some("STAR".into()), hiding: None };
        assert_eq!(marker.unknown, Some(unknown));
        assert_eq!(read_marker("[!] x"), None);
        assert_eq!(read_marker("[link](x)"), None);
    }
}

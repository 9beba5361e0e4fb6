//! The first line of a callout: `[!TYPE] title`, `[!TYPE]-` folded, `[!WRITE 5] label`.

use std::ops::Range;

use crate::diagnostic::suggest;
use crate::model::body::CalloutKind;

/// A callout's marker, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// What it is for; `NOTE` where the name is not known.
    pub kind: CalloutKind,
    /// Whether it is shown folded.
    pub folded: bool,
    /// Bytes of the marker and the blanks behind it.
    pub length: usize,
    /// The name as written, where it is not known, with the nearest known one.
    pub unknown: Option<(String, Option<String>)>,
    /// What stands where a WRITE field has its number of lines, and is none from 1 to 40: bytes of the line.
    pub wrong_lines: Option<Range<usize>>,
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

/// Reads the marker that `line` begins with; nothing if it begins otherwise.
pub fn read_marker(line: &str) -> Option<Marker> {
    let inner = line.strip_prefix("[!")?;
    let line_end = inner.find('\n').unwrap_or(inner.len());
    let end = inner[..line_end].find(']')?;
    let (name, number) = inner[..end].split_once([' ', '|']).unwrap_or((&inner[..end], ""));
    let number = number.trim();
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let upper = name.to_uppercase();
    let known = NAMES.iter().find(|(known, _)| *known == upper).map(|(_, kind)| *kind);
    let mut wrong_lines = None;
    let kind = match known {
        Some(CalloutKind::Write { index, lines }) if !number.is_empty() => {
            let written = number.parse().ok().filter(|lines| (1..=MOST_LINES).contains(lines));
            if written.is_none() {
                // `number` is a slice of `line`, so the distance between them is its place.
                let start = number.as_ptr() as usize - line.as_ptr() as usize;
                wrong_lines = Some(start..start + number.len());
            }
            CalloutKind::Write { index, lines: written.unwrap_or(lines) }
        }
        Some(kind) => kind,
        None => CalloutKind::Note,
    };
    let unknown = known.is_none().then(|| {
        let suggestion = suggest::nearest(&upper, NAMES.iter().map(|(name, _)| *name));
        (name.to_owned(), suggestion)
    });
    let rest = &inner[end + 1..line_end];
    let fold = rest.starts_with(['-', '+']);
    let title = rest[usize::from(fold)..].trim_start_matches([' ', '\t']);
    let length = line_end - title.len() + "[!".len();
    Some(Marker { kind, folded: rest.starts_with('-'), length, unknown, wrong_lines })
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
    fn an_unknown_type_is_a_note_with_a_suggestion() {
        let marker = read_marker("[!STARR]").unwrap();
        assert_eq!(marker.kind, CalloutKind::Note);
        assert_eq!(marker.unknown, Some(("STARR".into(), Some("STAR".into()))));
        assert_eq!(read_marker("[!] x"), None);
        assert_eq!(read_marker("[link](x)"), None);
    }
}

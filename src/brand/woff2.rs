//! The head of a WOFF2 file: whether it is one, and whether its font is variable.
//!
//! After "WOFF File Format 2.0" (W3C Recommendation), sections 4.1 and 4.2. The tables themselves stay packed.

/// What the head tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Woff2 {
    /// Whether the font has axes, weight for one.
    pub is_variable: bool,
}

const HEADER: usize = 48;
/// The place of `fvar` in the specification's list of known tables.
const FVAR: u8 = 47;
const GLYF: u8 = 10;
const LOCA: u8 = 11;
/// Stands for a table whose name is written out.
const NAMED: u8 = 63;

/// Reads the head of `bytes`; nothing where they are no whole WOFF2 file of a single font.
pub fn read(bytes: &[u8]) -> Option<Woff2> {
    let number = |at: usize, length: usize| {
        let digits = bytes.get(at..at + length)?;
        Some(digits.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    if !bytes.starts_with(b"wOF2") || bytes.get(4..8)? == b"ttcf" || number(8, 4)? != bytes.len() {
        return None;
    }
    let mut rest = bytes.get(HEADER..)?;
    let mut is_variable = false;
    let count = number(12, 2)?;
    for _ in 0..count {
        let flags = *rest.split_off_first()?;
        let (table, version) = (flags & 63, flags >> 6);
        is_variable |= table == FVAR;
        if table == NAMED {
            is_variable |= rest.split_off(..4)? == b"fvar";
        }
        skip_number(&mut rest)?;
        // Only what is transformed tells its packed length, too; for outlines version 3 means that they are not.
        let is_transformed = if [GLYF, LOCA].contains(&table) { version != 3 } else { version != 0 };
        if is_transformed {
            skip_number(&mut rest)?;
        }
    }
    (count > 0).then_some(Woff2 { is_variable })
}

/// Skips a number of up to five bytes, of which all but the last have their highest bit set.
fn skip_number(rest: &mut &[u8]) -> Option<()> {
    for _ in 0..5 {
        if rest.split_off_first()? & 0x80 == 0 {
            return Some(());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const CABIN: &[u8] = include_bytes!("../../themes/vaertskab/assets/fonts/cabin.woff2");

    #[test]
    fn a_variable_font_is_known_and_a_file_that_is_cut_short_is_none() {
        assert_eq!(read(CABIN), Some(Woff2 { is_variable: true }));
        for bytes in [&CABIN[..CABIN.len() - 1], &CABIN[..60], b"wOF2", b"", b"wOFF"] {
            assert_eq!(read(bytes), None);
        }
    }

    #[test]
    fn a_font_of_one_weight_is_not_variable() {
        let mut bytes = vec![0; HEADER];
        bytes[..4].copy_from_slice(b"wOF2");
        bytes[13] = 2;
        bytes.extend([GLYF, 0x81, 0x00, 0x05, 1, 0x05]);
        bytes[11] = bytes.len() as u8;
        assert_eq!(read(&bytes), Some(Woff2 { is_variable: false }));
    }
}

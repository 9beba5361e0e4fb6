//! Reads the orientation from EXIF and writes the smallest EXIF that holds it.

/// The orientation in a TIFF block, 1 to 8; 1 where there is none. (EXIF 2.32, 4.6.4 A.)
pub(super) fn orientation(tiff: &[u8]) -> u8 {
    const ORIENTATION: usize = 0x0112;
    let is_big = tiff.starts_with(b"MM");
    let number = |at: usize, length: usize| {
        let bytes = tiff.get(at..at.checked_add(length)?)?;
        let join = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if is_big { bytes.iter().fold(0, join) } else { bytes.iter().rev().fold(0, join) })
    };
    let find = || {
        let directory = number(4, 4)?;
        let entries = number(directory, 2)?;
        let mut places = (0..entries).map(|entry| directory + 2 + entry * 12);
        let place = places.find(|place| number(*place, 2) == Some(ORIENTATION))?;
        number(place + 8, 2).and_then(|value| u8::try_from(value).ok()).filter(|value| (1..=8).contains(value))
    };
    find().unwrap_or(1)
}

/// A TIFF block that holds the orientation and nothing else.
pub(super) fn minimal_exif(orientation: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = orientation;
    tiff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orientations_are_read_in_both_byte_orders_and_never_beyond() {
        assert_eq!(orientation(&minimal_exif(8)), 8);
        assert_eq!(orientation(b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x05\0\0\0"), 5);
        assert_eq!(orientation(&minimal_exif(9)), 1);
        assert_eq!(orientation(b"MM\0\x2a\xff\xff\xff\xff"), 1);
        assert_eq!(orientation(b""), 1);
    }
}

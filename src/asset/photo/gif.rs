//! Reduces a GIF to its frames: comments, XMP, text blocks and data of programs are removed, the number of loops stays.

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const TRAILER: u8 = 0x3b;
const GRAPHIC_CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

/// Cleans a GIF. A truncated one ends with its last complete block, as browsers show it.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 13 + color_table(*bytes.get(10)?);
    let mut clean = bytes.get(..at)?.to_vec();
    while let Some((end, kept)) = block(bytes, at) {
        clean.extend(kept);
        at = end;
    }
    clean.push(TRAILER);
    Some(clean)
}

/// Returns the end of the block at `at` and the bytes of it that are kept; `None` if no further block follows.
fn block(bytes: &[u8], at: usize) -> Option<(usize, Vec<u8>)> {
    match (*bytes.get(at)?, bytes.get(at + 1)) {
        (IMAGE, _) => {
            let data = at + 10 + color_table(*bytes.get(at + 9)?) + 1;
            let end = chain_end(bytes, data)?;
            Some((end, bytes[at..end].to_vec()))
        }
        (EXTENSION, Some(label)) => {
            let end = chain_end(bytes, at + 2)?;
            Some((end, extension(*label, &bytes[at..end])))
        }
        _ => None,
    }
}

/// Returns the bytes of an extension that are kept: the display of a frame and the number of loops.
fn extension(label: u8, block: &[u8]) -> Vec<u8> {
    match (label, block) {
        (GRAPHIC_CONTROL, [_, _, 4, rest @ ..]) if rest.len() >= 4 => {
            [&[EXTENSION, GRAPHIC_CONTROL, 4], &rest[..4], &[0]].concat()
        }
        (APPLICATION, [_, _, 11, rest @ ..]) => match rest.split_at_checked(11) {
            Some((b"NETSCAPE2.0" | b"ANIMEXTS1.0", [3, 1, low, high, ..])) => {
                [&[EXTENSION, APPLICATION, 11], b"NETSCAPE2.0".as_slice(), &[3, 1, *low, *high, 0]].concat()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Returns the length in bytes of the colour table that these flags announce.
fn color_table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Returns the end of the chain of sub-blocks that begins at `at`.
fn chain_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

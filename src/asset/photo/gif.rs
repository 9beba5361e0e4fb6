//! Reduces a GIF to its frames: comments, XMP, text blocks and what programs add go, the number of rounds stays.

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const TRAILER: u8 = 0x3b;
const GRAPHIC_CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

/// Cleans a GIF. One that ends too early ends with its last whole block, as browsers show it.
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

/// Where the block at `at` ends, and what is kept of it; `None` where no further block is.
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

/// What is kept of an extension: how a frame is shown, and how often all are.
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

/// Bytes of the colour table that these flags tell of.
fn color_table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where the chain of sub-blocks that begins at `at` ends.
fn chain_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

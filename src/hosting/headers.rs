//! `_headers`: paths with the headers of what lies at them, as Netlify and Cloudflare Pages read it.

use std::fmt::Write as _;

use super::{DAYS, HASHED_FOLDER, HEADERS};

/// The file's text.
pub(super) fn headers() -> String {
    let mut text = String::from("/*\n");
    for (name, value) in HEADERS {
        let _ = writeln!(text, "  {name}: {value}");
    }
    let seconds = u64::from(DAYS) * 24 * 60 * 60;
    let _ = writeln!(text, "/{HASHED_FOLDER}/*\n  Cache-Control: public, max-age={seconds}, immutable");
    text
}

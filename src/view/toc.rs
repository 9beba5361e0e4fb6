//! The headings of a body to its table of contents.

use serde::Serialize;

use crate::resolve::book::HeadingInfo;

/// An entry of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    /// Id of the heading.
    pub id: String,
    /// Its text.
    pub title: String,
    /// Minutes of a step.
    pub minutes: Option<u32>,
}

/// The headings that a table of contents shows.
pub fn toc(headings: &[HeadingInfo]) -> Vec<TocEntry> {
    headings
        .iter()
        .filter(|heading| heading.top && heading.level <= 3 && !heading.id.is_empty())
        .map(|heading| TocEntry {
            level: heading.level,
            id: heading.id.to_string(),
            title: heading.text.to_string(),
            minutes: heading.minutes,
        })
        .collect()
}

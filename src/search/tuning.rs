//! How much each thing counts: the numbers of the ranking, for Rust and for the browser, which gets them with the index.

use serde::Serialize;

/// The numbers of the ranking. Whole numbers, so that Rust and the browser come to the same order.
#[derive(Debug, Clone, Serialize)]
pub struct Tuning {
    /// Weight of a word in a title.
    pub title: u32,
    /// In another name of the page: alias, form, tag.
    pub names: u32,
    /// In a heading.
    pub heading: u32,
    /// In what a page says of itself first.
    pub lede: u32,
    /// In its text.
    pub body: u32,
    /// BM25's k₁ in units of weight: from about here, more of a word counts little more.
    pub saturation: f64,
    /// BM25's b: how much a long page is made to pay for its length.
    pub length: f64,
    /// The highest impact of a word on a page.
    pub impact: f64,
    /// How much a match counts, in percent: the word itself.
    pub exact: u32,
    /// The word in letters of another keyboard.
    pub folded: u32,
    /// Words that begin with what has been typed.
    pub prefix: u32,
    /// The parts of a compound, where the compound itself is not there.
    pub parts: u32,
    /// The parts of a compound that is there.
    pub loose_parts: u32,
    /// Words that begin with its stem or end with the word.
    pub within: u32,
    /// The impact from which a page is about a word: from a title, or more than a mention.
    pub about: u32,
}

/// The numbers in use, found by trying on the queries in `tests/search`.
pub const TUNING: Tuning = Tuning {
    title: 16,
    names: 10,
    heading: 6,
    lede: 6,
    body: 2,
    saturation: 6.0,
    length: 0.3,
    impact: 61.0,
    exact: 100,
    folded: 90,
    prefix: 60,
    parts: 70,
    loose_parts: 30,
    within: 50,
    about: 40,
};

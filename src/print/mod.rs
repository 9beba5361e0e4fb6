//! A book to its print-outs: handouts, guides, packs for theme days, cards, a booklet, a poster.
//!
//! [`plan::print_outs`](crate::plan::print_outs) lists them; [`mod@view`] says what a template sees of each, [`body`] what it sees of texts; [`finish`] makes
//! JSON of that. The theme's `print/*.typ` read the JSON from a virtual file and set it as data: no markup is ever made of
//! content. The `press` runs them, in the process itself, and gives the bytes of a PDF. It is there with the cargo
//! feature `pdf`.

pub mod body;
mod drawing_text;
pub mod finish;
#[cfg(feature = "pdf")]
pub mod glyphs;
pub mod letters;
pub mod node;
#[cfg(feature = "pdf")]
pub mod picture;
#[cfg(feature = "pdf")]
pub mod press;
mod stand_in;
pub mod view;

/// The folder of virtual files that are the handbook's own.
pub const IMAGES: &str = "/image/";

/// The virtual file of the handbook's file at `path`.
pub fn image_path(path: &str) -> String {
    format!("{IMAGES}{path}")
}

//! Items to HTML: the body tree written by Rust, the page around it by the theme.

pub mod html;
pub mod page;
mod shared;

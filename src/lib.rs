//! vaert: a folder of Markdown becomes a handbook.

pub mod asset;
pub mod chart;
pub mod diagnostic;
pub mod fingerprint;
pub mod load;
pub mod model;
pub mod output;
pub mod snapshot;
pub mod source;
pub mod theme;
pub mod write;

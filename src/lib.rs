//! vaert: a folder of Markdown becomes a handbook.

pub mod asset;
pub mod build;
pub mod cache;
pub mod chart;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod fingerprint;
pub mod language;
pub mod load;
pub mod model;
pub mod outline;
pub mod output;
pub mod parse;
pub mod plan;
pub mod render;
pub mod resolve;
pub mod snapshot;
pub mod source;
pub mod stamp;
pub mod theme;
pub mod view;
pub mod write;
pub mod yaml;

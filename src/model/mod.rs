//! The words of the domain as plain data: kinds, front matter, the body tree, the handbook's settings.

pub mod address;
pub mod body;
pub mod comment;
pub mod front_matter;
pub mod handbook;
pub mod hiding;
pub mod id;
pub mod image;
pub mod invisible;
pub mod kind;
pub mod walk;
pub mod windows;

pub use kind::Kind;

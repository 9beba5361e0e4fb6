//! Reads the lock file, `overrides.lock`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Fault};
use crate::snapshot::{Content, File};

/// The name of the lock file, beside `handbook.yaml`.
pub const LOCK: &str = "overrides.lock";

/// The content of the lock.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lock {
    /// The items that replace another, by id.
    #[serde(default)]
    pub overrides: BTreeMap<String, Entry>,
    /// The items of the base; `None` in a lock of an older version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Base>,
}

/// The record of what an item replaced when it was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The day, as `2026-11-25`.
    pub accepted: String,
    /// The replaced text.
    pub base: String,
}

/// The items that the base had when it was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// The day, as `2026-11-25`.
    pub accepted: String,
    /// Their ids.
    pub items: BTreeSet<String>,
}

/// Reads the lock in `file`; one that cannot be read counts as empty.
pub(super) fn read(file: &File, diagnostics: &mut Vec<Diagnostic>) -> Lock {
    let text = match &file.content {
        Content::Text(text) => Some(&**text),
        Content::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
        Content::OnDisk { .. } => None,
    };
    let whole: Range<usize> = 0..0;
    match text.map(serde_yaml::from_str) {
        Some(Ok(lock)) => lock,
        Some(Err(error)) => {
            let fault = Fault::InvalidYaml { reason: error.to_string(), wants_quotes: false };
            diagnostics.push(Diagnostic::new(fault, &file.shown, whole));
            Lock::default()
        }
        None => {
            diagnostics.push(Diagnostic::new(Fault::NotUtf8, &file.shown, whole));
            Lock::default()
        }
    }
}

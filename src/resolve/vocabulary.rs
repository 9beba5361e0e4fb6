//! The words of all layers: each text is written in those of its own layer, and printed in those of the edition.

use crate::config::Settings;
use crate::language::TermIndex;

/// What finds terms in texts of every layer.
#[derive(Debug)]
pub struct Vocabulary {
    /// By layer; a text of a layer may use its own forms, then those of the layers below.
    layers: Vec<TermIndex>,
}

impl Vocabulary {
    /// Of the layers of `settings`.
    pub fn new(settings: &Settings) -> Self {
        let current = &settings.handbook.terms;
        let index = |layer: usize| {
            let written = settings.layers[layer..].iter().map(|layer| &layer.terms);
            TermIndex::new(written, current, settings.handbook.language)
        };
        Self { layers: (0..settings.layers.len().max(1)).map(index).collect() }
    }

    /// What finds terms in texts of the layer of this index.
    pub fn of_layer(&self, layer: usize) -> &TermIndex {
        &self.layers[layer.min(self.layers.len() - 1)]
    }
}

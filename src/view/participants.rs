//! How many can take part in an exercise, as themes see it.

use serde::Serialize;

use crate::model::front_matter::Participants;

/// Fewest and most participants.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ParticipantsView {
    /// Fewest.
    pub min: Option<u32>,
    /// Most.
    pub max: Option<u32>,
}

/// The view of a range of participants, if it says anything.
pub fn participants(range: Participants) -> Option<ParticipantsView> {
    let says_something = range.min.is_some() || range.max.is_some();
    says_something.then_some(ParticipantsView { min: range.min, max: range.max })
}

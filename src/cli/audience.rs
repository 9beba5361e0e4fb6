//! `--audience` of the commands that look at one edition.

use crate::build::Audience;

/// Whose edition.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum Edition {
    /// What participants read
    Participant,
    /// With what only facilitators may see
    Facilitator,
}

impl Edition {
    pub(super) fn audience(self) -> Audience {
        match self {
            Edition::Participant => Audience::Participant,
            Edition::Facilitator => Audience::Facilitator,
        }
    }
}

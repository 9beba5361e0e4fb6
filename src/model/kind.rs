//! The kinds of item that a handbook is made of.

/// What an item is; decides its front matter keys, its template and the rules it is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Plain text: front page, section texts, guides.
    Page,
    /// A chapter of the story.
    Case,
    /// A hosting principle.
    Principle,
    /// An exercise that a facilitator runs.
    Exercise,
    /// A theme day with an agenda.
    Workshop,
    /// A conclusion drawn from the story.
    Conclusion,
    /// A measure of whether the work shows.
    Indicator,
    /// A word with a definition, for the glossary.
    Concept,
}

impl Kind {
    /// Every kind, in the order of this file.
    pub const ALL: [Kind; 8] = [
        Kind::Page,
        Kind::Case,
        Kind::Principle,
        Kind::Exercise,
        Kind::Workshop,
        Kind::Conclusion,
        Kind::Indicator,
        Kind::Concept,
    ];

    /// The name in `handbook.yaml`, in templates' file names and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Case => "case",
            Kind::Principle => "principle",
            Kind::Exercise => "exercise",
            Kind::Workshop => "workshop",
            Kind::Conclusion => "conclusion",
            Kind::Indicator => "indicator",
            Kind::Concept => "concept",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

//! Front matter with types, one struct a kind, generic over how a reference is held:
//! [`Written`] as parsed, an item's index once resolved.
//!
//! Texts are as written, terms and all, until `resolve` fills them.

use super::Kind;

/// The path of a value in a YAML mapping: `agenda[3].exercise` is `agenda`, 3, `exercise`.
///
/// Enough for every key of the format; the byte range is looked up only when a fault needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPath {
    /// The top key.
    pub key: &'static str,
    /// Index in its list.
    pub index: Option<usize>,
    /// Key of the mapping there.
    pub inner: Option<&'static str>,
}

impl KeyPath {
    /// The value of a top key.
    pub const fn key(key: &'static str) -> Self {
        Self { key, index: None, inner: None }
    }

    /// The `index`th value of a list.
    pub const fn item(key: &'static str, index: usize) -> Self {
        Self { key, index: Some(index), inner: None }
    }

    /// A key in the `index`th mapping of a list.
    pub const fn inner(key: &'static str, index: usize, inner: &'static str) -> Self {
        Self { key, index: Some(index), inner: Some(inner) }
    }
}

/// A text value with the place it was written at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Value {
    /// The text as written.
    pub text: Box<str>,
    /// The path of its key.
    pub at: KeyPath,
}

/// A reference to another item, as written: an id, or `id#heading` in `supports`.
pub type Written = Value;

/// The whole front matter of an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FrontMatter {
    /// The keys that every kind may have.
    pub common: Common,
    /// The keys that only this kind has.
    pub details: Details<Written>,
}

/// Keys of every kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Common {
    /// `title`
    pub title: Option<Value>,
    /// `summary`
    pub summary: Option<Value>,
    /// `order`: overrides the number of the file name.
    pub order: Option<i64>,
    /// `aliases`: other names, for wikilinks and search.
    pub aliases: Vec<Value>,
    /// `moved_from`: old ids, which become redirect pages.
    pub moved_from: Vec<Value>,
    /// `tags`
    pub tags: Vec<Value>,
    /// The keys `audience`, `draft` and `publish`.
    pub readers: Readers,
    /// `print`, true by default.
    pub print: bool,
    /// `base: merge`: keys that the file does not have are those of the file that it replaces.
    pub merge: bool,
    /// `changes`: what is new, in the author's words.
    pub changes: Option<Value>,
}

/// The readers of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Readers {
    /// Facilitators alone: `audience: facilitator`.
    pub facilitator: bool,
    /// Nobody yet: `draft: true` or `publish: false`.
    pub draft: bool,
    /// Whether the audience is stated explicitly.
    pub says_audience: bool,
    /// Whether it is stated explicitly that the item is a draft, or that it is not.
    pub says_draft: bool,
    /// Whether it is unknown who may read it. Then nobody may.
    pub is_unknown: bool,
}

/// Keys of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Details<R> {
    /// Nothing beside the common keys.
    Page,
    /// See [`Case`].
    Case(Case<R>),
    /// See [`Principle`].
    Principle(Principle<R>),
    /// See [`Exercise`].
    Exercise(Exercise<R>),
    /// See [`Workshop`].
    Workshop(Workshop<R>),
    /// See [`Conclusion`].
    Conclusion(Conclusion<R>),
    /// See [`Indicator`].
    Indicator(Indicator),
    /// See [`Concept`].
    Concept(Concept),
}

impl<R> Details<R> {
    /// The kind that has these keys.
    pub fn kind(&self) -> Kind {
        match self {
            Details::Page => Kind::Page,
            Details::Case(_) => Kind::Case,
            Details::Principle(_) => Kind::Principle,
            Details::Exercise(_) => Kind::Exercise,
            Details::Workshop(_) => Kind::Workshop,
            Details::Conclusion(_) => Kind::Conclusion,
            Details::Indicator(_) => Kind::Indicator,
            Details::Concept(_) => Kind::Concept,
        }
    }
}

/// A chapter of the story.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Case<R> {
    /// Principles that the chapter shows.
    pub principles: Vec<R>,
}

/// A hosting principle.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Principle<R> {
    /// The principle in one sentence.
    pub statement: Value,
    /// Signs that one sees when it is practised.
    pub seen: Vec<Value>,
    /// Signs that one hears when it is practised.
    pub heard: Vec<Value>,
    /// Concepts that it rests on.
    pub concepts: Vec<R>,
}

/// When an exercise is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// On a theme day.
    Workshop,
    /// In the weeks between.
    Between,
}

/// An exercise.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Exercise<R> {
    /// Principles that it practises.
    pub principles: Vec<R>,
    /// On a theme day or between.
    pub when: When,
    /// The duration in minutes.
    pub minutes: u32,
    /// Fewest and most participants.
    pub participants: Participants,
    /// The grouping of participants, in words.
    pub groups: Option<Value>,
    /// The materials needed.
    pub materials: Vec<Value>,
    /// The purpose.
    pub purpose: Option<Value>,
    /// The question asked, word for word.
    pub invitation: Option<Value>,
    /// Whether its sheet has room for the participants' names.
    pub names: bool,
}

/// Fewest and most participants; either may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Participants {
    /// Fewest.
    pub min: Option<u32>,
    /// Most.
    pub max: Option<u32>,
}

/// A theme day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Workshop<R> {
    /// Minutes after midnight.
    pub start: u32,
    /// The length of the day in minutes (the key `hours` may be a fraction).
    pub minutes: u32,
    /// Weeks after the first day.
    pub week: Option<u32>,
    /// The day's points in order.
    pub agenda: Vec<AgendaPoint<R>>,
}

/// A point of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AgendaPoint<R> {
    /// An exercise, or something else with a title of its own.
    pub what: AgendaWhat<R>,
    /// Minutes as written; an exercise's own minutes where absent.
    pub minutes: Option<u32>,
    /// A word to the facilitator or participants.
    pub note: Option<Value>,
}

/// The content of a point of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AgendaWhat<R> {
    /// An exercise of the handbook.
    Exercise(R),
    /// Anything else.
    Other {
        /// The title.
        title: Value,
        /// The kind, which decides how it is shown.
        kind: AgendaKind,
    },
}

/// Kinds of agenda point beside exercises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgendaKind {
    /// Somebody speaks.
    Talk,
    /// Work that is no exercise of the handbook.
    Work,
    /// A break.
    Break,
    /// A meal.
    Meal,
}

impl AgendaKind {
    /// The name in front matter and in the theme's words (`agenda_talk`).
    pub fn name(self) -> &'static str {
        match self {
            AgendaKind::Talk => "talk",
            AgendaKind::Work => "work",
            AgendaKind::Break => "break",
            AgendaKind::Meal => "meal",
        }
    }
}

/// A conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Conclusion<R> {
    /// Places that carry it: items, or headings in them.
    pub supports: Vec<R>,
    /// Principles that it speaks to.
    pub principles: Vec<R>,
}

/// Which way is good, or which way it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More.
    Up,
    /// Less.
    Down,
    /// Better, where more and less do not apply.
    Improved,
}

impl Direction {
    /// The name in front matter and in the theme's words (`result_up`).
    pub fn name(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
            Direction::Improved => "improved",
        }
    }
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Indicator {
    /// The question that it answers.
    pub question: Value,
    /// Unit of the values.
    pub unit: Option<Value>,
    /// Which way is good: `Up` or `Down`.
    pub better: Option<Direction>,
    /// Values over time, in order of date.
    pub series: Vec<Measurement>,
    /// Only the direction, where no values are known.
    pub result: Option<Direction>,
}

/// One value of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Measurement {
    /// `2025`, `2025-03` or `2025-03-01`.
    pub date: Value,
    /// The value as written: digits, sign and point.
    pub value: Box<str>,
}

impl Measurement {
    /// The value as a number; parse has made sure that it is a finite one.
    pub fn number(&self) -> f64 {
        self.value.parse().unwrap_or(0.0)
    }
}

/// A concept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Concept {
    /// The meaning, in a sentence or two.
    pub definition: Value,
    /// Inflected forms to recognise in running text.
    pub forms: Vec<Value>,
}

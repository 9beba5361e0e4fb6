//! Every fault that content can have, with the data that its message needs.
//!
//! One variant is one code. `suggestion` fields hold the nearest valid spelling, where there is one.

use super::code::Code;
use super::footnote::NotShown;
use super::metadata::{Found, Runs};
use super::unprintable::Unprintable;
use super::unread::{LeakOf, Unread};
use crate::model::comment::Marks;

/// A problem in the content, as data. Strings are quoted from the content as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "fields are named after what they hold; codes carry the explanations")]
pub enum Fault {
    // Files.
    NotUtf8,
    UnreadableFile {
        reason: String,
    },
    LinkOutOfFolder {
        target: String,
    },
    EmptyHandbook,
    OutsideSections {
        folder: String,
    },
    WrongEnding {
        mended: String,
    },
    EmptySection {
        folder: String,
    },
    // Layers.
    MissingLayer {
        extends: String,
        reason: String,
    },
    CircularExtends {
        chain: Vec<String>,
    },
    OmitsNothing {
        id: String,
        suggestion: Option<String>,
    },
    OmittedButLinked {
        id: String,
        places: usize,
    },
    OtherKindBelow {
        folder: String,
        kind: &'static str,
        below: &'static str,
    },
    NothingBelow {
        written: &'static str,
    },
    BaseChanged {
        id: String,
        since: String,
        changes: String,
    },
    BaseDropped {
        id: String,
        since: String,
        moved_to: Option<String>,
    },
    BaseAdded {
        ids: Vec<String>,
        since: String,
    },
    /// `is_draft` means that the page below is a draft; otherwise it is for facilitators only.
    ReplacesHidden {
        is_draft: bool,
    },
    Untranslated {
        places: usize,
        language: &'static str,
    },
    Leak {
        of: LeakOf,
        edition: String,
        output: String,
        others: usize,
    },
    UnsearchedFile {
        why: Unread,
    },
    // YAML, in front matter, handbook.yaml and theme.yaml alike.
    FrontMatterNotClosed,
    FrontMatterNotFirst,
    /// `form` describes the form that front matter has instead of the one that is read.
    FrontMatterNotRead {
        form: &'static str,
    },
    InvalidYaml {
        reason: String,
        wants_quotes: bool,
    },
    DuplicateKey {
        key: String,
    },
    UnknownKey {
        key: String,
        suggestion: Option<String>,
    },
    MisplacedKey {
        key: String,
        kind: &'static str,
        belongs_to: Vec<&'static str>,
    },
    IgnoredKey {
        key: &'static str,
    },
    MissingKey {
        key: String,
        kind: &'static str,
    },
    /// `mended` is what is written, put into the form that is wanted.
    WrongType {
        key: String,
        expected: &'static str,
        found: &'static str,
        wants_quotes: bool,
        mended: Option<String>,
    },
    InvalidValue {
        key: String,
        value: String,
        expected: String,
        suggestion: Option<String>,
    },
    YamlCutShort {
        key: String,
    },
    // Identity.
    DuplicateId {
        id: String,
    },
    AddressClash {
        address: String,
        other: Occupant,
    },
    ReservedName {
        name: String,
    },
    NameTooLong {
        name: String,
    },
    UnknownId {
        key: String,
        id: String,
        suggestion: Option<String>,
    },
    WrongKind {
        key: String,
        id: String,
        expected: &'static str,
        found: &'static str,
    },
    // Links, images, includes.
    BrokenLink {
        target: String,
        suggestion: Option<String>,
    },
    BrokenAnchor {
        anchor: String,
        page: String,
        suggestion: Option<String>,
    },
    /// With a bar in its target it is one that a table cuts in two.
    BrokenWikilink {
        target: String,
        suggestion: Option<String>,
    },
    AmbiguousWikilink {
        target: String,
        candidates: Vec<String>,
    },
    MissingInclude {
        target: String,
        suggestion: Option<String>,
    },
    IncludesHidden {
        id: String,
        is_draft: bool,
    },
    CircularInclude {
        chain: Vec<String>,
    },
    TooMuchIncluded {
        limit: &'static str,
    },
    MissingImage {
        target: String,
        suggestion: Option<String>,
    },
    RemoteImage {
        target: String,
    },
    UnsafeLink {
        target: String,
    },
    UnsafeSvg {
        reason: String,
    },
    /// `kind` is empty if the type of the file is unknown; `entry` is the setting that allows this file alone.
    FileType {
        kind: String,
        entry: String,
        runs: Runs,
    },
    MetadataInFile {
        found: Vec<Found>,
        entry: String,
    },
    LinkToDraft {
        id: String,
        key: Option<String>,
    },
    LinkToFacilitator {
        id: String,
        key: Option<String>,
    },
    MissingAlt {
        image: String,
        is_wiki: bool,
        width: Option<u32>,
    },
    VagueLinkText {
        text: String,
    },
    EmptyLinkText,
    LinkInFoldedTitle,
    // Text.
    WordWrittenOut {
        word: String,
    },
    UnknownTerm {
        term: String,
        suggestion: Option<String>,
    },
    UnclosedComment {
        opener: &'static str,
    },
    CommentNotHidden {
        written: String,
    },
    NestingTooDeep {
        limit: usize,
    },
    HtmlRemoved {
        removed: Vec<String>,
        by_blank_line: bool,
    },
    HtmlForbidden,
    UnknownCallout {
        name: String,
        suggestion: Option<String>,
    },
    SecondCallout {
        marker: String,
    },
    /// `name` is the name of a callout for facilitators.
    CalloutNotHidden {
        name: &'static str,
    },
    /// `is_empty` means that the callout hides nothing at all.
    HiddenTextCutShort {
        name: &'static str,
        is_empty: bool,
    },
    HiddenDefinitionUsed {
        written: String,
    },
    UndefinedFootnote {
        label: String,
    },
    FootnoteNotShown {
        label: String,
        why: NotShown,
    },
    ControlCharacter {
        letter: char,
    },
    DuplicateHeadingId {
        id: String,
    },
    HeadingSkipped {
        from: u8,
        to: u8,
    },
    EmptyHeading,
    SecondTitle,
    /// The column is counted from 1.
    EmptyTableHead {
        column: usize,
    },
    /// A number with the word after it, `1. maj`.
    OrdinalAsList {
        ordinal: String,
    },
    ListNumber {
        written: u64,
        shown: u64,
    },
    // The handbook's own rules.
    MinutesDiffer {
        steps: u32,
        minutes: u32,
    },
    AgendaDiffers {
        agenda: u32,
        minutes: u32,
    },
    ExerciseWithoutPrinciple,
    PrincipleWithoutExercise,
    PrincipleWithoutStory,
    ConclusionWithoutSupport,
    ExerciseInNoAgenda,
    UnusedConcept {
        concept: String,
    },
    // Print.
    MissingGlyph {
        glyph: char,
    },
    CutOnPaper {
        marks: usize,
        kept: usize,
    },
    /// A heading or a title that print-outs show otherwise than it is written.
    HeadingOnPaper {
        stand_in: String,
    },
    ImageOnPaper {
        image: String,
        why: Unprintable,
    },
    // Theme and brand.
    UnknownTheme {
        theme: String,
        suggestion: Option<String>,
    },
    TemplateError {
        message: String,
    },
    MissingWord {
        key: String,
    },
    LowContrast {
        color: String,
        background: String,
        ratio: String,
        scheme: &'static str,
        nearest: String,
    },
}

/// The present owner of an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occupant {
    /// An item, by its id.
    Item(String),
    /// A section, by its folder.
    Section(String),
    /// A page of the program's own, in words.
    Program(&'static str),
}

impl Fault {
    /// The code of this fault.
    pub fn code(&self) -> Code {
        code_of(self)
    }

    /// Returns whether text that its author meant to hide may be shown.
    pub fn may_show_hidden_text(&self) -> bool {
        match self {
            // It may be the end of a comment whose beginning contains a mistake.
            Fault::UnclosedComment { opener } => *opener == Marks::Percent.opener(),
            Fault::CalloutNotHidden { .. }
            | Fault::CommentNotHidden { .. }
            | Fault::HiddenTextCutShort { .. }
            | Fault::HiddenDefinitionUsed { .. } => true,
            _ => false,
        }
    }
}

macro_rules! codes {
    ($($name:ident)*) => {
        fn code_of(fault: &Fault) -> Code {
            match fault { $(Fault::$name { .. } => Code::$name,)* }
        }
    };
}

codes! {
    NotUtf8 UnreadableFile LinkOutOfFolder EmptyHandbook OutsideSections WrongEnding EmptySection
    MissingLayer CircularExtends OmitsNothing OmittedButLinked OtherKindBelow NothingBelow BaseChanged BaseDropped BaseAdded ReplacesHidden Untranslated Leak UnsearchedFile
    FrontMatterNotClosed FrontMatterNotFirst FrontMatterNotRead InvalidYaml DuplicateKey UnknownKey MisplacedKey IgnoredKey MissingKey WrongType InvalidValue YamlCutShort
    DuplicateId AddressClash ReservedName NameTooLong UnknownId WrongKind
    BrokenLink BrokenAnchor BrokenWikilink AmbiguousWikilink MissingInclude IncludesHidden CircularInclude TooMuchIncluded MissingImage RemoteImage
    UnsafeLink UnsafeSvg FileType MetadataInFile LinkToDraft LinkToFacilitator MissingAlt VagueLinkText EmptyLinkText LinkInFoldedTitle
    WordWrittenOut UnknownTerm UnclosedComment CommentNotHidden NestingTooDeep HtmlRemoved HtmlForbidden UnknownCallout SecondCallout
    CalloutNotHidden HiddenTextCutShort HiddenDefinitionUsed UndefinedFootnote FootnoteNotShown ControlCharacter
    DuplicateHeadingId HeadingSkipped EmptyHeading SecondTitle EmptyTableHead OrdinalAsList ListNumber
    MinutesDiffer AgendaDiffers ExerciseWithoutPrinciple PrincipleWithoutExercise PrincipleWithoutStory
    ConclusionWithoutSupport ExerciseInNoAgenda UnusedConcept
    MissingGlyph CutOnPaper HeadingOnPaper ImageOnPaper
    UnknownTheme TemplateError MissingWord LowContrast
}

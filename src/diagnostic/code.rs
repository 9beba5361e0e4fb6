//! The codes: their names on the command line and how much each weighs.

use super::Severity;

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident)*) => {
        /// The name of a fault, stable across versions.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each code is explained in `explain.rs`")]
        pub enum Code { $($variant,)* }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name as printed and as `vaert explain` takes it.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// Returns the severity of the fault unless the user asks to be strict.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    NotUtf8 "not-utf8" Error
    UnreadableFile "unreadable-file" Error
    LinkOutOfFolder "link-out-of-folder" Error
    EmptyHandbook "empty-handbook" Error
    OutsideSections "outside-sections" Warning
    WrongEnding "wrong-ending" Warning
    EmptySection "empty-section" Warning
    MissingLayer "missing-layer" Error
    CircularExtends "circular-extends" Error
    OmitsNothing "omits-nothing" Error
    OmittedButLinked "omitted-but-linked" Error
    OtherKindBelow "other-kind-below" Error
    NothingBelow "nothing-below" Error
    BaseChanged "base-changed" Warning
    BaseDropped "base-dropped" Warning
    BaseAdded "base-added" Warning
    ReplacesHidden "replaces-hidden" Warning
    Untranslated "untranslated" Warning
    Leak "leak" Error
    UnsearchedFile "unsearched-file" Warning
    FrontMatterNotClosed "front-matter-not-closed" Error
    FrontMatterNotFirst "front-matter-not-first" Error
    FrontMatterNotRead "front-matter-not-read" Error
    InvalidYaml "invalid-yaml" Error
    DuplicateKey "duplicate-key" Error
    UnknownKey "unknown-key" Error
    MisplacedKey "misplaced-key" Error
    IgnoredKey "ignored-key" Warning
    MissingKey "missing-key" Error
    WrongType "wrong-type" Error
    InvalidValue "invalid-value" Error
    YamlCutShort "yaml-cut-short" Warning
    DuplicateId "duplicate-id" Error
    AddressClash "address-clash" Error
    ReservedName "reserved-name" Error
    NameTooLong "name-too-long" Error
    UnknownId "unknown-id" Error
    WrongKind "wrong-kind" Error
    BrokenLink "broken-link" Error
    BrokenAnchor "broken-anchor" Error
    BrokenWikilink "broken-wikilink" Error
    AmbiguousWikilink "ambiguous-wikilink" Error
    MissingInclude "missing-include" Error
    IncludesHidden "includes-hidden" Error
    CircularInclude "circular-include" Error
    TooMuchIncluded "too-much-included" Error
    MissingImage "missing-image" Error
    RemoteImage "remote-image" Error
    UnsafeLink "unsafe-link" Error
    UnsafeSvg "unsafe-svg" Error
    FileType "file-type" Error
    MetadataInFile "metadata-in-file" Warning
    LinkToDraft "link-to-draft" Warning
    LinkToFacilitator "link-to-facilitator" Warning
    MissingAlt "missing-alt" Warning
    VagueLinkText "vague-link-text" Warning
    EmptyLinkText "empty-link-text" Warning
    LinkInFoldedTitle "link-in-folded-title" Warning
    WordWrittenOut "word-written-out" Warning
    UnknownTerm "unknown-term" Error
    UnclosedComment "unclosed-comment" Error
    CommentNotHidden "comment-not-hidden" Error
    NestingTooDeep "nesting-too-deep" Error
    HtmlRemoved "html-removed" Warning
    HtmlForbidden "html-forbidden" Error
    UnknownCallout "unknown-callout" Warning
    SecondCallout "second-callout" Warning
    CalloutNotHidden "callout-not-hidden" Error
    HiddenTextCutShort "hidden-text-cut-short" Error
    HiddenDefinitionUsed "hidden-definition-used" Error
    UndefinedFootnote "undefined-footnote" Warning
    FootnoteNotShown "footnote-not-shown" Warning
    ControlCharacter "control-character" Warning
    DuplicateHeadingId "duplicate-heading-id" Error
    HeadingSkipped "heading-skipped" Warning
    EmptyHeading "empty-heading" Warning
    SecondTitle "second-title" Warning
    EmptyTableHead "empty-table-head" Warning
    OrdinalAsList "ordinal-as-list" Warning
    ListNumber "list-number" Warning
    MinutesDiffer "minutes-differ" Warning
    AgendaDiffers "agenda-differs" Warning
    ExerciseWithoutPrinciple "exercise-without-principle" Warning
    PrincipleWithoutExercise "principle-without-exercise" Warning
    PrincipleWithoutStory "principle-without-story" Warning
    ConclusionWithoutSupport "conclusion-without-support" Warning
    ExerciseInNoAgenda "exercise-in-no-agenda" Warning
    UnusedConcept "unused-concept" Warning
    MissingGlyph "missing-glyph" Warning
    CutOnPaper "cut-on-paper" Warning
    HeadingOnPaper "heading-on-paper" Warning
    ImageOnPaper "image-on-paper" Warning
    UnknownTheme "unknown-theme" Error
    TemplateError "template-error" Error
    MissingWord "missing-word" Error
    LowContrast "low-contrast" Error
}

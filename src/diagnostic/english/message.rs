//! A fault becomes the English sentence that says what is wrong.

use super::super::fault::{Fault, Occupant};
use super::super::metadata::{Runs, listed};
use super::super::quote::{arrows, bounded, character, code, cut, list_of, quoted};
use super::super::unread::LeakOf;
use super::with_article;
use crate::model::handbook::Language;

/// Returns the message that describes a fault.
pub(super) fn message(fault: &Fault) -> String {
    match fault {
        Fault::NotUtf8 => "this file is not UTF-8 text".into(),
        Fault::UnreadableFile { reason } => format!("this file cannot be used: {}", bounded(reason)),
        Fault::LinkOutOfFolder { target } => {
            format!("this is a link to {}, outside the folder that is being read", quoted(target))
        }
        Fault::EmptyHandbook => "the handbook has nothing to publish".into(),
        Fault::OutsideSections { .. } => "this file is in no section, so it is not published".into(),
        Fault::WrongEnding { .. } => "this file is not published: its name does not end in `.md`".into(),
        Fault::EmptySection { folder } => format!("the section {} has nothing to publish", quoted(folder)),

        Fault::MissingLayer { extends, reason } => {
            format!("{} cannot be extended: {}", quoted(extends), bounded(reason))
        }
        Fault::CircularExtends { chain } => format!("this handbook would extend itself: {}", arrows(chain)),
        Fault::OmitsNothing { id, .. } => format!("there is nothing to leave out: no layer below has {}", quoted(id)),
        Fault::OmittedButLinked { id, places: 1 } => {
            format!("{} is left out, but a link still leads to it", quoted(id))
        }
        Fault::OmittedButLinked { id, places } => {
            format!("{} is left out, but {places} links still lead to it", quoted(id))
        }
        Fault::OtherKindBelow { folder, kind, below } => format!(
            "the section {} holds items of the kind {} below, which cannot become {}",
            quoted(folder),
            quoted(below),
            quoted(kind)
        ),
        Fault::NothingBelow { written } => {
            format!("{} has nothing to build on: this file replaces no other", code(written))
        }
        Fault::BaseChanged { id, since, changes } => {
            format!("what this file replaces, {}, has changed since {since}: {}", quoted(id), bounded(changes))
        }
        Fault::BaseDropped { id, since, .. } => {
            format!("this file replaces nothing any more: the base had {} on {since} and has dropped it", quoted(id))
        }
        Fault::BaseAdded { ids, since } => match ids.as_slice() {
            [id] => format!("the item {} is new in the base since {since}", quoted(id)),
            _ => format!("{} items are new in the base since {since}: {}", ids.len(), bounded(&ids.join(", "))),
        },
        Fault::ReplacesHidden { is_draft: true } => {
            "everyone may read this page, but the one that it replaces is a draft".into()
        }
        Fault::ReplacesHidden { is_draft: false } => {
            "everyone may read this page, but the one that it replaces is for facilitators only".into()
        }
        Fault::Untranslated { places: 1, language } => {
            format!("the edition is in {language}, but a text of its base in another language is kept")
        }
        Fault::Untranslated { places, language } => {
            format!("the edition is in {language}, but {places} texts of its base in another language are kept")
        }
        Fault::Leak { of, edition, output, others: 0 } => {
            format!("{} of the edition {} holds {}", quoted(output), quoted(edition), leaked(*of))
        }
        Fault::Leak { of, edition, output, others } => {
            format!("{} and {others} more of the edition {} hold {}", quoted(output), quoted(edition), leaked(*of))
        }
        Fault::UnsearchedFile { why } => {
            format!("this file was not searched for other clients' words: {}", why.text(Language::English))
        }

        Fault::FrontMatterNotClosed => "the front matter is not closed".into(),
        Fault::FrontMatterNotFirst => "the front matter does not begin on the first line".into(),
        Fault::FrontMatterNotRead { form } => {
            format!("this looks like front matter, but cannot be read as such: {form}")
        }
        Fault::InvalidYaml { reason, .. } => format!("this is not valid YAML: {}", bounded(reason)),
        Fault::DuplicateKey { key } => format!("the key {} is given twice", quoted(key)),
        Fault::UnknownKey { key, .. } => format!("unknown key {}", quoted(key)),
        Fault::MisplacedKey { key, kind, .. } => {
            format!("the key {} does not belong in {}", quoted(key), with_article(kind))
        }
        Fault::IgnoredKey { key } => format!("{} has no effect", quoted(key)),
        Fault::MissingKey { key, .. } => format!("the key {} is missing", quoted(key)),
        Fault::WrongType { key, expected, found, .. } => {
            format!("{} must be {expected}, but this is {found}", quoted(key))
        }
        Fault::InvalidValue { key, value, .. } => format!("{} cannot be {}", quoted(key), quoted(value)),
        Fault::YamlCutShort { key } => {
            format!("the value of {} stops here: in YAML ` #` begins a comment", quoted(key))
        }

        Fault::DuplicateId { id } => format!("two files have the id {}", quoted(id)),
        Fault::AddressClash { address, other } => {
            format!("the address {} is taken by {}", quoted(address), occupant(other))
        }
        Fault::NameTooLong { name } => format!(
            "{} would be the name of a file, and is longer than the 255 letters that one may have",
            quoted(name)
        ),
        Fault::ReservedName { name } => format!("no file on Windows can be named {}", quoted(name)),
        Fault::UnknownId { key, id, .. } => format!("{} names {}, which does not exist", quoted(key), quoted(id)),
        Fault::WrongKind { key, id, found, .. } => {
            format!("{} names {}, which is {}", quoted(key), quoted(id), with_article(found))
        }

        Fault::BrokenLink { target, .. } if target.is_empty() => "this link has no address".into(),
        Fault::BrokenLink { target, suggestion: Some(mended) } if mended.starts_with('<') => {
            format!("the blank in {} makes this no link", quoted(target))
        }
        Fault::BrokenLink { target, .. } => format!("this link leads to {}, which does not exist", quoted(target)),
        Fault::BrokenAnchor { anchor, page, .. } => {
            format!("{} has no heading {}", page_name(page), quoted(&format!("#{anchor}")))
        }
        Fault::BrokenWikilink { target, .. } if target.trim().is_empty() => "`[[]]` names nothing".into(),
        Fault::BrokenWikilink { target, .. } if target.contains('|') => {
            format!("the bar in {} ends a cell of the table", code(&format!("[[{}]]", cut(target))))
        }
        Fault::BrokenWikilink { target, .. } => format!("{} leads nowhere", code(&format!("[[{}]]", cut(target)))),
        Fault::AmbiguousWikilink { target, .. } => {
            format!("{} fits more than one item", code(&format!("[[{}]]", cut(target))))
        }
        Fault::MissingInclude { target, .. } => format!("{} includes nothing", code(&format!("![[{}]]", cut(target)))),
        Fault::IncludesHidden { id, is_draft: true } => {
            format!("this includes {}, which is a draft and is not published", quoted(id))
        }
        Fault::IncludesHidden { id, is_draft: false } => {
            format!("this includes {}, which only facilitators have", quoted(id))
        }
        Fault::CircularInclude { chain } => format!("this include leads back to itself: {}", arrows(chain)),
        Fault::TooMuchIncluded { limit } => format!("with this include the page would hold more than {limit}"),
        Fault::MissingImage { target, .. } if target.is_empty() => "this image has no address".into(),
        Fault::MissingImage { target, .. } => format!("the image {} does not exist", quoted(target)),
        Fault::RemoteImage { target } => format!("the image {} lies on another site", quoted(target)),
        Fault::UnsafeLink { target } => format!("a link must not lead to {}", quoted(target)),
        Fault::UnsafeSvg { reason } => format!("this SVG is not published: it {}", bounded(reason)),
        Fault::FileType { runs: Runs::Part(part), .. } => format!(
            "this file is not published: it holds {}, which can run on the reader's machine",
            quoted(&bounded(part))
        ),
        Fault::FileType { kind, .. } if kind.is_empty() => {
            "this file is not published: neither its name nor its content tells that it is harmless".into()
        }
        Fault::FileType { kind, runs: Runs::Unknown, .. } => format!(
            "this file is not published: the type {} is not among those that are known to be harmless",
            quoted(kind)
        ),
        Fault::FileType { kind, .. } => format!(
            "this file is not published: files of the type {} can run in the reader's browser or on the machine",
            quoted(kind)
        ),
        Fault::MetadataInFile { found, .. } => {
            format!("this file says more than it shows: {}", listed(found, Language::English))
        }
        Fault::LinkToDraft { id, key } => {
            format!("{} {}, which is a draft and is not published", leads_to(key), quoted(id))
        }
        Fault::LinkToFacilitator { id, key } => {
            format!("{} {}, which only facilitators have", leads_to(key), quoted(id))
        }
        Fault::MissingAlt { image, .. } => {
            format!("the image {} says nothing to those who cannot see it", quoted(image))
        }
        Fault::VagueLinkText { text } => format!("the link text {} does not say where the link leads", quoted(text)),
        Fault::EmptyLinkText => "this link has no text".into(),
        Fault::LinkInFoldedTitle => "this link is in the title of a folded callout, which is a button".into(),

        Fault::WordWrittenOut { word } => format!("{} is written out, though it is a term", quoted(word)),
        Fault::UnknownTerm { term, .. } => format!("unknown term {}", code(&format!("{{{}}}", cut(term)))),
        Fault::UnclosedComment { opener } => {
            format!("{} opens a comment that is never closed: the rest of the file is hidden", code(opener))
        }
        Fault::CommentNotHidden { written } => {
            format!("{} looks as if it hid text, but does not: the text would be published", quoted(written))
        }
        Fault::NestingTooDeep { limit } => format!("this is nested more than {limit} levels deep"),
        Fault::HtmlRemoved { removed, by_blank_line: true } => format!(
            "a blank line ends this HTML, so that {} holds nothing of what follows",
            list_of(removed, quoted, "and")
        ),
        Fault::HtmlRemoved { removed, by_blank_line: false } => {
            format!("this HTML is not published: {}", list_of(removed, quoted, "and"))
        }
        Fault::HtmlForbidden => "raw HTML is forbidden in this handbook".into(),
        Fault::UnknownCallout { name, .. } => {
            format!("unknown callout {}, shown as a note", code(&format!("[!{}]", cut(name))))
        }
        Fault::SecondCallout { marker } => {
            format!("{} does not begin a quote, so it is shown as text", quoted(marker))
        }
        Fault::CalloutNotHidden { name } => {
            format!(
                "this looks like {}, but is not read as one: its text would be published",
                code(&format!("[!{name}]"))
            )
        }
        Fault::HiddenTextCutShort { name, is_empty: true } => {
            format!("this {} hides nothing", code(&format!("[!{name}]")))
        }
        Fault::HiddenTextCutShort { name, is_empty: false } => {
            format!("this {} ends here, and the text behind it would be published", code(&format!("[!{name}]")))
        }
        Fault::HiddenDefinitionUsed { written } => {
            format!("{} is defined in text that readers do not get, but is used outside of it", quoted(written))
        }
        Fault::UndefinedFootnote { label } => {
            format!("the footnote {} has no text", code(&format!("[^{}]", cut(label))))
        }
        Fault::FootnoteNotShown { label, why } => why.text(label, Language::English),
        Fault::ControlCharacter { letter } => {
            format!("here is {}, which no text holds; it counts as a blank", character(*letter))
        }
        Fault::DuplicateHeadingId { id } => format!("the heading id {} is used twice on this page", quoted(id)),
        Fault::HeadingSkipped { from, to } => format!("this heading goes from level {from} to level {to}"),
        Fault::EmptyHeading => "this heading has no text".into(),
        Fault::SecondTitle => "this page has a title already".into(),
        Fault::EmptyTableHead { column } => format!("column {column} of this table has no name"),
        Fault::OrdinalAsList { ordinal } => format!("{} begins a numbered list here", quoted(ordinal)),
        Fault::ListNumber { written, shown } => format!("the page shows `{shown}.` here, not `{written}.`"),

        Fault::MinutesDiffer { steps, minutes } => {
            format!("the steps take {steps} minutes together, but `minutes` is {minutes}")
        }
        Fault::AgendaDiffers { agenda, minutes } => {
            format!("the agenda takes {}, but `hours` is {}", duration(*agenda), duration(*minutes))
        }
        Fault::ExerciseWithoutPrinciple => "this exercise practises no principle".into(),
        Fault::PrincipleWithoutExercise => "no exercise practises this principle".into(),
        Fault::PrincipleWithoutStory => "no chapter of the story shows this principle".into(),
        Fault::ConclusionWithoutSupport => "nothing supports this conclusion".into(),
        Fault::ExerciseInNoAgenda => "this exercise belongs to a workshop, but no agenda holds it".into(),
        Fault::UnusedConcept { concept } => format!("no page uses the concept {}", quoted(concept)),

        Fault::MissingGlyph { glyph } => {
            format!("no font of the theme has {}, so print-outs leave it out", character(*glyph))
        }
        Fault::CutOnPaper { marks, kept } => {
            format!("here are {marks} marks without a letter or a blank; print-outs show the first {kept}")
        }
        Fault::HeadingOnPaper { stand_in } => {
            format!("print-outs cannot show this heading as it is written, and say {} instead", quoted(stand_in))
        }
        Fault::ImageOnPaper { image, why } => format!("the image {} {}", quoted(image), why.text(Language::English)),
        Fault::UnknownTheme { theme, .. } => format!("unknown theme {}", quoted(theme)),
        Fault::TemplateError { message } => format!("the theme cannot be used: {}", bounded(message)),
        Fault::MissingWord { key } => format!("the theme has no word {}", quoted(key)),
        Fault::LowContrast { color, background, ratio, scheme, .. } => format!(
            "{} on {} cannot be read by everyone: the contrast on {scheme} pages is {ratio}:1, and must be 4.5:1",
            quoted(color),
            quoted(background)
        ),
    }
}

fn occupant(other: &Occupant) -> String {
    match other {
        Occupant::Item(id) => quoted(id),
        Occupant::Section(folder) => format!("the section {}", quoted(folder)),
        Occupant::Program(page) => (*page).to_owned(),
    }
}

/// `key` is the front matter key that names an id; none where it is a link in the text.
fn leads_to(key: &Option<String>) -> String {
    key.as_ref().map_or_else(|| "this link leads to".to_owned(), |key| format!("{} names", quoted(key)))
}

fn page_name(page: &str) -> String {
    if page.is_empty() { "this page".to_owned() } else { quoted(page) }
}

/// `90` minutes as `1 h 30 min`.
fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn leaked(of: LeakOf) -> &'static str {
    match of {
        LeakOf::OtherClient => "what belongs here",
        LeakOf::HiddenText => "what is hidden here from participants",
    }
}

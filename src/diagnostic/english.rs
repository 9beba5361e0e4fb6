//! A fault becomes an English sentence and what to do about it.
//!
//! Messages are in lower case without a full stop, what stands in the content in backticks. Help is an action.

use super::Fault;
use super::fault::Occupant;
use super::quote::{bounded, code, cut, hashes, hours_of, quoted};

/// What is said about a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

const QUOTES_WANTED: &str = "put the value in quotes: in YAML a value that begins with `{`, or holds `: ` or ` #`, \
                             wants them, as in `title: \"Dag 2: {borgeren} i døren\"`";

/// The message and the help for `fault`.
pub fn text(fault: &Fault) -> Text {
    let (message, help) = message_and_help(fault);
    Text { message, help }
}

fn message_and_help(fault: &Fault) -> (String, String) {
    match fault {
        Fault::NotUtf8 => (
            "this file is not UTF-8 text".into(),
            "save it again with the encoding UTF-8; most editors ask for it in `Save as`".into(),
        ),
        Fault::UnreadableFile { reason } => (
            format!("this file cannot be used: {}", bounded(reason)),
            "mend or replace it, and check that you may open it".into(),
        ),
        Fault::LinkOutOfFolder { target } => (
            format!("this is a link to {}, outside the folder that is being read", quoted(target)),
            "put a copy of the file itself here instead of a link to it".into(),
        ),
        Fault::EmptyHandbook => (
            "the handbook has nothing to publish".into(),
            "write a first page, `index.md`; check that `sections` names your folders and not every page is a draft"
                .into(),
        ),
        Fault::OutsideSections { folder } if folder.is_empty() => (
            "this file is in no section, so it is not published".into(),
            "move it into the folder of a section, or delete it".into(),
        ),
        Fault::OutsideSections { folder } => (
            "this file is in no section, so it is not published".into(),
            format!("add {} to `sections` in `handbook.yaml`, or move the file", code(&section_line(folder))),
        ),
        Fault::EmptySection { folder } => (
            format!("the section {} has nothing to publish", quoted(folder)),
            format!("write a `.md` file in the folder {}, or take the section out of `sections`", quoted(folder)),
        ),

        Fault::FrontMatterNotClosed => (
            "the front matter is not closed".into(),
            "write a line with `---` after the last key; the page's text begins below it".into(),
        ),
        Fault::InvalidYaml { reason, wants_quotes: true } => {
            (format!("this is not valid YAML: {}", bounded(reason)), QUOTES_WANTED.into())
        }
        Fault::InvalidYaml { reason, wants_quotes: false } => (
            format!("this is not valid YAML: {}", bounded(reason)),
            "look for a missing quote, bracket or colon here and on the line above; indent with spaces, not tabs"
                .into(),
        ),
        Fault::DuplicateKey { key } => {
            (format!("the key {} is given twice", quoted(key)), "keep one of the two and remove the other".into())
        }
        Fault::UnknownKey { key, suggestion } => (
            format!("unknown key {}", quoted(key)),
            did_you_mean(suggestion, "", "remove it; `vaert explain unknown-key` lists the keys that there are"),
        ),
        Fault::MisplacedKey { key, kind, belongs_to } => (
            format!("the key {} does not belong in {}", quoted(key), with_article(kind)),
            misplaced_help(key, belongs_to),
        ),
        Fault::MissingKey { key, kind } => (
            format!("the key {} is missing", quoted(key)),
            format!("add {}: {} cannot do without it", code(&format!("{key}: …")), with_article(kind)),
        ),
        Fault::WrongType { key, expected, found, wants_quotes } => (
            format!("{} must be {expected}, but this is {found}", quoted(key)),
            if *wants_quotes { QUOTES_WANTED.into() } else { format!("write {expected} here") },
        ),
        Fault::InvalidValue { key, value, expected, suggestion } => (
            format!("{} cannot be {}", quoted(key), quoted(value)),
            did_you_mean(suggestion, "", &format!("write {expected}")),
        ),
        Fault::YamlCutShort { key } => (
            format!("the value of {} stops here: in YAML ` #` begins a comment", quoted(key)),
            "put the whole value in quotes; a comment that is meant goes on a line of its own".into(),
        ),

        Fault::DuplicateId { id } => (
            format!("two files have the id {}", quoted(id)),
            "rename one of them: an id is the folder and the file name, without number, accents and capitals".into(),
        ),
        Fault::AddressClash { address, other } => (
            format!("the address {} is taken by {}", quoted(address), occupant(other)),
            match other {
                Occupant::Item(_) => {
                    "rename one of the two, or take the old id out of `moved_from`; capital letters make no difference"
                }
                Occupant::Section(_) => {
                    "rename one of the two folders: numbers, accents and capital letters make no difference"
                }
                Occupant::Program(_) => {
                    "every handbook has that page: rename the file, or take the old id out of `moved_from`"
                }
            }
            .into(),
        ),
        Fault::UnknownId { key, id, suggestion } => (
            format!("{} names {}, which does not exist", quoted(key), quoted(id)),
            did_you_mean(suggestion, "", "write an item's id: its folder and file name without number and `.md`"),
        ),
        Fault::WrongKind { key, id, expected, found } => (
            format!("{} names {}, which is {}", quoted(key), quoted(id), with_article(found)),
            format!("name {} here", with_article(expected)),
        ),

        Fault::BrokenLink { target, .. } if target.is_empty() => (
            "this link has no address".into(),
            "write where it leads between the parentheses, or take the brackets away".into(),
        ),
        Fault::BrokenLink { target, suggestion: Some(mended) } if mended.starts_with('<') => (
            format!("the blank in {} makes this no link", quoted(target)),
            format!("put the address in angle brackets: {}", code(&format!("]({mended})"))),
        ),
        Fault::BrokenLink { target, suggestion } => (
            format!("this link leads to {}, which does not exist", quoted(target)),
            did_you_mean(suggestion, "", "check the path: it is read from the folder that this file is in"),
        ),
        Fault::BrokenAnchor { anchor, page, suggestion } => (
            format!("{} has no heading {}", page_name(page), quoted(&format!("#{anchor}"))),
            did_you_mean(
                suggestion,
                "#",
                "write a heading's words in lower case with `-` between them, or its `{#id}`",
            ),
        ),
        Fault::BrokenWikilink { target, suggestion } => (
            format!("{} leads nowhere", code(&format!("[[{}]]", cut(target)))),
            did_you_mean_wikilink(suggestion, "[[", "write an item's id, its file name or one of its `aliases`"),
        ),
        Fault::AmbiguousWikilink { target, candidates } => (
            format!("{} fits more than one item", code(&format!("[[{}]]", cut(target)))),
            format!("write which: {}", list_of(candidates, |id| code(&format!("[[{}]]", cut(id))), "or")),
        ),
        Fault::MissingInclude { target, suggestion } => (
            format!("{} includes nothing", code(&format!("![[{}]]", cut(target)))),
            did_you_mean_wikilink(suggestion, "![[", "write an item's id, its file name or one of its `aliases`"),
        ),
        Fault::CircularInclude { chain } => (
            format!("this include leads back to itself: {}", arrows(chain)),
            "take out one of these includes, or write a link `[[…]]` instead".into(),
        ),
        Fault::TooMuchIncluded { limit } => (
            format!("with this include the page would hold more than {limit}"),
            "take out some of the includes, here or in what is included, or write links `[[…]]` instead".into(),
        ),
        Fault::MissingImage { target, suggestion } => (
            format!("the image {} does not exist", quoted(target)),
            did_you_mean(suggestion, "", "check the path: it is read from the folder that this file is in"),
        ),
        Fault::RemoteImage { target } => (
            format!("the image {} lies on another site", quoted(target)),
            "save the image in the handbook's folder and refer to it there: the handbook must work without a network"
                .into(),
        ),
        Fault::UnsafeLink { target } => (
            format!("a link must not lead to {}", quoted(target)),
            "begin the address with `https:`, `http:`, `mailto:` or `tel:`, or write the path of a file".into(),
        ),
        Fault::UnsafeSvg { reason } => (
            format!("this SVG is not published: it {}", bounded(reason)),
            "save it from the drawing program as a plain SVG, or as a PNG".into(),
        ),
        Fault::LinkToDraft { id, key } => (
            format!("{} {}, which is a draft and is not published", leads_to(key), quoted(id)),
            format!("take `draft: true` out of that file when it is finished, or take the {} out", link_or_id(key)),
        ),
        Fault::LinkToFacilitator { id, key } => (
            format!("{} {}, which only facilitators have", leads_to(key), quoted(id)),
            match key {
                None => "move the link into a `> [!FACILITATOR]` callout, or take it out".into(),
                Some(_) => "take the id out, or put `audience: facilitator` into this file, too".into(),
            },
        ),
        Fault::MissingAlt { image } => (
            format!("the image {} says nothing to those who cannot see it", quoted(image)),
            format!(
                "write `alt` text between the brackets: {}",
                code(&format!("![what the image shows]({})", cut(image)))
            ),
        ),
        Fault::VagueLinkText { text } => (
            format!("the link text {} does not say where the link leads", quoted(text)),
            "use words that can stand alone, such as the title of the page that it leads to".into(),
        ),

        Fault::UnknownTerm { term, suggestion } => (
            format!("unknown term {}", code(&format!("{{{}}}", cut(term)))),
            match suggestion {
                Some(suggestion) => format!("did you mean {}?", code(&format!("{{{suggestion}}}"))),
                None => {
                    "add the word to `terms` in `handbook.yaml`; a brace that is only a brace is written `\\{`".into()
                }
            },
        ),
        Fault::UnclosedComment { opener } => (
            format!("{} opens a comment that is never closed: the rest of the file is hidden", code(opener)),
            format!("close it with {}", code(if opener.starts_with('<') { "-->" } else { opener })),
        ),
        Fault::NestingTooDeep { limit } => (
            format!("this is nested more than {limit} levels deep"),
            "take some of the quotes and lists apart; what lies deeper is shown without its nesting".into(),
        ),
        Fault::HtmlRemoved { removed, by_blank_line: true } => (
            format!("a blank line ends this HTML, so that {} holds nothing of what follows", list_of(removed, quoted, "and")),
            "take it out, or write the same in Markdown; text that folds is `> [!NOTE]- title`, with `>` before each line"
                .into(),
        ),
        Fault::HtmlRemoved { removed, by_blank_line: false } => (
            format!("this HTML is not published: {}", list_of(removed, quoted, "and")),
            "take it out, or write the same in Markdown".into(),
        ),
        Fault::HtmlForbidden => (
            "raw HTML is forbidden in this handbook".into(),
            "write the same in Markdown, or put `raw_html: sanitize` in `handbook.yaml`".into(),
        ),
        Fault::UnknownCallout { name, suggestion } => (
            format!("unknown callout {}, shown as a note", code(&format!("[!{}]", cut(name)))),
            match suggestion {
                Some(suggestion) => format!("did you mean {}?", code(&format!("[!{suggestion}]"))),
                None => "`vaert explain unknown-callout` lists the callouts that there are".into(),
            },
        ),
        Fault::UndefinedFootnote { label } => (
            format!("the footnote {} has no text", code(&format!("[^{}]", cut(label)))),
            format!("write {} on a line of its own", code(&format!("[^{}]: the note", cut(label)))),
        ),
        Fault::DuplicateHeadingId { id } => (
            format!("the heading id {} is used twice on this page", quoted(id)),
            format!("give one of the headings another id, as in {}", code(&format!("{{#{}-2}}", cut(id)))),
        ),
        Fault::HeadingSkipped { from, to } => (
            format!("this heading goes from level {from} to level {to}"),
            format!("write it with {}, one level below the heading above it", code(&hashes(from.saturating_add(1)))),
        ),
        Fault::SecondTitle => (
            "this page has a title already".into(),
            "begin the heading with `##`: a page has one title, and all other headings lie below it".into(),
        ),

        Fault::MinutesDiffer { steps, minutes } => (
            format!("the steps take {steps} minutes together, but `minutes` is {minutes}"),
            format!("write `minutes: {steps}`, or change the `{{minutes=…}}` of the steps"),
        ),
        Fault::AgendaDiffers { agenda, minutes } => (
            format!("the agenda takes {}, but `hours` is {}", duration(*agenda), duration(*minutes)),
            format!("write `hours: {}`, or change the minutes in the agenda", hours_of(*agenda)),
        ),
        Fault::ExerciseWithoutPrinciple => (
            "this exercise practises no principle".into(),
            "name one in the front matter, as in `principles: [principper/se]`".into(),
        ),
        Fault::PrincipleWithoutExercise => (
            "no exercise practises this principle".into(),
            "add its id to `principles` of an exercise, or write one with `vaert new exercise`".into(),
        ),
        Fault::PrincipleWithoutStory => (
            "no chapter of the story shows this principle".into(),
            "add its id to `principles` of a chapter where it can be seen".into(),
        ),
        Fault::ConclusionWithoutSupport => (
            "nothing supports this conclusion".into(),
            "name what it rests on in the front matter, as in `supports: [fortaelling/foerste-dag]`".into(),
        ),
        Fault::ExerciseInNoAgenda => (
            "this exercise belongs to a workshop, but no agenda holds it".into(),
            "add `- exercise: …` with its id to the `agenda` of a workshop, or write `when: between`".into(),
        ),
        Fault::UnusedConcept { concept } => (
            format!("no page uses the concept {}", quoted(concept)),
            "add the forms in which the word is written to `forms`, use the word, or delete the file".into(),
        ),

        Fault::UnknownTheme { theme, suggestion } => (
            format!("unknown theme {}", quoted(theme)),
            did_you_mean(suggestion, "", "write `vaertskab`, or the path of a folder that holds a `theme.yaml`"),
        ),
        Fault::TemplateError { message } => (
            format!("the theme cannot be used: {}", bounded(message)),
            "mend the file; without it, the theme's parent stands in for it".into(),
        ),
        Fault::MissingWord { key } => (
            format!("the theme has no word {}", quoted(key)),
            format!("add {} to the file of the language in the theme's folder `words`", code(&format!("{key}: …"))),
        ),
        Fault::LowContrast { color, background, ratio, scheme, nearest } => (
            format!(
                "{} on {} cannot be read by everyone: the contrast on {scheme} pages is {ratio}:1, and must be 4.5:1",
                quoted(color),
                quoted(background)
            ),
            format!("write {}, the nearest shade that can be read", code(&format!("\"{nearest}\""))),
        ),
    }
}

fn did_you_mean(suggestion: &Option<String>, before: &str, otherwise: &str) -> String {
    match suggestion {
        Some(suggestion) => format!("did you mean {}?", code(&format!("{before}{suggestion}"))),
        None => otherwise.to_owned(),
    }
}

fn did_you_mean_wikilink(suggestion: &Option<String>, opener: &str, otherwise: &str) -> String {
    match suggestion {
        Some(suggestion) => format!("did you mean {}?", code(&format!("{opener}{suggestion}]]"))),
        None => otherwise.to_owned(),
    }
}

fn misplaced_help(key: &str, belongs_to: &[&str]) -> String {
    let kinds: Vec<String> = belongs_to.iter().map(|kind| with_article(kind)).collect();
    if kinds.is_empty() {
        return "remove it".to_owned();
    }
    format!("remove it: {} belongs in {}", quoted(key), list_of(&kinds, str::to_owned, "or"))
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

fn link_or_id(key: &Option<String>) -> &'static str {
    if key.is_some() { "id" } else { "link" }
}

fn section_line(folder: &str) -> String {
    format!("- {{ folder: {}, kind: page }}", cut(folder))
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

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn arrows(chain: &[String]) -> String {
    chain.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(" → ")
}

/// "a, b or c"; of more than six, the first six.
fn list_of(all: &[String], each: impl Fn(&str) -> String, word: &str) -> String {
    let mut shown: Vec<String> = all.iter().take(6).map(|one| each(one)).collect();
    if all.len() > shown.len() {
        shown.push("…".to_owned());
    }
    match shown.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} {word} {last}", before.join(", ")),
        _ => shown.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_the_nearest_spelling_where_there_is_one() {
        let fault = |suggestion: Option<&str>| Fault::BrokenAnchor {
            anchor: "trni".into(),
            page: "oevelser/kaffe".into(),
            suggestion: suggestion.map(str::to_owned),
        };
        assert_eq!(text(&fault(Some("trin"))).help, "did you mean `#trin`?");
        assert!(text(&fault(None)).help.starts_with("write a heading's words"));
    }

    #[test]
    fn a_value_that_wants_quotes_is_told_so() {
        let fault = Fault::WrongType {
            key: "title".into(),
            expected: "a text",
            found: "a key with a value",
            wants_quotes: true,
        };
        let Text { message, help } = text(&fault);
        assert_eq!(message, "`title` must be a text, but this is a key with a value");
        assert!(help.contains("begins with `{`") && help.contains("`: `") && help.contains("` #`"));
    }

    #[test]
    fn an_agenda_is_told_in_hours_and_mended_in_hours() {
        let Text { message, help } = text(&Fault::AgendaDiffers { agenda: 390, minutes: 420 });
        assert_eq!(message, "the agenda takes 6 h 30 min, but `hours` is 7 h");
        assert!(help.starts_with("write `hours: 6.5`"));
    }

    #[test]
    fn a_list_of_candidates_is_short() {
        let ids = |count: usize| (0..count).map(|number| format!("a/{number}")).collect::<Vec<_>>();
        assert_eq!(list_of(&ids(1), quoted, "or"), "`a/0`");
        assert_eq!(list_of(&ids(3), quoted, "or"), "`a/0`, `a/1` or `a/2`");
        assert!(list_of(&ids(40), quoted, "or").ends_with("`a/5` or …"));
    }

    #[test]
    fn a_message_never_repeats_a_whole_page() {
        let target = "x".repeat(1_000_000);
        let Text { message, help } =
            text(&Fault::AmbiguousWikilink { target, candidates: vec!["y".repeat(9_000); 90] });
        assert!(message.len() < 200 && help.len() < 1_000, "{} and {} bytes", message.len(), help.len());
    }
}

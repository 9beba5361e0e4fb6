//! A fault becomes the English sentence that says what to do about it.

use super::super::fault::{Fault, Occupant};
use super::super::metadata::Runs;
use super::super::quote::{code, cut, hashes, hours_of, list_of, quoted, section_line};
use super::super::unread::LeakOf;
use super::with_article;
use crate::model::handbook::Language;

const QUOTES_WANTED: &str = "put the value in quotes: in YAML a value that begins with `{` or `[`, or holds `: ` or \
                             ` #`, wants them, as in `title: \"Dag 2: {borgeren} i døren\"`";

const CHECK_PATH: &str = "check the path: it is read from the folder that this file is in";
const WRITE_NAME: &str = "write an item's id, its file name or one of its `aliases`";

/// Returns the advice on how to fix a fault.
pub(super) fn help(fault: &Fault) -> String {
    match fault {
        Fault::NotUtf8 => "save it again with the encoding UTF-8; most editors ask for it in `Save as`".into(),
        Fault::UnreadableFile { .. } => "mend or replace it, and check that you may open it".into(),
        Fault::LinkOutOfFolder { .. } => "put a copy of the file itself here instead of a link to it".into(),
        Fault::EmptyHandbook => {
            "write a first page, `index.md`; check that `sections` names your folders and not every page is a draft"
                .into()
        }
        Fault::OutsideSections { folder } if folder.is_empty() => {
            "move it into the folder of a section, or delete it".into()
        }
        Fault::OutsideSections { folder } => {
            format!("add {} to `sections` in `handbook.yaml`, or move the file", code(&section_line(folder)))
        }
        Fault::WrongEnding { mended } => format!("rename it to {}, or delete it", quoted(mended)),
        Fault::EmptySection { folder } => {
            format!("write a `.md` file in the folder {}, or take the section out of `sections`", quoted(folder))
        }

        Fault::MissingLayer { .. } => {
            "write the way from this folder to the handbook's own, as in `extends: ../content`".into()
        }
        Fault::CircularExtends { .. } => "take `extends` out of the handbook that is to be the base".into(),
        Fault::OmitsNothing { suggestion, .. } => {
            did_you_mean(suggestion, "", "write the id of an item or a section of the handbook that is extended")
        }
        Fault::OmittedButLinked { .. } => {
            "replace the files with these links by your own, take it out of `omit`, or write \
                                           `omit_links: text`, so that links with a text of their own become that text"
                .into()
        }
        Fault::OtherKindBelow { folder, .. } => {
            format!("leave `kind` out, or put {} in `omit` and use another folder for your own", quoted(folder))
        }
        Fault::NothingBelow { .. } => {
            "take it out, or give the file the folder and name of the one that it is to build on".into()
        }
        Fault::BaseChanged { .. } => {
            "take over what you want of it; `vaert drift --accept` remembers the base as it is now".into()
        }
        Fault::BaseDropped { moved_to: Some(id), .. } => format!(
            "it seems to be {} there now: give this file that folder and name, or keep it as an item of your own; \
             `vaert drift --accept` remembers the base as it is now",
            quoted(id)
        ),
        Fault::BaseDropped { moved_to: None, .. } => {
            "remove the file, or keep it as an item of your own; `vaert drift --accept` remembers the base as it is now"
                .into()
        }
        Fault::BaseAdded { .. } => {
            "read it with this edition's readers in mind, replace it or leave it out with `omit`; `vaert drift --accept` \
             remembers the base as it is now"
                .into()
        }
        Fault::ReplacesHidden { is_draft: true } => {
            "write `draft: true` here, too, or `draft: false` if everyone may read it".into()
        }
        Fault::ReplacesHidden { is_draft: false } => {
            "write `audience: facilitator` here, too, or `audience: participant` if everyone may read it".into()
        }
        Fault::Untranslated { .. } => {
            "write a file with the same id for each page, give titles of your own in `handbook.yaml`, or leave it out \
             with `omit`"
                .into()
        }
        Fault::Leak { of: LeakOf::HiddenText, .. } => {
            "do not publish the edition, and report it: the text should have been cut out; or take out what includes it"
                .into()
        }
        Fault::UnsearchedFile { .. } => {
            "save it as text, PDF with text, docx, xlsx, pptx or odt, or look through it yourself and name its path in `attachments`".into()
        }
        Fault::Leak { of: LeakOf::OtherClient, edition, .. } => {
            format!("take it out of the files of {}, or out of `private` where it is nobody's own", quoted(edition))
        }

        Fault::FrontMatterNotClosed => {
            "write a line with `---` after the last key; the page's text begins below it".into()
        }
        Fault::FrontMatterNotFirst => "take out the blank lines above `---`".into(),
        Fault::FrontMatterNotRead { .. } => {
            "begin the file with a line of three hyphens, `---`, write each key as `key: value` on a line of its own, and \
             close with `---`"
                .into()
        }
        Fault::InvalidYaml { wants_quotes: true, .. } => QUOTES_WANTED.into(),
        Fault::InvalidYaml { wants_quotes: false, .. } => {
            "look for a missing quote, bracket or colon here and on the line above; indent with spaces, not tabs".into()
        }
        Fault::DuplicateKey { .. } => "keep one of the two and remove the other".into(),
        Fault::UnknownKey { suggestion, .. } => {
            did_you_mean(suggestion, "", "remove it; `vaert explain unknown-key` lists the keys that there are")
        }
        Fault::MisplacedKey { key, belongs_to, .. } => misplaced_help(key, belongs_to),
        Fault::IgnoredKey { key: "description" } => "write `summary` instead".into(),
        Fault::IgnoredKey { .. } => {
            "take it out: the address follows from the file's name, and `moved_from` lists old ones".into()
        }
        Fault::MissingKey { key, kind } => {
            format!("add {}: {} cannot do without it", code(&format!("{key}: …")), with_article(kind))
        }
        Fault::WrongType { wants_quotes: true, .. } => QUOTES_WANTED.into(),
        Fault::WrongType { mended: Some(mended), .. } => format!("write {}", quoted(mended)),
        Fault::WrongType { expected, .. } => format!("write {expected} here"),
        Fault::InvalidValue { expected, suggestion, .. } => did_you_mean(suggestion, "", &format!("write {expected}")),
        Fault::YamlCutShort { .. } => {
            "put the whole value in quotes; a comment that is meant goes on a line of its own".into()
        }

        Fault::DuplicateId { .. } => {
            "rename one of them: an id is the folder and the file name, without number, accents and capitals".into()
        }
        Fault::AddressClash { other, .. } => match other {
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
        Fault::ReservedName { .. } => {
            "it would name a device there: give the file or folder another name, or take the old id out of `moved_from`"
                .into()
        }
        Fault::NameTooLong { .. } => {
            "a page's name is its file's with `.html`, a picture's has nine letters more: give the file, the folder or \
             what is written here a shorter name"
                .into()
        }
        Fault::UnknownId { suggestion, .. } => {
            did_you_mean(suggestion, "", "write an item's id: its folder and file name without number and `.md`")
        }
        Fault::WrongKind { expected, .. } => format!("name {} here", with_article(expected)),

        Fault::BrokenLink { target, .. } if target.is_empty() => {
            "write where it leads between the parentheses, or take the brackets away".into()
        }
        Fault::BrokenLink { suggestion: Some(mended), .. } if mended.starts_with('<') => {
            format!("put the address in angle brackets: {}", code(&format!("]({mended})")))
        }
        Fault::BrokenLink { suggestion, .. } => did_you_mean(suggestion, "", CHECK_PATH),
        Fault::BrokenAnchor { suggestion, .. } => {
            did_you_mean(suggestion, "#", "write a heading's words in lower case with `-` between them, or its `{#id}`")
        }
        Fault::BrokenWikilink { target, .. } if target.trim().is_empty() => {
            "write between the brackets which page it leads to, or take them away".into()
        }
        Fault::BrokenWikilink { target, suggestion: Some(mended) } if target.contains('|') => {
            format!("put a backslash before it: {}", code(&format!("[[{}]]", cut(mended))))
        }
        Fault::BrokenWikilink { suggestion, .. } => did_you_mean_wikilink(suggestion, "[[", WRITE_NAME),
        Fault::AmbiguousWikilink { candidates, .. } => {
            format!("write which: {}", list_of(candidates, |id| code(&format!("[[{}]]", cut(id))), "or"))
        }
        Fault::MissingInclude { suggestion, .. } => did_you_mean_wikilink(suggestion, "![[", WRITE_NAME),
        Fault::IncludesHidden { is_draft: true, .. } => {
            "take it out until that page is finished, or put `draft: true` into this file, too".into()
        }
        Fault::IncludesHidden { is_draft: false, .. } => {
            "take it out, or put `audience: facilitator` into this file, too".into()
        }
        Fault::CircularInclude { .. } => "take out one of these includes, or write a link `[[…]]` instead".into(),
        Fault::TooMuchIncluded { .. } => {
            "take out some of the includes, here or in what is included, or write links `[[…]]` instead".into()
        }
        Fault::MissingImage { target, .. } if target.is_empty() => {
            "write the image's file between the parentheses, or take the marks away".into()
        }
        Fault::MissingImage { suggestion, .. } => did_you_mean(suggestion, "", CHECK_PATH),
        Fault::RemoteImage { .. } => {
            "save the image in the handbook's folder and refer to it there: the handbook must work without a network"
                .into()
        }
        Fault::UnsafeLink { .. } => {
            "begin the address with `https:`, `http:`, `mailto:` or `tel:`, or write the path of a file".into()
        }
        Fault::UnsafeSvg { .. } => "save it from the drawing program as a plain SVG, or as a PNG".into(),
        Fault::FileType { entry, kind, runs } => {
            let one = code(&format!("attachments: [{entry}]"));
            let all = match runs {
                Runs::Part(_) => String::new(),
                _ if kind.is_empty() => String::new(),
                _ => format!(", or all of its type: {}", code(&format!("attachments: [{kind}]"))),
            };
            format!("link to a PDF, a picture or a ZIP instead; if it must be, allow it in `handbook.yaml`: {one}{all}")
        }
        Fault::MetadataInFile { entry, .. } => format!(
            "save it without (Office: File, Info, Check for Issues); if it may be known, write in `handbook.yaml`: {}",
            code(&format!("attachments: [{entry}]"))
        ),
        Fault::LinkToDraft { key, .. } => {
            format!("take `draft: true` out of that file when it is finished, or take the {} out", link_or_id(key))
        }
        Fault::LinkToFacilitator { key, .. } => match key {
            None => "move the link into a `> [!FACILITATOR]` callout, or take it out".into(),
            Some(_) => "take the id out, or put `audience: facilitator` into this file, too".into(),
        },
        Fault::MissingAlt { image, is_wiki: true, width } => {
            let width = width.map_or_else(String::new, |width| format!("|{width}"));
            format!("write it behind a bar: {}", code(&format!("![[{}|what the image shows{width}]]", cut(image))))
        }
        Fault::MissingAlt { image, .. } => format!(
            "write `alt` text between the brackets: {}",
            code(&format!("![what the image shows]({})", cut(image)))
        ),
        Fault::VagueLinkText { .. } => {
            "use words that can stand alone, such as the title of the page that it leads to".into()
        }
        Fault::EmptyLinkText => "write between the brackets where it leads, or remove it".into(),
        Fault::LinkInFoldedTitle => "move the link into the text of the callout, or remove the `-` behind `]`".into(),

        Fault::WordWrittenOut { word } => {
            format!("write {}, so that an edition can give it other words", code(&format!("{{{}}}", cut(word))))
        }
        Fault::UnknownTerm { suggestion, .. } => match suggestion {
            Some(suggestion) => format!("did you mean {}?", code(&format!("{{{suggestion}}}"))),
            None => "add the word to `terms` in `handbook.yaml`; a brace that is only a brace is written `\\{`".into(),
        },
        Fault::UnclosedComment { opener } => {
            format!("close it with {}", code(if opener.starts_with('<') { "-->" } else { opener }))
        }
        Fault::CommentNotHidden { .. } => {
            "write `%% … %%` or `<!-- … -->` around the text; a mark that is meant to be seen has a backslash before it, as in `\\%%`".into()
        }
        Fault::NestingTooDeep { .. } => {
            "take some of the quotes and lists apart; what lies deeper is shown without its nesting".into()
        }
        Fault::HtmlRemoved { by_blank_line: true, .. } => {
            "take it out, or write the same in Markdown; text that folds is `> [!NOTE]- title`, with \
             `>` before each line"
                .into()
        }
        Fault::HtmlRemoved { by_blank_line: false, .. } => "take it out, or write the same in Markdown".into(),
        Fault::HtmlForbidden => "write the same in Markdown, or put `raw_html: sanitize` in `handbook.yaml`".into(),
        Fault::UnknownCallout { suggestion, .. } => match suggestion {
            Some(suggestion) => format!("did you mean {}?", code(&format!("[!{suggestion}]"))),
            None => "`vaert explain unknown-callout` lists the callouts that there are".into(),
        },
        Fault::SecondCallout { .. } => "begin a new quote with it: leave a line without `>` above it".into(),
        Fault::CalloutNotHidden { name } => format!(
            "begin a quote with {}, and put `>` before each line that is to be hidden; a word that is meant to be seen goes \
             between backticks",
            code(&format!("> [!{name}]"))
        ),
        Fault::HiddenTextCutShort { .. } => {
            "put `>` before the blank line, too, and before each line that is to be hidden; if it ends here, end its text with \
             a full stop, or put a heading between"
                .into()
        }
        Fault::HiddenDefinitionUsed { .. } => {
            "move the definition out of the hidden text, or what uses it into the hidden text".into()
        }
        Fault::UndefinedFootnote { label } => {
            format!("write {} on a line of its own", code(&format!("[^{}]: the note", cut(label))))
        }
        Fault::FootnoteNotShown { label, why } => why.help(label, Language::English),
        Fault::ControlCharacter { .. } => "delete it, or write a blank or a new line instead".into(),
        Fault::DuplicateHeadingId { id } => {
            format!("give one of the headings another id, as in {}", code(&format!("{{#{}-2}}", cut(id))))
        }
        Fault::HeadingSkipped { from, .. } => {
            format!("write it with {}, one level below the heading above it", code(&hashes(from.saturating_add(1))))
        }
        Fault::EmptyHeading => "write the heading, or remove the line".into(),
        Fault::SecondTitle => {
            "begin the heading with `##`: a page has one title, and all other headings lie below it".into()
        }

        Fault::EmptyTableHead { .. } => "write a name in the cell: it is read out before each cell of the column".into(),
        Fault::OrdinalAsList { ordinal } => {
            format!("if it is no list, put a backslash before the point: {}", code(&ordinal.replacen('.', "\\.", 1)))
        }
        Fault::ListNumber { written, .. } => format!(
            "a list counts on from its first number: put a blank line and other text between, or write `{written}\\.` \
             if it is no list"
        ),

        Fault::MinutesDiffer { steps, .. } => {
            format!("write `minutes: {steps}`, or change the `{{minutes=…}}` of the steps")
        }
        Fault::AgendaDiffers { agenda, .. } => {
            format!("write `hours: {}`, or change the minutes in the agenda", hours_of(*agenda))
        }
        Fault::ExerciseWithoutPrinciple => "name one in the front matter, as in `principles: [principper/se]`".into(),
        Fault::PrincipleWithoutExercise => {
            "add its id to `principles` of an exercise, or write one with `vaert new exercise`".into()
        }
        Fault::PrincipleWithoutStory => "add its id to `principles` of a chapter where it can be seen".into(),
        Fault::ConclusionWithoutSupport => {
            "name what it rests on in the front matter, as in `supports: [fortaelling/foerste-dag]`".into()
        }
        Fault::ExerciseInNoAgenda => {
            "add `- exercise: …` with its id to the `agenda` of a workshop, or write `when: between`".into()
        }
        Fault::UnusedConcept { .. } => {
            "add the forms in which the word is written to `forms`, use the word, or delete the file".into()
        }

        Fault::MissingGlyph { .. } => "say it in words, or add a font that has it to the theme's `assets/fonts`".into(),
        Fault::CutOnPaper { .. } => "delete what says nothing, or put blanks in between".into(),
        Fault::HeadingOnPaper { .. } => "write it in letters that the fonts have, and in a few words".into(),
        Fault::ImageOnPaper { why, .. } => why.help(Language::English).into(),
        Fault::UnknownTheme { suggestion, .. } => {
            did_you_mean(suggestion, "", "write `vaertskab`, or the path of a folder that holds a `theme.yaml`")
        }
        Fault::TemplateError { .. } => "mend the file; without it, the theme's parent stands in for it".into(),
        Fault::MissingWord { key } => {
            format!("add {} to the file of the language in the theme's folder `words`", code(&format!("{key}: …")))
        }
        Fault::LowContrast { nearest, .. } => {
            format!("write {}, the nearest shade that can be read", code(&format!("\"{nearest}\"")))
        }
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

fn link_or_id(key: &Option<String>) -> &'static str {
    if key.is_some() { "id" } else { "link" }
}

//! A fault becomes the Danish sentence that says what is wrong.

use super::super::fault::{Fault, Occupant};
use super::super::metadata::{Runs, listed};
use super::super::quote::{arrows, bounded, character, code, cut, list_of, quoted};
use super::super::unread::LeakOf;
use super::phrase::{kind, phrase, sentence};
use crate::model::handbook::Language;

/// Returns the message that describes a fault.
pub(super) fn message(fault: &Fault) -> String {
    match fault {
        Fault::NotUtf8 => "filen er ikke gemt som tekst i UTF-8".into(),
        Fault::UnreadableFile { reason } => format!("filen kan ikke bruges: {}", sentence(reason)),
        Fault::LinkOutOfFolder { target } => {
            format!("her er en genvej til {}, som ligger uden for den mappe, der bliver læst", quoted(target))
        }
        Fault::EmptyHandbook => "der er ikke noget at udgive i håndbogen endnu".into(),
        Fault::OutsideSections { .. } => "filen hører ikke til noget afsnit, så den bliver ikke udgivet".into(),
        Fault::WrongEnding { .. } => "filen bliver ikke udgivet: dens navn slutter ikke på `.md`".into(),
        Fault::EmptySection { folder } => {
            format!("der er ikke noget at udgive i afsnittet {} endnu", quoted(folder))
        }

        Fault::MissingLayer { extends, reason } => {
            format!("{} kan ikke bruges som grundlag: {}", quoted(extends), sentence(reason))
        }
        Fault::CircularExtends { chain } => format!("håndbogen kommer til at bygge på sig selv: {}", arrows(chain)),
        Fault::OmitsNothing { id, .. } => {
            format!("der er ikke noget at udelade: {} findes ikke i det, håndbogen bygger på", quoted(id))
        }
        Fault::OmittedButLinked { id, places: 1 } => {
            format!("{} er udeladt, men et link fører stadig derhen", quoted(id))
        }
        Fault::OmittedButLinked { id, places } => {
            format!("{} er udeladt, men {places} links fører stadig derhen", quoted(id))
        }
        Fault::OtherKindBelow { folder, kind: to, below } => format!(
            "afsnittet {} rummer sider af slagsen {} i det, håndbogen bygger på, og kan ikke få slagsen {}",
            quoted(folder),
            quoted(below),
            quoted(to)
        ),
        Fault::NothingBelow { written } => {
            format!("{} har ikke noget at bygge på: filen erstatter ikke nogen anden", code(written))
        }
        Fault::BaseChanged { id, since, changes } => {
            format!("det, filen erstatter, {}, er ændret siden {since}: {}", quoted(id), bounded(changes))
        }
        Fault::BaseDropped { id, since, .. } => {
            format!(
                "filen erstatter ikke længere noget: grundlaget havde {} den {since}, men har det ikke mere",
                quoted(id)
            )
        }
        Fault::BaseAdded { ids, since } => match ids.as_slice() {
            [id] => format!("siden {} er ny i grundlaget siden {since}", quoted(id)),
            _ => format!("{} sider er nye i grundlaget siden {since}: {}", ids.len(), bounded(&ids.join(", "))),
        },
        Fault::ReplacesHidden { is_draft: true } => "alle kan læse siden, men den, den erstatter, er en kladde".into(),
        Fault::ReplacesHidden { is_draft: false } => {
            "alle kan læse siden, men den, den erstatter, er kun for facilitatorer".into()
        }
        Fault::Untranslated { places: 1, language } => {
            format!("udgaven er på {}, men en tekst fra grundlaget på et andet sprog er med", phrase(language))
        }
        Fault::Untranslated { places, language } => {
            format!("udgaven er på {}, men {places} tekster fra grundlaget på et andet sprog er med", phrase(language))
        }
        Fault::Leak { of, edition, output, others: 0 } => {
            format!("{} i udgaven {} rummer noget, der {}", quoted(output), quoted(edition), leaked(*of))
        }
        Fault::Leak { of, edition, output, others } => {
            format!(
                "{} og {others} flere i udgaven {} rummer noget, der {}",
                quoted(output),
                quoted(edition),
                leaked(*of)
            )
        }
        Fault::UnsearchedFile { why } => {
            format!("filen er ikke gennemsøgt for andre kunders ord: {}", why.text(Language::Danish))
        }

        Fault::FrontMatterNotClosed => "toppen af filen bliver ikke lukket med `---`".into(),
        Fault::FrontMatterNotFirst => "toppen af filen begynder ikke på den første linje".into(),
        Fault::FrontMatterNotRead { form } => {
            format!("det ligner nøglerne i toppen af en fil, men kan ikke læses sådan: {}", phrase(form))
        }
        Fault::InvalidYaml { reason, .. } => format!("det her kan ikke læses som YAML: {}", sentence(reason)),
        Fault::DuplicateKey { key } => format!("nøglen {} står to gange", quoted(key)),
        Fault::UnknownKey { key, .. } => format!("nøglen {} findes ikke", quoted(key)),
        Fault::MisplacedKey { key, kind: of, .. } => {
            format!("nøglen {} hører ikke til i {}", quoted(key), kind(of))
        }
        Fault::IgnoredKey { key } => format!("{} har ingen virkning", quoted(key)),
        Fault::MissingKey { key, .. } => format!("nøglen {} mangler", quoted(key)),
        Fault::WrongType { key, expected, found, .. } => {
            format!("{} skal være {}, men her står {}", quoted(key), phrase(expected), phrase(found))
        }
        Fault::InvalidValue { key, value, .. } => format!("{} kan ikke være {}", quoted(key), quoted(value)),
        Fault::YamlCutShort { key } => {
            format!("værdien af {} stopper her: i YAML begynder ` #` en kommentar", quoted(key))
        }

        Fault::DuplicateId { id } => format!("to filer har id'et {}", quoted(id)),
        Fault::AddressClash { address, other } => {
            format!("adressen {} er optaget af {}", quoted(address), occupant(other))
        }
        Fault::NameTooLong { name } => {
            format!("{} skulle være navnet på en fil, men er længere end de 255 tegn, et filnavn må have", quoted(name))
        }
        Fault::ReservedName { name } => format!("ingen fil kan hedde {} i Windows", quoted(name)),
        Fault::UnknownId { key, id, .. } => format!("{} nævner {}, som ikke findes", quoted(key), quoted(id)),
        Fault::WrongKind { key, id, found, .. } => {
            format!("{} nævner {}, som er {}", quoted(key), quoted(id), kind(found))
        }

        Fault::BrokenLink { target, .. } if target.is_empty() => "linket har ingen adresse".into(),
        Fault::BrokenLink { target, suggestion: Some(mended) } if mended.starts_with('<') => {
            format!("mellemrummet i {} gør, at det ikke bliver et link", quoted(target))
        }
        Fault::BrokenLink { target, .. } => format!("linket fører til {}, som ikke findes", quoted(target)),
        Fault::BrokenAnchor { anchor, page, .. } => {
            format!("der er ingen overskrift {} på {}", quoted(&format!("#{anchor}")), page_name(page))
        }
        Fault::BrokenWikilink { target, .. } if target.trim().is_empty() => "`[[]]` nævner ingen side".into(),
        Fault::BrokenWikilink { target, .. } if target.contains('|') => {
            format!("stregen i {} afslutter en celle i tabellen", code(&format!("[[{}]]", cut(target))))
        }
        Fault::BrokenWikilink { target, .. } => {
            format!("{} fører ikke nogen steder hen", code(&format!("[[{}]]", cut(target))))
        }
        Fault::AmbiguousWikilink { target, .. } => {
            format!("{} passer på mere end én side", code(&format!("[[{}]]", cut(target))))
        }
        Fault::MissingInclude { target, .. } => {
            format!("{} indsætter ikke noget", code(&format!("![[{}]]", cut(target))))
        }
        Fault::IncludesHidden { id, is_draft: true } => {
            format!("her bliver {} sat ind, som er en kladde og ikke bliver udgivet", quoted(id))
        }
        Fault::IncludesHidden { id, is_draft: false } => {
            format!("her bliver {} sat ind, som kun facilitatorer har", quoted(id))
        }
        Fault::CircularInclude { chain } => format!("indsættelsen fører tilbage til sig selv: {}", arrows(chain)),
        Fault::TooMuchIncluded { limit } => {
            format!("med denne indsættelse kommer siden til at rumme mere end {}", phrase(limit))
        }
        Fault::MissingImage { target, .. } if target.is_empty() => "billedet har ingen adresse".into(),
        Fault::MissingImage { target, .. } => format!("billedet {} findes ikke", quoted(target)),
        Fault::RemoteImage { target } => format!("billedet {} ligger på et andet websted", quoted(target)),
        Fault::UnsafeLink { target } => format!("et link må ikke føre til {}", quoted(target)),
        Fault::UnsafeSvg { reason } => format!("SVG-filen bliver ikke udgivet: den {}", sentence(reason)),
        Fault::FileType { runs: Runs::Part(part), .. } => format!(
            "filen bliver ikke udgivet: den rummer {}, som kan køre på læserens maskine",
            quoted(&bounded(part))
        ),
        Fault::FileType { kind, .. } if kind.is_empty() => {
            "filen bliver ikke udgivet: hverken dens navn eller indhold viser, at den er harmløs".into()
        }
        Fault::FileType { kind, runs: Runs::Unknown, .. } => {
            format!("filen bliver ikke udgivet: typen {} hører ikke til dem, der vides at være harmløse", quoted(kind))
        }
        Fault::FileType { kind, .. } => format!(
            "filen bliver ikke udgivet: filer af typen {} kan køre i læserens browser eller på maskinen",
            quoted(kind)
        ),
        Fault::MetadataInFile { found, .. } => {
            format!("filen fortæller mere, end den viser: {}", listed(found, Language::Danish))
        }
        Fault::LinkToDraft { id, key } => {
            format!("{} {}, som er en kladde og ikke bliver udgivet", leads_to(key), quoted(id))
        }
        Fault::LinkToFacilitator { id, key } => {
            format!("{} {}, som kun er for facilitatorer", leads_to(key), quoted(id))
        }
        Fault::MissingAlt { image, .. } => {
            format!("billedet {} siger ikke noget til den, der ikke kan se det", quoted(image))
        }
        Fault::VagueLinkText { text } => format!("linkteksten {} siger ikke, hvor linket fører hen", quoted(text)),
        Fault::EmptyLinkText => "linket har ingen tekst".into(),
        Fault::LinkInFoldedTitle => "linket står i titlen på en foldet boks, og den er en knap".into(),

        Fault::WordWrittenOut { word } => {
            format!("{} er skrevet ud, selv om en udgave kan skifte ordet", quoted(word))
        }
        Fault::UnknownTerm { term, .. } => {
            format!("håndbogen kender ikke ordet {}", code(&format!("{{{}}}", cut(term))))
        }
        Fault::UnclosedComment { opener } => {
            format!("{} åbner en kommentar, der aldrig bliver lukket: resten af filen er skjult", code(opener))
        }
        Fault::CommentNotHidden { written } => {
            format!(
                "{} ser ud til at skjule tekst, men gør det ikke: teksten ville blive vist for alle",
                quoted(written)
            )
        }
        Fault::NestingTooDeep { limit } => format!("her er mere end {limit} niveauer inden i hinanden"),
        Fault::HtmlRemoved { removed, by_blank_line: true } => format!(
            "en tom linje afslutter denne HTML, så {} ikke rummer noget af det, der følger",
            list_of(removed, quoted, "og")
        ),
        Fault::HtmlRemoved { removed, by_blank_line: false } => {
            format!("denne HTML bliver ikke udgivet: {}", list_of(removed, quoted, "og"))
        }
        Fault::HtmlForbidden => "HTML er slået fra i denne håndbog".into(),
        Fault::UnknownCallout { name, .. } => {
            format!("ingen boks hedder {}, så den bliver vist som en note", code(&format!("[!{}]", cut(name))))
        }
        Fault::SecondCallout { marker } => {
            format!("{} står ikke først i et citat, så det bliver vist som tekst", quoted(marker))
        }
        Fault::CalloutNotHidden { name } => {
            format!(
                "det ligner {}, men bliver ikke læst sådan: teksten ville blive vist for alle",
                code(&format!("[!{name}]"))
            )
        }
        Fault::HiddenTextCutShort { name, is_empty: true } => {
            format!("{} skjuler ingenting", code(&format!("[!{name}]")))
        }
        Fault::HiddenTextCutShort { name, is_empty: false } => {
            format!("{} slutter her, og teksten efter den ville blive vist for alle", code(&format!("[!{name}]")))
        }
        Fault::HiddenDefinitionUsed { written } => {
            format!("{} er forklaret i tekst, som læserne ikke får, men bliver brugt uden for den", quoted(written))
        }
        Fault::UndefinedFootnote { label } => {
            format!("fodnoten {} har ingen tekst", code(&format!("[^{}]", cut(label))))
        }
        Fault::FootnoteNotShown { label, why } => why.text(label, Language::Danish),
        Fault::ControlCharacter { letter } => {
            format!("her er tegnet {}, som ingen tekst rummer; det tæller som et mellemrum", character(*letter))
        }
        Fault::DuplicateHeadingId { id } => format!("to overskrifter på siden har id'et {}", quoted(id)),
        Fault::HeadingSkipped { from, to } => format!("overskriften springer fra niveau {from} til niveau {to}"),
        Fault::EmptyHeading => "overskriften har ingen tekst".into(),
        Fault::EmptyTableHead { column } => format!("kolonne {column} i tabellen har intet navn"),
        Fault::OrdinalAsList { ordinal } => format!("{} begynder en nummereret liste her", quoted(ordinal)),
        Fault::ListNumber { written, shown } => format!("siden viser `{shown}.` her, ikke `{written}.`"),
        Fault::SecondTitle => "siden har allerede en titel".into(),

        Fault::MinutesDiffer { steps, minutes } => {
            format!("trinnene tager {steps} minutter tilsammen, men `minutes` er {minutes}")
        }
        Fault::AgendaDiffers { agenda, minutes } => {
            format!("programmet tager {}, men `hours` er {}", duration(*agenda), duration(*minutes))
        }
        Fault::ExerciseWithoutPrinciple => "øvelsen øver ikke noget princip endnu".into(),
        Fault::PrincipleWithoutExercise => "ingen øvelse øver dette princip endnu".into(),
        Fault::PrincipleWithoutStory => "intet kapitel i fortællingen viser dette princip endnu".into(),
        Fault::ConclusionWithoutSupport => "konklusionen bygger ikke på noget endnu".into(),
        Fault::ExerciseInNoAgenda => "øvelsen hører til en temadag, men står ikke på noget program endnu".into(),
        Fault::UnusedConcept { concept } => format!("ingen side bruger begrebet {} endnu", quoted(concept)),

        Fault::MissingGlyph { glyph } => {
            format!("ingen af temaets skrifttyper har tegnet {}, så det mangler på tryk", character(*glyph))
        }
        Fault::CutOnPaper { marks, kept } => {
            format!("her er {marks} tegn uden bogstaver eller mellemrum; på tryk står de første {kept}")
        }
        Fault::HeadingOnPaper { stand_in } => {
            format!("overskriften kan ikke trykkes, som den er skrevet; på tryk står der {}", quoted(stand_in))
        }
        Fault::ImageOnPaper { image, why } => format!("billedet {} {}", quoted(image), why.text(Language::Danish)),
        Fault::UnknownTheme { theme, .. } => format!("temaet {} findes ikke", quoted(theme)),
        Fault::TemplateError { message } => format!("temaet kan ikke bruges: {}", sentence(message)),
        Fault::MissingWord { key } => format!("temaet mangler ordet {}", quoted(key)),
        Fault::LowContrast { color, background, ratio, scheme, .. } => format!(
            "{} på {} kan ikke læses af alle: kontrasten på {} sider er {}:1 og skal være 4,5:1",
            quoted(color),
            quoted(background),
            phrase(scheme),
            ratio.replace('.', ",")
        ),
    }
}

fn occupant(other: &Occupant) -> String {
    match other {
        Occupant::Item(id) => quoted(id),
        Occupant::Section(folder) => format!("afsnittet {}", quoted(folder)),
        Occupant::Program(page) => phrase(page),
    }
}

/// `key` is the front matter key that names an id; none where it is a link in the text.
fn leads_to(key: &Option<String>) -> String {
    key.as_ref().map_or_else(|| "linket fører til".to_owned(), |key| format!("{} nævner", quoted(key)))
}

fn page_name(page: &str) -> String {
    if page.is_empty() { "denne side".to_owned() } else { quoted(page) }
}

/// `90` minutes as `1 t. 30 min.`.
fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min."),
        (hours, 0) => format!("{hours} t."),
        (hours, minutes) => format!("{hours} t. {minutes} min."),
    }
}

fn leaked(of: LeakOf) -> &'static str {
    match of {
        LeakOf::OtherClient => "kun hører til her",
        LeakOf::HiddenText => "her er skjult for deltagerne",
    }
}

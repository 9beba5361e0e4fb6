//! A fault becomes the Danish sentence that says what to do about it.

use super::super::fault::{Fault, Occupant};
use super::super::metadata::Runs;
use super::super::quote::{code, cut, hashes, hours_of, list_of, quoted, section_line};
use super::super::unread::LeakOf;
use super::phrase::{kind, phrase};
use crate::model::handbook::Language;

const QUOTES_WANTED: &str = "sæt værdien i anførselstegn: det skal man i YAML, når en værdi begynder med `{` eller `[`, \
                             eller rummer `: ` eller ` #`, som i `title: \"Dag 2: {borgeren} i døren\"`";
const CHECK_PATH: &str = "se efter, om stien er rigtig: den læses fra den mappe, som denne fil ligger i";
const WRITE_NAME: &str = "skriv en sides id, dens filnavn eller et af dens `aliases`";

/// Returns the advice on how to fix a fault.
pub(super) fn help(fault: &Fault) -> String {
    match fault {
        Fault::NotUtf8 => {
            "gem den igen med tegnsættet UTF-8; de fleste programmer spørger om det under `Gem som`".into()
        }
        Fault::UnreadableFile { .. } => "ret den, eller læg en anden i stedet, og se efter, om du må åbne den".into(),
        Fault::LinkOutOfFolder { .. } => "læg en kopi af selve filen her i stedet for en genvej til den".into(),
        Fault::EmptyHandbook => "skriv en første side, `index.md`; se efter, om `sections` nævner dine mapper, og om \
                                 andet end kladder er med"
            .into(),
        Fault::OutsideSections { folder } if folder.is_empty() => {
            "flyt den ind i mappen til et afsnit, eller slet den".into()
        }
        Fault::OutsideSections { folder } => {
            format!("føj {} til `sections` i `handbook.yaml`, eller flyt filen", code(&section_line(folder)))
        }
        Fault::WrongEnding { mended } => format!("omdøb den til {}, eller slet den", quoted(mended)),
        Fault::EmptySection { folder } => {
            format!("skriv en `.md`-fil i mappen {}, eller tag afsnittet ud af `sections`", quoted(folder))
        }

        Fault::MissingLayer { .. } => {
            "skriv vejen fra denne mappe til den håndbog, som den bygger på, som i `extends: ../content`".into()
        }
        Fault::CircularExtends { .. } => "tag `extends` ud af den håndbog, som de andre skal bygge på".into(),
        Fault::OmitsNothing { suggestion, .. } => {
            did_you_mean(suggestion, ("", ""), "skriv id'et på en side eller et afsnit i den håndbog, der bygges på")
        }
        Fault::OmittedButLinked { .. } => {
            "læg dine egne udgaver af filerne med disse links, tag den ud af `omit`, eller \
                                           skriv `omit_links: text`, så links med deres egen tekst bliver til den tekst"
                .into()
        }
        Fault::OtherKindBelow { folder, .. } => {
            format!("udelad `kind`, eller sæt {} i `omit`, og brug en anden mappe til jeres eget", quoted(folder))
        }
        Fault::NothingBelow { .. } => {
            "fjern det, eller giv filen samme mappe og navn som den, den skal bygge på".into()
        }
        Fault::BaseChanged { .. } => {
            "tag det med, du vil have; `vaert drift --accept` husker grundlaget, som det er nu".into()
        }
        Fault::BaseDropped { moved_to: Some(id), .. } => format!(
            "den ser ud til at hedde {} dér nu: giv filen den mappe og det navn, eller behold den som jeres egen; \
             `vaert drift --accept` husker grundlaget, som det er nu",
            quoted(id)
        ),
        Fault::BaseDropped { moved_to: None, .. } => {
            "fjern filen, eller behold den som jeres egen; `vaert drift --accept` husker grundlaget, som det er nu".into()
        }
        Fault::BaseAdded { .. } => {
            "læs det med udgavens læsere for øje, erstat det, eller udelad det med `omit`; `vaert drift --accept` husker \
             grundlaget, som det er nu"
                .into()
        }
        Fault::ReplacesHidden { is_draft: true } => {
            "skriv også `draft: true` her, eller `draft: false`, hvis alle må læse den".into()
        }
        Fault::ReplacesHidden { is_draft: false } => {
            "skriv også `audience: facilitator` her, eller `audience: participant`, hvis alle må læse den".into()
        }
        Fault::Untranslated { .. } => {
            "skriv en fil med samme id for hver side, giv dine egne titler i `handbook.yaml`, eller udelad det med `omit`"
                .into()
        }
        Fault::Leak { of: LeakOf::HiddenText, .. } => {
            "udgiv ikke udgaven, og meld fejlen: teksten skulle være skåret ud; eller fjern det, der tager den med".into()
        }
        Fault::UnsearchedFile { .. } => {
            "gem den som tekst, PDF med tekst, docx, xlsx, pptx eller odt, eller gennemse den selv og skriv dens sti i `attachments`".into()
        }
        Fault::Leak { of: LeakOf::OtherClient, edition, .. } => {
            format!("fjern det fra filerne i {}, eller fra `private`, hvis det ikke er nogens eget", quoted(edition))
        }

        Fault::FrontMatterNotClosed => {
            "skriv en linje med `---` under den sidste nøgle; sidens tekst begynder under den linje".into()
        }
        Fault::FrontMatterNotFirst => "fjern de tomme linjer over `---`".into(),
        Fault::FrontMatterNotRead { .. } => {
            "begynd filen med en linje med tre bindestreger, `---`, skriv hver nøgle som `key: value` på sin egen linje, og \
             slut med `---`"
                .into()
        }
        Fault::InvalidYaml { wants_quotes: true, .. } => QUOTES_WANTED.into(),
        Fault::InvalidYaml { wants_quotes: false, .. } => {
            "se efter, om der mangler et anførselstegn, en parentes eller \
                                                           et kolon her eller på linjen over; ryk ind med mellemrum, \
                                                           ikke med tabulator"
                .into()
        }
        Fault::DuplicateKey { .. } => "behold den ene, og fjern den anden".into(),
        Fault::UnknownKey { suggestion, .. } => {
            did_you_mean(suggestion, ("", ""), "fjern den; `vaert explain unknown-key` viser de nøgler, der findes")
        }
        Fault::MisplacedKey { key, belongs_to, .. } => misplaced_help(key, belongs_to),
        Fault::IgnoredKey { key: "description" } => "skriv `summary` i stedet".into(),
        Fault::IgnoredKey { .. } => {
            "fjern den: adressen følger af filens navn, og gamle adresser skrives i `moved_from`".into()
        }
        Fault::MissingKey { key, kind: of } => {
            format!("tilføj {}: {} kan ikke undvære den", code(&format!("{key}: …")), kind(of))
        }
        Fault::WrongType { wants_quotes: true, .. } => QUOTES_WANTED.into(),
        Fault::WrongType { mended: Some(mended), .. } => format!("skriv {}", quoted(mended)),
        Fault::WrongType { expected, .. } => format!("skriv {} her", phrase(expected)),
        Fault::InvalidValue { expected, suggestion, .. } => {
            did_you_mean(suggestion, ("", ""), &format!("skriv {}", phrase(expected)))
        }
        Fault::YamlCutShort { .. } => {
            "sæt hele værdien i anførselstegn; skal der være en kommentar, så skriv den på sin egen linje".into()
        }

        Fault::DuplicateId { .. } => {
            "omdøb en af dem: id'et er mappen og filnavnet uden nummer, accenter og store bogstaver".into()
        }
        Fault::AddressClash { other, .. } => match other {
            Occupant::Item(_) => {
                "omdøb en af de to, eller tag det gamle id ud af `moved_from`; store bogstaver gør ingen forskel"
            }
            Occupant::Section(_) => "omdøb en af de to mapper: numre, accenter og store bogstaver gør ingen forskel",
            Occupant::Program(_) => {
                "alle håndbøger har den side: omdøb filen, eller tag det gamle id ud af `moved_from`"
            }
        }
        .into(),
        Fault::ReservedName { .. } => {
            "navnet står for en enhed dér: giv filen eller mappen et andet navn, eller tag det gamle id ud af `moved_from`"
                .into()
        }
        Fault::NameTooLong { .. } => {
            "en side hedder som sin fil med `.html`, et billede får ni tegn mere: giv filen, mappen eller det, der står \
             her, et kortere navn"
                .into()
        }
        Fault::UnknownId { suggestion, .. } => {
            did_you_mean(suggestion, ("", ""), "skriv en sides id: dens mappe og filnavn uden nummer og `.md`")
        }
        Fault::WrongKind { expected, .. } => format!("nævn {} her", kind(expected)),

        Fault::BrokenLink { target, .. } if target.is_empty() => {
            "skriv i parentesen, hvor linket fører hen, eller tag de firkantede parenteser væk".into()
        }
        Fault::BrokenLink { suggestion: Some(mended), .. } if mended.starts_with('<') => {
            format!("sæt vinkelparenteser om adressen: {}", code(&format!("]({mended})")))
        }
        Fault::BrokenLink { suggestion, .. } => did_you_mean(suggestion, ("", ""), CHECK_PATH),
        Fault::BrokenAnchor { suggestion, .. } => did_you_mean(
            suggestion,
            ("#", ""),
            "skriv overskriftens ord med små bogstaver og `-` imellem, eller skriv dens `{#id}`",
        ),
        Fault::BrokenWikilink { target, .. } if target.trim().is_empty() => {
            "skriv i parenteserne, hvilken side det fører til, eller tag dem væk".into()
        }
        Fault::BrokenWikilink { target, suggestion: Some(mended) } if target.contains('|') => {
            format!("sæt en omvendt skråstreg foran den: {}", code(&format!("[[{}]]", cut(mended))))
        }
        Fault::BrokenWikilink { suggestion, .. } => did_you_mean(suggestion, ("[[", "]]"), WRITE_NAME),
        Fault::AmbiguousWikilink { candidates, .. } => {
            format!("skriv, hvilken du mener: {}", list_of(candidates, |id| code(&format!("[[{}]]", cut(id))), "eller"))
        }
        Fault::MissingInclude { suggestion, .. } => did_you_mean(suggestion, ("![[", "]]"), WRITE_NAME),
        Fault::IncludesHidden { is_draft: true, .. } => {
            "fjern det, til siden er færdig, eller skriv også `draft: true` i denne fil".into()
        }
        Fault::IncludesHidden { is_draft: false, .. } => {
            "fjern det, eller skriv også `audience: facilitator` i denne fil".into()
        }
        Fault::CircularInclude { .. } => "fjern en af indsættelserne, eller skriv et link `[[…]]` i stedet".into(),
        Fault::TooMuchIncluded { .. } => {
            "fjern nogle af indsættelserne, her eller i det, der bliver indsat, eller skriv links `[[…]]` i stedet"
                .into()
        }
        Fault::MissingImage { target, .. } if target.is_empty() => {
            "skriv billedets fil i parentesen, eller tag tegnene væk".into()
        }
        Fault::MissingImage { suggestion, .. } => did_you_mean(suggestion, ("", ""), CHECK_PATH),
        Fault::RemoteImage { .. } => {
            "gem billedet i håndbogens mappe, og henvis til det dér: håndbogen skal virke uden net".into()
        }
        Fault::UnsafeLink { .. } => {
            "begynd adressen med `https:`, `http:`, `mailto:` eller `tel:`, eller skriv stien til en fil".into()
        }
        Fault::UnsafeSvg { .. } => "gem den fra tegneprogrammet som almindelig SVG eller som PNG".into(),
        Fault::FileType { entry, kind, runs } => {
            let one = code(&format!("attachments: [{entry}]"));
            let all = match runs {
                Runs::Part(_) => String::new(),
                _ if kind.is_empty() => String::new(),
                _ => format!(", eller alle af dens type: {}", code(&format!("attachments: [{kind}]"))),
            };
            format!("henvis til en PDF, et billede eller en ZIP i stedet; skal det være den, så tillad det i `handbook.yaml`: {one}{all}")
        }
        Fault::MetadataInFile { entry, .. } => format!(
            "gem den uden (Office: Filer, Oplysninger, Søg efter problemer); må det gerne vides, så skriv i `handbook.yaml`: {}",
            code(&format!("attachments: [{entry}]"))
        ),
        Fault::LinkToDraft { key, .. } => {
            format!("tag `draft: true` ud af den fil, når den er færdig, eller fjern {} her", link_or_id(key))
        }
        Fault::LinkToFacilitator { key, .. } => match key {
            None => "flyt linket ind i en boks `> [!FACILITATOR]`, eller fjern det".into(),
            Some(_) => "fjern id'et, eller skriv også `audience: facilitator` i toppen af denne fil".into(),
        },
        Fault::MissingAlt { image, is_wiki: true, width } => {
            let width = width.map_or_else(String::new, |width| format!("|{width}"));
            format!("skriv det efter en streg: {}", code(&format!("![[{}|hvad billedet viser{width}]]", cut(image))))
        }
        Fault::MissingAlt { image, .. } => format!(
            "skriv en `alt`-tekst i de firkantede parenteser: {}",
            code(&format!("![hvad billedet viser]({})", cut(image)))
        ),
        Fault::VagueLinkText { .. } => {
            "brug ord, der kan stå alene, for eksempel titlen på den side, linket fører til".into()
        }
        Fault::EmptyLinkText => "skriv mellem de kantede parenteser, hvor linket fører hen, eller fjern det".into(),
        Fault::LinkInFoldedTitle => "flyt linket ind i boksens tekst, eller fjern `-` efter `]`".into(),

        Fault::WordWrittenOut { word } => {
            format!("skriv {}, så en udgave kan sige det med andre ord", code(&format!("{{{}}}", cut(word))))
        }
        Fault::UnknownTerm { suggestion: None, .. } => {
            "føj ordet til `terms` i `handbook.yaml`; er det bare en krøllet parentes, så skriv `\\{`".into()
        }
        Fault::UnknownTerm { suggestion, .. } => did_you_mean(suggestion, ("{", "}"), ""),
        Fault::UnclosedComment { opener } => {
            format!("luk den med {}", code(if opener.starts_with('<') { "-->" } else { opener }))
        }
        Fault::CommentNotHidden { .. } => {
            "skriv `%% … %%` eller `<!-- … -->` om teksten; et tegn, der skal ses, får en omvendt skråstreg foran, som i `\\%%`".into()
        }
        Fault::NestingTooDeep { .. } => {
            "del nogle af citaterne og listerne op; det, der ligger dybere, bliver vist uden sine niveauer".into()
        }
        Fault::HtmlRemoved { by_blank_line: true, .. } => {
            "fjern den, eller skriv det samme i Markdown; tekst, der kan foldes ud, er `> [!NOTE]- titel` med `>` \
             foran hver linje"
                .into()
        }
        Fault::HtmlRemoved { by_blank_line: false, .. } => "fjern den, eller skriv det samme i Markdown".into(),
        Fault::HtmlForbidden => "skriv det samme i Markdown, eller sæt `raw_html: sanitize` i `handbook.yaml`".into(),
        Fault::UnknownCallout { suggestion, .. } => {
            did_you_mean(suggestion, ("[!", "]"), "`vaert explain unknown-callout` viser de bokse, der findes")
        }
        Fault::SecondCallout { .. } => "begynd et nyt citat med det: sæt en linje uden `>` over det".into(),
        Fault::CalloutNotHidden { name } => format!(
            "begynd et citat med {}, og sæt `>` foran hver linje, der skal skjules; et ord, der skal ses, skrives som kode",
            code(&format!("> [!{name}]"))
        ),
        Fault::HiddenTextCutShort { .. } => {
            "sæt også `>` foran den tomme linje og foran hver linje, der skal skjules; slutter boksen her, så slut dens tekst \
             med et punktum, eller sæt en overskrift imellem"
                .into()
        }
        Fault::HiddenDefinitionUsed { .. } => {
            "flyt forklaringen ud af den skjulte tekst, eller flyt det, der bruger den, ind i den".into()
        }
        Fault::UndefinedFootnote { label } => {
            format!("skriv {} på en linje for sig", code(&format!("[^{}]: noten", cut(label))))
        }
        Fault::FootnoteNotShown { label, why } => why.help(label, Language::Danish),
        Fault::ControlCharacter { .. } => "slet det, eller skriv et mellemrum eller en ny linje i stedet".into(),
        Fault::DuplicateHeadingId { id } => {
            format!("giv en af overskrifterne et andet id, som i {}", code(&format!("{{#{}-2}}", cut(id))))
        }
        Fault::EmptyHeading => "skriv overskriften, eller fjern linjen".into(),
        Fault::EmptyTableHead { .. } => "skriv et navn i cellen: det læses op før hver celle i kolonnen".into(),
        Fault::OrdinalAsList { ordinal } => format!(
            "hvis det ikke er en liste, så sæt en omvendt skråstreg før punktummet: {}",
            code(&ordinal.replacen('.', "\\.", 1))
        ),
        Fault::ListNumber { written, .. } => format!(
            "en liste tæller videre fra sit første tal: sæt en tom linje og anden tekst imellem, eller skriv \
             `{written}\\.`, hvis det ikke er en liste"
        ),
        Fault::HeadingSkipped { from, .. } => {
            format!("skriv den med {}, ét niveau under overskriften over den", code(&hashes(from.saturating_add(1))))
        }
        Fault::SecondTitle => {
            "begynd overskriften med `##`: en side har én titel, og alle andre overskrifter hører under den".into()
        }

        Fault::MinutesDiffer { steps, .. } => {
            format!("skriv `minutes: {steps}`, eller ret trinnenes `{{minutes=…}}`")
        }
        Fault::AgendaDiffers { agenda, .. } => {
            format!("skriv `hours: {}`, eller ret minutterne i programmet", hours_of(*agenda))
        }
        Fault::ExerciseWithoutPrinciple => "nævn et i toppen af filen, som i `principles: [principper/se]`".into(),
        Fault::PrincipleWithoutExercise => {
            "føj dets id til `principles` i en øvelse, eller lav en ny med `vaert new exercise`".into()
        }
        Fault::PrincipleWithoutStory => "føj dets id til `principles` i et kapitel, hvor man kan se det".into(),
        Fault::ConclusionWithoutSupport => {
            "nævn i toppen af filen, hvad den bygger på, som i `supports: [fortaelling/foerste-dag]`".into()
        }
        Fault::ExerciseInNoAgenda => {
            "føj `- exercise: …` med dens id til `agenda` i en temadag, eller skriv `when: between`".into()
        }
        Fault::UnusedConcept { .. } => {
            "føj de former, ordet bliver skrevet i, til `forms`, brug ordet, eller slet filen".into()
        }

        Fault::MissingGlyph { .. } => {
            "skriv det med ord, eller læg en skrifttype med tegnet i temaets `assets/fonts`".into()
        }
        Fault::CutOnPaper { .. } => "slet det, der ikke siger noget, eller sæt mellemrum ind".into(),
        Fault::HeadingOnPaper { .. } => "skriv den kort og med bogstaver, som skrifttyperne har".into(),
        Fault::ImageOnPaper { why, .. } => why.help(Language::Danish).into(),
        Fault::UnknownTheme { suggestion, .. } => {
            did_you_mean(suggestion, ("", ""), "skriv `vaertskab` eller stien til en mappe med en `theme.yaml`")
        }
        Fault::TemplateError { .. } => "ret filen; uden den gælder det tema, som dette bygger på".into(),
        Fault::MissingWord { key } => {
            format!("føj {} til filen for sproget i temaets mappe `words`", code(&format!("{key}: …")))
        }
        Fault::LowContrast { nearest, .. } => {
            format!("skriv {}, den nærmeste nuance, der kan læses", code(&format!("\"{nearest}\"")))
        }
    }
}

/// A suggestion is a word; `around` is what makes code of it.
fn did_you_mean(suggestion: &Option<String>, (before, after): (&str, &str), otherwise: &str) -> String {
    match suggestion {
        Some(suggestion) => format!("mente du {}?", code(&format!("{before}{suggestion}{after}"))),
        None => otherwise.to_owned(),
    }
}

fn misplaced_help(key: &str, belongs_to: &[&'static str]) -> String {
    let kinds: Vec<String> = belongs_to.iter().map(|of| kind(of).to_owned()).collect();
    if kinds.is_empty() {
        return "fjern den".to_owned();
    }
    format!("fjern den: {} hører til i {}", quoted(key), list_of(&kinds, str::to_owned, "eller"))
}

fn link_or_id(key: &Option<String>) -> &'static str {
    if key.is_some() { "id'et" } else { "linket" }
}

//! Danish.

use rust_stemmers::Algorithm;

use super::{Grammar, WordRules};

pub(crate) const GRAMMAR: Grammar = Grammar {
    last_letters: &['æ', 'ø', 'å'],
    decimal_mark: ',',
    thousands_mark: '.',
    months: [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    vague_link_texts: &[
        "her",
        "klik her",
        "tryk her",
        "se her",
        "læs her",
        "læs mere",
        "læs mere her",
        "se mere",
        "mere",
        "link",
        "dette link",
        "linket",
        "denne side",
        "siden",
    ],
    gendered: &[
        ("en", "et"),
        ("den", "det"),
        ("denne", "dette"),
        ("min", "mit"),
        ("din", "dit"),
        ("sin", "sit"),
        ("vores", "vores"),
        ("ingen", "intet"),
        ("hver", "hvert"),
        ("anden", "andet"),
        ("nogen", "noget"),
        ("hvilken", "hvilket"),
        ("sådan", "sådant"),
    ],
    articles: &[],
    genitive,
    is_plural: |form| form >= 2,
    without_genitive,
    words: WordRules {
        stemmer: Algorithm::Danish,
        letters: &[('æ', "a"), ('ø', "o"), ('đ', "d"), ('ł', "l"), ('ß', "ss")],
        digraphs: &[("ae", "a"), ("oe", "o"), ("aa", "a")],
        own_letters: "æøå",
        links: &["", "s", "e", "er", "n"],
        not_parts: &[
            "skab", "hed", "heder", "dom", "eri", "else", "elser", "ning", "ning", "lig", "bar", "som", "fuld", "løs",
            "agtig", "isk", "ende", "erne", "ere", "ene", "vis", "art",
        ],
        not_compounds: &["spørgsmål", "øjeblik", "samvittighed", "alvor", "forening", "mulighed", "hverdag", "håndbog"],
        // The past of most verbs, which the stemmer leaves as it is.
        endings: &[("ede", "e")],
        families: FAMILIES,
        small_words: SMALL_WORDS,
    },
};

/// Words whose forms Snowball takes apart, or would throw together with those of another word: the stem to use, then
/// the forms. Genitives follow by themselves.
const FAMILIES: &[&str] = &[
    // Nouns that change their vowel or lose their ending.
    "bog bogen bøger bøgerne",
    "bøg bøgen bøge bøgene",
    "barn barnet børn børnene",
    "mand manden mænd mændene",
    "museum museet museer museerne",
    "centrum centret centrer centrene",
    "gymnasium gymnasiet gymnasier gymnasierne",
    "kursus kurset kurser kurserne",
    "kollega kollegaen kolleger kollegerne kollegaer kollegaerne",
    "hånd hånden hænder hænderne",
    "fod foden fødder fødderne",
    "tand tanden tænder tænderne",
    "nat natten nætter nætterne",
    "far faren fædre fædrene",
    "mor moren mødre mødrene",
    "bror broren brødre brødrene",
    "datter datteren døtre døtrene",
    "søster søsteren søstre søstrene",
    "fætter fætteren fætre fætrene",
    "bonde bonden bønder bønderne",
    "kø køen køer køerne",
    "øje øjet øjne øjnene",
    "trivsel trivslen",
    "artikel artiklen artikler artiklerne",
    "regel reglen regler reglerne",
    "titel titlen titler titlerne",
    "handel handelen handlen",
    "middel midlet midler midlerne",
    "eksempel eksemplet eksempler eksemplerne",
    "cykel cyklen cykler cyklerne",
    "nummer nummeret numre numrene",
    "finger fingeren fingre fingrene",
    "sommer sommeren somre somrene",
    "vinter vinteren vintre vintrene",
    "alder alderen aldre aldrene",
    // Words that Snowball makes one of.
    "have",
    "haven haver haverne",
    "hav havet havene",
    "allerede",
    "fremmed fremmede",
    "billede billedet billeder billederne",
    "ledelse ledelsen ledelser ledelserne",
    "leder lederen ledere lederne",
    "vejleder vejlederen vejledere vejlederne",
    "måle måler målte målt måling målingen målinger målingerne måleren målere målerne",
    // Verbs whose past differs from their present, with the imperative, which a handbook is full of.
    "se ser set sete",
    "gå går gik gået",
    "gøre gør gjorde gjort",
    "spørge spørger spurgte spurgt spørg",
    "sige siger sagde sagt",
    "tage tager tog taget",
    "give giver gav givet giv",
    "finde finder fandt fundet find",
    "skrive skriver skrev skrevet skriv",
    "hjælpe hjælper hjalp hjulpet hjælp hjælpen",
    "vælge vælger valgte valgt vælg",
    "sætte sætter satte sat sæt",
    "lægge lægger lagde lagt læg",
    "bringe bringer bragte bragt bring",
    "møde møder mødet møderne mødte mødt mød",
    "tale taler talen talte talt",
    "føle føler følte følt",
    "høre hører hørte hørt hør",
    "vise viser viste vist",
    "bruge bruger brugte brugt brug",
    "låne låner lånte lånt lån lånet lånene",
    "kende kender kendte kendt kend",
    "lære lærer lærte lært lær",
    "læse læser læste læst læs",
    "løse løser løste løst",
    "mene mener mente ment",
    "dele deler delte delt",
    "gemme gemmer gemte gemt gem",
    "glemme glemmer glemte glemt glem",
    "hilse hilser hilste hilst hils",
    "sende sender sendte sendt send",
    "vende vender vendte vendt vend",
    "begynde begynder begyndte begyndt begynd",
    "betale betaler betalte betalt betal",
    "nævne nævner nævnte nævnt nævn",
    "støde støder stødte stødt stød",
    "rejse rejser rejste rejst rejs",
    "undersøge undersøger undersøgte undersøgt undersøg",
    "tænke tænker tænkte tænkt tænk",
    "følge følger fulgte fulgt følg",
    "fortælle fortæller fortalte fortalt fortæl",
    "komme kommer kom kommet",
    "falde falder faldt faldet",
    "stige stiger steg steget",
    "stå står stod stået",
    "sidde sidder sad siddet",
    // Adjectives with a comparative of their own.
    "god godt gode bedre bedst bedste",
    "stor stort store større størst største",
    "lille små mindre mindst mindste",
    "gammel gammelt gamle ældre ældst ældste",
    "ung ungt unge yngre yngst yngste",
    "lang langt lange længere længst længste",
];

const SMALL_WORDS: &str = "\
    ad af aldrig alle allerede alligevel alt altid altså anden andet andre at bare begge betyder blev blive bliver blevet burde bør \
    da de dem den denne der deres det dette dig din dine disse dit dog du efter ej eller en end ene er et fik få får fået for \
    fordi fra før gennem gør gøre gøres ham han hans har havde have hele hende hendes her hos hun hvad hvem hver hvilke hvilken \
    hvilket hvis hvor hvordan hvorfor hvornår i igen ikke imod ind inde ingen intet ja jeg jer jeres jo kan kom kunne lad lige \
    man mange med meget mellem men mens mere mest mig min mindre mine mit mod må måske måtte ned nej nogen noget nogle nok nu \
    når og også om omkring op os over på sagde samme selv ser sig sige siger sin sine sit skal skulle som så sådan tage tager \
    til ud uden under var ved vi vil ville vor vores være været";

/// Retskrivningsordbogen §13: an apostrophe after s, x and z, else s.
fn genitive(form: &str, _is_plural: bool) -> String {
    if form.to_lowercase().ends_with(['s', 'x', 'z']) { format!("{form}’") } else { format!("{form}s") }
}

fn without_genitive(word: &str) -> Option<&str> {
    word.strip_suffix(['s', 'S', '’', '\''])
}

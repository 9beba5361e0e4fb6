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
        not_compounds: &["spørgsmål", "øjeblik", "samvittighed", "alvor", "forening", "mulighed", "hverdag"],
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
    "ko koen køer køerne",
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
    "have haven haver haverne",
    "hav havet havene",
    "ledelse ledelsen ledelser ledelserne",
    "leder lederen ledere lederne",
    "vejleder vejlederen vejledere vejlederne",
    "måler måleren målere målerne",
    // Verbs whose past differs from their present.
    "se ser set sete",
    "gå går gik gået",
    "gøre gør gjorde gjort",
    "spørge spørger spurgte spurgt",
    "sige siger sagde sagt",
    "tage tager tog taget",
    "give giver gav givet",
    "finde finder fandt fundet",
    "skrive skriver skrev skrevet",
    "hjælpe hjælper hjalp hjulpet",
    "vælge vælger valgte valgt",
    "sætte sætter satte sat",
    "lægge lægger lagde lagt",
    "bringe bringer bragte bragt",
    "møde møder mødet møderne mødte mødt",
    "tale taler talen talte talt",
    "føle føler følte følt",
    "høre hører hørte hørt",
    "vise viser viste vist",
    "bruge bruger brugte brugt",
    "låne låner lånte lånt",
    "kende kender kendte kendt",
    "tænke tænker tænkte tænkt",
    "følge følger fulgte fulgt",
    "fortælle fortæller fortalte fortalt",
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
    ad af aldrig alle allerede alligevel alt altid altså anden andet andre at bare begge blev blive bliver blevet burde bør \
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

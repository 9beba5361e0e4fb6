//! The belongings of all other clients become one automaton (Aho & Corasick 1975) that reads each output once.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use aho_corasick::{AhoCorasick, MatchKind};

use super::belongings::{Client, What, spellings};
use crate::fingerprint::Fingerprint;
use crate::language::lexicon;
use crate::model::handbook::Language;
use crate::model::id::slug;
use crate::output::{Output, OutputContent};
use crate::search::files::START;

/// No handbook says this.
const CANARY: &str = "kvidrende kanariefugl 7f3a i et fremmed bur";

/// What reads the outputs of one edition.
#[derive(Debug)]
pub struct Scanner {
    automaton: Option<AhoCorasick>,
    texts: Vec<String>,
    patterns: Vec<Pattern>,
    files: HashMap<Fingerprint, (usize, usize)>,
}

#[derive(Debug, Clone, Copy)]
enum Pattern {
    Canary,
    /// A sentence of the edition's own layers.
    Own,
    /// A belonging of another client: whose, and which, and when it counts.
    Other(usize, usize, Match),
}

#[derive(Debug, Clone, Copy)]
enum Match {
    /// Anywhere, in any capitals.
    Part,
    /// As a whole word, in any capitals.
    Word,
    /// As a whole word, in these capitals: a museum may be called `Museet`, and every handbook's search knows `museet`.
    Exact,
}

/// What was seen in an output.
#[derive(Debug, Default)]
pub struct Seen {
    /// The planted canary.
    pub canary: bool,
    /// A sentence of the edition's own.
    pub own: bool,
    /// Belongings of other clients: whose, and which.
    pub others: BTreeSet<(usize, usize)>,
}

impl Scanner {
    /// A scanner for outputs of the edition of this index among `clients`.
    pub fn new(clients: &[Client], edition: usize) -> Self {
        let own = &clients[edition];
        let mut texts = vec![CANARY.to_owned()];
        let mut patterns = vec![Pattern::Canary];
        let mut files = HashMap::new();
        let mut add = |text: String, pattern: Pattern| {
            texts.push(text);
            patterns.push(pattern);
        };
        for (owner, client) in clients.iter().enumerate() {
            for (number, belonging) in client.belongings.iter().enumerate() {
                let is_shared = own.layers.contains(&client.layers[belonging.layer]);
                match &belonging.what {
                    What::Sentence(text) if is_shared && owner == edition => add(text.clone(), Pattern::Own),
                    _ if is_shared => {}
                    What::Sentence(text) => add(text.clone(), Pattern::Other(owner, number, Match::Part)),
                    What::Private(word) => {
                        let spellings =
                            spellings(word).into_iter().chain(Some(slug(word)).filter(|slug| slug.len() > 1));
                        spellings.for_each(|word| add(word, Pattern::Other(owner, number, Match::Word)));
                    }
                    What::Name(name) => {
                        spellings(name)
                            .into_iter()
                            .for_each(|name| add(name, Pattern::Other(owner, number, Match::Exact)));
                    }
                    What::Id(id) => add(id.clone(), Pattern::Other(owner, number, Match::Word)),
                    What::File(Some(print)) => {
                        files.entry(*print).or_insert((owner, number));
                    }
                    What::File(None) => {}
                }
            }
        }
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::Standard).ascii_case_insensitive(true).build(&texts).ok();
        Self { automaton, texts, patterns, files }
    }

    /// What is seen in `output`: in its path and in its bytes. A large file on disk is known by its path alone.
    pub fn scan(&self, output: &Output) -> Seen {
        let mut seen = Seen::default();
        self.search(output.path.as_bytes(), &mut seen);
        if let OutputContent::Bytes(bytes) = &output.content {
            let is_start = *output.path == *START;
            self.search(&if is_start { without_rules(bytes) } else { Cow::Borrowed(&**bytes) }, &mut seen);
            seen.others.extend(self.files.get(&Fingerprint::of_bytes(bytes)));
        }
        seen
    }

    fn search(&self, bytes: &[u8], seen: &mut Seen) {
        // Without an automaton not even the canary is seen, and the control fails.
        let Some(automaton) = &self.automaton else { return };
        for found in automaton.find_overlapping_iter(bytes) {
            match self.patterns[found.pattern().as_usize()] {
                Pattern::Canary => seen.canary = true,
                Pattern::Own => seen.own = true,
                Pattern::Other(owner, number, counts) => {
                    let is_whole = || is_whole_word(bytes, found.start(), found.end());
                    let is_exact = || bytes[found.range()] == *self.texts[found.pattern().as_usize()].as_bytes();
                    let is_it = match counts {
                        Match::Part => true,
                        Match::Word => is_whole(),
                        Match::Exact => is_whole() && is_exact(),
                    };
                    if is_it {
                        seen.others.insert((owner, number));
                    }
                }
            }
        }
    }
}

/// The bytes without the word rules that search brings into every edition: they know `museet` whoever is called so.
fn without_rules(bytes: &[u8]) -> Cow<'_, [u8]> {
    for language in Language::ALL {
        let rules = serde_json::to_string(lexicon(language).rules).unwrap_or_default();
        if let Some(at) = memchr::memmem::find(bytes, rules.as_bytes()).filter(|_| !rules.is_empty()) {
            return Cow::Owned([&bytes[..at], b" ", &bytes[at + rules.len()..]].concat());
        }
    }
    Cow::Borrowed(bytes)
}

/// Whether what stands at `start..end` is no part of a longer word.
fn is_whole_word(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_letter =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80 && is_in_word(*byte));
    !is_letter(start.checked_sub(1).and_then(|at| bytes.get(at))) && !is_letter(bytes.get(end))
}

/// Whether a byte beyond ASCII may belong to a letter: æ, ø, å and their like begin with C3, and end below C0; quotation
/// marks and dashes begin with E2.
fn is_in_word(byte: u8) -> bool {
    byte == 0xC3
}

/// An output of each kind that holds the canary: where it is not found, nothing would be.
pub fn planted() -> Vec<Output> {
    let page = format!("<!doctype html>\n<main><p>Før. {CANARY}. Efter.</p></main>\n");
    let search = format!("vaertSearchStart({{\"text\":\"{CANARY}\"}});\n");
    let print = format!("{{\"kind\":\"booklet\",\"parts\":[{{\"body\":[{{\"t\":\"par\",\"c\":\"{CANARY}\"}}]}}]}}");
    let map = format!("<urlset><url><loc>https://example.org/{CANARY}</loc></url></urlset>\n");
    let image = [b"\x89PNG\r\n\x1a\n\0\0".as_slice(), CANARY.as_bytes(), b"\xff\0"].concat();
    let output = |path: &str, bytes: Vec<u8>| Output { path: path.into(), content: OutputContent::Bytes(bytes.into()) };
    vec![
        output("planted.html", page.into_bytes()),
        output("search/planted.js", search.into_bytes()),
        output("planted.xml", map.into_bytes()),
        output("print/planted.pdf", print.into_bytes()),
        output("planted.png", image),
        output(&format!("{}.html", CANARY.to_uppercase()), Vec::new()),
    ]
}

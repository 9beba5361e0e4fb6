//! Searches outputs with one automaton (Aho & Corasick 1975) over the belongings of all other clients, folded like the
//! outputs.
//!
//! A name is found in its genitive (`Nordbys`, `Nordby's`), with a hyphen, a line break or nothing in place of a space,
//! broken over two lines, letter by letter, and as the beginning of a compound (`Ringgadeafdelingen`). [`Word`]
//! documents the limits of this.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use aho_corasick::{AhoCorasick, MatchKind};

use super::belongings::{Client, What};
use super::folded::{Folded, Gap};
use super::reader::{Form, Piece, ReadSeek, Reading};
use super::word::Word;
use crate::diagnostic::unread::Unread;
use crate::fingerprint::Fingerprint;
use crate::language::lexicon;
use crate::model::handbook::Language;
use crate::output::{Output, OutputContent};
use crate::search::files::START;

/// No handbook says this.
pub(super) const CANARY: &str = "kvidrende kanariefugl 7f3a i et fremmed bur";

/// The index of a client, and the index of one of its belongings.
pub type Owned = (usize, usize);

/// A searcher for the outputs of one handbook.
#[derive(Debug)]
pub struct Scanner {
    automaton: Option<AhoCorasick>,
    patterns: Vec<Pattern>,
    ids: Option<AhoCorasick>,
    id_owners: Vec<Owned>,
    files: HashMap<Fingerprint, Owned>,
}

#[derive(Debug)]
struct Pattern {
    folded: Folded,
    target: Target,
    rule: Rule,
}

#[derive(Debug, Clone, Copy)]
enum Target {
    Canary,
    /// A sentence of the edition's own layers.
    Own,
    /// A belonging of another client.
    Other(Owned),
}

#[derive(Debug, Clone, Copy)]
enum Rule {
    /// The pattern matches anywhere.
    Part,
    /// It matches from the beginning of a word to the end of one.
    Words,
    /// It matches as a name.
    Word(Word),
}

/// The findings in an output.
#[derive(Debug, Default)]
pub struct Seen {
    /// The planted canary.
    pub canary: bool,
    /// A sentence of the edition's own.
    pub own: bool,
    /// The belongings of others, and content that is hidden from participants.
    pub others: BTreeSet<Owned>,
    /// The reasons why parts of the output could not be read.
    pub unread: BTreeSet<Unread>,
}

thread_local! {
    /// The buffer in which texts are folded.
    static FOLDED: RefCell<Folded> = RefCell::default();
}

impl Scanner {
    /// Creates a scanner for outputs of the client with this index.
    pub fn new(clients: &[Client], index: usize) -> Self {
        let mut patterns = Patterns::default();
        patterns.add(CANARY, Target::Canary, Rule::Word(Word::private(CANARY)));
        for (owner, client) in clients.iter().enumerate() {
            // Another edition of the same handbook contains the same.
            if !clients[..owner]
                .iter()
                .any(|earlier| earlier.layers == client.layers && earlier.edition != client.edition)
            {
                patterns.add_client(&clients[index], owner, client, owner == index);
            }
        }
        patterns.finish()
    }

    /// Searches the path and the content of `output`. Of a large file on disk, only the path is searched.
    pub fn scan(&self, output: &Output) -> Seen {
        let mut seen = Seen::default();
        self.scan_path(&output.path, &mut seen);
        if let OutputContent::Bytes(bytes) = &output.content {
            let is_start = *output.path == *START;
            let bytes = if is_start { without_rules(bytes) } else { Cow::Borrowed(&**bytes) };
            self.search_ids(&bytes, &mut seen);
            self.scan_with(&mut seen, |reading| reading.read(&bytes));
            seen.others.extend(self.files.get(&Fingerprint::of_bytes(&bytes)));
        }
        seen
    }

    /// Searches a large file, published at `path`.
    pub fn scan_file(&self, path: &str, file: &mut dyn ReadSeek) -> Seen {
        let mut seen = Seen::default();
        self.scan_path(path, &mut seen);
        let mut is_read = true;
        self.scan_with(&mut seen, |reading| is_read = reading.read_file(file).is_ok());
        if !is_read {
            seen.unread.insert(Unread::Broken);
        }
        seen
    }

    fn scan_path(&self, path: &str, seen: &mut Seen) {
        self.search_ids(path.as_bytes(), seen);
        self.scan_with(seen, |reading| reading.give_name(path));
    }

    fn scan_with(&self, seen: &mut Seen, read: impl FnOnce(&mut Reading)) {
        let mut sink = |form: Form, piece: Piece| self.search(form, piece, seen);
        let mut reading = Reading::new(&mut sink);
        read(&mut reading);
        let unread = reading.unread;
        seen.unread.extend(unread);
    }

    fn search(&self, form: Form, piece: Piece, seen: &mut Seen) {
        // Without an automaton not even the canary is seen, and the control fails.
        let Some(automaton) = &self.automaton else { return };
        FOLDED.with_borrow_mut(|folded| {
            folded.clear();
            match piece {
                Piece::Text(text) => folded.push(text),
                Piece::Bytes(bytes, joins) => folded.push_bytes(bytes, joins),
            }
            for found in automaton.find_overlapping_iter(&folded.bytes) {
                let pattern = &self.patterns[found.pattern().as_usize()];
                if pattern.is_at(folded, found.start(), form) {
                    match pattern.target {
                        Target::Canary => seen.canary = true,
                        Target::Own => seen.own = true,
                        Target::Other(owned) => drop(seen.others.insert(owned)),
                    }
                }
            }
        });
    }

    fn search_ids(&self, bytes: &[u8], seen: &mut Seen) {
        let Some(ids) = &self.ids else { return };
        let is_letter = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == 0xC3)
        };
        for found in ids.find_overlapping_iter(bytes) {
            if !is_letter(found.start().checked_sub(1)) && !is_letter(Some(found.end())) {
                seen.others.insert(self.id_owners[found.pattern().as_usize()]);
            }
        }
    }
}

impl Pattern {
    fn is_at(&self, text: &Folded, start: usize, form: Form) -> bool {
        let end = start + self.folded.bytes.len();
        match &self.rule {
            Rule::Part => true,
            Rule::Words => text.gap(start) != Gap::None && text.gap(end) != Gap::None,
            Rule::Word(word) => word.is_at(&self.folded, text, start, form),
        }
    }
}

/// The patterns of a scanner that is being built.
#[derive(Default)]
struct Patterns {
    patterns: Vec<Pattern>,
    ids: Vec<String>,
    id_owners: Vec<Owned>,
    files: HashMap<Fingerprint, Owned>,
}

impl Patterns {
    fn add_client(&mut self, own: &Client, owner: usize, client: &Client, is_own: bool) {
        for (number, belonging) in client.belongings.iter().enumerate() {
            let is_shared = own.layers.contains(&client.layers[belonging.layer]);
            let target = Target::Other((owner, number));
            match &belonging.what {
                What::Hidden(text) if is_own => self.add(text, target, Rule::Words),
                What::HiddenId(id) if is_own => self.add_id(id, (owner, number)),
                What::Hidden(_) | What::HiddenId(_) => {}
                What::Sentence(text, true) if is_own => self.add(text, Target::Own, Rule::Part),
                _ if is_shared => {}
                What::Sentence(text, _) => self.add(text, target, Rule::Part),
                What::Private(word) => self.add(word, target, Rule::Word(Word::private(word))),
                What::Name(name) => self.add(name, target, Rule::Word(Word::name())),
                What::Id(id) => self.add_id(id, (owner, number)),
                What::File(Some(print)) => drop(self.files.entry(*print).or_insert((owner, number))),
                What::File(None) => {}
            }
        }
    }

    fn add(&mut self, text: &str, target: Target, rule: Rule) {
        let folded = Folded::of(text);
        // A single letter occurs everywhere.
        if folded.bytes.len() > 1 {
            self.patterns.push(Pattern { folded, target, rule });
        }
    }

    fn add_id(&mut self, id: &str, owned: Owned) {
        self.ids.push(id.to_owned());
        self.id_owners.push(owned);
    }

    fn finish(self) -> Scanner {
        let Patterns { patterns, ids, id_owners, files } = self;
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::Standard);
        let automaton = builder.build(patterns.iter().map(|pattern| &pattern.folded.bytes)).ok();
        let ids = builder.ascii_case_insensitive(true).build(&ids).ok().filter(|_| !ids.is_empty());
        Scanner { automaton, patterns, ids, id_owners, files }
    }
}

/// Returns the bytes without the word rules that search adds to every edition: they contain words like `museet`, which
/// may be somebody's name.
fn without_rules(bytes: &[u8]) -> Cow<'_, [u8]> {
    for language in Language::ALL {
        let rules = serde_json::to_string(lexicon(language).rules).unwrap_or_default();
        if let Some(at) = memchr::memmem::find(bytes, rules.as_bytes()).filter(|_| !rules.is_empty()) {
            return Cow::Owned([&bytes[..at], b"null", &bytes[at + rules.len()..]].concat());
        }
    }
    Cow::Borrowed(bytes)
}

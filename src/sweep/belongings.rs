//! The files of a client's layers become what belongs to that client: words, names, sentences, ids, images.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::asset::{self, Role};
use crate::config::{self, Settings};
use crate::fingerprint::Fingerprint;
use crate::model::id::item_id;
use crate::output::OutputContent;
use crate::snapshot::{Content, Snapshot};
use crate::source::Source;

/// A stretch of text shorter than this, in bytes, may be anybody's.
const SHORTEST_SENTENCE: usize = 32;
/// An id shorter than this may be anybody's.
const SHORTEST_ID: usize = 8;
/// Characters that end a sentence, that markup is made of, or that are written otherwise in HTML and JSON: text is cut
/// there.
const CUTS: &[char] = &[
    '.', '!', '?', ':', ';', '*', '_', '`', '[', ']', '(', ')', '{', '}', '<', '>', '&', '\'', '"', '|', '\\', '#',
    '~', '%', '^', '=', '\n', '\r', '\t',
];

/// The handbook of a client with all its layers.
#[derive(Debug)]
pub struct Client {
    /// Name of the edition.
    pub edition: String,
    /// What belongs to its layers.
    pub belongings: Vec<Belonging>,
    /// Whether its layers say enough to be recognised.
    pub has_text: bool,
    /// The layers, by the path of their `handbook.yaml`.
    pub layers: Vec<Arc<str>>,
    /// Texts of all layers, each with the file that it is from.
    texts: Vec<(Arc<str>, Arc<str>)>,
    images: HashSet<Fingerprint>,
    ids: HashSet<String>,
    on_disk: HashMap<PathBuf, usize>,
}

/// What belongs to a layer.
#[derive(Debug, Clone)]
pub struct Belonging {
    /// What it is.
    pub what: What,
    /// Index of its layer.
    pub layer: usize,
    /// The file that it stands in.
    pub shown: Arc<str>,
    /// The bytes of it.
    pub range: Range<usize>,
}

/// What can belong to a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A word that the settings call private.
    Private(String),
    /// The organisation, or whom to write to.
    Name(String),
    /// A stretch of running text.
    Sentence(String),
    /// An id, or an old one.
    Id(String),
    /// A file as it is published.
    File(Option<Fingerprint>),
}

impl Belonging {
    /// Whether the settings say that no other edition may hold it.
    pub fn is_private(&self) -> bool {
        matches!(self.what, What::Private(_))
    }
}

impl Client {
    /// The client of `snapshot`, whose edition is called `edition`.
    pub fn new(snapshot: &Snapshot, edition: &str) -> Self {
        let sources: Vec<&Source> = snapshot.layers.iter().map(|layer| &layer.settings).collect();
        let folder = snapshot.layers.first().map_or("", |layer| &layer.folder);
        let (settings, _) = config::read(&sources, folder);
        let mut client = Self {
            edition: edition.to_owned(),
            belongings: Vec::new(),
            has_text: false,
            layers: sources.iter().map(|source| Arc::clone(&source.shown)).collect(),
            texts: sources.iter().map(|source| (Arc::clone(&source.shown), Arc::clone(&source.text))).collect(),
            images: HashSet::new(),
            ids: HashSet::new(),
            on_disk: HashMap::new(),
        };
        for (index, layer) in snapshot.layers.iter().enumerate() {
            client.take_settings(index, &settings);
            for file in layer.files.values() {
                match &file.content {
                    Content::Text(text) if file.path.ends_with(".md") => {
                        client.take_text(index, &file.path, &file.shown, text)
                    }
                    Content::Text(_) | Content::Bytes(_) if asset::role(&file.path) == Role::Source => {}
                    Content::Text(_) | Content::Bytes(_) => {
                        if let Some(OutputContent::Bytes(bytes)) = asset::prepare(file).content {
                            let print = Fingerprint::of_bytes(&bytes);
                            client.images.insert(print);
                            client.own(What::File(Some(print)), index, &file.shown, 0..0);
                        }
                    }
                    Content::OnDisk { path, .. } => {
                        client.on_disk.insert(path.clone(), client.belongings.len());
                        client.own(What::File(None), index, &file.shown, 0..0);
                    }
                }
            }
        }
        client
    }

    /// Whether a layer of the client says the same itself.
    pub fn says(&self, belonging: &Belonging) -> bool {
        match &belonging.what {
            What::Private(word) | What::Name(word) | What::Sentence(word) => {
                let lower = word.to_lowercase();
                self.texts.iter().any(|(_, text)| text.contains(&**word) || text.to_lowercase().contains(&lower))
            }
            What::Id(id) => self.ids.contains(id) || self.texts.iter().any(|(_, text)| text.contains(&**id)),
            What::File(Some(print)) => self.images.contains(print),
            What::File(None) => false,
        }
    }

    /// Where a file of the client's own says a word that is private elsewhere, just as it is written there.
    pub fn place_of(&self, belonging: &Belonging) -> Option<(&Arc<str>, Range<usize>)> {
        let What::Private(word) = &belonging.what else { return None };
        self.texts.iter().find_map(|(shown, text)| {
            let at = text.find(&**word)?;
            Some((shown, at..at + word.len()))
        })
    }

    /// The number of the belonging that is the large file at `path`.
    pub fn file_on_disk(&self, path: &Path) -> Option<usize> {
        self.on_disk.get(path).copied()
    }

    /// Whether the large file at `path` is of the client's layers.
    pub fn has_on_disk(&self, path: &Path) -> bool {
        self.on_disk.contains_key(path)
    }

    fn own(&mut self, what: What, layer: usize, shown: &Arc<str>, range: Range<usize>) {
        self.belongings.push(Belonging { what, layer, shown: Arc::clone(shown), range });
    }

    fn take_settings(&mut self, layer: usize, settings: &Settings) {
        let own = &settings.layers[layer];
        let shown = Arc::clone(&own.source.shown);
        for (index, word) in own.private.iter().enumerate() {
            let place = settings.place_of_entry(layer, "private", index);
            self.own(What::Private(word.clone()), layer, &shown, place.range);
        }
        for key in ["organisation", "contact"] {
            let range = config::place_of(&own.source.text, &["brand", key]);
            if let Some(name) = own.names.get(key) {
                self.own(What::Name(name.clone()), layer, &shown, range);
            }
        }
    }

    fn take_text(&mut self, layer: usize, path: &str, shown: &Arc<str>, text: &Arc<str>) {
        self.texts.push((Arc::clone(shown), Arc::clone(text)));
        self.add_id(item_id(path), layer, shown, 0..0);
        let mut start = 0;
        for piece in text.split(CUTS) {
            let trimmed = piece.trim_matches(|c: char| !c.is_alphanumeric());
            if trimmed.len() >= SHORTEST_SENTENCE && trimmed.split(' ').count() > 3 && !trimmed.contains("  ") {
                let at = start + (trimmed.as_ptr() as usize - piece.as_ptr() as usize);
                self.has_text = true;
                self.own(What::Sentence(trimmed.to_owned()), layer, shown, at..at + trimmed.len());
            }
            start += piece.len() + text[start + piece.len()..].chars().next().map_or(0, char::len_utf8);
        }
        for (at, id) in moved_from(text) {
            let range = at..at + id.len();
            self.add_id(id.to_owned(), layer, shown, range);
        }
    }

    fn add_id(&mut self, id: String, layer: usize, shown: &Arc<str>, range: Range<usize>) {
        if id.len() >= SHORTEST_ID && id.contains('/') {
            self.own(What::Id(id.clone()), layer, shown, range);
        }
        self.ids.insert(id);
    }
}

/// Old ids in front matter with their places, read as words: what is not one does no harm.
fn moved_from(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let head = text.find("\nmoved_from:").map(|at| at + "\nmoved_from:".len());
    let end = head.and_then(|head| text[head..].find("\n---").map(|end| head + end));
    let list = head.zip(end).map_or("", |(head, end)| &text[head..end]);
    let base = head.unwrap_or(0);
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '/');
    let mut at = 0;
    list.split(move |c: char| !is_part(c)).filter_map(move |word| {
        let start = at;
        at += word.len();
        at += list[at..].chars().next().map_or(0, char::len_utf8);
        word.contains('/').then_some((base + start, word))
    })
}

/// `word` as it may stand in outputs: as written, in capitals, as HTML.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let mut escaped = String::new();
    crate::escape::push_escaped(&mut escaped, word);
    let mut all = vec![word.to_owned(), word.to_uppercase(), escaped];
    all.retain(|spelling| spelling.len() > 1);
    all.sort();
    all.dedup();
    all
}

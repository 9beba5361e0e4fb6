//! Collects the content that belongs to a client from the files of its layers: words, names, sentences, ids, files, and
//! text in them that is hidden from participants.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use memchr::memmem;

use super::folded::Folded;
use super::hidden::{hidden_ranges, without};
use super::sentences::{Least, sentences};
use crate::asset::{self, Role};
use crate::config::{self, Settings};
use crate::diagnostic::metadata::{Detail, Found};
use crate::fingerprint::Fingerprint;
use crate::model::id::item_id;
use crate::output::OutputContent;
use crate::snapshot::{Content, File, Snapshot};
use crate::source::Source;

/// The length from which a stretch of text counts as a client's own; a shorter one may be anybody's.
const SENTENCE: Least = Least { bytes: 32, words: 4 };
/// The length from which hidden text counts; it may be shorter, since it is compared with the same handbook's public
/// text.
const HIDDEN: Least = Least { bytes: 16, words: 3 };
/// An id shorter than this may be anybody's.
const SHORTEST_ID: usize = 8;

/// The handbook of a client with all its layers.
#[derive(Debug, Default)]
pub struct Client {
    /// Name of the edition.
    pub edition: String,
    /// The belongings of its layers.
    pub belongings: Vec<Belonging>,
    /// Whether its layers say enough to be recognised.
    pub has_text: bool,
    /// The layers, by the path of their `handbook.yaml`.
    pub layers: Vec<Arc<str>>,
    /// The texts of all layers, the `handbook.yaml` of each layer first.
    texts: Vec<Text>,
    /// The texts of its themes, which appear in every edition.
    theme_texts: Vec<Text>,
    images: HashSet<Fingerprint>,
    ids: HashSet<String>,
    public_ids: HashSet<String>,
    on_disk: Vec<OnDisk>,
    /// Files that must be searched, by the path that they are published at, except those that the settings accept as
    /// they are and those that [`Fault::MetadataInFile`](crate::diagnostic::Fault::MetadataInFile) reports as unread.
    published: HashMap<String, PublishedFile>,
}

/// A file of the handbook that is published as it is.
#[derive(Debug)]
struct PublishedFile {
    path: Arc<str>,
    shown: Arc<str>,
}

/// A text with the file that it comes from.
#[derive(Debug)]
struct Text {
    shown: Arc<str>,
    text: Arc<str>,
    /// The byte ranges that participants may not see.
    hidden: Vec<Range<usize>>,
    folded: OnceLock<Vec<u8>>,
    public: OnceLock<Vec<u8>>,
}

/// A file that is too large to be read into memory.
#[derive(Debug, Clone)]
pub struct OnDisk {
    /// The path on disk.
    pub path: PathBuf,
    /// The size in bytes.
    pub size: u64,
    /// The index among the belongings.
    pub number: usize,
}

/// A piece of content that belongs to a layer.
#[derive(Debug, Clone)]
pub struct Belonging {
    /// The content.
    pub what: What,
    /// Index of its layer.
    pub layer: usize,
    /// The file that it stands in.
    pub shown: Arc<str>,
    /// The bytes of it.
    pub range: Range<usize>,
}

/// Kinds of content that can belong to a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A word that the settings call private.
    Private(String),
    /// The organisation, or whom to write to.
    Name(String),
    /// A stretch of running text; whether participants may see it.
    Sentence(String, bool),
    /// An id, or an old one.
    Id(String),
    /// A file as it is published.
    File(Option<Fingerprint>),
    /// A stretch of text that participants may not see.
    Hidden(String),
    /// The id of a page that participants may not see.
    HiddenId(String),
}

impl Belonging {
    /// Whether the settings say that no other edition may hold it.
    pub fn is_private(&self) -> bool {
        matches!(self.what, What::Private(_))
    }

    /// Returns whether it is searched for in the participants' edition of its own handbook, and nowhere else.
    pub fn is_hidden(&self) -> bool {
        matches!(self.what, What::Hidden(_) | What::HiddenId(_))
    }
}

impl Text {
    fn new(source: &Source, hidden: Vec<Range<usize>>) -> Self {
        let (shown, text) = (Arc::clone(&source.shown), Arc::clone(&source.text));
        Self { shown, text, hidden, folded: OnceLock::new(), public: OnceLock::new() }
    }

    fn says(&self, folded: &[u8]) -> bool {
        memmem::find(self.folded.get_or_init(|| Folded::of(&self.text).bytes), folded).is_some()
    }

    fn says_in_public(&self, folded: &[u8]) -> bool {
        if self.hidden.is_empty() {
            return self.says(folded);
        }
        let public = || Folded::of(&without(&self.text, &self.hidden)).bytes;
        memmem::find(self.public.get_or_init(public), folded).is_some()
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
            layers: sources.iter().map(|source| Arc::clone(&source.shown)).collect(),
            texts: sources.iter().map(|source| Text::new(source, Vec::new())).collect(),
            ..Self::default()
        };
        for (index, layer) in snapshot.layers.iter().enumerate() {
            client.take_settings(index, &settings);
            layer.files.values().for_each(|file| client.take_file(index, file));
        }
        let accepted = |path: &Arc<str>| settings.handbook.attachments.iter().any(|entry| **entry == **path);
        client.published.retain(|_, file| !accepted(&file.path));
        let theme_files = snapshot.themes.iter().flat_map(|theme| theme.files.values());
        client.theme_texts =
            theme_files.filter_map(File::source).map(|source| Text::new(&source, Vec::new())).collect();
        client
    }

    /// Returns whether a layer of the client contains the same itself; for hidden content, whether it is also public.
    pub fn says(&self, belonging: &Belonging) -> bool {
        match &belonging.what {
            What::Private(word) | What::Sentence(word, _) => {
                let folded = Folded::of(word).bytes;
                self.texts.iter().any(|text| text.says(&folded))
            }
            // A page may not say the name of another client's organisation; both clients may be of one organisation.
            What::Name(name) => {
                let folded = Folded::of(name).bytes;
                self.texts[..self.layers.len()].iter().any(|settings| settings.says(&folded))
            }
            What::Id(id) => self.ids.contains(id) || self.texts.iter().any(|text| text.text.contains(&**id)),
            What::File(Some(print)) => self.images.contains(print),
            What::File(None) => false,
            What::Hidden(text) => self.says_in_public(text),
            What::HiddenId(id) => self.public_ids.contains(id) || self.says_in_public(id),
        }
    }

    fn says_in_public(&self, said: &str) -> bool {
        let folded = Folded::of(said).bytes;
        self.texts.iter().chain(&self.theme_texts).any(|text| text.says_in_public(&folded))
    }

    /// Returns the client's own texts, each with the file that it comes from.
    pub fn texts(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.texts.iter().map(|text| (&text.shown, &text.text))
    }

    /// Returns the client's large files.
    pub fn on_disk(&self) -> &[OnDisk] {
        &self.on_disk
    }

    /// Returns whether the client has a large file with the file name of `path` for which `is_same` is true.
    pub fn has_on_disk(&self, path: &Path, is_same: impl Fn(&OnDisk) -> bool) -> bool {
        self.on_disk.iter().any(|own| own.path.file_name() == path.file_name() && is_same(own))
    }

    /// Returns the source file that is published at `path` and must be searched.
    pub fn source_of(&self, path: &str) -> Option<&Arc<str>> {
        self.published.get(path).map(|file| &file.shown)
    }

    fn publish(&mut self, output_name: String, file: &File, found: &[Found]) {
        if found.iter().all(|found| found.detail != Detail::Unread) {
            let (path, shown) = (Arc::clone(&file.path), Arc::clone(&file.shown));
            self.published.insert(output_name, PublishedFile { path, shown });
        }
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

    fn take_file(&mut self, layer: usize, file: &File) {
        match (&file.content, file.source()) {
            (_, Some(source)) if file.path.ends_with(".md") => self.take_text(layer, &source),
            (Content::OnDisk { path, size, .. }, _) => {
                let prepared = asset::prepare(file);
                self.publish(prepared.output_name, file, &prepared.found);
                self.on_disk.push(OnDisk { path: path.clone(), size: *size, number: self.belongings.len() });
                self.own(What::File(None), layer, &file.shown, 0..0);
            }
            _ if asset::role(&file.path) == Role::Source => {}
            _ => {
                let prepared = asset::prepare(file);
                if let Some(OutputContent::Bytes(bytes)) = prepared.content {
                    let print = Fingerprint::of_bytes(&bytes);
                    self.publish(prepared.output_name, file, &prepared.found);
                    self.images.insert(print);
                    self.own(What::File(Some(print)), layer, &file.shown, 0..0);
                }
            }
        }
    }

    fn take_text(&mut self, layer: usize, source: &Source) {
        let (shown, text) = (&source.shown, &source.text);
        let hidden = hidden_ranges(text);
        let id = item_id(&source.path);
        if hidden.first() == Some(&(0..text.len())) {
            self.own(What::HiddenId(id.clone()), layer, shown, 0..0);
        } else {
            self.public_ids.insert(id.clone());
        }
        self.add_id(id, layer, shown, 0..0);
        for (range, sentence) in sentences(text, SENTENCE) {
            let is_public = !hidden.iter().any(|hidden| hidden.start < range.end && range.start < hidden.end);
            self.has_text |= is_public;
            self.own(What::Sentence(sentence.to_owned(), is_public), layer, shown, range);
        }
        for part in &hidden {
            for (range, sentence) in sentences(&text[part.clone()], HIDDEN) {
                let range = part.start + range.start..part.start + range.end;
                self.own(What::Hidden(sentence.to_owned()), layer, shown, range);
            }
        }
        for (at, id) in moved_from(text) {
            let range = at..at + id.len();
            self.add_id(id.to_owned(), layer, shown, range);
        }
        self.texts.push(Text::new(source, hidden));
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

//! Searches every byte of every edition for content that belongs to other clients alone: their `private` words, names,
//! sentences, ids and files; and the participants' edition for content that is hidden from them. Editions are isolated
//! by construction; this proves it, by other means than the stages use.
//!
//! Outputs are read as bytes and as they are displayed ([`reader`]), and both are folded to the letters that a reader
//! sees ([`folded`]) before they are searched ([`scanner`]).
//!
//! A sweep contains its own controls: it must find a canary planted in each kind of output, and must recognise the
//! edition's own text in the edition. If it does not, it is [`Blind`] and proves nothing.

mod belongings;
mod control;
mod folded;
mod hidden;
mod reader;
mod scanner;
mod sentences;
mod word;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::hash::Hasher as _;
use std::io::{self, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::belongings::OnDisk;
pub use self::belongings::{Belonging, Client};
use self::folded::Folded;
pub use self::reader::ReadSeek;
use self::scanner::{Owned, Scanner, Seen};
use self::word::Word;
use crate::diagnostic::unread::{LeakOf, Unread};
use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::{Fingerprint, Fingerprinter};
use crate::output::{Output, OutputContent};

/// A function that opens a large file on disk.
pub type Open = dyn Fn(&Path) -> io::Result<Box<dyn ReadSeek>> + Send + Sync;

/// An edition that is searched.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The name.
    pub name: String,
    /// The index of its client.
    pub client: usize,
    /// Whether it is for participants, so that nothing hidden may be in it.
    pub is_for_participants: bool,
}

/// Editions that are built together, and what is found of each in the others.
pub struct Sweep {
    clients: Vec<Client>,
    editions: Vec<Edition>,
    scanners: Vec<Scanner>,
    open: Box<Open>,
    found: Mutex<Found>,
    unread: Mutex<BTreeSet<(Arc<str>, Unread)>>,
    own: Mutex<Vec<bool>>,
    prints: Mutex<HashMap<PathBuf, Option<Fingerprint>>>,
}

/// The outputs that contain a belonging, by edition and belonging.
type Found = BTreeMap<(usize, Owned), Vec<Arc<str>>>;

/// A sweep that did not see what it must see.
#[derive(Debug, PartialEq, Eq)]
pub struct Blind {
    /// The content that was not found, in words.
    pub missed: String,
}

impl Sweep {
    /// Creates a sweep over one edition of each of `clients`, none of which is searched for hidden text.
    pub fn new(clients: Vec<Client>) -> Self {
        let edition =
            |(client, of): (usize, &Client)| Edition { name: of.edition.clone(), client, is_for_participants: false };
        let editions = clients.iter().enumerate().map(edition).collect();
        Self::over(clients, editions, Box::new(|_| Err(io::ErrorKind::Unsupported.into())))
    }

    /// Creates a sweep over `editions` of `clients`, whose large files are opened with `open`.
    pub fn over(clients: Vec<Client>, editions: Vec<Edition>, open: Box<Open>) -> Self {
        let scanners = (0..clients.len()).map(|client| Scanner::new(&clients, client)).collect();
        let own = Mutex::new(vec![false; editions.len()]);
        Self {
            clients,
            editions,
            scanners,
            open,
            found: Mutex::default(),
            unread: Mutex::default(),
            own,
            prints: Mutex::default(),
        }
    }

    /// Searches an output of the edition of this index; a print view before it becomes a PDF is an output, too. May be called from
    /// several threads.
    pub fn look(&self, edition: usize, output: &Output) {
        let seen = match &output.content {
            OutputContent::Bytes(_) => self.scanner(edition).scan(output),
            OutputContent::Copy(path) => self.look_at_file(edition, &output.path, path),
        };
        if seen.own {
            locked(&self.own)[edition] = true;
        }
        if let Some(source) = self.client(edition).source_of(&output.path) {
            locked(&self.unread).extend(seen.unread.iter().map(|unread| (Arc::clone(source), *unread)));
        }
        for owned in seen.others.into_iter().filter(|owned| self.counts(edition, *owned)) {
            self.note(edition, owned, &output.path);
        }
    }

    /// Returns whether there is nothing to search for: there is a single client, and it hides nothing from
    /// participants.
    pub fn is_idle(&self) -> bool {
        self.clients.len() < 2 && !self.clients.iter().flat_map(|client| &client.belongings).any(Belonging::is_hidden)
    }

    fn scanner(&self, edition: usize) -> &Scanner {
        &self.scanners[self.editions[edition].client]
    }

    fn client(&self, edition: usize) -> &Client {
        &self.clients[self.editions[edition].client]
    }

    /// Returns whether content found in an edition must not be there. Content that the client's own files contain as
    /// well is no leak, unless it is declared private.
    fn counts(&self, edition: usize, (owner, number): Owned) -> bool {
        let belonging = &self.clients[owner].belongings[number];
        match belonging.is_hidden() {
            true => self.editions[edition].is_for_participants && !self.clients[owner].says(belonging),
            false => belonging.is_private() || !self.client(edition).says(belonging),
        }
    }

    fn note(&self, edition: usize, owned: Owned, output: &Arc<str>) {
        locked(&self.found).entry((edition, owned)).or_default().push(Arc::clone(output));
    }

    fn look_at_file(&self, edition: usize, output: &Arc<str>, path: &Path) -> Seen {
        self.others_of_content(edition, path).into_iter().for_each(|owned| self.note(edition, owned, output));
        match (self.open)(path) {
            Ok(mut file) => self.scanner(edition).scan_file(output, &mut *file),
            Err(_) => {
                let path_alone = Output { path: Arc::clone(output), content: OutputContent::Bytes(Arc::default()) };
                let mut seen = self.scanner(edition).scan(&path_alone);
                seen.unread.insert(Unread::Broken);
                seen
            }
        }
    }

    /// Returns the large files of other clients with the same content as the one at `path`. A file that the client has
    /// under the same name belongs to both.
    fn others_of_content(&self, edition: usize, path: &Path) -> Vec<Owned> {
        let own = self.client(edition);
        let size =
            own.on_disk().iter().find(|file| file.path == path).map(|file| file.size).or_else(|| self.size(path));
        let mut others = Vec::new();
        for (owner, client) in
            self.clients.iter().enumerate().filter(|(owner, _)| *owner != self.editions[edition].client)
        {
            let is_leak = |file: &&OnDisk| {
                !own.layers.contains(&client.layers[client.belongings[file.number].layer])
                    && Some(file.size) == size
                    && self.is_same(&file.path, path)
                    && !own.has_on_disk(&file.path, |own| own.path == path)
            };
            others.extend(client.on_disk().iter().filter(is_leak).map(|file| (owner, file.number)));
        }
        others
    }

    fn size(&self, path: &Path) -> Option<u64> {
        (self.open)(path).ok()?.seek(SeekFrom::End(0)).ok()
    }

    fn is_same(&self, one: &Path, other: &Path) -> bool {
        one == other || self.print_of(one).is_some_and(|print| self.print_of(other) == Some(print))
    }

    /// Returns the fingerprint of a large file; `None` if it cannot be read.
    fn print_of(&self, path: &Path) -> Option<Fingerprint> {
        let known = locked(&self.prints).get(path).copied();
        known.unwrap_or_else(|| {
            let print = (self.open)(path).and_then(|mut file| print_of(&mut *file)).ok();
            locked(&self.prints).insert(path.to_owned(), print);
            print
        })
    }

    /// Returns the leaks as errors at the source of the leaked content, and the files that could not be searched.
    ///
    /// # Errors
    /// Returns an error if a control failed: then a search without findings proves nothing.
    pub fn finish(self) -> Result<Vec<Diagnostic>, Blind> {
        self.check_controls()?;
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        if self.clients.len() > 1 {
            let unread = locked(&self.unread);
            diagnostics.extend(
                unread.iter().map(|(shown, why)| Diagnostic::new(Fault::UnsearchedFile { why: *why }, shown, 0..0)),
            );
        }
        let found = locked(&self.found);
        for ((edition, owned), outputs) in found.iter() {
            // Facilitators see everything that participants see: one report is enough.
            let is_known = |earlier: &usize| {
                self.editions[*earlier].client == self.editions[*edition].client
                    && found.contains_key(&(*earlier, *owned))
            };
            if !(0..*edition).any(|earlier| is_known(&earlier)) {
                diagnostics.push(self.leak(*edition, *owned, outputs));
            }
        }
        Ok(diagnostics)
    }

    fn check_controls(&self) -> Result<(), Blind> {
        for (scanner, client) in self.scanners.iter().zip(&self.clients) {
            if let Some(missed) = control::missed(scanner) {
                return Err(Blind { missed: format!("the canary in `{missed}` of `{}`", client.edition) });
            }
        }
        // A single handbook may have no public text.
        let own = locked(&self.own);
        let unseen = (0..self.editions.len()).find(|edition| !own[*edition] && self.client(*edition).has_text);
        match unseen.filter(|_| self.clients.len() > 1) {
            Some(edition) => {
                Err(Blind { missed: format!("any sentence of `{}` in its own pages", self.editions[edition].name) })
            }
            None => Ok(()),
        }
    }

    fn leak(&self, edition: usize, (owner, number): Owned, outputs: &[Arc<str>]) -> Diagnostic {
        let outputs: BTreeSet<&Arc<str>> = outputs.iter().collect();
        let belonging = &self.clients[owner].belongings[number];
        let fault = Fault::Leak {
            of: if belonging.is_hidden() { LeakOf::HiddenText } else { LeakOf::OtherClient },
            edition: self.editions[edition].name.clone(),
            output: outputs.first().map(|path| path.to_string()).unwrap_or_default(),
            others: outputs.len().saturating_sub(1),
        };
        let leak = Diagnostic::new(fault, &belonging.shown, belonging.range.clone());
        match place_of(self.client(edition), belonging) {
            Some((shown, range)) => leak.and_at(shown, range, "it stands here"),
            None => leak,
        }
    }
}

/// Returns the position in the client's own files of a word that is private elsewhere.
fn place_of<'c>(client: &'c Client, belonging: &Belonging) -> Option<(&'c Arc<str>, std::ops::Range<usize>)> {
    let (belongings::What::Private(private) | belongings::What::Name(private)) = &belonging.what else { return None };
    let (word, name) = (Word::private(private), Folded::of(private));
    client.texts().find_map(|(shown, text)| {
        let folded = Folded::with_offsets(text);
        let start = memchr::memmem::find_iter(&folded.bytes, &name.bytes)
            .find(|start| word.is_at(&name, &folded, *start, reader::Form::Text))?;
        let end = folded.offset(start + name.bytes.len()).unwrap_or(text.len());
        let from = folded.offset(start)?;
        let shown_word = text[from..end].trim_end_matches(|letter: char| !letter.is_alphanumeric());
        Some((shown, from..from + shown_word.len()))
    })
}

fn print_of(file: &mut dyn ReadSeek) -> io::Result<Fingerprint> {
    let mut hasher = Fingerprinter::default();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.done()),
            length => hasher.write(&buffer[..length]),
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Display for Blind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "the search for other clients' words did not find {}, so it proves nothing", self.missed)
    }
}

impl std::error::Error for Blind {}

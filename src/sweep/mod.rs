//! Every byte of every edition, searched for what belongs to other clients alone: their `private` words, their names, their
//! sentences, ids and images. Editions are isolated by construction; this proves it, by other means than the stages use.
//!
//! A sweep carries its own controls: it must find a canary planted in each kind of output, and must recognise the edition's
//! own text in the edition. One that does not is [`Blind`], and proves nothing.

mod belongings;
mod scanner;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

pub use self::belongings::{Belonging, Client};
pub use self::scanner::Scanner;
use crate::diagnostic::{Diagnostic, Fault};
use crate::output::{Output, OutputContent};

/// Editions that are built together, and what is found of each in the others.
#[derive(Debug)]
pub struct Sweep {
    clients: Vec<Client>,
    scanners: Vec<Scanner>,
    found: Mutex<Found>,
    own: Mutex<Vec<bool>>,
}

/// By edition and belonging (its client and number): the outputs that hold it.
type Found = BTreeMap<(usize, usize, usize), Vec<Arc<str>>>;

/// A sweep that did not see what it must see.
#[derive(Debug, PartialEq, Eq)]
pub struct Blind {
    /// What it did not see, in words.
    pub missed: String,
}

impl Sweep {
    /// A sweep over the editions of `clients`.
    pub fn new(clients: Vec<Client>) -> Self {
        let scanners = (0..clients.len()).map(|edition| Scanner::new(&clients, edition)).collect();
        let own = Mutex::new(vec![false; clients.len()]);
        Self { clients, scanners, found: Mutex::default(), own }
    }

    /// Searches an output of the edition of this index; a print view before it becomes a PDF is an output, too. May be called from
    /// several threads.
    pub fn look(&self, edition: usize, output: &Output) {
        let seen = self.scanners[edition].scan(output);
        if seen.own {
            self.own.lock().unwrap_or_else(PoisonError::into_inner)[edition] = true;
        }
        let client = &self.clients[edition];
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for (owner, number) in seen.others {
            // What a client's own files say as well is no leak, unless it was said to be private.
            let belonging = &self.clients[owner].belongings[number];
            if belonging.is_private() || !client.says(belonging) {
                found.entry((edition, owner, number)).or_default().push(Arc::clone(&output.path));
            }
        }
        if let OutputContent::Copy(path) = &output.content
            && let Some(place) = self.clients.iter().enumerate().find_map(|(owner, other)| {
                let number = other.file_on_disk(path).filter(|_| !client.has_on_disk(path))?;
                Some((edition, owner, number))
            })
        {
            found.entry(place).or_default().push(Arc::clone(&output.path));
        }
    }

    /// What was found, as errors at the places that the words belong to.
    ///
    /// # Errors
    /// Where a control failed: then that nothing was found means nothing.
    pub fn finish(self) -> Result<Vec<Diagnostic>, Blind> {
        for (scanner, client) in self.scanners.iter().zip(&self.clients) {
            for planted in scanner::planted() {
                if !scanner.scan(&planted).canary {
                    let missed = format!("the canary in `{}` of `{}`", planted.path, client.edition);
                    return Err(Blind { missed });
                }
            }
        }
        let own = self.own.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) =
            self.clients.iter().zip(own).find_map(|(client, seen)| (!seen && client.has_text).then_some(client))
        {
            return Err(Blind { missed: format!("any sentence of `{}` in its own pages", client.edition) });
        }
        let mut diagnostics = Vec::new();
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        for ((edition, owner, number), mut outputs) in found {
            outputs.sort();
            outputs.dedup();
            let belonging = &self.clients[owner].belongings[number];
            let fault = Fault::Leak {
                edition: self.clients[edition].edition.clone(),
                output: outputs.first().map(|path| path.to_string()).unwrap_or_default(),
                others: outputs.len().saturating_sub(1),
            };
            let leak = Diagnostic::new(fault, &belonging.shown, belonging.range.clone());
            diagnostics.push(match self.clients[edition].place_of(belonging) {
                Some((shown, range)) => leak.and_at(shown, range, "it stands here"),
                None => leak,
            });
        }
        Ok(diagnostics)
    }
}

impl fmt::Display for Blind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "the search for other clients' words did not find {}, so it proves nothing", self.missed)
    }
}

impl std::error::Error for Blind {}

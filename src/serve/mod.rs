//! Serves a handbook from memory to the browser and keeps it up to date while it is edited: `vaert serve`.
//!
//! One thread watches the disk and updates the [`Site`], the threads of requests answer from it, and each browser has a
//! stream of [`events`]. Requests read nothing from disk but large files, which stay there.
#![allow(clippy::disallowed_methods, reason = "`serve` reads the clock to wait")]

mod answer;
mod editor;
mod events;
mod http;
mod request;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::build::Options;
use crate::diagnostic::Diagnostic;
use crate::live::Site;
use crate::load::{LoadError, load};
pub use editor::{EditorCommand, start};
use events::Streams;
pub use watch::{Looking, keep_looking};

/// The settings of the server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The handbook's folder.
    pub handbook: PathBuf,
    /// Which edition.
    pub options: Options,
    /// The address to listen on.
    pub address: IpAddr,
    /// The first port to try; 0 takes any.
    pub port: u16,
    /// Whether to look at the disk again and again instead of waiting for the system to tell of changes.
    pub poll: bool,
    /// Whether browsers go to the page that was saved.
    pub follow: bool,
    /// The command that opens a paragraph in its file.
    pub editor: Option<EditorCommand>,
}

/// Ports tried after the first.
const MORE_PORTS: u16 = 50;

/// Stack of a connection's thread, in bytes: rendering a page walks its tree.
const STACK: usize = 2 * 1024 * 1024;

/// The data that the threads share.
struct Shared {
    settings: Settings,
    site: RwLock<Arc<Site>>,
    streams: Streams,
}

impl Shared {
    /// Returns the site that is shown now. It stays complete for whoever holds it, while a save makes the next one.
    fn site(&self) -> Arc<Site> {
        Arc::clone(&self.site.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A server that listens.
pub struct Serving {
    /// The address.
    pub address: SocketAddr,
    listener: TcpListener,
    shared: Arc<Shared>,
}

/// Builds the handbook in memory and begins to listen.
///
/// # Errors
/// Returns an error if no port is free, or if the handbook's folder does not exist.
pub fn listen(settings: Settings) -> io::Result<Serving> {
    let listener = free_listener(settings.address, settings.port)?;
    let address = listener.local_addr()?;
    let site = Site::new(settings.options);
    let (site, _) = match load(&settings.handbook, None) {
        Ok(snapshot) => site.update(Ok(snapshot)),
        Err(error @ LoadError::NoFolder { .. }) => {
            return Err(io::Error::new(io::ErrorKind::NotFound, error.to_string()));
        }
        Err(error) => site.update(Err(error)),
    };
    let shared = Arc::new(Shared { settings, site: RwLock::new(Arc::new(site)), streams: Streams::default() });
    Ok(Serving { address, listener, shared })
}

fn free_listener(address: IpAddr, port: u16) -> io::Result<TcpListener> {
    let last = if port == 0 { 0 } else { port.saturating_add(MORE_PORTS) };
    let mut failure = io::Error::other("no port was tried");
    for port in port..=last {
        match TcpListener::bind((address, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => failure = error,
        }
        if failure.kind() != io::ErrorKind::AddrInUse {
            break;
        }
    }
    Err(failure)
}

impl Serving {
    /// Answers requests and follows the disk for as long as the program runs. `told` is called after every update, with
    /// all problems of the site, and for problems that are found later, with those alone.
    ///
    /// # Errors
    /// Returns an error if the socket fails.
    pub fn run(self, told: impl Fn(&Site, &[Diagnostic]) + Send + Sync + 'static) -> io::Result<()> {
        let site = self.shared.site();
        told(&site, &site.diagnostics());
        let shared = Arc::clone(&self.shared);
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || follow_disk(&shared, told))?;
        loop {
            let (client, _) = match self.listener.accept() {
                Ok(accepted) => accepted,
                Err(error) if is_of_the_client(&error) => continue,
                Err(error) if is_shortage(&error) => {
                    std::thread::sleep(Duration::from_millis(50));
                    continue;
                }
                Err(error) => return Err(error),
            };
            let shared = Arc::clone(&self.shared);
            // That a reader has left is no matter. Where the system gives no thread, this one reader asks again.
            let _ = std::thread::Builder::new()
                .name("connection".to_owned())
                .stack_size(STACK)
                .spawn(move || answer::answer(&shared, client));
        }
    }
}

/// Whether a connection ended before it was taken.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionReset | Interrupted)
}

/// Whether the process has as many files open as it may: some are closed soon. (`EMFILE` is 24 and `ENFILE` is 23 on
/// Unix, `WSAEMFILE` is 10024 on Windows.)
fn is_shortage(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(23 | 24 | 10024))
}

fn follow_disk(shared: &Arc<Shared>, told: impl Fn(&Site, &[Diagnostic]) + Send + Sync + 'static) {
    let Settings { handbook, poll, .. } = &shared.settings;
    let told = Arc::new(told);
    let mut looked_through = None;
    keep_looking(handbook, *poll, |looking| {
        let before = shared.site();
        let (site, change) = before.update(load(handbook, before.snapshot().map(|snapshot| &**snapshot)));
        let site = Arc::new(site);
        *shared.site.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&site);
        if change.any {
            shared.streams.tell(&site, &change);
            told(&site, &site.diagnostics());
        }
        if looking == Looking::Idle && looked_through != Some(site.generation()) {
            looked_through = Some(site.generation());
            let (shared, site, told) = (Arc::clone(shared), Arc::clone(&site), Arc::clone(&told));
            // If the system provides no thread, a fault is reported when its page is requested.
            let _ = std::thread::Builder::new()
                .name("problems".to_owned())
                .stack_size(STACK)
                .spawn(move || look_for_later_problems(&shared, &site, &*told));
        }
        site.snapshot().map(|snapshot| snapshot.survey.roots.clone()).unwrap_or_default()
    });
}

/// Searches for the problems that a save does not wait for, in parallel with the watching, so that the next save does
/// not wait for them either; ends when there is one.
fn look_for_later_problems(shared: &Shared, site: &Site, told: &impl Fn(&Site, &[Diagnostic])) {
    let is_wanted = || shared.site().generation() == site.generation();
    let mut known = site.diagnostics();
    let mut tell = || {
        let now = site.diagnostics();
        if now != known && is_wanted() {
            shared.streams.tell_report(site);
            let new: Vec<_> = now.iter().filter(|problem| !known.contains(problem)).cloned().collect();
            told(site, &new);
            known = now;
        }
    };
    site.look_for_print_problems(&is_wanted);
    tell();
    site.look_for_template_faults(is_wanted);
    tell();
}

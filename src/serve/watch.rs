//! Changes on disk become looks at the disk: an event says no more than "look again".
//!
//! A look costs little and is the only judge of what has changed, so it follows an event after a short pause, and is
//! repeated a few times after that: for a file that was written into a new folder before the folder was watched, and
//! for systems that tell of a change before it can be seen.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// The time without events before a look: an editor that replaces a file does so in several steps.
const QUIET: Duration = Duration::from_millis(8);
/// A look comes at the latest so long after an event, however many follow.
const LONGEST_WAIT: Duration = Duration::from_millis(60);
/// Further looks after the last event.
const AGAIN: [Duration; 3] = [Duration::from_millis(80), Duration::from_millis(400), Duration::from_millis(2_200)];
/// Time between looks where the system tells nothing.
const POLL: Duration = Duration::from_millis(400);
/// Time between looks for a folder that is gone.
const GONE: Duration = Duration::from_millis(250);

/// A file that was open for writing is closed.
const WRITTEN: AccessKind = AccessKind::Close(AccessMode::Write);

/// Why there is a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looking {
    /// Something happened.
    Event,
    /// A look some time after the last event, while nothing happens.
    Idle,
}

/// Calls `look` whenever something may have changed, for ever. It gives the folders to be watched, which the handbook
/// itself may change (a theme).
pub fn keep_looking(handbook: &Path, poll: bool, mut look: impl FnMut(Looking) -> Vec<PathBuf>) {
    let (tell, events) = channel();
    let mut watched = Watched::new(tell, poll);
    let mut roots = look(Looking::Event);
    let mut again = 0;
    loop {
        roots.push(handbook.to_owned());
        watched.follow(&roots);
        let wait = match AGAIN.get(again) {
            Some(wait) => *wait,
            None if watched.is_whole() => Duration::MAX,
            None if poll => POLL,
            None => GONE,
        };
        match next(&events, wait) {
            Ok(()) => {
                settle(&events);
                again = 0;
                roots = look(Looking::Event);
            }
            Err(RecvTimeoutError::Timeout) => {
                again = (again + 1).min(AGAIN.len());
                roots = look(if again >= 2 { Looking::Idle } else { Looking::Event });
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn next(events: &Receiver<()>, wait: Duration) -> Result<(), RecvTimeoutError> {
    if wait == Duration::MAX {
        return events.recv().map_err(|_| RecvTimeoutError::Disconnected);
    }
    events.recv_timeout(wait)
}

/// Waits until nothing has happened for a moment.
fn settle(events: &Receiver<()>) {
    let until = Instant::now() + LONGEST_WAIT;
    while Instant::now() < until && events.recv_timeout(QUIET).is_ok() {}
}

/// The folders that the system tells of.
struct Watched {
    watcher: Option<RecommendedWatcher>,
    /// By folder, what tells it from another of the same name; nothing where it could not be watched.
    folders: BTreeMap<PathBuf, Option<Identity>>,
    // Kept so that the channel stays open where there is no watcher.
    _tell: Sender<()>,
}

impl Watched {
    fn new(tell: Sender<()>, poll: bool) -> Self {
        let events = tell.clone();
        let handler = move |event: notify::Result<notify::Event>| {
            // Our own reading is an event, too; an error may hide any.
            if event.is_ok_and(|event| matches!(event.kind, EventKind::Access(kind) if kind != WRITTEN)) {
                return;
            }
            // The receiver is gone only where the program ends.
            let _ = events.send(());
        };
        let watcher = if poll { None } else { notify::recommended_watcher(handler).ok() };
        Self { watcher, folders: BTreeMap::new(), _tell: tell }
    }

    /// Whether the system tells of everything.
    fn is_whole(&self) -> bool {
        self.watcher.is_some() && self.folders.values().all(Option::is_some)
    }

    /// Watches `roots` with all that is in them, and nothing else. A folder that was replaced is watched anew.
    fn follow(&mut self, roots: &[PathBuf]) {
        let Some(watcher) = &mut self.watcher else { return };
        for gone in self.folders.keys().filter(|folder| !roots.contains(folder)) {
            // Fails where the folder itself is gone.
            let _ = watcher.unwatch(gone);
        }
        self.folders.retain(|folder, _| roots.contains(folder));
        for root in roots {
            let now = identity(root);
            if now.is_some() && self.folders.get(root).copied().flatten() == now {
                continue;
            }
            let _ = watcher.unwatch(root);
            let watched = now.filter(|_| watcher.watch(root, RecursiveMode::Recursive).is_ok());
            self.folders.insert(root.clone(), watched);
        }
    }
}

/// Number and birth of a folder: a new one may be given the number of one that was removed.
type Identity = (u64, Option<SystemTime>);

/// Returns the identity of a folder, by which it differs from another one that takes its place.
fn identity(folder: &Path) -> Option<Identity> {
    let metadata = fs::metadata(folder).ok().filter(fs::Metadata::is_dir)?;
    Some((number(&metadata), metadata.created().ok()))
}

#[cfg(unix)]
fn number(metadata: &fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.ino()
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}

//! Sends updates of the site as events to the browsers that show it.
//!
//! A stream announces news to all pages that a browser has open; one of its tabs listens for the others, since a
//! browser has few connections to a host. A page learns what it has to do by requesting its state: it sends the update
//! that it was made from, so that no change is lost between the page, the stream and the answer.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::live::{Change, Site, report::report};

/// The interval between heartbeats, by which a tab notices that the tab that listens for it is suspended.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// The interval at which a stream checks whether its reader has left.
const LOOK: Duration = Duration::from_millis(500);

/// The open streams.
#[derive(Default)]
pub(super) struct Streams(Mutex<Open>);

#[derive(Default)]
struct Open {
    by_number: BTreeMap<u64, Sender<String>>,
    last: u64,
}

/// The reader's side of a stream.
pub(super) struct Stream<'a> {
    events: Receiver<String>,
    number: u64,
    streams: &'a Streams,
}

impl Streams {
    /// Opens a stream, which begins with the report.
    ///
    /// `site` is called while the list is locked: an update is announced after it is shown, so it is either in this
    /// report or in a later event.
    pub(super) fn open(&self, site: impl FnOnce() -> Arc<Site>) -> Stream<'_> {
        let (sender, events) = channel();
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The receiver is here still.
        let _ = sender.send(message("report", &json!(report(&site()))));
        open.last += 1;
        let number = open.last;
        open.by_number.insert(number, sender);
        Stream { events, number, streams: self }
    }

    /// Announces a change to all streams.
    pub(super) fn tell(&self, site: &Site, change: &Change) {
        if let Some((path, title)) = &change.saved {
            self.send(&message("saved", &json!({ "path": path, "title": title })));
        }
        self.tell_report(site);
    }

    /// Sends the report to all streams.
    pub(super) fn tell_report(&self, site: &Site) {
        self.send(&message("report", &json!(report(site))));
    }

    fn send(&self, message: &str) {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A stream that is about to end removes itself from the list.
        open.by_number.values().for_each(|sender| drop(sender.send(message.to_owned())));
    }
}

impl Drop for Stream<'_> {
    fn drop(&mut self) {
        self.streams.0.lock().unwrap_or_else(PoisonError::into_inner).by_number.remove(&self.number);
    }
}

fn message(event: &str, data: &serde_json::Value) -> String {
    format!("event: {event}\ndata: {data}\n\n")
}

impl Stream<'_> {
    /// Writes events for as long as the reader stays.
    pub(super) fn send_to(self, mut reader: TcpStream) -> io::Result<()> {
        reader.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
              Connection: close\r\n\r\nretry: 500\n\n",
        )?;
        let mut beaten = Instant::now();
        while !has_left(&mut reader)? {
            match self.events.recv_timeout(LOOK) {
                Ok(event) => reader.write_all(event.as_bytes())?,
                Err(RecvTimeoutError::Timeout) if beaten.elapsed() >= HEARTBEAT => {
                    beaten = Instant::now();
                    reader.write_all(message("beat", &json!({})).as_bytes())?;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        Ok(())
    }
}

/// Returns whether the reader has closed the connection. Anything that it still sends is read and discarded.
fn has_left(reader: &mut TcpStream) -> io::Result<bool> {
    reader.set_read_timeout(Some(Duration::from_millis(1)))?;
    match reader.read(&mut [0; 1024]) {
        Ok(count) => Ok(count == 0),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

//! Updates of the site to events for the pages that are open.
//!
//! A page tells what it was made of when it asks for its stream, so a change between the page and the stream is not
//! lost. It is told of what concerns it: reload, other style sheets, what is wrong, which page was saved.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;

use crate::live::{Change, Marks, Site, report::report};

/// A comment is sent so often, by which a stream whose reader has left is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// The open pages.
#[derive(Default)]
pub(super) struct Clients(Mutex<Vec<Client>>);

struct Client {
    path: String,
    marks: Marks,
    sender: Sender<String>,
}

impl Clients {
    /// The stream of a page, which begins with the report and with whatever has changed since the page was made.
    ///
    /// `site` is asked for with the list in hand: an update is told of after it is shown, so it is seen here or heard.
    pub(super) fn add(&self, site: impl FnOnce() -> Arc<Site>, path: String, marks: Marks) -> Receiver<String> {
        let (sender, receiver) = channel();
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let site = &site();
        let now = site.marks_of(&path);
        // The receiver is here still.
        let _ = sender.send(message("report", &json!(report(site))));
        if let Some(change) = difference(&marks, &now) {
            let _ = sender.send(change);
        }
        clients.push(Client { path, marks: now, sender });
        receiver
    }

    /// Tells every page of a change.
    pub(super) fn tell(&self, site: &Site, change: &Change, follow: bool) {
        let report = message("report", &json!(report(site)));
        let saved = change
            .saved
            .as_ref()
            .map(|(path, title)| message("saved", &json!({ "path": path, "title": title, "follow": follow })));
        let mut now: HashMap<String, Marks> = HashMap::new();
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clients.retain_mut(|client| {
            let marks = now.entry(client.path.clone()).or_insert_with(|| site.marks_of(&client.path));
            let difference = difference(&client.marks, marks);
            client.marks = marks.clone();
            let saved = saved.clone().filter(|_| change.saved.as_ref().is_some_and(|(path, _)| *path != client.path));
            let messages = [Some(report.clone()), saved, difference];
            messages.into_iter().flatten().all(|message| client.sender.send(message).is_ok())
        });
    }

    /// Tells every page what is wrong.
    pub(super) fn tell_report(&self, site: &Site) {
        let report = message("report", &json!(report(site)));
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clients.retain(|client| client.sender.send(report.clone()).is_ok());
    }
}

fn difference(before: &Marks, now: &Marks) -> Option<String> {
    if before.page != now.page {
        return Some(message("reload", &json!({})));
    }
    (before.sheets != now.sheets).then(|| message("sheets", &json!(now.sheets)))
}

fn message(event: &str, data: &serde_json::Value) -> String {
    format!("event: {event}\ndata: {data}\n\n")
}

/// Writes events for as long as the reader stays.
pub(super) fn stream(events: &Receiver<String>, mut out: impl Write) -> io::Result<()> {
    out.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nretry: 500\n\n",
    )?;
    out.flush()?;
    loop {
        match events.recv_timeout(HEARTBEAT) {
            Ok(event) => out.write_all(event.as_bytes())?,
            Err(RecvTimeoutError::Timeout) => out.write_all(b": still here\n\n")?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        out.flush()?;
    }
}

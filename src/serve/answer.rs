//! A request to its answer, from the site in memory.

use std::io;
use std::net::TcpStream;

use serde_json::json;

use super::Shared;
use super::http::{self, Response};
use super::request::{Refusal, Wish, wish};
#[cfg(feature = "pdf")]
use crate::diagnostic::Diagnostic;
use crate::escape::push_attribute;
use crate::live::{Marks, Shown, Site, place::place_of, report::report};
use crate::load;
#[cfg(feature = "pdf")]
use crate::model::handbook::Language;
use crate::output::OutputContent;

const SCRIPT: &str = include_str!("live.js");

/// An answer before it is sent.
struct Answer {
    status: u16,
    mime: String,
    body: Body,
}

enum Body {
    Bytes(Vec<u8>),
    File(std::fs::File),
}

/// Answers the request of a client.
///
/// # Errors
/// Returns an error if the client has left.
pub(super) fn answer(shared: &Shared, mut client: TcpStream) -> io::Result<()> {
    let Some(request) = http::read(&mut client)? else { return Ok(()) };
    // No page of another origin can send this header without asking first, and asking is refused as a method.
    let is_ours = !request.headers("X-Vaert").is_empty();
    // The editor opens on this machine: readers in the network must not start it.
    let is_author = client.peer_addr().is_ok_and(|peer| peer.ip().to_canonical().is_loopback());
    let mut answer = match wish(&request.method, &request.headers("Host"), &request.target) {
        Ok(Wish::Events) if request.method == "HEAD" => text(200, "text/event-stream", ""),
        Ok(Wish::Events) => return shared.streams.open(|| shared.site()).send_to(client),
        Ok(Wish::State { path, since }) => state(shared, &path, since),
        Ok(Wish::Script) => text(200, "text/javascript; charset=utf-8", SCRIPT),
        Ok(Wish::Place { path, text, open }) => place(shared, &path, &text, open && is_ours && is_author),
        Ok(Wish::File(path)) => print_out(shared, &path).unwrap_or_else(|| file(&shared.site(), &path)),
        Err(Refusal::Method) => text(405, "text/plain; charset=utf-8", "only GET and HEAD are answered\n"),
        Err(Refusal::Host) => {
            text(403, "text/plain; charset=utf-8", "open this address as localhost or by its number\n")
        }
        Err(Refusal::SeveralHosts) => text(400, "text/plain; charset=utf-8", "a request names one host\n"),
        Err(Refusal::Path) => text(400, "text/plain; charset=utf-8", "this is not a path of the handbook\n"),
    };
    let headers = [
        ("Content-Type", &*answer.mime),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        // The search's scripts hold the text of all pages: no page of another origin may load them.
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];
    let headers: Vec<_> = headers.into_iter().chain((answer.status == 405).then_some(("Allow", "GET, HEAD"))).collect();
    let (length, body): (u64, &mut dyn io::Read) = match answer.body {
        Body::Bytes(ref bytes) => (bytes.len() as u64, &mut bytes.as_slice()),
        Body::File(ref mut file) => (file.metadata()?.len(), file),
    };
    let response = Response { status: answer.status, headers: &headers, length, body };
    http::respond(&mut client, response, request.method != "HEAD")
}

fn text(status: u16, mime: &str, text: &str) -> Answer {
    Answer { status, mime: mime.to_owned(), body: Body::Bytes(text.as_bytes().to_vec()) }
}

/// A print-out of the edition, set now unless it was set before. The site is free while it is set.
#[cfg(feature = "pdf")]
fn print_out(shared: &Shared, path: &str) -> Option<Answer> {
    let job = shared.site().build()?.print_job(path)?;
    let printed = crate::store::print(job);
    crate::store::tidy();
    Some(match printed.pdf {
        Some(pdf) => other_file(path, OutputContent::Bytes(pdf)),
        None => {
            let say = |fault: &Diagnostic| {
                let file = fault.labels.first().map_or("", |label| &label.path);
                format!("{file}: {}\n", fault.text(Language::English).message)
            };
            text(500, "text/plain; charset=utf-8", &printed.diagnostics.iter().map(say).collect::<String>())
        }
    })
}

#[cfg(not(feature = "pdf"))]
fn print_out(_: &Shared, _: &str) -> Option<Answer> {
    None
}

/// A file of the edition; the edition's own page for what is not there.
fn file(site: &Site, path: &str) -> Answer {
    let html = |status, page: &[u8]| {
        let page = with_script(site, path, page);
        Answer { status, mime: "text/html; charset=utf-8".to_owned(), body: Body::Bytes(page) }
    };
    match site.shown(path) {
        Shown::File(OutputContent::Bytes(bytes)) if path.ends_with(".html") => html(200, &bytes),
        Shown::File(content) => other_file(path, content),
        Shown::Report(page) => html(503, page.as_bytes()),
        Shown::Nothing => match site.shown("404.html") {
            Shown::File(OutputContent::Bytes(page)) => html(404, &page),
            Shown::Report(page) => html(404, page.as_bytes()),
            _ => text(404, "text/plain; charset=utf-8", "there is no such file\n"),
        },
    }
}

fn other_file(path: &str, content: OutputContent) -> Answer {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = guess.type_() == "text" || matches!(guess.subtype().as_str(), "xml" | "json" | "svg");
    let mime = if is_text { format!("{guess}; charset=utf-8") } else { guess.to_string() };
    match content {
        OutputContent::Bytes(bytes) => Answer { status: 200, mime, body: Body::Bytes(bytes.to_vec()) },
        OutputContent::Copy(from) => match load::open(&from) {
            Ok(file) => Answer { status: 200, mime, body: Body::File(file) },
            Err(error) => text(404, "text/plain; charset=utf-8", &format!("`{}`: {error}\n", from.display())),
        },
    }
}

/// The page with the script that keeps it up to date, put in while answering: no built byte changes.
fn with_script(site: &Site, path: &str, page: &[u8]) -> Vec<u8> {
    let Marks { page: mark, sheets } = site.marks_of(path);
    let mut script = String::from("<script src=\"/_vaert/live.js\"");
    push_attribute(&mut script, "data-path", path);
    push_attribute(&mut script, "data-page", &mark);
    push_attribute(&mut script, "data-sheets", &sheets.join(" "));
    push_attribute(&mut script, "data-generation", &site.generation().to_string());
    script.push_str("></script>\n");
    let end = page.windows(b"</body>".len()).rposition(|window| window == b"</body>").unwrap_or(page.len());
    [&page[..end], script.as_bytes(), &page[end..]].concat()
}

/// Returns the present state of the page at `path`, with everything else that its tab needs to know.
fn state(shared: &Shared, path: &str, since: u64) -> Answer {
    let site = shared.site();
    let Marks { page, sheets } = site.marks_of(path);
    let saved = site.saved_since(since);
    let state = json!({
        "generation": site.generation(),
        "report": report(&site),
        "page": page,
        "sheets": sheets,
        "saved": saved.map(|(path, title)| json!({ "path": path, "title": title, "follow": shared.settings.follow })),
    });
    text(200, "application/json; charset=utf-8", &state.to_string())
}

/// Tells where a paragraph was written and, if `open`, opens it. The command holds nothing of the request: the file
/// and the line are those of the handbook.
fn place(shared: &Shared, path: &str, shown: &str, open: bool) -> Answer {
    let place = place_of(&shared.site(), path, shown);
    let editor = shared.settings.editor.as_ref().filter(|_| open);
    let opened = place.as_ref().zip(editor).is_some_and(|(place, editor)| editor.open(&place.file, place.line));
    let place = place.map(|place| json!({ "file": place.file, "line": place.line, "opened": opened }));
    text(200, "application/json; charset=utf-8", &json!(place).to_string())
}

//! A connection to the one request that is answered on it: as much of HTTP/1.1 (RFC 9112) as a browser needs of a
//! server on its own machine.
//!
//! Every connection has a thread of its own. Browsers open several at once and leave some silent; where connections
//! shared threads, a page could wait for one that never speaks.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// The longest head of a request, in bytes. A query carries up to 4,000 letters of a paragraph, percent-encoded.
const LONGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 100;
/// The time that a client may take for its head, and for which it may leave an answer unread.
const PATIENCE: Duration = Duration::from_secs(30);
/// The number of bytes of a refused request that are still read, so that the answer arrives before the connection ends.
const MOST_UNREAD: usize = 256 * 1024;

/// The head of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// As sent: `GET`.
    pub method: String,
    /// As sent: path and query.
    pub target: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// Returns the values of the headers `name`, in any letter case.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        let known = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map(|(_, value)| value.as_str()).collect()
    }
}

/// The response that is sent back.
pub(super) struct Response<'a> {
    pub status: u16,
    pub headers: &'a [(&'static str, &'a str)],
    /// Length of the body in bytes.
    pub length: u64,
    pub body: &'a mut dyn Read,
}

/// Reads the head of the request that a client sends. `None` where it sent none that is whole; what was no HTTP has
/// been told so.
pub(super) fn read(client: &mut TcpStream) -> io::Result<Option<Request>> {
    client.set_write_timeout(Some(PATIENCE))?;
    let until = Instant::now() + PATIENCE;
    let mut head = Vec::new();
    let mut part = [0; 4096];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        client.set_read_timeout(Some(left))?;
        let count = client.read(&mut part)?;
        if count == 0 {
            return Ok(None);
        }
        head.extend_from_slice(&part[..count]);
        match parse(&head) {
            Ok(Some(request)) => return Ok(Some(request)),
            Ok(None) if head.len() < LONGEST_HEAD => {}
            Ok(None) => return refuse(client, 431, "the head of this request is too long\n"),
            Err(_) => return refuse(client, 400, "this is no request of HTTP\n"),
        }
    }
}

fn parse(head: &[u8]) -> Result<Option<Request>, httparse::Error> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    if parsed.parse(head)?.is_partial() {
        return Ok(None);
    }
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    Ok(Some(Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or_default().to_owned(),
        headers: parsed.headers.iter().map(|header| (header.name.to_owned(), text(header.value))).collect(),
    }))
}

fn refuse(client: &mut TcpStream, status: u16, why: &str) -> io::Result<Option<Request>> {
    let headers = [("Content-Type", "text/plain; charset=utf-8")];
    let response = Response { status, headers: &headers, length: why.len() as u64, body: &mut why.as_bytes() };
    respond(client, response, true).map(|()| None)
}

/// Sends `response`, without its body where only its head was asked for, and ends the connection.
pub(super) fn respond(client: &mut TcpStream, response: Response, with_body: bool) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    for (name, value) in response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", response.length));
    client.write_all(head.as_bytes())?;
    if with_body {
        io::copy(&mut response.body.take(response.length), client)?;
    }
    end(client)
}

/// Ends a connection so that the client has all that was sent: closing one with unread bytes in it would throw away
/// what the client has not read yet.
fn end(client: &mut TcpStream) -> io::Result<()> {
    client.shutdown(Shutdown::Write)?;
    client.set_read_timeout(Some(Duration::from_secs(2)))?;
    // A client that stays silent, or goes, has what it wanted.
    let _ = io::copy(&mut client.take(MOST_UNREAD as u64), &mut io::sink());
    Ok(())
}

/// The words behind a status, for people who look at the connection.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        431 => "Request Header Fields Too Large",
        _ => "Service Unavailable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_that_has_not_come_whole_is_waited_for() {
        let head = b"GET /a?b=c HTTP/1.1\r\nHost: localhost:4455\r\nX-Vaert: 1\r\n\r\n";
        for end in 0..head.len() {
            assert_eq!(parse(&head[..end]), Ok(None), "{end}");
        }
        let request = parse(head).unwrap().unwrap();
        assert_eq!((&*request.method, &*request.target), ("GET", "/a?b=c"));
        assert_eq!(request.headers("HOST"), ["localhost:4455"]);
        assert!(request.headers("Cookie").is_empty());
    }

    #[test]
    fn what_is_no_request_is_told_apart() {
        for head in [&b"\x16\x03\x01\x02"[..], b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nbad\x00: x\r\n\r\n"] {
            assert!(parse(head).is_err(), "{head:?}");
        }
    }
}

//! `vaert serve` over real sockets: what is served is what a cold build writes, whatever an editor does to the files.

mod editor;
mod faults;
mod reading;
mod requests;
mod saving;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use vaert::build::Options;
use vaert::cache::Cache;
use vaert::load::load;
use vaert::model::id::item_id;

use crate::desk::Desk;
use crate::handbook::Built;

/// Far more than any update takes, also on a busy machine.
const LONGEST: Duration = Duration::from_secs(30);

/// Faults that leave a page as it last was.
const GAPS: [&str; 6] =
    ["invalid-yaml", "front-matter-not-closed", "duplicate-key", "missing-key", "wrong-type", "invalid-value"];

/// A running server, which ends with this value.
struct Server {
    child: Child,
    port: u16,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Server {
    fn start(desk: &Desk, arguments: &str) -> Server {
        let port = if arguments.contains("--port") { "" } else { " --port 0" };
        Self::of(desk.command(&format!("serve {arguments}{port}")))
    }

    fn of(mut command: Command) -> Server {
        command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port =
            line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap_or_else(|_| panic!("{line}"));
        Server { child, port }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        stream
    }

    fn ask(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_else(|| panic!("{request}"));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    }

    /// The page without the script that was put in.
    fn page(&self, path: &str) -> String {
        let page = String::from_utf8(self.get(path).body).unwrap();
        let Some((before, rest)) = page.split_once("<script src=\"/_vaert/live.js\"") else { return page };
        format!("{before}{}", rest.split_once("></script>\n").unwrap().1)
    }

    /// Returns the state of the page at `path`, as an open tab that was made by the update `since` requests it.
    fn state(&self, path: &str, since: u64) -> serde_json::Value {
        serde_json::from_slice(&self.get(&format!("/_vaert/state?path={path}&since={since}")).body).unwrap()
    }

    /// Opens the stream that a browser listens to.
    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = BufReader::new(self.connect());
        let request = "GET /_vaert/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stream.get_mut().write_all(request.as_bytes()).unwrap();
        stream
    }

    fn report(&self) -> serde_json::Value {
        let mut stream = self.events();
        let mut line = String::new();
        loop {
            line.clear();
            assert_ne!(stream.read_line(&mut line).unwrap(), 0, "the stream ended without a report");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until `is_so`.
#[track_caller]
fn soon(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < LONGEST, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Returns the site that a cold build of `bog` makes, by path; with links to print-outs, since `serve` makes them.
fn cold(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let snapshot = load(&desk.at("bog"), None).unwrap_or_else(|error| panic!("{error}"));
    let options = Options { pdf: cfg!(feature = "pdf"), ..Options::default() };
    Built::of(&snapshot, &mut Cache::for_one_build(), &options, true).outputs
}

/// Waits until every file that a cold build writes is served byte for byte.
#[track_caller]
fn serves_what_a_cold_build_writes(server: &Server, desk: &Desk, after: &str) {
    let mut files = cold(desk);
    // Pages with a gap in their front matter stand as they last were.
    let report = server.report();
    for fault in report["faults"].as_array().unwrap() {
        let file = fault["file"].as_str().unwrap().trim_end_matches(".md");
        let id = item_id(file);
        let stem = id.rsplit('/').next().unwrap();
        files.retain(|path, _| {
            !path.ends_with(&format!("{stem}.html")) || GAPS.iter().all(|code| fault["code"] != *code)
        });
    }
    assert!(files.len() > 10, "nothing was built after {after}");
    let started = Instant::now();
    loop {
        let other = files.iter().find(|(path, bytes)| {
            let served = if path.ends_with(".html") {
                server.page(&format!("/{path}")).into_bytes()
            } else {
                server.get(&format!("/{path}")).body
            };
            served != **bytes
        });
        let Some((path, _)) = other else { return };
        assert!(started.elapsed() < LONGEST, "{path} is not what a cold build writes after {after}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

//! Requests good and bad, clients quick and slow, and the end.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::{LONGEST, Server, soon};
use crate::desk::Desk;

#[cfg(unix)]
fn assert_ends_by_interrupt(server: &mut Server) {
    let started = Instant::now();
    let sent = std::process::Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_at_once_and_well() {
    let desk = Desk::with_handbook();
    let mut server = Server::start(&desk, "bog");
    assert_ends_by_interrupt(&mut server);
}

#[test]
fn requests_that_may_not_be_are_refused() {
    let desk = Desk::with_handbook();
    desk.write("hemmeligt.txt", "hemmeligt");
    #[cfg(unix)]
    std::os::unix::fs::symlink(desk.at("hemmeligt.txt"), desk.at("bog/link.txt")).unwrap();
    let server = Server::start(&desk, "bog");
    let status = |head: &str| server.ask(&format!("{head}\r\nConnection: close\r\n\r\n")).status;
    assert_eq!(status("GET / HTTP/1.1\r\nHost: example.com"), 403);
    assert_eq!(status("GET / HTTP/1.1\r\nHost: 127.0.0.1.example.com:80"), 403);
    assert_eq!(status("GET / HTTP/1.1\r\nHost: 127.0.0.1"), 200);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        assert_eq!(status(&format!("{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0")), 405, "{method}");
    }
    let outside = [
        "/../hemmeligt.txt",
        "/%2e%2e/hemmeligt.txt",
        "/a/..%2f..%2fhemmeligt.txt",
        "/..%5chemmeligt.txt",
        "/%00",
        "/link.txt",
        "//etc/passwd",
        "/handbook.yaml",
        "/index.md",
    ];
    for path in outside {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.windows(9).any(|window| window == b"hemmeligt"), "{path}");
    }
    let head = server.ask("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn a_request_that_names_two_hosts_is_refused() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let status = |hosts: &str| server.ask(&format!("GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n")).status;
    for hosts in [
        "Host: localhost\r\nHost: example.com\r\n",
        "Host: example.com\r\nHost: localhost\r\n",
        "Host: localhost\r\nhost: localhost\r\n",
        "Host: localhost\r\nAccept: */*\r\nHOST:\r\n",
    ] {
        assert_eq!(status(hosts), 400, "{hosts}");
    }
    assert_eq!(status("Host: localhost, example.com\r\n"), 403);
    assert_eq!(status(""), 403);
    assert_eq!(status("Host: localhost\r\n"), 200);
}

#[test]
fn slow_and_silent_clients_hold_up_nobody() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let silent: Vec<TcpStream> = (0..1_000).map(|_| server.connect()).collect();
    let slow: Vec<TcpStream> = (0..500)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
            stream
        })
        .collect();
    let started = Instant::now();
    assert_eq!(server.get("/").status, 200);
    assert!(started.elapsed() < Duration::from_secs(10), "one had to wait for the others");
    assert_eq!((silent.len(), slow.len()), (1_000, 500));
}

#[test]
fn connections_that_a_browser_opens_at_once_do_not_wait_for_each_other() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let mut open = Vec::new();
    for _ in 0..60 {
        // A browser opens more than it uses: those that stay silent must not keep the one that asks from its answer.
        let silent: Vec<TcpStream> = (0..5).map(|_| server.connect()).collect();
        assert_eq!(server.get("/").status, 200);
        open.push(silent);
    }
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next() {
    let desk = Desk::with_handbook();
    let first = Server::start(&desk, "bog");
    let second = Server::start(&desk, &format!("bog --port {}", first.port));
    assert!(second.port > first.port);
    assert_eq!(second.get("/").status, 200);
}

#[test]
fn a_paragraph_is_found_in_its_source() {
    let desk = Desk::with_files(&[(
        "index.md",
        "# Forside\n\nFørste afsnit.[^1]\n\n- Et *punkt*\n- Et andet\n\n[^1]: En note.\n",
    )]);
    let server = Server::start(&desk, "bog");
    let place = |text: &str| -> serde_json::Value {
        serde_json::from_slice(&server.get(&format!("/_vaert/place?path=index.html&text={text}")).body).unwrap()
    };
    assert_eq!(place("Et+andet")["line"], 6);
    assert_eq!(place("F%C3%B8rste%20afsnit.%201")["line"], 3);
    assert_eq!(place("findes+ikke")["line"], 1);
    assert_eq!(place("Et+andet")["opened"], false);
}

#[cfg(target_os = "linux")]
#[test]
fn streams_whose_reader_has_left_are_forgotten_without_a_save() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let threads = || {
        let status = fs::read_to_string(format!("/proc/{}/status", server.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("Threads:")).unwrap();
        line.trim().parse::<usize>().unwrap()
    };
    // The program's own are a handful; how many just now depends on what it is about.
    const FEW: usize = 20;
    soon("no request under way", || threads() < FEW);
    let files = || fs::read_dir(format!("/proc/{}/fd", server.child.id())).unwrap().count();
    let files_before = files();
    let request = "GET /_vaert/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let readers: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut reader = server.connect();
            reader.write_all(request.as_bytes()).unwrap();
            reader
        })
        .collect();
    soon("a thread for each", || threads() >= 100);
    drop(readers);
    soon("the threads have ended", || threads() < FEW);
    soon("the connections are closed", || files() < files_before + 20);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_at_once_while_browsers_listen() {
    let desk = Desk::with_handbook();
    let mut server = Server::start(&desk, "bog");
    let mut reader = server.connect();
    let request = "GET /_vaert/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    reader.write_all(request.as_bytes()).unwrap();
    assert!(reader.read(&mut [0; 16]).unwrap() > 0);
    assert_ends_by_interrupt(&mut server);
}

#[test]
fn any_address_of_this_machine_and_any_port_in_it_are_served() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog --host ::1");
    let ask = |host: &str| {
        let mut stream = TcpStream::connect(("::1", server.port)).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    // A port that is forwarded is another in the browser's eyes.
    for host in ["[::1]", "[::1]:1", "localhost:8080", "127.0.0.1:65535"] {
        assert_eq!(ask(host), "200", "{host}");
    }
    for host in ["[::1].example.com", "[example.com]", "localhost.", "localhost@example.com", "example.com:80"] {
        assert_eq!(ask(host), "403", "{host}");
    }
}

#[test]
fn no_page_of_another_origin_reads_the_handbook() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    for path in [
        "/",
        "/search/start.js",
        "/_vaert/live.js",
        "/_vaert/state?path=index.html",
        "/_vaert/place?path=index.html&text=x",
        "/findes-ikke",
    ] {
        let head = server.get(path).head;
        for header in ["Cross-Origin-Resource-Policy: same-origin", "Cache-Control: no-store", "nosniff"] {
            assert!(head.contains(header), "{path}: {head}");
        }
        assert!(!head.contains("Access-Control"), "{path}: {head}");
    }
    let head = server.ask("HEAD /_vaert/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

//! `vaert serve` over real sockets: what is served is what a cold build writes, whatever an editor does to the files.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use vaert::build::Options;
use vaert::cache::Cache;
use vaert::load::load;
use vaert::model::id::item_id;

use crate::desk::Desk;
use crate::generated::Generated;
use crate::handbook::Built;
use crate::random::Random;

/// Far more than any update takes, also on a busy machine.
const LONGEST: Duration = Duration::from_secs(30);
/// Other series for other runs: `VAERT_TEST_SEED=7 cargo test serve`.
const SEED: u64 = 20_251_124;

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
        let mut command = desk.command(&format!("serve {arguments}{port}"));
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

    fn report(&self) -> serde_json::Value {
        let mut stream = BufReader::new(self.connect());
        let request = "GET /_vaert/events?path=index.html&page=&sheets= HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stream.get_mut().write_all(request.as_bytes()).unwrap();
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

/// What a cold build of `bog` makes of its site, by path; links to print-outs are on it, since `serve` makes them.
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

#[cfg(feature = "pdf")]
#[test]
fn a_print_out_is_made_when_it_is_asked_for() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let page = server.page("/print.html");
    let path = page.split('"').find(|part| part.starts_with("print/handout-")).unwrap().to_owned();
    let pdf = server.get(&format!("/{path}"));
    assert_eq!(pdf.status, 200);
    assert!(pdf.head.contains("application/pdf") && pdf.body.starts_with(b"%PDF-"), "{}", pdf.head);
    desk.run("build bog --pdf");
    let edition = fs::read_dir(desk.at("dist")).unwrap().next().unwrap().unwrap().path();
    assert!(fs::read(edition.join(&path)).unwrap() == pdf.body);
}

#[test]
fn what_is_served_is_what_a_build_writes() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    serves_what_a_cold_build_writes(&server, &desk, "the start");
    assert_eq!(server.page("/"), server.page("/index.html"));
    let answer = server.get("/");
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("Cache-Control: no-store"), "{}", answer.head);
    for (path, mime) in
        [("/index.html", "text/html; charset=utf-8"), ("/search/start.js", "text/javascript; charset=utf-8")]
    {
        let head = server.get(path).head;
        assert!(head.contains(&format!("Content-Type: {mime}")), "{head}");
    }
    let missing = server.get("/findes-ikke.html");
    assert_eq!(missing.status, 404);
    assert!(String::from_utf8(missing.body).unwrap().contains("Siden findes ikke"));
}

#[test]
fn editors_save_in_many_ways_and_all_of_them_are_seen() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let page = "bog/om/saadan-bruger-i-den.md";
    let has = |text: &str| server.page("/om/saadan-bruger-i-den.html").contains(text);
    desk.write(page, "# Et\n\nSkrevet lige ud.\n");
    soon("a plain write", || has("Skrevet lige ud"));
    desk.write("bog/om/.saadan.swp", "# To\n\nByttet ind.\n");
    fs::rename(desk.at("bog/om/.saadan.swp"), desk.at(page)).unwrap();
    soon("a file renamed into place", || has("Byttet ind"));
    fs::remove_file(desk.at(page)).unwrap();
    soon("a file removed", || server.get("/om/saadan-bruger-i-den.html").status == 404);
    desk.write(page, "# Tre\n\nIgen.\n");
    soon("a file made again", || has("Igen."));
    fs::rename(desk.at("bog/om"), desk.at("bog/om-den")).unwrap();
    let settings = desk.read("bog/handbook.yaml");
    desk.write("bog/handbook.yaml", settings.replace("folder: om,", "folder: om-den,"));
    serves_what_a_cold_build_writes(&server, &desk, "a folder renamed");
    for number in 0..300 {
        desk.write(&format!("bog/om-den/side-{number}.md"), format!("# Side {number}\n\nTekst.\n"));
    }
    serves_what_a_cold_build_writes(&server, &desk, "three hundred new files");
    desk.write("bog/om-den/dybt/nede/ny.md", "# Dybt nede\n");
    desk.write(
        "bog/om-den/hus.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><title>Hus</title></svg>",
    );
    desk.write("bog/om-den/side-1.md", "# Side 1\n\n![Et hus](hus.svg)\n");
    serves_what_a_cold_build_writes(&server, &desk, "an image in a page");
}

#[test]
fn a_save_every_fifty_milliseconds_ends_with_the_last_one() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    for number in 0..200 {
        desk.write("bog/index.md", format!("# Forside\n\nNummer {number}.\n"));
        std::thread::sleep(Duration::from_millis(if number < 40 { 50 } else { 5 }));
        assert_eq!(server.get("/").status, 200);
    }
    soon("the last of many saves", || server.page("/").contains("Nummer 199."));
}

#[test]
fn a_theme_is_followed_and_the_settings_too() {
    let desk = Desk::with_handbook();
    let settings = desk.read("bog/handbook.yaml");
    desk.write("tema/theme.yaml", "name: tema\n");
    desk.write("tema/words/da.yaml", "home: Hjem\n");
    desk.write("bog/handbook.yaml", format!("{}\ntheme: ../tema\n", settings.replace("theme: vaertskab", "")));
    let server = Server::start(&desk, "bog");
    soon("the theme's word", || server.page("/principper/index.html").contains(">Hjem<"));
    desk.write("tema/words/da.yaml", "home: Begyndelsen\n");
    soon("another word of the theme", || server.page("/principper/index.html").contains(">Begyndelsen<"));
    desk.write("tema/assets/mit.css", "p { color: red }\n");
    desk.write(
        "tema/theme.yaml",
        "name: tema\nstylesheets: [vaertskab.css, text.css, pages.css, print.css, mit.css]\n",
    );
    serves_what_a_cold_build_writes(&server, &desk, "a style sheet of the theme");
    desk.write("bog/handbook.yaml", settings);
    soon("the built-in theme again", || server.page("/principper/index.html").contains(">Forside<"));
    serves_what_a_cold_build_writes(&server, &desk, "another theme");
}

#[test]
fn an_edition_follows_its_own_files_and_those_of_every_layer_below() {
    let desk = Desk::new();
    desk.run("init content").is_clean();
    desk.write("kommune/handbook.yaml", "extends: ../content\n");
    desk.write("kommune/om/kommunen.md", "# Kommunen\n\nFra midten.\n");
    desk.write("kunder/nordby/handbook.yaml", "extends: ../../kommune\n");
    let server = Server::start(&desk, "kunder/nordby");
    let shows = |path: &str, text: &str| {
        soon(&format!("{text} on {path}"), || String::from_utf8_lossy(&server.get(path).body).contains(text));
    };
    shows("/om/kommunen.html", "Fra midten.");

    let page = desk.read("content/om/saadan-bruger-i-den.md");
    desk.write("content/om/saadan-bruger-i-den.md", format!("{page}\nHusk kaffen.\n"));
    shows("/om/saadan-bruger-i-den.html", "Husk kaffen.");
    desk.write("kommune/om/kommunen.md", "# Kommunen\n\nFra midten, igen.\n");
    shows("/om/kommunen.html", "Fra midten, igen.");
    desk.write("kunder/nordby/om/kommunen.md", "# Kommunen\n\nFra oven.\n\n![[base]]\n");
    shows("/om/kommunen.html", "Fra oven.");
    desk.write("kommune/om/kommunen.md", "# Kommunen\n\nUnder det hele.\n");
    shows("/om/kommunen.html", "Under det hele.");
    // The settings of a layer, and a page that comes and goes there.
    desk.write("kommune/handbook.yaml", "extends: ../content\nbrand: { organisation: Storkommunen }\n");
    shows("/index.html", "Storkommunen");
    desk.write("content/om/ny.md", "# Ny side\n\nNyt nedefra.\n");
    shows("/om/ny.html", "Nyt nedefra.");
    fs::remove_file(desk.at("content/om/ny.md")).unwrap();
    soon("a page gone below", || server.get("/om/ny.html").status == 404);
}

#[test]
fn what_cannot_be_shown_leaves_the_last_good_version_standing() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let (path, source) = ("/principper/se-gaesten.html", "bog/principper/se-gaesten.md");
    let (good, text) = (server.page(path), desk.read(source));
    desk.write(source, text.replacen("statement:", "statemint:", 1));
    soon("the fault in the report", || server.report()["errors"] != 0);
    assert_eq!(server.page(path), good);
    let report = server.report();
    let fault =
        report["faults"].as_array().unwrap().iter().find(|fault| fault["code"] == "unknown-key").unwrap().clone();
    assert_eq!(fault["file"].as_str().unwrap().replace('\\', "/"), "bog/principper/se-gaesten.md");
    assert!(fault["line"].as_u64().unwrap() > 1);
    assert!(fault["excerpt"][1].as_str().unwrap().contains("statemint"), "{fault}");
    desk.write(source, format!("{text}\nEn [brudt henvisning](findes-ikke.md).\n"));
    soon("the page with a marked link", || server.page(path).contains("brudt henvisning"));
    assert_eq!(server.report()["errors"], 1);
    desk.write(source, &text);
    soon("the page as it was", || server.page(path) == good);
    soon("a clean report", || server.report()["errors"] == 0);

    let settings = desk.read("bog/handbook.yaml");
    desk.write("bog/handbook.yaml", "title: [\n");
    soon("the fault in the settings", || server.report()["errors"] != 0);
    assert_eq!(server.page(path), good);
    desk.write("bog/handbook.yaml", &settings);
    soon("mended settings", || server.report()["errors"] == 0);

    fs::rename(desk.at("bog"), desk.at("vaek")).unwrap();
    soon("the missing folder in the report", || server.report()["failure"].is_string());
    assert_eq!(server.page(path), good);
    fs::rename(desk.at("vaek"), desk.at("bog")).unwrap();
    soon("the folder restored", || server.report()["failure"].is_null());
    desk.write(source, format!("{text}\nTilbage igen.\n"));
    soon("an edit in the restored folder", || server.page(path).contains("Tilbage igen."));
    serves_what_a_cold_build_writes(&server, &desk, "the folder removed and restored");
}

#[test]
fn a_fault_in_a_template_leaves_the_pages_standing() {
    let desk = Desk::with_handbook();
    let settings = desk.read("bog/handbook.yaml").replace("theme: vaertskab", "");
    desk.write("bog/handbook.yaml", format!("{settings}\ntheme: ../tema\n"));
    desk.write("tema/theme.yaml", "name: tema\n");
    let server = Server::start(&desk, "bog");
    let good = server.page("/principper/se-gaesten.html");
    desk.write(
        "tema/templates/principle.html",
        "{% extends \"base.html\" %}{% block before_body %}{{ page.findes_ikke }}{% endblock before_body %}",
    );
    soon("the template's fault", || server.report()["faults"].to_string().contains("template-error"));
    assert_eq!(server.page("/principper/se-gaesten.html"), good);
    fs::remove_file(desk.at("tema/templates/principle.html")).unwrap();
    soon("the template gone", || server.report()["errors"] == 0);
    serves_what_a_cold_build_writes(&server, &desk, "a template mended");
}

#[test]
fn where_nothing_can_be_shown_yet_the_report_is_the_page() {
    let desk = Desk::new();
    desk.write("bog/index.md", "# Forside\n");
    let server = Server::start(&desk, "bog");
    let answer = server.get("/");
    assert_eq!(answer.status, 503);
    assert!(String::from_utf8(answer.body).unwrap().contains("/_vaert/live.js"));
    assert!(server.report()["failure"].as_str().unwrap().contains("handbook.yaml"));
    desk.write("bog/handbook.yaml", "title: Endelig\n");
    soon("the handbook", || server.get("/").status == 200);
}

#[test]
fn polling_sees_what_the_system_does_not_tell() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog --poll");
    desk.write("bog/index.md", "# Forside\n\nSet ved at se efter.\n");
    soon("a change seen by polling", || server.page("/").contains("Set ved at se efter."));
}

#[test]
fn watching_writes_to_disk_what_a_build_writes() {
    let desk = Desk::with_handbook();
    let mut command = desk.command("build bog --watch");
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null()).spawn().unwrap();
    let has = |text: &str| fs::read_to_string(desk.at("dist/bog/index.html")).is_ok_and(|page| page.contains(text));
    soon("the first build", || has("<h1>"));
    desk.write("bog/index.md", "# Forside\n\nSkrevet til disken.\n");
    soon("the build after an edit", || has("Skrevet til disken."));
    desk.write("bog/index.md", "# Forside\n\n[brudt](findes-ikke.md) er her nu.\n");
    std::thread::sleep(Duration::from_millis(300));
    assert!(has("Skrevet til disken."), "a build with errors was written");
    desk.write("bog/index.md", "# Forside\n\nMed rette.\n");
    soon("the build after a fault was mended", || has("Med rette."));
    child.kill().unwrap();
    child.wait().unwrap();
}

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
fn slow_and_silent_clients_hold_up_nobody() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let silent: Vec<TcpStream> = (0..500).map(|_| server.connect()).collect();
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
    assert_eq!((silent.len(), slow.len()), (500, 500));
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

#[test]
fn many_random_edits_leave_what_a_cold_build_writes_and_no_more_memory() {
    const EDITS: usize = 1_000;
    let seed = std::env::var("VAERT_TEST_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    let mut random = Random::new(seed);
    let mut generated = Generated::new(&mut random);
    let desk = Desk::new();
    generated.handbook().write_to(&desk.at("bog"));
    let server = Server::start(&desk, "bog");
    let (mut early, mut compared) = (0, 0);
    for edit in 1..=EDITS {
        let said = generated.edit(&mut random);
        generated.handbook().write_to(&desk.at("bog"));
        if edit == 100 {
            early = server.memory();
        }
        if edit % 25 == 0 {
            // With faulty settings all pages stand as they last were.
            let said_of_settings = desk.run("check bog --format short").err;
            if said_of_settings.lines().any(|line| line.contains("handbook.yaml") && line.contains(": error[")) {
                continue;
            }
            compared += 1;
            serves_what_a_cold_build_writes(&server, &desk, &format!("seed {seed}, edit {edit}: {said}"));
        }
    }
    assert!(compared > EDITS / 100, "only {compared} comparisons");
    assert!(server.memory() < 2 * early, "{} kB after {early} kB", server.memory());
}

#[test]
fn a_page_that_nobody_has_looked_at_stands_as_it_last_was_too() {
    let desk = Desk::with_handbook();
    let settings = desk.read("bog/handbook.yaml").replace("theme: vaertskab", "");
    desk.write("bog/handbook.yaml", format!("{settings}\ntheme: ../tema\n"));
    desk.write("tema/theme.yaml", "name: tema\n");
    let (path, source) = ("/principper/se-gaesten.html", "bog/principper/se-gaesten.md");
    let (good, text) = (cold(&desk)[&path[1..]].clone(), desk.read(source));
    let server = Server::start(&desk, "bog");
    desk.write(source, text.replacen("---\n", "---\nstatement: [\n", 1));
    soon("the fault in the front matter", || server.report()["errors"] != 0);
    assert_eq!(server.page(path).into_bytes(), good);
    desk.write(source, &text);
    soon("a clean report", || server.report()["errors"] == 0);

    let faulty = "{% extends \"base.html\" %}{% block before_body %}{{ page.findes_ikke }}{% endblock before_body %}";
    desk.write("tema/templates/exercise.html", faulty);
    desk.write("tema/templates/principle.html", faulty);
    soon("the template's fault", || server.report()["faults"].to_string().contains("template-error"));
    // Saves in a row do not push the last good edition out.
    for number in 0..3 {
        desk.write("bog/index.md", format!("# Forside\n\nNummer {number}.\n"));
        soon("the page that can be shown", || server.page("/").contains(&format!("Nummer {number}.")));
    }
    assert_eq!(server.page(path).into_bytes(), good);
    assert_eq!(server.get(path).status, 200);
}

#[test]
fn a_theme_that_is_made_after_it_was_named_is_seen() {
    let desk = Desk::with_handbook();
    let settings = desk.read("bog/handbook.yaml").replace("theme: vaertskab", "");
    desk.write("bog/handbook.yaml", format!("{settings}\ntheme: ../tema\n"));
    let server = Server::start(&desk, "bog");
    soon("the missing theme", || server.report()["faults"].to_string().contains("unknown-theme"));
    // Longer than a look is repeated after an event.
    std::thread::sleep(Duration::from_secs(3));
    desk.write("tema/theme.yaml", "name: tema\n");
    desk.write("tema/words/da.yaml", "home: Hjem\n");
    soon("the theme", || server.page("/principper/index.html").contains(">Hjem<"));
    serves_what_a_cold_build_writes(&server, &desk, "a theme made later");
}

#[test]
fn a_folder_that_is_deleted_and_copied_back_is_followed() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let copy = |from: &str, to: &str| {
        let done = std::process::Command::new("cp").args(["-R"]).arg(desk.at(from)).arg(desk.at(to)).status().unwrap();
        assert!(done.success());
    };
    copy("bog", "gemt");
    for round in 0..5 {
        fs::remove_dir_all(desk.at("bog")).unwrap();
        copy("gemt", "bog");
        // After the looks that follow the copy, only an event tells of this.
        std::thread::sleep(Duration::from_millis(if round == 4 { 3_500 } else { 30 }));
        desk.write("bog/index.md", format!("# Forside\n\nRunde {round}.\n"));
        soon("an edit in the folder that came back", || server.page("/").contains(&format!("Runde {round}.")));
    }
    serves_what_a_cold_build_writes(&server, &desk, "the folder deleted and copied back");
}

#[cfg(target_os = "linux")]
#[test]
fn streams_whose_reader_has_left_leave_nothing_behind() {
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
    let request = "GET /_vaert/events?path=index.html&page=&sheets= HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let readers: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut reader = server.connect();
            reader.write_all(request.as_bytes()).unwrap();
            reader
        })
        .collect();
    soon("a thread for each", || threads() >= 100);
    drop(readers);
    let mut save = 0;
    soon("the threads have ended", || {
        save += 1;
        desk.write("bog/index.md", format!("# Forside\n\nNummer {save}.\n"));
        std::thread::sleep(Duration::from_millis(100));
        threads() < FEW
    });
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_at_once_while_browsers_listen() {
    let desk = Desk::with_handbook();
    let mut server = Server::start(&desk, "bog");
    let mut reader = server.connect();
    let request = "GET /_vaert/events?path=index.html&page=&sheets= HTTP/1.1\r\nHost: localhost\r\n\r\n";
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
    for path in ["/", "/search/start.js", "/_vaert/live.js", "/_vaert/place?path=index.html&text=x", "/findes-ikke"] {
        let head = server.get(path).head;
        for header in ["Cross-Origin-Resource-Policy: same-origin", "Cache-Control: no-store", "nosniff"] {
            assert!(head.contains(header), "{path}: {head}");
        }
        assert!(!head.contains("Access-Control"), "{path}: {head}");
    }
    let head = server.ask("HEAD /_vaert/events?path=index.html HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

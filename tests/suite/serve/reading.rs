//! Tests files that may not be read, or are replaced by links that lead out of the handbook while it is watched.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Server, serves_what_a_cold_build_writes, soon};
use crate::desk::Desk;

const PAGE: &str = "/om/saadan-bruger-i-den.html";
const SOURCE: &str = "bog/om/saadan-bruger-i-den.md";

#[test]
fn a_page_whose_file_may_not_be_read_stands_as_it_was_and_the_report_says_why() {
    let desk = Desk::with_handbook();
    desk.write("ude.md", "# Hemmeligt\n");
    let server = Server::start(&desk, "bog");
    let (good, section, text) = (server.page(PAGE), server.page("/om/index.html"), desk.read(SOURCE));
    let file = desk.at(SOURCE);
    let lock = || fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    // The file is replaced in one step, since a page whose file is gone for a moment is gone.
    let beside = desk.at("bog/om/.ny");
    let replace = || fs::rename(&beside, &file).unwrap();
    let link = |target: &Path| {
        symlink(target, &beside).unwrap();
        replace();
    };
    let pipe = || {
        assert!(std::process::Command::new("mkfifo").arg(&beside).status().unwrap().success());
        replace();
    };
    let ways: [(&str, &dyn Fn()); 5] = [
        ("a file that may not be read", &lock),
        ("a link to nothing", &|| link(Path::new("findes-ikke.md"))),
        ("a link to itself", &|| link(&file)),
        ("a link that leads out", &|| link(&desk.at("ude.md"))),
        ("a pipe", &pipe),
    ];
    for (what, way) in ways {
        way();
        if what == "a file that may not be read" && fs::read(&file).is_ok() {
            // The administrator may read everything.
            continue;
        }
        soon(what, || server.report()["errors"] != 0);
        let report = server.report();
        assert!(report["faults"][0]["file"].as_str().unwrap().ends_with("saadan-bruger-i-den.md"), "{what}: {report}");
        // The page stays after further saves, too, and pages that list it still do.
        desk.write("bog/index.md", format!("# Forside\n\nNu med {what}.\n"));
        soon("another save", || server.page("/").contains(what));
        assert_eq!(server.page(PAGE), good, "{what}");
        assert_eq!(server.page("/om/index.html"), section, "{what}");
        // A lock would block the write.
        fs::remove_file(&file).unwrap();
        desk.write(SOURCE, &text);
        soon("a clean report", || server.report()["errors"] == 0);
        serves_what_a_cold_build_writes(&server, &desk, what);
    }
}

#[test]
fn where_a_file_could_never_be_read_the_report_stands_for_its_page() {
    let desk = Desk::with_handbook();
    symlink("findes-ikke.md", desk.at("bog/om/ny.md")).unwrap();
    let server = Server::start(&desk, "bog");
    let answer = server.get("/om/ny.html");
    let page = String::from_utf8(answer.body).unwrap();
    assert_eq!(answer.status, 503);
    assert!(page.contains("<h1>Siden kan ikke vises endnu</h1>") && page.contains("bog/om/ny.md"), "{page}");
    let mark = server.state("om/ny.html", 0)["page"].clone();
    fs::remove_file(desk.at("bog/om/ny.md")).unwrap();
    desk.write("bog/om/ny.md", "# Ny\n");
    soon("the page", || server.get("/om/ny.html").status == 200);
    assert_ne!(server.state("om/ny.html", 0)["page"], mark, "an open tab loads it");
}

#[test]
fn a_large_file_that_is_exchanged_for_a_link_out_is_not_followed() {
    const LARGE: usize = 17 << 20;
    let desk = Desk::with_files(&[("index.md", "# Film\n\nSe [filmen](film.mp4).\n")]);
    fs::write(desk.at("bog/film.mp4"), vec![b'f'; LARGE]).unwrap();
    fs::write(desk.at("hemmeligt"), "hemmeligt".repeat(2 << 20)).unwrap();
    // Polling leaves time between the change and the look that finds it.
    let server = Server::start(&desk, "bog --poll");
    let page = server.page("/");
    let path = page.split('"').find(|part| part.contains("film") && part.ends_with(".mp4")).unwrap().to_owned();
    let film = || server.get(&format!("/{path}"));
    assert_eq!(film().body.len(), LARGE);
    for target in ["../hemmeligt", "../bog2/film.mp4"] {
        fs::create_dir_all(desk.at("bog2")).unwrap();
        fs::write(desk.at("bog2/film.mp4"), "hemmeligt").unwrap();
        fs::remove_file(desk.at("bog/film.mp4")).unwrap();
        symlink(target, desk.at("bog/film.mp4")).unwrap();
        for _ in 0..40 {
            let answer = film();
            assert!(!answer.body.windows(9).any(|window| window == b"hemmeligt"), "{target}: {}", answer.head);
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn a_page_that_is_exchanged_for_a_link_out_again_and_again_shows_nothing_of_what_is_there() {
    let desk = Desk::with_files(&[("index.md", "# A\n"), ("s/a.md", "# A\n\nAabent.\n"), ("s/b.md", "# B\n")]);
    desk.write("ude/a.md", "# A\n\nHemmeligt.\n");
    desk.write("ude/b.md", "# B\n\nHemmeligt.\n");
    let server = Server::start(&desk, "bog");
    let started = Instant::now();
    let mut round = 0;
    while started.elapsed() < Duration::from_secs(4) {
        round += 1;
        // The file itself, then the folder that holds it.
        if round % 2 == 0 {
            symlink(desk.at("ude/a.md"), desk.at("bog/s/ny")).unwrap();
            fs::rename(desk.at("bog/s/ny"), desk.at("bog/s/a.md")).unwrap();
            desk.write("bog/s/.ny", format!("# A\n\nAabent {round}.\n"));
            fs::rename(desk.at("bog/s/.ny"), desk.at("bog/s/a.md")).unwrap();
        } else {
            fs::rename(desk.at("bog/s"), desk.at("vaek")).unwrap();
            symlink(desk.at("ude"), desk.at("bog/s")).unwrap();
            fs::remove_file(desk.at("bog/s")).unwrap();
            fs::rename(desk.at("vaek"), desk.at("bog/s")).unwrap();
        }
        for path in ["/s/a.html", "/s/b.html", "/search/start.js"] {
            assert!(!String::from_utf8_lossy(&server.get(path).body).contains("emmeligt"), "{path}, round {round}");
        }
    }
    soon("the last version", || server.report()["errors"] == 0);
    soon("both pages", || server.get("/s/a.html").status == 200 && server.get("/s/b.html").status == 200);
}

//! Tests what is served after an author or an editor has changed files.

use std::fs;
use std::io::BufRead as _;
use std::process::Stdio;
use std::time::Duration;

use super::{Server, serves_what_a_cold_build_writes, soon};
use crate::desk::Desk;
use crate::generated::Generated;
use crate::random::Random;

/// Other series for other runs: `VAERT_TEST_SEED=7 cargo test serve`.
const SEED: u64 = 20_251_124;

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
    serves_what_a_cold_build_writes(&server, &desk, "a plain write");
    desk.write("bog/om/.saadan.swp", "# To\n\nByttet ind.\n");
    fs::rename(desk.at("bog/om/.saadan.swp"), desk.at(page)).unwrap();
    soon("a file renamed into place", || has("Byttet ind"));
    serves_what_a_cold_build_writes(&server, &desk, "a file renamed into place");
    fs::remove_file(desk.at(page)).unwrap();
    soon("a file removed", || server.get("/om/saadan-bruger-i-den.html").status == 404);
    serves_what_a_cold_build_writes(&server, &desk, "a file removed");
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
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(server.get("/").status, 200);
    }
    soon("the last of many saves", || server.page("/").contains("Nummer 199."));
    serves_what_a_cold_build_writes(&server, &desk, "a save every fifty milliseconds");
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
fn polling_sees_what_the_system_does_not_tell() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog --poll");
    desk.write("bog/index.md", "# Forside\n\nSet ved at se efter.\n");
    soon("a change seen by polling", || server.page("/").contains("Set ved at se efter."));
    serves_what_a_cold_build_writes(&server, &desk, "a change seen by polling");
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

#[test]
fn the_page_that_was_saved_is_offered_and_one_of_many_is_not() {
    let desk = Desk::with_handbook();
    desk.write("forraad/et.md", "# Et\n");
    desk.write("forraad/to.md", "# To\n");
    let server = Server::start(&desk, "bog");
    let mut events = server.events();
    fs::rename(desk.at("forraad"), desk.at("bog/om/forraad")).unwrap();
    soon("the new pages", || server.get("/om/forraad/to.html").status == 200);
    desk.write("bog/om/forraad/to.md", "# To\n\nGemt alene.\n");
    let mut line = String::new();
    while !line.starts_with("event: saved") {
        line.clear();
        assert_ne!(events.read_line(&mut line).unwrap(), 0, "the stream ended");
    }
    line.clear();
    events.read_line(&mut line).unwrap();
    assert!(line.contains("om/forraad/to.html"), "{line}");
}

#[test]
fn a_tab_is_told_what_has_changed_since_its_page_was_made() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let front = server.state("index.html", 0);
    let other = server.state("om/saadan-bruger-i-den.html", 0);
    let made = front["generation"].as_u64().unwrap();
    let page = String::from_utf8(server.get("/").body).unwrap();
    assert!(page.contains(&format!("data-page={} ", front["page"])), "the page bears its own mark");
    assert!(page.contains(&format!("data-generation=\"{made}\"")));
    assert!(front["saved"].is_null() && front["report"]["errors"] == 0, "{front}");
    desk.write("bog/index.md", "# Forside\n\nEn ny linje.\n");
    soon("another front page", || server.state("index.html", made)["page"] != front["page"]);
    let now = server.state("om/saadan-bruger-i-den.html", made);
    assert_eq!((&now["page"], &now["sheets"]), (&other["page"], &other["sheets"]));
    assert_eq!(now["saved"]["path"], "index.html");
    let seen = now["generation"].as_u64().unwrap();
    assert!(server.state("om/saadan-bruger-i-den.html", seen)["saved"].is_null());
    assert_eq!(server.state("findes-ikke.html", seen)["page"], "");
}

#[cfg(feature = "pdf")]
#[test]
fn what_cannot_be_printed_is_told_of_soon_after_the_save() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    let page = desk.read("bog/om/saadan-bruger-i-den.md");
    let told = || server.report()["faults"].to_string();
    desk.write("bog/om/saadan-bruger-i-den.md", format!("{page}\nEn terning: 🎲\n"));
    soon("the character that no font has", || told().contains("missing-glyph"));
    // The problem stays while other files are saved, and goes with its own.
    desk.write("bog/index.md", "# Forside\n\nEn ny linje.\n");
    soon("another page", || {
        let told = told();
        assert!(told.contains("missing-glyph"), "{told}");
        server.page("/").contains("En ny linje.")
    });
    desk.write("bog/om/saadan-bruger-i-den.md", &page);
    soon("a report without it", || !told().contains("missing-glyph"));
}

#[cfg(unix)]
#[test]
fn the_browser_is_opened_at_the_address_that_is_printed() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::with_handbook();
    desk.write("bin/xdg-open", "#!/bin/sh\necho \"$1\" > opened.tmp && mv opened.tmp opened\n");
    fs::set_permissions(desk.at("bin/xdg-open"), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = desk.command("serve bog --port 0 --open");
    let path = std::env::var("PATH").unwrap();
    command.env("PATH", format!("{}:{path}", desk.at("bin").display()));
    let server = Server::of(command);
    soon("the program that opens addresses", || desk.at("opened").exists());
    assert_eq!(desk.read("opened"), format!("http://localhost:{}/\n", server.port));
}

//! What cannot be shown: the last good version stands, and the report says why.

use std::fs;

use super::{Server, cold, serves_what_a_cold_build_writes, soon};
use crate::desk::Desk;

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
    serves_what_a_cold_build_writes(&server, &desk, "settings broken and mended");

    fs::rename(desk.at("bog"), desk.at("vaek")).unwrap();
    soon("the missing folder in the report", || server.report()["failure"].is_string());
    let failure = server.report()["failure"].as_str().unwrap().to_owned();
    assert!(failure.starts_with("søgte en håndbog i `") && failure.contains("\nhjælp: "), "{failure}");
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

//! Tests pages that cannot be shown: the last good version stays, and the report says why.

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

#[test]
fn a_page_whose_front_matter_cannot_be_trusted_is_never_shown_as_it_is() {
    let desk = Desk::with_handbook();
    let (path, source) = ("/om/saadan-bruger-i-den.html", "bog/om/saadan-bruger-i-den.md");
    let server = Server::start(&desk, "bog");
    let good = server.page(path);
    let broken = [
        "---\naudience: facilitator\nsummary: [\n---\n",
        "---\naudience: facilitator\ntitle: Titel\n",
        "\n\n---\naudience: facilitator\nsummary: [\n---\n",
        "---\r\naudience: facilitator\r\nsummary: [\r\n---\r\n",
        "---\naudience: facilitator\naudience: facilitator\n---\n",
        "---\naudience: kun for os\n---\n",
        "---\ndraft: måske\n---\n",
        "---\naudience: [facilitator]\n---\n",
    ];
    // The file is replaced in one step, since a file that is empty for a moment is a good page.
    let save = |file: &str, text: String| {
        desk.write("bog/om/.ny", text);
        fs::rename(desk.at("bog/om/.ny"), desk.at(file)).unwrap();
    };
    for (number, head) in broken.into_iter().enumerate() {
        save(source, format!("{head}# Titel\n\nHemmeligt.\n"));
        save(&format!("bog/om/ny-{number}.md"), format!("{head}# Ny\n\nHemmeligt.\n"));
        soon(head, || server.report()["faults"].to_string().contains(&format!("ny-{number}.md")));
        soon(head, || server.report()["faults"].to_string().contains("saadan-bruger-i-den.md"));
        assert_eq!(server.page(path), good, "{head}");
        let new = server.get(&format!("/om/ny-{number}.html"));
        let page = String::from_utf8(new.body).unwrap();
        assert!(new.status == 503 && page.contains("Siden kan ikke vises endnu"), "{head}: {}", new.status);
        assert!(!page.contains("Hemmeligt"), "{head}");
    }
    // A page that is correctly declared to be for facilitators is gone at once.
    desk.write(source, "---\naudience: facilitator\n---\n# Titel\n");
    soon("the page gone", || server.get(path).status == 404);
}

#[test]
fn a_new_page_with_a_gap_is_shown_while_it_is_written() {
    let desk = Desk::with_handbook();
    let server = Server::start(&desk, "bog");
    desk.write("bog/principper/ny.md", "---\ntitle: Ny\n---\n\nTekst, mens der skrives.\n");
    soon("the new page", || server.page("/principper/ny.html").contains("mens der skrives"));
    assert!(server.report()["faults"].to_string().contains("missing-key"));
}

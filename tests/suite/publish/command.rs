//! `vaert publish` as it is called.

use std::fs;

use super::{missing_assets, tree};
use crate::desk::Desk;

#[test]
fn the_folder_itself_becomes_the_site_that_a_build_writes() {
    let desk = Desk::with_handbook();
    let ran = desk.run("publish bog --to www");
    ran.is_clean();
    assert!(ran.out.starts_with("www: ") && ran.out.contains(" files written, 0 kept"), "{}", ran.out);
    desk.run("build bog").is_clean();
    assert_eq!(tree(&desk.at("www")), tree(&desk.at("dist/bog")));
    assert_eq!(missing_assets(&desk.at("www")), Vec::<String>::new());
}

#[test]
fn a_second_time_only_what_changed_is_written_and_what_is_gone_is_removed() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www").is_clean();
    let time = |path: &str| desk.at(path).metadata().unwrap().modified().unwrap();
    let before = (time("www/index.html"), time("www/.vaert-manifest"));
    let ran = desk.run("publish bog --to www");
    assert!(ran.out.contains(" 0 files written, "), "{}", ran.out);
    assert_eq!((time("www/index.html"), time("www/.vaert-manifest")), before);

    desk.write(
        "bog/oevelser/ny.md",
        "---\nwhen: between\nminutes: 5\nprinciples: principper/se-gaesten\n---\n\n# Ny\n\nTekst.\n",
    );
    desk.run("publish bog --to www").is_clean();
    assert!(desk.exists("www/oevelser/ny.html"));
    fs::remove_file(desk.at("bog/oevelser/ny.md")).unwrap();
    let ran = desk.run("publish bog --to www");
    assert!(ran.out.contains(" 1 removed"), "{}", ran.out);
    assert!(!desk.exists("www/oevelser/ny.html"));
}

#[test]
fn a_dry_run_lists_what_would_change_and_makes_not_even_the_folder() {
    let desk = Desk::with_handbook();
    let ran = desk.run("publish bog --to www --dry-run");
    ran.is_clean();
    assert!(
        ran.out.contains("\n+ index.html\n") && ran.out.contains(", 0 changed, 0 removed, 0 kept, if it "),
        "{}",
        ran.out
    );
    assert!(!desk.exists("www"));

    desk.run("publish bog --to www").is_clean();
    let exercise = "---\nwhen: between\nminutes: 5\nprinciples: principper/se-gaesten\n---\n\n# Ny\n\nTekst.\n";
    desk.write("bog/oevelser/gammel.md", exercise);
    desk.run("publish bog --to www").is_clean();
    let published = tree(&desk.at("www"));
    fs::rename(desk.at("bog/oevelser/gammel.md"), desk.at("bog/oevelser/blikket.md")).unwrap();
    let ran = desk.run("publish bog --to www --dry-run");
    for line in ["+ oevelser/blikket.html", "~ search/start.js", "- oevelser/gammel.html"] {
        assert!(ran.out.lines().any(|found| found == line), "{line} is not in\n{}", ran.out);
    }
    let ran = desk.run("publish bog --to www --dry-run --format json");
    assert!(ran.out.contains("{\"change\":\"added\",\"path\":\"oevelser/blikket.html\"}\n"), "{}", ran.out);
    assert_eq!(tree(&desk.at("www")), published);
    assert!(!desk.exists("www/.vaert-staging"));

    // The listed changes are the ones that are then made.
    let changes = desk.run("publish bog --to www --dry-run").out;
    let counted = |sign: &str| changes.lines().filter(|line| line.starts_with(sign)).count();
    let ran = desk.run("publish bog --to www");
    let said = format!(" {} files written, ", counted("+ ") + counted("~ "));
    assert!(ran.out.contains(&said) && ran.out.contains(&format!(" {} removed", counted("- "))), "{said}\n{}", ran.out);
}

#[test]
fn with_an_error_in_the_content_nothing_is_published() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www").is_clean();
    let published = tree(&desk.at("www"));
    desk.write("bog/index.md", "[væk](findes-ikke.md)\n");
    for to in ["www", "andet"] {
        let ran = desk.run(&format!("publish bog --to {to} --zip {to}.zip"));
        assert_eq!(ran.code, 1);
        assert!(
            ran.err.contains("error[broken-link]") && ran.err.ends_with("`bog` was not published: 1 error\n"),
            "{}",
            ran.err
        );
        assert!(!desk.exists(&format!("{to}.zip")));
    }
    assert_eq!(tree(&desk.at("www")), published);
    assert!(!desk.exists("andet"));
}

#[test]
fn a_template_that_fails_on_one_page_publishes_none() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www").is_clean();
    let published = tree(&desk.at("www"));
    let settings = desk.read("bog/handbook.yaml");
    desk.write("bog/handbook.yaml", format!("{settings}theme: tema\n"));
    desk.write("bog/tema/templates/404.html", "{{ findes_ikke.slet_ikke }}");
    assert_eq!(desk.run("publish bog --to www").code, 1);
    assert_eq!(tree(&desk.at("www")), published);
    assert!(!desk.exists("www/.vaert-staging"));
}

#[test]
fn a_share_that_is_not_connected_does_not_become_a_folder_here() {
    let desk = Desk::with_handbook();
    let ran = desk.run("publish bog --to mnt/intranet/haandbog");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("intranet` is not there") && ran.err.contains("share is connected"), "{}", ran.err);
    assert!(!desk.exists("mnt"));
}

#[test]
fn somewhere_to_publish_to_must_be_named() {
    let desk = Desk::with_handbook();
    let ran = desk.run("publish bog");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--to <DEST>"), "{}", ran.err);
}

#[test]
fn a_site_is_never_published_over_its_own_source() {
    let desk = Desk::with_handbook();
    let ran = desk.run("publish bog --to bog --force");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("holds its own source"), "{}", ran.err);
    assert!(desk.exists("bog/handbook.yaml") && !desk.exists("bog/index.html"));
}

#[test]
fn no_folder_with_sources_of_handbook_base_or_theme_becomes_an_edition() {
    let desk = Desk::with_handbook();
    desk.write("tema/theme.yaml", "name: tema\n");
    desk.write("tema/assets/pynt.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    desk.write("kunde/handbook.yaml", "name: oevelser\nextends: ../bog\ntheme: ../tema\n");
    for to in ["bog/oevelser", "bog/../bog/oevelser/", "tema", "tema/assets", "kunde", "."] {
        for force in ["", " --force"] {
            let ran = desk.run(&format!("publish kunde --to {to}{force}"));
            assert!(ran.code == 2 && ran.err.contains("holds its own source"), "{to}: {}", ran.err);
        }
        assert!(!desk.exists(&format!("{to}/index.html")) && !desk.exists(&format!("{to}/.vaert-manifest")));
    }
    for command in ["build kunde --out bog", "print kunde --out bog", "build bog --out ."] {
        let ran = desk.run(command);
        assert!(ran.code == 2 && ran.err.contains("holds its own source"), "{command}: {}", ran.err);
    }
    desk.write("bog/site/gammel.txt", "");
    fs::remove_file(desk.at("bog/site/gammel.txt")).unwrap();
    assert_eq!(desk.run("publish kunde --to bog/site").code, 0);
}

#[test]
fn a_path_that_windows_cannot_open_is_refused_with_a_way_out() {
    let desk = Desk::with_handbook();
    let name = "lang".repeat(55);
    desk.write(
        &format!("bog/oevelser/{name}.md"),
        "---\nwhen: between\nminutes: 5\nprinciples: principper/se-gaesten\n---\n\n# Lang\n\nTekst.\n",
    );
    let to = "d".repeat(40);
    let ran = desk.run(&format!("publish bog --to {to}"));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(&name) && ran.err.contains("--long-paths") && ran.err.contains("259"), "{}", ran.err);
    assert!(!desk.exists(&to));
    desk.run(&format!("publish bog --to {to} --long-paths")).is_clean();
    assert!(desk.exists(&format!("{to}/oevelser/{name}.html")));
}

#[test]
fn the_settings_of_a_web_server_lie_beside_the_site_on_request() {
    let desk = Desk::with_handbook();
    let settings = desk.read("bog/handbook.yaml");
    desk.write("bog/handbook.yaml", format!("{settings}site_url: https://intra.example/haandbog/\n"));
    desk.run("publish bog --to www --server iis --server headers").is_clean();
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'";
    insta::assert_snapshot!("web_config", desk.read("www/web.config"));
    insta::assert_snapshot!("headers", desk.read("www/_headers"));
    assert!(desk.read("www/_headers").contains(policy) && desk.read("www/web.config").contains(policy));
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    assert!(readme.contains(policy), "the README gives another policy");
    let browser = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/harness/server.js")).unwrap();
    assert!(browser.replace("\" +\n  \"", "").contains(policy), "the browser tests hold the site to another policy");

    // Well-formed, and nothing is added without being removed before: that is an error 500 where a server has it already.
    let xml = desk.read("www/web.config");
    let mut reader = quick_xml::Reader::from_str(&xml);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    for added in xml.split("mimeMap fileExtension=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0) {
        assert!(xml.contains(&format!("<remove fileExtension=\"{added}\" />")), "{added}");
    }
    // Without these options the files are removed again, but only if that is requested.
    desk.run("publish bog --to www --remove").is_clean();
    assert!(!desk.exists("www/web.config") && !desk.exists("www/_headers"));
}

#[test]
fn what_an_edition_holds_comes_with_its_type_from_iis() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www --server iis").is_clean();
    let xml = desk.read("www/web.config");
    let known = ["png", "jpg", "gif", "txt", "xml", "config"];
    for path in tree(&desk.at("www")).keys() {
        let extension = path.rsplit('.').next().unwrap();
        let is_known = known.contains(&extension) || xml.contains(&format!("mimeMap fileExtension=\".{extension}\""));
        assert!(is_known, "{path} would be a 404.3");
    }
}

//! Tests a publish with fewer options than before, which would remove all files that the others added.

use std::fs;

use super::tree;
use crate::desk::Desk;

/// Rewrites the manifest of `www` as a program wrote it that did not record options.
fn forget_options(desk: &Desk) {
    let manifest = desk.read("www/.vaert-manifest");
    let lines = manifest.split_inclusive('\n').filter(|line| !line.starts_with("# option "));
    desk.write("www/.vaert-manifest", lines.collect::<String>());
}

#[test]
fn what_web_servers_read_stays_until_it_is_said_that_it_goes() {
    for is_old in [false, true] {
        let desk = Desk::with_handbook();
        desk.run("publish bog --to www --server iis --server headers").is_clean();
        if is_old {
            forget_options(&desk);
        }
        let before = (tree(&desk.at("www")), desk.read("www/.vaert-manifest"));
        let ran = desk.run("publish bog --to www --server headers");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains("`web.config`") && ran.err.contains("--server iis"), "{}", ran.err);
        assert!(ran.err.contains("--remove") && !ran.err.contains("`_headers`"), "{}", ran.err);
        assert_eq!((tree(&desk.at("www")), desk.read("www/.vaert-manifest")), before);
        desk.run("publish bog --to www --server headers --server iis").is_clean();
        desk.run("publish bog --to www --server headers --remove").is_clean();
        assert!(desk.exists("www/_headers") && !desk.exists("www/web.config"));
        // Files that were removed are not asked about again.
        desk.run("publish bog --to www --server headers").is_clean();
    }
}

#[test]
fn a_dry_run_lists_what_would_go_and_says_that_it_would_be_stopped() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www --server iis").is_clean();
    let ran = desk.run("publish bog --to www --dry-run");
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("- web.config\n") && ran.err.contains("--remove"), "{}{}", ran.out, ran.err);
    let ran = desk.run("publish bog --to www --dry-run --remove");
    ran.is_clean();
    assert!(ran.out.contains("- web.config\n"), "{}", ran.out);
    assert!(desk.exists("www/web.config"));
}

#[test]
fn the_options_of_a_zip_file_are_remembered_in_it() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --zip site.zip --server iis").is_clean();
    let before = fs::read(desk.at("site.zip")).unwrap();
    for to in ["", " --to www"] {
        let ran = desk.run(&format!("publish bog --zip site.zip{to}"));
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("`site.zip`") && ran.err.contains("--server iis"), "{}", ran.err);
        assert!(fs::read(desk.at("site.zip")).unwrap() == before && !desk.exists("www"));
    }
    desk.run("publish bog --zip site.zip --remove").is_clean();
    desk.run("publish bog --zip site.zip").is_clean();
}

#[test]
fn another_edition_that_is_forced_is_not_asked_for_the_options_of_the_first() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www --server iis").is_clean();
    desk.run("publish bog --to www --audience facilitator --force").is_clean();
    assert!(!desk.exists("www/web.config"));
    assert!(!desk.read("www/.vaert-manifest").contains("# option"));
}

#[test]
fn a_build_into_a_published_folder_leaves_what_web_servers_read() {
    let desk = Desk::with_handbook();
    fs::create_dir(desk.at("ud")).unwrap();
    desk.run("publish bog --to ud/bog --server iis").is_clean();
    desk.write("bog/index.md", "# Forside\n\nEn anden tekst.\n");
    desk.run("build bog --out ud").is_clean();
    assert!(desk.exists("ud/bog/web.config"));
    let ran = desk.run("publish bog --to ud/bog");
    assert!(ran.code == 2 && ran.err.contains("--server iis"), "{}", ran.err);
}

#[cfg(feature = "pdf")]
#[test]
fn print_outs_stay_until_it_is_said_that_they_go() {
    let desk = Desk::with_handbook();
    let exercise = "---\nwhen: between\nminutes: 5\nprinciples: principper/se-gaesten\n---\n\n# Ny\n\nTekst.\n";
    desk.write("bog/oevelser/ny.md", exercise);
    desk.run("publish bog --to www --pdf").is_clean();
    assert!(desk.exists("www/print/booklet.pdf") && desk.exists("www/print.html"));
    let ran = desk.run("publish bog --to www");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("by `--pdf`: `print.html`") && desk.exists("www/print/booklet.pdf"), "{}", ran.err);
    // The print-outs of an exercise that is gone are removed without a message: they are not all files of an option.
    fs::remove_file(desk.at("bog/oevelser/ny.md")).unwrap();
    desk.run("publish bog --to www --pdf").is_clean();
    assert!(!desk.exists("www/print/handout-ny.pdf") && desk.exists("www/print/booklet.pdf"));
    desk.run("publish bog --to www --remove").is_clean();
    assert!(!desk.exists("www/print/booklet.pdf") && !desk.exists("www/print.html"));
}

//! Folders that hold something already: whose they are, and what of it is never touched.

use super::tree;
use crate::desk::Desk;

/// Fails unless publishing is refused with this in what is said, and the folder is as it was; then forces it.
#[track_caller]
fn refused_and_forced(desk: &Desk, arguments: &str, said: &str) {
    let before = tree(&desk.at("www"));
    for dry in ["", " --dry-run"] {
        let ran = desk.run(&format!("publish {arguments} --to www{dry}"));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains(said) && ran.err.contains("--force"), "{}", ran.err);
        assert_eq!(tree(&desk.at("www")), before);
    }
    desk.run(&format!("publish {arguments} --to www --force")).is_clean();
    assert!(desk.exists("www/index.html"));
}

#[test]
fn a_folder_with_files_of_others_is_refused_and_they_outlive_being_forced() {
    let desk = Desk::with_handbook();
    desk.write("www/billeder/ferie.jpg", "min");
    desk.write("www/oevelser/noter.txt", "mine");
    refused_and_forced(&desk, "bog", "holds files that vaert did not publish");
    // From now on it is known, and nothing that was published is left when all of it goes.
    desk.write("bog/handbook.yaml", "title: Prøve\nname: bog\nsections:\n  - { folder: begreber, kind: concept }\n");
    for gone in ["oevelser", "principper"] {
        std::fs::remove_dir_all(desk.at(&format!("bog/{gone}"))).unwrap();
    }
    desk.run("publish bog --to www");
    assert_eq!(desk.read("www/billeder/ferie.jpg"), "min");
    assert_eq!(desk.read("www/oevelser/noter.txt"), "mine");
}

#[test]
fn an_empty_folder_is_anybodys() {
    let desk = Desk::with_handbook();
    std::fs::create_dir(desk.at("www")).unwrap();
    desk.run("publish bog --to www").is_clean();
}

#[test]
fn a_folder_that_was_built_and_not_published_to_is_refused() {
    let desk = Desk::with_handbook();
    desk.run("build bog --out ud").is_clean();
    std::fs::rename(desk.at("ud/bog"), desk.at("www")).unwrap();
    refused_and_forced(&desk, "bog", "written by `vaert build`");
}

#[test]
fn a_damaged_manifest_is_none_and_the_help_names_options_that_there_are() {
    for damaged in ["", "\n", "fremmed", "# Written by vaert", "\u{fffd}\0"] {
        let desk = Desk::with_handbook();
        desk.run("publish bog --to www").is_clean();
        desk.run("build bog").is_clean();
        desk.write("www/.vaert-manifest", damaged);
        desk.write("www/fremmed.txt", "fremmed");
        desk.write("dist/bog/.vaert-manifest", damaged);
        let ran = desk.run("publish bog --to www");
        assert!(ran.code == 2 && ran.err.contains("`--force`"), "{}", ran.err);
        assert!(!ran.err.contains("--out"), "{}", ran.err);
        assert_eq!(desk.run("publish bog --to www --force").code, 0);
        assert_eq!(desk.read("www/fremmed.txt"), "fremmed");
        desk.run("publish bog --to www").is_clean();
        let ran = desk.run("build bog --force");
        assert!(ran.code == 2 && ran.err.contains("--out DIR"), "{}", ran.err);
    }
}

#[test]
fn another_handbook_is_not_published_over_the_first_by_a_slip() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www").is_clean();
    desk.run("init museet").is_clean();
    refused_and_forced(&desk, "museet", "holds the edition `bog`, and this is `museet`");
    refused_and_forced(&desk, "bog", "holds the edition `museet`");
}

#[test]
fn the_facilitators_edition_does_not_reach_the_participants_folder_by_a_slip() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www").is_clean();
    refused_and_forced(&desk, "bog --audience facilitator", "`bog`, and this is `bog-facilitator`");
}

#[test]
fn a_file_of_others_where_a_new_page_must_go_is_refused_also_under_other_capitals() {
    for foreign in ["oevelser/ny.html", "Oevelser/noter.txt", "oevelser/NY.html"] {
        let desk = Desk::with_handbook();
        desk.run("publish bog --to www").is_clean();
        desk.write(&format!("www/{foreign}"), "min");
        desk.write(
            "bog/oevelser/ny.md",
            "---\nwhen: between\nminutes: 5\nprinciples: principper/se-gaesten\n---\n\n# Ny\n\nTekst.\n",
        );
        let named = if foreign.starts_with('O') { "`Oevelser`" } else { foreign };
        refused_and_forced(&desk, "bog", named);
    }
}

#[test]
fn a_build_into_a_published_folder_leaves_it_published() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to bog2").is_clean();
    desk.run("publish bog --to bog").code.eq(&2).then_some(()).unwrap();
    std::fs::create_dir(desk.at("ud")).unwrap();
    desk.run("publish bog --to ud/bog").is_clean();
    desk.write("bog/index.md", "# Forside\n\nEn anden tekst.\n");
    desk.run("build bog --out ud --force").is_clean();
    desk.run("publish bog --to ud/bog").is_clean();
    assert!(desk.read("ud/bog/.vaert-manifest").contains("\n# edition bog\n"));
}

#[cfg(unix)]
#[test]
fn a_link_in_the_folder_is_not_followed() {
    let desk = Desk::with_handbook();
    desk.run("publish bog --to www").is_clean();
    desk.write("udenfor/fil.txt", "min");
    std::fs::remove_dir_all(desk.at("www/oevelser")).unwrap();
    std::os::unix::fs::symlink(desk.at("udenfor"), desk.at("www/oevelser")).unwrap();
    let ran = desk.run("publish bog --to www");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a link, which is not followed"), "{}", ran.err);
    assert_eq!(tree(&desk.at("udenfor")).len(), 1);
}

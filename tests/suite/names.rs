//! Tests names that are too long for a file: each is an error at its source, and the disk refuses nothing half-way.
#![cfg(unix)]

use std::fs;

use crate::desk::Desk;

/// Checks that each command reports `name-too-long` at this position, with exit code 1.
#[track_caller]
fn too_long_at(desk: &Desk, place: &str, commands: &[&str]) {
    for command in commands {
        let ran = desk.run(&format!("{command} --format short"));
        assert_eq!(ran.code, 1, "{command}: {}{}", ran.out, ran.err);
        let mut lines = ran.err.lines();
        let is_told = |line: &str| line.starts_with(place) && line.contains(": error[name-too-long]: ");
        assert!(lines.any(is_told), "{command}: {}", ran.err);
    }
    assert!(!desk.exists("dist"));
}

const ALL: [&str; 3] = ["check bog", "build bog", "publish bog --to www"];

#[test]
fn of_a_page() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    let name = "a".repeat(252);
    desk.write(&format!("bog/s/{name}.md"), "# B\n");
    too_long_at(&desk, &format!("bog/s/{name}.md:1:1"), &ALL);
    // Everything that can be shown is written.
    let ran = desk.run("build bog --keep-going --format short");
    assert!(ran.code == 1 && desk.exists("dist/bog/index.html"), "{}", ran.err);
}

#[test]
fn of_a_page_as_long_as_one_can_be_there_is_none() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    let name = "a".repeat(250);
    desk.write(&format!("bog/s/{name}.md"), "# B\n");
    desk.run("build bog").is_clean();
    assert!(desk.exists(&format!("dist/bog/s/{name}.html")));
}

#[test]
fn of_letters_that_become_longer_in_an_address() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    // The character has three bytes in a file's name, seven in an address.
    let name = "窗".repeat(80);
    desk.write(&format!("bog/s/{name}.md"), "# B\n");
    too_long_at(&desk, &format!("bog/s/{name}.md:1:1"), &ALL);
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    desk.write(&format!("bog/{name}/b.md"), "# B\n");
    too_long_at(&desk, &format!("bog/{name}/b.md:1:1"), &ALL);
}

#[test]
fn of_a_picture_and_an_attachment() {
    let name = "a".repeat(250);
    let desk = Desk::with_files(&[("index.md", &format!("# A\n\n![B]({name}.svg)\n\n[c]({name}.txt)\n"))]);
    desk.write(&format!("bog/{name}.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"/>");
    desk.write(&format!("bog/{name}.txt"), "c");
    for ending in ["svg", "txt"] {
        too_long_at(&desk, &format!("bog/{name}.{ending}"), &ALL);
    }
    let ran = desk.run("build bog --keep-going");
    assert!(ran.code == 1 && desk.exists("dist/bog/index.html"), "{}", ran.err);
}

#[test]
fn of_an_old_id() {
    let old = format!("s/{}", "a".repeat(251));
    let desk =
        Desk::with_files(&[("index.md", "# A\n"), ("b.md", &format!("---\nmoved_from: [c, {old}]\n---\n\n# B\n"))]);
    too_long_at(&desk, "bog/b.md:2:17", &ALL);
}

#[test]
fn of_an_edition() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    // The facilitators' edition has the same name with a suffix.
    desk.write("bog/handbook.yaml", format!("title: A\nname: {}\n", "a".repeat(250)));
    too_long_at(&desk, "bog/handbook.yaml:2:7", &ALL);
}

#[test]
fn of_a_file_of_the_theme() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    desk.write("bog/handbook.yaml", "title: A\ntheme: tema\n");
    desk.write("bog/tema/theme.yaml", "name: tema\n");
    let name = format!("{}.svg", "a".repeat(250));
    desk.write(&format!("bog/tema/assets/{name}"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    too_long_at(&desk, &format!("bog/tema/assets/{name}:1:1"), &ALL);
}

#[cfg(feature = "pdf")]
#[test]
fn of_a_print_out_only_where_it_is_made() {
    let desk = Desk::with_handbook();
    let name = "a".repeat(248);
    fs::copy(desk.at("bog/oevelser/det-foerste-blik.md"), desk.at(&format!("bog/oevelser/{name}.md"))).unwrap();
    too_long_at(&desk, &format!("bog/oevelser/{name}.md:1:1"), &["build bog --pdf", "print bog"]);
    assert_eq!(desk.run("build bog").code, 0);
}

//! Tests the author's editor, opened by Alt and a double click: whatever a file is called, it is one argument and no
//! option.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::{Server, soon};
use crate::desk::Desk;

/// Creates a desk with the file `name` in its handbook, and an editor that writes each of its arguments on a separate
/// line.
fn desk_with(name: &str) -> Desk {
    let desk = Desk::new();
    desk.write("bog/handbook.yaml", "title: Prøve\n");
    desk.write("bog/index.md", "# Forside\n");
    desk.write(&format!("bog/{name}"), "# Titel\n\nEt afsnit.\n");
    desk.write(
        "editor",
        "#!/bin/sh\nfor word in \"$@\"; do echo \"<$word>\"; done > opened.tmp && mv opened.tmp opened\n",
    );
    fs::set_permissions(desk.at("editor"), fs::Permissions::from_mode(0o755)).unwrap();
    desk
}

/// Serves the folder `bog` from inside it, where its files are named without a folder.
fn serve_inside(desk: &Desk, editor: &str) -> Server {
    let mut command = desk.command("serve . --port 0 --editor");
    command.arg(editor.replace("EDITOR", &desk.at("editor").display().to_string())).current_dir(desk.at("bog"));
    Server::of(command)
}

fn open(server: &Server, path: &str) -> bool {
    let target = format!("/_vaert/open?path={path}&text=Et+afsnit.");
    let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nX-Vaert: 1\r\nConnection: close\r\n\r\n");
    let answer: serde_json::Value = serde_json::from_slice(&server.ask(&request).body).unwrap();
    answer["opened"] == true
}

#[test]
fn a_file_is_one_argument_and_no_option_whatever_its_name() {
    for (name, address) in [
        ("-dash/a.md", "dash/a.html"),
        ("--help/-x.md", "help/x.html"),
        ("to ord/a 'b' \"c\".md", "to-ord/a-b-c.html"),
        ("s/{line} {file}.md", "s/line-file.html"),
        ("s/$(touch x);&.md", "s/touch-x.html"),
    ] {
        let desk = desk_with(name);
        let whole = desk.at("bog").canonicalize().unwrap().join(name).display().to_string();
        for (editor, expected) in [
            ("EDITOR {file}", format!("<{whole}>\n")),
            ("EDITOR  -g '{file}:{line}' \"et ord\"", format!("<-g>\n<{whole}:3>\n<et ord>\n")),
            ("\"EDITOR\" +{line} {file}", format!("<+3>\n<{whole}>\n")),
        ] {
            let server = serve_inside(&desk, editor);
            assert!(open(&server, address), "{name}: {editor}");
            soon("the editor", || desk.at("bog/opened").exists());
            assert_eq!(desk.read("bog/opened"), expected, "{editor}");
            fs::remove_file(desk.at("bog/opened")).unwrap();
        }
        assert!(!desk.exists("bog/x"));
    }
}

#[test]
fn a_command_that_cannot_be_split_is_refused_at_once() {
    let desk = Desk::with_handbook();
    for (editor, why) in [("code '{file}", "the quote ' is not closed"), (" ", "it names no program")] {
        let ran = desk.command("serve bog --port 0 --editor").arg(editor).output().unwrap();
        assert_eq!(ran.status.code(), Some(2));
        let said = String::from_utf8(ran.stderr).unwrap();
        assert!(said.contains(why) && said.contains("--editor"), "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn editors_that_have_ended_leave_nothing_behind() {
    let desk = desk_with("a.md");
    let server = serve_inside(&desk, "EDITOR {file}");
    let children = || {
        let processes =
            fs::read_dir("/proc").unwrap().filter_map(|entry| fs::read_to_string(entry.ok()?.path().join("stat")).ok());
        let parent = format!(" {} ", server.child.id());
        // The state and the parent follow the name, which may contain anything.
        processes.filter(|stat| stat.rsplit(')').next().is_some_and(|rest| rest[2..].starts_with(&parent))).count()
    };
    for _ in 0..20 {
        assert!(open(&server, "a.html"));
    }
    soon("every editor has ended and is gone", || desk.at("bog/opened").exists() && children() == 0);
}

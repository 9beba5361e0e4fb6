//! Tests a withdrawn page that cannot be removed: it stays known, is reported, and is removed as soon as it can be.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Output as Ran;
use std::sync::Arc;

use vaert::output::{Output, OutputContent};
use vaert::write::{Claim, WriteError, Writer};

use crate::desk::Desk;

const NOBODY: u32 = 65_534;

fn staged(folder: &Path, paths: &[&str]) -> Writer {
    let planned: Vec<Arc<str>> = paths.iter().map(|path| Arc::from(*path)).collect();
    let writer = Writer::publish(folder, &planned, Claim { edition: "proeve", force: false }).unwrap();
    for path in planned {
        writer.put(&Output { path, content: OutputContent::Bytes(b"x".as_slice().into()) }).unwrap();
    }
    writer
}

#[test]
fn a_page_that_cannot_be_seen_is_not_taken_for_one_that_is_gone() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("www");
    staged(&folder, &["a/en.html", "b/to.html", "billede.svg", "index.html"]).commit().unwrap();
    let manifest = || fs::read_to_string(folder.join(".vaert-manifest")).unwrap();

    let writer = staged(&folder, &["index.html", "ny.html"]);
    fs::rename(folder.join("a"), temp.path().join("a")).unwrap();
    // The link leads in a circle, also for the administrator.
    symlink("a", folder.join("a")).unwrap();
    let Err(WriteError::NotRemoved { paths, .. }) = writer.commit() else { panic!("it was not told of") };
    assert_eq!(paths, ["a/en.html"]);
    assert!(folder.join("ny.html").exists() && !folder.join("b/to.html").exists());
    assert!(folder.join("billede.svg").exists(), "what a page may need stays while the page does");
    assert!(manifest().contains("\na/en.html\n") && manifest().contains("\nbillede.svg\n"), "{}", manifest());
    assert!(!manifest().contains("b/to.html") && !folder.join(".vaert-staging").exists());

    fs::remove_file(folder.join("a")).unwrap();
    fs::rename(temp.path().join("a"), folder.join("a")).unwrap();
    staged(&folder, &["index.html", "ny.html"]).commit().unwrap();
    assert!(!folder.join("a").exists() && !folder.join("billede.svg").exists());
    assert!(!manifest().contains("a/en.html"), "{}", manifest());
}

/// Runs the program as a user who is not the administrator; `None` if that is impossible.
fn run_by_a_user(desk: &Desk, arguments: &str) -> Option<Ran> {
    let mut command = desk.command(arguments);
    if fs::metadata(desk.path()).unwrap().uid() == NOBODY {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output().ok()
}

/// Gives everything in `folder` to a user who is not the administrator, if the administrator runs the tests.
fn give_away(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder) {
        let _ = chown(entry.unwrap().path(), Some(NOBODY), Some(NOBODY));
    }
}

#[test]
fn a_page_in_a_folder_that_may_not_be_changed_is_told_of_and_goes_later() {
    for (command, folder, mode) in
        [("publish bog --to www", "www", 0o555), ("publish bog --to www", "www", 0), ("build bog", "dist/bog", 0o555)]
    {
        let desk = Desk::with_files(&[("index.md", "# A\n"), ("s/b.md", "# B\n"), ("t/c.md", "# C\n")]);
        give_away(desk.path());
        let Some(ran) = run_by_a_user(&desk, command) else { return };
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        for gone in ["bog/s/b.md", "bog/t/c.md"] {
            fs::remove_file(desk.at(gone)).unwrap();
        }
        let closed = desk.at(&format!("{folder}/s"));
        let set_mode = |mode| fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).unwrap();
        set_mode(mode);
        // The removal fails each time, not only the first time.
        for _ in 0..2 {
            let ran = run_by_a_user(&desk, command).unwrap();
            set_mode(0o755);
            let (err, known) =
                (String::from_utf8(ran.stderr).unwrap(), desk.read(&format!("{folder}/.vaert-manifest")));
            assert_eq!(ran.status.code(), Some(2), "{err}");
            assert!(err.contains("`s/b.html`") && err.contains("could not be removed"), "{err}");
            assert!(known.contains("\ns/b.html\n") && !known.contains("t/c.html"), "{known}");
            assert!(desk.exists(&format!("{folder}/s/b.html")) && !desk.exists(&format!("{folder}/t/c.html")));
            set_mode(mode);
        }
        set_mode(0o755);
        assert!(run_by_a_user(&desk, command).unwrap().status.success());
        assert!(!desk.exists(&format!("{folder}/s/b.html")));
    }
}

#[test]
fn a_page_that_cannot_be_removed_from_one_edition_does_not_stop_the_other() {
    let desk = Desk::with_files(&[("index.md", "# A\n"), ("s/b.md", "# B\n")]);
    give_away(desk.path());
    let Some(ran) = run_by_a_user(&desk, "build bog --audience all") else { return };
    assert!(ran.status.success());
    fs::remove_file(desk.at("bog/s/b.md")).unwrap();
    let closed = desk.at("dist/bog/s");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let ran = run_by_a_user(&desk, "build bog --audience all").unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    let err = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.code() == Some(2) && err.contains("`s/b.html`"), "{err}");
    assert!(desk.exists("dist/bog/s/b.html") && !desk.exists("dist/bog-facilitator/s/b.html"));
}

//! An edition's folder before and after a build, a failed build, a killed build.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use vaert::output::{Output, OutputContent};
use vaert::write::{Change, Part, Summary, WriteError, Writer, check_edition_folder};

fn output(path: &str, text: &str) -> Output {
    Output { path: path.into(), content: OutputContent::Bytes(text.as_bytes().into()) }
}

fn open(folder: &Path, files: &[(&str, &str)]) -> Result<Writer, WriteError> {
    let planned: Vec<Arc<str>> = files.iter().map(|(path, _)| Arc::from(*path)).collect();
    Writer::open(folder, &planned, Part::Whole)
}

fn write(folder: &Path, files: &[(&str, &str)]) -> Result<Summary, WriteError> {
    let writer = open(folder, files)?;
    for (path, text) in files {
        writer.put(&output(path, text))?;
    }
    writer.commit()
}

/// Every file below `folder` except the manifest, with its text.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && !path.ends_with(".vaert-manifest"))
        .map(|path| (name(&path), fs::read_to_string(&path).unwrap()))
        .collect()
}

fn of(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

const SITE: [(&str, &str); 3] = [("a/en.html", "en"), ("a/style.css", "css"), ("index.html", "forside")];

#[test]
fn a_first_build_makes_the_folders_and_writes_everything() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("dist/håndbog");
    assert_eq!(write(&folder, &SITE).unwrap(), Summary { written: 3, kept: 0, removed: 0 });
    assert_eq!(tree(&folder), of(&SITE));
    assert!(!folder.join(".vaert-staging").exists());
}

#[test]
fn an_unchanged_file_keeps_its_time() {
    let temp = tempfile::tempdir().unwrap();
    write(temp.path(), &SITE).unwrap();
    let time = |name: &str| temp.path().join(name).metadata().unwrap().modified().unwrap();
    let before = (time("a/en.html"), time(".vaert-manifest"));
    std::thread::sleep(Duration::from_millis(20));
    let summary = write(temp.path(), &[SITE[0], SITE[1], ("index.html", "Forside")]).unwrap();
    assert_eq!(summary, Summary { written: 1, kept: 2, removed: 0 });
    assert_eq!((time("a/en.html"), time(".vaert-manifest")), before);
}

#[test]
fn only_files_of_an_earlier_build_are_removed() {
    let temp = tempfile::tempdir().unwrap();
    write(temp.path(), &[("a/b/gammel.html", "x"), ("c/gammel.html", "x"), ("index.html", "x")]).unwrap();
    fs::write(temp.path().join("c/min egen.txt"), "min").unwrap();
    let summary = write(temp.path(), &[("index.html", "x")]).unwrap();
    assert_eq!(summary, Summary { written: 0, kept: 1, removed: 2 });
    assert_eq!(tree(temp.path()), of(&[("c/min egen.txt", "min"), ("index.html", "x")]));
    assert!(!temp.path().join("a").exists());
}

#[test]
fn a_folder_with_foreign_files_is_refused_and_left_alone() {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("afhandling.doc"), "ti år").unwrap();
    let error = write(temp.path(), &SITE).unwrap_err();
    assert!(matches!(error, WriteError::NotOurs { .. }), "{error}");
    assert_eq!(tree(temp.path()), of(&[("afhandling.doc", "ti år")]));
    assert!(error.to_string().contains("--out"));
}

#[test]
fn a_manifest_that_lists_files_outside_never_reaches_them() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("dist");
    write(&folder, &SITE).unwrap();
    fs::write(temp.path().join("udenfor"), "x").unwrap();
    let manifest = folder.join(".vaert-manifest");
    let listed = fs::read_to_string(&manifest).unwrap() + "../udenfor\n";
    fs::write(&manifest, listed).unwrap();
    write(&folder, &[SITE[0]]).unwrap();
    assert!(temp.path().join("udenfor").exists());
}

#[test]
fn a_build_that_is_dropped_leaves_no_trace() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("dist/x");
    let writer = open(&folder, &SITE).unwrap();
    writer.put(&output("index.html", "halv")).unwrap();
    drop(writer);
    assert!(!temp.path().join("dist").exists());

    write(&folder, &SITE).unwrap();
    let writer = open(&folder, &SITE).unwrap();
    assert_eq!(writer.put(&output("index.html", "halv")).unwrap(), Change::Written);
    drop(writer);
    assert_eq!(tree(&folder), of(&SITE));
}

#[test]
fn a_build_after_one_that_was_killed_completes_it() {
    let temp = tempfile::tempdir().unwrap();
    write(temp.path(), &SITE).unwrap();
    // Killed while renaming: the manifest holds old and new files, one is in place, staging is left.
    let manifest = temp.path().join(".vaert-manifest");
    let listed = fs::read_to_string(&manifest).unwrap() + "ny.html\nnyere.html\n";
    fs::write(&manifest, listed).unwrap();
    fs::write(temp.path().join("ny.html"), "ny").unwrap();
    fs::create_dir(temp.path().join(".vaert-staging")).unwrap();
    fs::write(temp.path().join(".vaert-staging/0"), "rest").unwrap();

    let summary = write(temp.path(), &[("index.html", "forside"), ("nyere.html", "nyere")]).unwrap();
    assert_eq!((summary.written, summary.kept), (1, 1));
    assert_eq!(tree(temp.path()), of(&[("index.html", "forside"), ("nyere.html", "nyere")]));
}

#[test]
fn a_second_build_waits_for_the_first() {
    let temp = tempfile::tempdir().unwrap();
    let first = open(temp.path(), &SITE).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            write(temp.path(), &SITE).unwrap();
            assert!(done.load(Ordering::SeqCst), "the second build did not wait");
        });
        std::thread::sleep(Duration::from_millis(300));
        first.put(&output("index.html", "første")).unwrap();
        done.store(true, Ordering::SeqCst);
        first.commit().unwrap();
        second.join().unwrap();
    });
    assert_eq!(tree(temp.path()), of(&SITE));
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let temp = tempfile::tempdir().unwrap();
    write(temp.path(), &[("a", "fil"), ("b/c/d.html", "d"), ("b/e.html", "e")]).unwrap();
    let files = [("a/x.html", "x"), ("b", "fil")];
    assert_eq!(write(temp.path(), &files).unwrap(), Summary { written: 2, kept: 0, removed: 3 });
    assert_eq!(tree(temp.path()), of(&files));
}

#[test]
fn a_foreign_file_or_folder_in_the_way_is_not_touched() {
    let temp = tempfile::tempdir().unwrap();
    write(temp.path(), &[("index.html", "x")]).unwrap();
    fs::write(temp.path().join("a"), "min").unwrap();
    fs::create_dir(temp.path().join("b.html")).unwrap();
    fs::write(temp.path().join("b.html/min"), "min").unwrap();
    for path in ["a/x.html", "b.html"] {
        let error = write(temp.path(), &[("index.html", "y"), (path, "x")]).unwrap_err();
        assert!(matches!(error, WriteError::InTheWay { .. }), "{error}");
    }
    assert_eq!(tree(temp.path()), of(&[("a", "min"), ("b.html/min", "min"), ("index.html", "x")]));
}

#[test]
fn paths_that_lead_out_were_not_planned_or_come_twice_are_refused() {
    let temp = tempfile::tempdir().unwrap();
    for path in ["../x.html", "/tmp/x.html", "a\\x.html", "a/../../x.html", "a\0.html", ".vaert-manifest"] {
        assert!(matches!(open(temp.path(), &[(path, "")]), Err(WriteError::BadPath { .. })), "{path:?}");
    }
    let writer = open(temp.path(), &SITE).unwrap();
    assert!(writer.put(&output("../index.html", "x")).is_err());
    assert!(writer.put(&output("anden.html", "x")).is_err());
    writer.put(&output("index.html", "x")).unwrap();
    assert!(writer.put(&output("index.html", "y")).is_err());
}

#[test]
fn a_large_file_is_copied_once() {
    let temp = tempfile::tempdir().unwrap();
    let film = temp.path().join("film.mp4");
    fs::write(&film, vec![7; 200_000]).unwrap();
    let put = |bytes: &[u8]| {
        fs::write(&film, bytes).unwrap();
        let writer = open(&temp.path().join("dist"), &[("film.mp4", "")]).unwrap();
        let content = OutputContent::Copy(film.canonicalize().unwrap());
        let change = writer.put(&Output { path: "film.mp4".into(), content }).unwrap();
        writer.commit().unwrap();
        change
    };
    let mut other = vec![7; 200_000];
    other[199_999] = 8;
    assert_eq!(put(&[7; 200_000]), Change::Written);
    assert_eq!(put(&[7; 200_000]), Change::Kept);
    assert_eq!(put(&other), Change::Written);
}

#[test]
fn an_edition_is_never_written_over_its_input() {
    let temp = tempfile::tempdir().unwrap();
    let handbook = temp.path().join("bøger/min");
    fs::create_dir_all(&handbook).unwrap();
    fs::create_dir_all(handbook.join("billeder/tom")).unwrap();
    fs::create_dir_all(handbook.join("billed")).unwrap();
    fs::write(handbook.join("billeder/a.svg"), "").unwrap();
    fs::write(handbook.join("handbook.yaml"), "").unwrap();
    let roots = vec![handbook.clone()];
    let states = vaert::load::survey(&roots).unwrap();
    let survey = vaert::snapshot::Survey { roots, states };
    let check = |folder: &str| check_edition_folder(&temp.path().join(folder), &survey);
    assert!(matches!(check("bøger/min/billeder"), Err(WriteError::OverInput { .. })));
    assert!(check("bøger/min/billeder/tom").is_ok() && check("bøger/min/billed").is_ok());
    assert!(matches!(check("bøger"), Err(WriteError::OverInput { .. })));
    assert!(matches!(check("bøger/../bøger/min"), Err(WriteError::OverInput { .. })));
    assert!(check("bøger/min/dist/min").is_ok());
    assert!(check("bøger/m").is_ok());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn links_in_the_edition_are_not_followed() {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("dist");
        let outside = temp.path().join("udenfor");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("fil"), "min").unwrap();
        write(&folder, &[("index.html", "x")]).unwrap();

        symlink(&outside, folder.join("a")).unwrap();
        let error = write(&folder, &[("a/fil", "vores"), ("index.html", "x")]).unwrap_err();
        assert!(matches!(error, WriteError::InTheWay { .. }), "{error}");

        fs::remove_file(folder.join("index.html")).unwrap();
        symlink(outside.join("fil"), folder.join("index.html")).unwrap();
        write(&folder, &[("index.html", "x")]).unwrap();
        assert_eq!(tree(&outside), of(&[("fil", "min")]));
        assert!(!folder.join("index.html").is_symlink());
    }

    #[test]
    fn a_folder_that_may_not_be_written_is_an_error_that_names_it() {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("dist");
        write(&folder, &SITE).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
        // The administrator may write anywhere; there is nothing to see then.
        if fs::write(folder.join("prøve"), "").is_err() {
            let error = write(&folder, &SITE).unwrap_err().to_string();
            assert!(error.contains("dist") && error.contains("--out"), "{error}");
        }
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

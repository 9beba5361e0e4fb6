//! Tests which files of a handbook's folder are read, and what is reported about the rest.

use std::fs;
use std::path::Path;

use vaert::build::Options;
use vaert::cache::Cache;
use vaert::diagnostic::{Code, Fault};
use vaert::load::{LoadError, is_unchanged, load};
use vaert::snapshot::{Content, Snapshot};

use crate::handbook::Built;

/// A folder with `handbook.yaml` (title only, unless given) and these files.
fn handbook(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("handbook.yaml"), "title: Prøve\n").unwrap();
    for (path, bytes) in files {
        let path = temp.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    temp
}

fn read(folder: &Path) -> Snapshot {
    load(folder, None).unwrap()
}

fn paths(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.layers[0].files.keys().map(|path| &**path).collect()
}

fn text<'a>(snapshot: &'a Snapshot, path: &str) -> &'a str {
    match &snapshot.layers[0].files[path].content {
        Content::Text(text) => text,
        other => panic!("{path} is no text: {other:?}"),
    }
}

fn codes(snapshot: &Snapshot) -> Vec<Code> {
    snapshot.diagnostics.iter().map(|diagnostic| diagnostic.code()).collect()
}

#[test]
fn files_come_in_order_and_hidden_ones_not_at_all() {
    let temp = handbook(&[
        ("b/æ ø å.md", b""),
        ("b/a.md", b"x"),
        ("a/z.png", b"\xff\xfe"),
        (".obsidian/x.json", b""),
        ("b/.skjult.md", b""),
        ("node_modules/x.md", b""),
        ("dist/min/.vaert-manifest", b""),
        ("dist/min/index.html", b""),
    ]);
    let snapshot = read(temp.path());
    assert_eq!(paths(&snapshot), ["a/z.png", "b/a.md", "b/æ ø å.md"]);
    assert_eq!(&*snapshot.layers[0].settings.text, "title: Prøve\n");
    assert_eq!(codes(&snapshot), []);
    let file = &snapshot.layers[0].files["b/a.md"];
    assert_eq!(Path::new(&*file.shown), temp.path().join("b/a.md"));
    assert!(matches!(snapshot.layers[0].files["a/z.png"].content, Content::Bytes(_)));
}

#[test]
fn a_byte_order_mark_is_cut_and_other_text_is_told_of_at_its_byte() {
    let temp = handbook(&[("a.md", b"\xef\xbb\xbf# A"), ("b.md", b"bl\xe5b\xe6r")]);
    let snapshot = read(temp.path());
    assert_eq!(text(&snapshot, "a.md"), "# A");
    assert_eq!(text(&snapshot, "b.md"), "bl\u{fffd}b\u{fffd}r");
    assert_eq!(codes(&snapshot), [Code::NotUtf8]);
    assert_eq!(snapshot.diagnostics[0].labels[0].span.start, 2);
}

#[test]
fn names_are_read_in_one_normal_form() {
    let temp = handbook(&[("a\u{30a}ben.md", b"x")]);
    assert_eq!(paths(&read(temp.path())), ["åben.md"]);
    fs::write(temp.path().join("åben.md"), "y").unwrap();
    let snapshot = read(temp.path());
    assert_eq!(paths(&snapshot), ["åben.md"]);
    // A file system that takes the two names for one has nothing to clash.
    if fs::read_dir(temp.path()).unwrap().count() == 3 {
        assert_eq!(codes(&snapshot), [Code::AddressClash]);
        assert_eq!(text(&snapshot, "åben.md"), "x");
    }
}

#[test]
fn a_large_film_stays_on_disk_and_a_large_page_does_not() {
    let temp = handbook(&[("film.mp4", b""), ("lang.md", &vec![b'a'; 20 << 20])]);
    fs::File::options().write(true).open(temp.path().join("film.mp4")).unwrap().set_len((16 << 20) + 1).unwrap();
    let snapshot = read(temp.path());
    assert!(matches!(snapshot.layers[0].files["film.mp4"].content, Content::OnDisk { size, .. } if size > 16 << 20));
    assert_eq!(text(&snapshot, "lang.md").len(), 20 << 20);
}

#[test]
fn of_a_large_file_the_parts_that_tell_more_than_it_shows_are_read() {
    let film = b"\0\0\0\x10ftypqt  \0\0\0\0\0\0\0\x25moov\0\0\0\x1dudta\0\0\0\x15\xa9xyz+55.6761+12.5\0\0\0\0mdat";
    let temp =
        handbook(&[("film", film), ("foto", b"\xff\xd8\xff\xe1"), ("index.md", b"# F\n\n[a](film) [b](foto)\n")]);
    for name in ["film", "foto"] {
        let file = fs::File::options().write(true).open(temp.path().join(name)).unwrap();
        file.set_len((16 << 20) + 1).unwrap();
    }
    let built = Built::of(&read(temp.path()), &mut Cache::for_one_build(), &Options::default(), true);
    let mut codes = built.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["metadata-in-file", "unreadable-file"], "{}", built.report());
    assert!(built.report().contains("place `+55.6761+12.5`"), "{}", built.report());
    assert!(!built.outputs.keys().any(|path| path.contains("foto")));
}

#[test]
fn a_folder_without_settings_is_told_with_a_way_out() {
    let temp = tempfile::tempdir().unwrap();
    let error = load(temp.path(), None).unwrap_err();
    assert!(matches!(error, LoadError::NoSettings { .. }));
    assert!(error.to_string().contains("vaert init"));
    assert!(matches!(load(&temp.path().join("x"), None), Err(LoadError::NoFolder { .. })));
}

#[test]
fn a_theme_folder_stands_before_the_built_in_one_and_is_no_content() {
    let temp = handbook(&[
        ("handbook.yaml", b"title: x\ntheme: udseende/mit\n"),
        ("udseende/mit/theme.yaml", "parent: ../fælles\n".as_bytes()),
        ("udseende/mit/LICENS.md", b""),
        ("udseende/fælles/templates/page.html", b""),
        ("index.md", b""),
    ]);
    let snapshot = read(temp.path());
    let names: Vec<_> = snapshot.themes.iter().map(|theme| theme.name.as_str()).collect();
    assert_eq!(names, ["mit", "fælles", "vaertskab"]);
    assert_eq!(paths(&snapshot), ["index.md"]);
    assert_eq!(codes(&snapshot), []);
}

#[test]
fn a_theme_beside_the_handbook_is_named_without_a_detour() {
    let temp = handbook(&[
        ("bog/handbook.yaml", b"title: x\ntheme: ../tema\n"),
        ("tema/theme.yaml", b"parent: ./../fader/../far\n"),
        ("far/theme.yaml", b""),
        ("fader/theme.yaml", b""),
    ]);
    let snapshot = read(&temp.path().join("bog"));
    let shown: Vec<_> = snapshot.themes[..2].iter().map(|theme| &*theme.files["theme.yaml"].shown).collect();
    let folder = temp.path().to_str().unwrap();
    assert_eq!(shown, [format!("{folder}/tema/theme.yaml"), format!("{folder}/far/theme.yaml")]);
}

#[test]
fn a_theme_may_stand_alone() {
    let temp = handbook(&[("handbook.yaml", b"title: x\ntheme: t\n"), ("t/theme.yaml", b"parent: none\n")]);
    let names: Vec<_> = read(temp.path()).themes.into_iter().map(|theme| theme.name).collect();
    assert_eq!(names, ["t"]);
}

#[test]
fn themes_that_are_missing_go_in_circles_or_hold_the_handbook_are_told() {
    let temp = handbook(&[("handbook.yaml", b"title: x\ntheme: vaertskap\n")]);
    let snapshot = read(temp.path());
    let suggestion = Some("vaertskab".to_owned());
    assert_eq!(snapshot.diagnostics[0].fault, Fault::UnknownTheme { theme: "vaertskap".into(), suggestion });
    assert_eq!(snapshot.diagnostics[0].labels[0].span.range(), 16..25);
    assert_eq!(snapshot.themes.len(), 1);

    let temp = handbook(&[
        ("handbook.yaml", b"title: x\ntheme: a\n"),
        ("a/theme.yaml", b"parent: ../b\n"),
        ("b/theme.yaml", b"parent: ../a\n"),
    ]);
    let snapshot = read(temp.path());
    assert_eq!(codes(&snapshot), [Code::InvalidValue]);
    assert!(snapshot.diagnostics[0].labels[0].path.ends_with("b/theme.yaml"));

    let temp = handbook(&[("handbook.yaml", b"title: x\ntheme: ..\n")]);
    assert_eq!(codes(&read(temp.path())), [Code::InvalidValue]);
}

#[test]
fn a_settled_file_is_taken_from_the_load_before() {
    let temp = handbook(&[("gammel.md", b"gammel"), ("ny.md", b"ny")]);
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    fs::File::options().write(true).open(temp.path().join("gammel.md")).unwrap().set_modified(old).unwrap();
    let mut before = read(temp.path());
    // The times of entries cannot be set back, so the survey is told that they are old enough.
    for (place, state) in &mut before.survey.states {
        assert!(!state.settled, "a file made just now is not settled");
        state.settled = std::path::Path::new(place).ends_with("gammel.md");
    }
    let mark = |snapshot: &mut Snapshot, path: &str| {
        let mut file = snapshot.layers[0].files[path].clone();
        file.content = Content::Text("husket".into());
        snapshot.layers[0].files.insert(path.into(), file);
    };
    mark(&mut before, "gammel.md");
    mark(&mut before, "ny.md");
    let after = load(temp.path(), Some(&before)).unwrap();
    assert_eq!((text(&after, "gammel.md"), text(&after, "ny.md")), ("husket", "ny"));
    fs::write(temp.path().join("gammel.md"), "gammmel").unwrap();
    assert_eq!(text(&load(temp.path(), Some(&before)).unwrap(), "gammel.md"), "gammmel");
}

#[test]
fn a_new_a_changed_and_a_missing_file_are_a_change() {
    let temp = handbook(&[("a.md", b"a"), ("b.md", b"b")]);
    let mut survey = read(temp.path()).survey;
    assert!(!is_unchanged(&survey), "files made just now may still change unseen");
    survey.states.values_mut().for_each(|state| state.settled = true);
    assert!(is_unchanged(&survey));
    fs::write(temp.path().join("c.md"), "").unwrap();
    assert!(!is_unchanged(&survey));
    fs::remove_file(temp.path().join("c.md")).unwrap();
    assert!(is_unchanged(&survey));
    fs::write(temp.path().join("a.md"), "A").unwrap();
    assert!(!is_unchanged(&survey));
    fs::remove_file(temp.path().join("b.md")).unwrap();
    assert!(!is_unchanged(&survey));
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_inside_are_followed_and_those_out_are_not() {
        let outside = handbook(&[("hemmelig.md", b"hemmelig")]);
        let temp = handbook(&[("a/x.md", b"x")]);
        symlink("a", temp.path().join("b")).unwrap();
        symlink(outside.path(), temp.path().join("ud")).unwrap();
        symlink(outside.path().join("hemmelig.md"), temp.path().join("a/ud.md")).unwrap();
        symlink("..", temp.path().join("a/ring")).unwrap();
        symlink("ingen", temp.path().join("brudt.md")).unwrap();
        let snapshot = read(temp.path());
        assert_eq!(paths(&snapshot), ["a/x.md", "b/x.md"]);
        let count = |wanted: Code| codes(&snapshot).iter().filter(|code| **code == wanted).count();
        // `a` is also reached through `b`.
        assert_eq!((count(Code::LinkOutOfFolder), count(Code::UnreadableFile)), (3, 3));
    }

    #[test]
    fn a_theme_beside_a_handbook_that_is_reached_by_a_link_is_the_one_beside_the_real_folder() {
        let yaml: &[u8] = b"title: x\ntheme: ../tema\n";
        let temp =
            handbook(&[("dyb/bog/handbook.yaml", yaml), ("dyb/tema/assets/a.css", b""), ("tema/assets/b.css", b"")]);
        symlink("dyb/bog", temp.path().join("bog")).unwrap();
        let theme = &read(&temp.path().join("bog")).themes[0];
        assert_eq!(
            theme.files["assets/a.css"].shown.strip_prefix(temp.path().to_str().unwrap()).unwrap(),
            "/bog/../tema/assets/a.css"
        );
    }

    #[test]
    fn odd_names_and_odd_files_are_no_end_of_the_walk() {
        let temp = handbook(&[("a\\b c.md", b"x")]);
        fs::write(temp.path().join(OsStr::from_bytes(b"\xff.md")), "x").unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(temp.path().join("rør.md")).unwrap();
        let snapshot = read(temp.path());
        assert_eq!(paths(&snapshot), ["a\\b c.md"]);
        assert_eq!(codes(&snapshot), [Code::UnreadableFile, Code::UnreadableFile]);
    }
}

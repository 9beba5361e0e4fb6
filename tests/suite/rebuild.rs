//! A second build of the program: what it writes, what it leaves alone, and what it makes of a killed one.

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use vaert::output::{Output, OutputContent};
use vaert::write::{Part, Writer};

use crate::desk::Desk;
use crate::random::Random;

type Files = BTreeMap<String, (Vec<u8>, SystemTime)>;

/// Every file below `folder` with its content and time, vaert's own apart.
fn files(desk: &Desk, folder: &str) -> Files {
    let root = desk.at(folder);
    walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file() && !entry.path().to_str().unwrap().contains("/.vaert-"))
        .map(|entry| {
            let name = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            (name, (fs::read(entry.path()).unwrap(), entry.metadata().unwrap().modified().unwrap()))
        })
        .collect()
}

/// Makes every file below `folder` look as if it had been written an hour ago.
fn age(desk: &Desk, folder: &str) {
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    for entry in walkdir::WalkDir::new(desk.at(folder)) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let file = File::options().append(true).open(entry.path()).unwrap();
            file.set_times(FileTimes::new().set_modified(hour_ago)).unwrap();
        }
    }
}

#[test]
fn only_what_has_changed_is_written() {
    let desk = Desk::with_handbook();
    desk.run("build bog").is_clean();
    age(&desk, "dist");
    let before = files(&desk, "dist/bog");
    let again = desk.run("build bog --force");
    assert!(again.out.contains(" 0 files written"), "{}", again.out);
    assert!(files(&desk, "dist/bog") == before, "a file has another time");
    let text = desk.read("bog/index.md");
    desk.write("bog/index.md", format!("{text}\nMere tekst.\n"));
    desk.run("build bog").is_clean();
    let after = files(&desk, "dist/bog");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<_> = before.iter().filter(|(path, file)| after[*path] != **file).map(|(path, _)| path).collect();
    assert_eq!(changed, ["index.html", "search/start.js"]);
}

#[test]
fn what_is_gone_from_the_source_goes_from_the_edition_and_nothing_else() {
    let desk = Desk::with_files(&[("index.md", "# A\n"), ("s/b.md", "# B\n"), ("s/c.md", "# C\n")]);
    desk.run("build bog").is_clean();
    desk.write("dist/bog/s/egen.txt", "min");
    fs::remove_file(desk.at("bog/s/b.md")).unwrap();
    desk.run("build bog").is_clean();
    assert!(!desk.exists("dist/bog/s/b.html") && desk.exists("dist/bog/s/c.html"));
    assert_eq!(desk.read("dist/bog/s/egen.txt"), "min");
}

#[test]
fn a_build_with_nothing_to_do_is_not_done_unless_forced() {
    let desk = Desk::with_handbook();
    // The time of an entry's last change cannot be set back.
    std::thread::sleep(Duration::from_millis(2100));
    desk.run("build bog").is_clean();
    let stamps =
        || fs::read_dir(desk.at("cache/vaert")).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    assert_eq!(stamps().len(), 1);
    let time = || stamps()[0].metadata().unwrap().modified().unwrap();
    let written = time();
    let again = desk.run("build bog");
    again.is_clean();
    assert!(again.out.contains(" 0 files written"), "{}", again.out);
    assert_eq!(time(), written, "the build was done");
    desk.run("build bog --force").is_clean();
    assert_ne!(time(), written, "the build was not done");
    // A change that leaves size and time as they were is seen all the same.
    let page = desk.at("bog/index.md");
    let (text, modified) = (fs::read_to_string(&page).unwrap(), page.metadata().unwrap().modified().unwrap());
    fs::write(&page, text.replacen('a', "e", 1)).unwrap();
    File::options().append(true).open(&page).unwrap().set_times(FileTimes::new().set_modified(modified)).unwrap();
    let changed = desk.run("build bog");
    assert!(!changed.out.contains(" 0 files written"), "{}", changed.out);
}

#[test]
fn a_file_that_was_changed_in_the_edition_is_put_right() {
    let desk = Desk::with_handbook();
    std::thread::sleep(Duration::from_millis(2100));
    desk.run("build bog").is_clean();
    let whole = desk.read("dist/bog/index.html");
    desk.write("dist/bog/index.html", "ødelagt");
    desk.run("build bog").is_clean();
    assert_eq!(desk.read("dist/bog/index.html"), whole);
    fs::remove_file(desk.at("dist/bog/404.html")).unwrap();
    desk.run("build bog").is_clean();
    assert!(desk.exists("dist/bog/404.html"));
}

#[test]
fn a_build_with_nothing_to_do_sees_what_is_amiss_in_the_edition() {
    let desk = Desk::with_handbook();
    let stamped = || {
        std::thread::sleep(Duration::from_millis(2100));
        desk.run("build bog --force").is_clean();
    };
    stamped();
    // A staged file that a killed run left.
    desk.write("dist/bog/.vaert-staging/0", "rest");
    desk.run("build bog").is_clean();
    assert!(!desk.exists("dist/bog/.vaert-staging"));

    // A page of a killed run that never got its assets: listed in the manifest, but no part of the edition.
    stamped();
    let manifest = desk.read("dist/bog/.vaert-manifest");
    desk.write("dist/bog/.vaert-manifest", format!("{manifest}oevelser/halv.html\n"));
    desk.write("dist/bog/oevelser/halv.html", "<img src=\"findes-ikke.png\">");
    desk.run("build bog").is_clean();
    assert!(!desk.exists("dist/bog/oevelser/halv.html"));
    assert_eq!(desk.read("dist/bog/.vaert-manifest"), manifest);

    // Without the manifest, nothing says whose the files are.
    stamped();
    fs::remove_file(desk.at("dist/bog/.vaert-manifest")).unwrap();
    let ran = desk.run("build bog");
    assert!(ran.code == 2 && ran.err.contains("did not write"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn an_output_that_was_changed_with_size_and_time_kept_is_put_right() {
    let desk = Desk::with_handbook();
    std::thread::sleep(Duration::from_millis(2100));
    desk.run("build bog").is_clean();
    let page = desk.at("dist/bog/index.html");
    let whole = fs::read(&page).unwrap();
    let modified = page.metadata().unwrap().modified().unwrap();
    let keep_time = |path: &std::path::Path| {
        File::options().append(true).open(path).unwrap().set_times(FileTimes::new().set_modified(modified)).unwrap();
    };
    let other = vec![b'x'; whole.len()];
    // The page is changed in place, and replaced by another file.
    fs::write(&page, &other).unwrap();
    keep_time(&page);
    desk.run("build bog").is_clean();
    assert!(fs::read(&page).unwrap() == whole);
    let beside = desk.at("dist/andet");
    fs::write(&beside, &other).unwrap();
    keep_time(&beside);
    fs::rename(&beside, &page).unwrap();
    keep_time(&page);
    desk.run("build bog").is_clean();
    assert!(fs::read(&page).unwrap() == whole);
}

/// Kills builds of every kind at every moment: if the next plain build says that it is done, the edition must be
/// complete.
#[cfg(unix)]
#[test]
fn after_builds_that_were_killed_a_plain_build_completes_the_edition() {
    let desk = Desk::with_handbook();
    std::thread::sleep(Duration::from_millis(2100));
    desk.run("build bog --out hel").is_clean();
    let content = |folder: &str| files(&desk, folder).into_iter().map(|(path, (bytes, _))| (path, bytes));
    let whole: BTreeMap<_, _> = content("hel/bog").collect();
    let mut random = Random::new(64);
    let started = std::time::Instant::now();
    desk.run("build bog --out hel --force").is_clean();
    let longest = started.elapsed();
    for round in 0..32 {
        if round % 8 == 0 {
            let _ = fs::remove_dir_all(desk.at("dist"));
        }
        let options = ["", " --audience all", " --force", " --audience all --force"][round % 4];
        // Each build gets something to do.
        let _ = fs::remove_file(desk.at(["dist/bog/index.html", "dist/bog/404.html"][round % 2]));
        let quiet = Stdio::null;
        let mut child = desk.command(&format!("build bog{options}")).stdout(quiet()).stderr(quiet()).spawn().unwrap();
        std::thread::sleep(longest.mul_f64(random.below(1200) as f64 / 1000.0));
        child.kill().unwrap();
        child.wait().unwrap();
        if round % 3 == 0 {
            desk.run("build bog").is_clean();
            assert!(content("dist/bog").collect::<BTreeMap<_, _>>() == whole, "round {round}");
            assert!(!desk.exists("dist/bog/.vaert-staging"));
        }
    }
}

/// Stops another build after each single change on disk, so that it leaves no more behind than these changes.
#[test]
fn after_each_change_of_a_build_that_was_stopped_a_plain_build_completes_the_edition() {
    let desk = Desk::with_handbook();
    std::thread::sleep(Duration::from_millis(2100));
    desk.run("build bog").is_clean();
    let content = || files(&desk, "dist/bog").into_iter().map(|(path, (bytes, _))| (path, bytes));
    let whole: BTreeMap<String, Vec<u8>> = content().collect();
    let mut other = whole.clone();
    other.remove("404.html");
    other.insert("index.html".to_owned(), b"<img src=\"ny.svg\">".to_vec());
    other.insert("nyt/side.html".to_owned(), b"<img src=\"../ny.svg\">".to_vec());
    other.insert("ny.svg".to_owned(), b"<svg/>".to_vec());
    let planned: Vec<Arc<str>> = other.keys().map(|path| path.as_str().into()).collect();
    for taken in 0.. {
        let writer = Writer::open(&desk.at("dist/bog"), &planned, Part::Site).unwrap();
        for (path, bytes) in &other {
            let content = OutputContent::Bytes(bytes.as_slice().into());
            writer.put(&Output { path: path.as_str().into(), content }).unwrap();
        }
        let steps = writer.steps();
        steps[..taken.min(steps.len())].iter().for_each(|step| step.take().unwrap());
        drop(writer);
        desk.run("build bog").is_clean();
        assert!(content().collect::<BTreeMap<_, _>>() == whole, "stopped after {taken}");
        if taken >= steps.len() {
            assert!(taken > 5, "{taken}");
            break;
        }
    }
}

#[test]
fn a_section_that_is_called_print_is_none_of_the_print_outs() {
    let pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n\
        trailer<</Root 1 0 R>>\n";
    let desk = Desk::with_files(&[
        ("index.md", "# A\n"),
        ("print/b.md", "# B\n\n[Bilag](handout-b.pdf)\n"),
        ("print/c.md", "# C\n"),
        ("print/handout-b.pdf", pdf),
    ]);
    desk.run("build bog").is_clean();
    let attached = || files(&desk, "dist/bog").into_keys().find(|path| path.starts_with("print/handout-b."));
    assert!(attached().is_some());
    fs::remove_file(desk.at("bog/print/c.md")).unwrap();
    desk.run("build bog").is_clean();
    assert!(!desk.exists("dist/bog/print/c.html") && desk.exists("dist/bog/print/b.html"));
    if cfg!(feature = "pdf") {
        desk.run("print bog").is_clean();
        assert!(desk.exists("dist/bog/print/booklet.pdf") && desk.exists("dist/bog/print/b.html"));
        assert!(attached().is_some());
    }
    desk.write("bog/print/b.md", "# B\n");
    desk.run("build bog").is_clean();
    assert_eq!(attached(), None);
    assert_eq!(desk.exists("dist/bog/print/booklet.pdf"), cfg!(feature = "pdf"));
}

#[cfg(feature = "pdf")]
#[test]
fn a_plain_build_after_one_with_print_outs_links_to_none_and_leaves_them_alone() {
    let desk = Desk::with_handbook();
    desk.run("build bog --pdf").is_clean();
    let print_outs = files(&desk, "dist/bog/print");
    assert!(print_outs.len() > 2 && desk.read("dist/bog/index.html").contains("print.html"));
    for force in ["", " --force", ""] {
        desk.run(&format!("build bog{force}")).is_clean();
        assert!(files(&desk, "dist/bog/print") == print_outs);
        assert!(!desk.exists("dist/bog/print.html") && !desk.read("dist/bog/index.html").contains("print.html"));
    }
    // They are still listed: the next build with print-outs has none to write.
    desk.run("build bog --pdf").is_clean();
    assert!(files(&desk, "dist/bog/print") == print_outs && desk.exists("dist/bog/print.html"));
}

#[cfg(feature = "pdf")]
#[test]
fn the_print_outs_of_what_is_withdrawn_go_with_a_plain_build_too() {
    let desk = Desk::with_handbook();
    let exercise = "---\nwhen: between\nminutes: 5\nprinciples: principper/se-gaesten\n---\n\n# Ny\n\nTekst.\n";
    for withdrawn in ["draft: true", "audience: facilitator", "print: false"] {
        desk.write("bog/oevelser/ny.md", exercise);
        desk.run("build bog --pdf").is_clean();
        assert!(desk.exists("dist/bog/print/handout-ny.pdf"));
        desk.write("bog/oevelser/ny.md", exercise.replacen("---\n", &format!("---\n{withdrawn}\n"), 1));
        let ran = desk.run("build bog");
        assert!(ran.code == 0 && ran.err.starts_with("removed print/booklet.pdf, "), "{withdrawn}: {}", ran.err);
        assert!(!desk.exists("dist/bog/print/handout-ny.pdf") && !desk.exists("dist/bog/print/booklet.pdf"));
    }
}

#[cfg(unix)]
#[test]
fn a_killed_build_leaves_every_file_whole_and_the_next_completes_it() {
    let desk = Desk::with_handbook();
    for at in 0..300 {
        desk.write(
            &format!("bog/oevelser/oe-{at}.md"),
            format!("---\nwhen: between\nminutes: 5\n---\n\n{}\n", "Vi øver os. ".repeat(200)),
        );
    }
    let mut expected: Vec<Files> = Vec::new();
    for version in ["Første", "Anden"] {
        desk.write("bog/handbook.yaml", settings(&desk, version));
        assert_eq!(desk.run("build bog --force --out hel").code, 0);
        expected.push(files(&desk, "hel/bog"));
    }
    let mut random = Random::new(7);
    for round in 0..10 {
        desk.write("bog/handbook.yaml", settings(&desk, ["Første", "Anden"][round % 2]));
        let quiet = Stdio::null;
        let mut child = desk.command("build bog --force").stdout(quiet()).stderr(quiet()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(random.below(1500) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        if desk.exists("dist/bog") {
            for (path, (bytes, _)) in files(&desk, "dist/bog") {
                let is_whole = expected.iter().any(|files| files.get(&path).is_some_and(|(whole, _)| *whole == bytes));
                assert!(is_whole, "{path} is not whole after round {round}");
            }
        }
    }
    assert_eq!(desk.run("build bog --force").code, 0);
    let content = |files: Files| files.into_iter().map(|(path, (bytes, _))| (path, bytes)).collect::<BTreeMap<_, _>>();
    assert!(content(files(&desk, "dist/bog")) == content(expected.remove(1)));
    assert!(!desk.exists("dist/bog/.vaert-staging"));
}

#[cfg(unix)]
fn settings(desk: &Desk, title: &str) -> String {
    let text = desk.read("bog/handbook.yaml");
    text.lines()
        .map(|line| if line.starts_with("title:") { format!("title: {title}\n") } else { format!("{line}\n") })
        .collect()
}

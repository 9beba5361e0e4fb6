//! A publish that is stopped, at each moment and at any: pages open with what they need, and the next run completes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use vaert::output::{Output, OutputContent};
use vaert::write::{Claim, Step, Writer};

use super::{missing_assets, tree};
use crate::desk::Desk;
use crate::handbook::Handbook;
use crate::random::Random;

const DRAWING: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><circle cx=\"2\" cy=\"2\" r=\"RADIUS\"/></svg>\n";

/// Two handbooks of which one is the other's next version: pages, pictures, colours and folders come, change and go.
fn versions() -> [Handbook; 2] {
    let drawing = |radius: &str| DRAWING.replace("RADIUS", radius);
    let first = Handbook::new()
        .file("index.md", "# Forside\n\n![Plan](plan.svg)\n")
        .file("plan.svg", &drawing("1"))
        .file("a/en.md", "# En\n\n![Kun her](kun-her.svg)\n")
        .file("a/kun-her.svg", &drawing("1.5"))
        .file("a/to.md", "# To\n\nTekst.\n")
        .file("gammel/side.md", "# Side\n\n![Kun her](tegning.svg)\n")
        .file("gammel/tegning.svg", &drawing("1.7"))
        .theme_file("theme.yaml", "colors: { primary: \"#0b3d2e\" }\n")
        .theme_file("assets/egen.css", ".hero { background: url(moenster.svg); }\n")
        .theme_file("assets/moenster.svg", &drawing("0.2"));
    let second = Handbook::new()
        .file("index.md", "# Forside\n\n![Plan](plan.svg)\n\nNyt.\n")
        .file("plan.svg", &drawing("2"))
        .file("a/to.md", "# To\n\nEn ny tekst. ![Ny](ny.svg)\n")
        .file("a/ny.svg", &drawing("1.2"))
        .file("a/tre.md", "# Tre\n\nTekst.\n")
        .file("ny/side.md", "# Side\n\n![Ny](../a/ny.svg)\n")
        .theme_file("theme.yaml", "colors: { primary: \"#5a1f3d\" }\n")
        .theme_file("assets/egen.css", ".hero { background: url(moenster.svg); }\n")
        .theme_file("assets/moenster.svg", &drawing("0.3"));
    [first, second]
}

type Site = BTreeMap<String, Vec<u8>>;

fn site(handbook: &Handbook) -> Site {
    let built = handbook.build();
    built.assert_clean();
    built.outputs
}

fn staged(folder: &Path, site: &Site) -> Writer {
    let planned: Vec<Arc<str>> = site.keys().map(|path| path.as_str().into()).collect();
    let writer = Writer::publish(folder, &planned, Claim { edition: "proeve", force: false }).unwrap();
    for (path, bytes) in site {
        writer
            .put(&Output { path: path.as_str().into(), content: OutputContent::Bytes(bytes.as_slice().into()) })
            .unwrap();
    }
    writer
}

fn publish(folder: &Path, site: &Site) {
    staged(folder, site).commit().unwrap();
}

#[test]
fn after_each_single_change_on_disk_every_page_has_what_it_needs() {
    let [first, second] = versions().map(|version| site(&version));
    for (before, after) in [(None, &first), (Some(&first), &second), (Some(&second), &first)] {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("www");
        before.iter().for_each(|site| publish(&folder, site));
        let writer = staged(&folder, after);
        let steps = writer.steps();
        assert!(steps.len() > 15, "{} steps", steps.len());
        for (number, step) in steps.iter().enumerate() {
            step.take().unwrap();
            let missing = missing_assets(&folder);
            assert!(missing.is_empty(), "after step {number}, {step:?}: {missing:#?}");
        }
        drop(writer);
        assert_eq!(tree(&folder), *after);
    }
}

#[test]
fn stopped_after_any_number_of_changes_the_next_run_completes_it() {
    let [first, second] = versions().map(|version| site(&version));
    let temp = tempfile::tempdir().unwrap();
    let mut stopped = 0;
    for before in [None, Some(&first)] {
        for taken in 0.. {
            let folder = temp.path().join(format!("www{}-{taken}", before.is_some()));
            before.iter().for_each(|site| publish(&folder, site));
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("fremmed.txt"), "min").unwrap_or_default();
            if before.is_none() {
                fs::remove_file(folder.join("fremmed.txt")).unwrap();
            }
            let writer = staged(&folder, &second);
            let steps = writer.steps();
            steps[..taken.min(steps.len())].iter().for_each(|step| step.take().unwrap());
            drop(writer);
            // What comes next is not always what was stopped.
            let next = if taken % 2 == 0 { &second } else { &first };
            publish(&folder, next);
            let mut there = tree(&folder);
            there.remove("fremmed.txt");
            assert_eq!(there, *next, "stopped after {taken} of {}", steps.len());
            assert_eq!(folder.join("fremmed.txt").exists(), before.is_some());
            assert!(!folder.join(".vaert-staging").exists());
            stopped += 1;
            if taken >= steps.len() {
                break;
            }
        }
    }
    assert!(stopped > 45, "{stopped}");
}

#[test]
fn assets_come_before_pages_new_pages_before_old_and_pages_leave_before_their_assets() {
    let [first, second] = versions().map(|version| site(&version));
    let temp = tempfile::tempdir().unwrap();
    publish(temp.path(), &first);
    let writer = staged(temp.path(), &second);
    let steps = writer.steps();
    let kind = |step: &Step| match step {
        Step::List { .. } => 0,
        Step::MakeFolder(_) => 1,
        Step::Place { target, .. } if target.extension().is_none_or(|extension| extension != "html") => 2,
        Step::Place { target, .. } if !target.exists() => 3,
        Step::Place { .. } => 4,
        Step::Remove(file) if file.extension().is_some_and(|extension| extension == "html") => 5,
        Step::Remove(_) => 6,
        Step::RemoveFolder(_) | Step::RemoveEmptyTree(_) => 7,
    };
    let kinds: Vec<i32> = steps.iter().map(kind).collect();
    assert_eq!((kinds[0], kinds[kinds.len() - 1]), (0, 0), "the manifest comes first and last");
    let between = &kinds[1..kinds.len() - 1];
    assert!(between.is_sorted(), "{kinds:?}");
    assert!((1..=7).all(|kind| between.contains(&kind)), "{kinds:?}");
}

#[test]
fn killed_at_fifty_moments_the_site_opens_and_the_next_run_completes_it() {
    let desk = Desk::new();
    let mut random = Random::new(50);
    let versions = versions();
    let run = |at: &str| desk.run(&format!("publish {at} --to www")).is_clean();
    for (name, version) in ["en/bog", "to/bog"].iter().zip(&versions) {
        fs::create_dir_all(desk.at(name)).unwrap();
        version.write_to(&desk.at(name));
    }
    let started = Instant::now();
    run("en/bog");
    let whole = started.elapsed();
    let mut killed = 0;
    let mut runs = 0;
    // A run that was done before it could be killed is none of the fifty.
    while killed < 50 {
        assert!(runs < 1000, "only {killed} of {runs} runs were killed before they were done");
        let moment = runs;
        runs += 1;
        let next = ["to/bog", "en/bog"][moment % 2];
        let mut command = desk.command(&format!("publish {next} --to www"));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if moment % 3 == 0 {
            std::thread::sleep(whole.mul_f64(random.below(1000) as f64 / 1000.0));
        } else {
            // In the midst of putting things in place: when so many of the files that wait are gone.
            wait_until_placed(&desk.at("www/.vaert-staging"), random.below(40), whole * 20, &mut child);
        }
        // By SIGKILL, which nothing can be done about.
        let _ = child.kill();
        killed += usize::from(!child.wait().unwrap().success());
        let missing = missing_assets(&desk.at("www"));
        assert!(missing.is_empty(), "killed at moment {moment}: {missing:#?}");
    }
    for (number, name) in ["en/bog", "to/bog"].iter().enumerate() {
        run(name);
        let fresh = format!("fresh{number}");
        desk.run(&format!("publish {name} --to {fresh}")).is_clean();
        assert_eq!(tree(&desk.at("www")), tree(&desk.at(&fresh)));
    }
}

/// Waits until the most files that were seen to wait in `staging` have become `count` fewer, or the child has ended.
fn wait_until_placed(staging: &Path, count: usize, longest: Duration, child: &mut std::process::Child) {
    let started = Instant::now();
    let mut most = 0;
    while started.elapsed() < longest && child.try_wait().unwrap().is_none() {
        let waiting = fs::read_dir(staging).map_or(0, Iterator::count);
        most = most.max(waiting);
        if most > 10 && waiting + count <= most && waiting < most {
            return;
        }
    }
}

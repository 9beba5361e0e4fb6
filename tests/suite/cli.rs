//! The program as it is called: what it prints, writes and exits with.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::desk::Desk;

#[test]
fn a_new_handbook_builds_without_a_warning_in_both_languages() {
    for language in ["da", "en"] {
        let desk = Desk::new();
        desk.run(&format!("init bog --language {language}")).is_clean();
        desk.run("check bog --audience all --strict").is_clean();
        let built = desk.run("build bog");
        built.is_clean();
        assert!(built.out.starts_with("dist/bog: ") && built.out.contains(" pages, "), "{}", built.out);
        assert!(desk.exists("dist/bog/index.html"));
        assert!(built.out.contains("\nopen dist/bog/index.html in a browser"), "{}", built.out);
    }
}

#[test]
fn what_init_says_to_do_next_can_be_pasted_into_a_shell() {
    let desk = Desk::new();
    let made = desk.command("init").arg("vores håndbog").output().unwrap();
    assert!(String::from_utf8(made.stdout).unwrap().contains("`vaert build \"vores håndbog\"`"));
    assert!(desk.run("init bøger/ny").out.contains("`vaert build bøger/ny`"));
}

#[test]
fn init_overwrites_nothing() {
    let desk = Desk::new();
    desk.write("index.md", "min");
    let ran = desk.run("init");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`./index.md` already"), "{}", ran.err);
    assert!(!desk.exists("handbook.yaml"));
    let desk = Desk::with_handbook();
    assert!(desk.run("init bog").err.contains("a handbook in `bog` already"));
}

#[test]
fn a_site_built_into_the_handbooks_own_folder_is_not_read_back() {
    let desk = Desk::new();
    desk.run("init").is_clean();
    desk.run("build").is_clean();
    let again = desk.run("build --force");
    again.is_clean();
    assert!(again.out.contains(" 0 files written"), "{}", again.out);
}

#[test]
fn a_new_item_builds_without_a_warning() {
    let desk = Desk::with_handbook();
    for kind in ["page", "exercise", "case", "conclusion", "workshop", "indicator"] {
        let ran = desk.run(&format!("new {kind} Kameraet --handbook bog"));
        ran.is_clean();
        assert!(desk.exists(ran.out.trim()), "{}", ran.out);
    }
    let checked = desk.run("check bog --strict");
    checked.is_clean();
    assert!(checked.out.contains(", nothing to mend, "), "{}", checked.out);
    let exercise = fs::read_to_string(desk.path().join("bog/oevelser/kameraet.md")).unwrap();
    assert!(exercise.contains("order: 3\n") && exercise.contains("principles: [principper/se-gaesten]"), "{exercise}");
}

#[test]
fn a_new_item_that_needs_more_than_its_file_says_so() {
    let desk = Desk::with_handbook();
    for (kind, next) in [("principle", "`principper/kameraet`"), ("concept", "`begreber/kameraet`")] {
        let ran = desk.run(&format!("new {kind} Kameraet --handbook bog"));
        assert_eq!(ran.code, 0);
        assert!(ran.err.starts_with("next: ") && ran.err.contains(next), "{}", ran.err);
    }
}

#[test]
fn a_title_of_several_words_needs_no_quotes() {
    let desk = Desk::with_handbook();
    let ran = desk.run("new exercise Kaffe på kanden --handbook bog");
    ran.is_clean();
    assert_eq!(ran.out, "bog/oevelser/kaffe-paa-kanden.md\n");
    let text = fs::read_to_string(desk.path().join("bog/oevelser/kaffe-paa-kanden.md")).unwrap();
    assert!(text.contains("title: \"Kaffe på kanden\"\n"), "{text}");
}

#[test]
fn faults_come_with_the_way_to_their_explanation() {
    let desk = Desk::with_handbook();
    desk.write("bog/index.md", "[væk](findes-ikke.md)\n");
    let ran = desk.run("check bog");
    assert!(ran.err.ends_with("\nmore on a code: `vaert explain broken-link`\n\n"), "{}", ran.err);
    assert!(!desk.run("check bog --format short").err.contains("more on a code"));
}

#[test]
fn new_refuses_a_taken_id_a_kind_without_section_and_an_empty_name() {
    let desk = Desk::with_handbook();
    fs::rename(desk.path().join("bog/oevelser/det-foerste-blik.md"), desk.path().join("bog/oevelser/01-Blik.md"))
        .unwrap();
    let settings = fs::read_to_string(desk.path().join("bog/handbook.yaml")).unwrap();
    desk.write("bog/handbook.yaml", settings.replace("kind: page", "kind: case"));
    for (arguments, said) in [
        ("new exercise blik --handbook bog", "oevelser/01-Blik.md"),
        ("new page Om --handbook bog", "no section of kind `page`"),
        ("new case »!« --handbook bog", "letters or digits"),
    ] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

#[test]
fn a_handbook_with_errors_is_written_only_when_asked_to_keep_going() {
    let desk = Desk::with_handbook();
    desk.write(
        "bog/oevelser/blå.md",
        b"---\nwhen: between\nminutes: 5\nprinciples: principper/se-gaesten\n---\nbl\xe5",
    );
    let ran = desk.run("build bog --format short");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("bog/oevelser/blå.md:6:3: error[not-utf8]"), "{}", ran.err);
    assert!(ran.err.contains("`bog` was not written: 1 error"), "{}", ran.err);
    assert!(!desk.exists("dist"));
    let ran = desk.run("build bog --keep-going");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains(", 1 error, "), "{}", ran.out);
    assert!(desk.exists("dist/bog/index.html"));
}

#[test]
fn a_template_that_fails_on_one_page_leaves_the_edition_as_it_was() {
    let desk = Desk::with_handbook();
    desk.run("build bog").is_clean();
    let manifest = fs::read(desk.path().join("dist/bog/.vaert-manifest")).unwrap();
    let settings = fs::read_to_string(desk.path().join("bog/handbook.yaml")).unwrap();
    desk.write("bog/handbook.yaml", format!("{settings}theme: tema\n"));
    fs::create_dir_all(desk.path().join("bog/tema/templates")).unwrap();
    desk.write("bog/tema/templates/404.html", "{{ findes_ikke.slet_ikke }}");
    for command in ["build bog --format short", "check bog --format short"] {
        let ran = desk.run(command);
        assert_eq!(ran.code, 1, "{}", ran.out);
        assert!(ran.err.contains("tema/templates/404.html:1:4: error[template-error]"), "{}", ran.err);
    }
    assert!(desk.exists("dist/bog/index.html") && !desk.exists("dist/bog/.vaert-staging"));
    assert_eq!(fs::read(desk.path().join("dist/bog/.vaert-manifest")).unwrap(), manifest);
}

#[test]
fn both_editions_are_built_and_a_shared_fault_is_told_once() {
    let desk = Desk::with_handbook();
    desk.run("build bog --audience all").is_clean();
    assert!(desk.exists("dist/bog/index.html") && desk.exists("dist/bog-facilitator/index.html"));
    desk.write("bog/index.md", b"\xff");
    let ran = desk.run("check bog --audience all --format short");
    assert_eq!((ran.code, ran.err.matches("[not-utf8]").count()), (1, 1), "{}", ran.err);
}

#[test]
fn of_a_slip_that_is_made_a_thousand_times_the_first_hundred_are_shown() {
    let desk = Desk::with_files(&[("index.md", &format!("# A\n\n{}\n", "{ukendt} ".repeat(1000))), ("b.md", "{x}")]);
    let ran = desk.run("check bog");
    assert_eq!((ran.code, ran.err.matches("unknown term `{ukendt}`").count()), (1, 100));
    assert!(ran.err.contains("\n… and 900 more `unknown-term` in `bog/index.md`: `--format short`"), "{}", ran.err);
    assert!(ran.out.contains("1001 errors") && ran.err.contains("`{x}`"), "{}", ran.out);
    assert_eq!(desk.run("check bog --format short").err.matches("`{ukendt}`").count(), 1000);
}

#[test]
fn json_is_one_object_a_line() {
    let desk = Desk::with_handbook();
    desk.write("bog/index.md", b"\xff");
    let ran = desk.run("build bog --keep-going --format json");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let lines: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["code"] == "not-utf8"));
    let summary = lines.last().unwrap();
    assert_eq!((&summary["edition"], &summary["folder"]), (&"bog".into(), &"dist/bog".into()));
    assert!(summary["written"].as_u64().unwrap() > 0);
}

#[test]
fn a_build_with_nothing_to_do_knows_it_and_any_change_is_seen() {
    let desk = Desk::with_handbook();
    // What was made just now could still change unseen.
    std::thread::sleep(Duration::from_millis(2100));
    let stamps = || fs::read_dir(desk.path().join("cache/vaert")).map_or(0, Iterator::count);
    desk.run("build bog").is_clean();
    assert_eq!(stamps(), 1);
    let page = desk.path().join("dist/bog/index.html");
    let built = fs::read_to_string(&page).unwrap();

    let again = desk.run("build bog");
    again.is_clean();
    assert!(again.out.contains(" 0 files written"), "{}", again.out);

    fs::write(&page, "ødelagt").unwrap();
    assert!(desk.run("build bog").out.contains(" 1 file written"));
    assert_eq!(fs::read_to_string(&page).unwrap(), built);

    desk.write("bog/index.md", "# Ny forside\n");
    desk.run("build bog");
    assert!(fs::read_to_string(&page).unwrap().contains("Ny forside"));
}

#[test]
fn a_cache_that_cannot_be_written_is_done_without() {
    let desk = Desk::with_handbook();
    desk.write("cache", "en fil");
    desk.run("build bog").is_clean();
    desk.run("build bog").is_clean();
}

#[test]
fn what_the_environment_refuses_exits_2_with_a_way_out() {
    let desk = Desk::with_handbook();
    fs::create_dir_all(desk.path().join("dist/bog")).unwrap();
    desk.write("dist/bog/min.txt", "min");
    fs::create_dir_all(desk.path().join("to/bog")).unwrap();
    for file in ["handbook.yaml", "index.md"] {
        fs::copy(desk.path().join("bog").join(file), desk.path().join("to/bog").join(file)).unwrap();
    }
    for (arguments, said) in [
        ("build", "vaert init"),
        ("build findes-ikke", "`findes-ikke`"),
        ("build bog", "did not write"),
        ("build bog to/bog --out ny --keep-going", "two handbooks"),
        ("explain broken-lnk", "did you mean `broken-link`?"),
        ("build bog --out /dev/null/x", "/dev/null/x"),
    ] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, 2, "{arguments}: {}", ran.err);
        assert!(ran.err.contains(said), "{arguments}: {}", ran.err);
    }
    assert_eq!(fs::read_dir(desk.path().join("dist/bog")).unwrap().count(), 1);
}

#[test]
fn colours_come_when_asked_for_only() {
    let desk = Desk::new();
    assert!(!desk.run("build").err.contains('\u{1b}'));
    assert!(desk.run("build --color always").err.contains('\u{1b}'));
    let never = desk.command("build").env("NO_COLOR", "1").output().unwrap();
    assert!(!never.stderr.contains(&0x1b));
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let desk = Desk::new();
    for arguments in ["explain", "completions zsh"] {
        let (read, write) = std::io::pipe().unwrap();
        drop(read);
        let child = desk.command(arguments).stdout(write).stderr(Stdio::piped()).spawn().unwrap();
        let ended = child.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), b"".as_slice()), "{arguments}");
    }
}

#[test]
fn every_code_has_its_page() {
    let desk = Desk::new();
    let list = desk.run("explain").out;
    assert!(list.lines().count() == vaert::diagnostic::Code::ALL.len());
    assert!(desk.run("explain broken-link").out.contains("broken-link"));
}

#[test]
fn a_folder_that_cannot_be_served_is_named() {
    let desk = Desk::new();
    let ran = desk.run("serve findes-ikke");
    assert!(ran.code == 2 && ran.err.contains("`findes-ikke`"), "{}", ran.err);
}

//! Editions of several clients beside each other: built together, held apart, and told when their base moves on.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use vaert::build::{self, Options};
use vaert::cache::Cache;
use vaert::diagnostic::Diagnostic;
use vaert::output::{Output, OutputContent};
use vaert::sweep::{Client, Sweep};

use crate::desk::Desk;
use crate::handbook::{Built, Handbook};

const BASE: &str = "title: Fælles\nterms: { borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] } }\n";
const PNG: &[u8] = include_bytes!("../browser/pictures/phone.png");

fn base() -> Handbook {
    Handbook::new()
        .settings(BASE)
        .file("guide/01-blik.md", "# Blik\n\nSe op, når {borgeren} kommer ind ad døren, og sig altid goddag.\n")
        .file(
            "guide/02-hilsen.md",
            "# Hilsen\n\nEn hilsen behøver ikke være lang for at blive husket.\n\n![Plan](plan.svg)\n",
        )
        .file("guide/plan.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>")
}

fn library() -> Handbook {
    let yaml =
        "brand: { organisation: \"Nordby & Omegns Bibliotek\", contact: Karla Bruun }\nprivate: [Projekt Ravn]\n";
    Handbook::new()
        .settings(yaml)
        .extending(&base(), "bibliotek")
        .file("guide/03-reol.md", "---\nmoved_from: [guide/den-gamle-reol]\n---\n\n# Reolen\n\nVi går altid med hen til reolen, også når køen er lang.\n\nProjekt Ravn begynder til maj.\n\n![Foto](foto.png)\n")
        .bytes("guide/foto.png", PNG)
}

fn museum() -> Handbook {
    let terms =
        "terms: { borger: { gender: en, forms: [gæst, gæsten, gæster, gæsterne] } }\nbrand: { organisation: Museet }\n";
    Handbook::new()
        .settings(terms)
        .extending(&base(), "museum")
        .file("guide/03-montre.md", "# Montren\n\nEn gæst må gerne stå længe foran den samme montre hos os.\n")
}

/// Sweeps the two, with `strays` among the museum's outputs.
fn sweep(library: &Handbook, museum: &Handbook, strays: &[(&str, &[u8])]) -> Vec<Diagnostic> {
    let snapshots = [library.snapshot(), museum.snapshot()];
    let sweep = Sweep::new(vec![Client::new(&snapshots[0], "bibliotek"), Client::new(&snapshots[1], "museum")]);
    let cache = Cache::for_editions(2);
    for (at, snapshot) in snapshots.iter().enumerate() {
        let build = build::build(snapshot, &cache, &Options::default());
        let look = |output: Output| sweep.look(at, &output);
        build.search_files(&cache).into_iter().for_each(look);
        build.print_views().for_each(look);
        build.render(&cache, &look);
    }
    for (path, bytes) in strays {
        sweep.look(1, &Output { path: (*path).into(), content: OutputContent::Bytes((*bytes).into()) });
    }
    sweep.finish().unwrap()
}

#[test]
fn editions_of_one_base_hold_nothing_of_each_other() {
    assert_eq!(sweep(&library(), &museum(), &[]), []);
}

#[test]
fn whatever_way_a_clients_words_travel_they_are_found() {
    let built = library().build();
    let page = built.outputs["guide/reol.html"].clone();
    let search: Vec<u8> = built.outputs.iter().find(|(path, _)| path.starts_with("search/")).unwrap().1.clone();
    let (photo_path, photo) = built.outputs.iter().find(|(path, _)| path.ends_with(".png")).unwrap();
    let ways: &[(&str, &str, &[u8])] = &[
        ("a cached page", "guide/montre.html", &page),
        ("a search shard", "search/start.js", &search),
        ("a shared asset", "guide/andet.png", photo),
        ("a sentence", "a.html", "<p>Nej. Vi går altid med hen til reolen, også når køen er lang</p>".as_bytes()),
        ("a private word", "a.html", b"<p>Om Projekt Ravn.</p>"),
        ("a private word in capitals", "a.html", b"<h1>PROJEKT RAVN</h1>"),
        ("a private word as an address", "projekt-ravn.html", b""),
        ("the organisation as HTML", "a.html", b"<meta content=\"Nordby &amp; Omegns Bibliotek\">"),
        ("the organisation as JSON", "a.js", "f(\"Nordby & Omegns Bibliotek\")".as_bytes()),
        ("a contact in a PDF's metadata", "print/a.pdf", b"%PDF-1.7\n/Author (Karla Bruun)\n\xff\xfe"),
        ("an image's metadata", "a.jpg", b"\xff\xd8\xff\xfe\x00\x20Projekt Ravn\xff\xd9"),
        ("a redirect's old name", "guide/den-gamle-reol.html", b"<html></html>"),
        (
            "a link to an item",
            "sitemap.xml",
            b"<loc>https://x.dk/guide/reolen</loc><loc>https://x.dk/guide/den-gamle-reol.html</loc>",
        ),
    ];
    for (way, path, bytes) in ways {
        let found = sweep(&library(), &museum(), &[(*path, *bytes)]);
        assert!(!found.is_empty(), "{way} was not found");
        assert!(
            found.iter().all(|fault| fault.code().name() == "leak" && fault.labels[0].path.starts_with("bibliotek/")),
            "{way}: {found:?}"
        );
    }
    assert!(photo_path.starts_with("guide/foto."));
}

#[test]
fn what_is_part_of_another_word_or_said_by_both_is_no_leak() {
    let both = "# A\n\nVi går altid med hen til reolen, også når køen er lang.\n";
    assert_eq!(sweep(&library(), &museum().file("guide/04-a.md", both), &[]), []);
    let stray: &[(&str, &[u8])] = &[("a.html", b"<p>Projekt Ravnebakken</p>")];
    assert_eq!(sweep(&library(), &museum(), stray), []);
}

#[test]
fn a_private_word_that_every_search_knows_is_found_only_where_it_is_said() {
    let yaml = "private: [Museet]\nbrand: { organisation: Museet }\n";
    assert_eq!(sweep(&library(), &museum().settings(yaml), &[]), []);
    let said = library().file("guide/04-a.md", "# A\n\nSom i museet.\n");
    let found = sweep(&said, &museum().settings(yaml), &[]);
    assert!(found.iter().all(|fault| fault.labels[0].path.starts_with("museum/")) && !found.is_empty(), "{found:?}");
}

#[test]
fn a_private_word_that_another_writes_itself_is_told_with_both_places() {
    let museum = museum().file("guide/04-a.md", "# A\n\nSom i Projekt Ravn.\n");
    let found = sweep(&library(), &museum, &[]);
    let places: Vec<&str> = found[0].labels.iter().map(|label| &*label.path).collect();
    assert_eq!(places, ["bibliotek/handbook.yaml", "museum/guide/04-a.md"]);
}

#[test]
fn a_sweep_that_sees_nothing_of_an_edition_fails() {
    let snapshots = [library().snapshot(), museum().snapshot()];
    let sweep = Sweep::new(vec![Client::new(&snapshots[0], "bibliotek"), Client::new(&snapshots[1], "museum")]);
    let blind = sweep.finish().unwrap_err();
    assert!(blind.to_string().contains("any sentence of `bibliotek`"), "{blind}");
}

#[test]
fn a_cache_that_other_editions_filled_changes_no_byte_and_no_word() {
    let mut shared = Cache::for_editions(2);
    let broken = museum().file("guide/05-x.md", "# X\n\n{brger} [her nede](ingen.md)\n").keep_going();
    for handbook in [library(), museum(), broken.clone(), library().facilitator(), museum()] {
        let (warm, cold) = (handbook.build_with(&mut shared), handbook.build());
        assert!(warm.outputs == cold.outputs && warm.report() == cold.report());
    }
    let report = broken.build_with(&mut shared).report();
    assert!(report.contains("did you mean `{borger}`"), "{report}");
    for words in ["Ravn", "Nordby", "reol", "bibliotek"] {
        assert!(!report.contains(words), "{report}");
    }
}

#[test]
fn after_edits_in_base_and_edition_a_warm_build_equals_a_cold_one() {
    let mut warm = Cache::for_many_builds();
    let merged = "---\nbase: merge\n---\n\nHos os.\n\n![[base]]\n";
    let with = |base: Handbook| museum().extending(&base, "museum");
    let steps = [
        with(base()),
        with(base()).file("guide/01-blik.md", merged),
        with(base().file("guide/01-blik.md", "# Blikket\n\nSe ned, {borger}.\n")).file("guide/01-blik.md", merged),
        with(base().file("guide/01-blik.md", "# Blikket\n\nSe [ned](x.md), {borger}.\n"))
            .file("guide/01-blik.md", merged),
        with(base()).settings("omit: [guide/hilsen]\n"),
        with(base()),
    ];
    for (at, step) in steps.iter().enumerate() {
        let (warm, cold): (Built, Built) = (step.build_with(&mut warm), step.build());
        assert!(warm.outputs == cold.outputs && warm.report() == cold.report(), "step {at}");
    }
}

/// A desk with a base and two clients, one of which names the other.
fn clients() -> Desk {
    let desk = Desk::new();
    desk.run("init content").is_clean();
    desk.run("init kunder/nordby --extends content").is_clean();
    desk.run("init kunder/soeby --extends content").is_clean();
    desk
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (entry.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn an_edition_that_init_starts_builds_without_a_warning() {
    let desk = clients();
    assert!(desk.read("kunder/nordby/handbook.yaml").contains("extends: ../../content\n"));
    desk.run("check kunder/nordby kunder/soeby content --strict --audience all").is_clean();
    desk.run("build kunder/nordby").is_clean();
    assert!(desk.read("dist/nordby/index.html").contains("Nordby"));
    assert_eq!(desk.run("init kunder/vestby --extends ingen").code, 2);
    assert!(!desk.exists("kunder/vestby"));
}

#[test]
fn built_together_or_alone_editions_are_the_same() {
    let desk = clients();
    desk.run("build kunder/nordby kunder/soeby content --out alle").is_clean();
    for name in ["nordby", "soeby"] {
        desk.run(&format!("build kunder/{name} --out hver")).is_clean();
        assert!(files(&desk.at(&format!("alle/{name}"))) == files(&desk.at(&format!("hver/{name}"))), "{name}");
    }
}

#[test]
fn one_editions_errors_do_not_stop_the_others() {
    let desk = clients();
    desk.write("kunder/nordby/om/x.md", "# X\n\n[Her nede](ingen.md)\n");
    let ran = desk.run("build kunder/nordby kunder/soeby");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(!desk.exists("dist/nordby") && desk.exists("dist/soeby/index.html"));
    let ran = desk.run("build kunder/ingen kunder/soeby --force");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.out.contains("dist/soeby"), "{}", ran.out);
    assert_eq!(desk.run("check kunder/ingen kunder/nordby").code, 2);
}

#[test]
fn a_fault_in_the_base_is_told_once_for_all_editions() {
    let desk = clients();
    desk.write("content/om/x.md", "# X\n\n[Her nede](ingen.md)\n");
    let ran = desk.run("check kunder/nordby kunder/soeby --format short");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.err.matches("broken-link").count(), 1, "{}", ran.err);
    assert_eq!(ran.out.matches("1 error").count(), 2, "{}", ran.out);
}

#[test]
fn check_of_several_clients_finds_what_is_private_to_another() {
    let desk = clients();
    desk.write("kunder/soeby/om/naboen.md", "# Naboen\n\nDe hilser anderledes i Nordby.\n");
    let ran = desk.run("check kunder/nordby kunder/soeby --format short");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("kunder/nordby/handbook.yaml") && ran.err.contains("error[leak]"), "{}", ran.err);
    assert!(ran.err.contains("`om/naboen.html` and"), "{}", ran.err);
    // Alone, nobody else is known.
    desk.run("check kunder/soeby").is_clean();
}

#[test]
fn a_private_word_that_is_only_printed_is_found() {
    let desk = clients();
    let settings = desk.read("kunder/soeby/handbook.yaml");
    desk.write("kunder/soeby/handbook.yaml", settings + "words: { paper_names: Navne som i Nordby }\n");
    desk.run("build kunder/soeby").is_clean();
    for (path, bytes) in files(&desk.at("dist/soeby")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("Nordby"), "{path} says it, so this is no test of print");
    }
    let ran = desk.run("check kunder/nordby kunder/soeby");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("error[leak]") && ran.err.contains("`print/"), "{}", ran.err);
    assert!(ran.err.contains("kunder/soeby/handbook.yaml"), "the place that it is written at: {}", ran.err);
}

#[test]
fn a_client_folder_inside_the_base_is_no_part_of_it() {
    let desk = Desk::with_files(&[("guide/a.md", "# A\n\nB.\n")]);
    desk.write("bog/kunder/nordby/handbook.yaml", "extends: ../..\n");
    desk.write("bog/kunder/nordby/guide/hemmelig.md", "# Hemmelig\n\nC.\n");
    desk.run("build bog bog/kunder/nordby").is_clean();
    assert!(desk.exists("dist/nordby/guide/hemmelig.html") && desk.exists("dist/nordby/guide/a.html"));
    assert!(
        files(&desk.at("dist/bog")).iter().all(|(path, bytes)| {
            !path.contains("hemmelig") && !String::from_utf8_lossy(bytes).contains("Hemmelig")
        })
    );
}

#[test]
fn a_change_in_any_layer_wakes_the_next_build() {
    let desk = clients();
    desk.run("build kunder/nordby").is_clean();
    desk.write("content/om/ny.md", "# Ny side\n\nNyt.\n");
    desk.run("build kunder/nordby").is_clean();
    assert!(desk.exists("dist/nordby/om/ny.html"));
}

#[test]
fn drift_tells_what_has_changed_below_until_it_is_accepted() {
    let desk = clients();
    let own = "---\nbase: merge\n---\n\nHos os.\n";
    desk.write("kunder/nordby/om/saadan-bruger-i-den.md", own);
    let ran = desk.run("drift kunder/nordby");
    assert!(ran.out.contains("1 replaced item, 0 changed below, 1 not yet accepted"), "{}", ran.out);
    assert!(!desk.exists("kunder/nordby/overrides.lock"));
    desk.run("drift kunder/nordby --accept").is_clean();
    desk.run("check kunder/nordby").is_clean();
    let lock = desk.read("kunder/nordby/overrides.lock");
    desk.run("drift kunder/nordby --accept").is_clean();
    assert_eq!(desk.read("kunder/nordby/overrides.lock"), lock, "accepting what has not changed changes nothing");

    let base = desk.read("content/om/saadan-bruger-i-den.md");
    desk.write("content/om/saadan-bruger-i-den.md", format!("{base}\nHusk kaffen.\n"));
    let ran = desk.run("drift kunder/nordby");
    assert!(
        ran.out.contains("om/saadan-bruger-i-den: `content/om/saadan-bruger-i-den.md` has changed since 20"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("{+Husk kaffen.+}"), "{}", ran.out);
    let ran = desk.run("check kunder/nordby --format short");
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("warning[base-changed]") && ran.err.contains("Husk kaffen."), "{}", ran.err);

    desk.run("drift kunder/nordby --accept").is_clean();
    desk.run("check kunder/nordby").is_clean();
    // An item that is no longer replaced is forgotten.
    fs::remove_file(desk.at("kunder/nordby/om/saadan-bruger-i-den.md")).unwrap();
    desk.run("drift kunder/nordby --accept").is_clean();
    assert!(!desk.read("kunder/nordby/overrides.lock").contains("kaffen"));
}

/// Creates an edition that replaces two of three pages, accepted.
fn accepted() -> Desk {
    let desk = Desk::with_files(&[
        ("index.md", "# Base\n"),
        ("guide/a.md", "# A\n\nFra bunden.\n"),
        ("guide/b.md", "# B\n\nFra bunden.\n"),
    ]);
    desk.write("udgave/handbook.yaml", "extends: ../bog\n");
    for page in ["a", "b"] {
        desk.write(&format!("udgave/guide/{page}.md"), format!("# {page}\n\nVores egen.\n"));
    }
    desk.run("drift udgave --accept").is_clean();
    desk.run("check udgave").is_clean();
    desk
}

#[test]
fn what_the_base_has_dropped_while_the_edition_replaces_it_is_told_until_it_is_accepted() {
    let desk = accepted();
    fs::remove_file(desk.at("bog/guide/a.md")).unwrap();
    let ran = desk.run("drift udgave");
    assert!(
        ran.out.contains("guide/a: `udgave/guide/a.md` replaces nothing any more: the base had it on 20"),
        "{}",
        ran.out
    );
    assert!(ran.out.ends_with("udgave: 1 replaced item, 0 changed below, 1 dropped from the base\n"), "{}", ran.out);
    for command in ["check", "build"] {
        let ran = desk.run(&format!("{command} udgave --format short"));
        assert!(ran.code == 0 && ran.err.contains("udgave/guide/a.md:1:1: warning[base-dropped]"), "{}", ran.err);
    }
    desk.run("drift udgave --accept").is_clean();
    desk.run("check udgave").is_clean();
    // An item that the edition has dropped as well does not matter.
    let desk = accepted();
    for layer in ["bog", "udgave"] {
        fs::remove_file(desk.at(&format!("{layer}/guide/a.md"))).unwrap();
    }
    desk.run("check udgave").is_clean();
}

#[test]
fn a_layer_between_that_leaves_an_item_out_has_dropped_it_too() {
    let desk = Desk::with_files(&[("index.md", "# Base\n"), ("guide/a.md", "# A\n"), ("guide/b.md", "# B\n")]);
    desk.write("midt/handbook.yaml", "extends: ../bog\n");
    desk.write("top/handbook.yaml", "extends: ../midt\n");
    desk.write("top/guide/a.md", "# A\n\nVores egen.\n");
    desk.run("drift top --accept").is_clean();
    desk.write("midt/handbook.yaml", "extends: ../bog\nomit: [guide/a]\n");
    assert!(desk.run("check top --format short").err.contains("top/guide/a.md:1:1: warning[base-dropped]"));
}

#[test]
fn an_item_that_the_base_has_moved_is_told_with_where_it_is() {
    for text in ["# A\n\nFra bunden.\n", "---\nmoved_from: [guide/a]\n---\n\n# Nyt\n\nNyt.\n"] {
        let desk = accepted();
        fs::remove_file(desk.at("bog/guide/a.md")).unwrap();
        desk.write("bog/nyt/c.md", text);
        let ran = desk.run("drift udgave");
        assert!(ran.out.contains(", where it seems to be `nyt/c` now\n"), "{}", ran.out);
        let ran = desk.run("check udgave");
        assert!(ran.err.contains("it seems to be `nyt/c` there now"), "{}", ran.err);
    }
}

#[test]
fn what_is_new_in_the_base_is_listed_until_it_is_accepted() {
    let desk = accepted();
    desk.write("bog/guide/c.md", "# C\n");
    desk.write("bog/guide/d.md", "---\ndraft: true\n---\n\n# D\n");
    let ran = desk.run("drift udgave");
    assert!(ran.out.contains("guide/c: `bog/guide/c.md` is new since 20"), "{}", ran.out);
    assert!(ran.out.ends_with("udgave: 2 replaced items, 0 changed below, 1 new in the base\n"), "{}", ran.out);
    let ran = desk.run("check udgave --format short");
    assert!(ran.code == 0 && ran.err.contains("udgave/overrides.lock: warning[base-added]"), "{}", ran.err);
    assert!(ran.err.contains("`guide/c`") && !ran.err.contains("guide/d"), "{}", ran.err);
    desk.run("drift udgave --accept").is_clean();
    desk.run("check udgave").is_clean();
    // A draft is new once it is no longer a draft.
    desk.write("bog/guide/d.md", "# D\n");
    assert!(desk.run("drift udgave").out.contains("guide/d: `bog/guide/d.md` is new"));
    // An item that the edition leaves out does not concern it, also when it comes back.
    desk.write("udgave/handbook.yaml", "extends: ../bog\nomit: [guide/d]\n");
    desk.run("check udgave").is_clean();
    desk.run("drift udgave --accept").is_clean();
    desk.write("udgave/handbook.yaml", "extends: ../bog\n");
    desk.run("check udgave").is_clean();
}

#[test]
fn a_new_page_of_the_base_that_the_edition_has_already_is_told() {
    let desk = accepted();
    desk.write("udgave/guide/c.md", "# C\n\nVores egen.\n");
    desk.run("drift udgave --accept").is_clean();
    desk.write("bog/guide/c.md", "# C\n\nFra bunden.\n");
    let ran = desk.run("drift udgave");
    assert!(
        ran.out.contains("guide/c: `bog/guide/c.md` is new") && ran.out.contains("1 not yet accepted"),
        "{}",
        ran.out
    );
}

#[test]
fn a_lock_of_an_older_program_is_read_and_knows_of_nothing_new() {
    let desk = accepted();
    let lock = desk.read("udgave/overrides.lock");
    let old = lock.split_once("\nbase:").unwrap().0.to_owned() + "\n";
    desk.write("udgave/overrides.lock", &old);
    desk.write("bog/guide/c.md", "# C\n");
    desk.run("check udgave").is_clean();
    assert!(desk.run("drift udgave").out.ends_with("udgave: 2 replaced items, 0 changed below\n"));
    fs::remove_file(desk.at("bog/guide/a.md")).unwrap();
    assert!(desk.run("check udgave").err.contains("base-dropped"));
    desk.run("drift udgave --accept").is_clean();
    assert!(desk.read("udgave/overrides.lock").contains("- guide/c"));
}

#[test]
fn drift_looks_through_a_layer_that_builds_on_another() {
    let desk = Desk::with_files(&[("guide/a.md", "# A\n\nFra bunden.\n")]);
    desk.write("midt/handbook.yaml", "extends: ../bog\n");
    desk.write("midt/guide/a.md", "# A\n\n![[base]]\n");
    desk.write("top/handbook.yaml", "extends: ../midt\n");
    desk.write("top/guide/a.md", "# A\n\nVores egen.\n");
    desk.run("drift top --accept").is_clean();
    desk.write("bog/guide/a.md", "# A\n\nFra kælderen.\n");
    assert!(desk.run("drift top").out.contains("[-bunden.-]"), "{}", desk.run("drift top").out);
}

#[test]
fn a_lock_that_cannot_be_read_is_an_error() {
    let desk = clients();
    desk.write("kunder/nordby/overrides.lock", "overrides: [\n");
    assert_eq!(desk.run("check kunder/nordby").code, 1);
    assert_eq!(desk.run("drift kunder/nordby").code, 1);
}

#[test]
fn words_written_out_that_are_terms_are_told_on_request() {
    let desk = Desk::with_files(&[]);
    desk.write(
        "bog/handbook.yaml",
        "title: Prøve\nterms: { borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] } }\n",
    );
    desk.write("bog/a.md", "---\nsummary: \"En borger og en {borger}\"\naliases: [borger]\n---\n\n# Borgernes hus\n\n`borger` [borgeren](https://borger.dk) {borger} og medborger.\n");
    desk.run("check bog").is_clean();
    let ran = desk.run("check bog --terms --format short");
    let told: Vec<&str> = ran.err.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(told, ["bog/a.md:2:14", "bog/a.md:6:3", "bog/a.md:8:11"], "{}", ran.err);
    assert_eq!(desk.run("check bog --terms --strict").code, 1);
}

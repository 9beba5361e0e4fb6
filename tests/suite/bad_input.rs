//! Folders as people make them by mistake: each is told of in a clear message, with the right exit code.

use std::fs;

use crate::desk::{Desk, Ran};

#[track_caller]
fn fails(ran: &Ran, code: i32, said: &[&str]) {
    assert_eq!(ran.code, code, "{}{}", ran.out, ran.err);
    for said in said {
        assert!(ran.err.contains(said), "`{said}` is not in\n{}", ran.err);
    }
}

#[test]
fn a_folder_without_a_handbook_is_said_to_have_none() {
    let desk = Desk::new();
    fs::create_dir(desk.at("bog")).unwrap();
    for command in ["build", "check"] {
        fails(&desk.run(&format!("{command} bog")), 2, &["`handbook.yaml`", "bog", "vaert init"]);
    }
    fails(&desk.run("build"), 2, &["handbook.yaml"]);
    desk.write("fil", "");
    fails(&desk.run("build fil"), 2, &["`fil`"]);
    for name in ["handbook.yml", "Handbook.yaml.txt"] {
        let desk = Desk::new();
        desk.write(&format!("bog/{name}"), "title: Bog\n");
        fails(&desk.run("check bog"), 2, &[&format!("help: give `{name}` that name")]);
    }
}

#[test]
fn a_handbook_without_a_page_is_an_error() {
    fails(&Desk::with_files(&[]).run("build bog"), 1, &["[empty-handbook]", "bog/handbook.yaml"]);
    let desk = Desk::new();
    desk.write("bog/handbook.yaml", "");
    fails(&desk.run("build bog"), 1, &["[empty-handbook]", "[missing-key]"]);
}

#[test]
fn a_handbook_yaml_that_is_no_yaml_or_no_text_is_an_error() {
    for (text, code) in [
        (b"title: [".as_slice(), "[invalid-yaml]"),
        (b"- a\n- b\n", "[invalid-yaml]"),
        (b"title: \xff", "[not-utf8]"),
        (b"\0\0\0", "[invalid-yaml]"),
        (b"title: {borger}", "[wrong-type]"),
    ] {
        let desk = Desk::with_files(&[("index.md", "# A\n")]);
        desk.write("bog/handbook.yaml", text);
        fails(&desk.run("build bog"), 1, &[code, "bog/handbook.yaml"]);
    }
}

#[test]
fn names_with_spaces_danish_letters_and_backslashes_become_addresses() {
    let desk = Desk::with_files(&[
        (
            "index.md",
            "# A\n\n[a](<Æ ø/Blå bær å.md>) [b](%C3%86%20%C3%B8/Bl%C3%A5%20b%C3%A6r%20%C3%A5.md) [[blå bær å]]\n",
        ),
        ("Æ ø/Blå bær å.md", "# B\n\n![en figur](<mit billede.svg>)\n"),
        ("Æ ø/mit billede.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("tegn/a+b&c='d'.md", "# C\n"),
        ("tegn/100%.md", "# D\n"),
        ("tegn/\u{1F600}.md", "# E\n"),
    ]);
    desk.run("build bog").is_clean();
    let page = desk.read("dist/bog/index.html");
    assert_eq!(page.matches("href=\"ae-oe/blaa-baer-aa.html\">").count(), 4, "{page}");
    for path in ["tegn/a-b-c-d.html", "tegn/100.html", "ae-oe/blaa-baer-aa.html"] {
        assert!(desk.exists(&format!("dist/bog/{path}")), "{path}");
    }
}

#[test]
fn composed_and_decomposed_letters_are_one_name() {
    // å as one character in the link, as `a` and a ring on disk (macOS), and the other way round.
    let desk = Desk::with_files(&[
        ("index.md", "# A\n\n[a](gr\u{e5}.md) [b](bl\u{61}\u{30a}.md) [[gr\u{61}\u{30a}]]\n"),
        ("gra\u{30a}.md", "# B\n"),
        ("bl\u{e5}.md", "# C\n"),
    ]);
    desk.run("build bog").is_clean();
    assert!(desk.exists("dist/bog/graa.html") && desk.exists("dist/bog/blaa.html"));
    desk.write("bog/gr\u{e5}.md", "# D\n");
    fails(&desk.run("build bog"), 1, &["[address-clash]"]);
}

#[test]
fn markdown_whose_ending_is_in_capitals_is_published() {
    let desk = Desk::with_files(&[("index.md", "# A\n\n[b](SE.MD), [[se]]\n"), ("SE.MD", "# B\n\n[a](index.md)\n")]);
    desk.run("build bog").is_clean();
    assert_eq!(desk.read("dist/bog/index.html").matches("href=\"se.html\">").count(), 4);
    desk.write("bog/SE.MD", "# B\n\n{x}\n");
    fails(&desk.run("build bog"), 1, &["bog/SE.MD:3:1"]);
}

#[cfg(unix)]
#[test]
fn a_backslash_in_a_name_is_no_folder() {
    let desk = Desk::with_files(&[("index.md", "# A\n\n![x](<a\\\\b.svg>)\n"), ("s/a\\b.md", "# B\n")]);
    desk.write("bog/a\\b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    desk.run("build bog").is_clean();
    assert!(desk.exists("dist/bog/s/a-b.html"));
}

#[test]
fn links_that_climb_out_of_the_folder_are_broken() {
    let desk = Desk::with_files(&[
        (
            "index.md",
            "# A\n\n[a](../secret.md) [b](../../etc/passwd) ![c](../x.svg) [d](s/../../secret.md) [[../secret]]\n",
        ),
        ("s/a.md", "# B\n\n[ind](../index.md)\n"),
    ]);
    desk.write("secret.md", "hemmeligt");
    desk.write("x.svg", "<svg/>");
    let ran = desk.run("build bog --keep-going --format short");
    fails(&ran, 1, &[":3:1: error[broken-link]", "error[missing-image]", "error[broken-wikilink]"]);
    assert_eq!(ran.err.matches("[broken-link]").count(), 3, "{}", ran.err);
    assert!(!desk.read("dist/bog/index.html").contains("href=\"../"));
}

#[cfg(unix)]
#[test]
fn links_in_the_file_system_that_loop_or_lead_out_are_told_of() {
    use std::os::unix::fs::symlink;
    let desk = Desk::with_files(&[("index.md", "# A\n"), ("s/a.md", "# B\n")]);
    desk.write("ude/hemmelig.md", "# Hemmeligt\n");
    symlink(desk.at("bog/s"), desk.at("bog/s/igen")).unwrap();
    symlink(desk.at("ude"), desk.at("bog/ude")).unwrap();
    symlink(desk.at("ude/hemmelig.md"), desk.at("bog/s/hemmelig.md")).unwrap();
    symlink("findes-ikke", desk.at("bog/s/tom.md")).unwrap();
    let ran = desk.run("build bog --keep-going --format short");
    fails(&ran, 1, &["[link-out-of-folder]", "[unreadable-file]", "leads back"]);
    assert_eq!(ran.err.matches("[link-out-of-folder]").count(), 2, "{}", ran.err);
    assert!(!desk.exists("dist/bog/s/hemmelig.html") && !desk.exists("dist/bog/ude"));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told_of() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::with_files(&[("index.md", "# A\n"), ("b.md", "# B\n")]);
    fs::set_permissions(desk.at("bog/b.md"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(desk.at("bog/b.md")).is_ok() {
        // The administrator may read everything: nothing to see then.
        return;
    }
    fails(&desk.run("build bog"), 1, &["[unreadable-file]", "bog/b.md"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_files_holds_nothing_up() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    let made = std::process::Command::new("mkfifo").arg(desk.at("bog/roer.md")).status();
    if made.is_ok_and(|status| status.success()) {
        fails(&desk.run("build bog"), 1, &["[unreadable-file]", "neither a file nor a folder"]);
    }
}

#[test]
fn an_output_folder_inside_the_source_is_not_read_back() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    desk.run("build bog --out bog").is_clean();
    assert!(desk.exists("bog/proeve/index.html") || desk.exists("bog/bog/index.html"));
    let again = desk.run("build bog --out bog --force");
    again.is_clean();
    assert!(again.out.contains(" 0 files written"), "{}", again.out);
}

#[test]
fn an_output_folder_that_cannot_be_made_is_told_to_be_chosen_anew() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    desk.write("fil", "");
    fails(&desk.run("build bog --out fil"), 2, &["`fil/bog`", "choose another folder"]);
    assert_eq!(desk.read("fil"), "");
}

#[test]
fn an_output_folder_that_is_the_source_is_refused() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    fails(&desk.run("build bog --out ."), 2, &["its own source", "--out DIR"]);
    assert_eq!(desk.read("bog/index.md"), "# A\n");
}

#[test]
fn two_builds_at_once_into_one_folder_leave_one_whole_edition() {
    let desk = Desk::with_handbook();
    desk.run("build bog").is_clean();
    let first = desk.read("dist/bog/index.html");
    for round in 0..5 {
        desk.write("bog/index.md", format!("# Runde {round}\n"));
        let children: Vec<_> = (0..3)
            .map(|_| {
                let quiet = std::process::Stdio::null;
                desk.command("build bog --force").stdout(quiet()).stderr(quiet()).spawn().unwrap()
            })
            .collect();
        for mut child in children {
            assert_eq!(child.wait().unwrap().code(), Some(0));
        }
        assert!(desk.read("dist/bog/index.html").contains(&format!("<h1>Runde {round}</h1>")));
        assert!(!desk.exists("dist/bog/.vaert-staging"));
    }
    assert_ne!(desk.read("dist/bog/index.html"), first);
}

#[test]
fn script_in_raw_html_is_taken_out_and_told_of() {
    let text = "# A\n\n<script>alert(1)</script>\n\n<b onclick=\"alert(2)\">fed</b> <img src=x onerror=alert(3)> \
                <svg onload=alert(4)> <iframe src=\"https://example.org\"></iframe>\n\n<style>b { color: red }</style>\n\n\
                <div style=\"color: red\" onmouseover=alert(5)>boks</div>\n\n<a href=\"&#106;avascript:alert(6)\">a</a> \
                <a href=\"java\tscript:alert(7)\">b</a>\n\n<form action=x><input name=y></form>\n";
    let desk = Desk::with_files(&[("index.md", text)]);
    for policy in ["sanitize", "allow", "forbid"] {
        desk.write("bog/handbook.yaml", format!("title: A\nraw_html: {policy}\n"));
        let ran = desk.run("build bog --keep-going --format short");
        let code = if policy == "forbid" { "[html-forbidden]" } else { "[html-removed]" };
        assert!(ran.err.contains(code), "{policy}: {}", ran.err);
        let page = desk.read("dist/bog/index.html");
        let main = page.split_once("class=\"prose").map_or("", |(_, rest)| rest.split_once("</main>").unwrap().0);
        for mark in [
            "alert",
            "onclick",
            "onerror",
            "onload",
            "<script",
            "<style",
            "style=",
            "<iframe",
            "<svg",
            "javascript",
            "<form",
            "<input",
        ] {
            assert!(!main.contains(mark), "{policy}: {mark} is in\n{main}");
        }
    }
}

#[test]
fn links_to_script_are_errors() {
    for target in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "&#106;avascript:x",
    ] {
        let desk = Desk::with_files(&[("index.md", &format!("# A\n\n[hent filen]({target}) og <{target}>\n"))]);
        let ran = desk.run("build bog --keep-going --format short");
        fails(&ran, 1, &["[unsafe-link]"]);
        let page = desk.read("dist/bog/index.html").to_lowercase();
        assert!(
            !page.contains("href=\"javascript")
                && !page.contains("href=\"data")
                && !page.contains("href=\"vb")
                && !page.contains("href=\"file"),
            "{target}"
        );
    }
}

#[test]
fn template_marks_in_content_are_printed_as_they_are() {
    let marks = "{{ site.title }} {% if true %}x{% endif %} {# skjult #} ${1}";
    let text = format!(
        "---\ntitle: \"T {marks}\"\nsummary: \"S {marks}\"\ntags: [\"G {marks}\"]\n---\n\n## H {marks}\n\n{marks}\n\n`{marks}`\n"
    );
    let desk = Desk::with_files(&[("index.md", "# A\n"), ("b.md", &text)]);
    desk.run("build bog").is_clean();
    let page = desk.read("dist/bog/b.html");
    for place in ["<h1>T ", "<p class=\"lede\">S ", "G ", "H ", "<p>", "<code>"] {
        assert!(page.contains(&format!("{place}{marks}")), "{place} is not in\n{page}");
    }
}

#[test]
fn html_in_titles_tags_terms_and_settings_is_text() {
    let bad = "<script>alert(1)</script>&\\\"'";
    let settings = format!(
        "title: \"Bog {bad}\"\ndescription: \"D {bad}\"\nbrand: {{ organisation: \"O {bad}\", footer: \"F {bad}\", contact: \"C {bad}\" }}\n\
         terms:\n  borger: {{ gender: en, forms: [\"<i>borger\", \"<i>borgeren\", \"<i>borgere\", \"<i>borgerne\"] }}\n  \
         gaest: {{ gender: en, forms: [gæst, gæsten, gæster, gæsterne], compound: \"<u>\" }}\n"
    );
    let text = format!(
        "---\ntitle: \"T {bad}\"\nsummary: \"S {bad}\"\ntags: [\"G {bad}\"]\nchanges: \"N {bad}\"\naliases: [\"<b>\"]\n---\n\n## <script>alert(1)</script> {{#a\"b<c}}\n\n{{gæst-}}bog\n"
    );
    let desk = Desk::with_files(&[("index.md", "# A\n\n[[b]]\n"), ("b.md", &text)]);
    desk.write("bog/handbook.yaml", settings);
    let ran = desk.run("build bog --keep-going --audience facilitator");
    assert!(ran.code < 2, "{}", ran.err);
    for path in ["index.html", "b.html", "404.html"] {
        let page = desk.read(&format!("dist/bog-facilitator/{path}"));
        assert!(
            !page.contains("<script>") && !page.contains("<i>") && !page.contains("<u>") && !page.contains("\"b<c"),
            "{path}: {page}"
        );
    }
    assert!(
        desk.read("dist/bog-facilitator/b.html").contains("&lt;script&gt;alert(1)&lt;&#x2F;script&gt;")
            || desk.read("dist/bog-facilitator/b.html").contains("&lt;script&gt;alert(1)&lt;/script&gt;")
    );
}

#[test]
fn addresses_that_the_site_itself_has_are_refused_to_items_and_redirects() {
    for (path, text) in [
        ("404.md", "# A\n"),
        ("a.md", "---\nmoved_from: [index]\n---\n# A\n"),
        ("a.md", "---\nmoved_from: [\"404\"]\n---\n# A\n"),
        ("a.md", "---\nmoved_from: [s/index]\n---\n# A\n"),
    ] {
        let desk = Desk::with_files(&[("index.md", "# Forside\n"), ("s/b.md", "# B\n"), (path, text)]);
        fails(&desk.run("build bog --format short"), 1, &["error[address-clash]", path]);
    }
}

#[test]
fn an_old_address_that_leads_out_or_is_no_address_is_an_error() {
    for old in ["../ud", "a\\\\b", "a//b", "a:b", "..", ".", ".vaert-manifest", "a/../b"] {
        let desk = Desk::with_files(&[("index.md", &format!("---\nmoved_from: [\"{old}\"]\n---\n# A\n"))]);
        let ran = desk.run("build bog --format short");
        fails(&ran, 1, &["index.md:2:"]);
    }
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told_of_once() {
    use std::os::unix::fs::PermissionsExt as _;
    let links = "![En plan](plan.svg) ![[plan.svg|en plan]] [b](b.md) [[b]] ![[b]]\n\n![Et foto](foto/a.png) \
                 [c](foto/c.md) [[foto/c]]\n";
    let desk = Desk::with_files(&[("index.md", &format!("# A\n\n{links}")), ("b.md", "# B\n"), ("foto/c.md", "# C\n")]);
    desk.write("bog/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    desk.write("bog/foto/a.png", "x");
    let lock = |path: &str, mode: u32| fs::set_permissions(desk.at(path), fs::Permissions::from_mode(mode)).unwrap();
    for path in ["bog/plan.svg", "bog/b.md", "bog/foto"] {
        lock(path, 0o000);
    }
    if fs::read(desk.at("bog/b.md")).is_err() {
        let ran = desk.run("check bog --format short");
        let told: Vec<&str> = ran.err.lines().filter(|line| line.contains("[")).collect();
        assert_eq!(told.len(), 3, "{}", ran.err);
        assert!(told.iter().all(|line| line.contains("[unreadable-file]")), "{}", ran.err);
        for mode in [0o000, 0o100, 0o400] {
            lock("bog", mode);
            let ran = desk.run("check bog");
            lock("bog", 0o755);
            fails(&ran, 2, &["could not read `bog", "Permission denied", "help: check that you may read it"]);
        }
        desk.write("gren/handbook.yaml", "title: G\nextends: ../bog\n");
        lock("bog", 0o000);
        fails(&desk.run("check gren"), 1, &["`../bog` cannot be extended: Permission denied"]);
        lock("bog", 0o755);
    }
    // The administrator may read everything, and whoever clears up must.
    for path in ["bog/plan.svg", "bog/b.md", "bog/foto"] {
        lock(path, 0o755);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_that_is_no_file_is_told_of_once() {
    use std::os::unix::fs::symlink;
    let desk = Desk::with_files(&[("index.md", "# A\n\n[b](b.md) [[b]] ![En plan](plan.svg)\n")]);
    desk.write("ude/plan.svg", "<svg/>");
    symlink("findes-ikke", desk.at("bog/b.md")).unwrap();
    symlink(desk.at("ude/plan.svg"), desk.at("bog/plan.svg")).unwrap();
    let ran = desk.run("check bog --format short");
    fails(&ran, 1, &["bog/b.md: error[unreadable-file]", "bog/plan.svg: error[link-out-of-folder]"]);
    assert_eq!(ran.err.matches("error[").count(), 2, "{}", ran.err);
}

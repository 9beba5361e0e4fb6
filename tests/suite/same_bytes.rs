//! The handbook in `content/`, built twice and with other numbers of threads, and what no output may hold.

use std::collections::BTreeMap;
use std::path::Path;

use vaert::build::{Audience, Options};
use vaert::cache::Cache;
use vaert::load::load;

use crate::handbook::Built;

type Outputs = BTreeMap<String, Vec<u8>>;

fn outputs(audience: Audience) -> Outputs {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let snapshot = load(&folder, None).unwrap();
    let options = Options { audience, ..Options::default() };
    let built = Built::of(&snapshot, &mut Cache::for_one_build(), &options, false);
    assert!(built.outputs.len() > 40, "{}", built.report());
    built.outputs
}

const BOTH: [Audience; 2] = [Audience::Participant, Audience::Facilitator];

#[test]
fn one_thread_and_four_give_the_same_bytes() {
    let on = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (one, four) = (on(1), on(4));
    for audience in BOTH {
        let first = one.install(|| outputs(audience));
        assert!(first == four.install(|| outputs(audience)), "{audience:?}");
        assert!(first == four.install(|| outputs(audience)), "{audience:?}");
    }
}

/// Calls `see` with every page, script, style sheet and image of both editions that is text.
fn each_text(see: impl Fn(&str, &str)) {
    for audience in BOTH {
        for (path, bytes) in outputs(audience) {
            if let Ok(text) = std::str::from_utf8(&bytes) {
                see(&path, text);
            }
        }
    }
}

/// The opening tags of a page, without their brackets.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).filter_map(|rest| Some(rest.split_once('>')?.0)).filter(|tag| !tag.starts_with('/'))
}

#[test]
fn no_output_holds_a_path_of_this_machine_or_a_time() {
    each_text(|path, text| {
        for mark in [env!("CARGO_MANIFEST_DIR"), "/tmp/", "/home/", "file://"] {
            assert!(!text.contains(mark), "{path} holds {mark}");
        }
        let is_time =
            |window: &[u8]| window[0] == b'T' && window[3] == b':' && window[1..3].iter().all(u8::is_ascii_digit);
        assert!(!text.as_bytes().windows(4).any(is_time), "{path} holds a time");
    });
}

#[test]
fn no_page_holds_a_comment_or_a_style_or_script_of_its_own() {
    each_text(|path, text| {
        if path.ends_with(".html") {
            assert!(!text.contains("<!--"), "{path} holds a comment");
            for tag in tags(text) {
                assert!(!tag.contains(" style="), "{path} holds <{tag}>");
                assert!(!tag.starts_with("style"), "{path} holds <{tag}>");
                assert!(!tag.starts_with("script") || tag.contains(" src="), "{path} holds <{tag}>");
                let handlers =
                    tag.split_whitespace().skip(1).filter(|word| word.starts_with("on") && word.contains('='));
                assert_eq!(handlers.count(), 0, "{path} holds <{tag}>");
                assert!(!tag.contains("javascript:"), "{path} holds <{tag}>");
            }
        }
    });
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    each_text(|path, text| {
        if path.ends_with(".html") {
            for tag in tags(text).filter(|tag| !tag.starts_with("a ")) {
                assert!(!tag.contains("://") && !tag.contains("=\"//"), "{path} holds <{tag}>");
            }
        } else if path.ends_with(".css") {
            assert!(!text.contains("@import") && !text.contains("url(\"http") && !text.contains("url(http"), "{path}");
        } else if path.ends_with(".js") {
            assert!(!text.contains("http://") && !text.contains("https://"), "{path}");
        }
    });
}

#[test]
fn every_page_has_one_first_heading_and_names_its_language() {
    each_text(|path, text| {
        if path.ends_with(".html") {
            let headings = tags(text).filter(|tag| *tag == "h1" || tag.starts_with("h1 ")).count();
            assert_eq!(headings, 1, "{path}");
            assert!(text.contains("<html lang=\"da\""), "{path}");
        }
    });
}

#[test]
fn every_local_link_of_a_page_leads_to_an_output() {
    for audience in BOTH {
        let outputs = outputs(audience);
        for (path, bytes) in outputs.iter().filter(|(path, _)| path.ends_with(".html")) {
            let page = String::from_utf8(bytes.clone()).unwrap();
            for tag in tags(&page) {
                let target = [" href=\"", " src=\""].iter().find_map(|mark| tag.split_once(mark));
                let Some(target) = target.and_then(|(_, rest)| rest.split('"').next()) else { continue };
                let (target, fragment) = target.split_once('#').unwrap_or((target, ""));
                if target.contains(':') {
                    continue;
                }
                let place = if target.is_empty() { path.clone() } else { from(path, target) };
                let there = outputs.get(&place).unwrap_or_else(|| panic!("{path} leads to {target}, not there"));
                let there = String::from_utf8_lossy(there);
                let id = format!(" id=\"{fragment}\"");
                assert!(fragment.is_empty() || there.contains(&id), "{path} leads to {target}#{fragment}, not there");
            }
        }
    }
}

/// `target` as seen from the page at `path`.
fn from(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

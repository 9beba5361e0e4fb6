//! A build with a full cache gives what one with an empty cache gives, whatever was edited in between.

use vaert::cache::Cache;

use crate::generated::Generated;
use crate::handbook::{Built, Handbook};
use crate::random::Random;

/// Other series for other runs: `VAERT_TEST_SEED=7 cargo test warm`.
const SEED: u64 = 20_240_611;
const EDITS: usize = 300;

#[test]
fn after_each_of_many_random_edits_a_warm_build_equals_a_cold_one() {
    let seed = std::env::var("VAERT_TEST_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    let mut random = Random::new(seed);
    let mut generated = Generated::new(&mut random);
    let mut warm = Cache::for_many_builds();
    let mut said = "nothing yet".to_owned();
    for edit in 0..EDITS {
        let handbook = generated.handbook();
        // One cache for both audiences, as the program has it.
        let handbook = if random.once_in(4) { handbook.facilitator() } else { handbook };
        let place = format!("seed {seed}, edit {edit}: {said}");
        assert_same(&handbook.build_with(&mut warm), &handbook.build(), &place);
        said = generated.edit(&mut random);
    }
}

#[test]
fn a_heading_that_is_shown_as_a_links_text_is_renewed_when_it_changes() {
    let link = Handbook::new().file("index.md", "# Velkommen\n\n[[dag#kort]]\n");
    let before = link.clone().file("dag.md", "# Dag\n\n## Før {#kort}\n");
    let after = link.file("dag.md", "# Dag\n\n## Efter {#kort}\n");
    let mut warm = Cache::for_many_builds();
    before.build_with(&mut warm).assert_clean();
    assert_same(&after.build_with(&mut warm), &after.build(), "the heading's text");
}

#[test]
fn a_link_to_a_section_follows_it_when_sections_are_moved() {
    // More sections than every page lists, so that the page with the link has nothing else to tell them apart.
    let section = |folder: &str| format!("  - {{ folder: {folder}, kind: page, title: S }}\n");
    let first: String = (0..14).map(|at| section(&format!("s{at:02}"))).collect();
    let settings = |last: &str, other: &str| format!("title: T\nsections:\n{first}{}{}", section(last), section(other));
    let pages = (0..14).fold(Handbook::new(), |book, at| book.file(&format!("s{at:02}/a.md"), "# A\n"));
    let pages = pages.file("x/a.md", "# A\n").file("y/a.md", "# A\n").file("s00/b.md", "# B\n\n[X](../x/)\n");
    let before = pages.clone().settings(&settings("x", "y"));
    let after = pages.settings(&settings("y", "x"));
    let mut warm = Cache::for_many_builds();
    before.build_with(&mut warm).assert_clean();
    assert_same(&after.build_with(&mut warm), &after.build(), "the section's place");
}

#[track_caller]
fn assert_same(warm: &Built, cold: &Built, place: &str) {
    assert_eq!(warm.report(), cold.report(), "other diagnostics after {place}");
    assert!(warm.diagnostics == cold.diagnostics, "other diagnostics after {place}");
    assert_eq!(warm.edition, cold.edition, "{place}");
    let paths = |built: &Built| built.outputs.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(warm), paths(cold), "other outputs after {place}");
    for (path, bytes) in &cold.outputs {
        if warm.outputs[path] != *bytes {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let (warm, cold) = (text(&warm.outputs[path]), text(bytes));
            let line = warm.lines().zip(cold.lines()).find(|(warm, cold)| warm != cold);
            panic!("{path} is another after {place}\n(warm, cold): {line:?}");
        }
    }
}

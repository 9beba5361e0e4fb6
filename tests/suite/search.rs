//! Questions asked of the handbook in `content/`: how often the page that a reader wants comes first, by class.
//!
//! `cargo test --test suite search:: -- --nocapture` prints the table and what misses. The rules and the numbers of the
//! ranking were tried on those of `tests/search/queries.tsv`; those of `held-out.tsv`, and those
//! over another handbook (`museum-*.tsv`), tell whether they fit more than these.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use vaert::build::{Options, build};
use vaert::cache::Cache;
use vaert::language::lexicon;
use vaert::load::load;
use vaert::model::handbook::Language;
use vaert::search::index::Index;
use vaert::search::query::Question;
use vaert::search::search;

use crate::handbook::Handbook;

/// What must hold over all questions, in percent: the first result, one of the first five, the mean reciprocal rank.
const LEAST: [f64; 3] = [91.0, 96.5, 93.5];
/// How many whole questions must have a right page first, in percent.
const LEAST_OF_QUESTIONS: f64 = 85.0;

/// A question with its answer.
struct Asked {
    class: String,
    is_held_out: bool,
    question: String,
    /// Addresses of the pages that are right; none where there must be no result.
    wanted: Vec<String>,
    /// Addresses of what was found, best first.
    found: Vec<String>,
}

impl Asked {
    /// Place of the first right page, from 1.
    fn rank(&self) -> Option<usize> {
        self.found.iter().position(|page| self.wanted.contains(page)).map(|place| place + 1)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The questions over `content/` with their answers.
fn asked() -> Vec<Asked> {
    let snapshot = load(&root().join("content"), None).unwrap();
    let cache = Cache::for_one_build();
    let build = build(&snapshot, &cache, &Options { pdf: true, ..Options::default() });
    assert!(!build.has_errors());
    let index = build.index(&cache);
    let mut asked = ask(&index, "queries.tsv", false);
    asked.extend(ask(&index, "held-out.tsv", true));
    asked
}

/// Lines of a file in `tests/search`, each of three columns.
fn lines(file: &str) -> Vec<[String; 3]> {
    let text = fs::read_to_string(root().join("tests/search").join(file)).unwrap();
    let columns = |line: &str| -> [String; 3] {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        columns.try_into().unwrap_or_else(|_| panic!("`{line}` is not three columns"))
    };
    text.lines().filter(|line| !line.starts_with('#')).map(columns).collect()
}

fn ask(index: &Index, file: &str, is_held_out: bool) -> Vec<Asked> {
    let pages: Vec<&str> = index.texts.iter().map(|text| &*text.url).collect();
    let ask = |[class, question, wanted]: [String; 3]| {
        let wanted: Vec<String> = wanted.split_whitespace().map(|page| format!("{page}.html")).collect();
        let is_there = wanted.iter().all(|page| pages.contains(&page.as_str()));
        assert!(is_there, "`{question}` names a page that is not there");
        let asked = Question { text: &question, is_typed: class == "prefix" };
        let (_, found) = search(index, asked, 0, usize::MAX, lexicon(Language::Danish));
        let found = found.iter().filter(|found| !found.is_suggestion).map(|found| found.text.url.to_string()).collect();
        Asked { class, is_held_out, question, wanted, found }
    };
    lines(file).into_iter().map(ask).collect()
}

/// Success@1, success@5 and mean reciprocal rank in percent.
fn measure<'a>(asked: impl Iterator<Item = &'a Asked>) -> (usize, [f64; 3]) {
    let ranks: Vec<Option<usize>> = asked.map(Asked::rank).collect();
    let mean = |worth: fn(usize) -> f64| {
        100.0 * ranks.iter().flatten().map(|rank| worth(*rank)).sum::<f64>() / ranks.len().max(1) as f64
    };
    let within =
        [|rank| f64::from(u8::from(rank == 1)), |rank| f64::from(u8::from(rank <= 5)), |rank| 1.0 / rank as f64];
    (ranks.len(), within.map(mean))
}

fn row(name: &str, asked: &[&Asked]) -> String {
    let part =
        |is_held_out| measure(asked.iter().filter(|asked| asked.is_held_out == is_held_out).map(|asked| &**asked));
    let (count, all) = measure(asked.iter().copied());
    let cells: Vec<String> = [(count, all), part(false), part(true)]
        .map(|(count, [first, five, mrr])| match count {
            0 => format!("{:>6} {:>6} {:>6}", "–", "–", "–"),
            _ => format!("{first:6.1} {five:6.1} {mrr:6.1}"),
        })
        .into();
    format!("{name:<12} {count:>4}   {}\n", cells.join("   "))
}

fn table(asked: &[&Asked]) -> String {
    let mut classes: BTreeMap<&str, Vec<&Asked>> = BTreeMap::new();
    asked.iter().for_each(|asked| classes.entry(&asked.class).or_default().push(asked));
    let head = format!("{:19}{:<23}{:<23}{}\n{:19}", "", "all", "tried on", "held out", "");
    let mut table = head + &["    @1     @5    MRR"; 3].join("   ") + "\n";
    classes.iter().for_each(|(class, asked)| table.push_str(&row(class, asked)));
    table + &row("all", asked)
}

/// Prints how well questions are answered, and holds it against [`LEAST`].
fn assert_good(asked: &[Asked]) {
    let with_answer: Vec<&Asked> = asked.iter().filter(|asked| !asked.wanted.is_empty()).collect();
    let mut report = table(&with_answer) + "\nmisses:\n";
    for miss in with_answer.iter().filter(|asked| asked.rank() != Some(1)) {
        let rank = miss.rank().map_or("none".to_owned(), |rank| rank.to_string());
        let first = miss.found.first().map_or("nothing", String::as_str);
        report.push_str(&format!("  {:<11} {} → {rank}, after {first}\n", miss.class, miss.question));
    }
    println!("{report}");
    let (_, [of_questions, ..]) = measure(with_answer.iter().copied().filter(|asked| asked.class == "question"));
    assert!(of_questions >= LEAST_OF_QUESTIONS, "{of_questions:.1} % of whole questions\n{report}");
    let (_, measured) = measure(with_answer.into_iter());
    for (measured, least) in measured.into_iter().zip(LEAST) {
        assert!(measured >= least, "{measured:.1} % is below {least} %\n{report}");
    }
}

fn assert_nothing_found(asked: &[Asked]) {
    for negative in asked.iter().filter(|asked| asked.wanted.is_empty()) {
        assert!(negative.found.is_empty(), "`{}` finds {:?}", negative.question, negative.found);
    }
}

#[test]
fn the_page_a_reader_wants_comes_first() {
    let asked = asked();
    assert!(asked.len() >= 500, "there are only {} questions", asked.len());
    assert_good(&asked);
}

#[test]
fn what_has_nothing_to_do_with_the_handbook_finds_nothing() {
    let asked = asked();
    assert!(asked.iter().filter(|asked| asked.wanted.is_empty()).count() >= 50);
    assert_nothing_found(&asked);
}

#[test]
fn another_handbook_is_searched_as_well() {
    let page = |handbook: Handbook, [name, title, text]: [String; 3]| {
        handbook.file(&format!("{name}.md"), &format!("# {title}\n\n{text}\n"))
    };
    let handbook = lines("museum-pages.tsv").into_iter().fold(Handbook::new().file("index.md", "# Museet\n"), page);
    let asked = ask(&handbook.index(), "museum-queries.tsv", true);
    assert!(asked.len() >= 80, "there are only {} questions", asked.len());
    assert_good(&asked);
    assert_nothing_found(&asked);
}

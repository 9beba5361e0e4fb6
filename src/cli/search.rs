//! `vaert search`: a question to the pages that answer it, as the reader's search box would.

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;

use anstream::stdout;
use anyhow::{Context as _, Result, bail};
use serde::Serialize;

use super::audience::Edition;
use super::{Outcome, locate};
use crate::build::{Options, build};
use crate::cache::Cache;
use crate::language::lexicon;
use crate::load::load;
use crate::model::handbook::Language;
use crate::search::index::Index;
use crate::search::query::{Answer, Question};
use crate::search::{Found, search};

/// Find the pages that answer a question
///
/// Ranks as the search box of the published handbook does, with the same index and rules: inflections, parts of compounds,
/// typing without æ, ø and å, and typing errors are understood; words in quotation marks must stand together.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert search sygefravaer                  in the handbook here, or in `content`
  vaert search 'hvad gør vi når ingen vil'  a whole question
  vaert search - --format json < questions  a question a line, an answer a line")]
pub(super) struct Arguments {
    /// What to look for; `-` reads one question a line from standard input
    query: String,
    /// Folder that holds a `handbook.yaml` [default: `.` or `content`, whichever does]
    #[arg(long, value_name = "DIR")]
    handbook: Option<PathBuf>,
    /// Whose edition
    #[arg(long, value_enum, default_value = "participant")]
    audience: Edition,
    /// Answer as in an edition that was built without print-outs
    #[arg(long)]
    no_pdf: bool,
    /// How many pages to show
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// Answer as while the question is being typed, so that more letters of its last word may follow
    #[arg(long)]
    typing: bool,
    /// For reading, or as JSON, one object a question
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let handbooks = locate::handbooks(arguments.handbook.as_slice())?;
    let snapshot = load(&handbooks[0], None)?;
    let audience = arguments.audience.audience();
    let cache = Cache::for_one_build();
    let pdf = cfg!(feature = "pdf") && !arguments.no_pdf;
    let build = build(&snapshot, &cache, &Options { audience, strict: false, terms: false, pdf });
    let Some(book) = build.book() else { bail!("there is nothing to search in: `vaert check` tells why") };
    let (index, language) = (build.index(&cache), book.handbook.language);
    if arguments.query != "-" {
        return print(&arguments.query, &index, language, arguments);
    }
    for line in std::io::stdin().lock().lines() {
        print(&line.context("could not read the questions from standard input")?, &index, language, arguments)?;
    }
    Ok(Outcome::Fine)
}

fn print(question: &str, index: &Index, language: Language, arguments: &Arguments) -> Result<Outcome> {
    let asked = Question { text: question, is_typed: arguments.typing };
    let (answer, found) = search(index, asked, 0, arguments.limit, lexicon(language));
    let written = match arguments.format {
        Format::Json => json(question, &answer, &found),
        Format::Human => human(question, &answer, &found),
    };
    match stdout().write_all(written.as_bytes()) {
        // A reader such as `head` may have had enough.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Outcome::Fine),
    }
}

fn human(question: &str, answer: &Answer, found: &[Found]) -> String {
    let mut text = String::new();
    for (asked, meant) in &answer.corrected {
        text.push_str(&format!("searched for `{meant}` instead of `{asked}`\n"));
    }
    let (near, found): (Vec<_>, Vec<_>) = found.iter().partition(|found| found.is_suggestion);
    found.iter().for_each(|found| page(found, &mut text));
    for suggestion in &answer.suggestions {
        text.push_str(&format!("\ndid you mean `{suggestion}`?\n"));
    }
    near.iter().for_each(|found| page(found, &mut text));
    let count = answer.hits.len();
    let shown = if found.len() < count { format!(", {} shown", found.len()) } else { String::new() };
    text.push_str(&format!("\n{count} {} for `{question}`{shown}\n", if count == 1 { "page" } else { "pages" }));
    text
}

fn page(found: &Found, text: &mut String) {
    let (page, passage) = (found.text, &found.passage);
    let heading = if passage.heading.is_empty() { String::new() } else { format!(" › {}", passage.heading) };
    text.push_str(&format!("\n\x1b[1m{}\x1b[0m{heading} ({})\n  {}\n", page.title, page.kind, found.url()));
    let piece =
        |(piece, marked): &(String, bool)| if *marked { format!("\x1b[1m{piece}\x1b[0m") } else { piece.clone() };
    let excerpt: String = passage.excerpt.iter().map(piece).collect();
    if !excerpt.is_empty() {
        text.push_str(&format!("  {excerpt}\n"));
    }
}

#[derive(Serialize)]
struct JsonAnswer<'a> {
    query: &'a str,
    total: usize,
    corrected: &'a [(String, String)],
    suggestions: &'a [String],
    results: Vec<JsonResult<'a>>,
}

#[derive(Serialize)]
struct JsonResult<'a> {
    url: String,
    title: &'a str,
    kind: &'static str,
    heading: &'a str,
    excerpt: &'a [(String, bool)],
    words: &'a [String],
    score: u64,
    suggestion: bool,
}

fn json(question: &str, answer: &Answer, found: &[Found]) -> String {
    let results = found.iter().map(|found| JsonResult {
        url: found.url(),
        title: &found.text.title,
        kind: found.text.kind,
        heading: &found.passage.heading,
        excerpt: &found.passage.excerpt,
        words: &found.passage.words,
        score: found.hit.score,
        suggestion: found.is_suggestion,
    });
    let answer = JsonAnswer {
        query: question,
        total: answer.hits.len(),
        corrected: &answer.corrected,
        suggestions: &answer.suggestions,
        results: results.collect(),
    };
    // Texts and numbers always become JSON.
    serde_json::to_string(&answer).unwrap_or_default() + "\n"
}

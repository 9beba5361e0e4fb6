//! The search's part of a build: one handbook loaded, checked, rendered and indexed in memory, one thread if
//! `RAYON_NUM_THREADS` is 1. `benches/search.mjs` prints it beside what searching costs a reader.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own, outside the pipeline")]

use std::path::PathBuf;
use std::time::Instant;

use vaert::build::{Options, build};
use vaert::cache::Cache;
use vaert::load::load;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The median of so many rounds is printed.
const ROUNDS: usize = 3;

fn main() -> anyhow::Result<()> {
    // `cargo bench` runs every bench with its own arguments; without a handbook there is nothing to measure.
    let Some(handbook) = std::env::args_os().nth(1).map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        return Ok(());
    };
    let mut rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|_| round(&handbook)).collect::<anyhow::Result<_>>()?;
    rounds.sort_by(|(one, whole), (other, other_whole)| (one / whole).total_cmp(&(other / other_whole)));
    let (index, whole) = rounds[ROUNDS / 2];
    println!("index building           {index:.0} ms of {whole:.0} ms ({:.0} %)", 100.0 * index / whole);
    Ok(())
}

/// Milliseconds that the search's files take, and that all takes, writing apart.
fn round(handbook: &std::path::Path) -> anyhow::Result<(f64, f64)> {
    let began = Instant::now();
    let snapshot = load(handbook, None)?;
    let cache = Cache::for_one_build();
    let build = build(&snapshot, &cache, &Options::default());
    build.render(&cache, &|_| {});
    let rendered = Instant::now();
    let files = build.search_files(&cache);
    let done = Instant::now();
    anyhow::ensure!(!files.is_empty(), "there is no index");
    let milliseconds = |from: Instant| done.duration_since(from).as_secs_f64() * 1000.0;
    Ok((milliseconds(rendered), milliseconds(began)))
}

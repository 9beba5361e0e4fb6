//! The search's part of a build: the milliseconds that its files take to be made, of a handbook that has been loaded,
//! checked and rendered; one thread if `RAYON_NUM_THREADS` is 1. `benches/search.mjs` prints it beside the whole build.
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
    let mut rounds = (0..ROUNDS).map(|_| round(&handbook)).collect::<anyhow::Result<Vec<f64>>>()?;
    rounds.sort_by(f64::total_cmp);
    println!("{:.0}", rounds[ROUNDS / 2]);
    Ok(())
}

/// Milliseconds that the search's files take.
fn round(handbook: &std::path::Path) -> anyhow::Result<f64> {
    let snapshot = load(handbook, None)?;
    let cache = Cache::for_one_build();
    let build = build(&snapshot, &cache, &Options::default());
    build.render(&cache, &|_| {});
    let rendered = Instant::now();
    let files = build.search_files(&cache);
    let taken = rendered.elapsed();
    anyhow::ensure!(!files.is_empty(), "there is no index");
    Ok(taken.as_secs_f64() * 1000.0)
}

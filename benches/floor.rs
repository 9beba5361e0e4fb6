//! The floor: what reading, Markdown and writing alone cost. pulldown-cmark over every `.md` file of a folder, its
//! HTML written plainly, one thread. `benches/whole.py` compares vaert with it in one run.
#![allow(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]

use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [from, to, ..] = arguments.as_slice() else {
        // `cargo bench` runs every bench with its own arguments; without folders there is nothing to measure.
        return Ok(());
    };
    if !from.is_dir() {
        return Ok(());
    }
    let mut html = String::new();
    for entry in walkdir::WalkDir::new(from).sort_by_file_name() {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "md") {
            page(entry.path(), from, to, &mut html)?;
        }
    }
    Ok(())
}

fn page(path: &Path, from: &Path, to: &Path, html: &mut String) -> std::io::Result<()> {
    let text = std::fs::read_to_string(path)?;
    html.clear();
    pulldown_cmark::html::push_html(html, pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all()));
    let out = to.join(path.strip_prefix(from).unwrap_or(path)).with_extension("html");
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(out, html.as_bytes())
}

//! Makes the built-in theme ready to be compiled in: its scripts without comments and indentation, since every reader of a
//! handbook loads them; all else as it is. A theme on disk is published as its author wrote it.

#![allow(clippy::disallowed_methods, reason = "a program of its own, which runs before the other is compiled")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

const THEME: &str = "themes/vaertskab";

fn main() -> Result<(), Box<dyn Error>> {
    // `include_dir!` tracks the files that it found, not the folders.
    for folder in ["themes", "src/cli/starter"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let ready = PathBuf::from(env::var("OUT_DIR")?).join(THEME);
    if ready.exists() {
        fs::remove_dir_all(&ready)?;
    }
    make_ready(Path::new(THEME), &ready)
}

fn make_ready(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            make_ready(&from, &to)?;
        } else if from.extension().is_some_and(|extension| extension == "js") {
            let script = fs::read_to_string(&from)?;
            let small = minifier::js::minify(&script).map_err(|error| format!("{}: {error}", from.display()))?;
            fs::write(to, small.to_string())?;
        } else {
            fs::copy(&from, to)?;
        }
    }
    Ok(())
}

//! Compiles the program again when a file is added to a folder that is compiled into it.

fn main() {
    // `include_dir!` tracks the files that it found, not the folders.
    for folder in ["themes", "src/cli/starter"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}

//! The README's blocks become files and commands in an empty folder, in order: what it shows must be so.
//!
//! A block marked `file=PATH` is written, `append=PATH` added to a file. The lines of a `console` block that begin with
//! `$` are run, and what follows them is what they print; any number stands for any other, and a line `…` for any
//! lines. `exit=1` is the exit code of a block's last command; all others must succeed. Other blocks are not tested.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const README: &str = include_str!("../../README.md");

/// A fenced block of the README.
struct Block<'a> {
    /// The line that it opens on, from 1.
    line: usize,
    /// What stands behind the fence: the language, then marks.
    info: &'a str,
    text: String,
}

impl Block<'_> {
    fn mark(&self, name: &str) -> Option<&str> {
        self.info.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }
}

/// A command of a console block with what it is to print.
struct Step {
    command: String,
    printed: Vec<String>,
}

#[test]
fn what_the_readme_shows_is_so() {
    let desk = tempfile::tempdir().unwrap();
    let mut commands = 0;
    for block in blocks(README) {
        if let Some(path) = block.mark("file") {
            write(&desk.path().join(path), &block.text);
        } else if let Some(path) = block.mark("append") {
            let path = desk.path().join(path);
            write(&path, &format!("{}{}", fs::read_to_string(&path).unwrap(), block.text));
        } else if block.info.split(' ').next() == Some("console") {
            let steps = steps(&block.text);
            commands += steps.len();
            for (number, step) in steps.iter().enumerate() {
                let is_last = number + 1 == steps.len();
                let code = block.mark("exit").filter(|_| is_last).map_or(0, |code| code.parse().unwrap());
                let (ended, printed) = run(&step.command, desk.path());
                let place = format!("README.md:{}: $ {}", block.line, step.command);
                assert_eq!(ended, code, "{place}\n{printed}");
                assert!(is_like(&step.printed, &printed), "{place}\n{printed}");
            }
        }
    }
    // A mark that is misspelt must not turn the test into one of nothing.
    assert!(commands >= 10, "{commands}");
}

#[test]
fn the_readme_names_all_that_templates_see() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view");
    let mut fields = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for line in text.lines().filter_map(|line| line.strip_prefix("    pub ")) {
            if let Some((name, _)) = line.split_once(": ").filter(|(name, _)| !name.contains(['(', ' '])) {
                fields.insert(name.to_owned());
            }
        }
    }
    assert!(fields.len() > 50, "{fields:?}");
    // Not a field of templates: what is under it is flattened into `page`.
    fields.remove("details");
    let missing: Vec<_> = fields.iter().filter(|name| !README.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_readme_names_every_command_and_every_kind() {
    let (_, help) = run("vaert --help", Path::new("."));
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).map_while(|line| {
        let name = line.strip_prefix("  ")?.split(' ').next()?;
        (!name.is_empty()).then_some(name)
    });
    let commands: Vec<_> = commands.filter(|name| *name != "help").collect();
    assert!(commands.contains(&"build"), "{help}");
    for command in commands {
        assert!(README.contains(&format!("| `vaert {command} ")), "{command}");
    }
    for kind in vaert::model::Kind::ALL {
        assert!(README.contains(&format!("\n| `{}` | ", kind.name())), "{}", kind.name());
    }
}

#[test]
fn the_readmes_pictures_are_there_and_small() {
    let pictures: Vec<PathBuf> = README
        .split("src=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(path, _)| Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .collect();
    assert_eq!(pictures.len(), 3);
    let bytes: u64 = pictures.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(bytes < 400_000, "{bytes}");
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        if fence.len() >= 3 {
            let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != fence);
            let text = inside.map(|line| format!("{line}\n")).collect();
            blocks.push(Block { line: number + 1, info, text });
        }
    }
    blocks
}

fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command: command.to_owned(), printed: Vec::new() }),
            (None, Some(step)) => step.printed.push(line.to_owned()),
            (None, None) => panic!("a console block begins with a command: {text}"),
        }
    }
    steps
}

/// Gives the exit code, and what was printed to both streams as a terminal would show it.
fn run(command: &str, folder: &Path) -> (i32, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_vaert"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{{ {command}\n}} 2>&1")]).current_dir(folder);
    shell.env("PATH", path).env("XDG_CACHE_HOME", folder.join("cache")).env_remove("CLICOLOR_FORCE");
    let output = shell.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Whether `printed` is what was `shown`, numbers aside. Of `…` the first match is taken, which is enough here.
fn is_like(shown: &[String], printed: &str) -> bool {
    let printed: Vec<String> = printed.trim_end().lines().map(without_numbers).collect();
    let mut rest = printed.as_slice();
    let mut parts = shown.split(|line| line == "…").peekable();
    let mut is_first = true;
    while let Some(part) = parts.next() {
        let part: Vec<String> = part.iter().map(|line| without_numbers(line)).collect();
        let at = match (is_first, parts.peek()) {
            (true, _) => rest.starts_with(&part).then_some(0),
            (false, None) => rest.ends_with(&part).then(|| rest.len() - part.len()),
            (false, Some(_)) => (0..=rest.len()).find(|at| rest[*at..].starts_with(&part)),
        };
        match at {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
        is_first = false;
    }
    rest.is_empty()
}

fn without_numbers(line: &str) -> String {
    let mut text = String::new();
    for c in line.trim_end().chars() {
        match c.is_ascii_digit() {
            true if text.ends_with('0') => {}
            true => text.push('0'),
            false => text.push(c),
        }
    }
    text
}

#[test]
fn numbers_and_lines_left_out_stand_for_any() {
    let shown = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(is_like(&shown("3 pages\n…\nend"), "41 pages\na\nb\nend\n"));
    assert!(is_like(&shown("a\n…"), "a\nb\nc\n") && is_like(&[], ""));
    for printed in ["3 files\nend", "3 pages\nfin", "3 pages\nend\nmore", ""] {
        assert!(!is_like(&shown("3 pages\n…\nend"), printed), "{printed}");
    }
}

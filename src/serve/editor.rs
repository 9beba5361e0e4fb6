//! Starts programs for the author: the editor in which a paragraph is opened, and the browser.
//!
//! No shell reads the command: it is split into words before a file's name is filled in, so that a name is never an
//! option and never several arguments.

use std::path::{Path, absolute};
use std::process::{Command, Stdio};
use std::str::FromStr;

/// The command that opens a file in the author's editor, as words with `{file}` and `{line}` in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorCommand {
    program: String,
    arguments: Vec<String>,
}

impl FromStr for EditorCommand {
    type Err = String;

    /// Splits a command at its spaces; quotes keep spaces in a word, and backslashes are ordinary characters.
    fn from_str(command: &str) -> Result<Self, String> {
        let mut words = words(command)?.into_iter();
        let program = words.next().ok_or("it names no program, as `code -g {file}:{line}` does")?;
        Ok(Self { program, arguments: words.collect() })
    }
}

fn words(command: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in command.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    quote.map_or(Ok(words), |open| Err(format!("the quote {open} is not closed")))
}

impl EditorCommand {
    /// Opens `file` at `line`, counted from 1. Returns whether the editor was started.
    pub(super) fn open(&self, file: &str, line: usize) -> bool {
        let Some(arguments) = self.arguments(file, line) else { return false };
        start(Command::new(&self.program).args(arguments))
    }

    /// Returns the arguments for `file`, which is named by its absolute path: such a path never begins with a dash.
    fn arguments(&self, file: &str, line: usize) -> Option<Vec<String>> {
        let file = absolute(Path::new(file)).ok()?.into_os_string().into_string().ok()?;
        let line = line.to_string();
        // Text that was filled in is not searched again: a file may be called `{line}.md`.
        let fill = |word: &String| {
            let pieces: Vec<String> = word.split("{file}").map(|piece| piece.replace("{line}", &line)).collect();
            pieces.join(&file)
        };
        Some(self.arguments.iter().map(fill).collect())
    }
}

/// Starts a program that runs on its own. Returns whether it was started.
///
/// A thread waits for its end: until then, the system keeps a program that has ended in its process list.
pub fn start(command: &mut Command) -> bool {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    // If the system provides no thread, the entry stays until this program ends.
    let _ = std::thread::Builder::new().name("child".to_owned()).spawn(move || child.wait());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(command: &str, file: &str) -> Vec<String> {
        command.parse::<EditorCommand>().unwrap().arguments(file, 7).unwrap()
    }

    #[test]
    fn a_command_is_split_at_blanks_outside_of_quotes() {
        let command: EditorCommand =
            r#" "C:\Program Files\code.exe"  -g '{file}:{line}' --title "" a"b c"d"#.parse().unwrap();
        assert_eq!(command.program, r"C:\Program Files\code.exe");
        assert_eq!(command.arguments, ["-g", "{file}:{line}", "--title", "", "ab cd"]);
        assert!("".parse::<EditorCommand>().is_err());
        assert!("code '{file}".parse::<EditorCommand>().unwrap_err().contains('\''));
    }

    #[test]
    fn a_file_is_one_argument_and_no_option_whatever_its_name() {
        for name in ["-dash/a.md", "--help.md", "a b.md", "a\"b'.md", "{line}.md", "{file}.md", "$(x);&.md", "a\nb.md"]
        {
            let whole = absolute(name).unwrap().into_os_string().into_string().unwrap();
            assert_eq!(arguments("code -g {file}:{line}", name), ["-g".to_owned(), format!("{whole}:7")], "{name}");
            let opened = arguments("vi +{line} {file}", name);
            assert_eq!(opened, ["+7", &whole], "{name}");
            assert!(!opened[1].starts_with('-'), "{name}");
        }
    }
}

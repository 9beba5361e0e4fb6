//! A folder to work in, and the program run in it within bounded time.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Far more than anything takes, also on a busy machine and without optimisation.
const LONGEST: Duration = Duration::from_secs(120);

/// A folder to work in, with a cache of its own.
pub struct Desk(tempfile::TempDir);

/// What a run of the program printed and how it ended.
pub struct Ran {
    /// Exit code.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it said beside that.
    pub err: String,
}

impl Desk {
    /// An empty one.
    pub fn new() -> Self {
        Desk(tempfile::tempdir().unwrap())
    }

    /// With the starter handbook in `bog`.
    pub fn with_handbook() -> Self {
        let desk = Desk::new();
        assert_eq!(desk.run("init bog").code, 0);
        desk
    }

    /// With a handbook in `bog` that has a title, no sections and these files.
    pub fn with_files(files: &[(&str, &str)]) -> Self {
        let desk = Desk::new();
        desk.write("bog/handbook.yaml", "title: Prøve\n");
        for (path, text) in files {
            desk.write(&format!("bog/{path}"), text);
        }
        desk
    }

    /// Its place.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The place of `path` in it.
    pub fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// The program, to be run in the folder.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vaert"));
        command.args(arguments.split_whitespace()).current_dir(self.path());
        command.env("XDG_CACHE_HOME", self.at("cache")).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }

    /// Runs the program to its end; fails where that does not come, or comes by a signal (a stack that overflows).
    #[track_caller]
    pub fn run(&self, arguments: &str) -> Ran {
        // Files, because a pipe that nobody empties holds the program up.
        let held = tempfile::tempdir().unwrap();
        let (out, err) = (held.path().join("out"), held.path().join("err"));
        let mut command = self.command(arguments);
        command.stdout(File::create(&out).unwrap()).stderr(File::create(&err).unwrap()).stdin(Stdio::null());
        let mut child = command.spawn().unwrap();
        let code = wait(&mut child, arguments);
        let read = |path| String::from_utf8(fs::read(path).unwrap()).unwrap();
        let (out, err) = (read(out), read(err));
        let code = code.unwrap_or_else(|| panic!("`vaert {arguments}` was ended by a signal: {}", start(&err)));
        assert!(!err.contains("panicked at"), "`vaert {arguments}`: {}", start(&err));
        Ran { code, out, err }
    }

    /// Writes a file and makes the folders above it.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let place = self.at(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    /// The text of a file.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether there is a file or folder.
    pub fn exists(&self, path: &str) -> bool {
        self.at(path).exists()
    }
}

impl Ran {
    /// Fails unless all went well and nothing was said.
    #[track_caller]
    pub fn is_clean(&self) {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
    }
}

/// The exit code of a child, killed where it takes too long.
#[track_caller]
fn wait(child: &mut Child, arguments: &str) -> Option<i32> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if started.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("`vaert {arguments}` had not ended after {LONGEST:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn start(text: &str) -> String {
    text.chars().take(2000).collect()
}

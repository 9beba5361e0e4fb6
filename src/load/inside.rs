//! Opens files of a folder, and no file outside it: between the walk that found a file and its reading, the file or a
//! folder above it may be replaced by a link that leads elsewhere.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

/// The reason for not reading a file that was found inside.
const LED_OUT: &str = "it leads out of the folder by now";
/// The reason for not reading a pipe or the like.
const NO_FILE: &str = "it is neither a file nor a folder";

/// A folder whose files may be read.
#[derive(Debug)]
pub(super) struct Root {
    /// The path as it was given.
    folder: PathBuf,
    /// The canonical path.
    real: PathBuf,
    #[cfg(target_os = "linux")]
    handle: Option<std::os::fd::OwnedFd>,
}

impl Root {
    /// Opens `folder`.
    ///
    /// # Errors
    /// Returns an error if it does not exist or may not be read.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let real = folder.canonicalize()?;
        #[cfg(target_os = "linux")]
        let handle = {
            use rustix::fs::{Mode, OFlags, open};
            open(&real, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).ok()
        };
        Ok(Self {
            folder: folder.to_owned(),
            real,
            #[cfg(target_os = "linux")]
            handle,
        })
    }

    /// Returns the canonical path of the folder.
    pub(super) fn real(&self) -> &Path {
        &self.real
    }

    /// Opens the file at `place`, a path that begins with the folder as it was given.
    ///
    /// # Errors
    /// Returns an error if the system refuses, if a link leads out of the folder, or if there is no file but, for
    /// example, a pipe, whose reader would wait forever.
    pub(super) fn open(&self, place: &Path) -> io::Result<File> {
        match self.open_beneath(place) {
            Some(file) => checked(file),
            None => self.open_and_compare(place),
        }
    }

    /// Returns the canonical path of `file`, which was opened at `place`.
    ///
    /// # Errors
    /// Returns an error if it is not in the folder.
    pub(super) fn real_place(&self, file: &File, place: &Path) -> io::Result<PathBuf> {
        place_of(file, place, |real| real.starts_with(&self.real))
    }

    /// Lets the system check that no link leads out, which costs nothing. Returns `None` if the system cannot (before
    /// Linux 5.6) and if it refuses: for links with absolute paths, and for files that cannot be opened at all.
    #[cfg(target_os = "linux")]
    fn open_beneath(&self, place: &Path) -> Option<File> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        let inside = place.strip_prefix(&self.folder).ok()?;
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
        openat2(self.handle.as_ref()?, inside, flags, Mode::empty(), resolve).ok().map(File::from)
    }

    #[cfg(not(target_os = "linux"))]
    fn open_beneath(&self, _: &Path) -> Option<File> {
        None
    }

    /// Opens the file first, then checks where the path leads and whether that is the open file.
    fn open_and_compare(&self, place: &Path) -> io::Result<File> {
        let file = checked(without_waiting().open(place)?)?;
        self.real_place(&file, place).map(|_| file)
    }
}

/// Opens a file that a load found and left on disk. Its path contained no link, and none is followed.
///
/// # Errors
/// Returns an error if the system refuses, or if a link has replaced the file or a folder above it.
pub fn open(path: &Path) -> io::Result<File> {
    let file = checked(without_waiting().open(path)?)?;
    place_of(&file, path, |real| real == path).map(|_| file)
}

fn checked(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other(NO_FILE)) }
}

/// Returns the canonical path of `place`, if it `is_allowed` and leads to `file`.
fn place_of(file: &File, place: &Path, is_allowed: impl Fn(&Path) -> bool) -> io::Result<PathBuf> {
    let led_out = || io::Error::other(LED_OUT);
    let real = place.canonicalize().ok().filter(|real| is_allowed(real)).ok_or_else(led_out)?;
    let is_there = without_waiting().open(&real).is_ok_and(|there| is_same(file, there));
    if is_there { Ok(real) } else { Err(led_out()) }
}

fn is_same(file: &File, there: File) -> bool {
    let handle = file.try_clone().and_then(Handle::from_file);
    handle.and_then(|handle| Ok(handle == Handle::from_file(there)?)).unwrap_or(false)
}

/// Returns options for reading without waiting for the writer of a pipe.
fn without_waiting() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    options
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::io::Read as _;
    use std::os::unix::fs::symlink;

    use super::*;

    fn read(root: &Root, place: &Path) -> Vec<io::Result<String>> {
        let text = |file: io::Result<File>| {
            let mut text = String::new();
            file.and_then(|mut file| file.read_to_string(&mut text)).map(|_| text)
        };
        vec![text(root.open(place)), text(root.open_and_compare(place))]
    }

    #[test]
    fn links_are_followed_inside_alone() {
        let desk = tempfile::tempdir().unwrap();
        let at = |path: &str| desk.path().join(path);
        fs::create_dir_all(at("bog/om")).unwrap();
        fs::create_dir_all(at("ude")).unwrap();
        fs::write(at("bog/om/a.md"), "inde").unwrap();
        fs::write(at("ude/a.md"), "hemmeligt").unwrap();
        symlink("om/a.md", at("bog/naer.md")).unwrap();
        symlink(at("bog/om/a.md"), at("bog/hel.md")).unwrap();
        symlink("../ude/a.md", at("bog/ud.md")).unwrap();
        symlink("../ude", at("bog/mappe")).unwrap();
        symlink("../bog/om/a.md", at("bog/ud-og-ind.md")).unwrap();
        symlink(at("bog"), at("genvej")).unwrap();
        for folder in ["bog", "genvej"] {
            let root = Root::new(&at(folder)).unwrap();
            for inside in ["om/a.md", "naer.md", "hel.md", "ud-og-ind.md"] {
                for text in read(&root, &at(folder).join(inside)) {
                    assert_eq!(text.unwrap(), "inde", "{folder}/{inside}");
                }
            }
            for outside in ["ud.md", "mappe/a.md", "../ude/a.md"] {
                for text in read(&root, &at(folder).join(outside)) {
                    assert!(text.is_err(), "{folder}/{outside}: {text:?}");
                }
            }
        }
    }

    #[test]
    fn a_file_left_on_disk_is_opened_where_it_was_alone() {
        let desk = tempfile::tempdir().unwrap();
        let folder = desk.path().canonicalize().unwrap();
        let at = |path: &str| folder.join(path);
        fs::create_dir_all(at("bog/om")).unwrap();
        fs::write(at("bog/om/film"), "film").unwrap();
        fs::create_dir_all(at("ude")).unwrap();
        fs::write(at("ude/film"), "hemmeligt").unwrap();
        symlink("om/film", at("bog/film")).unwrap();
        let root = Root::new(&at("bog")).unwrap();
        let place = root.real_place(&root.open(&at("bog/film")).unwrap(), &at("bog/film")).unwrap();
        assert_eq!(place, at("bog/om/film"));
        assert!(open(&place).is_ok());
        fs::rename(at("bog/om"), at("bog/vaek")).unwrap();
        symlink(at("ude"), at("bog/om")).unwrap();
        assert!(open(&place).is_err());
        fs::remove_file(at("bog/om")).unwrap();
        fs::rename(at("bog/vaek"), at("bog/om")).unwrap();
        assert!(open(&place).is_ok());
        fs::remove_file(&place).unwrap();
        symlink(at("ude/film"), &place).unwrap();
        assert!(open(&place).is_err());
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        let desk = tempfile::tempdir().unwrap();
        let place = desk.path().join("a.md");
        assert!(std::process::Command::new("mkfifo").arg(&place).status().unwrap().success());
        assert!(Root::new(desk.path()).unwrap().open(&place).is_err());
    }
}

//! Finished print-outs in the user's cache folder, so that what has not changed is not set again.
//!
//! Each lies under the fingerprint of all that it was made from, with one of its own bytes behind it, so that a file
//! that was cut short or changed is told from a whole one. What has not been asked for in the longest time goes when
//! there is too much. A cache that cannot be read or written costs time, nothing else.
#![allow(clippy::disallowed_methods, reason = "the store lies on disk, and the environment says where")]

mod folder;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

#[cfg(feature = "pdf")]
use crate::build::PrintJob;
use crate::fingerprint::Fingerprint;
#[cfg(feature = "pdf")]
use crate::print::press::Printed;

pub use folder::{close_file, folder, write};

use folder::close;

/// Bytes that are kept when a command ends: about two thousand handouts.
const MOST_BYTES: u64 = 128 << 20;
/// Digits of a fingerprint.
const SEAL: usize = 32;

/// Sets a print-out, or takes it as it was set before from the same.
#[cfg(feature = "pdf")]
pub fn print(job: PrintJob) -> Printed {
    let key = job.fingerprint();
    if let Some(pdf) = recall(key) {
        return Printed { pdf: Some(pdf), diagnostics: Vec::new() };
    }
    let printed = job.set();
    if let (Some(pdf), true) = (&printed.pdf, printed.diagnostics.is_empty()) {
        keep(key, pdf);
    }
    printed
}

/// The print-out made from what `key` stands for, if it is there and whole.
pub fn recall(key: Fingerprint) -> Option<Arc<[u8]>> {
    let place = place(key)?;
    let bytes = fs::read(&place).ok()?;
    let pdf = opened(&bytes)?;
    // Used now, so it is the last to go. Where that cannot be noted it goes earlier.
    let _ = fs::File::options().append(true).open(&place).and_then(|file| file.set_modified(SystemTime::now()));
    Some(pdf.into())
}

/// Keeps a print-out.
pub fn keep(key: Fingerprint, pdf: &[u8]) {
    if let Some(place) = place(key) {
        let _ = write(&place, &sealed(pdf));
    }
}

/// Removes the print-outs that were not requested for the longest time, until the rest is small enough; the rest is
/// made readable by the user alone.
pub fn tidy() {
    if let Some(folder) = folder().map(|folder| folder.join("print")) {
        let _ = close(&folder).and_then(|()| shrink(&folder, MOST_BYTES));
    }
}

/// The version, and the executable's size and time for what is built between two versions.
pub fn program() -> Option<String> {
    let executable = std::env::current_exe().ok()?.metadata().ok()?;
    let time = executable.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(format!("{} {} {}", env!("CARGO_PKG_VERSION"), executable.len(), time.as_nanos()))
}

fn place(key: Fingerprint) -> Option<PathBuf> {
    Some(folder()?.join("print").join(format!("{}.pdf", Fingerprint::of(&(key, program()?)))))
}

/// The bytes of a print-out with their fingerprint behind them.
fn sealed(pdf: &[u8]) -> Vec<u8> {
    [pdf, Fingerprint::of_bytes(pdf).to_string().as_bytes()].concat()
}

/// The print-out of a file that is as it was written.
fn opened(file: &[u8]) -> Option<&[u8]> {
    let (pdf, seal) = file.split_at_checked(file.len().checked_sub(SEAL)?)?;
    (Fingerprint::of_bytes(pdf).to_string().as_bytes() == seal).then_some(pdf)
}

fn shrink(folder: &Path, most: u64) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        close_file(&entry.path(), &metadata)?;
        files.push((metadata.modified()?, metadata.len(), entry.path()));
    }
    files.sort_unstable_by(|a, b| b.cmp(a));
    let mut kept = 0;
    for (_, size, path) in files {
        kept += size;
        if kept > most {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_last_stays() {
        let folder = tempfile::tempdir().unwrap();
        for (age, name) in [(30, "old"), (10, "new"), (20, "middle")] {
            let path = folder.path().join(name);
            fs::write(&path, [0; 10]).unwrap();
            let time = SystemTime::now() - std::time::Duration::from_secs(age);
            fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
        }
        shrink(folder.path(), 25).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["middle", "new"]);
    }

    #[test]
    fn a_file_that_was_changed_or_cut_short_is_none() {
        let file = sealed(b"%PDF-1.7 x");
        assert_eq!(opened(&file), Some(&b"%PDF-1.7 x"[..]));
        for at in 0..file.len() {
            assert_eq!(opened(&file[..at]), None);
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert_eq!(opened(&changed), None, "byte {at}");
        }
    }
}

//! Changes on disk that others may be in the way of for a moment: asked for again before they count as refused.
//!
//! On Windows, and on an SMB share from anywhere, a file cannot be replaced or removed while another program has it open
//! without sharing deletion: a virus scanner, an indexer, a backup. They let go soon. A file that is replaced is never
//! removed first: between the two there would be none.

use std::io;
use std::thread;
use std::time::Duration;

/// Waits between the tries, in milliseconds: a second and a half in all.
const WAITS: [u64; 5] = [50, 100, 200, 400, 800];

/// What `change` gives, asked again up to five times while it is refused for a reason that may pass.
pub(super) fn insist<T>(mut change: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for wait in WAITS {
        match change() {
            Err(error) if may_pass(&error) => thread::sleep(Duration::from_millis(wait)),
            result => return result,
        }
    }
    change()
}

/// Whether somebody else may have the file open: Windows says so by a sharing violation (32) or a denied access (5), a
/// mounted share by EACCES, EBUSY or ETXTBSY.
fn may_pass(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy
    ) || cfg!(windows) && error.raw_os_error() == Some(SHARING_VIOLATION)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The result of a change that is refused with `kind` the first `times` times, and how often it was tried.
    fn refused(kind: io::ErrorKind, times: usize) -> (io::Result<()>, usize) {
        let mut tries = 0;
        let result = insist(|| {
            tries += 1;
            if tries <= times { Err(kind.into()) } else { Ok(()) }
        });
        (result, tries)
    }

    #[test]
    fn a_file_that_is_open_elsewhere_for_a_moment_is_waited_for() {
        for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::ResourceBusy] {
            let (result, tries) = refused(kind, 2);
            assert!(result.is_ok(), "{kind}");
            assert_eq!(tries, 3);
        }
    }

    #[test]
    fn what_does_not_pass_is_told_in_the_end_and_a_full_disk_at_once() {
        let (result, tries) = refused(io::ErrorKind::PermissionDenied, usize::MAX);
        assert_eq!((result.unwrap_err().kind(), tries), (io::ErrorKind::PermissionDenied, 6));
        let (result, tries) = refused(io::ErrorKind::StorageFull, usize::MAX);
        assert_eq!((result.unwrap_err().kind(), tries), (io::ErrorKind::StorageFull, 1));
    }
}

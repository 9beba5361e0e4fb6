//! Print-outs of an edition are set, or taken from the store, on as many threads as the machine has cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::build::Build;
use crate::diagnostic::Diagnostic;
use crate::output::{Output, OutputContent};
use crate::store;

/// Sets the print-outs of `build` at `paths` and hands each to `emit`, in no order. Gives the faults of templates; a
/// print-out with an error is not handed on.
pub(super) fn press(build: &Build, paths: &[Arc<str>], emit: &(dyn Fn(Output) + Sync)) -> Vec<Diagnostic> {
    let faults = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Some(job) = build.print_job(path) else { continue };
            let printed = store::print(job);
            faults.lock().unwrap_or_else(PoisonError::into_inner).extend(printed.diagnostics);
            if let Some(pdf) = printed.pdf {
                emit(Output { path: Arc::clone(path), content: OutputContent::Bytes(pdf) });
            }
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from).min(paths.len());
    // Not rayon: Typst uses its pool itself, and would wait for workers that wait for Typst.
    thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(work);
        }
        work();
    });
    store::tidy();
    faults.into_inner().unwrap_or_else(PoisonError::into_inner)
}

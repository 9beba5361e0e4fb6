//! Outputs that get finished become a bar on the terminal, once the work has taken a second.

use std::io::{self, IsTerminal as _};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

const QUICK: Duration = Duration::from_secs(1);

/// A bar that appears only where somebody waits for it.
pub(super) struct Progress {
    started: Instant,
    total: u64,
    done: std::sync::atomic::AtomicU64,
    bar: OnceLock<ProgressBar>,
    is_shown: bool,
}

impl Progress {
    /// For `total` outputs of work that began at `started`. `wanted` is false where tools read along.
    pub(super) fn new(total: usize, started: Instant, wanted: bool) -> Self {
        let (done, bar) = Default::default();
        Self { started, total: total as u64, done, bar, is_shown: wanted && io::stderr().is_terminal() }
    }

    /// One more output is finished.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        if self.is_shown && self.started.elapsed() > QUICK {
            self.bar.get_or_init(|| bar(self.total)).set_position(done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files");
    ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

//! Shows on a terminal how far a long run has come.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::output;

/// Shorter waits need no bar.
const AFTER: Duration = Duration::from_millis(500);
/// So many steps are made between two looks at the clock.
const STEPS: u64 = 64;

/// A bar that comes to be seen when the work takes long, on standard error where that is a terminal.
/// Without one it costs a step nothing but a count.
pub(super) struct Progress {
    what: &'static str,
    all: u64,
    done: AtomicU64,
    since: Instant,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    pub(super) fn of(what: &'static str, all: usize) -> Progress {
        Progress { what, all: all as u64, done: AtomicU64::new(0), since: Instant::now(), bar: OnceLock::new() }
    }

    /// One step more is done.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Relaxed) + 1;
        if done.is_multiple_of(STEPS) && self.since.elapsed() > AFTER && output::shows_progress() {
            self.bar.get_or_init(|| bar(self.what, self.all)).set_position(done);
        }
    }

    /// How long it took so far.
    pub(super) fn elapsed(&self) -> Duration {
        self.since.elapsed()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(what: &'static str, all: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} notes")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(all).with_style(style).with_message(what)
}

//! A progress bar for work that takes long: on standard error, on a terminal only, and not before half a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_millis(500);

/// Shows how far the work is.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    wanted: AtomicBool,
}

impl Progress {
    /// For `total` drafts; `quiet` never shows.
    pub(super) fn new(total: usize, quiet: bool) -> Self {
        let wanted = !quiet && total > 1 && io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        Self { bar, start: Instant::now(), wanted: AtomicBool::new(wanted) }
    }

    /// One more is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        let due = self.start.elapsed() > PATIENCE && self.wanted.load(Ordering::Relaxed);
        if due && self.wanted.swap(false, Ordering::Relaxed) {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} drafts, {eta} left");
            self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Prints with the bar out of the way.
    pub(super) fn print<R>(&self, print: impl FnOnce() -> R) -> R {
        if self.bar.is_hidden() { print() } else { self.bar.suspend(print) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

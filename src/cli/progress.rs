//! A progress bar for work that takes long: on standard error, on a terminal only, and not before half a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_millis(500);

/// Shows how far the work is.
pub(super) struct Progress {
    bar: ProgressBar,
    template: &'static str,
    start: Instant,
    /// Whether the bar is still to be shown.
    due: AtomicBool,
}

impl Progress {
    /// For `total` drafts; `quiet` never shows.
    pub(super) fn drafts(total: usize, quiet: bool) -> Self {
        Self::new(total as u64, "{bar:30} {pos}/{len} drafts, {eta} left", quiet || total < 2)
    }

    /// For the bytes of files; where one of the sizes is not known, nothing shows.
    pub(super) fn bytes(paths: &[PathBuf], quiet: bool) -> Self {
        let size = |path: &PathBuf| {
            let metadata = std::fs::metadata(path).ok();
            metadata.filter(std::fs::Metadata::is_file).map(|metadata| metadata.len())
        };
        let total: Option<u64> = paths.iter().map(size).sum();
        let template = "{bar:30} {bytes}/{total_bytes}, {eta} left";
        Self::new(total.unwrap_or_default(), template, quiet || total.is_none())
    }

    fn new(total: u64, template: &'static str, hidden: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let due = AtomicBool::new(!hidden && io::stderr().is_terminal());
        Self { bar, template, start: Instant::now(), due }
    }

    /// `count` more are done.
    pub(super) fn step(&self, count: u64) {
        self.bar.inc(count);
        let late = self.due.load(Ordering::Relaxed) && self.start.elapsed() > PATIENCE;
        if late && self.due.swap(false, Ordering::Relaxed) {
            let style = ProgressStyle::with_template(self.template);
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

//! Work in parallel, results in order, memory bounded.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::io;

/// How many items are in flight at most.
const BATCH: usize = 256;

/// Does `work` on every item on all cores and hands the results to `sink` in the order of the items.
///
/// A batch of one item stays on this thread, so that one draft never waits for threads to start.
pub(super) fn run<T: Send, R: Send>(
    items: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> R + Send + Sync,
    mut sink: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    let mut items = items.into_iter();
    loop {
        let batch: Vec<T> = items.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        all(batch, &work).into_iter().try_for_each(&mut sink)?;
    }
}

/// Does `work` on every item on all cores and returns the results in the order of the items.
pub(super) fn all<T: Send, R: Send>(batch: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    if batch.len() == 1 {
        return batch.into_iter().map(work).collect();
    }
    batch.into_par_iter().map(&work).collect()
}

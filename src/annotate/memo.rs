//! What is found out about a block once, however often the story around it changes.
//!
//! Rules that read the whole story mostly look for a few candidates in every block first. What they find there is a
//! function of the block, and stays with its annotations, which an editor's cache keeps over keystrokes.

use super::Paragraph;
use std::any::Any;
use std::marker::PhantomData;
use std::sync::OnceLock;

/// Number of [`Slot`]s.
pub(crate) const SLOTS: usize = 12;

/// Where the findings of one kind are kept; each has a number of its own.
pub(crate) struct Slot<T> {
    number: usize,
    kept: PhantomData<fn() -> T>,
}

impl<T> Slot<T> {
    /// The slot with this number, which must be less than [`SLOTS`].
    pub(crate) const fn new(number: usize) -> Self {
        assert!(number < SLOTS);
        Self { number, kept: PhantomData }
    }
}

type Kept = Option<Box<dyn Any + Send + Sync>>;

/// What was found out about a block: no part of what it says, so all are equal.
#[derive(Debug, Default)]
pub(crate) struct Memo([OnceLock<Kept>; SLOTS]);

impl Clone for Memo {
    /// An empty one: the copy may be altered, and what was found out may then be wrong.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Memo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Paragraph<'_> {
    /// What `find` finds in the paragraph, looked for once; most paragraphs hold nothing, which costs nothing to keep.
    ///
    /// `find` may read the block and its annotations only, neither what stands around it nor where it stands: what it
    /// finds is kept while the block moves. Places in it are token numbers.
    pub(crate) fn memo<T: Any + Send + Sync>(
        &self,
        slot: &Slot<T>,
        find: impl FnOnce(&Self) -> Option<T>,
    ) -> Option<&T> {
        let kept = self.notes.memo.0[slot.number]
            .get_or_init(|| find(self).map(|found| Box::new(found) as Box<dyn Any + Send + Sync>));
        kept.as_deref().and_then(|found| found.downcast_ref())
    }
}

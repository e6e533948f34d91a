//! What the editor shows already. A finding that was shown is not held back again while the analysis still finds it: one
//! that comes and goes with the keys draws more attention than it is worth.

use super::snapshot::Snapshot;
use crate::diagnostic::Diagnostic;
use crate::text::TextRange;

/// What an edit did to the places in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edit {
    /// The revision that it led to.
    pub revision: u64,
    /// The end of the last word before it, in bytes: whoever types goes on from there.
    pub word: u32,
    /// What was replaced, in bytes.
    pub old: TextRange,
    /// How long the new text is, in bytes.
    pub len: u32,
}

impl Edit {
    /// Where a range is after the edit. One that the edit touches grows by what was written; one that was replaced together
    /// with the text on both sides is gone.
    fn moved(self, range: TextRange) -> Option<TextRange> {
        let shift = |at: u32| at - self.old.len() + self.len;
        if range.end < self.word {
            return Some(range);
        }
        if self.old.end < range.start || self.old.end == range.start && !range.is_empty() {
            return Some(TextRange::new(shift(range.start), shift(range.end)));
        }
        if self.old.start < range.start && range.end < self.old.end {
            return None;
        }
        let touched = range.cover(self.old);
        Some(TextRange::new(touched.start, shift(touched.end)))
    }
}

/// Findings that are shown: rule and place, in this order.
#[derive(Debug, Default)]
pub(super) struct Shown(Vec<(&'static str, TextRange)>);

impl Shown {
    /// What a version showed, if there is one, where it is after edits.
    pub(super) fn after(before: Option<&Snapshot>, edits: &[Edit]) -> Self {
        let moved = |found: &Diagnostic| {
            let mut edits = edits.iter().copied();
            let range = edits.try_fold(found.range, |range, edit| edit.moved(range))?;
            Some((found.rule, range))
        };
        let shown = before.into_iter().flat_map(Snapshot::shown);
        Self::new(shown.filter_map(|(found, _)| moved(found)))
    }

    fn new(found: impl Iterator<Item = (&'static str, TextRange)>) -> Self {
        let mut list: Vec<_> = found.collect();
        list.sort_unstable();
        Self(list)
    }

    /// Whether a finding is shown. It may have grown or moved on with the writing, so that its place need only meet that of
    /// the one before.
    pub(super) fn holds(&self, found: &Diagnostic) -> bool {
        let range = found.range;
        let beyond = range.end.max(range.start + 1);
        let after = self.0.partition_point(|(rule, at)| (*rule, at.start) < (found.rule, beyond));
        let last = after.checked_sub(1).and_then(|last| self.0.get(last));
        last.is_some_and(|(rule, at)| {
            *rule == found.rule
                && (at.overlaps(range) || at.start == range.start || at.end == range.end)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(word: u32, old: (u32, u32), len: u32) -> Edit {
        Edit { revision: 1, word, old: old.into(), len }
    }

    fn moved(edit: Edit, range: (u32, u32)) -> Option<(u32, u32)> {
        edit.moved(range.into()).map(Into::into)
    }

    #[test]
    fn places_move_with_the_text() {
        assert_eq!(moved(edit(20, (20, 20), 3), (5, 9)), Some((5, 9)), "written behind it");
        assert_eq!(moved(edit(2, (2, 4), 5), (5, 9)), Some((8, 12)), "written before it");
        assert_eq!(moved(edit(5, (5, 5), 1), (5, 9)), Some((6, 10)), "written at its start");
        assert_eq!(moved(edit(9, (9, 9), 1), (5, 9)), Some((5, 10)), "written at its end");
        assert_eq!(moved(edit(9, (10, 10), 1), (5, 9)), Some((5, 11)), "the next word");
        assert_eq!(moved(edit(7, (7, 12), 0), (5, 9)), Some((5, 7)), "its end deleted");
        assert_eq!(moved(edit(5, (5, 9), 6), (5, 9)), Some((5, 11)), "another word put there");
        assert_eq!(moved(edit(0, (0, 30), 30), (5, 9)), None, "another text put there");
    }

    #[test]
    fn what_is_shown_is_known_by_rule_and_place() {
        let places = [("b-rule", (5, 9)), ("a-rule", (5, 9)), ("a-rule", (20, 20))];
        let shown = Shown::new(places.into_iter().map(|(rule, range)| (rule, range.into())));
        let holds = |rule: &'static str, range: (u32, u32)| {
            let mut found = Diagnostic::new(range.into(), "", "");
            found.rule = rule;
            shown.holds(&found)
        };
        assert!(holds("a-rule", (5, 9)) && holds("a-rule", (5, 30)) && holds("a-rule", (8, 9)));
        assert!(holds("a-rule", (20, 20)) && holds("b-rule", (5, 5)));
        assert!(
            !holds("a-rule", (9, 12)) && !holds("c-rule", (5, 9)) && !holds("b-rule", (20, 20))
        );
    }
}

//! Safe fixes, applied until nothing is left to apply.

use super::{Analyzer, Article, Checked, Stands};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Field, Fix};
use std::collections::BTreeMap;

/// Rounds after which fixes that keep making room for others are left alone.
const ROUNDS: usize = 10;

/// A text after its safe fixes.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The text, if anything changed.
    pub text: Option<String>,
    /// How many fixes were applied.
    pub fixes: usize,
    /// What is left.
    pub checked: Checked,
}

impl Analyzer {
    /// Applies the safe fixes of the findings again and again until none is left.
    pub fn mend(&self, article: &Article<'_>, stands: &[Stands<'_>]) -> Mended {
        let check = |text: &str| {
            let article = Article { text, ..*article };
            self.check_with(&self.annotate(&article), stands, article.against)
        };
        let mut mended = Mended { text: None, fixes: 0, checked: check(article.text) };
        for _ in 0..ROUNDS {
            let text = mended.text.as_deref().unwrap_or(article.text);
            let (next, count) = apply(text, &mended.checked.diagnostics);
            if count == 0 || next == text {
                break;
            }
            // A stet that silenced a finding which is mended now was not idle.
            let before = mended.checked.effects;
            mended.checked = check(&next);
            let effects = mended.checked.effects.iter_mut();
            effects.zip(before).for_each(|(effect, before)| *effect = before.max(*effect));
            mended.fixes += count;
            mended.text = Some(next);
        }
        mended
    }
}

/// Applies the safe fix of every finding; where fixes of two findings meet, the earlier one wins and the other waits.
fn apply(text: &str, findings: &[Diagnostic]) -> (String, usize) {
    let mut taken: BTreeMap<(u32, u32), &Edit> = BTreeMap::new();
    let mut count = 0;
    let safe = |fix: &&Fix| fix.applicability() == Applicability::Safe;
    let in_text = findings.iter().filter(|found| found.field == Field::Text);
    for fix in in_text.filter_map(|found| found.fixes.iter().find(safe)) {
        let fits = |edit: &Edit| {
            let range = edit.range.start as usize..edit.range.end as usize;
            text.get(range).is_some() && !meets(&taken, edit)
        };
        if fix.edits().iter().all(fits) {
            count += 1;
            taken.extend(fix.edits().iter().map(|edit| ((edit.range.start, edit.range.end), edit)));
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken.values() {
        out.push_str(text.get(at..edit.range.start as usize).unwrap_or_default());
        out.push_str(&edit.replacement);
        at = edit.range.end as usize;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out, count)
}

/// Whether the edit overlaps one that was taken, or starts where one starts.
fn meets(taken: &BTreeMap<(u32, u32), &Edit>, edit: &Edit) -> bool {
    let (start, end) = (edit.range.start, edit.range.end);
    let next = taken.range((start, 0)..).next();
    let last = taken.range(..(start, 0)).next_back();
    next.is_some_and(|(next, _)| next.0 == start || next.0 < end)
        || last.is_some_and(|(last, _)| last.1 > start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextRange;

    fn finding(edits: &[(u32, u32, &str)]) -> Diagnostic {
        let edits: Vec<Edit> = edits
            .iter()
            .map(|(start, end, text)| Edit::replace(TextRange::new(*start, *end), *text))
            .collect();
        Diagnostic::new(TextRange::at(0), "", "").fix(Fix::safe("", edits))
    }

    #[test]
    fn the_earlier_of_two_fixes_that_meet_wins() {
        let found = [finding(&[(0, 2, "X")]), finding(&[(1, 3, "Y")]), finding(&[(3, 4, "Z")])];
        assert_eq!(apply("abcdef", &found), ("XcZef".to_owned(), 2));
    }

    #[test]
    fn a_fix_is_applied_whole_or_not_at_all() {
        let found = [finding(&[(2, 4, "")]), finding(&[(0, 1, "X"), (3, 5, "Y")])];
        assert_eq!(apply("abcdef", &found), ("abef".to_owned(), 1));
    }

    #[test]
    fn insertions_at_one_place_wait_for_each_other() {
        let found = [finding(&[(2, 2, "X")]), finding(&[(2, 2, "Y")]), finding(&[(2, 3, "")])];
        assert_eq!(apply("abc", &found), ("abXc".to_owned(), 1));
    }

    #[test]
    fn edits_off_the_text_or_inside_a_character_are_refused() {
        let found = [finding(&[(1, 2, "X")]), finding(&[(2, 9, "X")])];
        assert_eq!(apply("é", &found), ("é".to_owned(), 0));
    }
}

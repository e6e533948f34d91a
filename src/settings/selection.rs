//! What the caller asked for beside the settings: `--select`, `--ignore`, `--min-confidence`.

use crate::rules::Selector;

/// Which rules the caller wants, whatever the settings say.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these rules run, also where the settings turn them off; empty: those that the settings turn on.
    pub select: Vec<Selector>,
    /// These rules do not run.
    pub ignore: Vec<Selector>,
    /// The least confidence that is reported, for every rule; unset: each rule's own.
    pub min_confidence: Option<f32>,
}

impl Selection {
    /// Whether the caller narrowed what the settings turn on, so that silence proves nothing.
    pub fn narrows(&self) -> bool {
        let all = self.select.iter().any(|selector| matches!(selector, Selector::All));
        !self.select.is_empty() && !all || !self.ignore.is_empty() || self.min_confidence.is_some()
    }
}

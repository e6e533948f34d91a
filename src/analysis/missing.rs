//! Wire copy that the front matter names and that could not be read.

use super::Analyzer;
use crate::against::Wires;
use crate::diagnostic::Diagnostic;
use crate::resolve::Story;

/// The rule that it is reported by.
const RULE: &str = "against-missing";

impl Analyzer {
    /// One finding for each name under `against` that leads to nothing.
    pub(super) fn missing(&self, story: &Story<'_>, against: Option<&Wires>) -> Vec<Diagnostic> {
        let missing = against.map_or(&[][..], |wires| wires.missing());
        let active = self.rules.iter().find(|active| active.rule.id == RULE);
        let Some(active) = active.filter(|_| !missing.is_empty()) else { return Vec::new() };
        let entries = story.document.metadata.against.iter();
        let found = entries.filter_map(|entry| {
            let missing = missing.iter().find(|missing| missing.name == entry.value)?;
            let message = match missing.name.as_str() {
                "" => missing.why.clone(),
                name => format!("the wire copy `{name}` cannot be read: {}", missing.why),
            };
            let help =
                "The draft is not compared with it. Names are relative to the draft's folder.";
            let found = Diagnostic::new(entry.range, message, help);
            Some(Diagnostic { rule: active.rule.id, severity: active.severity, ..found })
        });
        found.collect()
    }
}

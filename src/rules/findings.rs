//! The one place that rules report to: it enforces what no rule may get wrong.

use super::{Rule, fixes};
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::BlockKind;
use crate::text::TextRange;

/// Collects the findings of one rule after another.
///
/// - A finding inside a quotation is dropped, unless the rule is about what the marks hold.
/// - A finding below the asked-for confidence is dropped.
/// - A fix is led around markup, and is safe only where it alters no quoted word.
#[derive(Debug)]
pub struct Findings {
    rule: &'static Rule,
    severity: Severity,
    min_confidence: f32,
    list: Vec<Diagnostic>,
}

impl Findings {
    pub(crate) fn new(rule: &'static Rule, severity: Severity, min_confidence: f32) -> Self {
        Self { rule, severity, min_confidence, list: Vec::new() }
    }

    /// Findings below this are not wanted: a rule may save itself the work of describing them.
    pub(crate) fn min_confidence(&self) -> f32 {
        self.min_confidence
    }

    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    /// The same as [`push`](Self::push) for a finding that is never more severe than `most`.
    pub fn push_at_most(&mut self, most: Severity, paragraph: &Paragraph<'_>, finding: Diagnostic) {
        let count = self.list.len();
        self.push(paragraph, finding);
        for finding in &mut self.list[count..] {
            finding.severity = finding.severity.min(most);
        }
    }

    /// Reports a finding in `paragraph`; its field, rule and severity are filled in here.
    pub fn push(&mut self, paragraph: &Paragraph<'_>, mut finding: Diagnostic) {
        if finding.confidence < self.min_confidence || finding.range.is_empty() {
            return;
        }
        if !self.rule.in_quotations && is_quoted(paragraph, finding.range) {
            return;
        }
        finding.rule = self.rule.id;
        finding.severity = self.severity;
        finding.field = paragraph.field;
        finding.fixes =
            finding.fixes.into_iter().filter_map(|fix| fixes::fitted(paragraph, fix)).collect();
        self.list.push(finding);
    }
}

/// Whether the range starts inside the words of a quotation, or in a block quotation.
fn is_quoted(paragraph: &Paragraph<'_>, range: TextRange) -> bool {
    paragraph.block.kind == BlockKind::Quote
        || paragraph.quotation_over(TextRange::at(range.start)).is_some()
}

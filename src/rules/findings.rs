//! The one place that rules report to: it enforces what no rule may get wrong.

use super::Rule;
use crate::annotate::Paragraph;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use crate::document::BlockKind;
use crate::text::TextRange;

/// Collects the findings of one rule after another.
///
/// - A finding inside a quotation is dropped, unless the rule is about typography.
/// - A finding below the asked-for confidence is dropped.
/// - A safe fix that would alter quoted words becomes a suggestion.
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
        for fix in &mut finding.fixes {
            if fix.applicability() == Applicability::Safe && alters_quoted_words(paragraph, fix) {
                fix.demote();
            }
        }
        self.list.push(finding);
    }
}

/// Whether the range starts inside the words of a quotation, or in a block quotation.
fn is_quoted(paragraph: &Paragraph<'_>, range: TextRange) -> bool {
    paragraph.block.kind == BlockKind::Quote
        || paragraph.quotation_over(TextRange::at(range.start)).is_some()
}

/// Whether the fix changes a letter or digit inside a quotation; marks alone may change.
fn alters_quoted_words(paragraph: &Paragraph<'_>, fix: &Fix) -> bool {
    let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    fix.edits().iter().any(|edit| {
        let quoted = paragraph.block.kind == BlockKind::Quote
            || paragraph.quotation_over(edit.range).is_some();
        quoted && words(edit.range.slice(paragraph.source)) != words(&edit.replacement)
    })
}

//! Findings in the words of the protocol.

use super::docs::Docs;
use super::snapshot::Snapshot;
use crate::diagnostic::{Diagnostic, Field, Related, Severity};
use crate::text::TextRange;
use serde_json::json;
use tower_lsp::lsp_types::{
    self as lsp, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Location, NumberOrString, PublishDiagnosticsClientCapabilities,
};

/// The name that findings are published under.
pub(super) const SOURCE: &str = "copydesk";

/// Turns findings into diagnostics, with as much as the client can show.
#[derive(Clone, Debug, Default)]
pub(super) struct Publisher {
    related: bool,
    description: bool,
    tags: bool,
    docs: Docs,
}

impl Publisher {
    /// A publisher for a client that can do so much.
    pub(super) fn new(client: Option<&PublishDiagnosticsClientCapabilities>, docs: Docs) -> Self {
        let client = client.cloned().unwrap_or_default();
        Self {
            related: client.related_information.unwrap_or_default(),
            description: client.code_description_support.unwrap_or_default(),
            tags: client.tag_support.is_some(),
            docs,
        }
    }

    /// The findings of a snapshot, one for one.
    pub(super) fn diagnostics(&self, snapshot: &Snapshot) -> Vec<lsp::Diagnostic> {
        snapshot.diagnostics.iter().map(|found| self.diagnostic(snapshot, found)).collect()
    }

    fn diagnostic(&self, snapshot: &Snapshot, found: &Diagnostic) -> lsp::Diagnostic {
        let href = self.description.then(|| self.docs.link(found.rule)).flatten();
        lsp::Diagnostic {
            range: snapshot.range(visible(&snapshot.text, found.range)),
            severity: Some(severity(found.severity)),
            code: Some(NumberOrString::String(found.rule.to_owned())),
            code_description: href.map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message: format!("{}\n{}", found.message, found.help),
            related_information: self.related.then(|| related(snapshot, found)).flatten(),
            tags: self.tags.then(|| tags(found)).flatten(),
            data: Some(json!({ "rule": found.rule, "start": found.range.start })),
        }
    }
}

/// An empty range shows nowhere: it is widened by the character before it, or else by the one behind.
fn visible(text: &str, range: TextRange) -> TextRange {
    if !range.is_empty() {
        return range;
    }
    let (before, after) = text.split_at_checked(range.start as usize).unwrap_or_default();
    match (before.chars().next_back(), after.chars().next()) {
        (Some(c), _) if c != '\n' && c != '\r' => {
            TextRange::new(range.start - c.len_utf8() as u32, range.end)
        }
        (_, Some(c)) => TextRange::new(range.start, range.end + c.len_utf8() as u32),
        _ => range,
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    }
}

fn related(snapshot: &Snapshot, found: &Diagnostic) -> Option<Vec<DiagnosticRelatedInformation>> {
    let location = |related: &Related| match related.field {
        Field::Text => {
            let uri = snapshot.document().uri.clone();
            Some(Location::new(uri, snapshot.range(related.range)))
        }
        Field::Against(number) => {
            snapshot.against.location(number, snapshot.encoding, related.range)
        }
        Field::Title => None,
    };
    let information = |related: &Related| {
        let (location, message) = (location(related)?, related.message.clone());
        Some(DiagnosticRelatedInformation { location, message })
    };
    let informations: Vec<_> = found.related.iter().filter_map(information).collect();
    (!informations.is_empty()).then_some(informations)
}

/// Editors fade what is superfluous.
fn tags(found: &Diagnostic) -> Option<Vec<DiagnosticTag>> {
    ["page-chrome", "unused-stet"].contains(&found.rule).then(|| vec![DiagnosticTag::UNNECESSARY])
}

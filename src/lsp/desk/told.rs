//! What the client is told: findings, and what is wrong with settings files.

use super::super::document::OpenDocument;
use super::super::position::Encoding;
use super::super::publish::SOURCE;
use super::super::settings::BrokenByFile;
use super::super::snapshot::Snapshot;
use super::{Desk, Open};
use crate::files::settings::Broken;
use ropey::Rope;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tower_lsp::lsp_types::{Diagnostic, DiagnosticSeverity, Url};

impl Desk {
    /// Publishes the findings, or tells a client that pulls that they changed. Of what is no draft by its kind there is
    /// nothing to say, and what is said of a settings file must not go when the file is opened.
    pub(super) fn publish(&self, snapshot: &Snapshot) {
        if self.pulls {
            return self.refresh();
        }
        let OpenDocument { uri, version, format, .. } = snapshot.document();
        if format.is_some() {
            self.wire.publish(uri, Some(*version), &snapshot.findings());
        }
    }

    pub(super) fn refresh(&self) {
        if self.refreshes {
            // The answer says nothing, and may never come.
            let client = self.client.clone();
            tokio::spawn(async move { client.workspace_diagnostic_refresh().await });
        }
    }

    /// What is wrong with the settings files that open documents stood under when they were last analysed.
    pub(super) fn broken_in_use(&self) -> BrokenByFile {
        let newsrooms = self.documents.values().filter_map(Open::stands_under);
        let in_use = newsrooms.filter_map(|newsroom| newsroom.file.as_deref()).collect();
        self.newsrooms.broken(&in_use)
    }

    /// Publishes what is wrong with settings files, and that it no longer is. The last document under a broken file takes
    /// what is said of the file with it: nobody would read the file again to find it mended.
    pub(super) fn publish_broken_settings(&mut self) {
        let by_place = |(_, broken): (PathBuf, Broken)| (broken.path.clone(), broken);
        let now: BTreeMap<PathBuf, Broken> =
            self.broken_in_use().into_iter().map(by_place).collect();
        for path in self.broken.keys().filter(|path| !now.contains_key(*path)) {
            self.publish_of_settings(path, &[]);
        }
        for (path, broken) in &now {
            let same = |b: &Broken| b.text == broken.text && b.problems == broken.problems;
            if !self.broken.get(path).is_some_and(same) {
                self.publish_settings(broken);
            }
        }
        self.broken = now;
    }

    pub(super) fn publish_settings(&self, broken: &Broken) {
        let findings = settings_findings(broken, self.encoding);
        self.publish_of_settings(&broken.path, &findings.iter().collect::<Vec<_>>());
    }

    pub(super) fn publish_of_settings(&self, path: &Path, findings: &[&Diagnostic]) {
        if let Ok(uri) = Url::from_file_path(path) {
            self.wire.publish(&uri, None, findings);
        }
    }
}

fn settings_findings(broken: &Broken, encoding: Encoding) -> Vec<Diagnostic> {
    let text = Rope::from_str(&broken.text);
    let finding = |problem: &crate::settings::Problem| {
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("\n{help}"));
        Diagnostic {
            range: encoding.range(&text, problem.range),
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some(SOURCE.to_owned()),
            message: format!(
                "{}{help}\nUntil this is mended, the settings before stay in force.",
                problem.message
            ),
            ..Diagnostic::default()
        }
    };
    broken.problems.iter().map(finding).collect()
}

//! What the commands have in common: drafts, checked drafts, and the sum of a run.

use super::args::Input;
use super::newsroom::{Broken, Newsroom, Newsrooms};
use crate::against::Wires;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Format as DraftFormat;
use crate::files::{name, read, today};
use crate::settings::Selection;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A draft that is to be read.
#[derive(Clone, Debug)]
pub(super) enum Draft {
    /// A file.
    File(PathBuf),
    /// Standard input, under this name.
    Stdin(PathBuf),
}

impl Draft {
    /// The drafts that the command line names, and what could not be found.
    pub(super) fn all(input: &Input, newsrooms: &Newsrooms) -> (Vec<Self>, Vec<Failed>) {
        let dash = Path::new("-");
        let stdin = input.paths.iter().any(|path| path == dash);
        let paths: Vec<PathBuf> =
            input.paths.iter().filter(|path| *path != dash).cloned().collect();
        let (mut drafts, failed) = super::walk::drafts(&paths, newsrooms, input.force_exclude);
        if stdin {
            let name = input.stdin_filename.clone().unwrap_or_else(|| "<stdin>".into());
            drafts.insert(0, Self::Stdin(name));
        }
        let failed = failed.into_iter().map(|(path, error)| Failed { name: name(&path), error });
        (drafts, failed.collect())
    }

    /// The name in reports.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Stdin(path) => path,
        }
    }

    /// How to read it: by its ending; anything else is plain text.
    pub(super) fn format(&self) -> DraftFormat {
        let extension = self.path().extension().and_then(|extension| extension.to_str());
        extension.and_then(DraftFormat::from_extension).unwrap_or_default()
    }

    /// The text, or why there is none.
    pub(super) fn read(&self) -> Result<String, String> {
        match self {
            Self::File(path) => read::file(path),
            Self::Stdin(_) => read::everything(io::stdin().lock(), 64 * 1024),
        }
    }

    /// The settings that it stands under.
    pub(super) fn newsroom(&self, newsrooms: &Newsrooms) -> Result<Arc<Newsroom>, Broken> {
        match self {
            Self::File(path) => newsrooms.above(path),
            Self::Stdin(_) => newsrooms.here(),
        }
    }
}

/// A draft that could not be read.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Failed {
    /// Its path.
    #[serde(rename = "path")]
    pub name: String,
    /// Why.
    pub error: String,
}

/// A checked article: what the output formats print.
#[derive(Debug)]
pub(super) struct Checked<'a> {
    /// Its path, or the id of an article that came as JSON.
    pub name: &'a str,
    /// The id of an article that came as JSON, as it was written.
    pub id: Option<&'a serde_json::Value>,
    /// The text.
    pub text: &'a str,
    /// The headline that came beside it.
    pub title: &'a str,
    /// The wire copy that it was compared with.
    pub against: Option<&'a Wires>,
    /// The findings.
    pub diagnostics: &'a [Diagnostic],
}

/// The sum of a run.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// Articles that were checked.
    pub articles: usize,
    /// Articles with findings.
    pub flagged: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Findings that were mended.
    pub fixed: usize,
    /// Articles in which something was mended.
    pub mended: usize,
    /// Findings by rule: infos, warnings, errors.
    counts: BTreeMap<&'static str, [usize; 3]>,
    /// What could not be read.
    pub failed: Vec<Failed>,
}

impl Summary {
    /// Counts a finding.
    pub(super) fn add(&mut self, rule: &'static str, severity: Severity) {
        self.counts.entry(rule).or_default()[severity as usize] += 1;
    }

    /// Number of findings of a severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.counts.values().map(|counts| counts[severity as usize]).sum()
    }

    /// The rule with the most errors, or else warnings, or else infos.
    pub(super) fn worst(&self) -> Option<&'static str> {
        let most = self
            .counts
            .iter()
            .max_by_key(|(_, [infos, warnings, errors])| (errors, warnings, infos));
        most.map(|(rule, _)| *rule)
    }

    /// Number of findings by rule.
    pub(super) fn rules(&self) -> BTreeMap<&'static str, usize> {
        self.counts.iter().map(|(rule, counts)| (*rule, counts.iter().sum())).collect()
    }
}

/// The newsrooms that the command line asks for.
pub(super) fn newsrooms(input: &Input, selection: Selection) -> Newsrooms {
    let today = input.date.unwrap_or_else(today);
    Newsrooms::new(input, selection, Some(today))
}

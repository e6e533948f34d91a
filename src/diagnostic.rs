//! What a rule reports: a [`Diagnostic`] with its related places and its fixes.

pub use crate::text::Field;

use crate::text::TextRange;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How bad a finding is. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look.
    Info,
    /// Probably wrong.
    Warning,
    /// Would need a correction in print.
    Error,
}

impl Severity {
    /// The lower-case word used in every output format and in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Whether a fix may be applied without asking. Ordered: `Suggestion < Safe`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// A person decides. Whatever names a source, a person or a title is a suggestion.
    Suggestion,
    /// Never alters quoted words and never invents a fact: `--fix` applies it.
    Safe,
}

/// One replacement, in bytes of the text that the diagnostic points into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub range: TextRange,
    /// The new text.
    pub replacement: String,
}

impl Edit {
    /// Replaces `range` by `replacement`.
    pub fn replace(range: TextRange, replacement: impl Into<String>) -> Self {
        Self { range, replacement: replacement.into() }
    }

    /// Deletes `range`.
    pub fn delete(range: TextRange) -> Self {
        Self::replace(range, "")
    }

    /// Inserts `text` before the byte `offset`.
    pub fn insert(offset: u32, text: impl Into<String>) -> Self {
        Self::replace(TextRange::at(offset), text)
    }
}

/// One way to mend a finding. A finding may offer several, of which at most one is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    title: String,
    edits: Vec<Edit>,
    applicability: Applicability,
}

impl Fix {
    fn new(title: String, mut edits: Vec<Edit>, applicability: Applicability) -> Option<Self> {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let apart = edits
            .windows(2)
            .all(|pair| pair[0].range.end <= pair[1].range.start && pair[0].range != pair[1].range);
        (apart && !edits.is_empty()).then_some(Self { title, edits, applicability })
    }

    /// A fix that a person chooses. `None` if there are no edits or if they overlap.
    pub fn suggestion(title: impl Into<String>, edits: impl Into<Vec<Edit>>) -> Option<Self> {
        Self::new(title.into(), edits.into(), Applicability::Suggestion)
    }

    /// A fix that `--fix` applies. `None` if there are no edits or if they overlap.
    ///
    /// The reporter turns it into a suggestion where it would alter quoted words.
    pub fn safe(title: impl Into<String>, edits: impl Into<Vec<Edit>>) -> Option<Self> {
        Self::new(title.into(), edits.into(), Applicability::Safe)
    }

    /// What the fix does, as a command to the editor ("Delete the phrase").
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The edits, sorted and apart from each other.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether it may be applied without asking.
    pub fn applicability(&self) -> Applicability {
        self.applicability
    }

    /// The places of the edits, which may all be moved by the same distance.
    pub(crate) fn places_mut(&mut self) -> impl Iterator<Item = &mut TextRange> {
        self.edits.iter_mut().map(|edit| &mut edit.range)
    }

    pub(crate) fn demote(&mut self) {
        self.applicability = Applicability::Suggestion;
    }
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The text the range points into.
    pub field: Field,
    /// The place.
    pub range: TextRange,
    /// What is to be seen there.
    pub message: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Id of the rule, such as `dangling-attribution`.
    pub rule: &'static str,
    /// Severity after the settings were applied.
    pub severity: Severity,
    /// How sure the rule is, 0 to 1.
    pub confidence: f32,
    /// The text that `range` and the fixes point into.
    pub field: Field,
    /// What is flagged.
    pub range: TextRange,
    /// What is wrong, in one sentence.
    pub message: Cow<'static, str>,
    /// Why it matters and what to do.
    pub help: Cow<'static, str>,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Ways to mend it, the best one first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A finding at `range` of the article's text; the engine fills in rule and severity.
    pub fn new(
        range: TextRange,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            rule: "",
            severity: Severity::Warning,
            confidence: 1.0,
            field: Field::Text,
            range,
            message: message.into(),
            help: help.into(),
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Sets the field that the range points into.
    pub fn field(mut self, field: Field) -> Self {
        self.field = field;
        self
    }

    /// Sets the confidence, clamped to 0 to 1.
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.confidence = confidence.clamp(0.0, 1.0);
        self
    }

    /// Adds a related place.
    pub fn related(mut self, field: Field, range: TextRange, message: impl Into<String>) -> Self {
        self.related.push(Related { field, range, message: message.into() });
        self
    }

    /// Adds a fix, if there is one.
    pub fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fixes.extend(fix);
        self
    }
}

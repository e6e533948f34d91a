//! One JSON document, and the findings in it, which every JSON format shares. The format is a contract: see the README.

use super::texts::Texts;
use super::{Output, Printed};
use crate::cli::desk::{Checked, Failed, Summary};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Field, Fix, Related, Severity};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A finding as JSON.
#[derive(Serialize)]
pub(in crate::cli) struct Finding<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "is_text", serialize_with = "field")]
    field: Field,
    rule: &'a str,
    severity: Severity,
    #[serde(serialize_with = "rounded")]
    confidence: f32,
    message: &'a str,
    help: &'a str,
    start: u32,
    end: u32,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    fixes: Vec<FixJson<'a>>,
    related: Vec<RelatedJson<'a>>,
}

#[derive(Serialize)]
struct FixJson<'a> {
    title: &'a str,
    applicability: Applicability,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
struct EditJson<'a> {
    start: u32,
    end: u32,
    replacement: &'a str,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "is_text", serialize_with = "field")]
    field: Field,
    start: u32,
    end: u32,
    /// Of places in wire copy, which whoever reads the findings may not have at hand.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    wire: Option<WireJson<'a>>,
    message: &'a str,
}

#[derive(Serialize)]
struct WireJson<'a> {
    line: u32,
    column: u32,
    text: &'a str,
}

fn is_text(field: &Field) -> bool {
    *field == Field::Text
}

fn field<S: serde::Serializer>(field: &Field, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match field {
        Field::Title => "title",
        Field::Text => "text",
        Field::Against(_) => "against",
    })
}

/// Three digits are more than a confidence means, and read better than 0.8500000238418579.
pub(in crate::cli) fn rounded<S: serde::Serializer>(
    confidence: &f32,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*confidence) * 1000.0).round() / 1000.0)
}

/// The findings of an article; `with_path` where the article is not named beside them.
pub(in crate::cli) fn findings<'a>(checked: &'a Checked<'_>, with_path: bool) -> Vec<Finding<'a>> {
    if checked.diagnostics.is_empty() {
        return Vec::new();
    }
    let path = with_path.then_some(checked.name);
    let texts = Texts::new(checked);
    checked.diagnostics.iter().map(|found| finding(found, path, &texts)).collect()
}

fn finding<'a>(found: &'a Diagnostic, path: Option<&'a str>, texts: &Texts<'a>) -> Finding<'a> {
    let place = |offset| texts.line_col(found.field, offset);
    let (from, to) = (place(found.range.start), place(found.range.end));
    Finding {
        path,
        field: found.field,
        rule: found.rule,
        severity: found.severity,
        confidence: found.confidence,
        message: &found.message,
        help: &found.help,
        start: found.range.start,
        end: found.range.end,
        line: from.line,
        column: from.column,
        end_line: to.line,
        end_column: to.column,
        fixes: found.fixes.iter().map(fix).collect(),
        related: found.related.iter().map(|place| related(place, path, texts)).collect(),
    }
}

fn fix(fix: &Fix) -> FixJson<'_> {
    let edit = |edit: &'_ Edit| (edit.range.start, edit.range.end);
    let edits = fix.edits().iter().map(|one| {
        let (start, end) = edit(one);
        EditJson { start, end, replacement: &one.replacement }
    });
    FixJson { title: fix.title(), applicability: fix.applicability(), edits: edits.collect() }
}

fn related<'a>(place: &'a Related, path: Option<&'a str>, texts: &Texts<'a>) -> RelatedJson<'a> {
    let (start, end) = (place.range.start, place.range.end);
    let is_wire = matches!(place.field, Field::Against(_));
    let wire = is_wire.then(|| {
        let at = texts.line_col(place.field, start);
        let text = texts.words(place.field, place.range);
        WireJson { line: at.line, column: at.column, text }
    });
    let path = if is_wire { Some(texts.name(place.field)) } else { path.map(Cow::Borrowed) };
    RelatedJson { path, field: place.field, start, end, wire, message: &place.message }
}

/// What the summary says.
#[derive(Serialize)]
struct SummaryJson<'a> {
    articles: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    fixable: usize,
    fixed: usize,
    rules: BTreeMap<&'a str, usize>,
    failed: &'a [Failed],
}

/// As JSON text. What is serialised here has string keys and no floats but confidences, so that it cannot fail.
pub(in crate::cli) fn to_string(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

pub(super) struct Json;

impl Output for Json {
    fn begin(&self) -> String {
        "{\"version\":1,\"diagnostics\":[".to_owned()
    }

    fn article(&self, checked: &Checked<'_>) -> Printed {
        let lines: Vec<String> = findings(checked, true).iter().map(to_string).collect();
        lines.join(",\n").into()
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, summary: &Summary) -> String {
        let summary = SummaryJson {
            articles: summary.articles,
            errors: summary.count(Severity::Error),
            warnings: summary.count(Severity::Warning),
            infos: summary.count(Severity::Info),
            fixable: summary.fixable,
            fixed: summary.fixed,
            rules: summary.rules(),
            failed: &summary.failed,
        };
        format!("],\n\"summary\":{}}}\n", to_string(&summary))
    }
}

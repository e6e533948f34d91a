//! SARIF 2.1.0, for code scanning and other collectors.

use super::json::to_string;
use super::texts::Texts;
use super::{Output, Printed};
use crate::cli::desk::{Checked, Failed, Summary};
use crate::diagnostic::{Diagnostic, Edit, Field, Fix, Related, Severity};
use crate::rules::{self, Rule};
use crate::text::TextRange;
use serde_sarif::sarif;

/// Where the schema lives, as the files name it.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) struct Sarif;

impl Output for Sarif {
    fn begin(&self) -> String {
        let driver = sarif::ToolComponent::builder()
            .name("copydesk")
            .version(env!("CARGO_PKG_VERSION"))
            .semantic_version(env!("CARGO_PKG_VERSION"))
            .rules(rules::ALL.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>())
            .build();
        let tool = sarif::Tool::builder().driver(driver).build();
        format!(
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{},\
             \"columnKind\":\"unicodeCodePoints\",\"results\":[\n",
            to_string(&tool)
        )
    }

    fn article(&self, checked: &Checked<'_>) -> Printed {
        let place = Place { checked, texts: Texts::new(checked) };
        let results = checked.diagnostics.iter().map(|found| to_string(&place.result(found)));
        results.collect::<Vec<_>>().join(",\n").into()
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, summary: &Summary) -> String {
        let notifications: Vec<_> = summary.failed.iter().map(notification).collect();
        let invocation = sarif::Invocation::builder()
            .execution_successful(notifications.is_empty())
            .tool_execution_notifications(notifications)
            .build();
        format!("],\n\"invocations\":[{}]}}]}}\n", to_string(&invocation))
    }
}

fn level(severity: Severity) -> sarif::ResultLevel {
    match severity {
        Severity::Error => sarif::ResultLevel::Error,
        Severity::Warning => sarif::ResultLevel::Warning,
        Severity::Info => sarif::ResultLevel::Note,
    }
}

fn words(text: impl Into<String>) -> sarif::MultiformatMessageString {
    sarif::MultiformatMessageString::builder().text(text.into()).build()
}

fn message(text: impl Into<String>) -> sarif::Message {
    sarif::Message::builder().text(text.into()).build()
}

fn descriptor(rule: &Rule) -> sarif::ReportingDescriptor {
    let configuration = sarif::ReportingConfiguration::builder()
        .enabled(rule.enabled)
        .level(serde_json::json!(level(rule.severity)))
        .build();
    sarif::ReportingDescriptor::builder()
        .id(rule.id)
        .short_description(words(rule.summary))
        .full_description(words(rule.what))
        .help(words(format!("{}\n\n{}", rule.why, rule.fix)))
        .default_configuration(configuration)
        .build()
}

fn notification(failed: &Failed) -> sarif::Notification {
    let location = sarif::Location::builder().physical_location(file(&failed.name, None)).build();
    sarif::Notification::builder()
        .message(message(&failed.error))
        .level(serde_json::json!("error"))
        .locations(vec![location])
        .build()
}

fn artifact(name: &str) -> sarif::ArtifactLocation {
    sarif::ArtifactLocation::builder().uri(uri(name)).build()
}

fn file(name: &str, region: Option<sarif::Region>) -> sarif::PhysicalLocation {
    let location = sarif::PhysicalLocation::builder().artifact_location(artifact(name));
    match region {
        Some(region) => location.region(region).build(),
        None => location.build(),
    }
}

/// A path as a relative reference, or as a file URI where it is absolute; what is neither letter nor digit is encoded.
fn uri(name: &str) -> String {
    let mut out = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'~' => out.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => out.push(byte.into()),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

struct Place<'a> {
    checked: &'a Checked<'a>,
    texts: Texts<'a>,
}

impl Place<'_> {
    /// A headline that came beside the text has no place in a file.
    fn region(&self, field: Field, range: TextRange) -> Option<sarif::Region> {
        (field != Field::Title).then(|| {
            let from = self.texts.line_col(field, range.start);
            let to = self.texts.line_col(field, range.end);
            sarif::Region::builder()
                .start_line(i64::from(from.line))
                .start_column(i64::from(from.column))
                .end_line(i64::from(to.line))
                .end_column(i64::from(to.column))
                .build()
        })
    }

    fn location(&self, field: Field, range: TextRange) -> sarif::Location {
        let name = match field {
            Field::Against(_) => self.texts.name(field),
            Field::Text | Field::Title => self.checked.name.into(),
        };
        let place = file(&name, self.region(field, range));
        sarif::Location::builder().physical_location(place).build()
    }

    fn result(&self, found: &Diagnostic) -> sarif::Result {
        let index = rules::ALL.iter().position(|rule| rule.id == found.rule);
        let related = found.related.iter().map(|place| {
            let mut location = self.location(place.field, place.range);
            location.message = Some(message(self.note(place)));
            location
        });
        let fixes = found.fixes.iter().filter_map(|fix| self.fix(found.field, fix));
        let mut result = sarif::Result::builder()
            .rule_id(found.rule)
            .level(level(found.severity))
            .message(message(format!("{} {}", sentence(&found.message), found.help)))
            .locations(vec![self.location(found.field, found.range)])
            .rank((f64::from(found.confidence) * 1000.0).round() / 10.0)
            .build();
        result.rule_index = index.and_then(|index| i64::try_from(index).ok());
        let (related, fixes): (Vec<_>, Vec<_>) = (related.collect(), fixes.collect());
        result.related_locations = (!related.is_empty()).then_some(related);
        result.fixes = (!fixes.is_empty()).then_some(fixes);
        result
    }

    /// What is to be seen at a related place; of wire copy also the words, which a collector has no text for.
    fn note(&self, place: &Related) -> String {
        match place.field {
            Field::Against(_) => {
                format!("{}: {}", place.message, self.texts.words(place.field, place.range))
            }
            Field::Text | Field::Title => place.message.clone(),
        }
    }

    fn fix(&self, field: Field, fix: &Fix) -> Option<sarif::Fix> {
        let replacement = |edit: &Edit| {
            let content = sarif::ArtifactContent::builder().text(&edit.replacement).build();
            let region = self.region(field, edit.range)?;
            let change = sarif::Replacement::builder().deleted_region(region);
            Some(change.inserted_content(content).build())
        };
        let replacements: Vec<_> = fix.edits().iter().map(replacement).collect::<Option<_>>()?;
        let change = sarif::ArtifactChange::builder()
            .artifact_location(artifact(self.checked.name))
            .replacements(replacements)
            .build();
        let description = message(fix.title());
        Some(sarif::Fix::builder().description(description).artifact_changes(vec![change]).build())
    }
}

/// The message with a full stop, so that the help can stand behind it.
fn sentence(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?']);
    format!("{text}{}", if ends { "" } else { "." })
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("drafts/a b é.md"), "drafts/a%20b%20%C3%A9.md");
        assert_eq!(uri("/srv/a.md"), "file:///srv/a.md");
        assert_eq!(uri("a:b.md"), "a%3Ab.md");
    }
}

//! The settings file as it is written.

use super::level::RuleLevels;
use super::paths::Paths;
use super::{Problem, Style};
use crate::rules::Selector;
use crate::text::TextRange;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// A `copydesk.toml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(
    title = "copydesk.toml",
    description = "Settings of copydesk, the linter for news copy."
)]
pub struct SettingsFile {
    /// Another settings file that this one builds on; relative to this file.
    #[schemars(with = "Option<String>")]
    pub extend: Option<Spanned<String>>,
    /// Which files are drafts.
    pub files: Files,
    /// Levels by rule or group: off, info, warning or error. A rule wins over its group. A group's level is that of its
    /// rules that are on; a rule that is off by default runs once it is named itself.
    pub rules: RuleLevels,
    /// House style.
    pub style: Style,
    /// What is different for some files.
    pub overrides: Vec<Override>,
    /// Findings that stand.
    #[schemars(with = "Vec<Stet>")]
    pub stet: Vec<Spanned<Stet>>,
    /// `style` tables as written, the file's own first: so that one layer can be laid over another key by key.
    #[serde(skip)]
    pub(super) style_tables: Vec<toml::Table>,
}

/// Which files are drafts when a folder is checked. A file named outright is always read.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Files {
    /// Globs: only these files are drafts, also those that are no drafts by default.
    #[schemars(with = "Option<Vec<String>>")]
    pub include: Option<Vec<Spanned<String>>>,
    /// Globs: these files are no drafts.
    #[schemars(with = "Vec<String>")]
    pub exclude: Vec<Spanned<String>>,
}

/// What is different for some files.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// Globs, relative to the settings file.
    #[schemars(with = "Vec<String>")]
    pub files: Vec<Spanned<String>>,
    /// Levels by rule or group.
    #[serde(default)]
    pub rules: RuleLevels,
    /// House style.
    #[serde(default)]
    pub style: Style,
}

/// A finding that stands.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stet {
    /// The file, or a glob, relative to the settings file.
    #[schemars(with = "String")]
    pub file: Spanned<String>,
    /// The rule or group; unset: every rule.
    #[schemars(with = "Option<String>")]
    pub rule: Option<Spanned<String>>,
    /// The words that the finding touches, as they stand in the copy; line breaks and the shape of quotation marks and
    /// dashes do not matter. Unset: the whole article.
    #[schemars(with = "Option<String>")]
    pub text: Option<Spanned<String>>,
    /// Why it stands, for whoever reads the settings next.
    #[schemars(with = "Option<String>")]
    pub why: Option<Spanned<String>>,
}

/// Reads a settings file. Never panics; what is wrong comes back with its place.
pub fn parse(source: &str) -> Result<SettingsFile, Vec<Problem>> {
    let mut file: SettingsFile = toml::from_str(source).map_err(|error| vec![error.into()])?;
    file.style_tables = style_tables(source);
    let mut problems: Vec<Problem> = file.rules.problems().collect();
    if let Some(include) = &file.files.include {
        problems.extend(bad_glob(include));
    }
    problems.extend(bad_glob(&file.files.exclude));
    for part in &file.overrides {
        problems.extend(bad_glob(&part.files));
        problems.extend(part.rules.problems());
    }
    for stet in file.stet.iter().map(Spanned::get_ref) {
        problems.extend(bad_glob(std::slice::from_ref(&stet.file)));
        problems.extend(stet.rule.as_ref().and_then(unknown_rule));
    }
    problems.sort_by_key(|problem| problem.range);
    if problems.is_empty() { Ok(file) } else { Err(problems) }
}

fn bad_glob(globs: &[Spanned<String>]) -> Option<Problem> {
    let words: Vec<&str> = globs.iter().map(|glob| glob.get_ref().as_str()).collect();
    let (number, error) = Paths::new(&words).err()?;
    let glob = globs.get(number)?;
    let message = format!("`{}` is not a valid glob: {error}", glob.get_ref());
    Some(Problem::new(TextRange::from(glob.span()), message, None))
}

fn unknown_rule(rule: &Spanned<String>) -> Option<Problem> {
    let name = rule.get_ref().as_str();
    let known: Vec<&str> = Selector::names().collect();
    let range = TextRange::from(rule.span());
    (!known.contains(&name)).then(|| Problem::unknown(range, "rule or group", name, known))
}

/// The `style` tables of the file and of its overrides, in this order.
fn style_tables(source: &str) -> Vec<toml::Table> {
    let table: toml::Table = toml::from_str(source).unwrap_or_default();
    let style = |table: &toml::Table| {
        table.get("style").and_then(toml::Value::as_table).cloned().unwrap_or_default()
    };
    let overrides = table.get("overrides").and_then(toml::Value::as_array).into_iter().flatten();
    std::iter::once(style(&table))
        .chain(overrides.map(|part| part.as_table().map(style).unwrap_or_default()))
        .collect()
}

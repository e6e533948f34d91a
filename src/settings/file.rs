//! The settings file as it is written.

use super::level::RuleLevels;
use super::paths::Paths;
use super::people::Entry;
use super::{Problem, Style};
use crate::resolve::offices::{self, End, Tenure};
use crate::rules::Selector;
use crate::text::TextRange;
use jiff::civil::Date;
use rustc_hash::FxHashSet;
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
    /// Where the wire copy of drafts lies.
    pub against: Vec<Against>,
    /// Who holds or held which office, beside the built-in table; an entry replaces what the table says of the same person
    /// and office. May stand in a file of its own that `extend` names.
    pub offices: Vec<Office>,
    /// The people whom the house writes about: how their names are spelt and what they are called. May stand in a file of
    /// its own that `extend` names.
    pub people: Vec<Entry>,
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

/// Who holds or held an office.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Office {
    /// The office in full: "mayor", "secretary of state".
    #[schemars(with = "String")]
    pub office: Spanned<String>,
    /// A country, or a state as "US-TX".
    #[serde(default)]
    pub place: String,
    /// Given names.
    #[serde(default)]
    pub given: String,
    /// The family name.
    pub family: String,
    /// First day in office: "2021-05-20".
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    /// Last day in office; "~2029-05-20" is a planned end. Unset: in office.
    #[schemars(with = "Option<String>")]
    pub to: Option<Spanned<String>>,
    /// The day on which this was last checked; unset: it stands until it is changed.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Spanned<String>>,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
}

impl Office {
    /// What is wrong with its days.
    fn problems(&self) -> impl Iterator<Item = Problem> {
        bad_days([Some(&self.from), self.as_of.as_ref()], self.to.as_ref())
            .chain(backwards(Some(&self.from), self.to.as_ref()))
            .chain(unknown_office(&self.office))
    }

    /// The line of the table.
    pub(super) fn tenure(&self) -> Option<Tenure> {
        let day = |day: &Spanned<String>| day.get_ref().parse::<Date>().ok();
        Some(Tenure {
            office: full(self.office.get_ref()).into(),
            place: self.place.clone().into(),
            given: self.given.clone().into(),
            family: self.family.clone().into(),
            from: day(&self.from)?,
            to: self.to.as_ref().map_or(Some(End::Open), |to| offices::end(to.get_ref()))?,
            as_of: self.as_of.as_ref().map_or(Some(Date::MAX), day)?,
            source: self.source.clone().into(),
        })
    }
}

/// The office as the table has it: "Sen." is "senator".
pub(super) fn full(office: &str) -> String {
    offices::of_words(office.split_whitespace())
}

/// A title of which nobody follows who holds it.
pub(super) fn unknown_office(office: &Spanned<String>) -> Option<Problem> {
    (!offices::is_followed(&full(office.get_ref()))).then(|| {
        let message = format!("`{}` is no office that is followed", office.get_ref());
        let help = "offices of state and of towns are, as they stand before a name: president, minister, governor, \
                    senator, mayor, sheriff, superintendent; leave other posts out";
        Problem::new(TextRange::from(office.span()), message, Some(help.to_owned()))
    })
}

/// A last day that is before the first one.
pub(super) fn backwards(
    from: Option<&Spanned<String>>,
    to: Option<&Spanned<String>>,
) -> Option<Problem> {
    let (from, to) = (from?, to?);
    let first: Date = from.get_ref().parse().ok()?;
    let (End::Known(last) | End::Planned(last)) = offices::end(to.get_ref())? else { return None };
    (last < first).then(|| {
        let message = format!("`{}` is before the first day, {first}", to.get_ref());
        let help = "`from` is the first day in office and `to` the last";
        Problem::new(TextRange::from(to.span()), message, Some(help.to_owned()))
    })
}

/// What is wrong with first days, and with a last one, which may be planned.
pub(super) fn bad_days<'a, const N: usize>(
    days: [Option<&'a Spanned<String>>; N],
    end: Option<&'a Spanned<String>>,
) -> impl Iterator<Item = Problem> + use<'a, N> {
    let days = days.into_iter().flatten();
    let wrong = days.filter(|day| day.get_ref().parse::<Date>().is_err());
    let end = end.filter(|to| offices::end(to.get_ref()).is_none());
    wrong.chain(end).map(|day| {
        let message = format!("`{}` is no date", day.get_ref());
        let help = "a date is written like 2026-03-09, a planned end like ~2026-03-09";
        Problem::new(TextRange::from(day.span()), message, Some(help.to_owned()))
    })
}

/// Where the wire copy of some drafts lies.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Against {
    /// The drafts: globs, relative to the settings file.
    #[schemars(with = "Vec<String>")]
    pub files: Vec<Spanned<String>>,
    /// What they are compared with: files or globs, relative to the settings file. `{stem}` stands for the draft's name
    /// without its ending, `{folder}` for the folder that it lies in.
    #[schemars(with = "Vec<String>")]
    pub wire: Vec<Spanned<String>>,
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
    let mut file: SettingsFile =
        toml::from_str(source).map_err(|error| vec![syntax(source, error)])?;
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
    for against in &file.against {
        problems.extend(bad_glob(&against.files));
        problems.extend(bad_glob(&bare(&against.wire)));
    }
    problems.extend(file.offices.iter().flat_map(Office::problems));
    problems.extend(file.people.iter().flat_map(Entry::problems));
    problems.extend(doubled(&file.people));
    for stet in file.stet.iter().map(Spanned::get_ref) {
        problems.extend(bad_glob(std::slice::from_ref(&stet.file)));
        problems.extend(stet.rule.as_ref().and_then(unknown_rule));
    }
    problems.sort_by_key(|problem| problem.range);
    if problems.is_empty() { Ok(file) } else { Err(problems) }
}

/// What the parser makes of a file that is none, where the file shows better what was meant.
fn syntax(source: &str, error: toml::de::Error) -> Problem {
    let problem = Problem::from(error);
    let words = problem.range.slice(source).trim();
    let wrong_type = problem.message.starts_with("invalid type");
    if wrong_type && words.get(..10).is_some_and(|day| day.parse::<Date>().is_ok()) {
        let help = format!("write \"{words}\", with quotation marks");
        return Problem::new(
            problem.range,
            format!("`{words}` is a date without quotation marks"),
            Some(help),
        );
    }
    let string = wrong_type && words.len() > 1 && words.starts_with(['"', '\'']);
    if string && problem.message.contains("a sequence") {
        let message = format!("{words} stands alone where a list is read");
        let help = format!("write [{words}], with square brackets");
        return Problem::new(problem.range, message, Some(help));
    }
    let lists = ["people", "offices", "overrides", "stet", "against"];
    let table = |name: &&&str| source.lines().any(|line| line.trim() == format!("[{name}]"));
    match lists.iter().find(table) {
        Some(name) if wrong_type => {
            let message = format!("`{name}` is a list, and `[{name}]` is a single table");
            let help = format!("write `[[{name}]]` above each entry");
            Problem::new(problem.range, message, Some(help))
        }
        _ => problem,
    }
}

/// People who are on the list twice.
fn doubled(people: &[Entry]) -> impl Iterator<Item = Problem> {
    let mut seen = FxHashSet::default();
    let again = people.iter().filter(move |person| !seen.insert(person.name.get_ref().as_str()));
    again.map(|person| {
        let message = format!("`{}` is on the list twice", person.name.get_ref());
        let help = "keep one entry; several offices of one person stand in `[[offices]]`";
        Problem::new(TextRange::from(person.name.span()), message, Some(help.to_owned()))
    })
}

/// Globs with letters for what is filled in for each draft, since braces mean something else in a glob.
fn bare(globs: &[Spanned<String>]) -> Vec<Spanned<String>> {
    let fill =
        |glob: &Spanned<String>| glob.get_ref().replace("{stem}", "x").replace("{folder}", "x");
    globs.iter().map(|glob| Spanned::new(glob.span(), fill(glob))).collect()
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

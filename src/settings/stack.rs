//! Settings files laid over each other, and what they mean for one article.

use super::file::{SettingsFile, Stet};
use super::level::RuleLevels;
use super::paths::{self, Paths};
use super::{Selection, Style, Switch};
use crate::resolve::offices::{Table, Tenure};
use crate::resolve::{Listed, Roster};
use crate::rules::{self, ActiveRule, Rule, Selector};
use crate::text::TextRange;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// One settings file, ready for use.
#[derive(Debug)]
pub struct Layer {
    folder: PathBuf,
    include: Option<Paths>,
    exclude: Paths,
    rules: RuleLevels,
    style: toml::Table,
    overrides: Vec<Part>,
    stets: Vec<Standing>,
    offices: Vec<Tenure>,
    people: Vec<Listed>,
    against: Vec<(Paths, Vec<String>)>,
    /// Where wire copy lies, whatever draft it belongs to.
    wires: Paths,
}

/// A glob for wire copy, and the folder that it is relative to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireGlob {
    /// The folder of the settings file.
    pub folder: PathBuf,
    /// The glob, filled in for one draft.
    pub glob: String,
}

#[derive(Debug)]
struct Part {
    files: Paths,
    rules: RuleLevels,
    style: toml::Table,
}

/// A `[[stet]]` entry, ready for use.
#[derive(Debug)]
pub struct Standing {
    files: Paths,
    /// The file or glob as it is written.
    pub file: String,
    /// The rules that it covers.
    pub selector: Selector,
    /// The words that the finding touches; unset: the whole article.
    pub text: Option<String>,
    /// Where it is written.
    pub place: StandingPlace,
}

/// Where a `[[stet]]` entry is written, in bytes of the settings file.
#[derive(Clone, Copy, Debug)]
pub struct StandingPlace {
    /// Its heading, or the whole of it where it is written in braces.
    pub head: TextRange,
    /// From its heading to its last value.
    pub whole: TextRange,
    /// The value of `file`.
    pub file: TextRange,
    /// The value of `text`.
    pub text: Option<TextRange>,
}

impl Layer {
    /// Prepares a file that [`parse`](super::parse) accepted; `folder` is what its globs are relative to.
    pub fn new(folder: impl Into<PathBuf>, file: SettingsFile) -> Self {
        let mut styles = file.style_tables.into_iter();
        let words = |globs: &[Spanned<String>]| {
            let words: Vec<&str> = globs.iter().map(|glob| glob.get_ref().as_str()).collect();
            Paths::new(&words).unwrap_or_default()
        };
        let style = styles.next().unwrap_or_default();
        let part = |part: super::Override| Part {
            files: words(&part.files),
            rules: part.rules,
            style: styles.next().unwrap_or_default(),
        };
        Self {
            folder: folder.into(),
            include: file.files.include.as_deref().map(words),
            exclude: words(&file.files.exclude),
            rules: file.rules,
            style,
            overrides: file.overrides.into_iter().map(part).collect(),
            offices: {
                let titles = file.people.iter().flat_map(super::people::Entry::tenures);
                file.offices.iter().filter_map(super::file::Office::tenure).chain(titles).collect()
            },
            people: file.people.iter().map(super::people::Entry::listed).collect(),
            stets: file.stet.into_iter().map(standing).collect(),
            against: file
                .against
                .iter()
                .map(|against| (words(&against.files), wire(against)))
                .collect(),
            wires: wires(&file.against),
        }
    }

    /// The `[[stet]]` entries.
    pub fn stets(&self) -> &[Standing] {
        &self.stets
    }

    /// The numbers of the `[[stet]]` entries for this article.
    pub fn stets_for(&self, path: &Path) -> impl Iterator<Item = usize> {
        let covers = move |stet: &Standing| stet.files.covers(&self.folder, path);
        self.stets.iter().enumerate().filter(move |(_, stet)| covers(stet)).map(|(at, _)| at)
    }

    /// The folder or file in which everything lies that the entry may cover.
    pub fn reach(&self, stet: &Standing) -> PathBuf {
        let (path, _) = paths::literal(&stet.file);
        path.map_or_else(|| self.folder.clone(), |path| self.folder.join(path))
    }

    /// The file that the entry names, unless it is a glob.
    pub fn named_file(&self, stet: &Standing) -> Option<PathBuf> {
        let (path, whole) = paths::literal(&stet.file);
        whole.then(|| self.folder.join(path.unwrap_or_else(|| stet.file.trim().into())))
    }
}

/// Where the wire copy of any draft lies.
fn wires(all: &[super::file::Against]) -> Paths {
    let globs = all.iter().flat_map(wire);
    let globs = globs.map(|glob| glob.replace("{stem}", "*").replace("{folder}", "**"));
    let globs: Vec<String> = globs.collect();
    Paths::new(&globs.iter().map(String::as_str).collect::<Vec<_>>()).unwrap_or_default()
}

fn wire(against: &super::file::Against) -> Vec<String> {
    against.wire.iter().map(|glob| glob.get_ref().clone()).collect()
}

fn standing(entry: Spanned<Stet>) -> Standing {
    let head = TextRange::from(entry.span());
    let stet = entry.into_inner();
    let file = TextRange::from(stet.file.span());
    let text = stet.text.as_ref().map(|text| TextRange::from(text.span()));
    let others = [stet.rule.as_ref(), stet.why.as_ref()];
    let others = others.into_iter().flatten().map(|value| value.span().end as u32);
    let end = others.chain(text.map(|text| text.end)).fold(head.end.max(file.end), u32::max);
    let place = StandingPlace { head, whole: TextRange::new(head.start, end), file, text };
    let rule = stet.rule.as_ref().map_or("all", |rule| rule.get_ref().as_str());
    Standing {
        files: Paths::new(&[stet.file.get_ref()]).unwrap_or_default(),
        file: stet.file.into_inner(),
        selector: Selector::parse(rule).unwrap_or(Selector::All),
        text: stet.text.map(Spanned::into_inner).filter(|text| !text.trim().is_empty()),
        place,
    }
}

/// All that is set for a folder of drafts.
#[derive(Debug, Default)]
pub struct Settings {
    layers: Vec<Layer>,
}

/// Which overrides apply: articles of the same scope have the same rules and the same style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope(Vec<(u32, u32)>);

impl Settings {
    /// Lays the layers over each other: the last one is the nearest.
    pub fn new(layers: Vec<Layer>) -> Self {
        Self { layers }
    }

    /// The layers, the nearest last.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Which overrides apply to the article at `path`.
    pub fn scope(&self, path: &Path) -> Scope {
        let mut applies = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            for (at, part) in layer.overrides.iter().enumerate() {
                if part.files.covers(&layer.folder, path) {
                    applies.push((number as u32, at as u32));
                }
            }
        }
        Scope(applies)
    }

    fn parts<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Part> {
        scope.0.iter().filter_map(|&(layer, part)| {
            self.layers.get(layer as usize)?.overrides.get(part as usize)
        })
    }

    /// The rules that run, in the order of the documentation.
    pub fn rules(&self, scope: &Scope, selection: &Selection) -> Vec<ActiveRule> {
        let style = self.style(scope);
        rules::ALL.iter().filter_map(|rule| self.rule(rule, &style, scope, selection)).collect()
    }

    fn rule(
        &self,
        rule: &'static Rule,
        style: &Style,
        scope: &Scope,
        selection: &Selection,
    ) -> Option<ActiveRule> {
        let is_on = rule.enabled || style.asks_for(rule.id);
        let mut severity = is_on.then_some(rule.severity);
        let mut min_confidence = rule.threshold;
        let tables = self.layers.iter().map(|layer| &layer.rules);
        for levels in tables.chain(self.parts(scope).map(|part| &part.rules)) {
            for (level, named) in levels.of(rule) {
                let applies = |switch: &Switch| {
                    named || is_on || severity.is_some() || *switch == Switch::Off
                };
                severity = level.switch.filter(applies).map_or(severity, Switch::severity);
                min_confidence = level.min_confidence.unwrap_or(min_confidence);
            }
        }
        let named = |selectors: &[Selector]| selectors.iter().any(|s| s.matches(rule));
        if named(&selection.ignore) || !selection.select.is_empty() && !named(&selection.select) {
            return None;
        }
        if !selection.select.is_empty() {
            severity = severity.or(Some(rule.severity));
        }
        let min_confidence = selection.min_confidence.unwrap_or(min_confidence);
        severity.map(|severity| ActiveRule { rule, severity, min_confidence })
    }

    /// The house style.
    pub fn style(&self, scope: &Scope) -> Style {
        let mut all = toml::Table::new();
        let tables = self.layers.iter().map(|layer| &layer.style);
        for table in tables.chain(self.parts(scope).map(|part| &part.style)) {
            all.extend(table.clone());
        }
        // Every table was read as a style before, so all of them together are one as well.
        toml::Value::Table(all).try_into().unwrap_or_default()
    }

    /// The table of office-holders, if any layer adds to it.
    pub fn offices(&self) -> Option<Table> {
        let house = self.layers.iter().flat_map(|layer| &layer.offices);
        let house: Vec<Tenure> = house.cloned().collect();
        (!house.is_empty()).then(|| Table::extended(house))
    }

    /// Where the wire copy of the draft at `path` lies.
    pub fn against(&self, path: &Path) -> Vec<WireGlob> {
        let mut out = Vec::new();
        for layer in &self.layers {
            let covers =
                layer.against.iter().filter(|(files, _)| files.covers(&layer.folder, path));
            out.extend(covers.flat_map(|(_, globs)| globs).map(|glob| {
                let own = path.strip_prefix(&layer.folder).unwrap_or(path);
                let text = |path: Option<&Path>| {
                    globset::escape(&path.unwrap_or(Path::new("")).to_string_lossy())
                };
                let glob = glob.replace("{stem}", &text(own.file_stem().map(Path::new)));
                let glob = glob.replace("{folder}", &text(own.parent()));
                WireGlob { folder: layer.folder.clone(), glob }
            }));
        }
        out
    }

    /// The house's list of people, if any layer has one; of two entries of one name the nearer layer's counts.
    pub fn people(&self) -> Option<Roster> {
        let mut people: Vec<Listed> = Vec::new();
        for person in self.layers.iter().flat_map(|layer| &layer.people) {
            people.retain(|other| other.name != person.name);
            people.push(person.clone());
        }
        (!people.is_empty()).then(|| Roster::new(people))
    }

    /// Whether the file at `path`, found in a folder, is a draft: `None` if the settings do not say.
    pub fn is_draft(&self, path: &Path) -> Option<bool> {
        if self.layers.iter().any(|layer| layer.exclude.covers(&layer.folder, path)) {
            return Some(false);
        }
        // Wire copy is no draft.
        if self.layers.iter().any(|layer| layer.wires.covers(&layer.folder, path)) {
            return Some(false);
        }
        let include =
            self.layers.iter().rev().find_map(|layer| Some((layer, layer.include.as_ref()?)));
        include.map(|(layer, include)| include.covers(&layer.folder, path))
    }
}

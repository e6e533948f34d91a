//! Levels: what the `[rules]` table says of a rule or a group.

use super::Problem;
use crate::diagnostic::Severity;
use crate::rules::{self, Group, Rule, Selector};
use crate::text::TextRange;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// Off, or on with a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    /// Does not run.
    Off,
    /// Runs; findings are worth a look.
    Info,
    /// Runs; findings are probably wrong.
    Warning,
    /// Runs; findings would need a correction in print.
    Error,
}

impl Switch {
    /// The severity, unless off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// What the settings say of a rule: `"warning"`, or `{ level = "warning", min-confidence = 0.7 }`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level {
    /// Off or a severity; unset: as it was.
    pub switch: Option<Switch>,
    /// The least confidence that is reported, 0 to 1; unset: as it was.
    pub min_confidence: Option<f32>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LevelTable {
    /// Off or a severity.
    level: Option<Switch>,
    /// The least confidence that is reported, 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    min_confidence: Option<f32>,
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;

        impl<'de> Visitor<'de> for Words {
            type Value = Level;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`off`, `info`, `warning`, `error`, or a table with `level` and `min-confidence`")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Level, E> {
                let deserializer = serde::de::value::StrDeserializer::<E>::new(word);
                Ok(Level { switch: Some(Switch::deserialize(deserializer)?), min_confidence: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Level, A::Error> {
                let table = LevelTable::deserialize(MapAccessDeserializer::new(map))?;
                match table.min_confidence {
                    Some(least) if !(0.0..=1.0).contains(&least) => {
                        Err(A::Error::custom("`min-confidence` is a number from 0 to 1"))
                    }
                    min_confidence => Ok(Level { switch: table.level, min_confidence }),
                }
            }
        }

        deserializer.deserialize_any(Words)
    }
}

impl JsonSchema for Level {
    fn schema_name() -> Cow<'static, str> {
        "Level".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (switch, table) =
            (generator.subschema_for::<Switch>(), generator.subschema_for::<LevelTable>());
        json_schema!({ "anyOf": [switch, table] })
    }
}

/// The `[rules]` table: levels by rule or group.
///
/// A group's severity is that of its rules that are on: it turns on none that is off by default. A rule that is named
/// itself runs with the severity that it is given. `off` turns off the rule, or all rules of the group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleLevels(Vec<(String, TextRange, Level)>);

impl<'de> Deserialize<'de> for RuleLevels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = BTreeMap::<Spanned<String>, Level>::deserialize(deserializer)?;
        let entry = |(name, level): (Spanned<String>, Level)| {
            let range = TextRange::from(name.span());
            (name.into_inner(), range, level)
        };
        let mut levels: Vec<_> = table.into_iter().map(entry).collect();
        levels.sort_by_key(|(_, range, _)| *range);
        Ok(Self(levels))
    }
}

impl RuleLevels {
    /// Names that are neither a rule nor a group.
    pub(super) fn problems(&self) -> impl Iterator<Item = Problem> {
        let names: Vec<&str> = Selector::names().filter(|name| *name != "all").collect();
        self.0.iter().filter_map(move |(name, range, _)| {
            let known = names.contains(&name.as_str());
            (!known).then(|| Problem::unknown(*range, "rule or group", name, names.iter().copied()))
        })
    }

    /// What the table says of `rule`: the group's level first, so that the rule's own wins; with each level whether the
    /// rule itself is named.
    pub(super) fn of(&self, rule: &Rule) -> impl Iterator<Item = (Level, bool)> {
        let named = |wanted: &str| {
            self.0.iter().find(|(name, ..)| name == wanted).map(|(_, _, level)| *level)
        };
        let group = named(rule.group.as_str()).map(|level| (level, false));
        group.into_iter().chain(named(rule.id).map(|level| (level, true)))
    }
}

impl JsonSchema for RuleLevels {
    fn schema_name() -> Cow<'static, str> {
        "RuleLevels".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<Level>();
        let described = |text: &str| {
            let mut schema = level.clone();
            schema.insert("description".into(), text.into());
            schema
        };
        let groups = Group::ALL.iter().map(|group| {
            let text = format!(
                "The rules of the group {} that are on by default; `off` turns off all of them.",
                group.as_str()
            );
            (group.as_str().to_owned(), described(&text))
        });
        let rules = rules::ALL.iter().map(|rule| {
            let state = if rule.enabled { "" } else { " Off by default." };
            (rule.id.to_owned(), described(&format!("{}.{state}", rule.summary)))
        });
        let properties: serde_json::Map<String, serde_json::Value> =
            groups.chain(rules).map(|(name, schema)| (name, schema.to_value())).collect();
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

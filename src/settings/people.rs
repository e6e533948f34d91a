//! The house's list of people as it is written: `[[people]]`.

use super::Problem;
use super::file::{backwards, bad_days, full, unknown_office};
use crate::resolve::offices::{self, End, Tenure};
use crate::resolve::{Gender, Listed};
use crate::text::TextRange;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Somebody whom the house writes about.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Entry {
    /// The full name as the house spells it.
    #[schemars(with = "String")]
    pub name: Spanned<String>,
    /// The word of the name that stands alone after the first reference; unset: the last one, or the first where
    /// `family-first` is set.
    #[schemars(with = "Option<String>")]
    pub family: Option<Spanned<String>>,
    /// Whether the family name stands first ("Kim Min-jun").
    #[serde(default)]
    pub family_first: bool,
    /// Spellings that are not the house's, of the whole name or of one word of it: `name-variant` flags them.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub also: Vec<Spanned<String>>,
    /// Other names of the person that are as good: nicknames, initials, a stage name.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub known_as: Vec<Spanned<String>>,
    /// What the person is referred to as.
    pub pronoun: Option<Pronoun>,
    /// An office that the person holds or held; needs `from`. For several use `[[offices]]`.
    #[schemars(with = "Option<String>")]
    pub title: Option<Spanned<String>>,
    /// Where the office is held: a country, or a state as "US-TX".
    #[serde(default)]
    pub place: String,
    /// First day in office: "2021-05-20".
    #[schemars(with = "Option<String>")]
    pub from: Option<Spanned<String>>,
    /// Last day in office; "~2029-05-20" is a planned end. Unset: in office.
    #[schemars(with = "Option<String>")]
    pub to: Option<Spanned<String>>,
}

/// What somebody is referred to as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Pronoun {
    /// "he".
    He,
    /// "she".
    She,
    /// "they".
    They,
}

impl Entry {
    /// The word that stands alone.
    fn family(&self) -> &str {
        let mut words = self.name.get_ref().split_whitespace();
        let usual = if self.family_first { words.next() } else { words.next_back() };
        self.family.as_ref().map_or(usual.unwrap_or_default(), |family| family.get_ref())
    }

    /// What is wrong with it.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut out: Vec<Problem> = bad_days([self.from.as_ref()], self.to.as_ref()).collect();
        out.extend(backwards(self.from.as_ref(), self.to.as_ref()));
        out.extend(self.title.as_ref().and_then(unknown_office));
        let mut wrong = |place: &Spanned<String>, message: String, help: &str| {
            out.push(Problem::new(TextRange::from(place.span()), message, Some(help.to_owned())));
        };
        let name = self.name.get_ref();
        if name.trim().is_empty() {
            wrong(
                &self.name,
                "`name` is empty".to_owned(),
                "a person needs a full name: name = \"Ida Koch\"",
            );
        }
        if let Some(family) = &self.family
            && !name.split_whitespace().any(|word| word == family.get_ref())
        {
            let message = format!("`{}` is no word of the name `{name}`", family.get_ref());
            wrong(
                family,
                message,
                "`family` is the one word of `name` that stands alone after the first reference",
            );
        }
        for other in &self.also {
            let own = self.known_as.iter().any(|known| known.get_ref() == other.get_ref());
            if own || other.get_ref() == name {
                let message = format!("`{}` is spelt as the house spells it", other.get_ref());
                wrong(
                    other,
                    message,
                    "`also` lists the other spellings; names that are as good stand in `known-as`",
                );
            }
        }
        match (&self.title, &self.from, &self.to) {
            (Some(title), None, _) => {
                let message = format!("`{}` has no first day", title.get_ref());
                wrong(
                    title,
                    message,
                    "add from = \"2024-11-12\", the first day in office; without it leave `title` out",
                );
            }
            (None, Some(day), _) | (None, None, Some(day)) => {
                let message = "a day without a title".to_owned();
                wrong(
                    day,
                    message,
                    "`from` and `to` are the days of an office: add title = \"mayor\"",
                );
            }
            _ => {}
        }
        out
    }

    /// The entry of the list.
    pub(super) fn listed(&self) -> Listed {
        let plain = |names: &[Spanned<String>]| {
            names.iter().map(|name| name.get_ref().clone()).collect::<Vec<_>>()
        };
        let gender = self.pronoun.map(|pronoun| match pronoun {
            Pronoun::He => Gender::Man,
            Pronoun::She => Gender::Woman,
            Pronoun::They => Gender::Neither,
        });
        Listed {
            name: self.name.get_ref().clone(),
            family: self.family().to_owned(),
            also: plain(&self.also),
            known_as: plain(&self.known_as),
            gender,
        }
    }

    /// The lines of the table of office-holders, if the entry has a title: one for each spelling of the family name, since a
    /// misspelt one holds the office all the same.
    pub(super) fn tenures(&self) -> Vec<Tenure> {
        let listed = self.listed();
        let other = |name: &&String| listed.in_place_of(name) == listed.family;
        let single = listed.also.iter().filter(|name| name.split_whitespace().nth(1).is_none());
        let families = std::iter::once(&listed.family).chain(single.filter(other));
        families.filter_map(|family| self.tenure(family)).collect()
    }

    fn tenure(&self, family: &str) -> Option<Tenure> {
        let own = self.family();
        let given = self.name.get_ref().split_whitespace().filter(|word| *word != own);
        Some(Tenure {
            office: full(self.title.as_ref()?.get_ref()).into(),
            place: self.place.clone().into(),
            given: given.collect::<Vec<_>>().join(" ").into(),
            family: family.to_owned().into(),
            from: self.from.as_ref()?.get_ref().parse().ok()?,
            to: self.to.as_ref().map_or(Some(End::Open), |to| offices::end(to.get_ref()))?,
            as_of: Date::MAX,
            source: "".into(),
        })
    }
}

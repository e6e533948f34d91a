//! Names of rules, as the settings, the command line and the marks in the copy use them.

use super::{Group, Rule};
use crate::text::nearest;

/// A rule, a group, or every rule.
#[derive(Clone, Copy, Debug)]
pub enum Selector {
    /// `all`.
    All,
    /// Every rule of a group.
    Group(Group),
    /// One rule.
    Rule(&'static Rule),
}

impl Selector {
    /// Reads `all`, a group's name or a rule's id; the error names the nearest right name.
    pub fn parse(name: &str) -> Result<Self, String> {
        let name = name.trim();
        if name == "all" {
            return Ok(Self::All);
        }
        if let Some(group) = Group::ALL.into_iter().find(|group| group.as_str() == name) {
            return Ok(Self::Group(group));
        }
        super::find(name).map(Self::Rule).ok_or_else(|| {
            let near = nearest(name, Self::names());
            let help = near.map_or_else(
                || "`copydesk rules` lists the rules and their groups".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            format!("no rule or group is called `{name}`; {help}")
        })
    }

    /// Every name that [`parse`](Self::parse) accepts: `all`, the groups, the rules.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let groups = Group::ALL.iter().map(|group| group.as_str());
        std::iter::once("all").chain(groups).chain(super::ALL.iter().map(|rule| rule.id))
    }

    /// Whether the rule is meant.
    pub fn matches(self, rule: &Rule) -> bool {
        match self {
            Self::All => true,
            Self::Group(group) => rule.group == group,
            Self::Rule(wanted) => rule.id == wanted.id,
        }
    }
}

//! House style: the choices between equally good ways of writing that a newsroom makes once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// House style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Style {
    /// "US" or "U.S."; unset: whatever the article uses most. Where it is set, `term-variant` runs, as info.
    pub united_states: Option<UnitedStates>,
    /// Straight or curly quotation marks; unset: whatever the article uses most.
    pub quotation_marks: Option<QuotationMarks>,
    /// Where a full stop stands that ends a sentence after a partial quotation; unset: whatever the article does most.
    pub quote_punctuation: Option<QuotePunctuation>,
    /// Where a title of office takes a capital; unset: whatever the article does most. Where it is set, `title-case` runs.
    pub title_case: Option<TitleCase>,
    /// Unnamed sources that this newsroom accepts as they stand ("a palace spokesperson").
    pub acceptable_sources: Vec<String>,
    /// Initials that readers know ("NATO"), beside the built-in list.
    pub known_acronyms: Vec<String>,
}

impl Style {
    /// Whether a choice is set that only the rule `id` checks, so that the rule runs although it is off by default: who
    /// names a house form wants to hear of the other one.
    pub(crate) fn asks_for(&self, id: &str) -> bool {
        match id {
            "term-variant" => self.united_states.is_some(),
            "title-case" => self.title_case.is_some(),
            _ => false,
        }
    }
}

/// How the United States is abbreviated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum UnitedStates {
    /// "US".
    #[serde(rename = "US")]
    Plain,
    /// "U.S.".
    #[serde(rename = "U.S.")]
    Points,
}

/// Where a title of office takes a capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TitleCase {
    /// Right before a name only: "President Ana Ruiz", "the president".
    BeforeNames,
    /// Before a name and where it stands for somebody: "President Ana Ruiz", "the President".
    Always,
    /// Nowhere: "president Ana Ruiz", "the president".
    Never,
}

/// The house's quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuotationMarks {
    /// "straight".
    Straight,
    /// “curly”.
    Curly,
}

/// Whether the full stop stands inside or outside the closing mark of a partial quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuotePunctuation {
    /// "like this." (American).
    Inside,
    /// "like this". (British, logical).
    Outside,
}

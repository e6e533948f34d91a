//! Settings: which rules run and how severe they are, house style, which files are drafts, what stands ("stet").
//!
//! A newsroom's settings are a stack of [`Layer`]s, one a file: what `extend` names lies below. Within a layer a rule's
//! level wins over its group's; a later layer wins over an earlier one; an override that matches the article's path wins
//! over all layers. Nothing here reads a file: callers find the files and hand in their text.

mod file;
mod level;
mod paths;
mod people;
mod problem;
mod selection;
mod stack;

pub use file::{Against, Files, Office, Override, SettingsFile, Stet, parse};
pub use level::{Level, RuleLevels, Switch};
pub use people::{Entry, Pronoun};
pub use problem::Problem;
pub use selection::Selection;
pub use stack::{Layer, Scope, Settings, Standing, StandingPlace, WireGlob};

pub use crate::style::{QuotationMarks, QuotePunctuation, Style, TitleCase, UnitedStates};

/// The name of the settings file.
pub const FILE_NAME: &str = "copydesk.toml";

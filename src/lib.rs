//! copydesk understands news copy: who is on record for what, who is who, and where a draft lost its sourcing.
//!
//! # Map
//!
//! Data flows one way, and modules depend only on those above them in this list:
//!
//! | module | what it knows |
//! |---|---|
//! | [`text`] | byte ranges, lines and columns |
//! | [`style`] | the choices of a house |
//! | [`lang`] | English vocabulary |
//! | [`document`] | formats: a draft as blocks of prose |
//! | [`segment`] | a block as tokens and sentences |
//! | [`annotate`] | one paragraph: quotations, attributions, mentions |
//! | [`resolve`] | the whole story: people, offices, carried attribution, who is on record, claims nobody is |
//! | [`against`] | the story beside the wire copy it was written from |
//! | [`diagnostic`] | findings and fixes |
//! | [`rules`] | one file a rule |
//! | [`settings`] | what the newsroom chose |
//! | [`analysis`] | [`Analyzer`]: an article in, findings out; what an edit did not touch is kept |
//!
//! Two front ends stand on it, which nothing here knows: `cli` (the command line) and `lsp` (the language server), features
//! of the same names. What both know of the machine stands between, in `files`: drafts, settings and wire copy on disk, and
//! the date. Neither knows the other, but for the command that starts the server.
//!
//! # Invariants
//!
//! 1. Offsets are UTF-8 bytes into the original source. The text is never rewritten to be analysed: what is not prose is
//!    masked in place, and an entity is a mask that stands for its character.
//! 2. Nothing here knows UTF-16.
//! 3. No I/O, no async, no clock, no failure: any `&str` gives an analysis.
//! 4. A safe fix never alters quoted words and never invents a fact; no fix takes markup away. One place sees to it, the
//!    one that rules report to.
//! 5. Dependencies point up the table, never down.
//! 6. Work is linear in the text: rules look at a bounded number of neighbours, whatever they ask.
//!
//! # Decisions
//!
//! - *Tokens are the currency.* Annotations are spans of token numbers, which stay true when their block moves; bytes come
//!   back in one place. So annotations can be cached with their block.
//! - *Words are looked up once.* A token carries a fingerprint and the classes of its word; rules test those and not
//!   text, and the trained models are keyed by the same fingerprint.
//! - *Sentences are found on tokens* and not by a library: those tried break after "3 p.m." or "Sen.", and the tokens know
//!   abbreviations and quotations already.
//! - *Attribution is learned*, by one piece of code that computes the features for the trainer and for the analysis.
//! - *A rule is a value, not a type*: a table of statics is all that `explain`, the settings and the editors need.

#![forbid(unsafe_code)]

pub mod against;
pub mod analysis;
pub mod annotate;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod document;
#[cfg(any(feature = "cli", feature = "lsp"))]
mod files;
pub mod lang;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod resolve;
pub mod rules;
pub mod segment;
pub mod settings;
pub mod style;
pub mod text;

pub use analysis::{Analyzer, Article, Cache};
pub use rules::ActiveRule;

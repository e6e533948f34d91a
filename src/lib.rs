//! copydesk understands news copy: who is on record for what, who is who, and where a draft lost its sourcing.
//!
//! # Map
//!
//! Data flows one way, and modules depend only on those above them in this list:
//!
//! | module | what it knows |
//! |---|---|
//! | [`text`] | byte ranges, lines and columns |
//! | [`lang`] | English vocabulary |
//! | [`document`] | formats: a draft as blocks of prose |
//! | [`segment`] | a block as tokens and sentences |
//! | [`annotate`] | one paragraph: quotations, attributions, mentions |
//! | [`resolve`] | the whole story: people, carried attribution |
//! | [`diagnostic`] | findings and fixes |
//! | [`style`] | house style |
//! | [`rules`] | one file a rule |
//! | [`analysis`] | [`Analyzer`]: an article in, findings out |
//! | [`settings`] | what the newsroom chose: rules, style, drafts, what stands |
//! | `cli` | the command line; everything that touches files, clock or threads |
//!
//! # Invariants
//!
//! 1. Offsets are UTF-8 bytes into the original source. The text is never rewritten to be analysed.
//! 2. Nothing here knows UTF-16.
//! 3. No I/O, no async, no clock, no failure: any `&str` gives an analysis.
//! 4. A safe fix never alters quoted words and never invents a fact.
//! 5. Dependencies point up the table, never down.

#![forbid(unsafe_code)]

pub mod analysis;
pub mod annotate;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod lang;
pub mod resolve;
pub mod rules;
pub mod segment;
pub mod settings;
pub mod style;
pub mod text;

pub use analysis::{ActiveRule, Analyzer, Article};

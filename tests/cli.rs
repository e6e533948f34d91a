//! The command line, run as a user runs it: transcripts with exit codes (in `tests/cli/transcripts`, reviewed like code;
//! `INSTA_UPDATE=always cargo test --test cli` writes them anew), and what has to hold whatever happens.

#[path = "cli/metadata.rs"]
mod metadata;
#[path = "cli/support.rs"]
mod support;

#[cfg(unix)]
#[path = "cli/action.rs"]
mod action;
#[path = "cli/against.rs"]
mod against;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/compare.rs"]
mod compare;
#[path = "cli/dates.rs"]
mod dates;
#[path = "cli/fix.rs"]
mod fix;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/jsonl.rs"]
mod jsonl;
#[path = "cli/people.rs"]
mod people;
#[path = "cli/robust.rs"]
mod robust;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/sources.rs"]
mod sources;
#[path = "cli/stet.rs"]
mod stet;

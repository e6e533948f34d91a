//! The command line as clap reads it. Its help is written for a reporter.

use super::output::Format;
use crate::diagnostic::Severity;
use crate::rules::Selector;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use jiff::civil::Date;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  copydesk check story.md               check one draft
  copydesk check                        check every draft below this folder
  copydesk check --fix story.md         also mend what can be mended without asking
  pbpaste | copydesk check -            check what is on the clipboard
  copydesk explain vague-attribution    what a rule wants, and why";

const CHECK_EXAMPLES: &str = "\
Examples:
  copydesk check story.md
  copydesk check story.md --against wire.txt
  copydesk check drafts/ --select attribution,titles
  copydesk check story.md --diff        see what --fix would change
  copydesk check --format github        annotate a pull request
  copydesk check --input-format jsonl --format jsonl articles.jsonl

Exit status: 0 nothing at or above --fail-on; 1 findings; 2 a mistake on the command line or in the settings, or a
draft that cannot be read (the others are still checked).";

const SOURCES_EXAMPLES: &str = "\
Examples:
  copydesk sources story.md
  copydesk sources --format html story.md > sources.html
  copydesk sources --format json drafts/";

const COMPARE_EXAMPLES: &str = "\
Examples:
  copydesk compare story.md --against wire.txt
  copydesk compare story.md             with what its front matter or the settings name
  copydesk compare --format html story.md --against wire.txt > compared.html";

const PEOPLE_EXAMPLES: &str = "\
Examples:
  copydesk people story.md
  copydesk people --date 2016-05-20 story.md
  copydesk people --format json drafts/";

/// A linter for news copy: it flags claims that nobody is on record for, attribution phrases with no source, and titles
/// that contradict each other.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, about, after_help = EXAMPLES, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check drafts and report what a copy editor would query
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Show what copydesk understands of a draft: sentences, quotations, who said what, people
    Annotate(Annotate),
    /// Show who is on record for what in a draft, and which claims nobody is on record for
    #[command(after_help = SOURCES_EXAMPLES)]
    Sources(Sources),
    /// Show a draft beside the wire copy it was written from: what it kept, changed and left out
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(Compare),
    /// Show what a draft calls each person, and what the table of office-holders says of them
    #[command(after_help = PEOPLE_EXAMPLES)]
    People(People),
    /// Explain a rule: what it flags, why that matters, what to do
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Write a commented copydesk.toml into this folder
    Init,
    /// Print the JSON schema of copydesk.toml
    Schema,
    /// Print completions for your shell
    #[command(after_help = "Example:\n  copydesk completions zsh > ~/.zfunc/_copydesk")]
    Completions(Completions),
    /// Serve an editor: the language server, on standard input and output
    #[cfg(feature = "lsp")]
    Server(Server),
}

/// Which drafts, and how to read them.
#[derive(Args, Debug)]
pub(super) struct Input {
    /// Drafts, or folders to search for drafts (.md .markdown .txt .html .htm); `-` reads standard input
    #[arg(value_name = "PATH", default_value = ".", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// The name that standard input goes by: its ending says how to read it
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
    /// Leave out what is no draft by its name or by the settings, also where it is named outright; for hooks
    #[arg(long)]
    pub force_exclude: bool,
    /// What the paths hold: drafts, or articles as JSON, one a line
    #[arg(long, value_name = "KIND", default_value = "files")]
    pub input_format: InputFormat,
    /// Use these settings instead of the nearest copydesk.toml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// The day that drafts without a date of their own are of: it goes before a dateline and a date in the path [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,
    /// Print the findings and nothing else: no progress bar, no "Fixed", no closing summary, no hints
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub input: Input,
    /// How to print findings
    #[arg(long, short, default_value = "text")]
    pub format: Format,
    /// Run only these rules or groups, also those that are off; `all` runs every rule
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = Selector::parse)]
    pub select: Vec<Selector>,
    /// Do not run these rules or groups
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = Selector::parse)]
    pub ignore: Vec<Selector>,
    /// Report only what is at least this sure, 0 to 1; 0 prints everything [default: each rule's own]
    #[arg(long, value_name = "X", value_parser = confidence)]
    pub min_confidence: Option<f32>,
    /// The least severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// Apply the safe fixes: those that are mechanical, never touch quoted words and never name anyone
    #[arg(long, conflicts_with = "diff")]
    pub fix: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long)]
    pub diff: bool,
    /// Compare the drafts with this wire copy: what they were written from. May be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub against: Vec<PathBuf>,
    /// Count the findings by rule
    #[arg(long)]
    pub statistics: bool,
}

#[derive(Args, Debug)]
pub(super) struct Explain {
    /// A rule, or a group to list its rules
    #[arg(value_name = "RULE")]
    pub rule: String,
}

#[derive(Args, Debug)]
pub(super) struct Rules {
    /// How to print
    #[arg(long, short, default_value = "text")]
    pub format: RulesFormat,
}

#[derive(Args, Debug)]
pub(super) struct Completions {
    /// Your shell
    pub shell: clap_complete::Shell,
}

#[cfg(feature = "lsp")]
#[derive(Args, Debug)]
pub(super) struct Server {
    /// Speak on standard input and output, which the server does anyway; editors pass this
    #[arg(long)]
    pub stdio: bool,
    /// Also write the log to this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub log_file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Annotate {
    #[command(flatten)]
    pub input: Input,
    /// How to print
    #[arg(long, short, default_value = "text")]
    pub format: NotesFormat,
}

#[derive(Args, Debug)]
pub(super) struct Sources {
    #[command(flatten)]
    pub input: Input,
    /// How to print
    #[arg(long, short, default_value = "text")]
    pub format: SourcesFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SourcesFormat {
    /// For people
    Text,
    /// One document
    Json,
    /// One page that shows the copy with its sources in colour
    Html,
}

#[derive(Args, Debug)]
pub(super) struct Compare {
    #[command(flatten)]
    pub input: Input,
    /// The wire copy that the drafts were written from. May be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub against: Vec<PathBuf>,
    /// How to print
    #[arg(long, short, default_value = "text")]
    pub format: CompareFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CompareFormat {
    /// For people
    Text,
    /// One document
    Json,
    /// One page with both side by side
    Html,
}

#[derive(Args, Debug)]
pub(super) struct People {
    #[command(flatten)]
    pub input: Input,
    /// How to print
    #[arg(long, short, default_value = "text")]
    pub format: PeopleFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PeopleFormat {
    /// For people
    Text,
    /// One document
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum InputFormat {
    /// Drafts
    Files,
    /// One article a line: {"id", "text", "title", "date", "format", "against"}
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum NotesFormat {
    /// For people
    Text,
    /// One document
    Json,
    /// One line an article
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RulesFormat {
    /// A table
    Text,
    /// One JSON document
    Json,
}

impl Check {
    /// Whether standard output carries a fixed draft, so that the findings go to standard error.
    pub(super) fn fixes_stdin(&self) -> bool {
        self.fix && self.input.paths.iter().any(|path| path.as_os_str() == "-")
    }
}

/// What makes the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Any finding
    Info,
    /// Nothing
    Never,
}

impl FailOn {
    pub(super) fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a date is written like 2026-03-09".to_owned())
}

fn confidence(text: &str) -> Result<f32, String> {
    let number: Result<f32, _> = text.parse();
    number
        .ok()
        .filter(|number| (0.0..=1.0).contains(number))
        .ok_or_else(|| "it is a number from 0 to 1".to_owned())
}

//! The command line: everything that touches files, the clock, threads and the terminal.
//!
//! | module | what it does |
//! |---|---|
//! | `args` | options and their help |
//! | `walk` | paths to drafts |
//! | `against` | wire copy that drafts are compared with |
//! | `desk` | what commands share: a draft, a checked draft, the sum of a run |
//! | `newsroom` | finds settings, keeps an analyzer for each scope |
//! | `pipeline` | work in parallel, results in order, memory bounded |
//! | `jsonl` | articles as JSON, one a line |
//! | `check` | the command that everybody runs |
//! | `report`, `annotate`, `sources`, `compare`, `people` | commands that print something of every draft |
//! | `page` | pages that need nothing else |
//! | `output` | findings: one file a format |
//! | `fix` | safe fixes, written so that nothing can be lost |
//! | `summary` | the last lines of a run |
//! | `explain`, `rules`, `init`, `server` | the small commands |
//! | `terminal`, `progress` | colour, width, the progress bar |
//!
//! Findings and annotations go to standard output, everything else to standard error. Exit status: 0 clean, 1 findings,
//! 2 something could not be read or was asked for wrongly. When standard output is closed early (`| head`), the process
//! ends quietly with 0.

mod against;
mod annotate;
mod args;
mod check;
mod compare;
mod desk;
mod explain;
mod fix;
mod init;
mod jsonl;
mod newsroom;
mod output;
mod page;
mod people;
mod pipeline;
mod progress;
mod report;
mod rules;
#[cfg(feature = "lsp")]
mod server;
mod sources;
mod summary;
mod terminal;
mod walk;

use args::{Cli, Command};
use clap::Parser;
use std::io::{self, Write};
use std::process::ExitCode;

/// Why a command ended early.
#[derive(Debug)]
enum Stop {
    /// Something is wrong: the message says what, and what to do.
    Trouble(String),
    /// Standard output cannot be written.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// What a command comes to: the exit status.
type Outcome = Result<u8, Stop>;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Annotate(args) => annotate::run(&args),
        Command::Sources(args) => sources::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::People(args) => people::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Init => init::init(),
        Command::Schema => init::schema(),
        Command::Completions(args) => init::completions(&args),
        #[cfg(feature = "lsp")]
        Command::Server(args) => server::run(&args),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Stop::Output(error)) => {
            complain(&format!("cannot write to standard output: {error}"));
            ExitCode::from(2)
        }
        Err(Stop::Trouble(message)) => {
            complain(&message);
            ExitCode::from(2)
        }
    }
}

/// Prints an error to standard error; where that is closed, there is nobody to tell. Names of files and words of drafts and
/// settings stand in it, which come from anywhere.
fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "error: {}", output::clean_lines(message));
}

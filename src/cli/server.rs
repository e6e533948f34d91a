//! `copydesk server`.

use super::args::Server;
use super::{Outcome, Stop};
use crate::lsp;

/// Runs the command.
pub(super) fn run(args: &Server) -> Outcome {
    lsp::run(args.log_file.as_deref()).map_err(Stop::Trouble)
}

//! The `copydesk` binary.

use std::process::ExitCode;

/// A keystroke or an article is many small allocations, made and freed at once, on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    copydesk::cli::main()
}

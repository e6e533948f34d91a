//! The language server over its own standard input and output: order, versions, positions, settings, and everything that
//! may go wrong between a client and a server. After each mishap the server answers the next request, and nothing but
//! messages ever comes out of it: the client in `support/lsp.rs` fails at any other byte.

#[path = "support/lsp.rs"]
mod lsp;
#[path = "lsp/support.rs"]
mod support;

#[path = "lsp/against.rs"]
mod against;
#[path = "lsp/diagnostics.rs"]
mod diagnostics;
#[cfg(debug_assertions)]
#[path = "lsp/panics.rs"]
mod panics;
#[path = "lsp/protocol.rs"]
mod protocol;
#[path = "lsp/settings.rs"]
mod settings;
#[path = "lsp/sync.rs"]
mod sync;
#[path = "lsp/torture.rs"]
mod torture;
#[path = "lsp/typing.rs"]
mod typing;

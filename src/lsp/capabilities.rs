//! What the client can do, and what the server offers.

use super::features::{Shows, action};
use super::position::Encoding;
use serde_json::json;
use tower_lsp::lsp_types::*;

/// What the client can do, as far as the server cares.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    /// What a column counts, as agreed on.
    pub encoding: Encoding,
    /// Whether it asks for findings itself.
    pub pulls: bool,
    /// Whether it can be told to ask again.
    pub refreshes: bool,
    /// Whether it answers questions about its settings.
    pub configuration: bool,
    /// What it can show and do with answers.
    pub shows: Shows,
    /// Whether it says when its settings change only after it was asked to.
    registers_configuration: bool,
    /// Whether it watches files for the server.
    pub watches: bool,
}

/// Files that are watched since drafts may be written from them. Others are looked at from time to time.
const WIRE: &str = "**/*.{md,markdown,txt,html,htm}";

impl Client {
    /// Reads what the client says of itself.
    pub(super) fn new(client: &ClientCapabilities) -> Self {
        let shows = Shows::new(client);
        let offered = client.general.as_ref().and_then(|g| g.position_encodings.as_deref());
        let workspace = client.workspace.clone().unwrap_or_default();
        let text = client.text_document.clone().unwrap_or_default();
        Self {
            shows,
            encoding: Encoding::choose(offered),
            pulls: text.diagnostic.is_some(),
            refreshes: workspace
                .diagnostic
                .is_some_and(|diagnostic| diagnostic.refresh_support.unwrap_or_default()),
            configuration: workspace.configuration.unwrap_or_default(),
            registers_configuration: workspace
                .did_change_configuration
                .is_some_and(|change| change.dynamic_registration.unwrap_or_default()),
            watches: workspace
                .did_change_watched_files
                .is_some_and(|watch| watch.dynamic_registration.unwrap_or_default()),
        }
    }
}

/// What the server answers to `initialize`.
pub(super) fn answer(client: &Client) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(SaveOptions::default().into()),
        ..TextDocumentSyncOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(OneOf::Left(true)),
    };
    let pull = DiagnosticOptions {
        identifier: Some("copydesk".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: false,
        work_done_progress_options: WorkDoneProgressOptions::default(),
    };
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(client.encoding.kind()),
            text_document_sync: Some(sync.into()),
            diagnostic_provider: client
                .pulls
                .then_some(DiagnosticServerCapabilities::Options(pull)),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(folders),
                file_operations: None,
            }),
            ..features(&client.shows)
        },
        server_info: Some(ServerInfo {
            name: "copydesk".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

/// What a writer can ask.
fn features(shows: &Shows) -> ServerCapabilities {
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, action::FIX_ALL]),
        ..CodeActionOptions::default()
    };
    let completion = CompletionOptions {
        trigger_characters: Some(vec![" ".to_owned()]),
        ..CompletionOptions::default()
    };
    let rename = match shows.prepares_rename {
        true => OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        false => OneOf::Left(true),
    };
    ServerCapabilities {
        code_action_provider: shows.actions.then(|| actions.into()),
        completion_provider: Some(completion),
        definition_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        hover_provider: Some(true.into()),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(rename),
        ..ServerCapabilities::default()
    }
}

/// What the client is asked to tell later: changes of settings files and of its own settings.
pub(super) fn registrations(client: &Client) -> Vec<Registration> {
    let registration = |method: &str, options| Registration {
        id: format!("copydesk/{method}"),
        method: method.to_owned(),
        register_options: Some(options),
    };
    let mut out = Vec::new();
    if client.watches {
        // Settings may build on files of any name, and drafts be written from any other.
        let globs = ["**/*.toml", WIRE];
        let watchers: Vec<_> = globs.iter().map(|glob| json!({ "globPattern": glob })).collect();
        let watchers = json!({ "watchers": watchers });
        out.push(registration("workspace/didChangeWatchedFiles", watchers));
    }
    if client.registers_configuration {
        let section = json!({ "section": "copydesk" });
        out.push(registration("workspace/didChangeConfiguration", section));
    }
    out
}

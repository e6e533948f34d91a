//! The protocol's methods. Notifications become events; requests wait for a snapshot and read it.

use super::capabilities::{self, Client as Capable};
use super::desk::Event;
use super::docs::Docs;
use super::document::path_of;
use super::features::{Shows, action, completion, hover, people, rename, symbols};
use super::log::Level;
use super::log::Log;
use super::publish::Publisher;
use super::settings::EditorSettings;
use super::snapshot::Snapshot;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::*;
use tower_lsp::{Client, LanguageServer};

/// The section of the editor's settings.
const SECTION: &str = "copydesk";

/// How long the first check waits for the editor's settings.
const SETTINGS_PATIENCE: Duration = Duration::from_millis(500);

/// The language server.
pub(super) struct Backend {
    client: Client,
    events: mpsc::UnboundedSender<Event>,
    log: Log,
    capable: OnceLock<Capable>,
    folders: Mutex<Vec<WorkspaceFolder>>,
    /// Settings that came without being asked for: at the start, or from clients that cannot be asked.
    given: Mutex<Value>,
    good: Arc<Mutex<LastGood>>,
}

/// The editor's settings as they were read last, with the last good ones where they are wrong.
#[derive(Debug, Default)]
struct LastGood {
    /// By folder, and by none.
    scopes: HashMap<Option<Url>, EditorSettings>,
    /// What was wrong at the last reading.
    wrong: BTreeSet<String>,
}

impl LastGood {
    /// Reads a section for each of the scopes. What is newly wrong is shown once, for however many folders.
    fn read(&mut self, scopes: &[Option<Url>], sections: &[Value], log: &Log) {
        let mut wrong = BTreeSet::new();
        for (scope, section) in scopes.iter().zip(sections) {
            let before = self.scopes.get(scope).or_else(|| self.scopes.get(&None));
            let (read, problems) =
                EditorSettings::read(section, &before.cloned().unwrap_or_default());
            wrong.extend(problems.into_iter().map(|problem| {
                let help = problem.help.map_or(String::new(), |help| format!(" ({help})"));
                problem.message + &help
            }));
            self.scopes.insert(scope.clone(), read);
        }
        for problem in wrong.difference(&self.wrong) {
            let message = format!(
                "the editor's settings for copydesk: {problem}. Until this is mended, the settings before stay in force."
            );
            log.show(Level::Warning, &message);
        }
        self.wrong = wrong;
    }

    fn of(&self, scope: Option<&Url>) -> EditorSettings {
        self.scopes.get(&scope.cloned()).cloned().unwrap_or_default()
    }
}

impl Backend {
    /// A server that speaks to `client` and hands events on.
    pub(super) fn new(client: Client, events: mpsc::UnboundedSender<Event>, log: Log) -> Self {
        Self {
            client,
            events,
            log,
            capable: OnceLock::new(),
            folders: Mutex::default(),
            given: Mutex::default(),
            good: Arc::default(),
        }
    }

    fn send(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// The document as it is now, once it is analysed.
    async fn snapshot(&self, uri: &Url) -> Result<Arc<Snapshot>> {
        let (answer, snapshot) = oneshot::channel();
        self.send(Event::Ask { uri: uri.clone(), answer });
        snapshot.await.map_err(|_| Error::internal_error())?
    }

    /// Reads the document as it is now, away from the protocol's task.
    async fn read<T: Send + 'static>(
        &self,
        uri: &Url,
        read: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<T> {
        super::fail_on_purpose("handler", uri.as_str());
        let snapshot = self.snapshot(uri).await?;
        let task = tokio::task::spawn_blocking(move || read(&snapshot));
        task.await.map_err(|_| {
            let message = format!("a question about {uri} found no answer; please report this");
            self.log.say(Level::Error, &message);
            Error::internal_error()
        })
    }

    fn capable(&self) -> Capable {
        self.capable.get().cloned().unwrap_or_default()
    }

    fn shows(&self) -> Shows {
        self.capable().shows
    }

    /// Reads the editor's settings and hands them on. With `wait`, a client that does not answer in time is read as one that
    /// has no settings, until it answers.
    fn configure(&self, wait: bool) {
        let folders = super::settings::lock(&self.folders).clone();
        let given = super::settings::lock(&self.given).clone();
        let scopes: Vec<Option<Url>> =
            folders.into_iter().map(|folder| Some(folder.uri)).chain([None]).collect();
        let (good, log) = (self.good.clone(), self.log.clone());
        if !self.capable().configuration {
            self.send(configured(&scopes, &[], &given, &good, &log));
            return;
        }
        let (client, events) = (self.client.clone(), self.events.clone());
        tokio::spawn(async move {
            let item =
                |scope_uri| ConfigurationItem { scope_uri, section: Some(SECTION.to_owned()) };
            let answer = client.configuration(scopes.iter().cloned().map(item).collect());
            tokio::pin!(answer);
            let configured =
                |sections: &[Value]| configured(&scopes, sections, &given, &good, &log);
            let sections = if wait {
                match tokio::time::timeout(SETTINGS_PATIENCE, &mut answer).await {
                    Ok(answer) => answer,
                    Err(_) => {
                        let _ = events.send(configured(&[]));
                        answer.await
                    }
                }
            } else {
                answer.await
            };
            let sections = sections.unwrap_or_else(|error| {
                log.say(Level::Warning, &format!("the editor did not tell its settings: {error}"));
                Vec::new()
            });
            let _ = events.send(configured(&sections));
        });
    }
}

/// The event that the editor's settings are known: a section for each folder, and one for what lies in none. Where the
/// editor has none, what it gave unasked counts.
fn configured(
    scopes: &[Option<Url>],
    sections: &[Value],
    given: &Value,
    good: &Mutex<LastGood>,
    log: &Log,
) -> Event {
    let told = |number| sections.get(number).filter(|section: &&Value| !section.is_null());
    let sections: Vec<Value> =
        (0..scopes.len()).map(|number| told(number).unwrap_or(given).clone()).collect();
    let mut good = super::settings::lock(good);
    good.read(scopes, &sections, log);
    let folder = |uri: &Url| Some((path_of(uri)?, good.of(Some(uri))));
    Event::Configured {
        folders: scopes.iter().flatten().filter_map(folder).collect(),
        elsewhere: good.of(None),
    }
}

/// A document as it is now, for a thread that may wait; `None` where it is not open.
fn now(events: &mpsc::UnboundedSender<Event>, uri: &Url) -> Option<Arc<Snapshot>> {
    loop {
        let (answer, snapshot) = oneshot::channel();
        events.send(Event::Ask { uri: uri.clone(), answer }).ok()?;
        match snapshot.blocking_recv().ok()? {
            // An edit came since.
            Err(error) if error.code == ErrorCode::ContentModified => {}
            answer => return answer.ok(),
        }
    }
}

/// The folders that are open, whatever the age of the client.
#[allow(deprecated)]
fn folders(params: &InitializeParams) -> Vec<WorkspaceFolder> {
    let root = params
        .root_uri
        .clone()
        .or_else(|| Url::from_file_path(PathBuf::from(params.root_path.as_deref()?)).ok());
    let alone = || root.map(|uri| WorkspaceFolder { uri, name: String::new() });
    match &params.workspace_folders {
        Some(folders) => folders.clone(),
        None => alone().into_iter().collect(),
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let capable = Capable::new(&params.capabilities);
        let client = params.capabilities.text_document.as_ref();
        let publisher =
            Publisher::new(client.and_then(|c| c.publish_diagnostics.as_ref()), Docs::write());
        let encoding = capable.encoding;
        let Capable { pulls, refreshes, watches, .. } = capable;
        self.send(Event::Begin { encoding, publisher, pulls, refreshes, watches });
        let folders = folders(&params);
        self.log.say(Level::Info, &start(&params, &folders));
        *super::settings::lock(&self.folders) = folders;
        if let Some(options) = params.initialization_options {
            *super::settings::lock(&self.given) = section(options);
        }
        let result = capabilities::answer(&capable);
        let _ = self.capable.set(capable);
        if !self.capable().configuration {
            self.configure(true);
        }
        Ok(result)
    }

    async fn initialized(&self, _: InitializedParams) {
        if self.capable().configuration {
            self.configure(true);
        }
        let registrations = capabilities::registrations(&self.capable());
        if registrations.is_empty() {
            return;
        }
        if let Err(error) = self.client.register_capability(registrations).await {
            self.log.say(Level::Warning, &format!("the editor does not watch files: {error}"));
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.send(Event::Open(params.text_document));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        self.send(Event::Change { uri, version, changes: params.content_changes });
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        let uri = params.text_document.uri;
        // Clients that watch no files still save settings in one of their windows.
        if let Some(path) = path_of(&uri) {
            self.send(Event::Files(vec![path]));
        }
        self.send(Event::Save(uri));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.send(Event::Close(params.text_document.uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        // Clients that are to be asked push nothing, or what they have of settings, which may be nothing.
        // A section that is there and empty says that nothing is set any more; null says nothing.
        let said = params.settings.get(SECTION).is_some_and(|section| !section.is_null());
        let settings = section(params.settings);
        if said || settings.as_object().is_some_and(|settings| !settings.is_empty()) {
            *super::settings::lock(&self.given) = settings;
        }
        self.configure(false);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        {
            let mut folders = super::settings::lock(&self.folders);
            let WorkspaceFoldersChangeEvent { added, removed } = params.event;
            // A folder is the same under another name.
            let goes = |folder: &WorkspaceFolder| {
                removed.iter().chain(&added).any(|f| f.uri == folder.uri)
            };
            folders.retain(|folder| !goes(folder));
            folders.extend(added);
        }
        self.configure(false);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let paths = params.changes.iter().filter_map(|change| path_of(&change.uri));
        self.send(Event::Files(paths.collect()));
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        // An edit that came since is no reason to refuse: some clients take a refusal for "no findings".
        let snapshot = loop {
            match self.snapshot(&params.text_document.uri).await {
                Err(error) if error.code == ErrorCode::ContentModified => {}
                answer => break answer?,
            }
        };
        Ok(pulled(&snapshot, params.previous_result_id.as_deref()))
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let (uri, shows) = (params.text_document.uri.clone(), self.shows());
        let events = self.events.clone();
        self.read(&uri, move |snapshot| {
            let others = |uri: &Url| now(&events, uri);
            Some(action::actions(snapshot, &shows, &others, &params))
        })
        .await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let (at, shows) = (params.text_document_position_params, self.shows());
        let uri = at.text_document.uri;
        self.read(&uri, move |snapshot| hover::hover(snapshot, &shows, at.position)).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        let uri = at.text_document.uri;
        self.read(&uri, move |snapshot| people::highlights(snapshot, at.position)).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let (at, first) = (params.text_document_position, params.context.include_declaration);
        let uri = at.text_document.uri;
        self.read(&uri, move |snapshot| people::references(snapshot, at.position, first)).await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let uri = at.text_document.uri;
        self.read(&uri, move |snapshot| people::definition(snapshot, at.position)).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let uri = params.text_document.uri;
        self.read(&uri, move |snapshot| rename::prepare(snapshot, params.position)).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let (at, name, shows) = (params.text_document_position, params.new_name, self.shows());
        let uri = at.text_document.uri;
        self.read(&uri, move |snapshot| rename::rename(snapshot, &shows, at.position, &name))
            .await?
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        let shows = self.shows();
        let uri = params.text_document.uri;
        self.read(&uri, move |snapshot| symbols::symbols(snapshot, &shows)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let uri = at.text_document.uri;
        self.read(&uri, move |snapshot| Some(completion::completion(snapshot, at.position).into()))
            .await
    }
}

/// What the log begins with.
fn start(params: &InitializeParams, folders: &[WorkspaceFolder]) -> String {
    let client = params.client_info.as_ref().map_or("an editor without a name", |info| &info.name);
    let folders: Vec<&str> = folders.iter().map(|folder| folder.uri.as_str()).collect();
    let version = env!("CARGO_PKG_VERSION");
    format!("copydesk {version} serves {client}; folders: {}", folders.join(", "))
}

/// The section in what a client sends as settings: some send all settings, some the section alone.
fn section(mut settings: Value) -> Value {
    settings.get_mut(SECTION).map(Value::take).unwrap_or(settings)
}

/// The answer to a client that asks for findings and had the answer `before`.
fn pulled(snapshot: &Snapshot, before: Option<&str>) -> DocumentDiagnosticReportResult {
    let waits = snapshot.is_typing() && snapshot.waits();
    let id = format!("{}.{}", snapshot.draft.number, u8::from(waits));
    let report = if before == Some(&*id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                result_id: id,
            },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(id),
                items: snapshot.findings().into_iter().cloned().collect(),
            },
        })
    };
    report.into()
}

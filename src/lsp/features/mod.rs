//! What a writer can ask about a document: each a function of a [`Snapshot`], none of which keeps anything.
//!
//! | module | what it answers |
//! |---|---|
//! | `action`, `stet` | how to mend a finding, and how to let it stand |
//! | `edit` | edits in the protocol's words |
//! | `hover` | what a finding means, who a person is |
//! | `people`, `rename` | where a person is mentioned; another name for one |
//! | `symbols` | the outline: sections, sources, people |
//! | `completion` | the sources that may follow "according to" |

pub(super) mod action;
pub(super) mod completion;
mod edit;
pub(super) mod hover;
pub(super) mod people;
#[cfg(test)]
mod properties;
pub(super) mod rename;
mod stet;
pub(super) mod symbols;
#[cfg(test)]
mod testing;

use super::snapshot::Snapshot;
use std::sync::Arc;
use tower_lsp::lsp_types::{ClientCapabilities, MarkupKind, ResourceOperationKind, Url};

/// Finds another document as the editor has it; `None` where it is not open there.
pub(super) type Others<'a> = &'a dyn Fn(&Url) -> Option<Arc<Snapshot>>;

/// What the client can show and do with answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Shows {
    /// Edits may name the version that they were made for.
    pub versions: bool,
    /// Edits may create files.
    pub creates_files: bool,
    /// It saves a settings file that an action changed, by [`action::SAVE`].
    pub saves: bool,
    /// Actions may be more than commands.
    pub actions: bool,
    /// Hovers may be Markdown.
    pub markdown: bool,
    /// The outline may be a tree.
    pub tree: bool,
    /// It asks what is to be renamed before it asks for the new name.
    pub prepares_rename: bool,
}

impl Shows {
    /// Reads what the client says of itself.
    pub(super) fn new(client: &ClientCapabilities) -> Self {
        let workspace = client.workspace.clone().unwrap_or_default();
        let edits = workspace.workspace_edit.unwrap_or_default();
        let text = client.text_document.clone().unwrap_or_default();
        let operations = edits.resource_operations.unwrap_or_default();
        let hover = text.hover.and_then(|hover| hover.content_format).unwrap_or_default();
        let versions = edits.document_changes.unwrap_or_default();
        // No capability of the protocol tells a client's own commands. Clients of other servers name them here, too.
        let commands =
            client.experimental.as_ref().and_then(|own| own.pointer("/commands/commands"));
        let commands = commands.and_then(|commands| commands.as_array());
        Self {
            versions,
            creates_files: versions && operations.contains(&ResourceOperationKind::Create),
            saves: commands.is_some_and(|known| known.iter().any(|name| name == action::SAVE)),
            actions: text
                .code_action
                .is_some_and(|action| action.code_action_literal_support.is_some()),
            markdown: hover.first() == Some(&MarkupKind::Markdown),
            tree: text.document_symbol.is_some_and(|symbol| {
                symbol.hierarchical_document_symbol_support.unwrap_or_default()
            }),
            prepares_rename: text
                .rename
                .is_some_and(|rename| rename.prepare_support.unwrap_or_default()),
        }
    }
}

//! Settings files on disk: a `copydesk.toml` with all that it builds on.

use super::{absolute, read, shown};
use crate::settings::{self, Layer, Problem};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many files may build on each other; more is surely a mistake.
const DEEPEST: usize = 32;

/// A settings file that was read.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub text: Arc<str>,
}

/// Settings files laid over each other, the nearest last, each with the text it was read from.
#[derive(Debug, Default)]
pub(crate) struct Stack {
    /// Ready for use.
    pub layers: Vec<Layer>,
    /// What each layer was read from.
    pub sources: Vec<Source>,
}

/// A settings file that cannot be used, and why.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    /// The file that is wrong.
    pub path: PathBuf,
    /// Its text; empty where it cannot be read.
    pub text: Arc<str>,
    /// What is wrong, by place; at least one.
    pub problems: Vec<Problem>,
}

/// Reads a settings file and all that it builds on. In messages, files below `from` are named as seen from there.
pub(crate) fn load(path: &Path, from: &Path) -> Result<Stack, Broken> {
    let mut stack = Stack::default();
    push(&mut stack, path, from)?;
    stack.layers.reverse();
    stack.sources.reverse();
    Ok(stack)
}

/// Settings as they were read before, whatever the files say now.
#[cfg(feature = "lsp")]
pub(crate) fn again(sources: Vec<Source>) -> Stack {
    let layer = |source: &Source| {
        let folder = source.path.parent().unwrap_or(&source.path);
        Some(Layer::new(folder, settings::parse(&source.text).ok()?))
    };
    Stack { layers: sources.iter().filter_map(layer).collect(), sources }
}

/// Adds a file and what it builds on, the nearest first.
fn push(stack: &mut Stack, path: &Path, from: &Path) -> Result<(), Broken> {
    let broken =
        |text: &Arc<str>, problems| Broken { path: path.to_owned(), text: text.clone(), problems };
    let text: Arc<str> = read::file(path)
        .map_err(|error| {
            let message = format!("cannot read the settings: {error}");
            broken(&"".into(), vec![Problem::new(Default::default(), message, None)])
        })?
        .into();
    let file = settings::parse(&text).map_err(|problems| broken(&text, problems))?;
    let extend = file.extend.clone();
    let folder = path.parent().unwrap_or(path).to_owned();
    stack.sources.push(Source { path: path.to_owned(), text: text.clone() });
    stack.layers.push(Layer::new(&folder, file));
    let Some(extend) = extend else { return Ok(()) };
    let base = absolute(&folder, Path::new(extend.get_ref()));
    let wrong =
        |message: &str| Err(broken(&text, vec![Problem::new(extend.span().into(), message, None)]));
    if stack.sources.iter().any(|source| source.path == base) {
        return wrong("`extend` leads back to a file that builds on this one");
    }
    if stack.sources.len() >= DEEPEST {
        return wrong("more than 32 settings files build on each other");
    }
    if !base.is_file() {
        return wrong(&format!("there is no file {}", shown(&base, from).display()));
    }
    push(stack, &base, from)
}

/// The settings file in the folder or in the nearest folder above it that has one.
#[cfg(feature = "lsp")]
pub(crate) fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(settings::FILE_NAME)).find(|file| file.is_file())
}

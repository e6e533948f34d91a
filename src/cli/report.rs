//! What commands that print something of every draft have in common.

use super::args::{Input, InputFormat};
use super::desk::{self, Draft};
use super::jsonl::{self, Line, Unreadable};
use super::newsroom::{Newsroom, Newsrooms};
use super::output::failure;
use super::page::Page;
use super::progress::Progress;
use super::{Outcome, Stop, complain, pipeline};
use crate::analysis::Article;
use crate::files;
use crate::settings::Selection;
use serde_json::Value;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// How a command prints drafts.
pub(super) trait Report: Sync {
    /// What stands around the drafts.
    fn frame(&self) -> Frame;

    /// What is printed of a draft, or why it cannot be judged.
    fn print(&self, printed: &Printed<'_>) -> Result<Piece, String>;
}

/// A draft or an article that is to be printed.
pub(super) struct Printed<'a> {
    /// The article.
    pub article: &'a Article<'a>,
    /// What it is called.
    pub name: &'a str,
    /// The draft, unless it came as JSON.
    pub draft: Option<&'a Draft>,
    /// The id of an article that came as JSON.
    pub id: Option<&'a Value>,
}

impl<'a> Printed<'a> {
    /// The settings that it stands under: of an article that came as JSON those of the working folder.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn newsroom(&self, newsrooms: &Newsrooms) -> Result<Arc<Newsroom>, String> {
        let found = self.draft.map_or_else(|| newsrooms.here(), |draft| draft.newsroom(newsrooms));
        found.map_err(|broken| broken.to_string())
    }

    /// Where it lies; nowhere if it came as JSON.
    pub(super) fn path(&self) -> &'a Path {
        self.draft.map_or(Path::new(""), Draft::path)
    }

    /// Its path in machine formats, unless it has an id.
    pub(super) fn shown_path(&self) -> Option<&'a str> {
        self.id.is_none().then_some(self.name)
    }
}

/// What stands before, between and after drafts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame {
    /// For people, with this between two drafts.
    Text(&'static str),
    /// One JSON document.
    Json,
    /// A line of JSON each.
    Lines,
    /// One page.
    Page(Page),
}

impl Frame {
    fn begin(self) -> String {
        match self {
            Self::Text(_) | Self::Lines => String::new(),
            Self::Json => "{\"version\":1,\"articles\":[\n".to_owned(),
            Self::Page(page) => page.begin(),
        }
    }

    fn separator(self) -> &'static str {
        match self {
            Self::Text(between) => between,
            Self::Json => ",\n",
            Self::Lines | Self::Page(_) => "",
        }
    }

    /// What stands for an article that cannot be read: nothing in formats for people, who are told on standard error.
    fn failure(self, id: &Value, error: &str) -> String {
        match self {
            Self::Text(_) => String::new(),
            Self::Json => failure(id, error).trim_end().to_owned(),
            Self::Lines => failure(id, error),
            Self::Page(page) => page.failure(id, error),
        }
    }

    fn end(self) -> String {
        match self {
            Self::Text(_) | Self::Lines => String::new(),
            Self::Json => "\n]}\n".to_owned(),
            Self::Page(page) => page.end(),
        }
    }
}

/// What an article comes to: what is printed, and what could not be read.
pub(super) struct Piece {
    /// What is printed.
    pub text: String,
    /// What is said on standard error; it makes the status 2.
    pub complaint: Option<String>,
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self { text, complaint: None }
    }
}

/// Newsrooms for a command that judges by the settings. Those of the working folder have to be good: articles that come as
/// JSON stand under them.
pub(super) fn newsrooms(input: &Input, selection: Selection) -> Result<Newsrooms, Stop> {
    let newsrooms = desk::newsrooms(input, selection);
    newsrooms.here().map_err(|broken| Stop::Trouble(broken.to_string()))?;
    Ok(newsrooms)
}

/// Prints every draft that the command line names, in order. What cannot be read is complained of, and makes the status 2.
pub(super) fn run(input: &Input, newsrooms: &Newsrooms, report: &impl Report) -> Outcome {
    if let Some(broken) = newsrooms.broken() {
        return Err(Stop::Trouble(broken.to_string()));
    }
    let frame = report.frame();
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let (mut read, mut first) = (true, true);
    let mut print = |out: &mut dyn Write, piece: Piece| {
        if let Some(complaint) = &piece.complaint {
            complain(complaint);
            read = false;
        }
        if !piece.text.is_empty() {
            out.write_all(if first { "" } else { frame.separator() }.as_bytes())?;
            first = false;
        }
        out.write_all(piece.text.as_bytes())
    };
    out.write_all(frame.begin().as_bytes())?;
    match input.input_format {
        InputFormat::Jsonl => {
            let work =
                |article: Result<Line<'_>, Unreadable>, place: &str| line(report, article, place);
            let progress = Progress::bytes(&input.paths, input.quiet);
            jsonl::answer(&input.paths, &progress, work, &mut out, &mut print)?;
        }
        InputFormat::Files => {
            let (drafts, failed) = Draft::all(input, newsrooms);
            for failed in failed {
                print(&mut out, unreadable(report, &failed.name, &failed.error))?;
            }
            let progress = Progress::drafts(drafts.len(), input.quiet);
            let work = |draft: Draft| {
                let piece = one(report, &draft);
                progress.step(1);
                piece
            };
            pipeline::run(drafts, work, |piece| progress.print(|| print(&mut out, piece)))?;
        }
    }
    out.write_all(frame.end().as_bytes())?;
    out.flush()?;
    Ok(if read { 0 } else { 2 })
}

fn one(report: &impl Report, draft: &Draft) -> Piece {
    let name = files::name(draft.path());
    let printed = draft.read().and_then(|text| {
        let path = Some(name.as_str());
        let article = Article { text: &text, format: draft.format(), path, ..Article::default() };
        let draft = Some(draft);
        report.print(&Printed { article: &article, name: &name, draft, id: None })
    });
    printed.unwrap_or_else(|error| unreadable(report, &name, &error))
}

fn line(report: &impl Report, line: Result<Line<'_>, Unreadable>, place: &str) -> Piece {
    let failed = |id: &Value, error: &str, said: &str| Piece {
        text: report.frame().failure(id, said),
        complaint: Some(format!("{place}: {error}")),
    };
    match line {
        Ok(line) => {
            let (article, name, id) = (&line.article(), &line.name(place)[..], Some(&line.id));
            let printed = report.print(&Printed { article, name, draft: None, id });
            printed.unwrap_or_else(|error| failed(&line.id, &error, &error))
        }
        Err(wrong) => failed(&wrong.id, &wrong.error, &wrong.with_line()),
    }
}

fn unreadable(report: &impl Report, name: &str, error: &str) -> Piece {
    let complaint = Some(format!("{name}: {error}"));
    Piece { text: report.frame().failure(&name.into(), error), complaint }
}

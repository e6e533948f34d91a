//! What commands that print something of every draft have in common.

use super::args::{Input, InputFormat};
use super::desk::{self, Draft};
use super::jsonl::{self, Line, Unreadable};
use super::newsroom::Newsrooms;
use super::progress::Progress;
use super::{Outcome, Stop, complain, pipeline};
use crate::analysis::Article;
use serde_json::Value;
use std::io::{self, BufWriter, Write};

/// How a command prints drafts.
pub(super) trait Report: Sync {
    /// What stands before everything.
    fn begin(&self) -> String {
        String::new()
    }

    /// What is printed of a draft, or why it cannot be judged.
    fn draft(&self, draft: &Draft, article: &Article<'_>, name: &str) -> Result<String, String>;

    /// What is printed of an article that came as JSON.
    fn line(&self, article: &Article<'_>, name: &str, id: &Value) -> String;

    /// What is printed of one that cannot be read; empty in formats for people.
    fn failure(&self, id: &Value, error: &str) -> String;

    /// What stands between two articles.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What stands after everything.
    fn end(&self) -> String {
        String::new()
    }
}

/// What an article comes to: what is printed, and why it could not be read.
struct Piece {
    text: String,
    complaint: Option<String>,
}

/// Prints every draft that the command line names, in order. What cannot be read is complained of, and makes the status 2.
pub(super) fn run(input: &Input, newsrooms: &Newsrooms, report: &impl Report) -> Outcome {
    if let Some(broken) = newsrooms.broken() {
        return Err(Stop::Trouble(broken.to_string()));
    }
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let (mut read, mut first) = (true, true);
    let mut print = |out: &mut dyn Write, piece: Piece| {
        if let Some(complaint) = &piece.complaint {
            complain(complaint);
            read = false;
        }
        if !piece.text.is_empty() {
            out.write_all(if first { "" } else { report.separator() }.as_bytes())?;
            first = false;
        }
        out.write_all(piece.text.as_bytes())
    };
    out.write_all(report.begin().as_bytes())?;
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
    out.write_all(report.end().as_bytes())?;
    out.flush()?;
    Ok(if read { 0 } else { 2 })
}

fn one(report: &impl Report, draft: &Draft) -> Piece {
    let name = desk::name(draft.path());
    let printed = draft.read().and_then(|text| {
        let path = Some(name.as_str());
        let article = Article { text: &text, format: draft.format(), path, ..Article::default() };
        report.draft(draft, &article, &name)
    });
    match printed {
        Ok(text) => Piece { text, complaint: None },
        Err(error) => unreadable(report, &name, &error),
    }
}

fn line(report: &impl Report, line: Result<Line<'_>, Unreadable>, place: &str) -> Piece {
    match line {
        Ok(line) => {
            let text = report.line(&line.article(), &line.name(place), &line.id);
            Piece { text, complaint: None }
        }
        Err(unreadable) => Piece {
            text: report.failure(&unreadable.id, &unreadable.with_line()),
            complaint: Some(format!("{place}: {}", unreadable.error)),
        },
    }
}

fn unreadable(report: &impl Report, name: &str, error: &str) -> Piece {
    let complaint = Some(format!("{name}: {error}"));
    Piece { text: report.failure(&name.into(), error), complaint }
}

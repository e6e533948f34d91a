//! `copydesk check`.

use super::args::{Check, InputFormat};
use super::desk::{self, Checked, Draft, Failed, Summary};
use super::jsonl::{self, Line, Unreadable};
use super::newsroom::Newsrooms;
use super::output::Output;
use super::{Outcome, Stop, complain, pipeline};
use crate::analysis::{Analyzer, Article};
use crate::diagnostic::{Diagnostic, Severity};
use crate::settings::Selection;
use serde_json::Value;
use std::io::{self, BufWriter, Write};

/// What one article comes to.
#[derive(Default)]
struct Piece {
    text: String,
    counts: Vec<(&'static str, Severity)>,
    failed: Option<Failed>,
}

/// Runs the command.
pub(super) fn run(args: &Check) -> Outcome {
    let selection = Selection {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        min_confidence: args.min_confidence,
    };
    let newsrooms = desk::newsrooms(&args.input, selection);
    if let Some(broken) = newsrooms.broken() {
        return Err(Stop::Trouble(broken.to_string()));
    }
    let output = args.format.output();
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let mut printer = Printer { output: &*output, summary: Summary::default(), first: true };
    out.write_all(output.begin().as_bytes())?;
    match args.input.input_format {
        InputFormat::Files => files(args, &newsrooms, &mut printer, &mut out)?,
        InputFormat::Jsonl => lines(args, &newsrooms, &mut printer, &mut out)?,
    }
    out.write_all(output.end(&printer.summary).as_bytes())?;
    out.flush()?;
    Ok(status(args, &printer.summary))
}

/// Writes pieces in order and sums them up.
struct Printer<'a> {
    output: &'a dyn Output,
    summary: Summary,
    first: bool,
}

impl Printer<'_> {
    fn print(&mut self, out: &mut dyn Write, piece: Piece) -> io::Result<()> {
        if !piece.text.is_empty() {
            if !self.first {
                out.write_all(self.output.separator().as_bytes())?;
            }
            self.first = false;
            out.write_all(piece.text.as_bytes())?;
        }
        for (rule, severity) in piece.counts {
            self.summary.add(rule, severity);
        }
        match piece.failed {
            Some(failed) => self.summary.failed.push(failed),
            None => self.summary.articles += 1,
        }
        Ok(())
    }
}

fn files(
    args: &Check,
    newsrooms: &Newsrooms,
    printer: &mut Printer<'_>,
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let (drafts, failed) = Draft::all(&args.input, newsrooms);
    for failed in failed {
        let piece = unreadable(printer.output, failed);
        printer.print(out, piece)?;
    }
    let output = printer.output;
    pipeline::run(
        drafts,
        |draft| file(&draft, newsrooms, output),
        |piece| printer.print(out, piece),
    )?;
    Ok(())
}

fn file(draft: &Draft, newsrooms: &Newsrooms, output: &dyn Output) -> Piece {
    let name = desk::name(draft.path());
    let newsroom = match draft.newsroom(newsrooms) {
        Ok(newsroom) => newsroom,
        Err(broken) => return unreadable(output, Failed { name, error: broken.to_string() }),
    };
    let text = match draft.read() {
        Ok(text) => text,
        Err(error) => return unreadable(output, Failed { name, error }),
    };
    let analyzer = newsrooms.analyzer(&newsroom, draft.path());
    let article = Article { text: &text, format: draft.format(), ..Article::default() };
    let diagnostics = analyzer.check(&article);
    piece(output, &name, None, &article, &diagnostics)
}

fn lines(
    args: &Check,
    newsrooms: &Newsrooms,
    printer: &mut Printer<'_>,
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let newsroom = newsrooms.here().map_err(|broken| Stop::Trouble(broken.to_string()))?;
    let analyzer = newsrooms.analyzer(&newsroom, "".as_ref());
    let output = printer.output;
    jsonl::answer(
        &args.input.paths,
        |line, place| answer(line, place, &analyzer, output),
        out,
        |out, piece| printer.print(out, piece),
    )
}

fn answer(
    line: Result<Line<'_>, Unreadable>,
    place: &str,
    analyzer: &Analyzer,
    output: &dyn Output,
) -> Piece {
    match line {
        Ok(line) => {
            let article = Article {
                text: &line.text,
                format: line.format(),
                title: line.title.as_deref(),
                date: line.date(),
            };
            let diagnostics = analyzer.check(&article);
            piece(output, &line.name(place), Some(&line.id), &article, &diagnostics)
        }
        Err(Unreadable { id, error }) => {
            complain(&format!("{place}: {error}"));
            let text = output.failed(&id, &error);
            Piece {
                text,
                failed: Some(Failed { name: place.to_owned(), error }),
                ..Piece::default()
            }
        }
    }
}

fn piece(
    output: &dyn Output,
    name: &str,
    id: Option<&Value>,
    article: &Article<'_>,
    diagnostics: &[Diagnostic],
) -> Piece {
    let title = article.title.unwrap_or_default();
    let checked = Checked { name, id, text: article.text, title, diagnostics };
    let counts = diagnostics.iter().map(|found| (found.rule, found.severity)).collect();
    Piece { text: output.article(&checked), counts, failed: None }
}

/// A draft that cannot be read: said at once on standard error, and in the formats that have a place for it.
fn unreadable(output: &dyn Output, failed: Failed) -> Piece {
    complain(&format!("{}: {}", failed.name, failed.error));
    let text = output.failed(&failed.name.as_str().into(), &failed.error);
    Piece { text, failed: Some(failed), ..Piece::default() }
}

fn status(args: &Check, summary: &Summary) -> u8 {
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let fails = |severity| args.fail_on.fails(severity) && summary.count(severity) > 0;
    match summary.failed.is_empty() {
        false => 2,
        true => severities.into_iter().any(fails).into(),
    }
}

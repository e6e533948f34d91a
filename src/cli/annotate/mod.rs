//! `copydesk annotate`: what copydesk understands of a draft. How rule writers debug and how accuracy is measured.

mod notes;
mod text;

use super::args::{Annotate, InputFormat, NotesFormat};
use super::desk::{self, Draft};
use super::jsonl::{self, Line, Unreadable};
use super::output::{failure, to_string};
use super::progress::Progress;
use super::terminal::Paint;
use super::{Outcome, Stop, complain, pipeline};
use crate::analysis::{Analyzer, Article};
use crate::settings::Selection;
use serde_json::Value;
use std::io::{self, BufWriter, Write};

/// What an article comes to: what is printed, and why it could not be read.
struct Piece {
    text: String,
    complaint: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &Annotate) -> Outcome {
    let newsrooms = desk::newsrooms(&args.input, Selection::default());
    if let Some(broken) = newsrooms.broken() {
        return Err(Stop::Trouble(broken.to_string()));
    }
    let analyzer = Analyzer::new(Vec::new(), Default::default(), args.input.date);
    let writer = Writer { format: args.format, paint: Paint::stdout(), analyzer: &analyzer };
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let (mut read, mut first) = (true, true);
    let mut print = |out: &mut dyn Write, piece: Piece| {
        if let Some(complaint) = &piece.complaint {
            complain(complaint);
            read = false;
        }
        if !piece.text.is_empty() && args.format == NotesFormat::Json {
            out.write_all(if first { b"" } else { b",\n" })?;
            first = false;
        }
        out.write_all(piece.text.as_bytes())
    };
    if args.format == NotesFormat::Json {
        out.write_all(b"{\"version\":1,\"articles\":[\n")?;
    }
    match args.input.input_format {
        InputFormat::Jsonl => {
            let work = |line: Result<Line<'_>, Unreadable>, place: &str| writer.line(line, place);
            let progress = Progress::bytes(&args.input.paths, args.input.quiet);
            jsonl::answer(&args.input.paths, &progress, work, &mut out, &mut print)?;
        }
        InputFormat::Files => {
            let (drafts, failed) = Draft::all(&args.input, &newsrooms);
            for failed in failed {
                print(&mut out, writer.failed(&failed.name, &failed.error))?;
            }
            let progress = Progress::drafts(drafts.len(), args.input.quiet);
            let work = |draft: Draft| {
                let piece = writer.draft(&draft);
                progress.step(1);
                piece
            };
            pipeline::run(drafts, work, |piece| progress.print(|| print(&mut out, piece)))?;
        }
    }
    if args.format == NotesFormat::Json {
        out.write_all(b"\n]}\n")?;
    }
    out.flush()?;
    Ok(if read { 0 } else { 2 })
}

struct Writer<'a> {
    format: NotesFormat,
    paint: Paint,
    analyzer: &'a Analyzer,
}

impl Writer<'_> {
    fn draft(&self, draft: &Draft) -> Piece {
        let name = desk::name(draft.path());
        match draft.read() {
            Ok(text) => {
                let article = Article { text: &text, format: draft.format(), ..Article::default() };
                Piece { text: self.article(&article, &name, None), complaint: None }
            }
            Err(error) => self.failed(&name, &error),
        }
    }

    fn line(&self, line: Result<Line<'_>, Unreadable>, place: &str) -> Piece {
        match line {
            Ok(line) => {
                let article = line.article();
                let text = self.article(&article, &line.name(place), Some(&line.id));
                Piece { text, complaint: None }
            }
            Err(unreadable) => Piece {
                text: self.failure(&unreadable.id, &unreadable.with_line()),
                complaint: Some(format!("{place}: {}", unreadable.error)),
            },
        }
    }

    fn article(&self, article: &Article<'_>, name: &str, id: Option<&Value>) -> String {
        let story = self.analyzer.annotate(article);
        let notes = |path| to_string(&notes::notes(&story, path, id));
        match (self.format, id) {
            (NotesFormat::Text, _) => text::render(&story, name, self.paint),
            (NotesFormat::Json, None) => notes(Some(name)),
            (NotesFormat::Json, Some(_)) => notes(None),
            (NotesFormat::Jsonl, None) => {
                to_string(&notes::notes(&story, None, Some(&name.into()))) + "\n"
            }
            (NotesFormat::Jsonl, Some(_)) => notes(None) + "\n",
        }
    }

    fn failed(&self, name: &str, error: &str) -> Piece {
        let complaint = Some(format!("{name}: {error}"));
        Piece { text: self.failure(&name.into(), error), complaint }
    }

    fn failure(&self, id: &Value, error: &str) -> String {
        match self.format {
            NotesFormat::Text => String::new(),
            NotesFormat::Json => failure(id, error).trim_end().to_owned(),
            NotesFormat::Jsonl => failure(id, error),
        }
    }
}

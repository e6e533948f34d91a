//! `copydesk check`.

use super::against::Files;
use super::args::{Check, InputFormat};
use super::desk::{self, Checked, Draft, Failed, Summary};
use super::jsonl::{self, Line, Unreadable};
use super::newsroom::Newsrooms;
use super::output::{Format, Output, Printed};
use super::progress::Progress;
use super::terminal::{self, Paint};
use super::{Outcome, Stop, complain, fix, pipeline, summary};
use crate::analysis::{Analyzer, Article, Mended, Stands};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::files;
use crate::settings::Selection;
use serde_json::Value;
use std::collections::HashSet;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What one article comes to.
#[derive(Default)]
struct Piece {
    text: Printed,
    /// A fixed draft that came in through standard input and goes out through standard output.
    fixed_text: Option<String>,
    counts: Vec<(&'static str, Severity)>,
    fixable: usize,
    fixed: usize,
    failed: Option<Failed>,
    /// What is said on standard error, in its turn.
    complaint: Option<String>,
}

/// What every article of a run is checked with.
struct Desk<'a> {
    args: &'a Check,
    newsrooms: &'a Newsrooms,
    output: &'a dyn Output,
    against: Files,
}

/// Runs the command.
pub(super) fn run(args: &Check) -> Outcome {
    sensible(args)?;
    let selection = Selection {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        min_confidence: args.min_confidence,
    };
    let newsrooms = desk::newsrooms(&args.input, selection);
    if let Some(broken) = newsrooms.broken() {
        return Err(Stop::Trouble(broken.to_string()));
    }
    // With --diff the only output is the diff, whatever the format.
    let format = if args.diff { Format::Concise } else { args.format };
    let output = format.output(Paint::stdout().0);
    let against = Files::given(&args.against, args.input.input_format)?;
    let desk = Desk { args, newsrooms: &newsrooms, output: &*output, against };
    let stream: Box<dyn Write> = match args.fixes_stdin() {
        true => Box::new(io::stderr()),
        false => Box::new(io::stdout().lock()),
    };
    let mut out = BufWriter::with_capacity(64 * 1024, stream);
    let mut printer = Printer {
        output: &*output,
        summary: Summary::default(),
        first: true,
        explained: HashSet::new(),
    };
    out.write_all(output.begin().as_bytes())?;
    match args.input.input_format {
        InputFormat::Files => files(&desk, &mut printer, &mut out)?,
        InputFormat::Jsonl => lines(&desk, &mut printer, &mut out)?,
    }
    out.write_all(output.end(&printer.summary).as_bytes())?;
    summary::print(args, &printer.summary, &mut out)?;
    out.flush()?;
    Ok(status(args, &printer.summary))
}

/// Refuses what cannot be meant.
fn sensible(args: &Check) -> Result<(), Stop> {
    let paths = &args.input.paths;
    let stdin = paths.iter().any(|path| path == Path::new("-"));
    let fixes = args.fix || args.diff;
    match args.input.input_format {
        InputFormat::Jsonl if fixes => {
            Err(Stop::Trouble("--fix and --diff work on drafts, not on JSON lines".to_owned()))
        }
        InputFormat::Files if args.fix && stdin && paths.len() > 1 => {
            Err(Stop::Trouble("--fix with `-` takes no other path".to_owned()))
        }
        _ => Ok(()),
    }
}

/// Writes pieces in order and sums them up.
struct Printer<'a> {
    output: &'a dyn Output,
    summary: Summary,
    first: bool,
    /// The help that was printed: once is enough for a run.
    explained: HashSet<String>,
}

impl Printer<'_> {
    fn print(&mut self, out: &mut dyn Write, piece: Piece) -> io::Result<()> {
        if let Some(complaint) = &piece.complaint {
            complain(complaint);
        }
        if let Some(text) = piece.fixed_text {
            io::stdout().lock().write_all(text.as_bytes())?;
        }
        if !piece.text.is_empty() {
            if !self.first {
                out.write_all(self.output.separator().as_bytes())?;
            }
            self.first = false;
            out.write_all(piece.text.without(&mut self.explained).as_bytes())?;
        }
        let summary = &mut self.summary;
        summary.flagged += usize::from(!piece.counts.is_empty());
        summary.fixable += piece.fixable;
        summary.fixed += piece.fixed;
        summary.mended += usize::from(piece.fixed > 0);
        piece.counts.into_iter().for_each(|(rule, severity)| summary.add(rule, severity));
        match piece.failed {
            Some(failed) => summary.failed.push(failed),
            None => summary.articles += 1,
        }
        Ok(())
    }
}

fn files(desk: &Desk<'_>, printer: &mut Printer<'_>, out: &mut dyn Write) -> Result<(), Stop> {
    let (drafts, failed) = Draft::all(&desk.args.input, desk.newsrooms);
    for failed in failed {
        printer.print(out, desk.unreadable(failed))?;
    }
    let quiet = desk.args.input.quiet;
    if drafts.is_empty() && printer.summary.failed.is_empty() && !quiet {
        let hint = "they end in .md, .markdown, .txt, .html or .htm";
        let _ = writeln!(io::stderr().lock(), "warning: no drafts found; {hint}");
    }
    let progress = Progress::drafts(drafts.len(), quiet);
    let work = |draft: Draft| {
        let piece = desk.draft(&draft);
        progress.step(1);
        piece
    };
    pipeline::run(drafts, work, |piece| {
        progress.print(|| {
            let quick = terminal::is_watched() && !piece.text.is_empty();
            printer.print(out, piece)?;
            if quick { out.flush() } else { Ok(()) }
        })
    })?;
    for unused in desk.newsrooms.unused_stets() {
        let article = Article { text: &unused.text, ..Article::default() };
        let piece = desk.piece(&unused.name, None, &article, &unused.findings);
        let (articles, flagged) = (printer.summary.articles, printer.summary.flagged);
        printer.print(out, piece)?;
        // The settings are no draft.
        (printer.summary.articles, printer.summary.flagged) = (articles, flagged);
    }
    Ok(())
}

fn lines(desk: &Desk<'_>, printer: &mut Printer<'_>, out: &mut dyn Write) -> Result<(), Stop> {
    let newsroom = desk.newsrooms.here().map_err(|broken| Stop::Trouble(broken.to_string()))?;
    let analyzer = desk.newsrooms.analyzer(&newsroom, Path::new(""));
    let progress = Progress::bytes(&desk.args.input.paths, desk.args.input.quiet);
    jsonl::answer(
        &desk.args.input.paths,
        &progress,
        |line, place| desk.line(line, place, &analyzer),
        out,
        |out, piece| printer.print(out, piece),
    )
}

impl Desk<'_> {
    fn draft(&self, draft: &Draft) -> Piece {
        let name = files::name(draft.path());
        let newsroom = match draft.newsroom(self.newsrooms) {
            Ok(newsroom) => newsroom,
            Err(broken) => return self.unusable(name, &broken),
        };
        let entries = self.newsrooms.stands(&newsroom, draft.path());
        let text = match draft.read() {
            Ok(text) => text,
            Err(error) => return self.unreadable(Failed { name, error }),
        };
        let analyzer = self.newsrooms.analyzer(&newsroom, draft.path());
        let stands: Vec<Stands<'_>> = entries.iter().map(|entry| entry.stands).collect();
        let path = Some(name.as_str());
        let globs = self.newsrooms.against(&newsroom, draft.path());
        let wires = self.against.of(draft.path(), &text, draft.format(), &globs);
        let against = wires.as_deref();
        let format = draft.format();
        let article = Article { text: &text, format, path, against, ..Article::default() };
        if self.args.fix || self.args.diff {
            let mended = analyzer.mend(&article, &stands);
            if self.args.fix {
                self.newsrooms.note(&newsroom, &entries, &mended.checked.effects, &analyzer);
            }
            return self.mend(draft, &name, &analyzer, &article, &stands, &mended);
        }
        let checked = analyzer.check_with(&analyzer.annotate(&article), &stands, against);
        self.newsrooms.note(&newsroom, &entries, &checked.effects, &analyzer);
        self.piece(&name, None, &article, &checked.diagnostics)
    }

    fn mend(
        &self,
        draft: &Draft,
        name: &str,
        analyzer: &Analyzer,
        article: &Article<'_>,
        stands: &[Stands<'_>],
        mended: &Mended,
    ) -> Piece {
        let after = mended.text.as_deref().unwrap_or(article.text);
        if self.args.diff {
            let found = analyzer
                .check_with(&analyzer.annotate(article), stands, article.against)
                .diagnostics;
            let text = match after == article.text {
                true => String::new(),
                false => fix::diff(name, article.text, after, terminal::is_watched()),
            };
            return Piece { text: text.into(), ..self.piece(name, None, article, &found) };
        }
        let written = match draft {
            Draft::File(path) if mended.text.is_some() => fix::write(path, article.text, after),
            _ => Ok(()),
        };
        if let Err(error) = written {
            let found = analyzer
                .check_with(&analyzer.annotate(article), stands, article.against)
                .diagnostics;
            let complaint = Some(format!("{name}: {error}"));
            let failed = Some(Failed { name: name.to_owned(), error });
            return Piece { failed, complaint, ..self.piece(name, None, article, &found) };
        }
        let article = Article { text: after, ..*article };
        let fixed_text = matches!(draft, Draft::Stdin(_)).then(|| after.to_owned());
        let piece = self.piece(name, None, &article, &mended.checked.diagnostics);
        Piece { fixed: mended.fixes, fixed_text, ..piece }
    }

    fn line(&self, line: Result<Line<'_>, Unreadable>, place: &str, analyzer: &Analyzer) -> Piece {
        match line {
            Ok(line) => {
                let article = line.article();
                let diagnostics = analyzer.check(&article);
                self.piece(&line.name(place), Some(&line.id), &article, &diagnostics)
            }
            Err(unreadable) => {
                let text = self.output.failed(&unreadable.id, &unreadable.with_line()).into();
                let complaint = Some(format!("{place}: {}", unreadable.error));
                let failed = Some(Failed { name: place.to_owned(), error: unreadable.error });
                Piece { text, failed, complaint, ..Piece::default() }
            }
        }
    }

    fn piece(
        &self,
        name: &str,
        id: Option<&Value>,
        article: &Article<'_>,
        diagnostics: &[Diagnostic],
    ) -> Piece {
        let title = article.title.unwrap_or_default();
        let Article { text, against, .. } = *article;
        let checked = Checked { name, id, text, title, against, diagnostics };
        let safe = |found: &&Diagnostic| {
            found.fixes.iter().any(|fix| fix.applicability() == Applicability::Safe)
        };
        Piece {
            text: self.output.article(&checked),
            counts: diagnostics.iter().map(|found| (found.rule, found.severity)).collect(),
            fixable: diagnostics.iter().filter(safe).count(),
            ..Piece::default()
        }
    }

    /// A draft that cannot be read: said on standard error, and in the formats that have a place for it.
    fn unreadable(&self, failed: Failed) -> Piece {
        let complaint = Some(format!("{}: {}", failed.name, failed.error));
        let text = self.output.failed(&failed.name.as_str().into(), &failed.error).into();
        Piece { text, failed: Some(failed), complaint, ..Piece::default() }
    }

    /// A draft whose settings are broken; the settings are complained of once, however many drafts they concern.
    fn unusable(&self, name: String, broken: &str) -> Piece {
        let complaint = self.newsrooms.is_news(broken).then(|| broken.to_owned());
        let error = format!("not checked, since its settings are broken: {broken}");
        let text = self.output.failed(&name.as_str().into(), &error).into();
        Piece { text, failed: Some(Failed { name, error }), complaint, ..Piece::default() }
    }
}

fn status(args: &Check, summary: &Summary) -> u8 {
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let fails = |severity| args.fail_on.fails(severity) && summary.count(severity) > 0;
    match summary.failed.is_empty() {
        false => 2,
        true => severities.into_iter().any(fails).into(),
    }
}

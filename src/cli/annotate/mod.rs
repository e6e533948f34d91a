//! `copydesk annotate`: what copydesk understands of a draft. How rule writers debug and how accuracy is measured.

mod notes;
mod text;

use super::Outcome;
use super::args::{Annotate, NotesFormat};
use super::desk;
use super::output::to_string;
use super::report::{self, Frame, Piece, Printed, Report};
use super::terminal::Paint;
use crate::analysis::Analyzer;
use crate::settings::Selection;

/// Runs the command.
pub(super) fn run(args: &Annotate) -> Outcome {
    let newsrooms = desk::newsrooms(&args.input, Selection::default());
    let analyzer = Analyzer::new(Vec::new(), Default::default(), args.input.date);
    let writer = Writer { format: args.format, paint: Paint::stdout(), analyzer: &analyzer };
    report::run(&args.input, &newsrooms, &writer)
}

struct Writer<'a> {
    format: NotesFormat,
    paint: Paint,
    analyzer: &'a Analyzer,
}

impl Report for Writer<'_> {
    fn frame(&self) -> Frame {
        match self.format {
            NotesFormat::Text => Frame::Text(""),
            NotesFormat::Json => Frame::Json,
            NotesFormat::Jsonl => Frame::Lines,
        }
    }

    fn print(&self, printed: &Printed<'_>) -> Result<Piece, String> {
        let story = self.analyzer.annotate(printed.article);
        let notes = |path, id| to_string(&notes::notes(&story, path, id));
        let Printed { name, id, .. } = *printed;
        let text = match (self.format, id) {
            (NotesFormat::Text, _) => text::render(&story, name, self.paint),
            (NotesFormat::Json, _) => notes(printed.shown_path(), id),
            (NotesFormat::Jsonl, None) => notes(None, Some(&name.into())) + "\n",
            (NotesFormat::Jsonl, Some(_)) => notes(None, id) + "\n",
        };
        Ok(text.into())
    }
}

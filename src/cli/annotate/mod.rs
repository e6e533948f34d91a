//! `copydesk annotate`: what copydesk understands of a draft. How rule writers debug and how accuracy is measured.

mod notes;
mod text;

use super::Outcome;
use super::args::{Annotate, NotesFormat};
use super::desk::{self, Draft};
use super::output::{failure, to_string};
use super::report::{self, Report};
use super::terminal::Paint;
use crate::analysis::{Analyzer, Article};
use crate::settings::Selection;
use serde_json::Value;

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
    fn begin(&self) -> String {
        match self.format {
            NotesFormat::Json => "{\"version\":1,\"articles\":[\n".to_owned(),
            NotesFormat::Text | NotesFormat::Jsonl => String::new(),
        }
    }

    fn draft(&self, _: &Draft, article: &Article<'_>, name: &str) -> Result<String, String> {
        Ok(self.article(article, name, None))
    }

    fn line(&self, article: &Article<'_>, name: &str, id: &Value) -> String {
        self.article(article, name, Some(id))
    }

    fn failure(&self, id: &Value, error: &str) -> String {
        match self.format {
            NotesFormat::Text => String::new(),
            NotesFormat::Json => failure(id, error).trim_end().to_owned(),
            NotesFormat::Jsonl => failure(id, error),
        }
    }

    fn separator(&self) -> &'static str {
        if self.format == NotesFormat::Json { ",\n" } else { "" }
    }

    fn end(&self) -> String {
        if self.format == NotesFormat::Json { "\n]}\n".to_owned() } else { String::new() }
    }
}

impl Writer<'_> {
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
}

//! `copydesk sources`: who is on record for what in a draft, and which claims nobody is on record for.

mod account;
mod html;
mod text;

use super::Outcome;
use super::args::{Sources, SourcesFormat};
use super::newsroom::Newsrooms;
use super::output::to_string;
use super::report::{self, Frame, Piece, Printed, Report};
use super::terminal::Paint;
use crate::analysis::Stands;
use crate::diagnostic::{Diagnostic, Field};
use crate::resolve::{Record, Source, Standing, Story};
use crate::rules::Selector;
use crate::settings::Selection;
use account::Account;
use serde_json::Value;

/// The rules whose findings are claims without a source.
const CLAIMS: [&str; 2] = ["unattributed-claim", "unattributed-quote"];

/// The most that is repeated of what an article says that somebody is.
const PHRASES: usize = 2;

/// Characters that such a phrase may have: longer ones tell a story.
const PHRASE: usize = 60;

/// Runs the command.
pub(super) fn run(args: &Sources) -> Outcome {
    let select = CLAIMS.iter().filter_map(|rule| Selector::parse(rule).ok()).collect();
    let newsrooms = report::newsrooms(&args.input, Selection { select, ..Selection::default() })?;
    let writer = Writer { format: args.format, paint: Paint::stdout(), newsrooms: &newsrooms };
    report::run(&args.input, &newsrooms, &writer)
}

/// A draft with what is known of its sources.
struct Sourced<'a> {
    name: &'a str,
    id: Option<&'a Value>,
    story: &'a Story<'a>,
    record: &'a Record,
    /// The findings of [`CLAIMS`] in the text, by place.
    claims: &'a [Diagnostic],
}

impl Sourced<'_> {
    /// What the article says that a source is, if it is a person whom it names.
    fn who(&self, source: &Source) -> Vec<String> {
        let number = match source.standing {
            Standing::Person(number) => number,
            Standing::Named => return self.role(source).into_iter().collect(),
            _ => return Vec::new(),
        };
        let person = self.story.people.get(number);
        let mut phrases =
            person.map_or_else(Vec::new, |person| self.story.introductions(person, PHRASES));
        phrases.retain(|phrase| phrase.chars().count() <= PHRASE);
        phrases
    }

    /// The words of a claim as the reader sees them.
    fn claimed(&self, claim: &Diagnostic) -> String {
        let words = self.story.tokens_in(claim.range).map(|(p, span)| p.clean(span));
        words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What stands before the name of somebody who is named in passing: "the captain" of "the captain, Sven Torp".
    fn role(&self, source: &Source) -> Option<String> {
        let first = source.statements.first()?;
        let paragraph = self.story.paragraphs.get(first.paragraph)?;
        let text = paragraph.clean(*first.of(self.story)?.source.first()?);
        let (role, _) = text.split_once(&format!(", {}", source.name))?;
        let article = ["The ", "A ", "An "].iter().any(|article| role.starts_with(article));
        let mut role = role.to_owned();
        if article {
            role.get_mut(..1)?.make_ascii_lowercase();
        }
        (role.chars().count() <= PHRASE).then_some(role)
    }
}

struct Writer<'a> {
    format: SourcesFormat,
    paint: Paint,
    newsrooms: &'a Newsrooms,
}

impl Report for Writer<'_> {
    fn frame(&self) -> Frame {
        match self.format {
            SourcesFormat::Text => Frame::Text("\n"),
            SourcesFormat::Json => Frame::Json,
            SourcesFormat::Html => Frame::Page(html::PAGE),
        }
    }

    fn print(&self, printed: &Printed<'_>) -> Result<Piece, String> {
        let newsroom = printed.newsroom(self.newsrooms)?;
        let analyzer = self.newsrooms.analyzer(&newsroom, printed.path());
        let entries = self.newsrooms.stands(&newsroom, printed.path());
        let stands: Vec<Stands<'_>> = entries.iter().map(|entry| entry.stands).collect();
        let story = analyzer.annotate(printed.article);
        let mut claims = analyzer.check_with(&story, &stands, None).diagnostics;
        claims.retain(|claim| CLAIMS.contains(&claim.rule) && claim.field == Field::Text);
        let record = story.record();
        let Printed { name, id, .. } = *printed;
        let sourced = Sourced { name, id, story: &story, record: &record, claims: &claims };
        let text = match self.format {
            SourcesFormat::Text => text::render(&sourced, self.paint),
            SourcesFormat::Json => to_string(&Account::new(&sourced)),
            SourcesFormat::Html => html::render(&sourced),
        };
        Ok(text.into())
    }
}

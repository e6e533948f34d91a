//! `copydesk compare`: a draft beside the wire copy that it was written from.

mod account;
mod html;
mod text;

use super::Outcome;
use super::against::Files;
use super::args::{Compare, CompareFormat};
use super::desk::Checked;
use super::newsroom::Newsrooms;
use super::output::{Texts, to_string};
use super::report::{self, Frame, Piece, Printed, Report};
use super::terminal::Paint;
use crate::against::{Aligned, Comparison, Drift, Outcome as Became, Place, Quoted, Wires};
use crate::analysis::{Article, Stands};
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Field};
use crate::document::BlockKind;
use crate::resolve::Story;
use crate::rules::{self, Group};
use crate::segment::{Span, TokenFlags, TokenKind};
use crate::settings::Selection;
use crate::text::TextRange;
use account::Account;
use std::collections::{HashMap, HashSet};

/// Runs the command.
pub(super) fn run(args: &Compare) -> Outcome {
    let newsrooms = report::newsrooms(&args.input, Selection::default())?;
    let files = Files::given(&args.against, args.input.input_format)?;
    let paint = Paint::stdout();
    let writer = Writer { format: args.format, paint, newsrooms: &newsrooms, files };
    report::run(&args.input, &newsrooms, &writer)
}

struct Writer<'a> {
    format: CompareFormat,
    paint: Paint,
    newsrooms: &'a Newsrooms,
    files: Files,
}

impl Report for Writer<'_> {
    fn frame(&self) -> Frame {
        match self.format {
            CompareFormat::Text => Frame::Text("\n"),
            CompareFormat::Json => Frame::Json,
            CompareFormat::Html => Frame::Page(html::PAGE),
        }
    }

    fn print(&self, printed: &Printed<'_>) -> Result<Piece, String> {
        let newsroom = printed.newsroom(self.newsrooms)?;
        let (path, name) = (printed.path(), printed.name);
        let globs = self.newsrooms.against(&newsroom, path);
        let own = printed
            .draft
            .and_then(|draft| self.files.of(path, printed.article.text, draft.format(), &globs));
        let wires = usable(own.as_deref().or(printed.article.against))?;
        let article = Article { against: Some(wires), ..*printed.article };
        let analyzer = self.newsrooms.analyzer(&newsroom, path);
        let entries = self.newsrooms.stands(&newsroom, path);
        let stands: Vec<Stands<'_>> = entries.iter().map(|entry| entry.stands).collect();
        let story = analyzer.annotate(&article);
        let mut diagnostics = analyzer.check_with(&story, &stands, Some(wires)).diagnostics;
        diagnostics
            .retain(|found| rules::find(found.rule).is_some_and(|r| r.group == Group::Against));
        let (text, title) = (article.text, article.title.unwrap_or_default());
        let (id, against, diagnostics) = (printed.id, Some(wires), &diagnostics[..]);
        let checked = Checked { name, id, text, title, against, diagnostics };
        let compared = Compared::new(&story, &checked, wires);
        let text = match self.format {
            CompareFormat::Text => text::render(&compared, self.paint),
            CompareFormat::Json => to_string(&Account::new(&compared)),
            CompareFormat::Html => html::render(&compared),
        };
        Ok(Piece { text, complaint: missing(wires).map(|missing| format!("{name}: {missing}")) })
    }
}

/// The wire copy, if there is any to compare with.
fn usable(wires: Option<&Wires>) -> Result<&Wires, String> {
    const NONE: &str = "nothing names the wire copy that it was written from. Name it with --against FILE, under `against` \
                        in its front matter, or for a folder under [[against]] in copydesk.toml";
    let wires = wires.ok_or(NONE)?;
    match missing(wires).filter(|_| wires.list().is_empty()) {
        Some(missing) => Err(missing),
        None => Ok(wires),
    }
}

/// What the front matter names and cannot be read.
fn missing(wires: &Wires) -> Option<String> {
    let one = |missing: &crate::against::Missing| {
        format!("the wire copy `{}` cannot be read: {}", missing.name, missing.why)
    };
    let all: Vec<String> = wires.missing().iter().map(one).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// A draft beside its wire copy, with what was found.
struct Compared<'a> {
    story: &'a Story<'a>,
    checked: &'a Checked<'a>,
    wires: &'a Wires,
    against: Comparison<'a>,
    texts: Texts<'a>,
    /// The numbers of the findings by the sentence that they start in, by paragraph and number of the sentence in
    /// [`Comparison::sentences`].
    findings: HashMap<usize, Vec<usize>>,
}

/// How much of a draft comes from its wire copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Share {
    /// Sentences of the draft.
    sentences: usize,
    /// Those that are written from a sentence of the wire copy.
    aligned: usize,
    /// Words of the draft.
    words: usize,
    /// Those in sentences that are written from one.
    aligned_words: usize,
}

impl Share {
    /// The share of the words, in percent.
    fn percent(self) -> usize {
        (100 * self.aligned_words + self.words / 2) / self.words.max(1)
    }
}

/// A run of tokens, as the reader sees them, and the number of the place that marks it.
type Run = (Option<usize>, String);

impl<'a> Compared<'a> {
    fn new(story: &'a Story<'a>, checked: &'a Checked<'a>, wires: &'a Wires) -> Self {
        let against = Comparison::new(story, wires);
        let texts = Texts::new(checked);
        let mut this = Self { story, checked, wires, against, texts, findings: HashMap::default() };
        let places: Vec<(Field, TextRange)> =
            this.against.sentences.iter().map(|aligned| this.place(aligned)).collect();
        for (number, found) in checked.diagnostics.iter().enumerate() {
            let after = places.partition_point(|(field, range)| {
                (*field, range.start) <= (found.field, found.range.start)
            });
            let Some(at) = after.checked_sub(1) else { continue };
            if places[at].0 == found.field && places[at].1.end >= found.range.start {
                this.findings.entry(at).or_default().push(number);
            }
        }
        this
    }

    /// The text and the bytes of a sentence of the draft.
    fn place(&self, aligned: &Aligned) -> (Field, TextRange) {
        let p = self.story.paragraphs.get(aligned.paragraph);
        p.map_or_else(Default::default, |p| (p.field, p.bytes(aligned.span)))
    }

    /// The findings in a sentence of the draft, by its number.
    fn findings(&self, sentence: usize) -> impl Iterator<Item = (usize, &'a Diagnostic)> {
        let numbers = self.findings.get(&sentence).map_or(&[][..], |numbers| numbers);
        numbers.iter().filter_map(|at| Some((*at, self.checked.diagnostics.get(*at)?)))
    }

    /// The findings that stand in no sentence.
    fn elsewhere(&self) -> impl Iterator<Item = &'a Diagnostic> {
        let placed: HashSet<usize> = self.findings.values().flatten().copied().collect();
        let all = self.checked.diagnostics.iter().enumerate();
        all.filter(move |(number, _)| !placed.contains(number)).map(|(_, found)| found)
    }

    fn share(&self) -> Share {
        let mut share = Share::default();
        for aligned in &self.against.sentences {
            let Some(p) = self.story.paragraphs.get(aligned.paragraph) else { continue };
            let is_word = |at: &usize| {
                p.token(*at).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
            };
            let words = aligned.span.iter().filter(is_word).count();
            share.sentences += 1;
            share.words += words;
            if !aligned.pairs.is_empty() {
                share.aligned += 1;
                share.aligned_words += words;
            }
        }
        share
    }

    /// The sentences of a wire that none of the draft was written from, in order.
    fn left_out(&self, wire: usize) -> Vec<Place> {
        let pairs = self.against.sentences.iter().flat_map(|aligned| &aligned.pairs);
        let used: HashSet<Place> = pairs.map(|pair| pair.place).collect();
        let paragraphs = self.wires.get(wire).into_iter().flat_map(|wire| wire.paragraphs());
        let prose =
            paragraphs.filter(|p| p.block.kind.is_copy() && p.block.kind != BlockKind::Byline);
        let sentences = prose.flat_map(|p| {
            let spans = p.notes.sentences.clone();
            spans.into_iter().map(move |span| Place { wire, paragraph: p.index, span })
        });
        sentences.filter(|place| !used.contains(place)).collect()
    }

    /// The bytes of a place in wire copy.
    fn bytes(&self, place: Place) -> TextRange {
        self.wires.paragraph(place).map_or_else(TextRange::default, |p| p.bytes(place.span))
    }

    /// The line of a place in wire copy, from 1.
    fn line(&self, place: Place) -> u32 {
        self.texts.line_col(Field::Against(place.wire as u32), self.bytes(place).start).line
    }

    /// The bytes that the findings in a sentence of the draft are about, each with its number among them: of a quotation the
    /// words that differ.
    fn our_marks(&self, sentence: usize) -> Vec<(TextRange, usize)> {
        let mut marks = Vec::new();
        for (at, (_, found)) in self.findings(sentence).enumerate() {
            let before = marks.len();
            let drifts = self.drifts().filter_map(|(quoted, drift)| {
                let p = self.story.paragraphs.get(quoted.paragraph)?;
                let inside = p.field == found.field && p.block.range.covers(found.range);
                inside.then_some(drift.changes.iter().map(move |change| p.bytes(change.ours)))
            });
            let changes = drifts.flatten().filter(|c| !c.is_empty() && found.range.covers(*c));
            marks.extend(changes.map(|change| (change, at)));
            if marks.len() == before {
                marks.push((found.range, at));
            }
        }
        // Where findings are about the same words, the narrowest shows.
        marks.sort_by_key(|(range, _)| range.len());
        marks
    }

    /// The bytes of a wire's sentence that some findings point to: of a quotation the words that differ. What is marked from end
    /// to end is not marked.
    fn their_marks<'d>(
        &self,
        place: Place,
        found: impl Iterator<Item = &'d Diagnostic>,
    ) -> Vec<(TextRange, usize)> {
        let (field, sentence) = (Field::Against(place.wire as u32), self.bytes(place));
        let related = found.flat_map(|found| &found.related);
        let related = related.filter(|r| r.field == field && r.range.overlaps(sentence));
        let mut marks = Vec::new();
        for related in related {
            let changes = self.changes(place.wire).filter(|c| related.range.covers(*c));
            let before = marks.len();
            marks.extend(changes.map(|change| (change, 0)));
            if marks.len() == before && !related.range.covers(sentence) {
                marks.push((related.range, 0));
            }
        }
        marks
    }

    /// The quotations that the wire copy has otherwise.
    fn drifts(&self) -> impl Iterator<Item = (&Quoted, &Drift)> {
        self.against.quotes.iter().filter_map(|quoted| match &quoted.outcome {
            Became::Drifted(drift) => Some((quoted, drift)),
            _ => None,
        })
    }

    /// The bytes of the words of a wire that quotations have otherwise.
    fn changes(&self, wire: usize) -> impl Iterator<Item = TextRange> {
        let changes = self.drifts().flat_map(|(_, drift)| &drift.changes);
        let theirs = changes.map(|change| change.theirs).filter(move |place| place.wire == wire);
        theirs.map(|place| self.bytes(place)).filter(|range| !range.is_empty())
    }
}

/// The tokens of `span` in runs: those that a mark covers, each with the mark's number, and those between.
fn runs(p: &Paragraph<'_>, span: Span, marks: &[(TextRange, usize)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let add = |runs: &mut Vec<Run>, mark: Option<usize>, text: &str| match runs.last_mut() {
        Some((last, run)) if *last == mark => run.push_str(text),
        _ => runs.push((mark, text.to_owned())),
    };
    for at in span.iter() {
        let bytes = p.byte(at);
        let mark = marks.iter().find(|(mark, _)| mark.overlaps(bytes)).map(|(_, number)| *number);
        let spaced = p.token(at).is_some_and(|token| token.flags.contains(TokenFlags::SPACE));
        if let Some((last, _)) = runs.last().filter(|_| spaced) {
            // A space belongs to a mark that goes on behind it.
            let within = mark.filter(|_| *last == mark);
            add(&mut runs, within, " ");
        }
        add(&mut runs, mark, p.text(at));
    }
    runs
}

//! The sources of a draft as JSON. The format is a contract: see the README.

use super::Sourced;
use crate::annotate::AttributionKind;
use crate::diagnostic::Diagnostic;
use crate::resolve::{Source, Standing, Statement, Story};
use crate::text::{LineIndex, TextRange};
use serde::Serialize;
use serde_json::Value;

/// What a draft's sources are on record for. Places are bytes of the text.
#[derive(Serialize)]
pub(super) struct Account<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    sentences: SentencesJson,
    sources: Vec<SourceJson<'a>>,
    claims: Vec<ClaimJson<'a>>,
}

#[derive(Serialize)]
struct SentencesJson {
    all: usize,
    named: usize,
    unnamed: usize,
    nobody: usize,
    bare: usize,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    name: &'a str,
    standing: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    who: Vec<String>,
    statements: Vec<StatementJson>,
}

#[derive(Serialize)]
struct StatementJson {
    line: u32,
    kind: &'static str,
    source: Vec<TextRange>,
    cue: Vec<TextRange>,
    content: Vec<TextRange>,
    second_hand: bool,
}

#[derive(Serialize)]
struct ClaimJson<'a> {
    line: u32,
    rule: &'static str,
    range: TextRange,
    message: &'a str,
}

/// What a standing is called.
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Person(_) | Standing::Named => "person",
        Standing::Body => "body",
        Standing::Unnamed => "unnamed",
        Standing::Nobody => "nobody",
    }
}

impl<'a> Account<'a> {
    /// The account of a draft.
    pub(super) fn new(sourced: &Sourced<'a>) -> Self {
        let Sourced { name, id, story, record, claims } = *sourced;
        let lines = Lines::of(story);
        let source = |source: &'a Source| SourceJson {
            name: &source.name,
            standing: standing(source.standing),
            who: sourced.who(source),
            statements: source
                .statements
                .iter()
                .filter_map(|s| statement(story, s, &lines))
                .collect(),
        };
        let claim = |claim: &'a Diagnostic| ClaimJson {
            line: lines.of_byte(claim.range.start),
            rule: claim.rule,
            range: claim.range,
            message: &claim.message,
        };
        let count = record.sentences;
        Self {
            path: id.is_none().then_some(name),
            id,
            sentences: SentencesJson {
                all: count.all(),
                named: count.named,
                unnamed: count.unnamed,
                nobody: count.nobody,
                bare: count.bare,
            },
            sources: record.sources.iter().map(source).collect(),
            claims: claims.iter().map(claim).collect(),
        }
    }
}

fn statement(story: &Story<'_>, statement: &Statement, lines: &Lines<'_>) -> Option<StatementJson> {
    let paragraph = story.paragraphs.get(statement.paragraph)?;
    let attribution = statement.of(story)?;
    let bytes = |spans: &[crate::segment::Span]| -> Vec<TextRange> {
        spans.iter().map(|span| paragraph.bytes(*span)).collect()
    };
    let cue = bytes(&attribution.cue);
    let content = statement.content.iter();
    let content = content.filter_map(|&(at, span)| Some(story.paragraphs.get(at)?.bytes(span)));
    Some(StatementJson {
        line: lines.of_byte(cue.first()?.start),
        kind: match attribution.kind {
            AttributionKind::Direct => "direct",
            AttributionKind::Indirect => "indirect",
            AttributionKind::Mixed => "mixed",
        },
        source: bytes(&attribution.source),
        cue,
        content: content.collect(),
        second_hand: statement.second_hand,
    })
}

/// Line numbers of a story's text.
pub(super) struct Lines<'a> {
    index: LineIndex,
    source: &'a str,
}

impl<'a> Lines<'a> {
    pub(super) fn of(story: &Story<'a>) -> Self {
        let source = story.text();
        Self { index: LineIndex::new(source), source }
    }

    /// The line of a byte, counted from 1.
    pub(super) fn of_byte(&self, byte: u32) -> u32 {
        self.index.line_col(self.source, byte).line
    }
}

//! A draft beside its wire copy as JSON. The format is a contract: see the README.

use super::Compared;
use crate::against::{Missing, Pair, Place};
use crate::cli::output::{Finding, findings};
use crate::diagnostic::Field;
use crate::text::TextRange;
use serde::Serialize;
use serde_json::Value;

/// What a draft was written from. Places are bytes of the draft or of the wire copy.
#[derive(Serialize)]
pub(super) struct Account<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    against: Vec<WireJson<'a>>,
    missing: Vec<MissingJson<'a>>,
    share: ShareJson,
    sentences: Vec<SentenceJson>,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct WireJson<'a> {
    path: &'a str,
    left_out: Vec<PlaceJson>,
}

#[derive(Serialize)]
struct MissingJson<'a> {
    path: &'a str,
    error: &'a str,
}

#[derive(Serialize)]
struct ShareJson {
    sentences: usize,
    aligned: usize,
    words: usize,
    aligned_words: usize,
}

#[derive(Serialize)]
struct PlaceJson {
    range: TextRange,
    line: u32,
}

#[derive(Serialize)]
struct SentenceJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    range: TextRange,
    line: u32,
    from: Vec<PairJson>,
    diagnostics: Vec<usize>,
}

#[derive(Serialize)]
struct PairJson {
    against: usize,
    range: TextRange,
    line: u32,
    #[serde(serialize_with = "crate::cli::output::rounded")]
    score: f32,
}

impl<'a> Account<'a> {
    /// The account of a draft.
    pub(super) fn new(compared: &'a Compared<'a>) -> Self {
        let checked = compared.checked;
        let place =
            |place: Place| PlaceJson { range: compared.bytes(place), line: compared.line(place) };
        let wires = compared.wires.list().iter().enumerate();
        let wire = |(number, wire): (usize, &'a std::sync::Arc<crate::against::Wire>)| WireJson {
            path: wire.name(),
            left_out: compared.left_out(number).into_iter().map(place).collect(),
        };
        let missing =
            |missing: &'a Missing| MissingJson { path: &missing.name, error: &missing.why };
        let share = compared.share();
        Self {
            path: checked.id.is_none().then_some(checked.name),
            id: checked.id,
            against: wires.map(wire).collect(),
            missing: compared.wires.missing().iter().map(missing).collect(),
            share: ShareJson {
                sentences: share.sentences,
                aligned: share.aligned,
                words: share.words,
                aligned_words: share.aligned_words,
            },
            sentences: (0..compared.against.sentences.len())
                .map(|number| sentence(compared, number))
                .collect(),
            diagnostics: findings(checked, false),
        }
    }
}

fn sentence(compared: &Compared<'_>, number: usize) -> SentenceJson {
    let aligned = &compared.against.sentences[number];
    let (field, range) = compared.place(aligned);
    let pair = |pair: &Pair| PairJson {
        against: pair.place.wire,
        range: compared.bytes(pair.place),
        line: compared.line(pair.place),
        score: pair.score,
    };
    SentenceJson {
        field: (field == Field::Title).then_some("title"),
        range,
        line: compared.texts.line_col(field, range.start).line,
        from: aligned.pairs.iter().map(pair).collect(),
        diagnostics: compared.findings(number).map(|(number, _)| number).collect(),
    }
}

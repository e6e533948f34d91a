//! Attribution: the triple of source, cue and content (the terms of the PARC and PolNeAR corpora).

pub(super) mod cues;
pub mod features;
mod layout;
pub mod model;
pub(super) mod roles;
pub mod scan;
mod tables;
pub mod trees;
pub mod verify;

pub use cues::{Candidate, exp};
pub use roles::{label, window};

use super::Annotations;
use crate::lang::en::{Lex, fingerprint};
use crate::segment::{Span, TokenKind};
use model::{MODEL, Model};
use scan::{Scan, class};
use verify::Draft;

/// How the content is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributionKind {
    /// All of the content stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// Some of it does.
    Mixed,
}

/// Somebody is on record for something. Each role may stand in several pieces ("X," she said, "Y").
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Who: may be empty ("it was reported that ...").
    pub source: Vec<Span>,
    /// The words that attribute ("said", "according to", "the claim").
    pub cue: Vec<Span>,
    /// What they are on record for: may be empty where it stands in the next paragraph.
    pub content: Vec<Span>,
    /// How the content is given.
    pub kind: AttributionKind,
    /// Whether the cue reports speech or writing; false for thoughts, wishes and feelings.
    pub speech: bool,
    /// 0 to 1.
    pub confidence: f32,
}

/// The least probability at which a stretch of words is looked at as a cue.
const CANDIDATE_AT: f32 = 0.2;
/// From this probability on the verifier's word makes an attribution.
const BELIEVED_AT: f32 = 0.4;
/// From this probability on a cue is believed even where the role model finds no content for it.
const SURE_CUE: f32 = 0.8;
/// How much score a source may cost before "no source" is believed.
const SOURCE_COST: f32 = 2.0;

/// What the models see in a paragraph.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The attributions, by cue.
    pub attributions: Vec<Attribution>,
    /// How likely each sentence attributes something, believed or not.
    pub chances: Vec<Chance>,
}

/// How likely a sentence attributes something, whether that was believed or not. Probabilities, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chance {
    /// That of its likeliest cue, by the words around it alone.
    pub cue: f32,
    /// That of the likeliest attribution whose cue stands in it.
    pub attribution: f32,
    /// That of the likeliest attribution whose content it shares.
    pub content: f32,
}

/// The attributions of a paragraph.
pub(super) fn attributions(text: &str, notes: &Annotations) -> Found {
    with_model(&MODEL, text, notes)
}

/// The attributions that `model` sees in a paragraph.
pub fn with_model(model: &Model, text: &str, notes: &Annotations) -> Found {
    let Look { scan, marginals, drafts } = look(model, text, notes);
    let mut attributions = Vec::new();
    let mut chances: Vec<Chance> = notes
        .sentences
        .iter()
        .map(|s| Chance { cue: strongest(&marginals, *s), ..Chance::default() })
        .collect();
    for (number, draft) in drafts.iter().enumerate() {
        let features = verify::features(&scan, &marginals, &drafts, number);
        let confidence = model.verifier.probability(&features);
        let cue = Span::new(draft.cue.start, draft.cue.end);
        raise(&mut chances, &notes.sentences, cue, &draft.roles.content, confidence);
        if confidence < BELIEVED_AT || draft.roles.content.is_empty() && !ends_in_colon(&scan) {
            continue;
        }
        let kind = kind(notes, &scan, &draft.roles.content);
        let speech = kind != AttributionKind::Indirect || is_speech(notes, cue);
        let (source, content) = (draft.roles.source.clone(), draft.roles.content.clone());
        attributions.push(Attribution {
            source,
            cue: vec![cue],
            content,
            kind,
            speech,
            confidence,
        });
    }
    if let Some(lead) = lead_in(notes, &scan, &drafts) {
        raise(&mut chances, &notes.sentences, lead.cue[0], &lead.content, lead.confidence);
        attributions.retain(|a| a.cue != lead.cue);
        attributions.push(lead);
        attributions.sort_by_key(|a| a.cue.first().map_or(0, |cue| cue.start));
    }
    apart(&notes.sentences, &mut attributions);
    for set in layout::add(notes, &mut attributions) {
        for cue in &set.cue {
            raise(&mut chances, &notes.sentences, *cue, &set.content, set.confidence);
        }
    }
    Found { attributions, chances }
}

/// The largest probability of a cue among the tokens of a sentence.
fn strongest(marginals: &[[f32; 2]], sentence: Span) -> f32 {
    let places = marginals.get(sentence.iter()).unwrap_or_default();
    places.iter().map(|m| m[0] + m[1]).fold(0.0, f32::max).min(1.0)
}

/// Lets the sentences of a cue and a content know how likely they are an attribution's.
fn raise(
    chances: &mut [Chance],
    sentences: &[Span],
    cue: Span,
    content: &[Span],
    probability: f32,
) {
    let touched = |span: Span| {
        let first = sentences.partition_point(|s| s.end <= span.start);
        (first..sentences.len()).take_while(move |at| sentences[*at].start < span.end)
    };
    for at in touched(cue) {
        chances[at].attribution = chances[at].attribution.max(probability);
    }
    for at in content.iter().flat_map(|span| touched(*span)) {
        chances[at].content = chances[at].content.max(probability);
    }
}

/// A paragraph with all that may be attributions in it.
#[derive(Clone, Debug)]
pub struct Look {
    /// The paragraph as the models see it.
    pub scan: Scan,
    /// For each token the probabilities that it opens a cue and that it continues one.
    pub marginals: Vec<[f32; 2]>,
    /// The candidates, in order.
    pub drafts: Vec<Draft>,
}

/// All that may be attributions of a paragraph, by the cue model and the role model.
pub fn look(model: &Model, text: &str, notes: &Annotations) -> Look {
    let mut scan = Scan::new(text, &notes.tokens, &notes.sentences, &notes.quotations, model);
    let pairs = model.pair_rows(&scan);
    let marginals = cues::marginals(model, &scan, &pairs);
    let candidates = cues::candidates(&scan, &marginals, CANDIDATE_AT);
    scan.mark_cues(candidates.iter().map(|c| (c.start..c.end, c.probability)));
    let mut local = roles::Local::new(model, &scan, &pairs);
    let drafts = candidates.into_iter().map(|cue| {
        let mut roles = roles::roles(&mut local, cue.start, cue.end, SOURCE_COST);
        if roles.content.is_empty() && cue.probability >= SURE_CUE {
            let clause = clause_before(&scan, &cue, &roles.source);
            roles.content.extend(clause.or_else(|| clause_behind(&scan, &cue, &roles.source)));
        }
        Draft { cue, roles }
    });
    let drafts = drafts.collect();
    Look { scan, marginals, drafts }
}

/// How sure it is that who speaks last before a paragraph's final colon says what follows it.
const LEAD_IN: f32 = 0.8;

/// "Police said in a statement on Friday:": what the colon waits for are the words of the last cue of speech before it. The
/// verifier has seen few attributions without content and does not believe them.
fn lead_in(notes: &Annotations, scan: &Scan, drafts: &[Draft]) -> Option<Attribution> {
    let sentence = *notes.sentences.last().filter(|_| ends_in_colon(scan))?;
    let outside = |at: usize| scan.quote(at, 0) == scan::quote::OUTSIDE;
    let speaks = |draft: &&Draft| {
        let cue = Span::new(draft.cue.start, draft.cue.end);
        let list = notes.tokens.list.get(cue.iter()).unwrap_or_default();
        let worded = list.iter().any(|t| t.kind == TokenKind::Word);
        sentence.covers(cue) && worded && outside(draft.cue.start) && is_speech(notes, cue)
    };
    let draft = drafts.iter().rev().find(speaks).filter(|d| !d.roles.source.is_empty())?;
    let acts = |at: usize| {
        let verb = [class::AUXILIARY, class::ED, class::SPEECH, class::THOUGHT];
        verb.contains(&scan.class(at, 0)) || !outside(at)
    };
    // "Ruiz said she would go, and there were three reasons:" leads in nobody's words.
    let last = draft.roles.source.last().map_or(0, |source| source.end as usize);
    if (draft.cue.end.max(last)..sentence.end as usize).any(acts) {
        return None;
    }
    let content: Vec<Span> =
        draft.roles.content.iter().filter(|span| span.iter().any(acts)).copied().collect();
    Some(Attribution {
        source: draft.roles.source.clone(),
        cue: vec![Span::new(draft.cue.start, draft.cue.end)],
        kind: kind(notes, scan, &content),
        content,
        speech: true,
        confidence: LEAD_IN,
    })
}

/// Leaves to each attribution what stands in its own sentence: the quotation before "Ruiz said" is not that of the speaker
/// before, even though a quotation behind "Bek said." often goes on with what he says.
fn apart(sentences: &[Span], attributions: &mut [Attribution]) {
    let sentence_of = |at: u32| sentences.partition_point(|s| s.end <= at);
    let own: Vec<(usize, Vec<Span>)> = attributions
        .iter()
        .filter_map(|a| Some((sentence_of(a.cue.first()?.start), a.content.clone())))
        .collect();
    // By sentence: the attributions are in the order of their cues.
    let claims = |sentence: usize, piece: Span| {
        let first = own.partition_point(|(of, _)| *of < sentence);
        let mut here = own[first..].iter().take_while(|(of, _)| *of == sentence);
        here.any(|(_, content)| content.iter().any(|c| c.overlaps(piece)))
    };
    for attribution in attributions {
        let Some(cue) = attribution.cue.first().map(|cue| sentence_of(cue.start)) else { continue };
        let kept: Vec<Span> = attribution
            .content
            .iter()
            .filter_map(|piece| {
                let mut piece = *piece;
                while piece.start < piece.end {
                    let at = sentence_of(piece.start);
                    let end = sentences.get(at).map_or(piece.end, |s| s.end);
                    let part = Span { start: piece.start, end: piece.end.min(end) };
                    if at == cue || !claims(at, part) {
                        return Some(piece);
                    }
                    piece.start = end;
                }
                None
            })
            .collect();
        if !kept.is_empty() {
            attribution.content = kept;
        }
    }
}

/// Whether the cue reports speech or writing: by a verb of speech, or by no word for a state of mind.
fn is_speech(notes: &Annotations, cue: Span) -> bool {
    let lex = notes
        .tokens
        .list
        .get(cue.iter())
        .into_iter()
        .flatten()
        .fold(Lex::empty(), |lex, t| lex | t.lex);
    lex.contains(Lex::SPEECH)
        || !lex.intersects(Lex::THOUGHT | Lex::MIND) && !is_expression(notes, cue)
}

/// "Expressed his willingness": the showing of a state of mind, not a statement.
fn is_expression(notes: &Annotations, cue: Span) -> bool {
    static SHOWING: [u64; 4] = [
        fingerprint("express"),
        fingerprint("expressed"),
        fingerprint("expresses"),
        fingerprint("expressing"),
    ];
    notes.tokens.list.get(cue.iter()).into_iter().flatten().any(|t| SHOWING.contains(&t.hash))
}

/// The clause before ", SOURCE said": what a cue near the end of its sentence attributes where the model saw no content.
fn clause_before(scan: &Scan, cue: &Candidate, source: &[Span]) -> Option<Span> {
    if ends_in_colon(scan) {
        return None;
    }
    let opens = source.first().map_or(cue.start, |s| cue.start.min(s.start as usize));
    let comma = opens.checked_sub(1).filter(|at| scan.class(*at, 0) == class::COMMA)?;
    let first = scan.get(cue.start)?.first as usize;
    (comma > first + 2).then(|| Span::new(first, comma))
}

/// The clause behind "SOURCE said", up to the end of the sentence: the same.
fn clause_behind(scan: &Scan, cue: &Candidate, source: &[Span]) -> Option<Span> {
    /// Words of a clause, at least.
    const CLAUSE: usize = 4;
    let says = cue.end == cue.start + 1 && scan.class(cue.start, 0) == class::SPEECH;
    let beside = source.last().is_some_and(|s| s.end as usize == cue.start);
    let last = scan.get(cue.start)?.last as usize;
    let end = last - usize::from(scan.class(last.checked_sub(1)?, 0) == class::STOP);
    let mut words = cue.end..end;
    let breaks = |at: usize| {
        matches!(scan.class(at, 0), class::COMMA | class::COLON | class::SEMICOLON | class::DASH)
            || scan.quote(at, 0) != scan::quote::OUTSIDE
    };
    (says && beside && words.len() >= CLAUSE && !words.any(breaks)).then(|| Span::new(cue.end, end))
}

fn ends_in_colon(scan: &Scan) -> bool {
    scan.cells.last().is_some_and(|cell| cell.class == class::COLON)
}

/// How the content is given, by the quotation marks in it.
fn kind(notes: &Annotations, scan: &Scan, content: &[Span]) -> AttributionKind {
    let (mut quoted, mut bare) = (false, false);
    for at in content.iter().flat_map(|span| span.iter()) {
        if notes
            .tokens
            .list
            .get(at)
            .is_some_and(|t| !matches!(t.kind, TokenKind::Punct | TokenKind::Quote))
        {
            let inside = scan.quote(at, 0) != scan::quote::OUTSIDE;
            quoted |= inside;
            bare |= !inside;
        }
    }
    match (quoted, bare) {
        (true, false) => AttributionKind::Direct,
        (true, true) => AttributionKind::Mixed,
        _ => AttributionKind::Indirect,
    }
}

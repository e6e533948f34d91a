//! Whose words stand where.

use crate::resolve::{Record, Source, Statement, Story};
use crate::segment::Span;

/// Somebody's words, or the cue that gives them.
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    /// The tokens.
    pub span: Span,
    /// Number of the source in [`Record::sources`].
    pub source: usize,
    /// Number of the statement among the source's.
    pub statement: usize,
    /// Whether the source has it from another one.
    pub second_hand: bool,
}

/// Who is on record for what, looked up by place.
#[derive(Debug, Default)]
pub struct Voices {
    /// Who is on record for what.
    pub record: Record,
    /// By paragraph, by where they start.
    voices: Vec<Vec<Voice>>,
}

impl Voices {
    /// Those of a story.
    pub fn of(story: &Story<'_>) -> Self {
        let record = story.record();
        let mut voices = vec![Vec::new(); story.paragraphs.len()];
        for (source, of) in record.sources.iter().enumerate() {
            for (statement, said) in of.statements.iter().enumerate() {
                for &(paragraph, span) in &said.content {
                    let second_hand = said.second_hand;
                    let voice = Voice { span, source, statement, second_hand };
                    voices.get_mut(paragraph).into_iter().for_each(|list| list.push(voice));
                }
            }
        }
        voices.iter_mut().for_each(|list: &mut Vec<Voice>| list.sort_by_key(|v| v.span.start));
        Self { record, voices }
    }

    /// All in a paragraph.
    pub fn in_paragraph(&self, paragraph: usize) -> &[Voice] {
        self.voices.get(paragraph).map_or(&[], |list| list)
    }

    /// Those that share a token with `span`, the last first: as many as are looked at.
    pub fn touching(&self, paragraph: usize, span: Span) -> impl Iterator<Item = &Voice> {
        let list = self.in_paragraph(paragraph);
        let end = list.partition_point(|v| v.span.start < span.end);
        list[..end].iter().rev().take(MOST).filter(move |v| v.span.overlaps(span))
    }

    /// Whose words most of `span` is, and what share of it, 0 to 1.
    pub fn over(&self, paragraph: usize, span: Span) -> Option<(Voice, f32)> {
        let shared = |v: &&Voice| (v.span.shared(span), !v.second_hand);
        let best = self.touching(paragraph, span).max_by_key(shared)?;
        Some((*best, best.span.shared(span) as f32 / span.len().max(1) as f32))
    }

    /// The source and the statement of a voice.
    pub fn said(&self, voice: Voice) -> Option<(&Source, &Statement)> {
        let source = self.record.sources.get(voice.source)?;
        Some((source, source.statements.get(voice.statement)?))
    }
}

/// Voices over a place that are looked at.
const MOST: usize = 64;

//! What a sentence says by itself and what attributes in it: all that can be known from its paragraph alone.

use super::model::{Model, SIGNS};
use super::words::{self, Words};
use crate::annotate::attribution::Chance;
use crate::annotate::{Attribution, Paragraph};
use crate::lang::en::Lex;
use crate::resolve::carried::owners;
use crate::segment::{Span, TokenKind};
use std::sync::OnceLock;

/// One sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// Somebody is on record in it.
    pub(super) speech: bool,
    /// Its only attribution is a state of mind.
    pub(super) minded: bool,
    /// Whether the source is a pronoun.
    pub(super) pronoun: bool,
    /// Whether it has speech marks or stands between them.
    pub(super) quoted: bool,
    /// Whether it opens with "he" or "she".
    pub(super) he_she: bool,
    /// What attributes in it.
    pub(super) signs: Signs,
    /// The likeliest cue of the sentences before it in its paragraph.
    pub(super) likeliest_before: f32,
    /// What its words say; `None` where it is no prose of its own. Read when first asked for.
    words: OnceLock<Option<Words>>,
    /// What the models make of it. Found when first asked for.
    scores: OnceLock<Scores>,
}

/// What the models make of a sentence by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scores {
    /// Log odds that somebody is on record in it.
    pub(super) attributed: f32,
    /// Log odds that it is what others are quoted for, should nobody be on record in it.
    pub(super) told: f32,
}

impl Facts {
    /// What its words say, if it is prose of its own.
    pub(super) fn words(&self, paragraph: &Paragraph<'_>, sentence: Span) -> Option<&Words> {
        let read = || words::is_prose(paragraph, sentence).then(|| Words::of(paragraph, sentence));
        self.words.get_or_init(read).as_ref()
    }

    /// What `model` makes of it; what another model made of it before, if one was asked.
    pub(super) fn scores(
        &self,
        paragraph: &Paragraph<'_>,
        sentence: Span,
        model: &Model,
    ) -> Scores {
        *self.scores.get_or_init(|| self.judge(paragraph, sentence, model))
    }

    /// Whether somebody is on record whatever the words of the sentence say.
    pub(super) fn is_sure(&self, attributed: f32) -> bool {
        self.speech && attributed > SURE
    }

    fn judge(&self, paragraph: &Paragraph<'_>, sentence: Span, model: &Model) -> Scores {
        let mut out =
            Scores { attributed: model.attributed(&self.signs.list()), ..Scores::default() };
        if self.is_sure(out.attributed) {
            return out;
        }
        let Some(words) = self.words(paragraph, sentence) else { return out };
        out.attributed += model.attributed_flags(words.flags);
        out.told = model.told(words.flags);
        // A sentence may be a book, whose sum no small number holds.
        let (mut attributed, mut told, mut count) = (0_i64, 0_i64, 0_u32);
        words::hashed(paragraph, sentence, |bucket| {
            attributed += i64::from(model.attributed_words.weight(bucket));
            told += i64::from(model.told_words.weight(bucket));
            count += 1;
        });
        let root = (count.max(1) as f32).sqrt();
        out.attributed += attributed as f32 * model.attributed_words.scale / root;
        out.told += told as f32 * model.told_words.scale / root;
        out
    }
}

/// From these log odds on somebody is on record whatever the words of the sentence say, so that they are not read.
const SURE: f32 = 4.0;

/// What attributes in a sentence, believed or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Signs {
    /// Probability of the likeliest cue.
    pub(super) strength: f32,
    /// Confidence of the surest attribution whose cue or content touches the sentence.
    pub(super) confidence: f32,
    /// The same of one that is speech.
    pub(super) speech_confidence: f32,
    /// The same of those whose cue stands in another sentence.
    pub(super) reached: f32,
    /// A cue stands in it, one of them without a source, one of them by a verb of speech.
    pub(super) has_cue: bool,
    pub(super) is_sourceless: bool,
    pub(super) is_speech_verb: bool,
    /// Where the last cue stands, 0 to 1.
    pub(super) cue_place: f32,
    /// How much of the sentence is content, 0 to 1.
    pub(super) covered: f32,
    /// Probability of the likeliest attribution that has its cue in the sentence, and of one that has content in it.
    pub(super) likely: f32,
    pub(super) covering: f32,
    rest: [f32; 13],
}

impl Signs {
    /// As features.
    pub(super) fn list(&self) -> [f32; SIGNS] {
        let flag = |on: bool| f32::from(u8::from(on));
        let mut out = [0.0; SIGNS];
        let first = [
            self.strength,
            self.strength.sqrt(),
            flag(self.strength > 0.1),
            flag(self.strength > 0.3),
            self.confidence,
            self.speech_confidence,
            flag(self.has_cue),
            flag(!self.has_cue && self.confidence > 0.0),
            self.reached,
            self.covered,
            self.likely,
            self.likely.sqrt(),
            self.covering,
            self.covering.sqrt(),
            flag(self.likely > 0.1),
            flag(self.likely > 0.25),
            flag(self.has_cue && self.is_sourceless),
        ];
        out.iter_mut().zip(first.into_iter().chain(self.rest)).for_each(|(to, from)| *to = from);
        out
    }

    fn add(&mut self, paragraph: &Paragraph<'_>, attribution: &Attribution, sentence: Span) {
        let cue = attribution.cue.iter().find(|c| c.overlaps(sentence));
        let sure = attribution.confidence;
        self.confidence = self.confidence.max(sure);
        if attribution.speech {
            self.speech_confidence = self.speech_confidence.max(sure);
        }
        let length = sentence.len().max(1) as f32;
        let shared = |c: &Span| c.end.min(sentence.end).saturating_sub(c.start.max(sentence.start));
        let shared: u32 = attribution.content.iter().map(shared).sum();
        self.covered = (self.covered + shared as f32 / length).min(1.0);
        let Some(cue) = cue else {
            self.reached = self.reached.max(sure);
            return;
        };
        self.has_cue = true;
        self.is_sourceless |= attribution.source.is_empty();
        let speech = |at: usize| paragraph.token(at).is_some_and(|t| t.lex.contains(Lex::SPEECH));
        self.is_speech_verb |= cue.iter().any(speech);
        let place = cue.start.saturating_sub(sentence.start) as f32 / length;
        self.cue_place = self.cue_place.max(place);
    }
}

/// What each sentence of the paragraph says.
pub(super) fn facts(paragraph: &Paragraph<'_>) -> Vec<Facts> {
    let notes = &paragraph.notes;
    let owners = owners(paragraph);
    let mut out: Vec<Facts> = Vec::with_capacity(notes.sentences.len());
    for (at, &sentence) in notes.sentences.iter().enumerate() {
        let mut facts = Facts {
            quoted: words::is_quoted(paragraph, sentence),
            he_she: first_is(paragraph, sentence, Lex::HE_SHE),
            likeliest_before: out.last().map_or(0.0, |b| b.likeliest_before.max(b.signs.strength)),
            ..Facts::default()
        };
        let chance = chance(paragraph, at);
        facts.signs.strength = chance.cue;
        (facts.signs.likely, facts.signs.covering) = (chance.attribution, chance.content);
        let own = owners.get(at).copied().flatten().and_then(|own| notes.attributions.get(own));
        if let Some(own) = own {
            (facts.speech, facts.minded) = (own.speech, !own.speech);
            let alone = |s: &Span| s.len() == 1 && first_is(paragraph, *s, Lex::PRONOUN);
            facts.pronoun = own.source.first().is_some_and(alone);
        }
        out.push(facts);
    }
    for attribution in &notes.attributions {
        for (at, sentence) in touched(attribution, &notes.sentences) {
            out[at].signs.add(paragraph, attribution, sentence);
        }
    }
    for (at, facts) in out.iter_mut().enumerate() {
        place(paragraph, at, facts);
    }
    out
}

fn chance(paragraph: &Paragraph<'_>, sentence: usize) -> Chance {
    paragraph.notes.chances.get(sentence).copied().unwrap_or_default()
}

fn first_is(paragraph: &Paragraph<'_>, span: Span, class: Lex) -> bool {
    paragraph.token(span.start as usize).is_some_and(|t| t.lex.contains(class))
}

/// The sentences that the cue or the content of an attribution touches, each once.
fn touched<'p>(
    attribution: &'p Attribution,
    sentences: &'p [Span],
) -> impl Iterator<Item = (usize, Span)> + 'p {
    let spans = || attribution.cue.iter().chain(&attribution.content);
    let low = spans().map(|s| s.start).min().unwrap_or_default();
    let high = spans().map(|s| s.end).max().unwrap_or_default();
    let first = sentences.partition_point(|s| s.end <= low);
    let all = sentences[first..].iter().take_while(move |s| s.start < high).enumerate();
    all.map(move |(at, sentence)| (first + at, *sentence))
        .filter(move |(_, sentence)| spans().any(|span| span.overlaps(*sentence)))
}

/// Fills in what is known of a sentence from where it stands.
fn place(paragraph: &Paragraph<'_>, at: usize, facts: &mut Facts) {
    let sentences = &paragraph.notes.sentences;
    let Some(&sentence) = sentences.get(at) else { return };
    let flag = |on: bool| f32::from(u8::from(on));
    let tokens = paragraph.tokens().get(sentence.iter()).unwrap_or_default();
    let asks = tokens.last().is_some_and(|t| t.mark == '?');
    let short = tokens.iter().filter(|t| t.kind == TokenKind::Word).take(6).count() < 6;
    facts.signs.rest = [
        flag(facts.speech),
        flag(facts.minded),
        flag(facts.quoted),
        flag(at == 0),
        flag(at + 1 == sentences.len()),
        flag(asks),
        flag(short),
        flag(first_is(paragraph, sentence, Lex::PRONOUN)),
        facts.likeliest_before,
        at.checked_sub(1).map_or(0.0, |before| chance(paragraph, before).cue),
        chance(paragraph, at + 1).cue,
        at.checked_sub(1).map_or(0.0, |before| chance(paragraph, before).attribution),
        chance(paragraph, at + 1).attribution,
    ];
}

//! What several rules ask of a paragraph: whether a word is a name, which sentence comes next, and who speaks nearby.
//!
//! Everything here reads a bounded number of tokens, so that a rule stays linear in its input whatever it asks.

use crate::annotate::{MentionKind, Paragraph};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::resolve::{NamedSource, Story};
use crate::segment::{Span, TokenFlags, TokenKind};

/// How far, in tokens to either side, a rule looks for a source. Longer than any paragraph of edited copy.
pub(super) const REACH: usize = 160;

/// Function words and dates: what may be capitalised without being a name.
const NO_NAME: Lex = Lex::WEEKDAY
    .union(Lex::MONTH)
    .union(Lex::PRONOUN)
    .union(Lex::DETERMINER)
    .union(Lex::PREPOSITION)
    .union(Lex::CONJUNCTION)
    .union(Lex::AUXILIARY)
    .union(Lex::QUANTIFIER);

/// Words that cannot stand inside a noun phrase before its noun.
pub(super) const FUNCTION: Lex = NO_NAME.difference(Lex::QUANTIFIER);

/// Nouns for people or papers that nobody can ask.
pub(super) const NAMELESS: Lex =
    Lex::GROUP.union(Lex::VAGUE).union(Lex::UNNAMED).union(Lex::REPORTS).union(Lex::QUANTIFIER);

/// Who stands behind a cue, from the least to the most that a reader can check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Speaker {
    /// Experts, sources, reports.
    Nameless,
    /// Anybody else without a name ("the driver").
    Other,
    /// "he", "they".
    Pronoun,
    /// Police, a court, a document.
    Authority,
    /// A named person, outlet or body.
    Named,
}

/// The word classes of token `index`; empty where there is none.
#[inline]
pub(super) fn lex(p: &Paragraph<'_>, index: usize) -> Lex {
    p.token(index).map_or(Lex::empty(), |token| token.lex)
}

/// The tokens of the paragraph that are in one of `classes`: how rules find their candidates.
#[inline]
pub(super) fn with_class(p: &Paragraph<'_>, classes: Lex) -> impl Iterator<Item = usize> {
    let tokens = p.tokens().iter().enumerate();
    tokens.filter(move |(_, token)| token.lex.intersects(classes)).map(|(index, _)| index)
}

/// Whether token `index` is in one of `classes`.
#[inline]
pub(super) fn has(p: &Paragraph<'_>, index: usize, classes: Lex) -> bool {
    p.has(index, classes)
}

/// Whether token `index` is a word.
#[inline]
pub(super) fn is_word(p: &Paragraph<'_>, index: usize) -> bool {
    p.token(index).is_some_and(|token| token.kind == TokenKind::Word)
}

/// Whether token `index` has `flags`.
#[inline]
pub(super) fn flagged(p: &Paragraph<'_>, index: usize, flags: TokenFlags) -> bool {
    p.token(index).is_some_and(|token| token.flags.contains(flags))
}

/// The mark that token `index` is; '\0' where it is none.
#[inline]
pub(super) fn mark(p: &Paragraph<'_>, index: usize) -> char {
    p.token(index).map_or('\0', |token| token.mark)
}

/// Whether token `index` is a quotation mark.
pub(super) fn is_quote(p: &Paragraph<'_>, index: usize) -> bool {
    p.token(index).is_some_and(|token| token.kind == TokenKind::Quote)
}

/// Whether token `index` is one of `words`, ASCII case ignored.
pub(super) fn is_any(p: &Paragraph<'_>, index: usize, words: &[&str]) -> bool {
    p.is_any(index, words)
}

/// Whether token `index` is an adverb that may stand between subject and verb ("widely", "also").
pub(super) fn is_adverb(p: &Paragraph<'_>, index: usize) -> bool {
    is_word(p, index)
        && (p.text(index).ends_with("ly")
            || is_any(
                p,
                index,
                &["also", "then", "later", "now", "still", "long", "even", "since"],
            ))
}

/// Whether token `index` is a finite verb, as far as its form tells: an auxiliary, or a past form that stands behind none
/// and is no adjective or noun. Present forms look like nouns and are not seen.
pub(super) fn is_finite(p: &Paragraph<'_>, index: usize) -> bool {
    if !is_word(p, index) || flagged(p, index, TokenFlags::CAPITAL) {
        return false;
    }
    let before = (index.saturating_sub(2)..index).rev().find(|at| !is_adverb(p, *at));
    if before.is_some_and(|at| has(p, at, Lex::AUXILIARY | Lex::DETERMINER) || p.is(at, "not")) {
        return false;
    }
    if has(p, index, Lex::AUXILIARY) {
        return !is_any(p, index, &["be", "been", "being", "having"]);
    }
    let text = p.text(index);
    let regular = text.len() > 3 && text.ends_with("ed") && !text.ends_with("eed");
    // "Of failed talks", and not "the war was over laughed.".
    let noun = is_word(p, index + 1)
        && !has(p, index + 1, FUNCTION)
        && !is_adverb(p, index + 1)
        && !is_any(p, index + 1, &["up", "out", "off", "down", "back", "away"]);
    let leads = Lex::PREPOSITION | Lex::QUANTIFIER;
    let adjective = noun && before.is_some_and(|at| has(p, at, leads));
    (has(p, index, Lex::PAST) || regular && !p.is(index, "hundred")) && !adjective
}

/// Whether a clause may end before token `index`: no word stands there, or a preposition or a day.
pub(super) fn ends_clause(p: &Paragraph<'_>, index: usize) -> bool {
    !is_word(p, index) || has(p, index, Lex::PREPOSITION | Lex::WEEKDAY)
}

/// Whether a verb at token `index` says whose the words before it were: "said so", "confirmed it", "put it that way", "made the
/// announcement".
pub(super) fn refers_back(p: &Paragraph<'_>, index: usize) -> bool {
    let speaks = has(p, index, Lex::SPEECH) || p.is(index, "spoke");
    let so = speaks && is_any(p, index + 1, &["so", "it"]) && ends_clause(p, index + 2);
    // "Put it on the table" says nothing.
    let way = !is_word(p, index + 2) || is_any(p, index + 2, &["this", "that", "so"]);
    let put = p.is_phrase(index, &["put", "it"]) && way;
    let words = p.is_in(index + 2, &lists::QUOTED_WORDS) || p.is(index + 2, "announcement");
    let made = is_any(p, index, &["made", "issued", "posted"])
        && is_any(p, index + 1, &["the", "a"])
        && words;
    so || put || made
}

/// Whether token `index` is the first word of its sentence, marks before it aside.
pub(super) fn opens_sentence(p: &Paragraph<'_>, index: usize) -> bool {
    let start = p.sentence_at(index).start as usize;
    index < start + 4 && (start..index).all(|at| !is_word(p, at))
}

/// Whether token `index` is (part of) a proper name, as far as its letters tell.
pub(super) fn is_name(p: &Paragraph<'_>, index: usize) -> bool {
    let capital =
        |at| is_word(p, at) && flagged(p, at, TokenFlags::CAPITAL) && !has(p, at, NO_NAME);
    if !capital(index) {
        return false;
    }
    if !opens_sentence(p, index) {
        return true;
    }
    // The first word of a sentence is a name if another one follows, or if it is no plural noun and no word we know.
    capital(index + 1)
        || !has(
            p,
            index,
            NAMELESS | Lex::AUTHORITY | Lex::SPEECH | Lex::HEDGE | Lex::UNSOURCED_HEDGE,
        ) && !p.text(index).ends_with('s')
            && !is_adverb(p, index)
}

/// The part of `span` within [`REACH`] of token `index`.
pub(super) fn near(span: Span, index: usize) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    Span::new(start.max(index.saturating_sub(REACH)), end.min(index + REACH))
}

/// The sentence that holds token `index`, cut to [`REACH`].
pub(super) fn sentence(p: &Paragraph<'_>, index: usize) -> Span {
    near(p.sentence_at(index), index)
}

/// The sentence before the one that starts at token `start`, if the paragraph has one; cut to [`REACH`].
pub(super) fn sentence_before(p: &Paragraph<'_>, start: usize) -> Option<Span> {
    start.checked_sub(1).map(|last| sentence(p, last))
}

/// The paragraphs that rules about the whole story read: running text, page furniture and quoted blocks aside.
pub(super) fn prose<'s, 'a>(story: &'s Story<'a>) -> impl Iterator<Item = &'s Paragraph<'a>> {
    story.paragraphs.iter().filter(|p| is_running(p))
}

/// Whether the paragraph is running text.
pub(super) fn is_running(p: &Paragraph<'_>) -> bool {
    matches!(p.block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Caption)
}

/// Whether most of the paragraph is capitals, so that capitals say nothing.
pub(super) fn is_shouted(p: &Paragraph<'_>) -> bool {
    let words = || p.tokens().iter().filter(|token| token.kind == TokenKind::Word);
    let upper = words().filter(|token| token.flags.contains(TokenFlags::UPPER)).count();
    upper * 2 > words().count()
}

/// Whether token `index` may attribute: a verb of speech, or "according" before "to".
fn is_cue(p: &Paragraph<'_>, index: usize) -> bool {
    if p.is(index, "according") {
        return p.is(index + 1, "to");
    }
    if p.is(index, "per") || p.is(index, "citing") || p.is(index, "cited") {
        return true;
    }
    let noun = index > 0 && has(p, index - 1, Lex::DETERMINER | Lex::PREPOSITION);
    // "was said to have left", "is reported": nobody says so.
    let passive = is_passive(p, index);
    has(p, index, Lex::SPEECH) && !noun && !passive && !flagged(p, index, TokenFlags::CAPITAL)
}

/// Whether the verb at token `index` is passive ("was said").
fn is_passive(p: &Paragraph<'_>, index: usize) -> bool {
    index > 0
        && is_any(p, index - 1, &["is", "are", "was", "were", "be", "been", "being"])
        && !p.text(index).ends_with("ing")
}

/// Who stands behind the cue at token `cue`, as far as the words around it tell.
pub(super) fn speaker(p: &Paragraph<'_>, cue: usize) -> Option<Speaker> {
    let sentence = near(p.sentence_at(cue), cue);
    if p.is(cue, "according") {
        return speaker_after(p, cue + 2, sentence);
    }
    if is_any(p, cue, &["per", "citing", "cited"]) {
        return speaker_after(p, cue + 1, sentence);
    }
    speaker_before(p, cue, sentence).or_else(|| speaker_after(p, cue + 1, sentence))
}

fn speaker_before(p: &Paragraph<'_>, cue: usize, sentence: Span) -> Option<Speaker> {
    let mut at = cue;
    while at > sentence.start as usize && cue - at < 4 {
        let skip = has(p, at - 1, Lex::AUXILIARY) || is_adverb(p, at - 1) || p.is(at - 1, "who");
        if !skip {
            break;
        }
        at -= 1;
    }
    let last = at.checked_sub(1).filter(|last| sentence.contains(*last))?;
    match mark(p, last) {
        // "Ana Ruiz, a professor in Porto, said", "Ana Ruiz (Green) said"
        ',' | ')' | '—' | '–' => back_to_name(p, last, 25, sentence).then_some(Speaker::Named),
        '\0' if is_word(p, last) => Some(classify(p, last, sentence)),
        _ => None,
    }
}

/// What kind of speaker the noun at `head` is, the words before it considered.
fn classify(p: &Paragraph<'_>, head: usize, sentence: Span) -> Speaker {
    if is_name(p, head) || flagged(p, head, TokenFlags::CLITIC) {
        return Speaker::Named;
    }
    if has(p, head, Lex::PRONOUN) {
        return Speaker::Pronoun;
    }
    if back_to_name(p, head, 8, sentence) {
        return Speaker::Named;
    }
    match lex(p, head) {
        word if word.intersects(Lex::AUTHORITY) => Speaker::Authority,
        word if word.intersects(NAMELESS) => Speaker::Nameless,
        _ => Speaker::Other,
    }
}

/// Whether a name stands within `reach` tokens before `end`, without a quotation or a full clause in between.
fn back_to_name(p: &Paragraph<'_>, end: usize, reach: usize, sentence: Span) -> bool {
    let start = end.saturating_sub(reach).max(sentence.start as usize);
    for at in (start..end).rev() {
        if is_name(p, at) {
            return true;
        }
        let clause = reach < 10 && matches!(mark(p, at), ',' | ';' | ':' | '—');
        if clause || is_quote(p, at) {
            return false;
        }
    }
    false
}

fn speaker_after(p: &Paragraph<'_>, start: usize, sentence: Span) -> Option<Speaker> {
    let mut found = None;
    for at in start..(start + 9).min(sentence.end as usize) {
        let token = p.token(at)?;
        if token.kind == TokenKind::Object || is_name(p, at) {
            return Some(Speaker::Named);
        }
        if matches!(token.mark, ',' | '.' | ';' | ':' | '?' | '!') {
            break;
        }
        let next = match token.lex {
            word if word.intersects(NAMELESS.difference(Lex::QUANTIFIER)) => {
                Some(Speaker::Nameless)
            }
            word if word.intersects(Lex::AUTHORITY) => Some(Speaker::Authority),
            word if at == start && word.intersects(Lex::PRONOUN) => Some(Speaker::Pronoun),
            _ => None,
        };
        found = found.max(next);
    }
    found
}

/// The best source that an attribution in `span` names; cues inside `except` do not count.
pub(super) fn best_speaker(p: &Paragraph<'_>, span: Span, except: Span) -> Option<Speaker> {
    let lexical = span
        .iter()
        .filter(|at| !except.contains(*at) && is_cue(p, *at))
        .filter_map(|at| speaker(p, at))
        .max();
    lexical.max(annotated_speaker(p, span, except))
}

/// The best source among the annotated attributions whose cue lies in `span` and not in `except`.
fn annotated_speaker(p: &Paragraph<'_>, span: Span, except: Span) -> Option<Speaker> {
    let list = &p.notes.attributions;
    let cue = |a: &crate::annotate::Attribution| a.cue.first().map_or(0, |cue| cue.start);
    let first = list.partition_point(|a| cue(a) < span.start);
    list[first..]
        .iter()
        .take_while(|a| cue(a) < span.end)
        .filter(|a| a.speech && a.confidence >= 0.5)
        .filter(|a| !a.cue.iter().any(|piece| piece.overlaps(except)))
        .filter(|a| {
            !a.cue.iter().any(|piece| piece.end > 0 && is_passive(p, piece.end as usize - 1))
        })
        .filter_map(|a| a.source.first())
        .filter(|source| !source.is_empty() && source.len() < REACH)
        .map(|source| {
            if source.iter().any(|at| is_name(p, at)) {
                Speaker::Named
            } else {
                classify(p, source.end as usize - 1, *source)
            }
        })
        .max()
}

/// The quotation, if any, whose words hold token `index`; looks at a bounded number of quotations.
pub(super) fn is_quoted(p: &Paragraph<'_>, index: usize) -> bool {
    let list = &p.notes.quotations;
    let after = list.partition_point(|q| q.range.start as usize <= index);
    list[after.saturating_sub(8)..after].iter().any(|q| q.content.contains(index))
}

/// A name as it is written before what follows: one that ends in a full stop gives it up to the sentence's own.
pub(super) fn before_stop(name: &str, stop: bool) -> &str {
    if stop { name.strip_suffix('.').unwrap_or(name) } else { name }
}

/// Whether a source denies where it is named, and so stands behind nothing that is put to it.
pub(super) fn has_denied(story: &Story<'_>, source: &NamedSource) -> bool {
    let end = source.span.end as usize;
    let own = story.paragraphs.get(source.paragraph);
    own.is_some_and(|own| (end..end + 4).any(|next| own.is_in(next, &lists::REFUSALS)))
}

/// The surname of a source who was introduced before paragraph `number`, if it is a person.
pub(super) fn later_name(story: &Story<'_>, number: usize, source: &NamedSource) -> Option<String> {
    let place = story.paragraphs.get(source.paragraph)?;
    let mentions = &place.notes.mentions;
    let mention = mentions.partition_point(|mention| mention.span.end <= source.span.start);
    let named = mentions.get(mention).filter(|m| source.span.start == m.span.start)?;
    if source.paragraph >= number || named.kind != MentionKind::Name {
        return None;
    }
    let person = story.people.get(story.person_of(source.paragraph, mention)?)?;
    (!person.family.is_empty()).then(|| person.family.clone())
}

//! Sources without a name, as several rules read them: the noun phrase ("two officials", "the source", "a person close to
//! him"), and whether it is on record for something.

use crate::annotate::{MentionFlags, MentionKind, Paragraph};
use crate::lang::en::Lex;
use crate::rules::phrases::{
    self, FUNCTION, flagged, has, is_adverb, is_any, is_quote, is_word, mark,
};
use crate::segment::{Span, TokenFlags, TokenKind};

/// What a source is called, whatever its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// "source", "insider".
    Source,
    /// "person", "people".
    Person,
    /// "official".
    Official,
    /// "aide".
    Aide,
    /// "adviser".
    Adviser,
}

/// How a noun phrase opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// "a source", "one official", "two aides", "several people".
    New,
    /// "the source", "those officials".
    Known,
    /// "his aides", "the mayor's aides".
    Owned,
    /// "another source", "a second official", "one of the aides": there are more of them.
    More,
    /// "sources", "officials".
    Bare,
}

/// A noun phrase for an unnamed source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unnamed {
    /// From determiner to head.
    pub(super) span: Span,
    /// How it opens.
    pub(super) opening: Opening,
    /// What it is called.
    pub(super) label: Label,
    /// Whether there is more than one of them.
    pub(super) plural: bool,
    /// Whether a number or a word of number counts them.
    pub(super) counted: bool,
    /// The number, where it is written as a word from two to ten.
    pub(super) number: Option<usize>,
    /// Whether nothing but a determiner stands before the head.
    pub(super) plain: bool,
}

impl Unnamed {
    /// The token of the noun.
    pub(super) fn head(&self) -> usize {
        (self.span.end as usize).saturating_sub(1)
    }
}

/// The unnamed sources of a paragraph, in order, whatever they do; those that are named in the same breath left out.
pub(super) fn all(p: &Paragraph<'_>) -> impl Iterator<Item = Unnamed> {
    phrases::with_class(p, Lex::UNNAMED).filter_map(|head| at(p, head))
}

/// The unnamed source with its noun at token `head`.
pub(super) fn at(p: &Paragraph<'_>, head: usize) -> Option<Unnamed> {
    let token = p.token(head)?;
    let capital = token.flags.contains(TokenFlags::CAPITAL) && !phrases::opens_sentence(p, head);
    if !token.lex.contains(Lex::UNNAMED)
        || token.flags.contains(TokenFlags::HYPHEN)
        || capital
        || is_named(p, head)
    {
        return None;
    }
    let (label, plural) = label(p, head)?;
    let mut found = Unnamed {
        span: Span::new(head, head + 1),
        opening: Opening::Bare,
        label,
        plural,
        counted: false,
        number: None,
        plain: true,
    };
    found.read_back(p, head);
    (!is_apposed(p, &found)).then_some(found)
}

/// Whether the noun phrase says who somebody named right before it is: "Ana Ruiz, an official at the port,"; "in Riverton,
/// sources said" says nothing of Riverton.
fn is_apposed(p: &Paragraph<'_>, found: &Unnamed) -> bool {
    let start = found.span.start as usize;
    let Some(comma) = start.checked_sub(1).filter(|at| mark(p, *at) == ',') else { return false };
    let speaks = has(p, found.head() + 1, Lex::SPEECH);
    let list = &p.notes.mentions;
    let next = list.partition_point(|m| (m.span.end as usize) < comma);
    !(speaks && found.opening == Opening::Bare)
        && list
            .get(next)
            .is_some_and(|m| m.span.end as usize == comma && m.kind == MentionKind::Name)
}

fn label(p: &Paragraph<'_>, head: usize) -> Option<(Label, bool)> {
    let labels = [
        (Label::Source, ["source", "insider"], ["sources", "insiders"]),
        (Label::Person, ["person", "person"], ["people", "people"]),
        (Label::Official, ["official", "official"], ["officials", "officials"]),
        (Label::Aide, ["aide", "aide"], ["aides", "aides"]),
        (Label::Adviser, ["adviser", "advisor"], ["advisers", "advisors"]),
    ];
    labels.into_iter().find_map(|(label, one, several)| {
        let plural = is_any(p, head, &several);
        (plural || is_any(p, head, &one)).then_some((label, plural))
    })
}

/// Tokens before a noun that are looked at for its determiner.
const BEFORE: usize = 7;

/// Words that say that there are more of them.
const MORE: [&str; 7] = ["another", "other", "second", "third", "fourth", "different", "separate"];

impl Unnamed {
    /// Reads the words before the noun.
    fn read_back(&mut self, p: &Paragraph<'_>, head: usize) {
        let mut more = false;
        let mut start = head;
        while let Some(before) = start.checked_sub(1).filter(|at| head - at <= BEFORE) {
            let number = p.token(before).is_some_and(|t| t.kind == TokenKind::Number);
            more |= is_any(p, before, &MORE);
            let value = COUNTS.iter().take(9).position(|word| p.is(before, word));
            self.number = value.map(|value| value + 2).or(self.number);
            self.counted |= number || is_any(p, before, &COUNTS);
            let owned = is_any(p, before, &["its", "his", "her", "their", "our", "my", "your"]);
            if owned || flagged(p, before, TokenFlags::CLITIC) {
                self.opening = Opening::Owned;
                start = before;
                break;
            }
            if is_any(p, before, &["the", "these", "those", "both", "that", "this"]) {
                self.opening = Opening::Known;
                start = before;
                break;
            }
            if is_any(p, before, &["a", "an", "one", "another", "some", "any"]) {
                self.opening = Opening::New;
                start = before;
                break;
            }
            if !number && (!is_word(p, before) || has(p, before, FUNCTION | Lex::SPEECH)) {
                break;
            }
            self.plain &= number || is_any(p, before, &COUNTS) || more;
            start = before;
        }
        if self.opening == Opening::Bare && self.counted {
            self.opening = Opening::New;
        }
        let definite = matches!(self.opening, Opening::Known | Opening::Owned);
        let part = start > 1 && p.is(start - 1, "of") && definite;
        if more || part {
            self.opening = Opening::More;
        }
        self.span = Span::new(start, head + 1);
    }
}

/// Words of number, from two to ten first.
pub(super) const COUNTS: [&str; 14] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "multiple",
    "many", "various", "few",
];

/// Whether a name stands right behind the noun: "official Ana Ruiz", "an official, Ana Ruiz,".
fn is_named(p: &Paragraph<'_>, head: usize) -> bool {
    let next = head + 1 + usize::from(mark(p, head + 1) == ',');
    let list = &p.notes.mentions;
    let from = list.partition_point(|m| (m.span.end as usize) <= next);
    list.get(from).is_some_and(|m| {
        m.kind == MentionKind::Name
            && m.span.start as usize <= next
            && !m.is(MentionFlags::NAMESAKE)
    }) || next == head + 1 && flagged(p, next, TokenFlags::CAPITAL) && is_word(p, next)
}

/// Whether the words behind the noun say how the source knows: "familiar with", "close to", "briefed on".
pub(super) fn knows(p: &Paragraph<'_>, head: usize) -> bool {
    let next = head + 1;
    is_any(p, next, &["familiar", "close", "briefed", "knowledgeable", "involved", "aware"])
        || p.is(next, "with")
            && (next + 1..next + 4).any(|at| is_any(p, at, &["knowledge", "ties", "access"]))
}

/// Whether the source in `start..end` says something: a verb of speech behind it or before it, or "according to".
pub(super) fn on_record(p: &Paragraph<'_>, start: usize, end: usize) -> bool {
    if start > 1 && p.is(start - 1, "to") && p.is(start - 2, "according") {
        return true;
    }
    let verb =
        (end..end + 3).find(|at| !has(p, *at, Lex::AUXILIARY) && !is_adverb(p, *at)).unwrap_or(end);
    let passive = (end..verb).any(|at| is_any(p, at, &["is", "are", "was", "were", "been", "be"]));
    let plain = !passive && !flagged(p, verb, TokenFlags::CAPITAL);
    if has(p, verb, Lex::SPEECH) && plain && !p.text(verb).ends_with("ing") {
        return true;
    }
    is_inverted(p, start) && (mark(p, end) != '\0' || end >= p.tokens().len())
}

/// "..., said a source": the verb stands before the phrase that starts at `start`, behind a comma or a quotation.
fn is_inverted(p: &Paragraph<'_>, start: usize) -> bool {
    let verb = start.checked_sub(1).filter(|at| has(p, *at, Lex::SPEECH));
    verb.and_then(|at| at.checked_sub(1)).is_some_and(|at| mark(p, at) == ',' || is_quote(p, at))
}

/// Whether the attributions of the paragraph give the noun at `head` as a source of speech.
pub(super) fn is_source(p: &Paragraph<'_>, head: usize) -> bool {
    // Attributions go by cue, and a source stands near its own.
    let list = &p.notes.attributions;
    let cue = |a: &crate::annotate::Attribution| a.cue.first().map_or(0, |cue| cue.start as usize);
    let from = list.partition_point(|a| cue(a) + phrases::REACH < head);
    list[from..]
        .iter()
        .take_while(|a| cue(a) < head + phrases::REACH)
        .filter(|a| a.speech && a.confidence >= 0.5)
        .any(|a| a.source.iter().any(|source| source.contains(head)))
}

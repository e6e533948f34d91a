//! Whether a word with a capital is somebody's name where it stands, or only a word.
//!
//! "Price", "April" and "Chelsea" are names of people, and words of other kinds. Once the article has named Tom Price, a
//! Price at the head of a sentence may be him or may open "Price controls failed"; the words beside it tell. Where they do
//! not, it is nobody: a name that is missed costs a reader less than a word that is taken for one.

use super::types::Gender;
use crate::annotate::{Mention, MentionFlags, Paragraph};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::lang::en::names::{Usage, usage};
use crate::segment::{TokenFlags, TokenKind};

/// Which part of a person's name a single word is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The name that stands for the person alone.
    Family,
    /// The given name.
    Given,
    /// A word between them, which is a surname in some cultures.
    Middle,
}

/// A single name and what stands around it.
struct Place<'p, 'a> {
    p: &'p Paragraph<'a>,
    mention: &'p Mention,
    at: usize,
}

/// Whether the single name of a mention, which is that part of somebody's name, is the name here. `shown` says that the
/// person was called by it before where no sentence starts.
pub(super) fn is_name(p: &Paragraph<'_>, mention: &Mention, part: Part, shown: bool) -> bool {
    if !mention.title.is_empty() || mention.is(MentionFlags::NAMESAKE) {
        return true;
    }
    let place = Place { p, mention, at: mention.name.start as usize };
    let lex = place.lex(place.at);
    let calendar = lex.intersects(Lex::MONTH | Lex::WEEKDAY);
    if calendar
        || part == Part::Given && (lex.contains(Lex::PLACE) || place.is(place.at, Usage::THING))
    {
        return !place.is_thing() && (place.acts() || place.introduced());
    }
    if part == Part::Middle {
        return place.owns() || place.supported(shown);
    }
    // "House", "White": too often part of something else to be a name without the words beside it.
    let given = Lex::WOMAN | Lex::MAN | Lex::FAMILY_FIRST;
    let common = lex.intersects(Lex::ORGANISATION | Lex::PLACE_OPENER) && !lex.intersects(given);
    let opens = mention.flags.intersects(MentionFlags::OPENS | MentionFlags::TITLE_CASE);
    let ordinary = lex.intersects(Lex::OFFICE | Lex::RANK) || place.is(place.at, Usage::ORDINARY);
    let inside = !opens && place.is(place.at, Usage::ORDINARY);
    !(common && !inside || opens && ordinary) || place.owns() || place.supported(shown)
}

impl Place<'_, '_> {
    fn lex(&self, at: usize) -> Lex {
        self.p.token(at).map_or(Lex::empty(), |token| token.lex)
    }

    fn is(&self, at: usize, of: Usage) -> bool {
        self.p.token(at).is_some_and(|token| usage(token.hash).contains(of))
    }

    fn end(&self) -> usize {
        self.mention.name.end as usize
    }

    fn has(&self, at: usize, flags: TokenFlags) -> bool {
        self.p.token(at).is_some_and(|token| token.flags.contains(flags))
    }

    /// "in April", "April 2024", "April 3".
    fn is_thing(&self) -> bool {
        let number = self.p.token(self.end()).is_some_and(|t| t.kind == TokenKind::Number);
        number || self.at.checked_sub(1).is_some_and(|before| self.is(before, Usage::BEFORE_THING))
    }

    /// "Price’s".
    fn owns(&self) -> bool {
        let text = self.p.text(self.end());
        self.has(self.end(), TokenFlags::CLITIC) && (text.len() <= 3 || text.ends_with(['s', 'S']))
    }

    /// The first word after the name that is no adverb, unless it is a capital inside a line of small letters.
    fn verb(&self) -> Option<usize> {
        let mut at = self.end();
        let adverbs =
            ["also", "then", "later", "never", "once", "still", "first", "now", "just", "again"];
        if self.p.text(at).ends_with("ly") || adverbs.iter().any(|word| self.p.is(at, word)) {
            at += 1;
        }
        let word = self.p.token(at).filter(|token| token.kind == TokenKind::Word)?;
        let small =
            !word.flags.contains(TokenFlags::CAPITAL) || self.mention.is(MentionFlags::TITLE_CASE);
        small.then_some(at)
    }

    /// Whether a verb of speech or thought, or one of what only people do, stands beside the name.
    fn acts(&self) -> bool {
        let says = Lex::SPEECH | Lex::THOUGHT;
        let before = self.at.checked_sub(1).is_some_and(|at| {
            self.lex(at).contains(Lex::SPEECH)
                && !self.has(at, TokenFlags::CAPITAL)
                && !self.is(at, Usage::SPEECH_NOUN)
                && self.mention.is(MentionFlags::SPEAKS)
        });
        before
            || self.verb().is_some_and(|at| {
                self.lex(at).intersects(says) && !self.is(at, Usage::SPEECH_NOUN)
                    || self.is(at, Usage::PERSONAL)
            })
    }

    /// "who", ", who", ", 45,".
    fn introduced(&self) -> bool {
        let end = self.end();
        let comma = self.p.token(end).is_some_and(|token| token.mark == ',');
        let next = end + usize::from(comma);
        let who = self.p.is(next, "who") || self.p.is(next, "whose");
        let age = comma
            && self.p.token(next).is_some_and(|token| token.kind == TokenKind::Number)
            && self.p.text(next).len() <= 2
            && self.p.token(next + 1).is_some_and(|token| token.mark == ',');
        who || age
    }

    /// Whether what follows takes a name before it rather than a noun without an article.
    fn supported(&self, shown: bool) -> bool {
        if self.acts() || self.introduced() {
            return true;
        }
        let word = self.p.text(self.at);
        let plural = word.ends_with(['s', 'S']) && !word.to_ascii_lowercase().ends_with("ss");
        if plural || self.is(self.at, Usage::MASS) {
            let one = ["was", "is", "has", "does"];
            let singular = plural && one.iter().any(|word| self.p.is(self.end(), word));
            return singular || plural && self.takes_object() || shown && self.finite();
        }
        let end = self.end();
        let comma = self.p.token(end).is_some_and(|token| token.mark == ',');
        comma || self.p.is(end, "and") && self.has(end + 1, TokenFlags::CAPITAL) || self.finite()
    }

    /// Whether a verb in the third person with its object follows: "runs the office", which after a plural shows a name too.
    fn takes_object(&self) -> bool {
        let Some(at) = self.verb() else { return false };
        let text = self.p.text(at);
        let opens = Lex::DETERMINER | Lex::PRONOUN | Lex::QUANTIFIER;
        text.len() > 3
            && text.ends_with('s')
            && !text.ends_with("ss")
            && (self.lex(at + 1).intersects(opens)
                || self.p.token(at + 1).is_some_and(|t| t.kind == TokenKind::Number)
                || self.has(at + 1, TokenFlags::CAPITAL)
                    && !self.mention.is(MentionFlags::TITLE_CASE))
    }

    /// Whether a finite verb follows; in a headline also "to resign".
    fn finite(&self) -> bool {
        let Some(at) = self.verb() else { return false };
        let text = self.p.text(at);
        self.lex(at).contains(Lex::AUXILIARY)
            || ["wo", "ca"].iter().any(|word| self.p.is(at, word))
            || self.takes_object()
            || self.is(at, Usage::VERB)
            || text.len() > 4 && (text.ends_with("ed") || text.ends_with("ED"))
            || self.p.block.kind == BlockKind::Headline && self.p.is(at, "to")
    }
}

/// Whether "in", "from" and the like stand before the name, so that it is the place.
pub(super) fn after_place_preposition(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let Some(before) = (mention.name.start as usize).checked_sub(1) else { return false };
    ["in", "from", "at", "near", "to", "outside", "across", "into", "around"]
        .iter()
        .any(|word| paragraph.is(before, word))
}

/// "Allen, Texas": a town before its state.
pub(super) fn before_state(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let comma = mention.span.end as usize;
    let place = |at| {
        paragraph.token(at).is_some_and(|token| {
            token.lex.contains(Lex::PLACE) || token.flags.contains(TokenFlags::ABBREVIATION)
        })
    };
    paragraph.token(comma).is_some_and(|token| token.mark == ',')
        && place(comma + 1)
        && (mention.span.start as usize).checked_sub(1).is_some_and(|before| {
            paragraph.token(before).is_some_and(|token| token.lex.contains(Lex::PREPOSITION))
        })
}

/// What the given name or the courtesy title tells.
pub(super) fn gender(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<Gender> {
    for at in mention.title.iter() {
        let word = paragraph.text(at).trim_end_matches('.');
        if ["Mr", "Sir", "Lord", "King", "Prince", "Congressman"].contains(&word) {
            return Some(Gender::Man);
        }
        if ["Mrs", "Ms", "Miss", "Dame", "Lady", "Queen", "Princess", "Congresswoman"]
            .contains(&word)
        {
            return Some(Gender::Woman);
        }
    }
    if mention.is(MentionFlags::SINGLE) {
        return None;
    }
    let lex = paragraph.token(mention.name.start as usize)?.lex;
    match (lex.contains(Lex::WOMAN), lex.contains(Lex::MAN)) {
        (true, false) => Some(Gender::Woman),
        (false, true) => Some(Gender::Man),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Article};

    /// How many mentions the person has whom a text names first.
    fn mentions(text: &str) -> usize {
        let article = Article { text, ..Article::default() };
        Analyzer::default()
            .annotate(&article)
            .people
            .first()
            .map_or(0, |person| person.mentions.len())
    }

    #[test]
    fn a_person_who_was_named_does_things() {
        let surnames = [
            "Smith", "Taylor", "Wagner", "Parker", "Baker", "Brown", "Rice", "Wood", "Price",
            "Gordon",
        ];
        let phrases = [
            "runs the office",
            "supports the bill",
            "opposes a vote",
            "visited Paris",
            "faced a vote",
            "won't run",
            "has left",
            "will go",
            "said so",
            "thanks the voters",
        ];
        for surname in surnames {
            for phrase in phrases {
                let text = format!("Mayor Ana {surname} spoke. {surname} {phrase}.");
                assert_eq!(mentions(&text), 2, "{text}");
            }
        }
        for plural in ["Banks", "Gates", "Hill", "Rivers"] {
            let text = format!("Mayor Ana {plural} spoke. {plural} runs the office.");
            assert_eq!(mentions(&text), 2, "{text}");
        }
    }

    #[test]
    fn an_ordinary_word_that_opens_a_sentence_is_nobody() {
        for (surname, sentence) in [
            ("Price", "Price controls failed."),
            ("Price", "Price controls on rent failed."),
            ("Banks", "Banks failed in Ohio."),
            ("Park", "Park rangers saw it."),
            ("Snow", "Snow covered the roads."),
            ("Hope", "Hope springs eternal."),
            ("Brown", "Brown bears are shy."),
            ("Rice", "Rice prices rose."),
        ] {
            let text = format!("Mayor Ana {surname} spoke. {sentence}");
            assert_eq!(mentions(&text), 1, "{text}");
        }
    }
}

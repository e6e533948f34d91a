//! Names in headlines and headings where nearly every word has a capital, so that nothing shows where a name ends:
//! "BRIDGE BACKERS DEFY RUIZ". Only words that no mention claims are looked at. The full name is renamed wherever it
//! stands; the surname alone only where it can be nothing else: it is no ordinary word, and what follows is a verb, a mark
//! or the end. A headline that keeps the old name is seen at once; "Lund House Is Shut" for the White House may not be.

use super::{Renaming, split};
use crate::annotate::{Mention, MentionFlags, Paragraph};
use crate::diagnostic::Edit;
use crate::document::BlockKind;
use crate::lang::en::names::{Usage, usage};
use crate::lang::en::{Lex, fingerprint};
use crate::resolve::{Person, Story, fold};
use crate::segment::{Token, TokenFlags, TokenKind};
use crate::text::Field;

/// Such headlines, and what is known of the person.
pub(super) struct Headlines<'s, 'a> {
    story: &'s Story<'a>,
    /// In reading order.
    headlines: Vec<&'s Paragraph<'a>>,
    person: &'s Person,
    family: String,
    given: String,
    name: Vec<String>,
    /// Whether the surname is a word of the language too.
    is_word: bool,
}

impl<'s, 'a> Headlines<'s, 'a> {
    /// Finds them.
    pub(super) fn new(story: &'s Story<'a>, person: &'s Person) -> Self {
        let headline = |p: &&Paragraph<'_>| {
            p.field == Field::Text
                && matches!(p.block.kind, BlockKind::Headline | BlockKind::Subheading)
                && is_capitals(p)
        };
        let headlines: Vec<_> = story.paragraphs.iter().filter(headline).collect();
        let family = fold(&person.family).into_owned();
        Self {
            story,
            person,
            given: fold(&person.given).into_owned(),
            name: split(&person.name),
            is_word: !headlines.is_empty() && is_word(story, &family),
            headlines,
            family,
        }
    }

    /// Whether a mention may be a word of such a headline: "Bakers Agree On Price".
    pub(super) fn is_doubtful(&self, p: &Paragraph<'_>, mention: &Mention) -> bool {
        let known = MentionFlags::SURE | MentionFlags::SPEAKS;
        self.is_word
            && mention.is(MentionFlags::SINGLE)
            && mention.title.is_empty()
            && !mention.flags.intersects(known)
            && self.headlines.binary_search_by_key(&p.index, |headline| headline.index).is_ok()
    }

    /// The edits beside those of the mentions.
    pub(super) fn edits(&self, renaming: &Renaming) -> Vec<Edit> {
        let family = &self.person.family;
        let shared = self.story.people.iter().filter(|other| other.family == *family).count() > 1;
        if shared || family.is_empty() {
            return Vec::new();
        }
        self.headlines.iter().flat_map(|p| self.edits_of(p, renaming)).collect()
    }

    fn edits_of(&self, p: &Paragraph<'_>, renaming: &Renaming) -> Vec<Edit> {
        // "Lund, Ruiz & Sons"
        let firm = (0..p.tokens().len()).any(|at| p.is(at, "&"));
        let surnames = (0..p.tokens().len()).filter(|&at| *fold(p.text(at)) == *self.family);
        let free =
            surnames.filter(|&at| !is_claimed(self.story, p, at) && p.quotation_at(at).is_none());
        let names = free.filter_map(|at| self.from(p, at, firm).map(|from| (from, at)));
        let edits = names.flat_map(|(from, at)| {
            let places: Vec<usize> = (from..=at).collect();
            renaming.edits_of(p, &places)
        });
        edits.collect()
    }

    /// Where the person's name starts that ends in the surname at token `at`; `None` where it may be no name of hers.
    fn from(&self, p: &Paragraph<'_>, at: usize, firm: bool) -> Option<usize> {
        let lex = |at: usize| p.token(at).map_or(Lex::empty(), |token| token.lex);
        let mut from = at;
        // "DE LA CRUZ", if that is her name.
        while let Some(first) = before(p, from).filter(|&first| lex(first).contains(Lex::PARTICLE))
        {
            from = first;
            if at - from > 3 {
                return None;
            }
        }
        if !self.has(p, from, at) {
            return None;
        }
        let initial = |at: &usize| p.text(*at).trim_end_matches('.').chars().count() == 1;
        let first = before(p, from);
        let given = match first.filter(initial) {
            Some(initial) => Some(before(p, initial)?),
            None => first,
        };
        let is_hers = |at: &usize| !self.given.is_empty() && *fold(p.text(*at)) == *self.given;
        if let Some(given) = given.filter(is_hers) {
            return (!lex(at + 1).contains(Lex::ORGANISATION)).then_some(given);
        }
        let alone = first == given && !self.is_word && !firm;
        (alone && follows_safely(p, first, from) && goes_on_safely(p, at)).then_some(from)
    }

    /// Whether the tokens from `from` to `at` stand in her name; the surname alone does.
    fn has(&self, p: &Paragraph<'_>, from: usize, at: usize) -> bool {
        let words: Vec<String> = (from..=at).map(|at| fold(p.text(at)).into_owned()).collect();
        words.len() == 1 || self.name.windows(words.len()).any(|part| *part == *words)
    }
}

/// Whether a mention of somebody holds token `at`.
fn is_claimed(story: &Story<'_>, p: &Paragraph<'_>, at: usize) -> bool {
    let mentions = &p.notes.mentions;
    let after = mentions.partition_point(|mention| mention.span.start as usize <= at);
    // A title in apposition may start inside what the name before it covers.
    (after.saturating_sub(2)..after).any(|number| {
        mentions.get(number).is_some_and(|mention| mention.span.contains(at))
            && story.person_of(p.index, number).is_some()
    })
}

/// Whether the surname is a word of the language too, as far as the word files or the article tell.
fn is_word(story: &Story<'_>, family: &str) -> bool {
    let of_article = |token: &Token, text: &str| {
        token.kind == TokenKind::Word
            && text.starts_with(char::is_lowercase)
            && !token.flags.intersects(TokenFlags::TAG | TokenFlags::CLITIC)
            && *fold(text) == *family
    };
    let harmless = Lex::FAMILY_FIRST;
    !(crate::lang::en::lexicon(family) - harmless).is_empty()
        || usage(fingerprint(family)).intersects(Usage::ORDINARY | Usage::HEADLINE)
        || story
            .paragraphs
            .iter()
            .any(|p| p.tokens().iter().enumerate().any(|(at, token)| of_article(token, p.text(at))))
}

/// Whether what stands before a surname leaves it a name by itself: no other given name, no lake, no town.
fn follows_safely(p: &Paragraph<'_>, first: Option<usize>, from: usize) -> bool {
    let spaced = p.token(from).is_some_and(|token| token.flags.contains(TokenFlags::SPACE));
    let Some(first) = first else { return from == 0 || spaced };
    let lex = p.token(first).map_or(Lex::empty(), |token| token.lex);
    let title = Lex::OFFICE | Lex::RANK | Lex::HONORIFIC | Lex::STANDING;
    let place = ["of", "in", "at", "near", "storm", "hurricane", "cyclone", "typhoon"];
    let named = Lex::WOMAN | Lex::MAN | Lex::ORGANISATION | Lex::PLACE_OPENER | Lex::DETERMINER;
    let leads = title
        | Lex::PREPOSITION
        | Lex::CONJUNCTION
        | Lex::AUXILIARY
        | Lex::OPENER
        | Lex::SPEECH
        | Lex::THOUGHT;
    // The first word may be a given name that no list has.
    let opens = before(p, first).is_none() && !lex.intersects(leads);
    let thing = lex.intersects(named) && !lex.intersects(title);
    spaced && !opens && !thing && !place.iter().any(|word| p.is(first, word))
}

/// Whether what stands behind the surname at token `at` shows a person.
fn goes_on_safely(p: &Paragraph<'_>, at: usize) -> bool {
    let Some(next) = p.token(at + 1) else { return true };
    if next.flags.contains(TokenFlags::CLITIC) {
        return !is(p, at + 2, Usage::SHOP);
    }
    if next.kind == TokenKind::Word {
        let adverbs =
            ["to", "again", "today", "tonight", "tomorrow", "now", "still", "never", "not"];
        return next.lex.contains(Lex::AUXILIARY)
            || adverbs.iter().any(|word| p.is(at + 1, word))
            || is_verb(p, at + 1);
    }
    match p.text(at + 1) {
        // "Ruiz, Texas"
        "," => p.token(at + 2).is_none_or(|after| !after.lex.contains(Lex::PLACE)),
        ":" | ";" | "." | "?" | "!" => true,
        "—" | "–" | "-" => next.flags.contains(TokenFlags::SPACE),
        _ => false,
    }
}

/// Whether the word at token `at` is a verb that tells what somebody does or did: "Says", "Wins", "Insisted".
fn is_verb(p: &Paragraph<'_>, at: usize) -> bool {
    let is_form = |at: usize| {
        let word = fold(p.text(at));
        let other = ["ss", "us", "is", "ous"].iter().any(|end| word.ends_with(end));
        word.len() > 3 && word.ends_with('s') && !other
    };
    let Some(token) = p.token(at) else { return false };
    let says = Lex::SPEECH | Lex::THOUGHT | Lex::VERDICT | Lex::LOADED_SPEECH;
    if token.lex.intersects(says) && !token.lex.contains(Lex::ORGANISATION) {
        return is_form(at) || p.text(at).ends_with(['d', 'D']);
    }
    let plain = (token.lex - (Lex::PROCEDURE | Lex::MIND | Lex::CLAIM_CUE)).is_empty();
    // "Ruiz Foods Recalls Fish": the second is the verb.
    plain && is_form(at) && !is_form(at + 1) && !is(p, at, Usage::FIRM)
}

/// Whether the word at token `at` is of that kind.
fn is(p: &Paragraph<'_>, at: usize, of: Usage) -> bool {
    p.token(at).is_some_and(|token| usage(token.hash).contains(of))
}

/// The word right before token `at`.
fn before(p: &Paragraph<'_>, at: usize) -> Option<usize> {
    let first = at.checked_sub(1)?;
    p.token(first).is_some_and(|token| token.kind == TokenKind::Word).then_some(first)
}

/// Whether nearly every word has a capital.
fn is_capitals(p: &Paragraph<'_>) -> bool {
    let small = Lex::PREPOSITION | Lex::DETERMINER | Lex::CONJUNCTION | Lex::AUXILIARY;
    let words = p.tokens().iter().filter(|token| {
        token.kind == TokenKind::Word
            && !token.lex.intersects(small)
            && !token.flags.contains(TokenFlags::CLITIC)
    });
    let (mut all, mut capitals) = (0, 0);
    for word in words {
        all += 1;
        capitals += usize::from(word.flags.contains(TokenFlags::CAPITAL));
    }
    all > 1 && capitals * 10 >= all * 9
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::super::rename;
    use super::super::tests::renamed;
    use crate::document::Format;

    #[test]
    fn headlines_with_many_capitals() {
        for (headline, wanted) in [
            ("RUIZ SAYS BRIDGE IS SAFE", "LÓPEZ SAYS BRIDGE IS SAFE"),
            ("BRIDGE IS SAFE, ANA RUIZ INSISTS", "BRIDGE IS SAFE, EVA LÓPEZ INSISTS"),
            ("ANA M. RUIZ ON BRIDGE REPAIRS", "EVA M. LÓPEZ ON BRIDGE REPAIRS"),
            ("Bridge Backers Defy Ruiz Again", "Bridge Backers Defy López Again"),
            ("Bridge Backers Defy Ruiz", "Bridge Backers Defy López"),
            ("Council Backs Ruiz, Rejects Bridge", "Council Backs López, Rejects Bridge"),
            ("Council Rejects Ruiz’s Bridge Plan", "Council Rejects López’s Bridge Plan"),
            ("Why Ruiz Will Not Run Again", "Why López Will Not Run Again"),
            ("RUIZ WINS", "LÓPEZ WINS"),
        ] {
            assert_eq!(headline_renamed("Ana Ruiz", headline), wanted);
        }
        for headline in [
            "“RUIZ IS RIGHT” ON BRIDGE",
            "TOM RUIZ IS SAFE AT HOME",
            "RUIZ FOUNDATION",
            "Council Closes Ruiz Street",
            "Ruiz Street Is Closed Again",
            "ANA RUIZ FOUNDATION GIVES MORE",
            "Ruiz Foods Recalls Frozen Fish",
            "Ruiz & Sons Closes Its Doors",
            "Lund, Ruiz & Sons, Builders",
            "Flood Hits Lake Ruiz",
            "Hotel Ruiz Closes Its Doors",
            "The Ruiz Sinks Off Norway",
            "Cafes Like Ruiz’s Diner Thrive",
        ] {
            assert_eq!(headline_renamed("Ana Ruiz", headline), headline);
        }
        let headline = "DE LA CRUZ SAYS BRIDGE IS SAFE";
        let wanted = "LÓPEZ SAYS BRIDGE IS SAFE";
        assert_eq!(headline_renamed("Ana de la Cruz", headline), wanted);
    }

    #[test]
    fn surnames_that_are_words_stay_in_headlines_with_many_capitals() {
        for (name, headline) in [
            ("Ana White", "White House Is Shut, Says Mayor"),
            ("Ana Price", "PRICE OF BREAD UP"),
            ("Ana Price", "Price Rises Hit Bakers"),
            ("Ana Price", "Bakers Agree On Price"),
            ("Ana Hill", "Hill Street Is Closed Today"),
            ("Ana Brown", "Brown Bear Escapes Zoo"),
            ("Ana Green", "Green Party Wins"),
            ("Ana Black", "BLACK FRIDAY SALES UP"),
            ("Ana Gates", "Gates Close At Nine"),
            ("Ana Young", "Young Voters Turn Out"),
            ("Ana Rice", "Rice Prices Double Again"),
        ] {
            assert_eq!(headline_renamed(name, headline), headline);
        }
        let headline = "BREAD PRICE TOO HIGH, ANA PRICE INSISTS";
        let wanted = "BREAD PRICE TOO HIGH, EVA LÓPEZ INSISTS";
        assert_eq!(headline_renamed("Ana Price", headline), wanted);
        // The article itself writes the word in small letters.
        let text = "# Shops Run Out Of Zorbel\n\nMayor Ana |Zorbel spoke. A zorbel is a cake.\n";
        let wanted = text.replace("Ana |Zorbel", "Eva López");
        assert_eq!(renamed(text, "Eva López"), wanted);
    }

    /// A headline after its person, whom the text names in full, is renamed Eva López.
    fn headline_renamed(name: &str, headline: &str) -> String {
        let (given, rest) = name.split_once(' ').unwrap();
        let text = format!("# {headline}\n\nMayor {given} |{rest} spoke. Tom Lund left.\n");
        let out = renamed(&text, "Eva López");
        let (first, body) = out.split_once("\n\n").unwrap();
        assert_eq!(body, "Mayor Eva López spoke. Tom Lund left.\n", "{headline}");
        first.trim_start_matches("# ").to_owned()
    }

    #[test]
    fn a_headline_that_repeats_a_surname_takes_linear_time() {
        let time = |times: usize| {
            let text = format!("# {}\n\nMayor Ana R|uiz spoke.\n", "RUIZ WINS, ".repeat(times));
            let (text, byte) = marked(&text);
            let snapshot = untitled(&text, Format::Markdown);
            let position = position(&snapshot, byte);
            let started = std::time::Instant::now();
            let edit = rename(&snapshot, &ABLE, position, "Eva López");
            assert!(edit.is_ok_and(|edit| edit.is_some()));
            started.elapsed()
        };
        let (short, long) = (time(20_000), time(160_000));
        assert!(long < short * 24, "{short:?}, {long:?}");
    }
}

//! What an article calls a person by office, one titled mention at a time: what the rules on titles look at.

mod evidence;
mod fixes;
mod holders;
mod posts;
mod wrong;

pub(super) use evidence::in_office;
pub(super) use fixes::{add_former, drop_former};
pub(super) use holders::Holders;
pub(super) use posts::contradiction;
pub(super) use wrong::{table_help, wrong_title};

use super::{Context, times};
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::Severity;
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::resolve::offices;
use crate::resolve::{Origin, Person, Story, titled_in_apposition};
use crate::rules::phrases::FUNCTION;
use crate::segment::{Token, TokenFlags, TokenKind};
use crate::text::TextRange;
use jiff::civil::Date;

/// One titled mention of the person.
pub(super) struct Call<'s, 'a> {
    pub paragraph: &'s Paragraph<'a>,
    pub mention: &'s Mention,
    pub office: String,
    pub former: bool,
}

impl<'s, 'a> Call<'s, 'a> {
    pub(super) fn new(paragraph: &'s Paragraph<'a>, mention: &'s Mention) -> Self {
        let office = offices::office(paragraph, mention.title);
        let office = office.trim_end_matches("-elect").trim_end_matches("-designate").to_owned();
        Self { paragraph, mention, office, former: mention.is(MentionFlags::FORMER) }
    }

    pub(super) fn range(&self) -> TextRange {
        self.paragraph.bytes(self.mention.span)
    }

    /// Whether its sentence is about an earlier time.
    pub(super) fn is_historical(&self, context: &Context<'_>) -> bool {
        let on = context.dated.map(|day| day.date);
        times::is_historical(self.paragraph, self.mention, on)
    }

    /// Whether "former" may be right because the sentence is of an earlier year; `since` is the first day in office.
    pub(super) fn is_of_earlier(&self, context: &Context<'_>, since: Option<Date>) -> bool {
        let on = context.dated.map(|day| day.date);
        times::is_told_of_earlier(self.paragraph, self.mention, on, since)
    }

    /// "the former mayor": a description that the article may mean somebody else by.
    pub(super) fn is_anaphor(&self) -> bool {
        self.mention.kind == MentionKind::Title
            && !self.mention.is(MentionFlags::APPOSITION)
            && titled_in_apposition(self.paragraph, self.mention).is_none()
    }

    /// Whether the article's "former" contradicts it: all but an act of the past without a day, unless title and full name
    /// open the sentence, as in news.
    pub(super) fn contradicts_former(&self, days: bool) -> bool {
        let start = self.mention.span.start as usize;
        let opens = self.paragraph.sentence_at(start).start as usize == start;
        opens && !self.mention.is(MentionFlags::SINGLE)
            || !times::is_past_act(self.paragraph, self.mention)
            || times::is_present(self.paragraph, self.mention, days)
    }
}

/// The titled mentions of the person in the writer's own words.
pub(super) fn calls<'s, 'a>(story: &'s Story<'a>, person: &Person) -> Vec<Call<'s, 'a>> {
    let mut out = Vec::new();
    for place in &person.mentions {
        let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
        let skip = MentionFlags::QUOTED
            | MentionFlags::THEN
            | MentionFlags::ELECT
            | MentionFlags::ACTING
            | MentionFlags::LATE;
        let office = mention.title.iter().any(|at| {
            paragraph.token(at).is_some_and(|t| {
                t.lex.contains(Lex::OFFICE)
                    || paragraph.is(at, "attorney")
                    || t.flags.contains(TokenFlags::HYPHEN)
            })
        });
        let office = office || offices::is_followed(&offices::office(paragraph, mention.title));
        if !office || mention.flags.intersects(skip) || paragraph.block.kind == BlockKind::Quote {
            continue;
        }
        if mention.kind == MentionKind::Title && !is_definite(paragraph, mention)
            || is_predicate(paragraph, mention)
            || is_of_a_body(paragraph, mention)
        {
            continue;
        }
        let office = offices::office(paragraph, mention.title);
        if office == "leader" || office == "chair" || office == "chairman" {
            continue;
        }
        out.push(Call { paragraph, mention, office, former: mention.is(MentionFlags::FORMER) });
    }
    out
}

/// "the president", and no "president of the college": an office of state is told by no more than a country.
fn is_definite(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let bare = mention.title.end as usize == mention.span.end as usize
        && !mention.title.iter().any(|at| paragraph.is(at, "of"));
    let next = mention.span.end as usize;
    let the = paragraph.is(start, "the") || paragraph.text(start).contains('-');
    bare && !paragraph.is(next, "of") && the || presides(paragraph, mention)
}

/// "Ngozi Okafor, the president of Novara": in apposition, and of a country rather than of a college.
pub(super) fn presides(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let end = mention.span.end as usize;
    let inside = mention.title.iter().find(|&at| paragraph.is(at, "of"));
    let Some(of) = inside.or(Some(end).filter(|&at| paragraph.is(at, "of"))) else { return false };
    let lex = |at: usize| paragraph.token(at).map_or(Lex::empty(), |token| token.lex);
    let capital = |at: usize| {
        paragraph.token(at).is_some_and(|token| token.flags.contains(TokenFlags::CAPITAL))
    };
    let body = (of + 1..of + 6).take_while(|&at| at < end || capital(at)).any(|at| {
        let united = paragraph.is(at, "united") || paragraph.is(at, "states");
        lex(at).contains(Lex::ORGANISATION) && !united
    });
    let the = usize::from(paragraph.is(of + 1, "the"));
    let place = lex(of + 1 + the).contains(Lex::PLACE) || paragraph.is(of + 1 + the, "united");
    // Towns and states have mayors and governors, and banks governors with an article.
    let seat =
        ["mayor", "governor"].iter().any(|seat| paragraph.is(mention.title.start as usize, seat));
    let settled = the == 0 && (paragraph.is(start, "the") || seat)
        || place && (paragraph.is(start, "the") || mention.span.start == mention.title.start);
    // "Ana Ruiz, mayor of Salem from 2010 to 2014," was that.
    let behind = (of + 1 + the..of + 7).find(|&at| !capital(at)).unwrap_or(of + 7).max(end);
    let closed = paragraph.token(behind).is_none_or(|token| token.kind != TokenKind::Word);
    mention.is(MentionFlags::APPOSITION) && settled && capital(of + 1 + the) && !body && closed
}

/// "President of Harbor College Tom Berg", "NRA President": a body's office tells nothing of offices of state.
fn is_of_a_body(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let cabinet = mention.title.iter().any(|at| paragraph.is(at, "secretary"));
    let head = mention.title.iter().find(|&at| paragraph.is(at, "of") && !cabinet);
    let head = head.unwrap_or(usize::MAX);
    let organisation = |at: usize| {
        paragraph.token(at).is_some_and(|token| {
            let houses = ["house", "senate", "state", "states", "united", "kingdom", "republic"];
            let american = ["us", "u.s."];
            let is = |words: &[&str]| words.iter().any(|word| paragraph.is(at, word));
            token.lex.contains(Lex::ORGANISATION) && !is(&houses)
                || token.flags.contains(TokenFlags::UPPER) && !is(&american) && token.lex.is_empty()
        })
    };
    let start = mention.span.start as usize;
    // "University of Novara President Tom Berg".
    let owner = start.checked_sub(2).filter(|&at| {
        let capital = |token: &Token| token.flags.contains(TokenFlags::CAPITAL);
        paragraph.is(at + 1, "of") && paragraph.token(at).is_some_and(capital)
    });
    let before = owner.unwrap_or(start)..mention.title.start as usize;
    let after = mention.title.iter().filter(|&at| at > head);
    before.chain(after).any(organisation) || is_of_a_small_body(paragraph, mention)
}

/// "Student body president Josh Hawley": in small letters behind a noun that is no place.
fn is_of_a_small_body(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let small = |at: usize| {
        paragraph.token(at).is_some_and(|token| {
            token.kind == TokenKind::Word
                && !token.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC)
        })
    };
    let Some(before) = (mention.span.start as usize).checked_sub(1) else { return false };
    let other = FUNCTION
        | Lex::SPEECH
        | Lex::THOUGHT
        | Lex::STANDING
        | Lex::DEMONYM
        | Lex::PLACE
        | Lex::OFFICE
        | Lex::OPENER;
    let word = paragraph.text(before);
    small(mention.title.start as usize)
        && small(before)
        && mention.kind == MentionKind::Name
        && paragraph.token(before).is_some_and(|token| !token.lex.intersects(other))
        && !["ed", "ly", "ing"].iter().any(|end| word.ends_with(end))
}

/// "once Ruiz is former president": what somebody will be or was is no contradiction.
fn is_predicate(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let Some(before) = (mention.span.start as usize).checked_sub(1) else { return false };
    let is_one = |at: usize, words: &[&str]| words.iter().any(|word| paragraph.is(at, word));
    if !is_one(before, &["is", "be", "becomes", "become", "became", "being", "was"]) {
        return false;
    }
    // "It was former Mayor Ruiz who called", "One critic is former Mayor Ruiz": somebody is told to be Ruiz, and not Ruiz to
    // be something.
    let first = paragraph.sentence_at(before).start as usize;
    let named = |at: usize| {
        mention
            .name
            .iter()
            .any(|name| paragraph.text(name).eq_ignore_ascii_case(paragraph.text(at)))
    };
    let personal = ["he", "she", "they", "i", "you", "we", "who", "that"];
    // "One of those who would like it is Gov. Ana Ruiz".
    let full = mention.kind == MentionKind::Name && !mention.is(MentionFlags::SINGLE);
    let subject =
        before.saturating_sub(1 + usize::from(before > 0 && is_one(before - 1, &["now"])));
    // "Among the guests was Gov. Ana Ruiz", "Missing was Gov. Ana Ruiz".
    let opening = ["ing", "ed"].iter().any(|end| paragraph.text(first).ends_with(end))
        || is_one(first, &["absent", "also", "there", "nearby", "less", "more", "most"]);
    let inverted = paragraph.is(before, "was")
        && (opening
            || paragraph.token(first).is_some_and(|token| token.lex.contains(Lex::PREPOSITION)));
    let whole = full
        && (paragraph.is(before, "is") || inverted)
        && before > first
        && !is_one(subject, &personal);
    let names = mention.is(MentionFlags::FORMER)
        && mention.kind == MentionKind::Name
        && paragraph.is(before, "is")
        && !(first.max(before.saturating_sub(SUBJECT))..before)
            .any(|at| named(at) || is_one(at, &personal));
    !(names || whole || before > first && paragraph.is(before - 1, "it"))
}

/// So many tokens before "is" are looked through for its subject.
const SUBJECT: usize = 12;

/// How severe a finding is that rests on the table alone: the table may be out of date, and the article of another day.
pub(super) fn most(context: &Context<'_>, planned: bool) -> Severity {
    let unsure = context.batch && context.dated.is_some_and(|day| day.origin == Origin::Today);
    if unsure || planned { Severity::Info } else { Severity::Warning }
}

//! `title-without-name`: a capitalised title where a name must follow ("welcomed Portuguese President at the palace").

mod called;
mod governs;

use self::called::{Called, Named};
use self::governs::{governs, is_accused};
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::lang::en::names::{Usage, usage};
use crate::resolve::Story;
use crate::resolve::offices;
use crate::rules::{Check, Context, Findings, Group, Rule, phrases};
use crate::segment::{Span, TokenFlags, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "title-without-name",
    group: Group::Titles,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "A title stands where a name must follow",
    what: "A capitalised title, alone or after a nation, with neither an article before nor a name after it: the name \
           was lost. Headlines, posts as such (\"for President\", \"the office of Governor\"), titles with an article, \
           -elect forms and names of parties and films are left alone.",
    why: "A lost name is usually a cut gone wrong, and nobody can tell from the sentence who was meant.",
    bad: &[
        "The king welcomed Portuguese President at the palace on Friday.",
        "The harbor will be dredged, said Prime Minister at a rally.",
        "She sat with Gov. to go over the drought.",
    ],
    good: &[
        "The South Korean president met President Lee and Vice President-elect Ruiz.",
        "He ran for President in 2012 and kept the title of Prime Minister.",
    ],
    fix: "Offers the name that the article last used with this title, if no nation contradicts it, or the title in lower case with \"the\". Always a \
          suggestion.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut called = None;
    for paragraph in &story.paragraphs {
        let prose = matches!(
            paragraph.block.kind,
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Caption
        );
        if !prose || paragraph.tokens().len() < 5 {
            continue;
        }
        ranks(paragraph, findings);
        for (number, mention) in paragraph.notes.mentions.iter().enumerate() {
            if mention.kind != MentionKind::Title || mention.flags.intersects(LEFT) {
                continue;
            }
            let mut office = offices::office(paragraph, mention.title);
            // "Speaker" and "Secretary" often stand alone, but hardly where they are somebody's title in the article.
            let short = SHORTENED.contains(&office.as_str());
            if short {
                let called = called.get_or_insert_with(|| Called::of(story));
                let Some(long) = called.in_full(&office) else { continue };
                office = long.to_owned();
            }
            if let Some(confidence) = lost(paragraph, mention, short) {
                let called = called.get_or_insert_with(|| Called::of(story));
                let nation = offices::place_of(paragraph, mention);
                let other = called.last(&office, nation, context, (paragraph.index, number));
                findings.push(paragraph, finding(paragraph, mention, other).confidence(confidence));
            }
        }
    }
}

/// Titles, shortened or of a ministry or a school, that no sentence uses alone.
fn alone(paragraph: &Paragraph<'_>, at: usize) -> Option<Span> {
    let token = paragraph.token(at)?;
    let capital = |at: usize| {
        paragraph.token(at).is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.flags.contains(TokenFlags::CAPITAL)
                && !token.flags.contains(TokenFlags::CLITIC)
        })
    };
    if !capital(at) || token.lex.contains(Lex::DETERMINER) {
        return None;
    }
    let small = |at: usize| {
        paragraph.token(at).is_some_and(|token| token.kind == TokenKind::Word) && !capital(at)
    };
    let opens = paragraph.sentence_at(at).start as usize == at;
    if SHORT.iter().any(|short| paragraph.text(at) == *short) {
        let before = at.checked_sub(1).and_then(|at| paragraph.token(at));
        let governed = before
            .is_some_and(|token| token.lex.intersects(Lex::PREPOSITION | Lex::SPEECH))
            && small(at - 1);
        let who = paragraph.token(at + 1).is_some_and(|token| token.mark == ',')
            && paragraph.is(at + 2, "who");
        let says = small(at + 1) && acts(paragraph, at + 1);
        return (says && (opens || governed) || who && governed).then(|| Span::new(at, at + 1));
    }
    let says = |at: usize| paragraph.is(at, "said") && paragraph.is(at + 1, "that");
    let end = match () {
        () if !opens => return None,
        () if paragraph.is(at, "superintendent") => at + 1,
        () if capital(at + 1) && paragraph.is(at + 1, "minister") => at + 2,
        () => return None,
    };
    says(end).then(|| Span::new(at, end))
}

/// Offices that may stand alone.
const SHORTENED: [&str; 2] = ["speaker", "secretary"];

/// Ranks and degrees that are shortened before a name only.
const SHORT: [&str; 10] =
    ["Capt.", "Dr.", "Prof.", "Sgt.", "Lt.", "Col.", "Gen.", "Maj.", "Cmdr.", "Rev."];

/// Looks for titles that stand alone and are no offices of state, which the article's mentions do not have.
fn ranks(paragraph: &Paragraph<'_>, findings: &mut Findings) {
    let mentions = &paragraph.notes.mentions;
    for at in 0..paragraph.tokens().len() {
        let Some(span) = alone(paragraph, at).filter(|_| !phrases::is_quoted(paragraph, at)) else {
            continue;
        };
        let known = mentions.partition_point(|other| (other.span.end as usize) <= at);
        // A name that begins here, a known office: the other look has it.
        let named = mentions.get(known).filter(|other| other.span.start as usize <= at);
        if named.is_some_and(|other| {
            other.kind != MentionKind::Title
                || other.flags.intersects(LEFT)
                || is_state_office(paragraph, other.title)
        }) {
            continue;
        }
        findings.push(paragraph, nameless(paragraph, span).confidence(0.75));
    }
}

const LEFT: MentionFlags = MentionFlags::QUOTED
    .union(MentionFlags::ELECT)
    .union(MentionFlags::TITLE_CASE)
    .union(MentionFlags::APPOSITION);

/// Whether a name was lost after the title, and how sure that is. `called` says that the article calls somebody by a title that
/// else may stand alone.
fn lost(paragraph: &Paragraph<'_>, mention: &Mention, called: bool) -> Option<f32> {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let title = mention.title;
    let capital = title.iter().all(|at| {
        paragraph.is(at, "of")
            || paragraph.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL))
    });
    let asks = ["asked", "ask", "asking", "begged", "pressed", "thanked", "let"];
    let asked = start > 0 && asks.iter().any(|word| paragraph.is(start - 1, word));
    let abbreviation = paragraph.token(end - 1)?.flags.contains(TokenFlags::ABBREVIATION);
    // "On the wall behind Sen. hung a map": what is shortened takes a name, whatever word follows. In "Gov. and nominee Ana
    // Ruiz" it does.
    let small = paragraph.token(end).is_some_and(|next| {
        next.kind == TokenKind::Word
            && !next.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC)
            && !["and", "or", "turned"].iter().any(|word| paragraph.is(end, word))
    });
    if !capital || title.is_empty() || !(abbreviation && small || follows(paragraph, end, asked)) {
        return None;
    }
    let of_state = title.len() == 3 && paragraph.is(title.end as usize - 1, "state");
    if paragraph.token(start)?.lex.contains(Lex::DETERMINER)
        || title.iter().any(|at| paragraph.is(at, "of")) && !of_state
    {
        return None;
    }
    let nation = (start..title.start as usize).any(|at| {
        paragraph.token(at).is_some_and(|token| token.lex.intersects(Lex::DEMONYM | Lex::PLACE))
    });
    let unknown_prefix = (start..title.start as usize).any(|at| {
        paragraph.token(at).is_some_and(|token| {
            !token.lex.intersects(Lex::DEMONYM | Lex::PLACE | Lex::PLACE_OPENER | Lex::STANDING)
        })
    });
    if unknown_prefix || !called && !is_state_office(paragraph, title) {
        return None;
    }
    let sentence = paragraph.sentence_at(start).start as usize;
    if start == sentence {
        let marked = nation || abbreviation || paragraph.is(start, "former");
        // "Former Prime Minister accepted the resignation", but no "Former President elected in May".
        let says =
            acts(paragraph, end) || marked && finite(paragraph, end) && takes(paragraph, end);
        return says.then_some(if nation || abbreviation { 0.85 } else { 0.6 });
    }
    // “The road is open,” President said.
    let quoted = paragraph.token(start - 1).is_some_and(|token| token.kind == TokenKind::Quote);
    if quoted {
        return finite(paragraph, end).then_some(0.8);
    }
    if ends_report(paragraph, start, end) {
        return Some(0.75);
    }
    // "waited all day for Sen. to choose": nobody shortens a post.
    let before = paragraph.token(start - 1)?;
    let shortened = abbreviation
        && before.kind == TokenKind::Word
        && !before.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC)
        && !before.lex.contains(Lex::DETERMINER)
        && !["and", "or"].iter().any(|word| paragraph.is(start - 1, word))
        && paragraph.token(end).is_some_and(|next| next.kind == TokenKind::Word);
    if shortened {
        return Some(0.8);
    }
    if opened(paragraph, sentence, start) && finite(paragraph, end) {
        return Some(if abbreviation || nation { 0.8 } else { 0.65 });
    }
    // "at a rally on Tuesday Rep. held up a perch"
    let dated = before.lex.intersects(Lex::WEEKDAY | Lex::MONTH);
    if abbreviation && (dated || before.mark == ';') && finite(paragraph, end) {
        return Some(0.8);
    }
    if of_state && is_last(paragraph, end) {
        return None;
    }
    let governed = governs(paragraph, start - 1, end)?;
    match (abbreviation, nation) {
        (true, _) => Some(0.9),
        _ => governed.then_some(if nation { 0.8 } else { 0.75 }),
    }
}

/// Whether all that stands before the title in its sentence is an adverbial, so that the title is the subject: "In the end
/// President walked", "When the rain stopped, President left". Behind "in", "at" and "on" no article can belong to it; behind
/// other words ("After the popular President left") it can unless a comma stands between.
fn opened(paragraph: &Paragraph<'_>, sentence: usize, start: usize) -> bool {
    let Some(first) = paragraph.token(sentence).filter(|_| start - sentence < ADVERBIAL) else {
        return false;
    };
    let comma = |at: usize| paragraph.token(at).is_some_and(|token| token.mark == ',');
    let before = start - 1;
    let inside = (sentence..before).any(comma);
    let clause = first.lex.intersects(Lex::PREPOSITION | Lex::CONJUNCTION);
    let place = ["in", "at", "on"].iter().any(|word| paragraph.is(sentence, word));
    let weekday = paragraph.token(before).is_some_and(|token| token.lex.contains(Lex::WEEKDAY));
    let noun = paragraph.token(before).is_some_and(|token| {
        token.kind == TokenKind::Word
            && (weekday || !token.flags.contains(TokenFlags::CAPITAL))
            && !token
                .lex
                .intersects(Lex::PREPOSITION | Lex::DETERMINER | Lex::STANDING | Lex::CONJUNCTION)
    });
    !inside && (clause && comma(before) || place && noun && (before > sentence + 1 || weekday))
}

/// "The bridge is closed, Mayor said on Monday.": behind a comma, with nothing before it whose title it could be ("Ana Ruiz,
/// Mayor says").
fn ends_report(paragraph: &Paragraph<'_>, start: usize, end: usize) -> bool {
    let comma = paragraph.token(start - 1).is_some_and(|token| token.mark == ',');
    let plain = start.checked_sub(2).and_then(|at| paragraph.token(at)).is_some_and(|token| {
        let dated = token.lex.intersects(Lex::WEEKDAY | Lex::MONTH);
        token.kind == TokenKind::Number
            || token.kind == TokenKind::Word
                && (dated || !token.flags.contains(TokenFlags::CAPITAL))
    });
    let closes = paragraph.token(end + 1).is_none_or(|token| {
        token.kind != TokenKind::Word || token.lex.intersects(Lex::WEEKDAY | Lex::PREPOSITION)
    });
    comma && plain && paragraph.is(end, "said") && closes
}

/// Whether the verb takes an object, so that it is no participle behind a title: "accepted the resignation".
fn takes(paragraph: &Paragraph<'_>, verb: usize) -> bool {
    paragraph.token(verb + 1).is_some_and(|token| {
        token.lex.intersects(Lex::DETERMINER) || paragraph.is(verb + 1, "against")
    })
}

/// Tokens of an adverbial before the subject.
const ADVERBIAL: usize = 14;

/// Offices that hardly ever stand alone with a capital; "Speaker" and "Secretary" often do.
fn is_state_office(paragraph: &Paragraph<'_>, title: Span) -> bool {
    let office = offices::office(paragraph, title);
    let cabinet = office.starts_with("secretary of ") && office.len() > "secretary of ".len();
    cabinet
        || [
            "house speaker",
            "attorney general",
            "president",
            "vice president",
            "prime minister",
            "governor",
            "lieutenant governor",
            "senator",
            "representative",
            "chancellor",
            "mayor",
            "foreign minister",
            "defense minister",
            "defence minister",
            "finance minister",
            "interior minister",
            "deputy prime minister",
            "premier",
            "first minister",
            "health minister",
            "justice minister",
            "education minister",
            "trade minister",
            "economy minister",
            "home secretary",
            "foreign secretary",
            "health secretary",
        ]
        .contains(&office.as_str())
}

/// Whether a verb follows that a person does.
fn acts(paragraph: &Paragraph<'_>, end: usize) -> bool {
    paragraph.token(end).is_some_and(|token| token.lex.intersects(Lex::SPEECH | Lex::AUXILIARY))
        && !paragraph.is(end, "being")
}

/// Whether the sentence ends behind the title: a post more often than a name that was lost.
fn is_last(paragraph: &Paragraph<'_>, end: usize) -> bool {
    paragraph.token(end).is_none_or(|token| matches!(token.mark, '.' | '!' | '?'))
}

/// Whether a finite verb follows: "arrived", "is".
fn finite(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let verb = [
        "went", "came", "left", "took", "spoke", "met", "made", "got", "sent", "gave", "read",
        "ran", "sat", "stood", "put", "rose", "won", "lost", "drew", "held", "kept", "led", "saw",
        "flew", "drove", "threw", "shook", "wore",
    ];
    acts(paragraph, at)
        || paragraph.text(at).ends_with("ed")
        || paragraph.token(at).is_some_and(|token| {
            usage(token.hash).intersects(Usage::VERB | Usage::PERSONAL)
                && !token.flags.contains(TokenFlags::CAPITAL)
        })
        || verb.iter().any(|word| paragraph.is(at, word))
}

/// Whether what stands after the title shows that no name follows and that the title is no part of something longer; `asked`
/// says that somebody is asked for something.
fn follows(paragraph: &Paragraph<'_>, end: usize, asked: bool) -> bool {
    let Some(next) = paragraph.token(end) else { return false };
    let text = paragraph.text(end);
    let owned = paragraph.token(end + 1).is_some_and(|token| {
        token.kind == TokenKind::Word && !token.flags.contains(TokenFlags::CAPITAL)
    });
    if next.flags.contains(TokenFlags::CLITIC) && text.ends_with('s') {
        return owned;
    }
    if next.kind != TokenKind::Word {
        return matches!(next.mark, '.' | ',')
            && paragraph.token(end + 1).is_none_or(|t| t.flags.contains(TokenFlags::SPACE))
            && !paragraph
                .token(end + 1)
                .is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL) && next.mark == ',');
    }
    if next.lex.intersects(Lex::WEEKDAY) {
        return true;
    }
    let lower =
        !next.flags.contains(TokenFlags::CAPITAL) && !next.flags.contains(TokenFlags::CLITIC);
    let opens =
        |at: usize| paragraph.token(at).is_some_and(|token| token.lex.contains(Lex::DETERMINER));
    let plain = next.lex.intersects(Lex::PREPOSITION | Lex::SPEECH | Lex::THOUGHT | Lex::AUXILIARY)
        || [
            "to",
            "and",
            "or",
            "who",
            "that",
            "again",
            "any",
            "then",
            "twice",
            "late",
            "later",
            "there",
            "home",
            "back",
            "away",
            "last",
            "next",
            "earlier",
            "beforehand",
            "afterward",
            "afterwards",
            "until",
            "since",
            "himself",
            "herself",
            "when",
            "while",
            "because",
            "today",
            "tomorrow",
            "yesterday",
            "tonight",
        ]
        .contains(&text)
        || finite(paragraph, end)
        || opens(end)
        || is_present_verb(paragraph, end)
        || asked && opens(end + 1);
    // "President for life" is a post, "Vice President for a week" not worth a guess.
    let length = ["about", "nearly", "almost"].iter().any(|word| paragraph.is(end + 1, word));
    let accused = end > 0
        && (end.saturating_sub(4)..end).any(|at| is_accused(paragraph, at, end) && !opens(at + 1));
    let post = text == "of" && !accused || text == "for" && !opens(end + 1) && !length && !asked;
    // "the mayor and council"
    let body = ["council", "council,", "aldermen", "commission", "commissioners"];
    let body = text == "and" && body.iter().any(|word| paragraph.is(end + 1, word));
    lower
        && plain
        && !post
        && !body
        && !(text == "and"
            && paragraph.token(end + 1).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL)))
}

/// "returns from Asia", "opens the fair": the present tense by its form, and what follows a verb.
fn is_present_verb(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let text = paragraph.text(at);
    text.len() > 4
        && text.ends_with('s')
        && !text.ends_with("ss")
        && paragraph
            .token(at + 1)
            .is_some_and(|token| token.lex.intersects(Lex::PREPOSITION | Lex::DETERMINER))
}

fn nameless(paragraph: &Paragraph<'_>, title: Span) -> Diagnostic {
    Diagnostic::new(
        paragraph.bytes(title),
        format!("`{}` stands where a name must follow", paragraph.clean(title)),
        "A title before a name has a capital; here the name is missing. Insert the name, or write the title in lower \
         case with an article.",
    )
}

fn finding(
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    other: Option<Named<'_, '_>>,
) -> Diagnostic {
    let title = paragraph.clean(mention.span);
    let mut finding = nameless(paragraph, mention.span);
    if let Some(Named { person, paragraph: place, mention: named, .. }) = other {
        finding = finding
            .related(
                place.field,
                place.bytes(named.span),
                format!("{} is called by this title here", person.name),
            )
            .fix(Fix::suggestion(
                format!("Insert \"{}\"", person.family),
                [Edit::insert(paragraph.bytes(mention.span).end, format!(" {}", person.family))],
            ));
    }
    let range = paragraph.bytes(mention.span);
    let opens = paragraph.sentence_at(mention.span.start as usize).start == mention.span.start;
    let whole = title.contains('.');
    let mut lower = String::new();
    for (count, at) in mention.span.iter().enumerate() {
        let word = paragraph.text(at);
        let office = mention.title.contains(at);
        let gap = if count > 0 { " " } else { "" };
        lower.push_str(gap);
        lower.push_str(&if office { word.to_lowercase() } else { word.to_owned() });
    }
    let article = if opens { "The" } else { "the" };
    finding.fix(if whole {
        None
    } else {
        Fix::suggestion(
            "Write it in lower case with \"the\"",
            [Edit::replace(range, format!("{article} {lower}"))],
        )
    })
}

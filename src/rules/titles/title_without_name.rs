//! `title-without-name`: a capitalised title where a name must follow ("welcomed Portuguese President at the palace").

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::names::{Usage, usage};
use crate::lang::en::{Lex, lists};
use crate::resolve::offices;
use crate::resolve::{Person, Story};
use crate::rules::{Check, Context, Findings, Group, Rule, phrases};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::FxHashMap;

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

/// A mention with the person it names.
#[derive(Clone, Copy)]
struct Named<'s, 'a> {
    at: (usize, usize),
    person: &'s Person,
    paragraph: &'s Paragraph<'a>,
    mention: &'s Mention,
}

/// Who is called by which title where.
struct Called<'s, 'a>(FxHashMap<String, Vec<Named<'s, 'a>>>);

impl<'s, 'a> Called<'s, 'a> {
    fn of(story: &'s Story<'a>) -> Self {
        let mut by_office: FxHashMap<String, Vec<Named<'s, 'a>>> = FxHashMap::default();
        for person in &story.people {
            for place in &person.mentions {
                let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
                if mention.kind == MentionKind::Name && !mention.title.is_empty() {
                    let at = (place.paragraph, place.mention);
                    let office = offices::office(paragraph, mention.title);
                    by_office.entry(office).or_default().push(Named {
                        at,
                        person,
                        paragraph,
                        mention,
                    });
                }
            }
        }
        by_office.values_mut().for_each(|list| list.sort_by_key(|named| named.at));
        Self(by_office)
    }

    /// The one office of the article that is shortened so: "house speaker" for "speaker".
    fn in_full(&self, short: &str) -> Option<&str> {
        let mut offices = self.0.keys().filter(|office| match short {
            "speaker" => *office == "house speaker",
            _ => office.starts_with("secretary of "),
        });
        offices.next().filter(|_| offices.next().is_none()).map(String::as_str)
    }

    /// The last one before a place, else the first one after it, whose nation does not contradict the nation beside the
    /// lost name: the article gives the same one, or the table of office-holders has the person in that office there.
    fn last(
        &self,
        office: &str,
        nation: Option<&str>,
        context: &Context<'_>,
        before: (usize, usize),
    ) -> Option<Named<'s, 'a>> {
        let list = self.0.get(office)?;
        let (behind, ahead) = list.split_at(list.partition_point(|named| named.at < before));
        let mut near = behind.iter().rev().take(LOOK).chain(ahead.iter().take(LOOK));
        near.find(|named| fits(named, office, nation, context)).copied()
    }
}

/// People of the same title who are looked at on either side.
const LOOK: usize = 16;

/// Whether a person may be the one that a title with this nation lost.
fn fits(named: &Named<'_, '_>, office: &str, nation: Option<&str>, context: &Context<'_>) -> bool {
    let Some(nation) = nation else { return true };
    if let Some(own) = offices::place_of(named.paragraph, named.mention) {
        return own.eq_ignore_ascii_case(nation);
    }
    let Some(on) = context.date else { return false };
    let given = (!named.person.given.is_empty()).then_some(named.person.given.as_str());
    let family = &named.person.family;
    let question = offices::Question { office, family, given, place: Some(nation), on };
    context.offices.standing(&question).is_some_and(|standing| standing.holds)
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

/// Whether the words behind the title, with the one before it, are said of people only: "For President, who", "put to Mayor
/// could be", "It was Gov. who", "Did President fear", "It had been President's idea", "accused President of lying".
fn wants_a_person(paragraph: &Paragraph<'_>, before: usize, end: usize) -> bool {
    let before_is = |words: &[&str]| words.iter().any(|word| paragraph.is(before, word));
    let comma = paragraph.token(end).is_some_and(|token| token.mark == ',');
    let preposition = paragraph.token(before).is_some_and(|t| t.lex.contains(Lex::PREPOSITION));
    let owns = paragraph.token(end).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC));
    let sentence = paragraph.sentence_at(before).start as usize;
    // "The next step to President is", "promoted to President".
    let given = before > 0
        && (paragraph.is_in(before - 1, &lists::GIVEN_TO)
            || paragraph.is_in(before - 1, &lists::PUT_TO));
    let asks = before == sentence
        && before_is(&["did", "does", "can", "could", "will", "would", "should", "may", "has"]);
    comma && preposition && paragraph.is(end + 1, "who")
        || ["himself", "herself"].iter().any(|word| paragraph.is(end, word))
        || before_is(&["to"]) && given && (paragraph.is(end, "to") || finite(paragraph, end))
        || before_is(&["was", "is"])
            && before > sentence
            && paragraph.is(before - 1, "it")
            && paragraph.is(end, "who")
        || owns && before_is(&["been", "was", "is"])
        || before_is(&["wants", "want", "wanted", "expects", "needs", "allowed", "allows"])
            && paragraph.is(end, "to")
        || is_accused(paragraph, before, end)
        || asks
}

/// "accused President of lying", "robbed Gov. of his sleep".
fn is_accused(paragraph: &Paragraph<'_>, before: usize, end: usize) -> bool {
    let verbs = ["accused", "accuse", "accuses", "accusing", "robbed", "reminded", "informed"];
    verbs.iter().any(|verb| paragraph.is(before, verb)) && paragraph.is(end, "of")
}

/// Whether what stands before the title takes a person as subject or object. `None` where it takes a post.
fn governs(paragraph: &Paragraph<'_>, before: usize, end: usize) -> Option<bool> {
    let token = paragraph.token(before)?;
    let word = paragraph.text(before).to_ascii_lowercase();
    // ", and President left": behind a comma a new sentence begins, and a post does nothing.
    let comma = before > 0 && paragraph.token(before - 1).is_some_and(|token| token.mark == ',');
    if (word == "and" || word == "but") && comma && finite(paragraph, end) {
        return Some(true);
    }
    // "convinced that President would resist", "the answers that Sen. got".
    if word == "that" && finite(paragraph, end) {
        return Some(true);
    }
    // "a server that she kept while President"
    if (word == "while" || word == "when")
        && !finite(paragraph, end)
        && !is_present_verb(paragraph, end)
    {
        return None;
    }
    // "the road from Mayor to Governor"
    if word == "from"
        && paragraph.is(end, "to")
        && phrases::flagged(paragraph, end + 1, TokenFlags::CAPITAL)
    {
        return None;
    }
    if word == "let" || wants_a_person(paragraph, before, end) {
        return Some(true);
    }
    let waited = before > 0 && paragraph.is_in(before - 1, &lists::WAITS);
    if word == "for" && waited || word == "as" && finite(paragraph, end) {
        return Some(true);
    }
    // "sent to President", "hand it to President".
    let object = before > 1
        && ["it", "them", "him", "her"].iter().any(|word| paragraph.is(before - 1, word));
    let verb = before.checked_sub(1 + usize::from(object));
    if word == "to" && verb.is_some_and(|at| paragraph.is_in(at, &lists::GIVEN_TO)) {
        return Some(true);
    }
    if word == "to" && before > 0 && paragraph.is_in(before - 1, &lists::CLOSE_TO) {
        return Some(true);
    }
    // "to meet President on Friday"
    let post = [
        "be", "become", "remain", "elect", "name", "appoint", "run", "make", "call", "not", "have",
        "choose", "nominate", "stay", "get",
    ];
    let modal =
        ["to", "not", "n't", "will", "would", "can", "could", "must", "should", "may", "might"];
    let modal = before > 0 && modal.iter().any(|word| paragraph.is(before - 1, word));
    let verb = !token.flags.contains(TokenFlags::CAPITAL)
        && !token.lex.intersects(Lex::AUXILIARY | Lex::PREPOSITION | Lex::DETERMINER)
        && !word.ends_with("ly");
    if modal && verb && !post.contains(&word.as_str()) {
        return Some(true);
    }
    // "the cook of President, and": not "the office of President".
    if word == "of" && before > 0 {
        let post =
            POSTS.iter().any(|post| paragraph.text(before - 1).trim_end_matches('s') == *post);
        let noun = paragraph.token(before - 1).is_some_and(|token| token.kind == TokenKind::Word);
        return (noun && !post && !is_last(paragraph, end)).then_some(true);
    }
    if paragraph.is_in(before, &lists::TAKES_POST)
        || token.lex.contains(Lex::DETERMINER)
        || token.flags.contains(TokenFlags::CLITIC)
        || token.flags.contains(TokenFlags::CAPITAL)
            && before != paragraph.sentence_at(before).start as usize
            && !(token.lex.contains(Lex::CONJUNCTION)
                && before > 0
                && phrases::mark(paragraph, before - 1) == ':')
        || token.kind != TokenKind::Word
    {
        return None;
    }
    let person = token.lex.intersects(Lex::SPEECH | Lex::PREPOSITION | Lex::CONJUNCTION)
        || word.ends_with("ed")
        || word.ends_with("ing")
        || paragraph.is_in(before, &lists::TAKES_PERSON);
    Some(person)
}

/// Nouns behind which "of President" is a post.
const POSTS: [&str; 34] = [
    "office",
    "post",
    "title",
    "role",
    "position",
    "job",
    "rank",
    "power",
    "duty",
    "duties",
    "term",
    "election",
    "choice",
    "nomination",
    "oath",
    "function",
    "seat",
    "chair",
    "dignity",
    "responsibility",
    "responsibilities",
    "status",
    "level",
    "kind",
    "idea",
    "name",
    "instead",
    "capacity",
    "out",
    "top",
    "authority",
    "institution",
    "prerogative",
    "work",
];

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
    lower
        && plain
        && !post
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

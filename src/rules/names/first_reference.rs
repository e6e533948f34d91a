//! `first-reference`: a surname alone in the body before the full name has appeared.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lexicon, lists};
use crate::resolve::{Person, Story};
use crate::rules::alone::opens_noun;
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{TokenFlags, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "first-reference",
    group: Group::Names,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "A surname stands alone before the full name",
    what: "The body calls somebody by surname alone before it has given the full name, which stands further down: \
           somebody who speaks or comes up again, or who is arrested, hurt or elected and is introduced with an age. \
           Headlines, captions, quotations, titled names, and things named after people are left alone.",
    why: "Readers meet a stranger. It mostly happens when paragraphs are moved and the introduction is left behind.",
    bad: &[
        "The bridge will stay closed until May. Hollis said the cracks had widened.\n\nTeresa Hollis, the city engineer, \
         first reported them in June.",
    ],
    good: &[
        "Teresa Hollis reported the cracks in June. The bridge is closed, and Hollis said it would stay so.",
    ],
    fix: "Offers the full name in place of the surname. Always a suggestion.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let start = body_start(story);
    for person in story.people.iter().filter(|person| !person.given.is_empty()) {
        let Some((paragraph, mention)) = first_in_body(story, person) else { continue };
        if paragraph.index < start
            || !is_certain(story, person)
            || !is_surname_alone(paragraph, mention, person)
        {
            continue;
        }
        let Some((later, full)) = full_name(story, person) else { continue };
        if is_called_after(paragraph, mention, later)
            || !is_met_again((paragraph, mention), (later, full), person)
        {
            continue;
        }
        let range = paragraph.bytes(mention.span);
        let name = later.clean(full.name);
        let finding = Diagnostic::new(
            range,
            format!("`{}` stands here before the full name, {name}", person.family),
            "At first reference readers need the full name, and who the person is. Move the introduction up.",
        )
        .confidence(confidence(story, person, mention))
        .related(later.field, later.bytes(full.span), "introduced here")
        .fix(Fix::suggestion(format!("Write \"{name}\""), [Edit::replace(range, name.as_str())]));
        findings.push(paragraph, finding);
    }
}

/// Words of a line that may be a headline or a deck although it ends like a sentence.
const DECK: usize = 26;

/// Number of the first paragraph after the lines that may be headline and deck.
pub(in crate::rules) fn body_start(story: &Story<'_>) -> usize {
    let body = || story.paragraphs.iter().filter(|paragraph| is_body(paragraph));
    let lead = body()
        .take(3)
        .take_while(|paragraph| {
            paragraph.notes.sentences.len() <= 2 && paragraph.tokens().len() <= DECK
        })
        .count();
    // Where nothing longer follows, short paragraphs are simply how the article is written.
    let goes_on = body().skip(lead).take(3).any(|paragraph| paragraph.tokens().len() > DECK);
    let skip = if goes_on { lead } else { 0 };
    body().nth(skip).map_or(0, |paragraph| paragraph.index)
}

/// Whether some mention shows beyond doubt that this is a person.
fn is_certain(story: &Story<'_>, person: &Person) -> bool {
    person
        .mentions
        .iter()
        .filter_map(|place| place.of(&story.paragraphs))
        .any(|(_, mention)| mention.is(MentionFlags::SURE) && !mention.is(MentionFlags::SINGLE))
}

/// Whether the block is running text, where a name is introduced.
fn is_body(paragraph: &Paragraph<'_>) -> bool {
    matches!(paragraph.block.kind, BlockKind::Paragraph | BlockKind::ListItem)
}

/// The first mention by name in the writer's own words.
fn first_in_body<'s, 'a>(story: &'s Story<'a>, person: &Person) -> Option<Found<'s, 'a>> {
    first_name(story, person, |(paragraph, mention)| {
        let single = mention.is(MentionFlags::SINGLE);
        let named_after = opens_noun(paragraph, mention) || shares_title(paragraph, mention);
        !(is_eponym(paragraph, mention) || single && named_after)
    })
}

/// A mention and its paragraph.
type Found<'s, 'a> = (&'s Paragraph<'a>, &'s Mention);

/// The first mention by name in the writer's own words in the body that is `wanted`.
fn first_name<'s, 'a>(
    story: &'s Story<'a>,
    person: &Person,
    wanted: impl Fn(Found<'s, 'a>) -> bool,
) -> Option<Found<'s, 'a>> {
    let mut mentions = person.mentions.iter().filter_map(|place| place.of(&story.paragraphs));
    mentions.find(|&(paragraph, mention)| {
        is_body(paragraph)
            && mention.kind == MentionKind::Name
            && !mention.is(MentionFlags::QUOTED)
            && wanted((paragraph, mention))
    })
}

/// "Presidents Okafor and Ruiz", "the network's Ruiz": a title for several people, or a program called after its host.
fn shares_title(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let plural = |at: usize| {
        paragraph.token(at).is_some_and(|token| {
            let one = paragraph.text(at).trim_end_matches('.').trim_end_matches('s').to_lowercase();
            token.flags.contains(TokenFlags::CAPITAL)
                && paragraph.text(at).trim_end_matches('.').ends_with('s')
                && (lexicon(&one) | lexicon(&format!("{one}."))).contains(Lex::OFFICE)
        })
    };
    let owned = start.checked_sub(1).is_some_and(|at| {
        paragraph.token(at).is_some_and(|token| token.flags.contains(TokenFlags::CLITIC))
            && paragraph.text(at).ends_with(['s', 'S'])
    });
    owned || (start.saturating_sub(6)..start).any(plural)
}

/// Whether the name is part of the name of a firm or a thing: "Marsh & Wood", "Hollis's Law of Ropes".
fn is_eponym(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let ampersand = |at: usize| paragraph.token(at).is_some_and(|token| token.mark == '&');
    let capital = |at: usize| {
        paragraph.token(at).is_some_and(|token| {
            token.flags.contains(TokenFlags::CAPITAL)
                && !token.lex.intersects(Lex::WEEKDAY | Lex::MONTH | Lex::DEMONYM)
        })
    };
    let owns = paragraph.token(end).is_some_and(|token| token.flags.contains(TokenFlags::CLITIC));
    let beside = ampersand(end) || start.checked_sub(1).is_some_and(ampersand);
    // "lobbyists Marsh, Wood, Lund and Berg": a firm of partners, or a list that introduces nobody.
    let listed = |at: usize| {
        paragraph.token(at).is_some_and(|token| token.mark == ',')
            && capital(at + 1)
            && paragraph
                .token(at + 2)
                .is_some_and(|token| token.mark == ',' || paragraph.is(at + 2, "and"))
    };
    mention.is(MentionFlags::SINGLE)
        && (beside || listed(end) || owns && capital(end + 1) || capital(end) && !owns)
}

/// Firms and cities that are called like the people after whom they are named.
const NAMED_AFTER: [&str; 42] = [
    "Adidas",
    "Austin",
    "Benz",
    "Bloomberg",
    "Boeing",
    "Chanel",
    "Chrysler",
    "Cleveland",
    "Columbus",
    "Dallas",
    "Deere",
    "Dell",
    "Denver",
    "Dior",
    "Disney",
    "Ferrari",
    "Ford",
    "Gucci",
    "Hamilton",
    "Heinz",
    "Hershey",
    "Hilton",
    "Honda",
    "Houston",
    "Jackson",
    "Jefferson",
    "Kellogg",
    "Lincoln",
    "Lockheed",
    "Madison",
    "Marriott",
    "Merck",
    "Michelin",
    "Peugeot",
    "Pfizer",
    "Porsche",
    "Prada",
    "Renault",
    "Siemens",
    "Tesla",
    "Toyota",
    "Washington",
];

/// Whether the bare word is a firm's or a city's: by general knowledge, by its "its", or because the article tells that
/// somebody founded it or gave it the name.
fn is_called_after(paragraph: &Paragraph<'_>, mention: &Mention, later: &Paragraph<'_>) -> bool {
    let end = mention.span.end as usize;
    let sentence = paragraph.sentence_at(end.saturating_sub(1)).end as usize;
    let its = (end..(end + 8).min(sentence)).any(|at| paragraph.is(at, "its"));
    let telling = ["founded", "founder", "founding", "namesake", "automaker", "carmaker"];
    let told = (0..later.tokens().len()).any(|at| {
        telling.iter().any(|word| later.is(at, word))
            || later.is_phrase(at, &["named", "after"])
            || later.is_phrase(at, &["named", "for"])
            || later.is_phrase(at, &["its", "name"])
    });
    NAMED_AFTER.contains(&&*paragraph.clean(mention.name)) || its || told
}

/// Whether the surname stands for the person beyond doubt: it speaks, something befalls it that befalls people only before
/// an introduction with an age, or the article goes on about the person.
fn is_met_again(
    (paragraph, mention): Found<'_, '_>,
    (later, full): Found<'_, '_>,
    person: &Person,
) -> bool {
    let asked = (mention.span.start as usize).checked_sub(2);
    mention.is(MentionFlags::SPEAKS)
        || suffers(paragraph, mention) && is_aged(later, full)
        || person.mentions.len() > 2
        || asked.is_some_and(|at| paragraph.is_phrase(at, &["according", "to"]))
}

/// "Hollis was arrested", "police arrested Hollis", "Hollis won the seat": what befalls people and what they do.
fn suffers(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let one = |at: usize, words: &[&str]| words.iter().any(|word| paragraph.is(at, word));
    let passive = one(end, &["was", "is"]) && paragraph.is_in(end + 1, &lists::BEFALLS)
        || paragraph.is_phrase(end, &["has", "been"]) && paragraph.is_in(end + 2, &lists::BEFALLS);
    let ends = paragraph.token(end).is_none_or(|next| {
        next.kind != TokenKind::Word
            || next.lex.intersects(Lex::WEEKDAY | Lex::PREPOSITION | Lex::CONJUNCTION)
    });
    let object =
        ends && start.checked_sub(1).is_some_and(|at| paragraph.is_in(at, &lists::BEFALLS));
    let seat = one(end, &["won", "lost"])
        && (end + 1..end + 5).any(|at| one(at, &["seat", "election", "race", "runoff", "primary"]));
    passive || object || seat
}

/// Whether an age stands behind the name, as only people have one: "Teresa Hollis, 34,".
fn is_aged(paragraph: &Paragraph<'_>, full: &Mention) -> bool {
    let end = full.span.end as usize;
    let age = paragraph.token(end + 1).filter(|token| token.kind == TokenKind::Number);
    paragraph.token(end).is_some_and(|token| token.mark == ',')
        && age.is_some()
        && paragraph.text(end + 1).parse::<u8>().is_ok_and(|age| age < 120)
}

fn is_surname_alone(paragraph: &Paragraph<'_>, mention: &Mention, person: &Person) -> bool {
    let unlike = MentionFlags::TITLE_CASE | MentionFlags::NAMESAKE | MentionFlags::PLACE;
    mention.is(MentionFlags::SINGLE)
        && mention.title.is_empty()
        && !mention.flags.intersects(unlike)
        && paragraph.clean(mention.name) == person.family
        // "Ruiz (left) and Berg": a caption in all but name.
        && paragraph.token(mention.span.end as usize).is_none_or(|next| next.mark != '(')
}

/// The first full name in the body.
fn full_name<'s, 'a>(story: &'s Story<'a>, person: &Person) -> Option<Found<'s, 'a>> {
    let partial = MentionFlags::SINGLE | MentionFlags::TITLE_CASE;
    first_name(story, person, |(_, mention)| !mention.flags.intersects(partial))
}

/// A speaker needs an introduction most; somebody whom the headline names in full needs it less.
fn confidence(story: &Story<'_>, person: &Person, mention: &Mention) -> f32 {
    let before = person
        .mentions
        .iter()
        .filter_map(|place| place.of(&story.paragraphs))
        .take_while(|(p, m)| !(is_body(p) && m.kind == MentionKind::Name));
    let headlined =
        before.into_iter().any(|(_, m)| m.kind == MentionKind::Name && !m.is(MentionFlags::SINGLE));
    match (headlined, mention.is(MentionFlags::SPEAKS)) {
        (true, _) => 0.4,
        (false, true) => 0.8,
        (false, false) => 0.65,
    }
}

//! Posts of which there are many, and whose title somebody may keep: judges, prosecutors, coaches, heads of firms and bodies.

use super::Call;
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::resolve::{Person, Story};
use crate::rules::phrases::FUNCTION;
use crate::rules::{Context, times};
use crate::segment::{TokenFlags, TokenKind};

/// Last words of such titles.
const POSTS: [&str; 5] = ["judge", "prosecutor", "coach", "chief executive", "president"];

/// The calls as holder and as former holder of one post, in the same words before the full name, both of these days. Another
/// court, club or firm is another post, and whoever retires or moves on in the article is both.
pub(in crate::rules) fn contradiction<'s, 'a>(
    story: &'s Story<'a>,
    person: &Person,
    context: &Context<'_>,
) -> Option<(Call<'s, 'a>, Call<'s, 'a>)> {
    let mentions = || person.mentions.iter().filter_map(|place| place.of(&story.paragraphs));
    let posts = || mentions().filter_map(|(paragraph, mention)| post(paragraph, mention));
    let former = posts().find(|call| {
        call.former
            && !call.is_of_earlier(context, None)
            && times::is_present(call.paragraph, call.mention, true)
    })?;
    let sitting = posts().find(|call| {
        !call.former
            && call.office == former.office
            && !is_past(call, context)
            && times::is_present(call.paragraph, call.mention, true)
    })?;
    let changes = mentions().any(|(paragraph, mention)| {
        let start = mention.span.start as usize;
        let sentence = paragraph.sentence_at(start);
        let near = start.saturating_sub(NEAR).max(sentence.start as usize)
            ..(start + NEAR).min(sentence.end as usize);
        near.into_iter().any(|at| paragraph.is_in(at, &lists::CHANGES_OF_POST))
    });
    (!changes && !times::changes_hands(story, person)).then_some((sitting, former))
}

/// Whether the sentence is about an earlier time. A body that opens it heads no clause ("papers President Ruiz took home").
fn is_past(call: &Call<'_, '_>, context: &Context<'_>) -> bool {
    let title = call.mention.span.start as usize;
    let first = call.paragraph.sentence_at(title).start as usize;
    let opens = first < title && body(call.paragraph, title) == first;
    if opens { call.is_of_earlier(context, None) } else { call.is_historical(context) }
}

/// So many tokens to either side of a mention are looked at.
const NEAR: usize = 30;

/// A post before a full name in the writer's own words; its office is what stands there, the body included.
fn post<'s, 'a>(paragraph: &'s Paragraph<'a>, mention: &'s Mention) -> Option<Call<'s, 'a>> {
    let unlike = MentionFlags::QUOTED
        | MentionFlags::THEN
        | MentionFlags::ELECT
        | MentionFlags::ACTING
        | MentionFlags::LATE
        | MentionFlags::NAMESAKE
        | MentionFlags::TITLE_CASE
        | MentionFlags::SINGLE;
    let prose = matches!(paragraph.block.kind, BlockKind::Paragraph | BlockKind::ListItem);
    let wanted = mention.kind == MentionKind::Name && !mention.flags.intersects(unlike);
    if !prose || !wanted || mention.title.is_empty() || is_of_a_place(paragraph, mention) {
        return None;
    }
    let start = body(paragraph, mention.span.start as usize);
    if is_of_a_club(paragraph, start) {
        return None;
    }
    // "U.S." keeps its capitals, for the message.
    let words = (start..mention.title.end as usize).map(|at| match paragraph.text(at) {
        short if short.contains('.') => short.to_owned(),
        word => word.to_lowercase(),
    });
    let office = words.filter(|word| word != "former").collect::<Vec<_>>().join(" ");
    let named = start < mention.span.start as usize || super::is_of_a_body(paragraph, mention);
    let of_a_body = named || !office.ends_with("president");
    let before = start.checked_sub(1).is_some_and(|at| paragraph.is(at, "former"));
    let former = before || mention.is(MentionFlags::FORMER);
    let kept = POSTS.iter().any(|post| office.ends_with(post)) && of_a_body;
    kept.then_some(Call { paragraph, mention, office, former })
}

/// Where the words in small letters for a body before a title begin: "school board President Ida Koch".
fn body(paragraph: &Paragraph<'_>, title: usize) -> usize {
    let first = paragraph.sentence_at(title).start as usize;
    let is_body = |at: usize| {
        paragraph.token(at).is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.lex.contains(Lex::ORGANISATION)
                && !token.flags.contains(TokenFlags::CLITIC)
                && (at == first || !token.flags.contains(TokenFlags::CAPITAL))
        })
    };
    (title.saturating_sub(2)..title).rev().take_while(|&at| is_body(at)).last().unwrap_or(title)
}

/// "Wildcats coach Lena Portwood": a name right before the title.
fn is_of_a_club(paragraph: &Paragraph<'_>, title: usize) -> bool {
    let before = title.checked_sub(1).and_then(|at| paragraph.token(at));
    before.is_some_and(|token| {
        let other = FUNCTION | Lex::WEEKDAY | Lex::MONTH | Lex::STANDING;
        token.kind == TokenKind::Word
            && token.flags.contains(TokenFlags::CAPITAL)
            && !token.lex.intersects(other)
    })
}

/// "Judge Ida Koch of Salem", "Coach Tom Berg at Novara": the place may be another one than elsewhere.
fn is_of_a_place(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let end = mention.span.end as usize;
    let behind = end + usize::from(paragraph.token(end).is_some_and(|token| token.mark == ','));
    ["of", "from", "at", "who", "a", "an", "the"].iter().any(|word| paragraph.is(behind, word))
}

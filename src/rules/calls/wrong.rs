//! What the table of office-holders says against a title: another office, another place.

use super::fixes::{replace_place, replace_title};
use super::{Call, most};
use crate::annotate::MentionKind;
use crate::diagnostic::Diagnostic;
use crate::lang::en::Lex;
use crate::resolve::Person;
use crate::resolve::offices::{self, Question, Standing, Tenure};
use crate::rules::{Context, Findings};
use crate::segment::{Span, TokenKind};
use jiff::civil::Date;

/// Looks at an office that the person never had, or has elsewhere, as far as the table knows the person and the office.
pub(in crate::rules) fn wrong_title(
    person: &Person,
    question: &Question<'_>,
    call: &Call<'_, '_>,
    context: &Context<'_>,
    findings: &mut Findings,
) {
    let name = call.mention.name;
    let full = name.iter().any(|at| call.paragraph.is(at, &person.given.to_lowercase()));
    if call.mention.kind != MentionKind::Name || !full || call.is_historical(context) {
        return;
    }
    if let Some(row) = context.offices.elsewhere(question) {
        return elsewhere(person, row, call, context, findings);
    }
    let Some(row) = context.offices.contradicts(question, call.former) else { return };
    let (office, own, on) = (&call.office, &row.office, question.on);
    let (now, what) = match row.holds(on) {
        Some(true) => ("is", format!("has been {own} since {}", row.from)),
        _ => ("was", format!("became {own} on {} and was never {office}", row.from)),
    };
    let former = if call.former { "former " } else { "" };
    let finding = Diagnostic::new(
        call.range(),
        format!("{} is called {former}{office} but {now} {own}", person.name),
        format!(
            "{} {what}, says the table of office-holders as of {}. The article is of {}. A title that went to the wrong \
             person, or the wrong title: check, and change whichever is wrong.",
            person.family, row.as_of, day(context)
        ),
    )
    .confidence(0.8)
    .fix(replace_title(call, own));
    findings.push_at_most(most(context, on > row.as_of), call.paragraph, finding);
}

/// "French President Keir Starmer": somebody who holds an office elsewhere.
fn elsewhere(
    person: &Person,
    row: &Tenure,
    call: &Call<'_, '_>,
    context: &Context<'_>,
    findings: &mut Findings,
) {
    let Some(words) = offices::place_words(call.paragraph, call.mention) else { return };
    if call.former || is_adverbial(call, words) {
        return;
    }
    let (place, own) = (call.paragraph.clean(words), row.before_title());
    let finding = Diagnostic::new(
        call.range(),
        format!("{} is called {place} {} but is {own} {}", person.name, call.office, row.office),
        format!(
            "{} has been {own} {} since {}, says the table of office-holders as of {}. The article is of {}. A title that \
             went to the wrong person, or the wrong place: check, and change whichever is wrong.",
            person.family, row.office, row.from, row.as_of, day(context)
        ),
    )
    .confidence(0.8)
    .fix(replace_place(call, words, row));
    let on = context.dated.map_or(row.as_of, |day| day.date);
    findings.push_at_most(most(context, on > row.as_of), call.paragraph, finding);
}

/// "In France President Ruiz spoke", "after leaving Texas Gov. Ruiz spoke": the place is where, not of what.
fn is_adverbial(call: &Call<'_, '_>, words: Span) -> bool {
    let p = call.paragraph;
    // "President of France Ruiz"
    if call.mention.title.contains(words.start as usize) {
        return false;
    }
    let lex = |at: usize| p.token(at).map_or(Lex::empty(), |token| token.lex);
    let start = words.start as usize;
    // "To the French President Ruiz is a friend": two people.
    let opening = start > 1 && p.is(start - 1, "the") && lex(start - 2).contains(Lex::PREPOSITION);
    if opening && p.sentence_at(start).start as usize == start - 2 {
        return true;
    }
    let nation = words.len() == 1 && lex(words.start as usize).contains(Lex::DEMONYM);
    let Some(before) = (words.start as usize).checked_sub(1).filter(|_| !nation) else {
        return false;
    };
    let with = ["by", "with", "between", "against", "about"].iter().any(|word| p.is(before, word));
    lex(before).contains(Lex::PREPOSITION) && !with
        || p.token(before).is_some_and(|token| token.kind == TokenKind::Word)
            && !lex(before)
                .intersects(Lex::DETERMINER | Lex::CONJUNCTION | Lex::SPEECH | Lex::PREPOSITION)
}

/// What the table says, as of when, and which day it was asked about.
pub(in crate::rules) fn table_help(
    person: &Person,
    office: &str,
    standing: &Standing<'_>,
    context: &Context<'_>,
) -> String {
    let what = if standing.holds {
        format!("{} has been {office} since {}", person.family, standing.since)
    } else {
        format!("{} was {office} until {}", person.family, standing.since)
    };
    let table = match standing.as_of {
        Date::MAX => "the house's own table of office-holders".to_owned(),
        as_of => format!("the table of office-holders as of {as_of}"),
    };
    let planned = if standing.planned {
        "; the day lies after that, so check what has changed since"
    } else {
        ""
    };
    let day = day(context);
    format!(
        "{what}, says {table}{planned}. The article is of {day}. Check, and change whichever is wrong."
    )
}

/// The article's day and where that was taken from.
fn day(context: &Context<'_>) -> String {
    context.dated.map_or_else(String::new, |day| day.to_string())
}

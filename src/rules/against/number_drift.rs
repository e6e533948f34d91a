//! `number-drift`: a figure that the wire copy has otherwise.

use crate::against::figures::{self, Figure, Kind};
use crate::against::{Aligned, Comparison, Pair, Place, folded};
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::resolve::{Person, Story};
use crate::rules::{Check, Context, Findings, Group, Rule, phrases, wire};
use crate::segment::Span;

pub(crate) static RULE: Rule = Rule {
    id: "number-drift",
    group: Group::Against,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "A figure is not the wire copy's",
    what: "Counts, amounts of money, shares, ages, dates, years, hours, lengths, spans of time, in words or in digits, that differ \
           from those of the sentence of the wire copy that this one was written from, where both are of the same thing. \
           Rounding, other units, and a figure that stands anywhere near in the wire copy are left alone.",
    why: "Two trips that become three, 51 percent that becomes 15: figures are what readers remember, and what the correction \
          is about.",
    bad: &[
        "Wire: The council made two trips to the old harbour before the vote.\nDraft: Before the vote, the council made three \
         trips to the old harbour.",
    ],
    good: &[
        "Wire: The council spent $1,243,000 on the old harbour before the vote.\nDraft: Before the vote, the council spent $1.2 \
         million on the old harbour.",
    ],
    fix: "The wire copy's figure is put back as it is written there, as a suggestion.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    let aged = ages(story, against, findings);
    for aligned in against.sentences.iter().filter(|aligned| !aligned.pairs.is_empty()) {
        let Some(p) = story.paragraphs.get(aligned.paragraph) else { continue };
        let ours = unquoted(p, figures::figures(p, aligned.span));
        if ours.is_empty() {
            continue;
        }
        let Some((pair, mut own)) = aligned.pairs.first().and_then(|pair| {
            let wire = against.paragraph(pair)?;
            Some((pair, figures::figures(&wire, pair.place.span)))
        }) else {
            continue;
        };
        if let Some(found) = exchanged(against, aligned, p, &ours, pair, &own) {
            findings.push(p, found);
            continue;
        }
        // A sentence joined from two has its figures from both.
        for pair in aligned.pairs.iter().skip(1) {
            let wire = against.paragraph(pair);
            own.extend(wire.into_iter().flat_map(|p| figures::figures(&p, pair.place.span)));
        }
        let new = |figure: &Figure| {
            let told = |other: &Figure| {
                is_told(figure, other) || other.kind == figure.kind && is_value(figure, other)
            };
            !own.iter().any(told) && !is_sum(p, figure, &ours, &own) && !is_zoned(p, figure)
        };
        if !ours.iter().any(new) {
            continue;
        }
        let known = around(against, aligned);
        for (number, figure) in ours.iter().enumerate().filter(|(_, figure)| new(figure)) {
            if aged.contains(&(aligned.paragraph, figure.span.start))
                || known.iter().any(|other| is_told(figure, other))
                || is_derived(figure, &known)
            {
                continue;
            }
            let other = own.iter().find(|other| is_of_other_unit(figure, other));
            let found = match other {
                Some(other) => report(against, p, figure, pair.place, other, pair.score),
                None => drift(against, aligned, p, &ours, number),
            };
            if let Some(found) = found {
                findings.push(p, found);
            }
        }
    }
}

/// People of a draft whose ages are looked up.
const PEOPLE: usize = 200;

/// Reports the ages that the wire copy has otherwise, wherever it gives them, and returns where all ages of known people stand: by
/// paragraph and token.
fn ages(story: &Story<'_>, against: &Comparison<'_>, findings: &mut Findings) -> Vec<(usize, u32)> {
    let mut out = Vec::new();
    for person in story.people.iter().filter(|p| !p.family.is_empty()).take(PEOPLE) {
        let ours: Vec<_> = ages_of(person, |at| story.paragraphs.get(at).cloned());
        if ours.is_empty() {
            continue;
        }
        let mut theirs: Vec<(Figure, Place)> = Vec::new();
        for (number, _, known) in against.wires.family(&person.family) {
            let (a, b) = (folded(&person.given_names()), folded(&known.given_names()));
            let known_as = a.split(' ').any(|name| b.split(' ').any(|other| name == other));
            if !a.is_empty() && !b.is_empty() && !known_as {
                continue;
            }
            let Some(wire) = against.wires.get(number) else { continue };
            theirs.extend(ages_of(known, |at| wire.paragraph(at)).into_iter().map(|(p, age)| {
                let place = Place { wire: number, paragraph: p.index, span: age.span };
                (age, place)
            }));
        }
        let Some((age, place)) = theirs.first() else { continue };
        if theirs.iter().any(|(other, _)| !is_value(other, age)) {
            continue;
        }
        for (p, figure) in &ours {
            out.push((p.index, figure.span.start));
            if !is_value(figure, age) && p.quotation_at(figure.span.start as usize).is_none() {
                let found = report(against, p, figure, *place, age, 0.85);
                found.into_iter().for_each(|found| findings.push(p, found));
            }
        }
    }
    out
}

/// The ages that stand at the names of a person: "Ana Ruiz, 43,", "Ana Ruiz, a 43-year-old farmer".
fn ages_of<'p>(
    person: &Person,
    paragraph: impl Fn(usize) -> Option<Paragraph<'p>>,
) -> Vec<(Paragraph<'p>, Figure)> {
    let found = person.mentions.iter().take(PEOPLE).filter_map(|at| {
        let p = paragraph(at.paragraph)?;
        let mention = p.notes.mentions.get(at.mention)?;
        let (start, end) = (mention.span.start as usize, mention.span.end as usize);
        let sentence = p.sentence_at(start);
        if mention.name.is_empty() || !matches!(phrases::mark(&p, end), ',' | '(') {
            return None;
        }
        let first = end + 1 + usize::from(phrases::is_any(&p, end + 1, &["a", "an"]));
        let behind = Span::new(first, (first + 1).min(sentence.end as usize));
        let age =
            figures::figures(&p, behind).into_iter().find(|figure| figure.kind == Kind::Age)?;
        Some((p, age))
    });
    found.collect()
}

/// Whether a figure of the wire copy tells a figure of the draft. The same number of something else may be this one of what the
/// words do not show.
fn is_told(figure: &Figure, other: &Figure) -> bool {
    let month = figure.kind == Kind::Month
        && other.kind == Kind::Day
        && (other.value / 100.0).floor() == figure.value;
    month
        || is_total(figure, other)
        || is_exact(figure, other)
        || figure.comparable(other) && figure.agrees(other)
}

/// Whether a result tells a number: a vote of 5-1 is one of six members.
fn is_total(figure: &Figure, other: &Figure) -> bool {
    let Some((most, least)) = other.sides() else { return false };
    figure.kind == Kind::Count && figure.value == most + least
}

/// Whether two figures are the same number of another unit: dollars and pounds, percent and percentage points, Celsius and
/// Fahrenheit.
fn is_of_other_unit(figure: &Figure, other: &Figure) -> bool {
    let alike = match (figure.kind, other.kind) {
        (Kind::Money(_), Kind::Money(_)) => true,
        (Kind::Percent, Kind::Points) | (Kind::Points, Kind::Percent) => true,
        (Kind::Degrees(a), Kind::Degrees(b)) => a != 0 && b != 0,
        _ => false,
    };
    alike && figure.kind != other.kind && is_value(figure, other)
}

/// Whether a figure is the sum or the difference of two in the sentence that it was written from, whatever those are of: three workers and 21
/// others are 24 people.
fn is_sum(p: &Paragraph<'_>, figure: &Figure, ours: &[Figure], own: &[Figure]) -> bool {
    if figure.kind != Kind::Count {
        return false;
    }
    // Beside what the wire copy has of the same, what the draft tells as well is no part of it: three counts of the one and one
    // of the other, where the wire copy has two and one.
    let told = |other: &Figure| {
        ours.iter().any(|mine| mine.span != figure.span && is_value(mine, other))
            || other.value == 1.0
                && p.sentence_at(figure.span.start as usize).iter().any(|at| p.is(at, "one"))
    };
    let rival = own.iter().any(|other| figure.comparable(other) && !told(other));
    let counts: Vec<&Figure> =
        own.iter().filter(|other| other.kind == Kind::Count).take(ADDED).collect();
    let is = |value: f64| (value - figure.value).abs() < 1e-6;
    counts.iter().enumerate().any(|(at, a)| {
        counts[at + 1..].iter().any(|b| {
            let sum = is(a.value + b.value) && !(rival && (told(a) || told(b)));
            sum || figure.value > 12.0 && is((a.value - b.value).abs())
        })
    })
}

/// Words to either side of a figure that tell it from another one in the sentence.
const TIGHT: usize = 3;

/// Two figures of the sentence that have changed places.
fn exchanged(
    against: &Comparison<'_>,
    aligned: &Aligned,
    p: &Paragraph<'_>,
    ours: &[Figure],
    pair: &Pair,
    own: &[Figure],
) -> Option<Diagnostic> {
    let wire = against.paragraph(pair)?;
    let theirs = unquoted(&wire, own.to_vec());
    let (a, b) = ours.iter().zip(ours.get(1..)?).find(|(a, b)| a.kind == b.kind)?;
    let one = |list: &[Figure]| list.iter().filter(|figure| figure.kind == a.kind).count() == 2;
    let same = |figure: &Figure| {
        theirs.iter().find(|other| other.kind == figure.kind && is_value(figure, other))
    };
    let (in_a, in_b) = (same(a)?, same(b)?);
    if is_value(a, b) || !one(ours) || !one(&theirs) {
        return None;
    }
    let shared = against.shared(aligned, pair);
    let like = |ours: &Figure, theirs: &Figure| context(ours, theirs, &shared, TIGHT);
    if like(a, in_b) + like(b, in_a) < like(a, in_a) + like(b, in_b) + 2 {
        return None;
    }
    let (first, second) = (p.clean(a.span), p.clean(b.span));
    let message = format!("`{first}` and `{second}` have changed places");
    let help = "The wire copy has each for the other. Check which belongs where.";
    let edits = [
        Edit::replace(p.bytes(a.span), second.clone()),
        Edit::replace(p.bytes(b.span), first.clone()),
    ];
    let found = Diagnostic::new(p.bytes(a.span), message, help).confidence(0.3 + 0.6 * pair.score);
    let found = found.fix(Fix::suggestion("Let them change places", edits));
    let place = Place { span: in_b.span, ..pair.place };
    Some(wire::pointing(found, against, place, "the figure in the wire copy"))
}

/// The same number of whatever it is; small ones are of everything.
fn is_exact(figure: &Figure, other: &Figure) -> bool {
    let small = figure.kind == Kind::Count && figure.value <= 12.0;
    figure.kind == other.kind && !small && is_value(figure, other)
}

fn is_value(figure: &Figure, other: &Figure) -> bool {
    (figure.value - other.value).abs() < 1e-6
}

/// Figures of the wire copy that are added up.
const ADDED: usize = 24;

/// Whether a figure is the sum or the difference of two of the wire copy: what a writer worked out.
fn is_derived(figure: &Figure, known: &[Figure]) -> bool {
    let same = known.iter().filter(|other| figure.comparable(other)).take(ADDED);
    let values: Vec<f64> = same.map(|other| other.value).collect();
    let is = |value: f64| (value - figure.value).abs() < 1e-6 * figure.value.abs();
    // Shares are of different wholes: what is left of one is all that is worked out.
    if figure.kind == Kind::Percent {
        return values.iter().any(|value| is(100.0 - value));
    }
    let all = values.iter().enumerate();
    let mut pairs = all.flat_map(|(at, a)| values[at + 1..].iter().map(move |b| (*a, *b)));
    figure.value > 12.0 && pairs.any(|(a, b)| is(a + b) || is((a - b).abs()))
}

/// Whether an hour is given with its time zone: it may be the same one elsewhere.
fn is_zoned(p: &Paragraph<'_>, figure: &Figure) -> bool {
    const ZONES: [&str; 12] =
        ["gmt", "utc", "est", "edt", "et", "cet", "cest", "bst", "pst", "pdt", "pt", "local"];
    figure.kind == Kind::Clock && phrases::is_any(p, figure.span.end as usize, &ZONES)
}

fn unquoted(p: &Paragraph<'_>, figures: Vec<Figure>) -> Vec<Figure> {
    figures.into_iter().filter(|f| p.quotation_at(f.span.start as usize).is_none()).collect()
}

/// Sentences of the wire copy that may have a figure that the pair does not.
const NEAR: usize = 8;

/// The figures of all that a sentence may have been written from, and of the paragraphs around.
fn around(against: &Comparison<'_>, aligned: &Aligned) -> Vec<Figure> {
    let mut out = Vec::new();
    let mut seen: Vec<(usize, usize)> = Vec::new();
    for pair in &aligned.pairs {
        let place = (pair.place.wire, pair.place.paragraph);
        if let Some(p) = against.paragraph(pair).filter(|_| !seen.contains(&place)) {
            seen.push(place);
            out.extend(figures::figures(
                &p,
                phrases::near(p.span(), pair.place.span.start as usize),
            ));
        }
    }
    for pair in aligned.near.iter().take(NEAR) {
        let p = against.paragraph(pair);
        out.extend(p.into_iter().flat_map(|p| figures::figures(&p, pair.place.span)));
    }
    out
}

/// Words to either side of a figure that tell what it is of.
const CONTEXT: usize = 6;

/// The finding where the figure is of the same thing as one of the wire copy that the draft does not have.
fn drift(
    against: &Comparison<'_>,
    aligned: &Aligned,
    p: &Paragraph<'_>,
    ours: &[Figure],
    number: usize,
) -> Option<Diagnostic> {
    let figure = ours.get(number)?;
    let found = aligned.pairs.iter().filter_map(|pair| {
        let wire = against.paragraph(pair)?;
        if figure.kind == Kind::Year && names_a_year(&wire, pair.place.span) {
            return None;
        }
        let shared = against.shared(aligned, pair);
        let theirs = unquoted(&wire, figures::figures(&wire, pair.place.span));
        // Of the figures that the other side does not have.
        let alone = |list: &[Figure], others: &[Figure], figure: &Figure| {
            let left = |one: &&Figure| {
                one.comparable(figure)
                    && !others.iter().any(|other| other.agrees(one) || one.agrees(other))
            };
            list.iter().filter(left).count() == 1
        };
        let candidates = theirs.iter().filter(|other| {
            (figure.comparable(other) || is_named_before(p, figure, &wire, other))
                && !ours.iter().any(|mine| mine.agrees(other))
        });
        let best = candidates
            .map(|other| {
                let context = context(figure, other, &shared, CONTEXT);
                let only = alone(ours, &theirs, figure) && alone(&theirs, ours, figure);
                (context, only, other)
            })
            .max_by_key(|(context, only, _)| (*context, *only))?;
        let (context, only, other) = best;
        let noun = figure.nouns.iter().any(|noun| other.nouns.contains(noun))
            || is_named_before(p, figure, &wire, other);
        // "Two of them": the words around have to say it all.
        let counted = matches!(figure.kind, Kind::Count | Kind::Rank) && !figure.nouns.is_empty();
        // "17 minutes", where the wire copy has eleven and no other span of time.
        let measured =
            figure.same_unit(other) || shares_side(figure, other) || is_slip(figure, other);
        let enough = match (only, noun) {
            (true, true) => context >= 1,
            (true, false) => !counted && (context >= 1 || measured),
            (false, true) => context >= 2,
            (false, false) => !counted && context >= 2,
        };
        let sure = pair.score * if only { 1.0 } else { 0.85 };
        let shared = pair.shared + usize::from(pair.masked);
        (enough && shared >= 3).then(|| (sure, pair, other.clone()))
    });
    let (sure, pair, other) = found.max_by(|a, b| a.0.total_cmp(&b.0))?;
    report(against, p, figure, pair.place, &other, sure)
}

/// Whether a sentence tells a year without its number, which the draft may have written out: "last year", "the year before".
fn names_a_year(p: &Paragraph<'_>, span: Span) -> bool {
    const BEFORE: [&str; 4] = ["last", "this", "next", "previous"];
    const BEHIND: [&str; 5] = ["before", "after", "earlier", "later", "ago"];
    span.iter().any(|at| {
        phrases::is_any(p, at, &["year", "years"])
            && (at.checked_sub(1).is_some_and(|before| phrases::is_any(p, before, &BEFORE))
                || phrases::is_any(p, at + 1, &BEHIND))
    })
}

/// Whether what one of two figures counts stands before the other, which has no noun: "53 dead", "killed at least 43".
fn is_named_before(
    p: &Paragraph<'_>,
    figure: &Figure,
    wire: &Paragraph<'_>,
    other: &Figure,
) -> bool {
    let before = |p: &Paragraph<'_>, bare: &Figure, nouns: &[u32]| {
        let at = bare.span.start as usize;
        let from = at.saturating_sub(CONTEXT).max(p.sentence_at(at).start as usize);
        (from..at).any(|at| figures::noun_at(p, at).is_some_and(|noun| nouns.contains(&noun)))
    };
    figure.kind == Kind::Count
        && other.kind == Kind::Count
        && match (figure.nouns.first(), other.nouns.first()) {
            (Some(_), None) => before(wire, other, &figure.nouns),
            (None, Some(_)) => before(p, figure, &other.nouns),
            _ => false,
        }
}

/// Whether a figure may be a slip of the hand; ages are somebody's each.
fn is_slip(figure: &Figure, other: &Figure) -> bool {
    !matches!(figure.kind, Kind::Age | Kind::Year | Kind::Day) && figure.is_slip(other)
}

/// Whether two results or shares have one of their numbers in common.
fn shares_side(figure: &Figure, other: &Figure) -> bool {
    figure.sides().zip(other.sides()).is_some_and(|(a, b)| a.0 == b.0 || a.1 == b.1)
}

/// Words that both sentences have near the two figures.
fn context(ours: &Figure, theirs: &Figure, shared: &[(usize, usize)], reach: usize) -> usize {
    let near = |span: Span, at: usize| {
        at + reach >= span.start as usize && at < span.end as usize + reach && !span.contains(at)
    };
    shared.iter().filter(|(a, b)| near(ours.span, *a) && near(theirs.span, *b)).count()
}

fn report(
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    figure: &Figure,
    place: Place,
    other: &Figure,
    sure: f32,
) -> Option<Diagnostic> {
    let wire = against.wires.paragraph(place)?;
    let (now, was) = (p.clean(figure.span), wire.clean(other.span));
    let message = format!("`{now}`, where the wire copy has `{was}`");
    let help = "Check the figure. If it is newer than the wire copy, say where it comes from.";
    let found = Diagnostic::new(p.bytes(figure.span), message, help);
    let found = found.confidence(0.35 + 0.6 * sure).fix(restored(p, figure, &wire, other));
    let place = Place { span: other.span, ..place };
    Some(wire::pointing(found, against, place, "the figure in the wire copy"))
}

/// The wire copy's figure in the form that the draft has it in: in its unit, and within its word. `None` where the unit is
/// another one in which it is no round number.
fn restored(
    p: &Paragraph<'_>,
    figure: &Figure,
    wire: &Paragraph<'_>,
    other: &Figure,
) -> Option<Fix> {
    let (now, was) = (p.clean(figure.span), wire.clean(other.span));
    let words = match figure.number(p).zip(other.number(wire)) {
        Some((ours, theirs)) => {
            let value = figure.converted(other)?;
            let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
            let same = figure.same_scale(other) && digits(ours) == digits(theirs);
            let number = if same { theirs.to_owned() } else { written(value, digits(ours))? };
            now.replacen(ours, &number, 1)
        }
        None => was,
    };
    let capital = p.sentence_at(figure.span.start as usize).start == figure.span.start;
    let words = match (capital, words.chars().next()) {
        (true, Some(first)) => format!("{}{}", first.to_uppercase(), &words[first.len_utf8()..]),
        _ => words,
    };
    let title = format!("Put back “{words}”");
    Fix::suggestion(title, [Edit::replace(p.bytes(figure.span), words)])
}

/// A number in digits or, where it is small, in words.
fn written(value: f64, digits: bool) -> Option<String> {
    const WORDS: [&str; 10] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    if (value * 10.0 - (value * 10.0).round()).abs() > 1e-6 {
        return None;
    }
    let word = WORDS.iter().enumerate().find(|(at, _)| value == *at as f64);
    let word = word.filter(|_| !digits).map(|(_, word)| (*word).to_owned());
    Some(word.unwrap_or_else(|| format!("{}", (value * 10.0).round() / 10.0)))
}

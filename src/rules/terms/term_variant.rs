//! `term-variant`: two rival forms for one thing in one article, or a form against house style.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en;
use crate::resolve::Story;
use crate::rules::phrases::{self, flagged, mark};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};
use crate::style::{Style, UnitedStates};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

pub(crate) static RULE: Rule = Rule {
    id: "term-variant",
    group: Group::Terms,
    severity: Severity::Info,
    enabled: false,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "Rival forms for one country, body or word",
    what: "\"US\" and \"U.S.\", \"DPRK\" and \"North Korea\", \"Myanmar\" and \"Burma\", \"email\" and \"e-mail\" and their like \
           in one article: the rarer form is flagged, or the one that came later. For \"US\" the settings can name the \
           house form. Quotations, headlines, names (\"U.S. News\", \"Burma Road\"), a form that is explained (\"Burma, also known as Myanmar\") and capitals as stand-ins for \
           governments (\"Pyongyang\") are left alone.",
    why: "Two names for one thing make readers wonder whether they are two things, and some pairs are political.",
    bad: &[
        "U.S. troops left. The US said so, and U.S. allies agreed.",
        "North Korea replied on Monday. The DPRK said it would wait.",
    ],
    good: &[
        "U.S. troops left. \"The US knew,\" she told US Magazine.",
        "The road in Myanmar was the Burma Road.",
    ],
    fix: "The rarer form is replaced by the other one: safe for \"US\" and \"U.S.\", a suggestion for the rest.",
    check: Check::Story(check),
};

/// How the forms of a line are matched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Proper names whose replacement is mechanical.
    Safe,
    /// Proper names.
    Name,
    /// Common words.
    Word,
}

/// Rival forms of one thing.
struct Rivals {
    kind: Kind,
    /// Each form with its adjective, plural and so on, as lists of words.
    forms: Vec<Vec<Vec<&'static str>>>,
    /// Words behind (or, with "<", before) which the form is part of a name.
    names: Vec<&'static str>,
}

/// The table, and by the fingerprint of a form's first word the lines and forms that start with it.
struct Table {
    rivals: Vec<Rivals>,
    starts: FxHashMap<u64, Vec<(usize, usize, usize)>>,
    /// One bit for the low bits of each first word's fingerprint, so that most words need no look-up.
    filter: [u64; 64],
}

impl Table {
    /// Whether a form may start with the word that has this fingerprint.
    #[inline]
    fn may_start(&self, hash: u64) -> bool {
        self.filter[(hash >> 6 & 63) as usize] & 1 << (hash & 63) != 0
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let rivals: Vec<Rivals> =
        include_str!("../../lang/en/variants.txt").lines().filter_map(rivals).collect();
    let mut starts: FxHashMap<u64, Vec<_>> = FxHashMap::default();
    for (line, rival) in rivals.iter().enumerate() {
        for (form, words) in rival.forms.iter().enumerate() {
            for (inflection, phrase) in words.iter().enumerate() {
                let first = phrase.first().map(|word| en::fingerprint(&word.to_lowercase()));
                starts.entry(first.unwrap_or_default()).or_default().push((line, form, inflection));
            }
        }
    }
    // The longest phrase first, so that "North Korean" is not read as "North Korea".
    for list in starts.values_mut() {
        list.sort_by_key(|(line, form, inflection)| {
            std::cmp::Reverse(rivals[*line].forms[*form][*inflection].len())
        });
    }
    let mut filter = [0; 64];
    for hash in starts.keys() {
        filter[(hash >> 6 & 63) as usize] |= 1 << (hash & 63);
    }
    Table { rivals, starts, filter }
});

/// A line of the data file, described at its head.
fn rivals(line: &'static str) -> Option<Rivals> {
    let (kind, rest) = line.split_once(": ")?;
    let kind = match kind {
        "safe" => Kind::Safe,
        "name" => Kind::Name,
        "word" => Kind::Word,
        _ => return None,
    };
    let (forms, names) = rest.split_once('!')?;
    let forms = forms
        .split('|')
        .map(|form| form.split('/').map(|phrase| phrase.split_whitespace().collect()).collect())
        .collect();
    Some(Rivals { kind, forms, names: names.split_whitespace().collect() })
}

/// One use of a form.
struct Use {
    paragraph: usize,
    span: Span,
    form: usize,
    inflection: usize,
}

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut uses: Vec<Vec<Use>> = TABLE.rivals.iter().map(|_| Vec::new()).collect();
    for (number, p) in story.paragraphs.iter().enumerate() {
        let headline =
            matches!(p.block.kind, BlockKind::Headline | BlockKind::Subheading | BlockKind::Chrome);
        if !headline {
            collect(p, number, &mut uses);
        }
    }
    for (rivals, uses) in TABLE.rivals.iter().zip(&uses).filter(|(_, uses)| !uses.is_empty()) {
        report(story, rivals, uses, context.style, findings);
    }
}

fn collect(p: &Paragraph<'_>, number: usize, uses: &mut [Vec<Use>]) {
    let table = &*TABLE;
    let mut shouted = None;
    let mut at = 0;
    while let Some(token) = p.token(at) {
        if !table.may_start(token.hash) {
            at += 1;
            continue;
        }
        let found = table.starts.get(&token.hash).and_then(|list| {
            list.iter().find(|(line, form, inflection)| {
                let rivals = &table.rivals[*line];
                matches(p, at, &rivals.forms[*form][*inflection], rivals)
            })
        });
        let Some((line, form, inflection)) = found else {
            at += 1;
            continue;
        };
        let end = at + table.rivals[*line].forms[*form][*inflection].len();
        if !phrases::is_quoted(p, at) && !*shouted.get_or_insert_with(|| phrases::is_shouted(p)) {
            let (form, inflection, span) = (*form, *inflection, Span::new(at, end));
            uses[*line].push(Use { paragraph: number, span, form, inflection });
        }
        at = end;
    }
}

/// Whether `phrase` stands at token `at` and is not part of a name.
fn matches(p: &Paragraph<'_>, at: usize, phrase: &[&str], rivals: &Rivals) -> bool {
    let end = at + phrase.len();
    let same = |index: usize, word: &str| match rivals.kind {
        Kind::Word => p.is(index, word),
        _ => p.text(index) == word,
    };
    if !phrase.iter().enumerate().all(|(offset, word)| same(at + offset, word)) {
        return false;
    }
    let capital = flagged(p, at, TokenFlags::CAPITAL) && !phrases::opens_sentence(p, at);
    if rivals.kind == Kind::Word && capital {
        return false;
    }
    let named = rivals.names.iter().any(|name| match name.strip_prefix('<') {
        Some(before) => at > 0 && p.is(at - 1, before),
        None => p.is(end, name) || mark(p, end) == ',' && p.is(end + 1, name),
    });
    let number = p.token(end).is_some_and(|token| token.kind == TokenKind::Number);
    let money = matches!(mark(p, end), '$' | '€' | '£') && !flagged(p, end, TokenFlags::SPACE);
    let glued = mark(p, end) == '/' || at > 0 && mark(p, at - 1) == '/';
    !named && !glued && !(rivals.kind == Kind::Safe && (number || money))
}

fn report(
    story: &Story<'_>,
    rivals: &Rivals,
    uses: &[Use],
    style: &Style,
    findings: &mut Findings,
) {
    let house = match (rivals.kind, style.united_states) {
        (Kind::Safe, Some(UnitedStates::Plain)) => Some(0),
        (Kind::Safe, Some(UnitedStates::Points)) => Some(1),
        _ => None,
    };
    let first = &uses[0];
    let Some(right) = house.or_else(|| majority(rivals, uses)) else { return };
    if rivals.kind != Kind::Safe && uses.windows(2).any(|pair| explains(story, &pair[0], &pair[1]))
    {
        return;
    }
    let rival = uses.iter().find(|found| found.form == right).unwrap_or(first);
    for found in uses.iter().filter(|found| found.form != right) {
        let Some(p) = story.paragraphs.get(found.paragraph) else { continue };
        let replacement = replacement(p, rivals, found, right);
        let text = p.clean(found.span);
        let message = if house.is_some() {
            format!("`{text}`: house style is `{}`", name(rivals, right))
        } else {
            format!("`{text}` here, `{}` elsewhere in the article", name(rivals, right))
        };
        let title = match rivals.kind {
            Kind::Safe => format!("Change to {}", name(rivals, right)),
            _ => format!("Change to {replacement}"),
        };
        let edit = [Edit::replace(p.bytes(found.span), replacement)];
        let fix = match rivals.kind {
            Kind::Safe => Fix::safe(title, edit),
            _ => Fix::suggestion(title, edit),
        };
        let mut finding = Diagnostic::new(
            p.bytes(found.span),
            message,
            "Use one form throughout, so that readers know that one thing is meant.",
        )
        .confidence(0.8)
        .fix(fix);
        if let Some(there) = story.paragraphs.get(rival.paragraph).filter(|_| house.is_none()) {
            finding = finding.related(there.field, there.bytes(rival.span), "the other form");
        }
        findings.push(p, finding);
    }
}

/// Whether the copy itself says that two forms are one thing: "Burma, also known as Myanmar", "Myanmar (formerly Burma)".
fn explains(story: &Story<'_>, first: &Use, second: &Use) -> bool {
    let (start, end) = (first.span.end as usize, second.span.start as usize);
    let near = first.paragraph == second.paragraph
        && first.form != second.form
        && start < end
        && end - start <= 8;
    let Some(p) = story.paragraphs.get(first.paragraph).filter(|_| near) else { return false };
    let words = ["known", "formerly", "once", "called", "previously", "now", "officially", "alias"];
    (start..end).any(|at| words.iter().any(|word| p.is(at, word)) || mark(p, at) == '(')
}

/// The form used most; of equals the one used first; `None` where there is only one.
fn majority(rivals: &Rivals, uses: &[Use]) -> Option<usize> {
    let count = |form: usize| uses.iter().filter(|found| found.form == form).count();
    let counts: Vec<usize> = (0..rivals.forms.len()).map(count).collect();
    if counts.iter().filter(|count| **count > 0).count() < 2 {
        return None;
    }
    let most = counts.iter().copied().max()?;
    uses.iter().map(|found| found.form).find(|form| counts[*form] == most)
}

/// A form as it is written.
fn name(rivals: &Rivals, form: usize) -> String {
    rivals
        .forms
        .get(form)
        .and_then(|words| words.first())
        .map(|words| words.join(" "))
        .unwrap_or_default()
}

/// The form `right` in the place of `found`: inflected and capitalised like it, with the point that ends a sentence.
fn replacement(p: &Paragraph<'_>, rivals: &Rivals, found: &Use, right: usize) -> String {
    let words = &rivals.forms[right];
    let end = found.span.end as usize;
    let adjective = found.inflection == 0
        && words.len() > 1
        && rivals.kind == Kind::Name
        && phrases::is_word(p, end)
        && !phrases::has(p, end, phrases::FUNCTION | crate::lang::en::Lex::SPEECH)
        && !flagged(p, end, TokenFlags::CLITIC);
    let inflection = if adjective { 1 } else { found.inflection };
    let mut text = words.get(inflection).or(words.first()).map(|w| w.join(" ")).unwrap_or_default();
    if rivals.kind == Kind::Word && flagged(p, found.span.start as usize, TokenFlags::CAPITAL) {
        let mut letters = text.chars();
        text =
            letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default();
    }
    if rivals.kind == Kind::Safe {
        // "... in the U.S." keeps the point that ends the sentence, "... in the US." does not get a second one.
        let last = p.sentence_at(found.span.start as usize).end as usize <= end
            || flagged(p, end, TokenFlags::CAPITAL) && phrases::has(p, end, phrases::FUNCTION);
        let point = p.text(end.wrapping_sub(1)).ends_with('.');
        let stop = mark(p, end) == '.' && !flagged(p, end, TokenFlags::SPACE);
        if last && point && !text.ends_with('.') {
            text.push('.');
        } else if stop && text.ends_with('.') {
            text.pop();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_has_rivals() {
        let lines = include_str!("../../lang/en/variants.txt").lines();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let rivals = rivals(line).unwrap_or_else(|| panic!("cannot read: {line}"));
            assert!(rivals.forms.len() > 1, "no rival: {line}");
            assert!(
                rivals.forms.iter().flatten().all(|phrase| !phrase.is_empty()),
                "empty: {line}"
            );
        }
    }
}

//! `placeholder`: TK, [NAME], XX and the like, left in the copy.

use crate::annotate::{Paragraph, Slot};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::resolve::Story;
use crate::rules::phrases::{self, flagged, has, is_any, is_word, mark};
use crate::rules::{Check, Context, Findings, Group, Rule, slots};
use crate::segment::{Span, TokenFlags, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "placeholder",
    group: Group::Structure,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.6,
    in_quotations: true,
    waits: true,
    yields_to: &[],
    summary: "A placeholder was left in the copy",
    what: "TK and TKTK (\"to come\"), XX where a figure belongs (\"$XX million\"), brackets to fill in ([NAME], [DATE], \
           [CHECK]), INSERT QUOTE HERE, ???, filler text (\"lorem ipsum\"), and an editor's mark such as (CQ) or (sp?). \
           Roman numerals, [sic], insertions in a quotation (\"[the president]\"), brands and flight numbers are left \
           alone.",
    why: "A placeholder in print is an embarrassment, and usually means that a fact was never checked.",
    bad: &[
        "The TK-year-old driver was unhurt.",
        "[NAME] said the bridge would cost $XX million.",
        "INSERT QUOTE HERE",
        "Mayor Ana Smyth (CQ) declined to comment.",
    ],
    good: &[
        "Chet Atkins played in Hotkey, Texas.",
        "The Packers won Super Bowl XXXI.",
        "\"They was [sic] here before [the mayor] came,\" he said.",
        "She covered Congress for CQ Roll Call.",
    ],
    fix: "Only the writer knows what was to come, so there is no fix; but (CQ), which means that a spelling was checked, \
          is deleted (safe).",
    check: Check::Story(check),
};

/// What a paragraph holds.
static SEEN: Slot<Seen> = Slot::new(slots::PLACEHOLDER);

struct Seen {
    /// Whether it introduces TK as somebody's initials.
    defines_tk: bool,
    /// Tokens at which a placeholder starts, unless TK is a name, or one before goes on.
    starts: Vec<u32>,
}

fn seen(p: &Paragraph<'_>) -> Option<Seen> {
    let starts = |at: &u32| {
        let at = *at as usize;
        placeholder(p, at, false).or_else(|| placeholder(p, at, true)).is_some()
    };
    let starts: Vec<u32> = (0..p.tokens().len() as u32).filter(starts).collect();
    let defines_tk = defines_tk(p);
    (defines_tk || !starts.is_empty()).then_some(Seen { defines_tk, starts })
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let read = || {
        let read = story.paragraphs.iter().filter(|p| p.block.kind != BlockKind::Chrome);
        read.filter_map(|p| Some((p, p.memo(&SEEN, seen)?)))
    };
    let tk_is_a_name = read().any(|(_, seen)| seen.defines_tk);
    for (paragraph, seen) in read() {
        let mut free = 0;
        for at in seen.starts.iter().map(|at| *at as usize) {
            if at < free {
                continue;
            }
            let Some((end, confidence, what)) = placeholder(paragraph, at, tk_is_a_name) else {
                continue;
            };
            findings.push(
                paragraph,
                finding(paragraph, Span::new(at, end), what).confidence(confidence),
            );
            free = end;
        }
    }
}

/// What kind of placeholder was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Missing,
    Note,
    Checked,
    Filler,
}

fn finding(p: &Paragraph<'_>, span: Span, kind: Kind) -> Diagnostic {
    let text = p.clean(span);
    let (message, help) = match kind {
        Kind::Missing => (
            format!("placeholder `{text}` left in the copy"),
            "Something was to come here. Fill it in, or cut the sentence.",
        ),
        Kind::Note => (
            format!("note `{text}` left in the copy"),
            "A note between writer and editor. Do what it asks, then delete it.",
        ),
        Kind::Checked => (
            format!("editor's mark `{text}` left in the copy"),
            "The mark says that an odd spelling was checked; readers should not see it.",
        ),
        Kind::Filler => (
            format!("filler text `{text}` left in the copy"),
            "Filler holds the place of copy that was to come. Replace it.",
        ),
    };
    let finding = Diagnostic::new(p.bytes(span), message, help);
    match kind {
        Kind::Checked => finding.fix(delete(p, span)),
        _ => finding,
    }
}

/// Deletes the mark with the space before it.
fn delete(p: &Paragraph<'_>, span: Span) -> Option<Fix> {
    let mut range = p.bytes(span);
    if let Some(before) = (span.start as usize).checked_sub(1) {
        range.start = p.byte(before).end;
    }
    Fix::safe("Delete the mark", [Edit::delete(range)])
}

/// Where the placeholder that starts at token `at` ends, how sure that is, and its kind.
fn placeholder(p: &Paragraph<'_>, at: usize, tk_is_a_name: bool) -> Option<(usize, f32, Kind)> {
    let token = p.token(at)?;
    match token.kind {
        // Capitals, compounds and the few words of the list: no other word can be a placeholder.
        TokenKind::Word
            if token.flags.intersects(TokenFlags::UPPER | TokenFlags::HYPHEN)
                || token.lex.intersects(Lex::BRACKET) =>
        {
            word(p, at, tk_is_a_name)
        }
        TokenKind::Punct => match token.mark {
            '[' | '{' => bracket(p, at),
            '(' => parenthesis(p, at),
            '?' => question_marks(p, at),
            '_' => blank(p, at),
            _ => None,
        },
        TokenKind::Number => zeros(p, at),
        _ => None,
    }
}

fn word(p: &Paragraph<'_>, at: usize, tk_is_a_name: bool) -> Option<(usize, f32, Kind)> {
    let text = p.text(at);
    if !tk_is_a_name && is_tk(text) {
        let confidence = tk(p, at)?;
        let end = (at + 1..at + 9).find(|next| !is_tk(p.text(*next))).unwrap_or(at + 9);
        return Some((end, confidence, Kind::Missing));
    }
    if is_xx(text) {
        let end = end_of_xx(p, at);
        return xx(p, at, end).map(|confidence| (end, confidence, Kind::Missing));
    }
    if p.is(at, "lorem") && p.is(at + 1, "ipsum") {
        let real = p.is(at + 2, "dolor")
            || flagged(p, at, TokenFlags::CAPITAL) && phrases::opens_sentence(p, at);
        let end = if p.is(at + 2, "dolor") { at + 3 } else { at + 2 };
        return real.then_some((end, 0.95, Kind::Filler));
    }
    if p.is_phrase(at, &["firstname", "lastname"]) {
        return Some((at + 2, 0.95, Kind::Missing));
    }
    if matches!(text, "TODO" | "FIXME") && mark(p, at + 1) == ':' {
        return Some((at + 2, 0.9, Kind::Note));
    }
    instruction(p, at)
}

/// "TK", "TKTK", "TKs", "tktk", alone or before a hyphen ("TK-year-old").
fn is_tk(text: &str) -> bool {
    text.split('-').any(|part| {
        let letters = part.strip_suffix('s').unwrap_or(part);
        let pairs = letters.len() / 2;
        letters.len() % 2 == 0
            && (pairs >= 1 && letters.as_bytes().chunks(2).all(|pair| pair == b"TK")
                || pairs >= 2
                    && letters.as_bytes().chunks(2).all(|pair| pair.eq_ignore_ascii_case(b"tk")))
    })
}

/// How sure it is that the TK at token `at` means "to come": it may be an airline or a brand.
fn tk(p: &Paragraph<'_>, at: usize) -> Option<f32> {
    let plain = p.text(at) == "TK";
    let number = p
        .token(at + 1)
        .is_some_and(|t| t.kind == TokenKind::Number && t.flags.contains(TokenFlags::SPACE));
    let flight = at > 0 && is_any(p, at - 1, &["flight", "flights", "code", "codes"]);
    let brand =
        is_any(p, at + 1, &["maxx", "elevator", "elevators", "carter", "kirkland", "strasse"]);
    if plain && (number || flight || brand) {
        return None;
    }
    Some(0.97)
}

/// Whether the paragraph introduces TK as somebody's initials: "Techniker Krankenkasse (TK)".
fn defines_tk(p: &Paragraph<'_>) -> bool {
    let capital_k = |at: usize| {
        flagged(p, at, TokenFlags::CAPITAL) && p.text(at).starts_with(['K', 'A']) && is_word(p, at)
    };
    (2..p.tokens().len()).any(|at| {
        let bracketed = mark(p, at - 1) == '(' && mark(p, at + 1) == ')';
        bracketed && p.text(at) == "TK" && capital_k(at - 2)
    })
}

/// "XX", "XXX", "XX,XXX", "X.X", "XX-year-old".
fn is_xx(text: &str) -> bool {
    let head = text.split('-').next().unwrap_or(text);
    let xs = head.bytes().filter(|b| *b == b'X').count();
    let figure = head.bytes().all(|b| matches!(b, b'X' | b',' | b'.')) && xs >= 2;
    figure || text.len() > 2 && text.bytes().all(|b| b == b'x')
}

/// Where the figure ends that starts with the XX at token `at` ("XX.X" is several tokens).
fn end_of_xx(p: &Paragraph<'_>, at: usize) -> usize {
    let mut end = at + 1;
    let goes_on = |end: usize| {
        matches!(mark(p, end), '.' | ',')
            && !flagged(p, end + 1, TokenFlags::SPACE)
            && is_word(p, end + 1)
            && p.text(end + 1).bytes().all(|b| b == b'X')
    };
    while end < at + 8 && goes_on(end) {
        end += 2;
    }
    end
}

/// How sure it is that the XX from token `at` to `end` stands for a figure or a name: it may be a Roman numeral.
fn xx(p: &Paragraph<'_>, at: usize, end: usize) -> Option<f32> {
    let text = p.text(at);
    let before = at.checked_sub(1);
    let money = before.is_some_and(|b| matches!(mark(p, b), '$' | '€' | '£' | '¥'));
    let percent = mark(p, end) == '%';
    let punctuated = text.trim_end_matches('.').contains([',', '.']) || end > at + 1;
    let compound =
        text.ends_with("-year-old") || text.ends_with("-point") || text.ends_with("-year");
    let month = before.is_some_and(|b| has(p, b, Lex::MONTH)) && text.starts_with("XX");
    if money || percent || punctuated || compound || month {
        return Some(0.97);
    }
    let numeral = before.is_some_and(|b| {
        is_word(p, b) && flagged(p, b, TokenFlags::CAPITAL) && !phrases::opens_sentence(p, b)
    });
    if numeral || is_any(p, at + 1, &["rated", "gold", "bitter"]) {
        return None;
    }
    if has(p, at + 1, Lex::UNIT)
        || is_any(p, at + 1, &STREETS) && flagged(p, at + 1, TokenFlags::CAPITAL)
    {
        return Some(0.95);
    }
    let adult = [
        "movie",
        "movies",
        "film",
        "films",
        "store",
        "theater",
        "content",
        "site",
        "sites",
        "video",
        "videos",
        "porn",
        "chromosome",
        "chromosomes",
        "female",
        "females",
    ];
    let long = text.len() >= 3 && text.bytes().all(|b| b == b'X');
    let lone = !flagged(p, at + 1, TokenFlags::CAPITAL) && !is_any(p, at + 1, &adult);
    let rated = before.is_some_and(|b| is_any(p, b, &["rated", "rating", "hardcore"]));
    (long && lone && !rated).then_some(0.75)
}

/// What a street's name ends in.
const STREETS: [&str; 10] =
    ["street", "avenue", "road", "lane", "drive", "boulevard", "st.", "ave.", "rd.", "blvd."];

/// "$00,000", "00 people": noughts that hold the place of a figure.
fn zeros(p: &Paragraph<'_>, at: usize) -> Option<(usize, f32, Kind)> {
    let text = p.text(at);
    let noughts = text.len() > 1 && text.bytes().all(|b| matches!(b, b'0' | b','));
    let money = at > 0 && matches!(mark(p, at - 1), '$' | '€' | '£' | '¥');
    let grouped = text.starts_with("00") && text.contains(',');
    let counted = text.bytes().all(|b| b == b'0') && has(p, at + 1, Lex::UNIT);
    (noughts && (money || grouped || counted)).then_some((at + 1, 0.9, Kind::Missing))
}

/// "___ books": a blank to fill in, and neither a rule across the page nor a mark of emphasis.
fn blank(p: &Paragraph<'_>, at: usize) -> Option<(usize, f32, Kind)> {
    let goes_on = |next: usize| mark(p, next) == '_' && !flagged(p, next, TokenFlags::SPACE);
    if at > 0 && mark(p, at - 1) == '_' && !flagged(p, at, TokenFlags::SPACE) {
        return None;
    }
    let mut end = at + 1;
    while goes_on(end) {
        end += 1;
    }
    let long = p.byte(at).cover(p.byte(end - 1)).len() >= 3;
    let free =
        |index: usize, word: usize| flagged(p, index, TokenFlags::SPACE) || !is_word(p, word);
    let before =
        at.checked_sub(1).is_some_and(|b| is_word(p, b) || matches!(mark(p, b), '$' | '(' | ','));
    (long && (before || is_word(p, end)) && free(at, at.wrapping_sub(1)) && free(end, end))
        .then_some((end, 0.85, Kind::Missing))
}

/// "[NAME]", "[insert quote here]", "[CHECK spelling]".
fn bracket(p: &Paragraph<'_>, at: usize) -> Option<(usize, f32, Kind)> {
    let close = if mark(p, at) == '{' { '}' } else { ']' };
    let end = (at + 2..at + 10).find(|end| mark(p, *end) == close)?;
    // "[date](https://...)" and "[date]: https://..." are links, not gaps.
    let link =
        matches!(mark(p, end + 1), '(' | '[' | ':') && !flagged(p, end + 1, TokenFlags::SPACE);
    let target = at > 0 && mark(p, at - 1) == ']' && !flagged(p, at, TokenFlags::SPACE);
    if link || target {
        return None;
    }
    let inside = Span::new(at + 1, end);
    let first = p.text(at + 1);
    if is_any(p, at + 1, &["cq"]) && inside.len() == 1 {
        return Some((end + 1, 0.97, Kind::Checked));
    }
    if inside.iter().any(|word| is_tk(p.text(word))) {
        return Some((end + 1, 0.98, Kind::Missing));
    }
    if is_xx(first) && inside.len() == 1 {
        return Some((end + 1, 0.97, Kind::Missing));
    }
    let upper = inside.iter().all(|word| {
        !is_word(p, word) || flagged(p, word, TokenFlags::UPPER) || p.text(word).len() == 1
    });
    let order = is_any(
        p,
        at + 1,
        &[
            "insert",
            "add",
            "check",
            "confirm",
            "verify",
            "todo",
            "fixme",
            "tbd",
            "tbc",
            "placeholder",
        ],
    );
    let known = inside.iter().any(|word| has(p, word, Lex::BRACKET));
    let all_known = inside.iter().all(|word| {
        has(p, word, Lex::BRACKET | Lex::DETERMINER | Lex::PREPOSITION)
            || is_any(p, word, &["to", "come", "here"])
    });
    if upper && known && (all_known || order || inside.len() <= 3) {
        return Some((end + 1, 0.97, if order { Kind::Note } else { Kind::Missing }));
    }
    if phrases::is_quoted(p, at) {
        return None;
    }
    let capital = flagged(p, at + 1, TokenFlags::CAPITAL);
    let note = order && (inside.len() > 1 || !capital);
    // "[name]", "[name of mayor]", "[Date]": somebody's insertion would rather say "[the date]".
    let gap = has(p, at + 1, Lex::BRACKET)
        && (all_known || p.is(at + 2, "of"))
        && !is_any(p, at + 1, &["video", "photo"]);
    if note || gap {
        return Some((end + 1, 0.85, if note { Kind::Note } else { Kind::Missing }));
    }
    None
}

/// "(CQ)", "(sp?)", "(CHECK)", "(spelling?)".
fn parenthesis(p: &Paragraph<'_>, at: usize) -> Option<(usize, f32, Kind)> {
    if is_any(p, at + 1, &["sp", "sp.", "spelling", "ck", "check"])
        && mark(p, at + 2) == '?'
        && mark(p, at + 3) == ')'
    {
        return Some((at + 4, 0.95, Kind::Note));
    }
    if mark(p, at + 2) != ')' {
        let order = matches!(p.text(at + 1), "CHECK" | "VERIFY" | "CONFIRM" | "INSERT" | "TODO");
        let end = (at + 2..at + 10).find(|end| mark(p, *end) == ')')?;
        if is_to_come(p, at + 1, end) {
            return Some((end + 1, 0.93, Kind::Missing));
        }
        return order.then_some((end + 1, 0.9, Kind::Note));
    }
    let initials = at
        .checked_sub(1)
        .is_some_and(|b| p.text(b).starts_with('Q') && flagged(p, b, TokenFlags::CAPITAL));
    match p.text(at + 1) {
        "CQ" | "cq" if !initials => Some((at + 3, 0.95, Kind::Checked)),
        "CHECK" | "VERIFY" | "CONFIRM" => Some((at + 3, 0.9, Kind::Note)),
        _ => None,
    }
}

/// "name to come", "age and address to come", "more TK".
fn is_to_come(p: &Paragraph<'_>, start: usize, end: usize) -> bool {
    let known = || {
        (start..end).any(|word| {
            has(p, word, Lex::BRACKET) || is_any(p, word, &["more", "address", "comment"])
        })
    };
    let come = end >= start + 3 && p.is_phrase(end - 2, &["to", "come"]);
    let short = end <= start + 6
        && !(start..end).any(|word| is_any(p, word, &["with", "is", "are", "was"]));
    (come || is_tk(p.text(end - 1))) && short && known()
}

/// "???" for something unknown; "Really???" shouts.
fn question_marks(p: &Paragraph<'_>, at: usize) -> Option<(usize, f32, Kind)> {
    let mut end = at + 1;
    while mark(p, end) == '?' && !flagged(p, end, TokenFlags::SPACE) {
        end += 1;
    }
    if end < at + 3 || phrases::is_quoted(p, at) {
        return None;
    }
    let alone = at == 0
        || flagged(p, at, TokenFlags::SPACE)
        || matches!(mark(p, at - 1), '(' | '$' | '€' | '£' | '[');
    let goes_on = is_word(p, end) && !flagged(p, end, TokenFlags::CAPITAL);
    match (alone, goes_on) {
        (true, _) => Some((end, 0.95, Kind::Missing)),
        (false, true) => Some((end, 0.75, Kind::Missing)),
        _ => Some((end, 0.4, Kind::Missing)),
    }
}

/// "INSERT QUOTE HERE", "ADD LINK", "NEED QUOTE", in capitals amid other copy.
fn instruction(p: &Paragraph<'_>, at: usize) -> Option<(usize, f32, Kind)> {
    if !matches!(p.text(at), "INSERT" | "ADD" | "NEED" | "NEEDS" | "QUOTE" | "FILL") {
        return None;
    }
    let upper =
        |word: usize| is_word(p, word) && p.text(word).bytes().all(|b| b.is_ascii_uppercase());
    if at > 0 && upper(at - 1) {
        return None;
    }
    let end = (at + 1..at + 7).find(|word| !upper(*word)).unwrap_or(at + 7);
    let words = at + 1..end;
    let what = words.clone().any(|word| has(p, word, Lex::BRACKET));
    let here = words.clone().next_back().is_some_and(|word| matches!(p.text(word), "HERE" | "TK"));
    (!words.is_empty() && (what && p.text(at) != "QUOTE" || here) && end < at + 7).then_some((
        end,
        0.93,
        Kind::Missing,
    ))
}

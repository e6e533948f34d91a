//! Attributions that no word makes but the way they are set: a quotation with a dash and a name under it, and the turn of
//! a speaker in a transcript.

use super::Annotations;
use crate::annotate::{Attribution, AttributionKind};
use crate::lang::en::{Lex, fingerprint};
use crate::segment::{Span, Token, TokenFlags, TokenKind};

/// Words that a quotation must have for the name under it to be its speaker's.
const QUOTED_WORDS: usize = 3;
/// Words that a name may have.
const NAME_WORDS: usize = 6;
/// Tokens that may say who that is, after a comma.
const DESCRIPTION: usize = 16;
/// Letters that a speaker's label must have: "Q:" and "A:" name nobody.
const LABEL_LETTERS: usize = 3;

/// Adds the attributions by layout of a paragraph to those by words, in the order of their cues. Those by words whose source
/// or cue stands within one by layout are dropped: nobody else is on record for a part of what somebody says.
/// Returns those that were added.
pub(super) fn add(notes: &Annotations, attributions: &mut Vec<Attribution>) -> Vec<Attribution> {
    let list = &notes.tokens.list;
    let mut found = turns(list);
    if found.is_empty() {
        let quotations = notes.quotations.iter().filter(|q| q.depth == 0 && q.closed);
        found.extend(quotations.filter_map(|q| signed_by(list, q.range, q.content)));
    }
    if found.is_empty() {
        return found;
    }
    // They follow each other without sharing tokens.
    let whole: Vec<Span> = found.iter().map(whole).collect();
    attributions.retain(|a| {
        let within = |span: &Span| {
            whole
                .get(whole.partition_point(|w| w.end <= span.start))
                .is_some_and(|w| w.overlaps(*span))
        };
        !a.cue.iter().chain(&a.source).any(within)
    });
    attributions.extend_from_slice(&found);
    attributions.sort_by_key(|a| a.cue.first().map_or(0, |cue| cue.start));
    found
}

/// From the first token of an attribution to its last.
fn whole(attribution: &Attribution) -> Span {
    let Attribution { source, cue, content, .. } = attribution;
    let spans = || source.iter().chain(cue).chain(content);
    let start = spans().map(|s| s.start).min().unwrap_or(0);
    let end = spans().map(|s| s.end).max().unwrap_or(0);
    Span { start, end }
}

/// “...” — Name: the quotation's source and dash, where the name closes the line.
fn signed_by(list: &[Token], quotation: Span, content: Span) -> Option<Attribution> {
    let start = quotation.start as usize;
    let opens_line = start == 0 || list.get(start)?.flags.contains(TokenFlags::NEWLINE);
    let dash = quotation.end as usize;
    list.get(dash).filter(|t| is_dash(t.mark))?;
    let name = name(list, dash + 1)?;
    let words = |t: &&Token| t.kind == TokenKind::Word;
    let quoted = list.get(content.iter())?.iter().filter(words).count();
    let ends = line_ends(list, name.end as usize) || described(list, name.end as usize);
    (opens_line && ends && quoted >= QUOTED_WORDS)
        .then(|| attribution(name, Span::new(dash, dash + 1), quotation, AttributionKind::Direct))
}

fn is_dash(mark: char) -> bool {
    matches!(mark, '-' | '–' | '—' | '―')
}

/// The capitalised words from `start` on.
fn name(list: &[Token], start: usize) -> Option<Span> {
    let part = |t: &&Token| {
        t.kind == TokenKind::Word
            && (t.flags.contains(TokenFlags::CAPITAL) || t.lex.contains(Lex::PARTICLE))
    };
    let goes_on = |at: usize| at == start || !list[at].flags.contains(TokenFlags::NEWLINE);
    let words = list.get(start..)?.iter().enumerate();
    let count = words.take_while(|(at, t)| part(t) && goes_on(start + at)).count();
    let opens = list.get(start).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    let other = Lex::DETERMINER | Lex::PRONOUN | Lex::WEEKDAY | Lex::MONTH | Lex::HEADING;
    let nobody = list.get(start).is_some_and(|t| t.lex.intersects(other));
    (opens && !nobody && (1..=NAME_WORDS).contains(&count)).then(|| Span::new(start, start + count))
}

/// Whether the line ends at token `at`, a full stop aside.
fn line_ends(list: &[Token], at: usize) -> bool {
    let opens = |at: usize| list.get(at).is_none_or(|t| t.flags.contains(TokenFlags::NEWLINE));
    opens(at) || list[at].mark == '.' && opens(at + 1)
}

/// ", mayor of the town": whether the line goes on from `at` with no more than who that is.
fn described(list: &[Token], at: usize) -> bool {
    let verb = Lex::SPEECH | Lex::THOUGHT | Lex::AUXILIARY;
    list.get(at).is_some_and(|t| t.mark == ',')
        && (at + 1..at + 1 + DESCRIPTION)
            .take_while(|at| list.get(at - 1).is_some_and(|t| !t.lex.intersects(verb)))
            .any(|at| line_ends(list, at))
}

/// Words of somebody who speaks of himself or to somebody.
static SPOKEN: [u64; 8] = [
    fingerprint("i"),
    fingerprint("we"),
    fingerprint("you"),
    fingerprint("me"),
    fingerprint("us"),
    fingerprint("my"),
    fingerprint("our"),
    fingerprint("your"),
];

/// What opens a line of a list rather than a turn ("When: ...", "Parking: ...").
const NOBODY: Lex = Lex::DETERMINER
    .union(Lex::OPENER)
    .union(Lex::NO_NAME)
    .union(Lex::PLACE)
    .union(Lex::PRONOUN)
    .union(Lex::PREPOSITION)
    .union(Lex::WEEKDAY)
    .union(Lex::MONTH);

/// A line that opens with a speaker's label.
struct Label {
    /// First token of the line.
    line: usize,
    /// The label's words; the colon follows.
    name: Span,
    /// Whether all of it is in capitals.
    upper: bool,
}

/// "RUIZ: We never agreed to that.": what each speaker says up to the next label or the paragraph's end. It must sound
/// spoken, since some newspapers set their datelines in this way ("NEW DELHI: The government ..."). Labels that are not
/// in capitals count only where two speakers take turns ("Ruiz: ...", "Smith: ..."), or each list would be a talk.
fn turns(list: &[Token]) -> Vec<Attribution> {
    let opens = |at: usize| at == 0 || list[at].flags.contains(TokenFlags::NEWLINE);
    let lines = (0..list.len()).filter(|at| opens(*at));
    let mut labels: Vec<Label> = lines.filter_map(|line| speaker(list, line)).collect();
    let first = |label: &Label| list[label.name.start as usize].hash;
    let talk = labels.iter().any(|label| first(label) != first(&labels[0]));
    labels.retain(|label| label.upper || talk);
    let ends = labels.iter().skip(1).map(|label| label.line).chain([list.len()]);
    labels.iter().zip(ends).filter_map(|(label, end)| turn(list, label, end)).collect()
}

/// The label that the line from token `line` on opens with, perhaps after a quotation mark.
fn speaker(list: &[Token], line: usize) -> Option<Label> {
    let start = line + usize::from(list.get(line)?.kind == TokenKind::Quote);
    let part = |t: &&Token| t.kind == TokenKind::Word && t.flags.contains(TokenFlags::CAPITAL);
    let words = list.get(start..)?.iter().take(NAME_WORDS + 1).take_while(part);
    let name = Span::new(start, start + words.count());
    let words = &list[name.iter()];
    let letters: u32 = words.iter().map(|t| t.end - t.start).sum();
    let named = (1..=NAME_WORDS).contains(&words.len()) && letters as usize >= LABEL_LETTERS;
    let upper = words.iter().all(|t| t.flags.contains(TokenFlags::UPPER));
    let nobody = if upper { Lex::HEADING } else { Lex::HEADING | NOBODY };
    let heading = words.iter().any(|t| t.lex.intersects(nobody));
    let colon = list.get(name.end as usize).is_some_and(|t| t.mark == ':')
        && list.get(name.end as usize + 1).is_some_and(|t| t.flags.contains(TokenFlags::SPACE));
    (named && colon && !heading).then_some(Label { line, name, upper })
}

/// What is said from a label up to token `end`.
fn turn(list: &[Token], label: &Label, mut end: usize) -> Option<Attribution> {
    let colon = label.name.end as usize;
    let marked = label.name.start as usize != label.line;
    if marked && list.get(end.wrapping_sub(1)).is_some_and(|t| t.kind == TokenKind::Quote) {
        end -= 1;
    }
    let said = list.get(colon + 1..end).filter(|said| said.len() > 2)?;
    let spoken = said.iter().any(|t| t.mark == '?' || SPOKEN.contains(&t.hash));
    spoken.then(|| {
        let (cue, content) = (Span::new(colon, colon + 1), Span::new(colon + 1, end));
        attribution(label.name, cue, content, AttributionKind::Indirect)
    })
}

fn attribution(source: Span, cue: Span, content: Span, kind: AttributionKind) -> Attribution {
    Attribution {
        source: vec![source],
        cue: vec![cue],
        content: vec![content],
        kind,
        speech: true,
        confidence: 1.0,
    }
}

#[cfg(test)]
mod tests {
    use crate::Analyzer;
    use crate::analysis::Article;

    /// Source and content of each attribution by layout.
    fn found(text: &str) -> Vec<(String, String)> {
        let story = Analyzer::default().annotate(&Article { text, ..Article::default() });
        let mut out = Vec::new();
        for paragraph in &story.paragraphs {
            let clean = |spans: &[crate::segment::Span]| -> String {
                spans.iter().map(|span| paragraph.clean(*span)).collect()
            };
            let set = paragraph
                .notes
                .attributions
                .iter()
                .filter(|a| !clean(&a.cue).chars().any(char::is_alphabetic));
            out.extend(set.map(|a| (clean(&a.source), clean(&a.content))));
        }
        out
    }

    #[test]
    fn a_name_under_a_quotation_signs_it() {
        let signed =
            |text: &str| found(text).into_iter().map(|(source, _)| source).collect::<Vec<_>>();
        assert_eq!(signed("“We lost the boat in the storm.” — Ana Ruiz"), ["Ana Ruiz"]);
        assert_eq!(
            signed("“We lost the boat.” ― Ana Ruiz\n“It was cold out there.” ― Jon Bek"),
            ["Ana Ruiz", "Jon Bek"]
        );
        assert_eq!(signed("“We lost the boat.” -- Ana Ruiz, the harbour master."), ["Ana Ruiz"]);
        for aside in [
            "“We lost the boat” — Ruiz had only one — “and the nets.”",
            "He called the pact “the worst deal ever made” — NAFTA.",
            "“The vote in the town was close” — Council President “Bob” Ruiz told reporters.",
            "“We never agreed to that” — Friday.",
            "The skipper of “Sea Star” — Ana Ruiz",
            "“We lost the boat,” she said — the Ruiz family had two.",
        ] {
            assert!(signed(aside).is_empty(), "{aside}: {:?}", signed(aside));
        }
    }

    #[test]
    fn a_label_in_capitals_opens_a_turn() {
        assert_eq!(
            found("RUIZ: Well, we never agreed to that, and the mayor said so."),
            [(
                "RUIZ".to_owned(),
                "Well, we never agreed to that, and the mayor said so.".to_owned()
            )]
        );
        assert_eq!(
            found("RUIZ: We never agreed to that.\nBEK: Who did? You told me so.\nRUIZ: Not us.")
                .into_iter()
                .map(|(source, content)| format!("{source}: {content}"))
                .collect::<Vec<_>>(),
            ["RUIZ: We never agreed to that.", "BEK: Who did? You told me so.", "RUIZ: Not us."]
        );
        assert_eq!(
            found("Ruiz: We lost the boat.\nJon Bek: And what did you do?").len(),
            2,
            "two speakers take turns"
        );
        for other in [
            "Where: The harbour, if you have a boat.\nWhen: On Sunday, so we hope to see you.",
            "NEW DELHI: The government said on Monday that it will build the port.",
            "UPDATE: We have corrected the number of boats.",
            "The mayor had one word for it: we lost.",
        ] {
            assert!(found(other).is_empty(), "{other}: {:?}", found(other));
        }
    }
}

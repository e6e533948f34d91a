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
    let mut found: Vec<Attribution> = turn(list).into_iter().collect();
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

/// "RUIZ: We never agreed to that.": what the speaker says up to the paragraph's end. It must sound spoken, since some
/// newspapers set their datelines in this way ("NEW DELHI: The government ...").
fn turn(list: &[Token]) -> Option<Attribution> {
    let start = usize::from(list.first()?.kind == TokenKind::Quote);
    let upper = |t: &&Token| t.kind == TokenKind::Word && t.flags.contains(TokenFlags::UPPER);
    let count = list.get(start..)?.iter().take_while(upper).count();
    let colon = start + count;
    let label = Span::new(start, colon);
    let letters: u32 = list.get(label.iter())?.iter().map(|t| t.end - t.start).sum();
    let heading = list[label.iter()].iter().any(|t| t.lex.contains(Lex::HEADING));
    let mut end = list.len();
    if list.last().is_some_and(|t| t.kind == TokenKind::Quote) && start == 1 {
        end -= 1;
    }
    let spoken = list
        .get(colon + 1..end)
        .is_some_and(|said| said.iter().any(|t| t.mark == '?' || SPOKEN.contains(&t.hash)));
    let says = spoken
        && list.get(colon).is_some_and(|t| t.mark == ':')
        && list.get(colon + 1).is_some_and(|t| t.flags.contains(TokenFlags::SPACE))
        && end > colon + 3;
    ((1..=NAME_WORDS).contains(&count) && letters as usize >= LABEL_LETTERS && says && !heading)
        .then(|| {
            let content = Span::new(colon + 1, end);
            attribution(label, Span::new(colon, colon + 1), content, AttributionKind::Indirect)
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
        for other in [
            "NEW DELHI: The government said on Monday that it will build the port.",
            "UPDATE: We have corrected the number of boats.",
            "The mayor had one word for it: we lost.",
        ] {
            assert!(found(other).is_empty(), "{other}: {:?}", found(other));
        }
    }
}

//! Hard-wrapped text: whether line breaks inside paragraphs are only there to keep lines short.

use super::plain::{Piece, list_marker};
use super::{lines, stet};

/// The widest line of hard-wrapped text, in bytes; wider lines are paragraphs.
const WIDEST: usize = 132;
/// The narrowest column that text is wrapped to.
const NARROWEST: usize = 40;
/// The fewest line breaks that show a habit.
const FEWEST: usize = 3;

/// Joins the lines of hard-wrapped paragraphs. Text with one paragraph a line is left as it is.
pub(super) fn join(source: &str, pieces: &mut Vec<Piece>) {
    let Some(width) = width(source, pieces) else { return };
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    // Start of the last line of the piece under way.
    let mut last_line = 0;
    for &piece in pieces.iter() {
        let goes_on = joined.last().is_some_and(|above| {
            let line = Piece { start: last_line, ..*above };
            !piece.gap
                && !starts_anew(source, piece)
                && stet::on_line(source, above.start as usize..above.end as usize).is_none()
                && is_full(line.text(source), piece.text(source), width)
        });
        last_line = piece.start;
        match joined.last_mut().filter(|_| goes_on) {
            Some(above) => above.end = piece.end,
            None => joined.push(piece),
        }
    }
    *pieces = joined;
}

fn starts_anew(source: &str, piece: Piece) -> bool {
    let text = piece.text(source);
    list_marker(text) > 0
        || stet::on_line(source, piece.start as usize..piece.end as usize).is_some()
}

/// Whether the next line's first word would not have fit on this line, give or take a tenth of the column.
fn is_full(line: &str, next: &str, width: usize) -> bool {
    let word = next.split(char::is_whitespace).next().unwrap_or("");
    line.len() + 1 + word.len() + width / 10 >= width
}

/// The column that the text is wrapped to, in bytes, if it is wrapped.
///
/// Two things show it, and both must: nearly every break inside a paragraph stands where the next word would not
/// have fit, and most such lines stop in mid-sentence. One paragraph a line fails the first test at once.
fn width(source: &str, pieces: &[Piece]) -> Option<usize> {
    let mut width = 0;
    let mut breaks = 0;
    for pair in pieces.windows(2).filter(|pair| !pair[1].gap) {
        let text = pair[0].text(source);
        if text.len() > WIDEST && text.contains(' ') {
            return None;
        }
        width = width.max(if text.len() > WIDEST { 0 } else { text.len() });
        breaks += 1;
    }
    if breaks < FEWEST || width < NARROWEST {
        return None;
    }
    let inner = || {
        let within = pieces.windows(2).filter(|pair| !pair[1].gap);
        within.filter(|pair| !starts_anew(source, pair[1]))
    };
    let total = inner().count();
    let full =
        inner().filter(|pair| is_full(pair[0].text(source), pair[1].text(source), width)).count();
    let open = inner().filter(|pair| !lines::ends_sentence(pair[0].text(source))).count();
    (total >= FEWEST && full * 10 >= total * 8 && open * 10 >= total * 6).then_some(width)
}

//! Colour and line width.

use std::io::{self, IsTerminal};

/// Columns of running text.
const COLUMNS: usize = 80;

/// Whether to print in colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint(pub bool);

impl Paint {
    /// Colour on a terminal, unless NO_COLOR or TERM=dumb say no; CLICOLOR_FORCE says yes anywhere.
    pub(super) fn stdout() -> Self {
        Self(anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never)
    }

    /// The text in bold.
    pub(super) fn bold(self, text: &str) -> String {
        if self.0 { format!("\u{1B}[1m{text}\u{1B}[0m") } else { text.to_owned() }
    }

    /// The text in grey.
    pub(super) fn dim(self, text: &str) -> String {
        if self.0 { format!("\u{1B}[2m{text}\u{1B}[0m") } else { text.to_owned() }
    }
}

/// Whether a person sees standard output at once.
pub(super) fn is_watched() -> bool {
    io::stdout().is_terminal()
}

/// Breaks text into lines of at most [`COLUMNS`] columns that start with `indent`.
pub(super) fn wrap(text: &str, indent: &str) -> String {
    wrap_at(COLUMNS, text, indent)
}

/// Breaks text into lines of at most `columns` columns that start with `indent`.
pub(super) fn wrap_at(columns: usize, text: &str, indent: &str) -> String {
    let mut out = String::from(indent);
    let mut width = indent.len();
    let mut first = true;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !first && width + 1 + length > columns {
            out.push('\n');
            out.push_str(indent);
            width = indent.len();
        } else if !first {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
        first = false;
    }
    out
}

/// As many whole words as fit into `most` characters, with "…" for the rest.
pub(super) fn shorten(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((end, _)) => {
            let cut = words[..end].rfind(' ').unwrap_or(end);
            format!("{} …", words[..cut].trim_end_matches([' ', '…', ',']))
        }
        None => words.to_owned(),
    }
}

/// "1 error", "2 errors".
pub(super) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

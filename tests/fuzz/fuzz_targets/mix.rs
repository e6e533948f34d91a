//! Newsroom words, marks and markup in any order, so that the fuzzer need not learn English first.

#![no_main]

mod promises;

use copydesk::document::Format;
use libfuzzer_sys::fuzz_target;

/// What drafts are made of.
const PIECES: &[&str] = &[
    "Ana Ruiz", "Ruiz", "Mayor Tom Fell", "former President", "Sen. Lena Ode", "U.S.",
    "the mayor", "she", "they", "officials", "sources", "experts", "Xi Jinping", "Jean-Luc",
    "O’Brien", "’s", "'s", "n't", "said", "says", "told", "told the Herald", "according to",
    "added", "claimed", "asked", "denied", "believes", "reportedly", "allegedly", "was arrested",
    "murderer", "killed", "charged with", "that", "who", "which", "and", "but", "by", "of", "in",
    "on", "the", "a", "on Monday", "Monday, Oct. 3", "October 19, 2025", "3 p.m.", "$40 million",
    "1,000", "51-49", "2025", "TK", "TKTK", "[NAME]", "XX", "???", "lorem ipsum", "FBI", "NATO",
    "H.R. 1234", "Dr.", "Gov.", "then-", "ex-", "-elect", "acting", ". ", ", ", "; ", ": ", "? ",
    "! ", "… ", "— ", " – ", " - ", "-", "“", "”", "\"", "‘", "’", "'", "« ", "» ", "‘‘", "’’",
    "``", "(", ")", "[", "]", "{{ x }}", "{% y %}", "\n", "\n\n", "\r\n", "\r", " ", "  ", "\t",
    "\u{a0}", "\u{2028}", "\u{200b}", "\u{301}", "😀", "é", "ﬁ", "\u{0}", "\u{202e}", "İ", "ß",
    "# ", "## ", "> ", "- ", "* ", "1. ", "**", "*", "_", "`", "```\n", "[a](b)",
    "![a](b \"c\")", "[^1]", "[^1]: ", "&rsquo;", "&amp;", "&#8217;", "&", "<p>", "</p>", "<br>",
    "<b>", "</b>", "<q>", "</q>", "<h1>", "</h1>", "<nav>", "</nav>", "<li>", "<td>",
    "<blockquote>", "</blockquote>", "<!-- stet placeholder: x -->", "<!--", "-->",
    "[stet placeholder]", "<script>", "</script>", "---\n", "+++\n", "title: ",
    "date: 2025-10-19\n", "stet: [a]\n", " a ", " b ", "\n", "-", "-", "\n", "By ", "(AP) — ",
    "LONDON, Oct. 3 (Reuters) — ", "Comments (0)", "Skip to content", "Read Next: ", "© 2025 ",
    "All rights reserved.", "CNN Newsource", "https://a.example/b", "x@y.example",
    "www.a.example", "---", "===\n",
];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, rest)) = data.split_first() else { return };
    let mut text = String::new();
    for &byte in rest {
        text.push_str(PIECES[byte as usize % PIECES.len()]);
        // The upper half of the bytes parts words.
        if byte as usize >= PIECES.len() {
            text.push(' ');
        }
    }
    let format = [Format::Plain, Format::Markdown, Format::Html][choice as usize % 3];
    promises::hold(&text, None, format);
});

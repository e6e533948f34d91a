//! Any bytes as a draft in every format: nothing panics, and what is promised holds.

#![no_main]

mod promises;

use copydesk::document::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&choice, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let format = [Format::Plain, Format::Markdown, Format::Html][choice as usize % 3];
    // Some drafts bring a headline along.
    let title = text.split('\n').next().filter(|_| choice >= 128);
    promises::hold(&text, title, format);
});

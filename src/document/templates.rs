//! Template tags in Markdown and HTML: Liquid, Jinja and Handlebars (`{{ x }}`, `{% x %}`) and Hugo's shortcodes
//! (`{{< x >}}`).

use super::{Mask, MaskKind};
use crate::text::TextRange;
use std::borrow::Cow;
use std::ops::Range;

/// A longer tag is none: nobody closed the braces.
const LONGEST: usize = 4096;

/// Tags whose inside the reader does not see as prose.
const SILENT: [&str; 3] = ["comment", "highlight", "raw"];

/// Masks for the template tags of `source`, in order.
pub(super) fn find(source: &str) -> Vec<Mask> {
    let bytes = source.as_bytes();
    let mut masks: Vec<Mask> = Vec::new();
    let mut closes = Closes::default();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'{', rest)) {
        let start = at + found;
        at = start + 1;
        let close = match bytes.get(start + 1) {
            Some(b'{') => closes.after(bytes, start + 2, "}}", 0),
            Some(b'%') => closes.after(bytes, start + 2, "%}", 1),
            _ => continue,
        };
        let Some(close) = close.filter(|close| close - start < LONGEST) else { continue };
        let mut end = close + 2;
        while bytes.get(end) == Some(&b'}') && bytes.get(start + 1) == Some(&b'{') {
            end += 1;
        }
        let inside = source.get(start + 2..close).unwrap_or("");
        let output = bytes.get(start + 1) == Some(&b'{')
            && !inside.trim_start().starts_with(['<', '%', '#', '/', '!', '>', '^']);
        if let Some(name) = silent(inside).filter(|_| !output) {
            end = closes.end_of(source, end, name).unwrap_or(end);
        }
        let kind = if output { MaskKind::Object } else { MaskKind::Markup };
        masks.push(Mask { range: TextRange::from(start..end), kind });
        at = end;
    }
    masks
}

/// The tags of a source, handed out to its blocks in order.
pub(super) struct Tags<'a>(&'a [Mask]);

impl<'a> Tags<'a> {
    pub(super) fn new(masks: &'a [Mask]) -> Self {
        Self(masks)
    }

    /// Adds the tags that overlap `range` to `masks`. Ranges must come in the order of the text.
    pub(super) fn add(&mut self, range: &Range<usize>, masks: &mut Vec<Mask>) {
        let past = self.0.partition_point(|tag| (tag.range.end as usize) <= range.start);
        self.0 = &self.0[past..];
        let within = self.0.iter().take_while(|tag| (tag.range.start as usize) < range.end);
        masks.extend(within.copied());
    }
}

fn silent(inside: &str) -> Option<&'static str> {
    let name = inside.trim_start_matches(['-', ' ']).split([' ', '-']).next()?;
    SILENT.into_iter().find(|silent| *silent == name)
}

/// Where tags close, remembered so that unclosed tags cost no second search.
#[derive(Default)]
struct Closes {
    next: [Option<usize>; 2],
    /// Silent tags of which no end tag is left.
    missing: Vec<&'static str>,
}

impl Closes {
    /// The first `mark` at or after `from`.
    fn after(&mut self, bytes: &[u8], from: usize, mark: &str, which: usize) -> Option<usize> {
        let known = self.next[which].is_some_and(|at| at >= from);
        if !known {
            let rest = bytes.get(from..).unwrap_or(b"");
            let found = memchr::memmem::find(rest, mark.as_bytes());
            self.next[which] = Some(found.map_or(usize::MAX, |at| from + at));
        }
        self.next[which].filter(|&at| at != usize::MAX)
    }

    /// The end of the tag that ends the silent tag `name` which opened before `from`.
    fn end_of(&mut self, source: &str, from: usize, name: &'static str) -> Option<usize> {
        if self.missing.contains(&name) {
            return None;
        }
        let rest = source.get(from..)?;
        let found = memchr::memmem::find(rest.as_bytes(), format!("end{name}").as_bytes())
            .and_then(|at| {
                Some(from + at + memchr::memmem::find(&rest.as_bytes()[at..], b"%}")? + 2)
            });
        if found.is_none() {
            self.missing.push(name);
        }
        found
    }
}

/// `source` with every tag overwritten by as many bytes that no parser reads anything into; line breaks stay.
pub(super) fn blank<'a>(source: &'a str, masks: &[Mask]) -> Cow<'a, str> {
    if masks.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for mask in masks {
        let (start, end) = (mask.range.start as usize, mask.range.end as usize);
        out.push_str(&source[at..start]);
        out.extend(source[start..end].bytes().map(|byte| match byte {
            b'\n' => '\n',
            b'\r' => '\r',
            _ => 'x',
        }));
        at = end;
    }
    out.push_str(&source[at..]);
    Cow::Owned(out)
}

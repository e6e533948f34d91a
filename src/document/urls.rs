//! Web and mail addresses in running text, which stand in a sentence like a noun but are not prose.

use super::{Mask, MaskKind};
use crate::text::TextRange;
use memchr::memmem::FindIter;
use std::iter::Peekable;

/// The addresses of a source, found in one pass per mark that gives them away ("://", "www.", "@").
pub(super) struct Urls<'a> {
    source: &'a str,
    schemes: Peekable<FindIter<'a, 'static>>,
    hosts: Peekable<FindIter<'a, 'static>>,
    mails: Peekable<memchr::Memchr<'a>>,
}

impl<'a> Urls<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let bytes = source.as_bytes();
        Self {
            source,
            schemes: memchr::memmem::find_iter(bytes, "://").peekable(),
            hosts: memchr::memmem::find_iter(bytes, "www.").peekable(),
            mails: memchr::memchr_iter(b'@', bytes).peekable(),
        }
    }

    /// Adds masks for the addresses inside `block` that no mask touches yet. Blocks must come in the order of the text.
    pub(super) fn mask(&mut self, block: TextRange, masks: &mut Vec<Mask>) {
        let known = masks.len();
        let (start, end) = (block.start as usize, block.end as usize);
        let mut last = start;
        loop {
            let next = [
                next_in(&mut self.schemes, start, end),
                next_in(&mut self.hosts, start, end),
                next_in(&mut self.mails, start, end),
            ];
            let Some(at) = next.into_iter().flatten().min() else { break };
            let found = match next {
                [Some(scheme), ..] if scheme == at => {
                    self.schemes.next();
                    self.scheme(last, at, end)
                }
                [_, Some(host), _] if host == at => {
                    self.hosts.next();
                    self.host(last, at, end)
                }
                _ => {
                    self.mails.next();
                    self.mail(last, at, end)
                }
            };
            if let Some(range) = found {
                last = range.end as usize;
                let place = masks[..known].partition_point(|mask| mask.range.end <= range.start);
                if masks[..known].get(place).is_none_or(|mask| mask.range.start >= range.end) {
                    masks.push(Mask { range, kind: MaskKind::Object });
                }
            }
        }
        if known > 0 && masks.len() > known {
            masks.sort_by_key(|mask| mask.range.start);
        }
    }

    /// "https://example.org/x" around the "://" at `at`.
    fn scheme(&self, floor: usize, at: usize, end: usize) -> Option<TextRange> {
        let bytes = self.source.as_bytes();
        let letters =
            bytes.get(floor..at)?.iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic());
        let length = letters.count();
        if length < 2 {
            return None;
        }
        let tail = address_end(self.source, at + 3, end);
        (tail > at + 3).then(|| TextRange::from(at - length..tail))
    }

    /// "www.example.org" at `at`.
    fn host(&self, floor: usize, at: usize, end: usize) -> Option<TextRange> {
        let before = self.source.as_bytes().get(at.wrapping_sub(1));
        let opens = at >= floor && !before.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        if !opens {
            return None;
        }
        let tail = address_end(self.source, at + 4, end);
        (tail > at + 4).then(|| TextRange::from(at..tail))
    }

    /// "news@example.org" around the "@" at `at`; a handle ("@herald") is no address.
    fn mail(&self, floor: usize, at: usize, end: usize) -> Option<TextRange> {
        let bytes = self.source.as_bytes();
        let is_local =
            |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'.' | b'_' | b'-' | b'+');
        let is_host = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'.' | b'-');
        let local = bytes.get(floor..at)?.iter().rev().take(64).take_while(is_local).count();
        let host = bytes.get(at + 1..end)?;
        let mut length = host.iter().take(253).take_while(is_host).count();
        while length > 0 && matches!(host[length - 1], b'.' | b'-') {
            length -= 1;
        }
        let dotted = host.get(1..length)?.contains(&b'.');
        (local > 0 && dotted).then(|| TextRange::from(at - local..at + 1 + length))
    }
}

/// The next position of `found` inside the block, without consuming it; earlier ones are dropped.
fn next_in(
    found: &mut Peekable<impl Iterator<Item = usize>>,
    start: usize,
    end: usize,
) -> Option<usize> {
    while found.next_if(|&at| at < start).is_some() {}
    found.peek().copied().filter(|&at| at < end)
}

/// Where an address that is under way at `at` ends: at white space, quotation marks or brackets, and without the
/// punctuation of the sentence around it.
fn address_end(source: &str, at: usize, end: usize) -> usize {
    let text = source.get(at..end).unwrap_or("");
    let mut path = false;
    let stop = text.char_indices().find(|&(at, c)| {
        path |= c == '/';
        // Within a path some sites have an apostrophe, which editors curl either way.
        let apostrophe = matches!(c, '‘' | '’')
            && path
            && text[..at].ends_with(char::is_alphanumeric)
            && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '“' | '”' | '‘' | '’' | '«' | '»' | '|' | '—')
                && !apostrophe
    });
    let address = &text[..stop.map_or(text.len(), |(at, _)| at)];
    // A closing bracket belongs to the address only where the address opened it.
    let count = |mark: char| address.matches(mark).count();
    let mut spare = [count(')').saturating_sub(count('(')), count(']').saturating_sub(count('['))];
    let kept = address.trim_end_matches(|c| match c {
        ')' | ']' => {
            let left = &mut spare[usize::from(c == ']')];
            let drop = *left > 0;
            *left = left.saturating_sub(1);
            drop
        }
        _ => matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_'),
    });
    at + kept.len()
}

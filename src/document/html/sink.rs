//! The tokenizer's output with the places in the source: html5gum calls an [`Emitter`] for every piece it reads, and
//! this one keeps count of the bytes and hands whole tags and pieces of text on.

use html5gum::{Emitter, Error, State, naive_next_state};
use std::convert::Infallible;
use std::ops::Range;

/// An attribute that somebody may ask for: its name and value, and where the value stands.
#[derive(Debug, Default)]
pub(super) struct Attribute {
    pub(super) name: Vec<u8>,
    pub(super) value: Vec<u8>,
    pub(super) range: Range<usize>,
}

/// A tag.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: Vec<u8>,
    pub(super) closes: bool,
    pub(super) self_closing: bool,
    attributes: Vec<Attribute>,
    used: usize,
}

impl Tag {
    /// The attribute of this name, if it is one of [`WANTED`].
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes[..self.used].iter().find(|attribute| attribute.name == name.as_bytes())
    }

    /// The value of an attribute; "" where there is none.
    pub(super) fn value(&self, name: &str) -> &str {
        let value = self.attribute(name).map_or(&b""[..], |attribute| &attribute.value);
        std::str::from_utf8(value).unwrap_or("")
    }
}

/// The attributes that are kept.
const WANTED: [&[u8]; 10] = [
    b"class",
    b"role",
    b"hidden",
    b"itemprop",
    b"datetime",
    b"content",
    b"property",
    b"name",
    b"type",
    b"rel",
];

/// What hears of tags, text and comments. Places are bytes of the tokenizer's input.
pub(super) trait Listener {
    fn tag(&mut self, tag: &Tag, range: Range<usize>);
    /// Text as it stands.
    fn text(&mut self, range: Range<usize>);
    /// An entity.
    fn character(&mut self, range: Range<usize>, ch: char);
    fn comment(&mut self, range: Range<usize>);
}

/// Counts bytes and calls a [`Listener`].
pub(super) struct Sink<'a, L> {
    input: &'a [u8],
    listener: &'a mut L,
    position: usize,
    /// Where the tag or comment under way starts.
    opened: usize,
    /// Up to where the input was handed on.
    at: usize,
    tag: Tag,
    last_start_tag: Vec<u8>,
    /// Whether the value of the attribute under way is kept.
    wanted: bool,
}

impl<'a, L: Listener> Sink<'a, L> {
    pub(super) fn new(input: &'a str, listener: &'a mut L) -> Self {
        Self {
            input: input.as_bytes(),
            listener,
            position: 0,
            opened: 0,
            at: 0,
            tag: Tag::default(),
            last_start_tag: Vec::new(),
            wanted: false,
        }
    }

    fn init_tag(&mut self, closes: bool) {
        self.tag.name.clear();
        self.tag.closes = closes;
        self.tag.self_closing = false;
        self.tag.used = 0;
        self.wanted = false;
    }
}

impl<L: Listener> Emitter for Sink<'_, L> {
    type Token = Infallible;

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_string(&mut self, text: &[u8]) {
        let end = self.position.min(self.input.len());
        let start = end.saturating_sub(text.len()).max(self.at);
        if self.input.get(start..end).is_some_and(|raw| raw == text) {
            self.listener.text(start..end);
        } else if end > self.at {
            let decoded = std::str::from_utf8(text).ok().and_then(|text| text.chars().next());
            let entity = self.input[self.at] == b'&';
            match decoded.filter(|_| entity) {
                Some(ch) => self.listener.character(self.at..end, ch),
                None => self.listener.text(self.at..end),
            }
        }
        self.at = end.max(self.at);
    }

    fn start_open_tag(&mut self) {
        self.opened = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.init_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.init_tag(true);
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        // No known name is longer, and none is made of more than ASCII.
        if self.tag.name.len() < 32 {
            self.tag.name.extend(name);
        }
    }

    fn init_attribute(&mut self) {
        self.wanted = self.tag.used < 16;
        if self.wanted {
            if self.tag.used == self.tag.attributes.len() {
                self.tag.attributes.push(Attribute::default());
            }
            let attribute = &mut self.tag.attributes[self.tag.used];
            attribute.name.clear();
            attribute.value.clear();
            attribute.range = self.position..self.position;
            self.tag.used += 1;
        }
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if self.wanted {
            let attribute = &mut self.tag.attributes[self.tag.used - 1];
            attribute.name.extend(&name[..name.len().min(32)]);
            // An unwanted name gives its place back as soon as it cannot become a wanted one.
            if !WANTED.iter().any(|wanted| wanted.starts_with(&attribute.name)) {
                self.tag.used -= 1;
                self.wanted = false;
            }
        }
    }

    fn init_attribute_value(&mut self) {
        if self.wanted {
            self.tag.attributes[self.tag.used - 1].range = self.position..self.position;
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.wanted {
            let attribute = &mut self.tag.attributes[self.tag.used - 1];
            if attribute.value.len() < 1000 {
                attribute.value.extend(value);
            }
            attribute.range.end = self.position;
        }
    }

    fn set_self_closing(&mut self) {
        self.tag.self_closing = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let start = self.opened.max(self.at);
        self.at = self.position.max(self.at).min(self.input.len());
        self.listener.tag(&self.tag, start..self.at);
        self.last_start_tag.clear();
        if self.tag.closes {
            return None;
        }
        self.last_start_tag.extend(&self.tag.name);
        naive_next_state(&self.tag.name)
    }

    fn emit_current_comment(&mut self) {
        let start = self.opened.max(self.at);
        self.at = self.position.max(self.at).min(self.input.len());
        self.listener.comment(start..self.at);
    }

    fn emit_current_doctype(&mut self) {
        self.at = self.position.max(self.at).min(self.input.len());
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.closes && !self.last_start_tag.is_empty() && self.last_start_tag == self.tag.name
    }

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.extend(last_start_tag.unwrap_or_default());
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

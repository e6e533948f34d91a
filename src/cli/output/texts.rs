//! The texts that findings point into, with their lines.

use crate::cli::desk::Checked;
use crate::diagnostic::Field;
use crate::text::{LineCol, LineIndex, TextRange};
use std::borrow::Cow;
use std::cell::OnceCell;

/// The texts of an article. Lines are counted where a finding asks for them.
pub(in crate::cli) struct Texts<'a> {
    checked: &'a Checked<'a>,
    text: OnceCell<LineIndex>,
    title: OnceCell<LineIndex>,
    wires: Vec<OnceCell<LineIndex>>,
}

impl<'a> Texts<'a> {
    pub(in crate::cli) fn new(checked: &'a Checked<'a>) -> Self {
        let wires = checked.against.map_or(0, |wires| wires.list().len());
        let wires = (0..wires).map(|_| OnceCell::new()).collect();
        Self { checked, text: OnceCell::new(), title: OnceCell::new(), wires }
    }

    /// The text that a field stands for.
    pub(in crate::cli) fn text(&self, field: Field) -> &'a str {
        match field {
            Field::Text => self.checked.text,
            Field::Title => self.checked.title,
            Field::Against(number) => self.wire(number).map_or("", |wire| wire.text()),
        }
    }

    /// Its lines.
    pub(in crate::cli) fn index(&self, field: Field) -> &LineIndex {
        let known = match field {
            Field::Text => &self.text,
            Field::Title => &self.title,
            Field::Against(number) => self.wires.get(number as usize).unwrap_or(&self.title),
        };
        known.get_or_init(|| LineIndex::new(self.text(field)))
    }

    /// Line and column of a byte, from 1.
    pub(in crate::cli) fn line_col(&self, field: Field, offset: u32) -> LineCol {
        self.index(field).line_col(self.text(field), offset)
    }

    /// What the file of a field is called.
    pub(in crate::cli) fn name(&self, field: Field) -> Cow<'a, str> {
        match field {
            Field::Text => self.checked.name.into(),
            Field::Title => format!("{} (title)", self.checked.name).into(),
            Field::Against(number) => self.wire(number).map_or("", |wire| wire.name()).into(),
        }
    }

    /// The words of a place.
    pub(in crate::cli) fn words(&self, field: Field, range: TextRange) -> &'a str {
        range.slice(self.text(field))
    }

    fn wire(&self, number: u32) -> Option<&'a crate::against::Wire> {
        self.checked.against?.get(number as usize)
    }
}

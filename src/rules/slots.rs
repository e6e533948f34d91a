//! The numbers of the slots in which rules keep what they found in a paragraph
//! ([`Paragraph::memo`](crate::annotate::Paragraph::memo)). The lower ones are those of [`resolve`](crate::resolve) and [`against`](crate::against).

use crate::against::FIRST_FREE_SLOT as FIRST;

pub(super) const PLACEHOLDER: usize = FIRST;
pub(super) const NAME_VARIANT: usize = FIRST + 1;
pub(super) const QUOTE_TYPOGRAPHY: usize = FIRST + 2;
pub(super) const DANGLING: usize = FIRST + 3;
pub(super) const VAGUE: usize = FIRST + 4;
pub(super) const QUOTE: usize = FIRST + 5;
pub(super) const ENDING: usize = FIRST + 6;
pub(super) const GUILT: usize = FIRST + 7;

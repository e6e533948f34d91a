//! Who held which office on which day: the table `holders.tsv`, which newsrooms can read, diff and extend.
//!
//! The table is part of the program and read once. Look-up is by family name through a hash, so it does not depend on the
//! table's size. What the table does not decide it does not answer: an unknown person, a name that two holders share, a day
//! outside the table.
//!
//! Imports go one way: `tenure` has the lines, `matching` says whether a line is meant, `table` finds it; `written` and
//! `place` read offices and places from an article, and know nothing of the table.

mod matching;
mod place;
mod places;
mod table;
mod tenure;
#[cfg(test)]
mod tests;
mod written;

pub(crate) use matching::{has_family_names_last, is_called_by_given};
pub use place::{place_of, place_words};
pub use table::Table;
pub(crate) use tenure::end;
pub use tenure::{End, Question, Standing, Tenure};
pub use written::office;
pub(crate) use written::{is_followed, of_words};

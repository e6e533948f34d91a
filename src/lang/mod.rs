//! Vocabulary. English is the only language so far, and there is no abstraction over languages until a second one.

pub mod en;

//! Of which time, and of which world, a sentence with a title speaks: earlier years, the day of a handover, fiction.
//!
//! The rules on titles say nothing where a sentence does not speak of the article's day. What is looked at is a bounded
//! number of tokens around the mention, or the person's own sentences.

mod handover;
mod past;
mod present;
mod token;
mod words;

pub(super) use handover::{changes_hands, has_another_holder, has_changed_hands};
pub(super) use past::{
    follows_earlier, is_historical, is_past_act, is_told_of_earlier, opens_elsewhere,
};
pub(super) use present::{is_introduced, is_now_other, is_present, is_subject};
pub(super) use words::is_thing;

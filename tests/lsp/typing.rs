//! What is held back while a sentence is being written.

use crate::lsp::Client;
use crate::support::{DANGLING, Story, insertion, places};
use serde_json::Value;

const START: &str = "The council approved the plan";
const COLUMN: u32 = START.len() as u32;

#[test]
fn what_only_an_unfinished_sentence_causes_waits() {
    let mut story = Story::checked(START);
    let typed = ", according to ";
    story.type_in(COLUMN, typed);
    assert_eq!(story.places(), [], "the writer is typing");
    // One second of rest, and all of it is published under the same version.
    assert_eq!(story.places().len(), 1);

    // It stays as long as it holds, and goes when the source arrives.
    let column = COLUMN + typed.len() as u32;
    story.insert(0, column, "the ");
    assert_eq!(story.places().len(), 1);
    story.insert(0, column + 4, "mayor");
    assert_eq!(story.places(), []);
    story.end();
}

#[test]
fn a_source_that_arrives_in_time_leaves_nothing_wrong() {
    let mut story = Story::checked(START);
    story.type_in(COLUMN, ", according to the ");
    assert_eq!(story.places(), []);
    story.end();
}

#[test]
fn a_full_stop_ends_the_waiting_and_so_does_a_save() {
    let mut story = Story::checked(START);
    story.type_in(COLUMN, ", according to.");
    assert_eq!(story.places().len(), 1);
    story.end();

    let mut story = Story::checked(START);
    story.type_in(COLUMN, ", according to ");
    story.findings();
    story.save();
    assert_eq!(story.places().len(), 1);
    story.end();
}

/// How many quotations are flagged as not closed.
fn unclosed(findings: &[Value]) -> usize {
    findings.iter().filter(|finding| finding["code"] == "quote-typography").count()
}

#[test]
fn a_quotation_of_some_sentences_is_typed_without_a_finding() {
    for (open, close) in [('“', '”'), ('"', '"')] {
        let speech = format!(
            "{open}The plan is good for the city. It will bring jobs. We are proud of it,{close} Ruiz said"
        );
        for rest in ["", " The council meets on Friday."] {
            let mut story = Story::checked(rest);
            for (offset, letter) in speech.chars().enumerate() {
                story.type_in(offset as u32, &letter.to_string());
                let found = unclosed(&story.findings());
                assert_eq!(found, 0, "after {letter:?}, letter {offset} of {speech}{rest}");
            }
            story.end();
        }
    }
}

#[test]
fn what_was_shown_stays_while_the_writer_goes_on() {
    let mut story = Story::checked("");
    let start = "“We are late. The road";
    story.type_in(0, start);
    assert_eq!(unclosed(&story.findings()), 0, "the writer is typing");
    assert_eq!(unclosed(&story.findings()), 1, "the writer rests");
    let mut column = start.chars().count() as u32;
    for letter in " is closed. It was".chars() {
        story.type_in(column, &letter.to_string());
        column += 1;
        assert_eq!(unclosed(&story.findings()), 1, "it is shown already");
    }
    // Edits before it move it; the closing mark ends it.
    story.insert(0, 0, "Ah! ");
    assert_eq!(unclosed(&story.findings()), 1);
    story.type_in(column + 4, ",”");
    assert_eq!(unclosed(&story.findings()), 0);
    story.end();
}

#[test]
fn what_was_there_on_opening_stays_while_its_sentence_grows() {
    let start = "“We are late. The road";
    let mut story = Story::open(start);
    assert_eq!(story.findings().len(), 1);
    for (offset, letter) in " is".chars().enumerate() {
        story.type_in((start.chars().count() + offset) as u32, &letter.to_string());
        assert_eq!(unclosed(&story.findings()), 1);
    }
    story.end();
}

#[test]
fn what_was_wrong_before_does_not_wait() {
    let mut story = Story::checked(&format!("The mayor left\n\n{DANGLING}"));
    story.type_in(14, ", according to ");
    let found = story.places();
    assert_eq!(found.len(), 1, "the finding elsewhere stays: {found:?}");
    story.end();
}

#[test]
fn html_is_typed_without_a_finding() {
    let typed = "<p>The plan failed, according to <a href=\"https://x.example/a\">the <b>mayor</b></a>. “It is \
                 <b>good</b>,” Ruiz said.</p>";
    let mut client = Client::start();
    let uri = client.uri("story.html");
    client.open(&uri, "html", 1, "");
    for (offset, letter) in typed.chars().enumerate() {
        let version = offset as i32 + 2;
        client.send(&insertion(&uri, version, 0, offset as u32, &letter.to_string()));
        let found = places(&client.diagnostics(&uri, version));
        assert_eq!(found, [], "after {letter:?}, letter {offset}");
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_mark_may_be_written_before_what_it_lets_stand() {
    let mut story = Story::checked("");
    let mark = "<!-- stet dangling-attribution -->";
    story.type_in(0, mark);
    assert_eq!(story.places(), [], "the writer is typing");
    story.insert(0, mark.len() as u32, "\n\n");
    for (offset, letter) in "It rained, according to.".chars().enumerate() {
        story.insert(2, offset as u32, &letter.to_string());
        assert_eq!(story.places(), [], "after {letter:?}, letter {offset}");
    }
    story.end();
}

#[test]
fn a_placeholder_that_is_being_filled_in_waits() {
    let mut story = Story::checked("");
    for (offset, letter) in "The mayor, {{ name }}".chars().enumerate() {
        story.insert(0, offset as u32, &letter.to_string());
        assert_eq!(story.places(), [], "after {letter:?}");
    }
    story.end();
}

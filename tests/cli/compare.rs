//! `copydesk compare`.

use crate::support::{Desk, code, compare, text};
use serde_json::Value;

const WIRE: &str = "\
Harbor bridge to close in May

The city will close the old harbor bridge in May for repairs that may cost $40 million, Mayor Ana Ruiz said on Monday.

“We will close the old bridge in May, and we will not wait,” Ruiz told the council.

Two engineers told the paper that the pylons had cracked in two places.

The bridge was built in 1911 and carries 9,000 cars a day.
";

const DRAFT: &str = "\
---
against: wire.txt
---

Mayor Ana Ruiz told the council on Monday: “We will close the old bridge in June, and we will not wait.”

The pylons had cracked in two places, two engineers told the paper. Fishermen had waited for this since spring.
";

fn desk() -> Desk {
    Desk::new().file("wire.txt", WIRE).file("a.md", DRAFT)
}

#[test]
fn for_people() {
    let desk = desk()
        .file("plain.txt", "The bridge carries 9,000 cars a day and was built in 1911.\n")
        .file(
            "gone.md",
            "---\nagainst: [wire.txt, gone.txt]\n---\n\nThe bridge was built in 1911.\n",
        )
        .file("lost.md", "---\nagainst: gone.txt\n---\n\nThe bridge was built in 1911.\n")
        .file("empty.txt", "");
    compare(
        "compare",
        &desk.transcript(&[
            "compare a.md",
            "compare plain.txt empty.txt --against wire.txt",
            "compare plain.txt",
            "compare plain.txt --against gone.txt",
            "compare gone.md",
            "compare lost.md",
            "compare --input-format jsonl --against wire.txt -",
        ]),
    );
}

#[test]
fn as_json() {
    let output = desk().run(&["compare", "--format", "json", "a.md"]);
    assert_eq!(code(&output), 0);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let article = &json["articles"][0];
    assert_eq!((&article["path"], &article["id"]), (&"a.md".into(), &Value::Null));
    assert_eq!(article["against"][0]["path"], "wire.txt");
    let words = |text: &str, range: &Value| {
        let at = |at: usize| range[at].as_u64().expect("a byte") as usize;
        text[at(0)..at(1)].to_owned()
    };
    let sentences = article["sentences"].as_array().expect("a list");
    assert_eq!(sentences.len(), 3);
    let from = &sentences[1]["from"][0];
    assert_eq!(words(DRAFT, &sentences[1]["range"])[..22], *"The pylons had cracked");
    assert_eq!(words(WIRE, &from["range"])[..13], *"Two engineers");
    assert_eq!((&from["against"], &from["line"]), (&0.into(), &7.into()));
    assert_eq!(sentences[2]["from"], serde_json::json!([]));
    let found = &article["diagnostics"][0];
    assert_eq!(
        (&found["rule"], &sentences[0]["diagnostics"]),
        (&"quote-drift".into(), &serde_json::json!([0]))
    );
    let share = &article["share"];
    assert_eq!((&share["sentences"], &share["aligned"]), (&3.into(), &2.into()));
    let left: Vec<String> = article["against"][0]["left_out"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|place| words(WIRE, &place["range"]))
        .collect();
    assert!(left.iter().any(|left| left.starts_with("The bridge was built")), "{left:?}");
}

#[test]
fn articles_as_json() {
    let line = serde_json::json!({
        "id": 7,
        "title": "Bridge to close",
        "text": "The bridge carries 9,000 cars a day.",
        "against": WIRE,
    });
    let lines = format!("{line}\n{}\n", serde_json::json!({ "id": "b", "text": "The bridge." }));
    let args = ["compare", "--input-format", "jsonl", "--format", "json", "-"];
    let output = desk().run_with(&args, lines);
    assert_eq!(code(&output), 2, "the second has nothing to be compared with");
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let (first, second) = (&json["articles"][0], &json["articles"][1]);
    assert_eq!((&first["id"], &first["sentences"][0]["field"]), (&7.into(), &"title".into()));
    assert_eq!(first["against"][0]["path"], "against 1");
    assert_eq!(second["id"], "b");
    assert!(second["error"].as_str().is_some_and(|error| error.contains("--against FILE")));
}

#[test]
fn as_a_page() {
    let wire = WIRE.replace("old harbor", "old <harbor> &");
    let desk = Desk::new().file("wire.txt", wire).file("a&b.md", DRAFT).file("c.md", DRAFT);
    let output = desk.run(&["compare", "--format", "html", "a&b.md", "c.md", "none.md"]);
    assert_eq!(code(&output), 2, "one is not there, the others are shown");
    let page = text(&output.stdout);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</body></html>\n"), "{page}");
    assert!(page.contains("a&amp;b.md") && page.contains("old &lt;harbor&gt; &amp;"), "{page}");
    assert!(page.contains("<span class=\"tag\">quote-drift</span>"), "{page}");
    for elsewhere in ["http:", "https:", "<script", "<link", "url("] {
        assert!(!page.contains(elsewhere), "the page needs nothing else: {elsewhere}");
    }
    // Every link leads to a sentence that is there, and no name is given twice.
    let values = |key: &str| -> Vec<String> {
        let start = format!(" {key}=\"");
        let parts = page.split(&start).skip(1);
        parts.filter_map(|part| Some(part.split_once('"')?.0.to_owned())).collect()
    };
    let ids = values("id");
    let distinct: std::collections::HashSet<&String> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
    let links = values("href");
    assert!(links.len() > 6, "{links:?}");
    assert!(links.iter().all(|link| ids.iter().any(|id| link.strip_prefix('#') == Some(id))));
}

//! What a writer asks the language server, over its real standard input and output.

#[path = "support/lsp.rs"]
mod lsp;

use lsp::{Client, Setup, able, edited, edits_of, position, range};
use serde_json::{Value, json};

const DRAFT: &str = "\
# Ruiz says bridge is safe

😀 Mayor Ana Ruiz (CQ) said on Monday that she crossed the bridge. Ruiz’s staff agreed.

The bridge is safe, according to.

“Ruiz is right,” said Bo Lund, who leads the union. It will cost $XX million.
";

/// The draft, open and checked.
fn desk(setup: Setup) -> (Client, String) {
    let mut client = Client::with(setup);
    let uri = client.uri("drafts/a.md");
    client.open(&uri, "markdown", 3, DRAFT);
    client.diagnostics(&uri, 3);
    (client, uri)
}

fn actions(client: &mut Client, uri: &str, words: &str, only: Value) -> Vec<Value> {
    let mut context = json!({ "diagnostics": [] });
    if !only.is_null() {
        context["only"] = only;
    }
    let params =
        json!({ "textDocument": { "uri": uri }, "range": range(DRAFT, words), "context": context });
    match client.ask("textDocument/codeAction", params) {
        Value::Array(list) => list,
        other => panic!("{other}"),
    }
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"] == title);
    found.unwrap_or_else(|| panic!("no {title:?} in {actions:#?}"))
}

fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().filter_map(|found| found["code"].as_str()).collect()
}

#[test]
fn a_quick_fix_is_applied_and_its_finding_goes() {
    let (mut client, uri) = desk(Setup::default());
    let actions = actions(&mut client, &uri, "(CQ)", json!(["quickfix"]));
    let fix = &actions[0];
    assert_eq!(fix["isPreferred"], true);
    assert_eq!(fix["diagnostics"][0]["code"], "placeholder");
    let (edits, version) = edits_of(&fix["edit"], &uri);
    assert_eq!(version, Some(3));
    let text = edited(DRAFT, edits);
    assert_eq!(text, DRAFT.replace(" (CQ)", ""));
    client.change(&uri, 4, &[(Value::Null, &text)]);
    let left = client.diagnostics(&uri, 4);
    assert_eq!(codes(&left).iter().filter(|code| **code == "placeholder").count(), 1);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn all_safe_fixes_and_no_other() {
    let (mut client, uri) = desk(Setup::default());
    let found = actions(&mut client, &uri, "# Ruiz", json!(["source.fixAll"]));
    let all = titled(&found, "Fix all safe problems");
    assert_eq!((found.len(), &all["kind"]), (1, &json!("source.fixAll.copydesk")));
    let text = edited(DRAFT, edits_of(&all["edit"], &uri).0);
    assert!(!text.contains("(CQ)") && text.contains("according to."), "{text}");
    assert!(actions(&mut client, &uri, "(CQ)", json!(["refactor"])).is_empty());
}

#[test]
fn a_finding_is_let_stand_in_the_settings() {
    let (mut client, uri) = desk(Setup::default());
    let found = actions(&mut client, &uri, "$XX", json!(["quickfix"]));
    let stet = titled(&found, "Let it stand (copydesk.toml)");
    let settings = client.uri("copydesk.toml");
    assert_eq!(stet["edit"]["documentChanges"][0]["kind"], "create");
    let (edits, version) = edits_of(&stet["edit"], &settings);
    assert_eq!(version, None);
    client.write("copydesk.toml", &edited("", edits));
    client.files_changed(&["copydesk.toml"]);
    let first = client.diagnostics(&uri, 3);
    assert!(!first.iter().any(|found| found["range"] == range(DRAFT, "$XX")), "{first:#?}");

    let found = actions(&mut client, &uri, "(CQ)", json!(["quickfix"]));
    let off = titled(&found, "Turn off placeholder for this project");
    let before = std::fs::read_to_string(client.path("copydesk.toml")).expect("a file");
    let after = edited(&before, edits_of(&off["edit"], &settings).0);
    client.write("copydesk.toml", &after);
    client.files_changed(&["copydesk.toml"]);
    let left = client.diagnostics(&uri, 3);
    assert!(!codes(&left).contains(&"placeholder"), "{left:#?}");
}

#[test]
fn a_finding_is_let_stand_in_the_copy() {
    let (mut client, uri) = desk(Setup::default());
    let mut version = 3;
    for (title, wanted) in [("Let it stand here", 1), ("Let it stand in this article", 0)] {
        let found = actions(&mut client, &uri, "(CQ)", json!(["quickfix"]));
        let (edits, named) = edits_of(&titled(&found, title)["edit"], &uri);
        assert_eq!(named, Some(i64::from(version)));
        let text = edited(DRAFT, edits);
        client.change(&uri, version + 1, &[(Value::Null, &text)]);
        let left = client.diagnostics(&uri, version + 1);
        let placeholders = codes(&left).iter().filter(|code| **code == "placeholder").count();
        assert_eq!(placeholders, wanted, "{text}");
        version += 2;
        client.change(&uri, version, &[(Value::Null, DRAFT)]);
        client.diagnostics(&uri, version);
    }
}

#[test]
fn older_clients_get_what_they_understand() {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] = json!({});
    capabilities["textDocument"]["hover"]["contentFormat"] = json!(["plaintext"]);
    capabilities["textDocument"]["documentSymbol"] = json!({});
    let (mut client, uri) = desk(Setup { capabilities, ..Setup::default() });
    let found = actions(&mut client, &uri, "(CQ)", json!(["quickfix"]));
    assert_eq!(found[0]["edit"]["changes"][&uri].as_array().map(Vec::len), Some(1));
    let titles: Vec<&str> = found.iter().filter_map(|a| a["title"].as_str()).collect();
    assert!(!titles.iter().any(|title| title.contains("copydesk.toml")), "{titles:?}");
    let hover = client.ask_at("textDocument/hover", &uri, &range(DRAFT, "CQ")["start"]);
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let document = json!({ "textDocument": { "uri": uri } });
    let symbols = client.ask("textDocument/documentSymbol", document);
    assert!(symbols[0]["location"].is_object(), "{symbols}");

    let mut capabilities = able();
    capabilities["textDocument"]["codeAction"] = json!({});
    let client = Client::with(Setup { capabilities, ..Setup::default() });
    assert!(client.initialized["capabilities"]["codeActionProvider"].is_null());
}

#[test]
fn a_person_is_explained_found_and_renamed() {
    let (mut client, uri) = desk(Setup::default());
    let at = range(DRAFT, "Ana Ruiz")["start"].clone();
    let hover = client.ask_at("textDocument/hover", &uri, &at);
    let text = hover["contents"]["value"].as_str().expect("a text");
    assert!(text.contains("**Ana Ruiz**") && text.contains("Mayor"), "{text}");

    let highlights = client.ask_at("textDocument/documentHighlight", &uri, &at);
    assert!(highlights.as_array().is_some_and(|list| list.len() >= 4), "{highlights}");
    let definition =
        client.ask_at("textDocument/definition", &uri, &range(DRAFT, "Ruiz’s")["start"]);
    assert_eq!(definition["range"]["start"]["line"], 0, "{definition}");
    let mut params = json!({ "textDocument": { "uri": uri }, "position": at });
    params["context"] = json!({ "includeDeclaration": true });
    let references = client.ask("textDocument/references", params);
    assert_eq!(references.as_array().map(Vec::len), highlights.as_array().map(Vec::len));

    let prepared = client.ask_at("textDocument/prepareRename", &uri, &at);
    assert_eq!(prepared["placeholder"], "Ana Ruiz");
    let rename =
        |name: &str| json!({ "textDocument": { "uri": uri }, "position": at, "newName": name });
    let edit = client.ask("textDocument/rename", rename("Eva Lópéz"));
    let (edits, version) = edits_of(&edit, &uri);
    assert_eq!(version, Some(3));
    let wanted = DRAFT.replace("Ana Ruiz", "Eva Lópéz").replace("Ruiz", "Lópéz");
    assert_eq!(edited(DRAFT, edits), wanted.replace("“Lópéz", "“Ruiz"));
    let error = client.try_ask("textDocument/rename", rename("<b>")).expect_err("no name");
    assert!(error["message"].as_str().is_some_and(|why| why.contains("name")), "{error}");
    assert!(
        client
            .ask_at("textDocument/prepareRename", &uri, &range(DRAFT, "bridge")["start"])
            .is_null()
    );
}

#[test]
fn the_outline() {
    let (mut client, uri) = desk(Setup::default());
    let document = json!({ "textDocument": { "uri": uri } });
    let symbols = client.ask("textDocument/documentSymbol", document);
    let names: Vec<&str> = (symbols.as_array().expect("a list").iter())
        .filter_map(|symbol| symbol["name"].as_str())
        .collect();
    assert_eq!(names, ["Ruiz says bridge is safe", "Sources", "People"]);
    let sources = symbols[1]["children"].to_string();
    assert!(sources.contains("Ana Ruiz") && sources.contains("Bo Lund"), "{sources}");
}

#[test]
fn sources_are_completed_while_a_sentence_is_typed() {
    let (mut client, uri) = desk(Setup::default());
    let end = position(DRAFT, DRAFT.len());
    let typed = "\nIt was built in 1962, according to ";
    client.change(&uri, 4, &[(json!({ "start": end, "end": end }), typed)]);
    let text = format!("{DRAFT}{typed}");
    let items = client.ask_at("textDocument/completion", &uri, &position(&text, text.len()));
    let labels: Vec<&str> = (items.as_array().expect("a list").iter())
        .filter_map(|item| item["label"].as_str())
        .collect();
    assert!(labels.contains(&"Ruiz") && labels.contains(&"Lund"), "{labels:?}");
    let nothing = client.ask_at("textDocument/completion", &uri, &range(DRAFT, "bridge")["end"]);
    assert_eq!(nothing, json!([]));
}

#[test]
fn questions_about_what_is_not_there() {
    let (mut client, uri) = desk(Setup::default());
    let far = json!({ "line": 99_999, "character": 99_999 });
    for method in ["hover", "documentHighlight", "definition", "completion", "prepareRename"] {
        let method = format!("textDocument/{method}");
        client.ask_at(&method, &uri, &far);
        let closed = json!({ "textDocument": { "uri": "file:///gone.md" }, "position": far });
        assert!(client.try_ask(&method, closed).is_err(), "{method}");
    }
    let code = client.uri("a.rs");
    client.open(&code, "rust", 1, "fn main() {}\n");
    assert!(client.ask_at("textDocument/hover", &code, &position("", 0)).is_null());
    assert_eq!(client.finish(), Some(0));
}

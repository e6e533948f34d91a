//! The extension for VS Code: in step with the program, and at work in a real VS Code.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// What `timeout` gives the runs in VS Code, installation included.
const PATIENCE: &str = "8m";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).expect(name)
}

fn manifest() -> Value {
    serde_json::from_str(&read("editors/vscode/package.json")).expect("package.json")
}

fn schema() -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_copydesk")).arg("schema").output();
    serde_json::from_slice(&output.expect("copydesk schema").stdout).expect("a schema")
}

/// Names and descriptions of the properties that an object of a schema may have.
fn described(properties: &Value) -> BTreeMap<String, Value> {
    let properties = properties.as_object().expect("properties");
    properties
        .iter()
        .map(|(key, property)| (key.clone(), property["description"].clone()))
        .collect()
}

#[test]
fn settings_are_those_of_copydesk_toml() {
    let (manifest, schema) = (manifest(), schema());
    let settings = &manifest["contributes"]["configuration"]["properties"];
    let why = "run `npm run schema` in editors/vscode";
    let definitions = &schema["$defs"];
    assert_eq!(
        described(&settings["copydesk.rules"]["properties"]),
        described(&definitions["RuleLevels"]["properties"]),
        "{why}"
    );
    for (section, definition) in [("style", "Style"), ("files", "Files")] {
        let prefix = format!("copydesk.{section}.");
        let known = described(settings);
        let known: BTreeMap<_, _> = known
            .iter()
            .filter_map(|(key, text)| Some((key.strip_prefix(&prefix)?.to_owned(), text.clone())))
            .collect();
        assert_eq!(known, described(&definitions[definition]["properties"]), "{why}");
    }
    let levels = definitions["Switch"]["oneOf"].as_array().expect("levels").iter();
    let levels: Vec<_> = levels.map(|level| level["const"].clone()).collect();
    assert_eq!(settings["copydesk.rules"]["properties"]["attribution"]["enum"], json!(levels));
}

#[test]
fn the_extension_is_of_this_version_and_licence() {
    let manifest = manifest();
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert_eq!(read(name), read(&format!("editors/vscode/{name}")), "{name}");
    }
}

/// Skipped where node or Chromium are missing, unless COPYDESK_REQUIRE_EDITORS=1 says that they must be there.
#[test]
#[cfg(unix)]
fn the_extension_works_in_a_real_vs_code() {
    // `timeout` puts what it runs into a process group of its own, and ends all of it.
    let output = Command::new("timeout")
        .args(["--kill-after=10", PATIENCE, "tests/editors/vscode.sh"])
        .current_dir(root())
        .env("COPYDESK_BIN", env!("CARGO_BIN_EXE_copydesk"))
        .output()
        .expect("timeout");
    let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    println!("{told}");
    match output.status.code() {
        Some(0) => {}
        Some(77) if std::env::var_os("COPYDESK_REQUIRE_EDITORS").is_none_or(|it| it != "1") => {
            eprintln!(
                "skipped: no run in VS Code, since {}",
                told.trim().lines().last().unwrap_or("")
            );
        }
        status => panic!("the runs in VS Code ended with {status:?}:\n{told}"),
    }
}

//! The GitHub action and the pre-commit hooks: their scripts, run with what GitHub and pre-commit hand them.

use crate::support::{BAD, Desk, code, text};
use saphyr::{LoadableYamlNode, Yaml};
use std::path::Path;
use std::process::{Command, Output};

const CLEAN: &str = "The bridge reopened on Monday.\n";

fn yaml(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name)
}

fn load(source: &str) -> Yaml<'_> {
    Yaml::load_from_str(source).expect("YAML").into_iter().next().expect("a document")
}

/// What an expression of the action stands for, given the inputs that a workflow sets.
fn value(action: &Yaml<'_>, expression: &str, inputs: &[(&str, &str)]) -> String {
    let inside = expression.trim().strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}"));
    let Some(inside) = inside.map(str::trim) else { return expression.to_owned() };
    let Some(input) = inside.strip_prefix("inputs.") else { return String::new() };
    let set = inputs.iter().find(|(name, _)| *name == input).map(|(_, value)| *value);
    let default = || action["inputs"][input]["default"].as_str().expect("a default");
    set.unwrap_or_else(default).to_owned()
}

/// The script of the step "Check" in the folder of the desk: what it says, and what it leaves for the steps after it.
fn check(desk: &Desk, inputs: &[(&str, &str)]) -> Option<(Output, String)> {
    if Command::new("bash").arg("--version").output().is_err() {
        println!("skipped: there is no bash here to run the action's scripts with");
        return None;
    }
    let source = yaml("action.yml");
    let action = load(&source);
    let steps = action["runs"]["steps"].as_vec().expect("steps");
    let step = steps
        .iter()
        .find(|step| step.as_mapping_get("id").and_then(Yaml::as_str) == Some("check"))
        .expect("the step");
    let temporary = tempfile::tempdir().expect("a folder");
    let binaries = temporary.path().join("copydesk/bin");
    std::fs::create_dir_all(&binaries).expect("a folder");
    let binary = assert_cmd::cargo::cargo_bin!("copydesk");
    std::os::unix::fs::symlink(binary, binaries.join("copydesk")).expect("a link");
    let outputs = temporary.path().join("output");
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c"]);
    command.arg(step["run"].as_str().expect("a script"));
    for (name, expression) in step["env"].as_mapping().expect("env") {
        let expression = expression.as_str().expect("text");
        command.env(name.as_str().expect("a name"), value(&action, expression, inputs));
    }
    command.env("RUNNER_TEMP", temporary.path()).env("GITHUB_OUTPUT", &outputs);
    let said = command.current_dir(desk.path("")).output().expect("bash runs");
    Some((said, std::fs::read_to_string(outputs).unwrap_or_default()))
}

#[test]
fn the_action_annotates_and_passes_the_status_on() {
    let desk = Desk::new().file("a.md", BAD).file("b.md", CLEAN);
    let Some((said, outputs)) = check(&desk, &[]) else { return };
    assert!(text(&said.stdout).starts_with("::error file=a.md,line="), "{said:?}");
    assert_eq!((code(&said), outputs.as_str()), (0, "status=1\n"));
    let clean = check(&desk, &[("paths", "b.md")]).expect("bash");
    assert_eq!((text(&clean.0.stdout).as_str(), clean.1.as_str()), ("", "status=0\n"));
    let never = check(&desk, &[("paths", "a.md"), ("fail-on", "never")]).expect("bash");
    assert_eq!(never.1, "status=0\n");
    let gone = check(&desk, &[("paths", "gone.md b.md")]).expect("bash");
    assert_eq!(gone.1, "status=2\n");
    let wrong = check(&desk, &[("args", "--select nothing")]).expect("bash");
    assert_eq!(wrong.1, "status=2\n");
}

#[test]
fn the_action_takes_paths_with_spaces_and_writes_sarif() {
    let desk = Desk::new()
        .file("my drafts/a story.md", BAD)
        .file("b.md", BAD)
        .file("house.toml", "[rules]\nplaceholder = \"warning\"\n");
    let inputs = [
        ("paths", "my drafts\nb.md\n"),
        ("args", "--select  placeholder"),
        ("config", "house.toml"),
        ("sarif", "out/my report.sarif"),
    ];
    let Some((said, outputs)) = check(&desk, &inputs) else { return };
    let lines = text(&said.stdout);
    assert!(lines.contains("::warning file=my drafts/a story.md,"), "{said:?}");
    assert!(lines.contains("::warning file=b.md,"), "{said:?}");
    assert_eq!(outputs, "sarif=out/my report.sarif\nstatus=0\n");
    let sarif: serde_json::Value =
        serde_json::from_str(&desk.read("out/my report.sarif")).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
}

/// Whatever a workflow passes on from outside, such as the name of a branch, is no code and no option.
#[test]
fn nothing_in_the_inputs_of_the_action_is_run() {
    let hostile = "$(touch run) `touch run` ;touch run; * && touch run --fix";
    let desk = Desk::new().file("a.md", CLEAN);
    for name in ["paths", "args", "config", "fail-on", "sarif", "upload-sarif"] {
        let Some(_) = check(&desk, &[(name, hostile)]) else { return };
        assert!(!desk.path("run").exists(), "{name}");
    }
    let source = yaml("action.yml");
    for step in load(&source)["runs"]["steps"].as_vec().expect("steps") {
        let script = step.as_mapping_get("run").and_then(Yaml::as_str).unwrap_or_default();
        assert!(!script.contains("${{"), "an expression would be pasted into the script: {script}");
    }
}

#[test]
fn the_hooks_check_what_pre_commit_hands_them() {
    let source = yaml(".pre-commit-hooks.yaml");
    let desk = Desk::new()
        .file("my drafts/a story.md", BAD)
        .file("b.md", "It is open. <!-- stet placeholder -->\n")
        .file("README.md", BAD);
    for (hook, mends) in load(&source).as_vec().expect("hooks").iter().zip([false, true]) {
        let entry = hook["entry"].as_str().expect("an entry");
        let mut args: Vec<&str> = entry.split(' ').skip(1).collect();
        let draft = desk.run(&[&args[..], &["my drafts/a story.md", "README.md"]].concat());
        assert_eq!(code(&draft), 1, "{entry}");
        assert!(!text(&draft.stdout).contains("README"), "{entry}");
        args.push("b.md");
        assert_eq!(code(&desk.run(&args)), 0, "{entry}");
        assert_eq!(desk.read("b.md") == "It is open.\n", mends, "{entry}");
    }
}

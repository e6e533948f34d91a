//! `copydesk init`, `copydesk schema`, `copydesk completions`: what helps to set copydesk up.

use super::args::{Cli, Completions};
use super::{Outcome, Stop};
use crate::files::read;
use crate::rules::{self, Group};
use crate::settings::{FILE_NAME, SettingsFile};
use clap::CommandFactory;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write};

const HEAD: &str = "\
# Settings of copydesk. The nearest copydesk.toml above a draft counts.
# `copydesk rules` lists the rules, `copydesk explain RULE` explains one, `copydesk schema` describes this file.

# Build on another settings file; what is set here wins.
# extend = \"../newsroom.toml\"
";

const TAIL: &str = "
# House style. What is not set is taken from what the article does most. With united-states set, term-variant runs.
[style]
# united-states = \"US\"                        # or \"U.S.\"
# quotation-marks = \"curly\"                   # or \"straight\"
# quote-punctuation = \"inside\"                # or \"outside\"
# acceptable-sources = [\"a palace spokesperson\"]
# known-acronyms = [\"NHS\"]
# title-case = \"before-names\"                 # or \"always\", \"never\"

# Which files are drafts. Globs are relative to this file; one without a slash is looked for in every folder.
# README, CHANGELOG, LICENSE, CONTRIBUTING and requirements.txt are no drafts unless `include` names them.
[files]
# include = [\"drafts/**\"]
# exclude = [\"archive/**\"]

# What is different for some files.
# [[overrides]]
# files = [\"opinion/**\"]
# rules = { attribution = \"off\" }

# People as the house spells them, and offices of its own beat; an office is judged on the article's day.
# [[people]]
# name = \"Zdeněk Tövik\"
# [[offices]]
# office = \"mayor\"
# given = \"Teresa\"
# family = \"Quill\"
# from = \"2022-01-03\"

# Which wire copy drafts are written from; {stem} is the draft's name without its ending.
# [[against]]
# files = [\"drafts/*.md\"]
# wire = [\"drafts/{stem}.wire/*\"]

# Findings that stand (\"stet\"): in this file, so that no mark is left in the copy.
# [[stet]]
# file = \"drafts/ferry.md\"
# rule = \"placeholder\"
# text = \"the TK Tavern\"
# why = \"The pub is called that\"
";

/// Writes a commented settings file into the working folder, unless there is one.
pub(super) fn init() -> Outcome {
    let file = OpenOptions::new().write(true).create_new(true).open(FILE_NAME);
    let mut file = file.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Stop::Trouble(format!("there is a {FILE_NAME} already")),
        io::ErrorKind::PermissionDenied => {
            let message = "you may not write into this folder (permission denied)";
            Stop::Trouble(format!("{FILE_NAME}: {message}"))
        }
        _ => Stop::Trouble(format!("{FILE_NAME}: {}", read::reason(error))),
    })?;
    file.write_all(template().as_bytes())
        .map_err(|error| Stop::Trouble(format!("{FILE_NAME}: {}", read::reason(error))))?;
    writeln!(io::stdout().lock(), "wrote {FILE_NAME}")?;
    Ok(0)
}

/// The settings file that `init` writes: every rule with its severity, all commented out.
fn template() -> String {
    let mut out = String::from(HEAD);
    out.push_str(
        "\n# Rules and groups: off, info, warning or error. A rule wins over its group. A group's level is that of its rules\n\
         # that are on; a rule that is off by default runs once it is named itself. `off` turns off the whole group.\n\
         [rules]\n",
    );
    for group in Group::ALL {
        let members: Vec<_> = rules::ALL.iter().filter(|rule| rule.group == group).collect();
        if members.is_empty() {
            continue;
        }
        let setting = format!("{} = \"off\"", group.as_str());
        let _ = writeln!(out, "# {setting:44} # turns off the whole group");
        for rule in members {
            let level = if rule.enabled { rule.severity.as_str() } else { "off" };
            let setting = format!("{} = \"{level}\"", rule.id);
            let _ = writeln!(out, "#   {setting:42} # {}", rule.summary);
        }
    }
    out.push_str(TAIL);
    out
}

/// Prints the JSON schema of the settings.
pub(super) fn schema() -> Outcome {
    let schema = schemars::schema_for!(SettingsFile);
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    writeln!(io::stdout().lock(), "{text}")?;
    Ok(0)
}

/// Prints the completions of a shell.
pub(super) fn completions(args: &Completions) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "copydesk", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_valid_commented_out_or_not() {
        let template = template();
        assert!(crate::settings::parse(&template).is_ok());
        let sample = template.replace("extend", "# extend");
        let live: String = sample
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if rest.starts_with("[[") || rest.contains(" = ") => {
                    rest.trim().to_owned() + "\n"
                }
                _ => line.to_owned() + "\n",
            })
            .collect();
        let parsed = crate::settings::parse(&live);
        assert!(parsed.is_ok(), "{parsed:?}\n{live}");
    }
}

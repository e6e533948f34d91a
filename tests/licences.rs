//! Licences of everything that is built in, and manifests that other programs read.

#[path = "cli/metadata.rs"]
mod metadata;

use std::collections::BTreeMap;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).expect(name)
}

/// The licences that deny.toml allows.
fn allowed() -> Vec<String> {
    let deny: toml::Table = toml::from_str(&read("deny.toml")).expect("deny.toml");
    let list = deny["licenses"]["allow"].as_array().expect("a list").clone();
    list.into_iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Whether an SPDX expression can be met with what is allowed: AND binds tighter than OR.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let flat = expression.replace(['(', ')'], " ").replace('/', " OR ");
    // Dual licences come as `A OR B`, data licences as `(A OR B) AND C`: each part between ANDs has to offer a choice.
    flat.split(" AND ")
        .all(|part| part.split(" OR ").any(|name| allowed.iter().any(|known| known == name.trim())))
}

#[test]
fn every_dependency_has_a_licence_that_deny_toml_allows() {
    let allowed = allowed();
    let mut problems = BTreeMap::new();
    for package in metadata::packages() {
        let licence = package["license"].as_str().unwrap_or("none stated");
        if !is_met(licence, &allowed) {
            problems.insert(package["name"].to_string(), licence.to_owned());
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn manifests_are_yaml() {
    use saphyr::{LoadableYamlNode, Yaml};
    for name in ["action.yml", ".pre-commit-hooks.yaml", ".github/workflows/ci.yml"] {
        let text = read(name);
        let documents = Yaml::load_from_str(&text);
        assert!(documents.is_ok_and(|documents| documents.len() == 1), "{name}");
    }
    assert!(read("action.yml").contains("using: composite"));
}

//! The generated manifest and the runtime's own ask for the same crates, under licenses that are named.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use butler_codegen::runtime::{DEPENDENCIES, LICENSES};
use serde_json::Value;
use toml_edit::DocumentMut;

fn manifest(path: &str) -> DocumentMut {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

#[test]
fn generated_crates_depend_on_what_the_runtime_depends_on() {
    let runtime = manifest("runtime-crate/Cargo.toml");
    let workspace = manifest("../Cargo.toml");
    let own = runtime["dependencies"].as_table().unwrap();
    let mut names: Vec<&str> = own.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    assert_eq!(names, DEPENDENCIES.each_ref().map(|d| d.name));
    for dependency in DEPENDENCIES {
        let name = dependency.name;
        let shared = &workspace["workspace"]["dependencies"][name];
        let (asked, features) = match shared.as_str() {
            Some(version) => (version, true),
            None => {
                let features = shared
                    .get("default-features")
                    .and_then(toml_edit::Item::as_bool);
                (
                    shared["version"].as_str().unwrap(),
                    features.unwrap_or(true),
                )
            }
        };
        let expected = (dependency.version, dependency.default_features);
        assert_eq!((asked, features), expected, "{name}");
        let used = runtime["dependencies"][name].get("features");
        let used = used
            .and_then(toml_edit::Item::as_array)
            .into_iter()
            .flatten();
        let used: Vec<&str> = used.filter_map(|feature| feature.as_str()).collect();
        assert_eq!(used, dependency.features, "{name}");
    }
}

/// The crates that a crate of the workspace is built on, under their ids.
fn built_on(name: &str) -> BTreeMap<String, Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--all-features"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let by_id = |list: &Value| -> BTreeMap<String, Value> {
        let items = list.as_array().unwrap().iter();
        let items = items.map(|item| (item["id"].as_str().unwrap().to_owned(), item.clone()));
        items.collect()
    };
    let packages = by_id(&metadata["packages"]);
    let nodes = by_id(&metadata["resolve"]["nodes"]);
    let own = packages.values().find(|of| of["name"] == name);
    let mut waiting = vec![own.unwrap()["id"].as_str().unwrap()];
    let mut known = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if known.insert(id) {
            let deps = nodes[id]["deps"].as_array().unwrap().iter();
            let is_built = |of: &&Value| of["dep_kinds"][0]["kind"] != "dev";
            waiting.extend(deps.filter(is_built).filter_map(|of| of["pkg"].as_str()));
        }
    }
    let known = known.into_iter();
    known
        .map(|id| (id.to_owned(), packages[id].clone()))
        .collect()
}

#[test]
fn the_generator_has_no_code_that_reaches_a_network() {
    let networks = [
        "curl",
        "hyper",
        "mio",
        "native-tls",
        "openssl",
        "quinn",
        "reqwest",
        "rustls",
        "socket2",
        "tokio",
        "ureq",
    ];
    let crates = built_on("butler-codegen");
    assert!(crates.len() > 30, "{}", crates.len());
    for package in crates.values() {
        let name = package["name"].as_str().unwrap();
        assert!(!networks.contains(&name), "{name}");
    }
    assert!(
        built_on("plex-butler")
            .values()
            .any(|of| of["name"] == "tokio")
    );
}

#[test]
fn the_readme_names_the_licenses_of_all_that_a_client_is_built_on() {
    let crates = built_on("plex-butler");
    assert!(crates.len() > 100, "{}", crates.len());
    for (id, package) in crates {
        let license = package["license"].as_str().unwrap();
        // `A OR B`, or `A/B` in old manifests, leaves the choice; `A AND B` asks for both.
        let alternatives = license.replace('/', " OR ").replace(['(', ')'], "");
        let is_named = |part: &str| LICENSES.contains(&part.trim());
        let all = |of: &str| {
            of.split(" AND ")
                .all(|part| part.split(" OR ").any(is_named))
        };
        let any = alternatives.split(" OR ").any(is_named);
        assert!(any || all(&alternatives), "{id}: {license}");
    }
}

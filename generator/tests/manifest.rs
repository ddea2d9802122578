//! The generated manifest and the runtime's own ask for the same crates.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use butler_codegen::runtime::DEPENDENCIES;
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

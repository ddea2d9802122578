//! The page about `codegen.toml` names every key, and its examples are read.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use butler_codegen::settings;

fn page() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join("docs/configuration.md")).unwrap()
}

/// Reads a file of this text.
fn read(text: &str) -> Result<usize, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codegen.toml");
    fs::write(&file, text).unwrap();
    settings::read(&file).map(|clients| clients.len())
}

#[test]
fn the_page_names_every_key_and_no_other() {
    let error = read("[[client]]\nno_such_key = 1\n").unwrap_err();
    let (_, expected) = error.split_once("expected one of ").unwrap();
    let line = expected.lines().next().unwrap();
    let expected: BTreeSet<&str> = line.split('`').skip(1).step_by(2).collect();
    let page = page();
    let headings = page.lines().filter_map(|line| line.strip_prefix("### `"));
    let named: BTreeSet<&str> = headings.map(|key| key.trim_end_matches('`')).collect();
    assert!(expected.contains("spec") && expected.len() > 10, "{error}");
    assert_eq!(named, expected);
}

#[test]
fn the_examples_of_the_page_are_read() {
    let page = page();
    let examples: Vec<&str> = page.split("```toml\n").skip(1).collect();
    assert!(examples.len() > 3);
    for example in examples {
        let example = example.split("```").next().unwrap();
        assert_eq!(read(example), Ok(1), "{example}");
    }
}

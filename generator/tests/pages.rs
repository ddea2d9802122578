//! The code on the project's pages is that of programs that are compiled, and of the generated client.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// The Rust files of a folder, as one text without white space.
fn code(folder: &str) -> String {
    let folder = root().join(folder);
    let entries = fs::read_dir(&folder).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    files
        .map(|path| dense(&fs::read_to_string(path).unwrap()))
        .collect()
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The fragments of a page that are not compiled as they stand there: those of this generator's code.
fn fragments(page: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let blocks = text.split("```rust,ignore\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    let own = blocks.filter_map(|block| match block.split_once("// This generator:\n") {
        Some((_, own)) => Some(own.to_owned()),
        None if page.contains("from-") => None,
        None => Some(block.to_owned()),
    });
    own.collect()
}

#[test]
fn fragments_are_lines_of_code_that_is_compiled() {
    let code = code("generator/tests/programs/src") + &code("generated/src");
    for (page, count) in [
        ("README.md", 1),
        ("docs/using.md", 7),
        ("docs/from-progenitor.md", 4),
        ("docs/from-openapi-generator.md", 4),
    ] {
        let fragments = fragments(page);
        assert_eq!(fragments.len(), count, "{page}");
        for line in fragments.iter().flat_map(|fragment| fragment.lines()) {
            assert!(code.contains(&dense(line)), "{page}: `{line}`");
        }
    }
}

#[test]
fn the_tests_that_the_promises_name_are_there() {
    let page = fs::read_to_string(root().join("docs/promises.md")).unwrap();
    let tests = code("generator/runtime-crate/src/tests/faults");
    let rows = page.lines().filter(|line| line.contains("Shown by"));
    let mut count = 0;
    for row in rows {
        let named = row.split('`').skip(1).step_by(2);
        for name in named {
            assert!(tests.contains(&format!("fn{name}(")), "{name}");
            count += 1;
        }
    }
    assert!(count > 25, "{count}");
}

//! Bytes become a tree, or a finding with a place, and never a panic.

#![no_main]

use butler_codegen::diagnostic::Diagnostics;
use butler_codegen::document::{Source, parse};
use butler_codegen::report;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (bool, &str)| {
    let (is_json, text) = input;
    let name = if is_json { "a.json" } else { "a.yaml" };
    let source = Source::new(name, text);
    let mut diagnostics = Diagnostics::default();
    let tree = parse(&source, &mut diagnostics);
    let has_errors = diagnostics.has_errors();
    let shown = report::render(&source, &diagnostics.into_list());
    assert_eq!(tree.is_none(), has_errors, "{shown}");
    assert!(
        shown.chars().all(|c| c == '\n' || !c.is_control()),
        "{shown:?}"
    );
});

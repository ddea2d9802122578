//! Documents that were made to do harm: each has the outcome that is named, and nothing of it runs, is read, or is
//! written elsewhere.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod circles;
#[path = "../support/hostile_document.rs"]
mod everywhere;
mod names;
mod oracles;
mod sizes;
#[path = "../support/hostile_texts.rs"]
mod texts;

use butler_codegen::diagnostic::{Diagnostic, Severity};
use butler_codegen::document::Source;
use butler_codegen::emit::File;
use butler_codegen::settings::Settings;
use butler_codegen::{generate, report};

/// What a document comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// A crate.
    Crate,
    /// An error of this code; at this line, where the document has lines of its own.
    Error(&'static str, Option<usize>),
}

use Outcome::{Crate, Error};

/// A document, under a name, and what it comes to.
type Document = (&'static str, Source, Outcome);

fn settings() -> Settings {
    Settings {
        name: "hostile".to_owned(),
        version: "0.1.0".to_owned(),
        docs: true,
        ..Settings::default()
    }
}

/// Generates a crate of a document, and checks that it comes to what is named, and that nothing was achieved.
fn check(name: &str, source: &Source, settings: &Settings, outcome: Outcome) {
    let (files, findings) = match generate(source, settings) {
        Ok(generated) => (Some(generated.files), generated.warnings),
        Err(findings) => (None, findings),
    };
    let shown = report::render(source, &findings);
    oracles::terminal(name, &shown);
    match (outcome, files) {
        (Crate, Some(files)) => oracles::files(name, &files, &plain()),
        (Crate, None) => panic!("{name}: {shown}"),
        (Error(code, line), None) => located(name, source, &findings, code, line),
        (Error(code, _), Some(_)) => panic!("{name}: there is no error `{code}`"),
    }
}

/// The first error has the code and the line.
fn located(name: &str, source: &Source, found: &[Diagnostic], code: &str, line: Option<usize>) {
    let error = found.iter().find(|found| found.severity == Severity::Error);
    let error = error.unwrap_or_else(|| panic!("{name}: no error"));
    assert_eq!(error.code.as_str(), code, "{name}: {}", error.message);
    assert!(!error.help.is_empty(), "{name}");
    if let Some(line) = line {
        let shown = report::render(source, std::slice::from_ref(error));
        let place = format!("{}:{line}:", source.name);
        assert!(shown.contains(&place), "{name}: line {line}\n{shown}");
    }
}

/// The files of a document in which nothing is hostile.
fn plain() -> Vec<File> {
    let source = Source::new("plain.json", everywhere::document(1, "plain").to_string());
    generate(&source, &settings()).unwrap().files
}

#[test]
fn texts_become_no_code() {
    for (name, text) in texts::TEXTS {
        let source = Source::new("a.json", everywhere::document(1, text).to_string());
        check(name, &source, &settings(), Crate);
    }
}

#[test]
fn there_are_as_many_documents_as_promised() {
    let count = texts::TEXTS.len() + names::NAMES.len() + sizes::documents().len();
    assert!(count >= 120, "{count}");
}

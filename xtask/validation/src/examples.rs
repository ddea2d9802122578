//! `cargo xtask examples DIR`: the documentation of every document of a folder. Links of its pages lead
//! somewhere, rustdoc has nothing to say, and all examples compile: those of a crate are one program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use butler_codegen::document::Source;
use butler_codegen::settings::Settings;
use butler_codegen::{generate, output};

use crate::corpus::{self, crate_name, documents};
use crate::{Outcome, links, root};

/// What was found of a document.
#[derive(Default)]
struct Found {
    examples: usize,
    /// Operations that no example shows.
    without: usize,
    links: usize,
    faults: Vec<String>,
}

/// Runs the task.
pub fn run(arguments: &corpus::Arguments) -> Outcome {
    let Ok(paths) = documents(arguments) else {
        eprintln!("error: the folder cannot be read");
        return Outcome::BadInput;
    };
    println!(
        "| document | examples | operations without | links | faults |\n|---|---|---|---|---|"
    );
    let mut all = Found::default();
    for path in &paths {
        let name = corpus::name(path);
        let found = match case(path, &name, arguments.no_check) {
            Ok(found) => found,
            Err(message) => Found {
                faults: vec![message],
                ..Found::default()
            },
        };
        println!(
            "| {name} | {} | {} | {} | {} |",
            found.examples,
            found.without,
            found.links,
            found.faults.len()
        );
        all.examples += found.examples;
        all.without += found.without;
        all.links += found.links;
        let faults = found.faults.iter();
        all.faults
            .extend(faults.map(|fault| format!("{name}: {fault}")));
    }
    for fault in &all.faults {
        println!("{fault}");
    }
    println!(
        "\n{} documents, {} examples, {} operations without, {} links, {} faults",
        paths.len(),
        all.examples,
        all.without,
        all.links,
        all.faults.len()
    );
    if all.faults.is_empty() {
        Outcome::Done
    } else {
        Outcome::Found
    }
}

fn case(path: &Path, name: &str, is_unchecked: bool) -> Result<Found, String> {
    let source = Source::read(path).map_err(|_| "it cannot be read".to_owned())?;
    let settings = Settings {
        name: crate_name(name),
        version: "0.1.0".to_owned(),
        docs: true,
        ..Settings::default()
    };
    let files = generate(&source, &settings)
        .map_err(|_| "it has errors".to_owned())?
        .files;
    let (links, broken) = links::check(&files);
    let texts = files.iter().map(|file| file.text.matches("no_run").count());
    let mut found = Found {
        examples: texts.sum(),
        without: files.iter().map(|file| without(&file.text)).sum(),
        links,
        faults: broken
            .into_iter()
            .map(|link| format!("broken link: {link}"))
            .collect(),
    };
    if is_unchecked {
        return Ok(found);
    }
    let folder = root().join("target/examples").join(&settings.name);
    output::replace(&folder, &files).map_err(|error| error.to_string())?;
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(|error| error.to_string())?;
    fs::write(&manifest, format!("{text}\n[workspace]\n")).map_err(|error| error.to_string())?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))
        .map_err(|error| error.to_string())?;
    let documented = cargo(&folder, &["doc", "--no-deps"])?;
    found
        .faults
        .extend(errors(&documented).map(|error| format!("rustdoc: {error}")));
    let compiled = cargo(&folder, &["test", "--doc"])?;
    found
        .faults
        .extend(errors(&compiled).map(|error| format!("example: {error}")));
    Ok(found)
}

/// How many operations of a page have no example.
fn without(page: &str) -> usize {
    let Some((_, operations)) = page.split_once("## Available operations") else {
        return 0;
    };
    let sections = operations.split("\n## `").skip(1);
    let silent = sections.filter(|section| !section.contains("\n### Example usage"));
    silent.count()
}

fn cargo(folder: &PathBuf, arguments: &[&str]) -> Result<Output, String> {
    Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root().join("target/examples-target"))
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTDOCFLAGS", "--deny warnings")
        .output()
        .map_err(|error| error.to_string())
}

/// The errors that a command ended with: its own, or that it failed.
fn errors(output: &Output) -> impl Iterator<Item = String> {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    let lines = text.lines().filter(|line| line.starts_with("error"));
    let mut lines: Vec<String> = lines.map(str::to_owned).collect();
    if output.status.success() {
        lines.clear();
    } else if lines.is_empty() {
        lines.push("it failed".to_owned());
    }
    lines.into_iter()
}

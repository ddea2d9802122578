//! `cargo xtask tidy`: what no other tool checks.

mod circles;
mod imports;
mod layers;
mod text;

use std::fs;
use std::path::{Path, PathBuf};

use butler_codegen::cli::Outcome;

use imports::Source;

/// Runs all checks.
pub fn run(root: &Path) -> Outcome {
    let mut findings = Vec::new();
    let generator = sources(&root.join("generator/src"), &[]);
    let runtime = sources(&root.join("generator/runtime"), &["runtime"]);
    layers::check(&generator, &mut findings);
    circles::check(&generator, &mut findings);
    circles::check(&runtime, &mut findings);
    for folder in [
        "generator/src",
        "generator/runtime",
        "generator/runtime-crate",
        "xtask",
    ] {
        for path in files(&root.join(folder)) {
            text::check(root, &path, &mut findings);
        }
    }
    links(root, &mut findings);
    for finding in &findings {
        eprintln!("{finding}");
    }
    if findings.is_empty() {
        Outcome::Done
    } else {
        Outcome::Found
    }
}

/// The modules of a crate, or of a module of it.
fn sources(folder: &Path, within: &[&str]) -> Vec<Source> {
    let files = files(folder).into_iter();
    files
        .map(|path| Source::read(folder, within, path))
        .collect()
}

/// All Rust files below a folder, in the order of their paths.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Every link from a page of the project to a file of the project leads somewhere.
fn links(root: &Path, findings: &mut Vec<String>) {
    let mut pages = vec![root.join("README.md"), root.join("CHANGELOG.md")];
    for folder in ["docs", "docs/decisions"] {
        let entries = fs::read_dir(root.join(folder)).into_iter().flatten();
        let paths = entries.flatten().map(|entry| entry.path());
        pages.extend(paths.filter(|path| path.extension().is_some_and(|end| end == "md")));
    }
    for path in pages {
        let page = path.strip_prefix(root).unwrap_or(&path).display();
        let Ok(text) = fs::read_to_string(&path) else {
            findings.push(format!("{page}: is missing"));
            continue;
        };
        for target in text.split("](").skip(1) {
            let target = target.split([')', '#']).next().unwrap_or_default();
            let local = !target.is_empty() && !target.contains("://");
            let folder = path.parent().unwrap_or(root);
            if local && !folder.join(target).exists() {
                findings.push(format!("{page}: `{target}` does not exist"));
            }
        }
    }
}

//! `cargo xtask tidy`: what no other tool checks.

use std::fs;
use std::path::{Path, PathBuf};

use butler_codegen::cli::Outcome;

/// Which modules of the generator each module may use. Imports go one way only.
const LAYERS: [(&str, &[&str]); 11] = [
    ("pointer", &[]),
    ("diagnostic", &["pointer"]),
    ("settings", &["api", "diagnostic"]),
    ("document", &["diagnostic", "pointer"]),
    ("api", &[]),
    (
        "lower",
        &["api", "diagnostic", "document", "pointer", "settings"],
    ),
    ("refine", &["api", "settings"]),
    ("plan", &["api", "settings"]),
    ("emit", &["plan"]),
    ("output", &["emit"]),
    ("report", &["diagnostic", "document", "pointer"]),
];

/// Which modules may use which crates.
const CRATES: [(&str, &[&str]); 6] = [
    ("openapiv3", &["document", "lower"]),
    ("serde_yaml", &["document"]),
    ("saphyr_parser", &["document"]),
    ("heck", &["plan"]),
    ("quote", &["emit"]),
    ("prettyplease", &["emit"]),
];

/// The longest a source file may be.
const LONGEST: usize = 400;

/// What a reader should not meet.
const LEFTOVERS: [&str; 4] = ["TODO", "FIXME", "XXX", "dbg!("];

/// Runs all checks.
pub fn run(root: &Path) -> Outcome {
    let mut findings = Vec::new();
    let generator = root.join("generator/src");
    for file in sources(&generator) {
        layers(&generator, &file, &mut findings);
    }
    for folder in [
        "generator/src",
        "generator/runtime",
        "generator/runtime-crate",
        "xtask",
    ] {
        for file in sources(&root.join(folder)) {
            length_and_leftovers(root, &file, &mut findings);
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

/// All Rust files below a folder, in the order of their paths.
fn sources(folder: &Path) -> Vec<PathBuf> {
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

/// The module at the top that a file belongs to.
fn module(generator: &Path, file: &Path) -> String {
    let below = file.strip_prefix(generator).unwrap_or(file);
    let first = below.components().next();
    let first = first.map(|c| c.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

fn layers(generator: &Path, file: &Path, findings: &mut Vec<String>) {
    let module = module(generator, file);
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else {
        if module != "lib" {
            findings.push(format!("{}: add the module to `LAYERS`", file.display()));
        }
        return;
    };
    let text = fs::read_to_string(file).unwrap_or_default();
    for (number, line) in text.lines().enumerate() {
        let place = || format!("{}:{}", file.display(), number + 1);
        for used in line.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_alphanumeric()).collect();
            let known = LAYERS.iter().any(|(name, _)| *name == used);
            if known && used != module && !allowed.contains(&used.as_str()) {
                findings.push(format!("{}: `{module}` must not use `{used}`", place()));
            }
        }
        for (name, users) in CRATES {
            let uses = line.starts_with(&format!("use {name}::"));
            if uses && !users.contains(&module.as_str()) {
                findings.push(format!(
                    "{}: `{module}` must not use the crate `{name}`",
                    place()
                ));
            }
        }
    }
}

fn length_and_leftovers(root: &Path, file: &Path, findings: &mut Vec<String>) {
    let text = fs::read_to_string(file).unwrap_or_default();
    let shown = file.strip_prefix(root).unwrap_or(file).display();
    let lines = text.lines().count();
    if lines > LONGEST {
        findings.push(format!(
            "{shown}: {lines} lines; which two questions does it answer?"
        ));
    }
    for (number, line) in text.lines().enumerate() {
        let is_own = line.contains("LEFTOVERS");
        if !is_own && LEFTOVERS.iter().any(|leftover| line.contains(leftover)) {
            findings.push(format!(
                "{shown}:{}: finish it, or leave it out",
                number + 1
            ));
        }
    }
}

/// Every link from a page of the project to a file of the project leads somewhere.
fn links(root: &Path, findings: &mut Vec<String>) {
    let pages = [
        "README.md",
        "CHANGELOG.md",
        "docs/STYLE.md",
        "docs/architecture.md",
    ];
    for page in pages {
        let path = root.join(page);
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

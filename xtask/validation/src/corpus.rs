//! `cargo xtask corpus DIR`: every document of a folder becomes a crate, every crate is checked.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use butler_codegen::diagnostic::Diagnostics;
use butler_codegen::document::{Source, parse};
use indicatif::{ProgressBar, ProgressStyle};

use crate::described::{Described, described};
use crate::{Outcome, measured, root};

/// Which documents, and how many at a time.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the documents.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only documents with this in their names.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// How many crates are checked at a time.
    #[arg(long, default_value_t = 2)]
    pub jobs: usize,
    /// Generates the crates without checking them.
    #[arg(long)]
    pub no_check: bool,
}

/// What is known about a document.
struct Row {
    document: String,
    krate: String,
    version: String,
    operations: usize,
    generated: Result<measured::Generation, String>,
    described: Option<Described>,
    check: Option<measured::Check>,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> Outcome {
    let documents = match documents(arguments) {
        Ok(documents) if !documents.is_empty() => documents,
        Ok(_) => return refuse("the folder holds no document of that name"),
        Err(error) => return refuse(&format!("{}: {error}", arguments.folder.display())),
    };
    let workspace = root().join("target/corpus");
    let bar = progress(documents.len(), "generating");
    let mut rows = Vec::new();
    for document in &documents {
        bar.set_message(name(document));
        rows.push(generate(document, &workspace));
        bar.inc(1);
    }
    bar.finish_and_clear();
    if !arguments.no_check {
        if let Err(error) = check(&workspace, &rows, arguments.jobs) {
            return refuse(&error);
        }
        for row in &mut rows {
            row.check = measured::Check::read(&workspace, &row.krate);
        }
    }
    print!("{}", table(&rows));
    if rows.iter().all(|row| row.is_good(arguments.no_check)) {
        Outcome::Done
    } else {
        Outcome::Found
    }
}

fn refuse(message: &str) -> Outcome {
    eprintln!("error: {message}");
    Outcome::BadInput
}

/// The documents of the folder, fixtures in folders of their own among them.
pub fn documents(arguments: &Arguments) -> std::io::Result<Vec<PathBuf>> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(&arguments.folder)? {
        let path = entry?.path();
        let path = [path.join("input.yaml"), path.join("input.json")]
            .into_iter()
            .find(|input| input.exists())
            .unwrap_or(path);
        let extension = path.extension().and_then(|extension| extension.to_str());
        let only = arguments.only.as_ref();
        let wanted = only.is_none_or(|only| name(&path).contains(only));
        if wanted && matches!(extension, Some("json" | "yaml" | "yml")) {
            documents.push(path);
        }
    }
    documents.sort();
    Ok(documents)
}

/// The document's name: that of its file, or of its folder where it is a fixture.
pub fn name(document: &Path) -> String {
    let folder = document.parent().and_then(Path::file_name);
    let stem = match document.file_stem() {
        Some(stem) if stem == "input" => folder,
        stem => stem,
    };
    stem.unwrap_or_default().to_string_lossy().into_owned()
}

fn progress(length: usize, prefix: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(length).unwrap_or_default());
    let style = ProgressStyle::with_template("{prefix} [{bar:40}] {pos}/{len} {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_prefix(prefix);
    bar
}

/// Generates a crate in a process of its own, so that its memory can be told and its end survived.
fn generate(document: &Path, workspace: &Path) -> Row {
    let (version, operations) = counted(document);
    let krate = crate_name(&name(document));
    let out = workspace.join(&krate);
    let generated = measured::generate(document, &out, &krate);
    Row {
        document: name(document),
        krate,
        version,
        operations,
        generated,
        described: described(document),
        check: None,
    }
}

/// A crate's name for a document.
pub fn crate_name(name: &str) -> String {
    let allowed = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(allowed).collect();
    let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
    format!("c-{}", words.join("-"))
}

/// The version of the specification and the number of operations, counted without the generator.
fn counted(document: &Path) -> (String, usize) {
    let source = Source::read(document).ok();
    let tree = source.and_then(|source| parse(&source, &mut Diagnostics::default()));
    let tree = tree.unwrap_or_default();
    let methods = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ];
    let paths = tree["paths"].as_object().into_iter().flatten();
    let items = paths
        .filter(|(path, _)| !path.starts_with("x-"))
        .map(|(_, item)| item);
    let items = items.map(|item| match item["$ref"].as_str() {
        Some(reference) => tree
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or(item),
        None => item,
    });
    let operations = items.map(|item| {
        let others = item["additionalOperations"].as_object().into_iter();
        // What has a space in it is no method.
        let others = others.flatten();
        let others = others.filter(|(method, of)| of.is_object() && !method.contains(' '));
        let own = methods.iter().filter(|method| item[**method].is_object());
        own.count() + others.count()
    });
    let version = tree["openapi"].as_str().unwrap_or_default().to_owned();
    (version, operations.sum())
}

/// Checks all crates in one workspace; a wrapper around the compiler notes what each one costs.
fn check(workspace: &Path, rows: &[Row], jobs: usize) -> Result<(), String> {
    let good = rows.iter().filter(|row| row.generated.is_ok());
    let properties: Vec<String> = good.map(|row| format!("{:?}", row.krate)).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        properties.join(", ")
    );
    fs::write(workspace.join("Cargo.toml"), manifest).map_err(|error| error.to_string())?;
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock"))
        .map_err(|error| error.to_string())?;
    let bar = progress(properties.len(), "checking");
    let mut child = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--quiet",
            "--offline",
        ])
        .arg(format!("--jobs={jobs}"))
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", root().join("target/corpus-target"))
        .env("RUSTFLAGS", "--deny warnings")
        .env("RUSTC_WORKSPACE_WRAPPER", measured::wrapper()?)
        .env(measured::NOTES, workspace)
        .stderr(std::process::Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let started = Instant::now();
    while child
        .try_wait()
        .map_err(|error| error.to_string())?
        .is_none()
    {
        let done = rows
            .iter()
            .filter(|row| measured::Check::exists(workspace, &row.krate));
        bar.set_position(u64::try_from(done.count()).unwrap_or_default());
        bar.set_message(format!("{:.0?}", started.elapsed()));
        std::thread::sleep(Duration::from_millis(200));
    }
    bar.finish_and_clear();
    Ok(())
}

impl Row {
    fn is_good(&self, unchecked: bool) -> bool {
        let complete = self
            .generated
            .as_ref()
            .is_ok_and(|g| g.operations == self.operations);
        let checked = self
            .check
            .as_ref()
            .is_some_and(|check| check.error.is_none());
        let foreign = self.described.as_ref();
        let foreign = foreign.is_some_and(|described| !described.foreign.is_empty());
        complete && !foreign && (checked || unchecked)
    }
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| document | version | operations | types | fields described elsewhere | untyped | warnings | s | MB | check s | rustc MB | lines | first error |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    // Writing to a string does not fail.
    for row in rows {
        let _ = write!(text, "| {} | {} ", row.document, row.version);
        let error = match (&row.generated, &row.check) {
            (Err(error), _) => error.clone(),
            (Ok(_), Some(check)) => check.error.clone().unwrap_or_default(),
            (Ok(_), None) => String::new(),
        };
        match &row.generated {
            Ok(g) => {
                let (fields, foreign) = match &row.described {
                    Some(described) => (described.fields, described.foreign.len()),
                    None => (0, 0),
                };
                let _ = write!(
                    text,
                    "| {} / {} | {} | {foreign} / {fields} | {} | {} | {:.2} | {} ",
                    row.operations, g.operations, g.types, g.untyped, g.warnings, g.seconds, g.peak
                );
            }
            Err(_) => {
                let _ = write!(text, "| {} / - | - | - | - | - | - | - ", row.operations);
            }
        }
        match &row.check {
            Some(check) => {
                let _ = write!(text, "| {:.1} | {} ", check.seconds, check.peak);
            }
            None => text.push_str("| - | - "),
        }
        let lines = row.generated.as_ref().map(|g| g.lines).unwrap_or_default();
        let error = error.lines().next().unwrap_or_default().replace('|', "\\|");
        let _ = writeln!(text, "| {lines} | {error} |");
    }
    for row in rows {
        let described = row.described.iter();
        for field in described.flat_map(|described| &described.foreign) {
            let name = &row.document;
            let _ = writeln!(text, "{name}: the words about `{field}` stand elsewhere");
        }
    }
    let generated = rows.iter().filter(|row| row.generated.is_ok()).count();
    let compiled = rows
        .iter()
        .filter(|r| r.check.as_ref().is_some_and(|c| c.error.is_none()));
    let _ = writeln!(
        text,
        "\n{} documents, {generated} generated, {} compiled",
        rows.len(),
        compiled.count()
    );
    text
}

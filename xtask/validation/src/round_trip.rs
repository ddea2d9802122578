//! `cargo xtask round-trip DIR`: values of every named type of every document, read and written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use butler_codegen::diagnostic::Diagnostics;
use butler_codegen::document::{Source, normalized};
use butler_codegen::generate;
use butler_codegen::runtime::{self, Piece};
use butler_codegen::settings::Settings;
use serde_json::Value;

use crate::corpus::{self, crate_name, documents};
use crate::validator::{Validators, made};
use crate::{Outcome, root};

/// A document and the values of its types.
struct Case {
    document: String,
    krate: String,
    values: Vec<(String, Value)>,
    types: usize,
    unmade: usize,
}

/// What became of the values of a document.
#[derive(Default)]
struct Result {
    equal: usize,
    different: Vec<String>,
}

/// Runs the task.
pub fn run(arguments: &corpus::Arguments) -> Outcome {
    let workspace = root().join("target/round-trip");
    let Ok(paths) = documents(arguments) else {
        eprintln!("error: the folder cannot be read");
        return Outcome::BadInput;
    };
    let mut cases = Vec::new();
    for path in paths {
        eprintln!("making values of {}", path.display());
        match case(&path, &workspace) {
            Ok(case) => cases.push(case),
            Err(error) => eprintln!("error: {}: {error}", path.display()),
        }
    }
    if let Err(error) = build(&workspace, &cases, arguments.jobs) {
        eprintln!("error: {error}");
        return Outcome::BadInput;
    }
    let mut total = Result::default();
    println!("| document | types | values | equal | different | types without a valid value |");
    println!("|---|---|---|---|---|---|");
    for case in &cases {
        let result = drive(case);
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            case.document,
            case.types,
            case.values.len(),
            result.equal,
            result.different.len(),
            case.unmade
        );
        total.equal += result.equal;
        total.different.extend(result.different);
    }
    for line in &total.different {
        println!("{line}");
    }
    println!(
        "\n{} equal, {} different",
        total.equal,
        total.different.len()
    );
    if total.different.is_empty() {
        Outcome::Done
    } else {
        Outcome::Found
    }
}

/// Generates the types of a document as a program of their own, and values for them.
fn case(path: &Path, workspace: &Path) -> std::result::Result<Case, String> {
    let source = Source::read(path).map_err(|_| "it cannot be read".to_owned())?;
    let document = corpus::name(path);
    let krate = crate_name(&document);
    let settings = Settings {
        name: krate.clone(),
        version: "0.1.0".to_owned(),
        ..Settings::default()
    };
    let generated = generate(&source, &settings).map_err(|_| "it has errors".to_owned())?;
    let folder = workspace.join(&krate);
    let names: Vec<&str> = generated
        .origins
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let files = generated
        .files
        .iter()
        .map(|file| (&*file.path, &*file.text));
    write_program(&folder, &krate, files, &names).map_err(|error| error.to_string())?;
    let mut diagnostics = Diagnostics::default();
    let tree = normalized(&source, &mut diagnostics).ok_or("it has errors")?;
    let validators = Validators::new(&tree)?;
    let mut values = Vec::new();
    let mut unmade = 0;
    for (index, (name, origin)) in generated.origins.iter().enumerate() {
        let made = made(&tree, &validators, &origin.to_string(), index);
        if made.is_empty() {
            unmade += 1;
        }
        values.extend(made.into_iter().map(|value| (name.clone(), value)));
    }
    Ok(Case {
        document,
        krate,
        values,
        types: generated.origins.len(),
        unmade,
    })
}

/// The dependencies of a crate that its types need, as TOML: those of values, and of the libraries that
/// they are of.
fn dependencies(manifest: &str) -> String {
    let (_, all) = manifest.split_once("[dependencies]\n").unwrap_or_default();
    let all = all.lines().take_while(|line| !line.is_empty());
    let is_needed = |line: &&str| {
        let name = line.split(' ').next().unwrap_or_default();
        let mut others = runtime::DEPENDENCIES.iter();
        name == "base64" || others.all(|other| other.name != name)
    };
    let always = ["serde = \"1\"", "serde_json = \"1\""].into_iter();
    let lines: Vec<&str> = always.chain(all.filter(is_needed)).collect();
    lines.join("\n") + "\n"
}

/// A program that reads lines of a type's name and a value, and writes the value back.
fn write_program<'a>(
    folder: &Path,
    krate: &str,
    files: impl Iterator<Item = (&'a str, &'a str)>,
    names: &[&str],
) -> std::io::Result<()> {
    let src = folder.join("src");
    let files: BTreeMap<&str, &str> = files.collect();
    let is_needed = |piece: &&Piece| {
        let is_of_values = piece.path.starts_with("json/") || piece.path == "auth/secret";
        is_of_values && files.contains_key(format!("src/runtime/{}.rs", piece.path).as_str())
    };
    let pieces: Vec<&Piece> = runtime::PIECES.iter().filter(is_needed).collect();
    let copied = pieces
        .iter()
        .map(|piece| (piece.path.to_owned(), piece.text.to_owned()));
    for (path, text) in copied.chain(runtime::modules(&pieces)) {
        write_changed(&src.join("runtime").join(path).with_extension("rs"), &text)?;
    }
    let mut types = files.clone();
    types.retain(|path, _| path.starts_with("src/types"));
    remove_other_form(&src, types.contains_key("src/types.rs"))?;
    for (path, text) in &types {
        write_changed(&folder.join(path), text)?;
    }
    let mut arms = String::new();
    for name in names {
        let _ = writeln!(arms, "        {name:?} => again::<types::{name}>(value),");
    }
    let types = if types.is_empty() { "" } else { "mod types;" };
    let main = format!(
        r#"#![allow(dead_code, unused_imports, unused_macros, deprecated)]
#[allow(unused_imports, reason = "a part of it is used")]
mod runtime;
{types}
pub use runtime::*;

fn again<T: serde::Serialize + serde::de::DeserializeOwned>(value: &str) -> String {{
    let value = serde_json::from_str::<T>(value);
    value.and_then(|value| serde_json::to_string(&value)).unwrap_or_else(|error| format!("!{{error}}"))
}}

fn main() {{
    for line in std::io::stdin().lines() {{
        let line = line.unwrap();
        let (name, value) = line.split_once('\t').unwrap();
        println!("{{}}", match name {{
{arms}        _ => again::<serde_json::Value>(value),
        }});
    }}
}}
"#
    );
    write_changed(&src.join("main.rs"), &main)?;
    let manifest = format!(
        "[package]\nname = {krate:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{}",
        dependencies(files.get("Cargo.toml").copied().unwrap_or_default())
    );
    write_changed(&folder.join("Cargo.toml"), &manifest)
}

/// The types are one file or a folder: the other form of an earlier run would stand beside them.
fn remove_other_form(src: &Path, is_file: bool) -> std::io::Result<()> {
    let (file, folder) = (src.join("types.rs"), src.join("types"));
    if is_file && folder.exists() {
        fs::remove_dir_all(folder)
    } else if !is_file && file.exists() {
        fs::remove_file(file)
    } else {
        Ok(())
    }
}

fn write_changed(path: &Path, text: &str) -> std::io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, text)
}

fn build(workspace: &Path, cases: &[Case], jobs: usize) -> std::result::Result<(), String> {
    let properties: Vec<String> = cases
        .iter()
        .map(|case| format!("{:?}", case.krate))
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        properties.join(", ")
    );
    fs::write(workspace.join("Cargo.toml"), manifest).map_err(|error| error.to_string())?;
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock"))
        .map_err(|error| error.to_string())?;
    // A program that is not built must not be answered for by one of an earlier run.
    for case in cases {
        let _ = fs::remove_file(program(case));
    }
    Command::new(env!("CARGO"))
        .args([
            "build",
            "--workspace",
            "--keep-going",
            "--quiet",
            "--offline",
        ])
        .arg(format!("--jobs={jobs}"))
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target())
        .status()
        .map(|_| ())
        .map_err(|error| error.to_string())
}

fn program(case: &Case) -> PathBuf {
    target().join("debug").join(&case.krate)
}

fn target() -> PathBuf {
    root().join("target/round-trip-target")
}

/// Sends all values of a document through its program.
fn drive(case: &Case) -> Result {
    let mut result = Result::default();
    match responses(case) {
        Ok(responses) if responses.len() == case.values.len() => {
            for ((name, value), response) in case.values.iter().zip(&responses) {
                match serde_json::from_str::<Value>(response) {
                    Ok(written) if same(value, &written) => result.equal += 1,
                    Ok(_) | Err(_) => result.different.push(format!(
                        "{}::{name}\n  read    {value}\n  written {response}",
                        case.document
                    )),
                }
            }
        }
        Ok(responses) => result.different.push(format!(
            "{}: {} responses to {} values",
            case.document,
            responses.len(),
            case.values.len()
        )),
        Err(error) => result.different.push(format!("{}: {error}", case.document)),
    }
    result
}

fn responses(case: &Case) -> std::io::Result<Vec<String>> {
    let mut child = Command::new(program(case))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut stdin = child
        .stdin
        .take()
        .ok_or_else(|| std::io::Error::other("no input"))?;
    let mut input = String::new();
    for (name, value) in &case.values {
        let _ = writeln!(input, "{name}	{value}");
    }
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    writer
        .join()
        .map_err(|_| std::io::Error::other("no input"))??;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.lines().map(str::to_owned).collect())
}

/// Equal as JSON values: numbers and dates by their value, properties in any order.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            names.iter().all(|name| match (a.get(*name), b.get(*name)) {
                (Some(a), Some(b)) => same(a, b),
                (_, _) => false,
            })
        }
        (Value::String(a), Value::String(b)) => a == b || is_same_time(a, b),
        (a, b) => a == b,
    }
}

/// Whether two texts are the same time, as RFC 3339 writes it.
fn is_same_time(a: &str, b: &str) -> bool {
    let time = |text| chrono::DateTime::parse_from_rfc3339(text).ok();
    time(a).is_some() && time(a) == time(b)
}

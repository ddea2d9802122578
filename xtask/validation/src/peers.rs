//! `cargo xtask peers DOCUMENT...`: what compiling a document's client costs, beside the clients
//! that other generators make of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measured::{self, Check};
use crate::{Outcome, root};

/// Which documents, and how they are compiled.
#[derive(clap::Args)]
pub struct Arguments {
    /// The documents.
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<PathBuf>,
    /// Builds for release, instead of checking.
    #[arg(long)]
    release: bool,
}

/// A generator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Generator {
    Ours,
    OpenapiToRust,
    Ploidy,
}

const ALL: [Generator; 3] = [Generator::Ours, Generator::OpenapiToRust, Generator::Ploidy];

impl Generator {
    fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Ploidy => "ploidy",
        }
    }

    /// Writes a crate of this name into the folder.
    fn generate(self, document: &Path, folder: &Path, name: &str) -> Result<(), String> {
        match self {
            Self::Ours => measured::generate(document, folder, name).map(|_| ()),
            Self::Ploidy => run(Command::new("ploidy")
                .args(["generate", "rust"])
                .arg(document)
                .arg("-o")
                .arg(folder)
                .args(["--name", name])),
            Self::OpenapiToRust => {
                let source = folder.join("src");
                fs::create_dir_all(&source).map_err(|error| error.to_string())?;
                run(Command::new("openapi-to-rust")
                    .arg("generate")
                    .arg(document)
                    .arg("--output-dir")
                    .arg(&source))?;
                library(&source, folder, name).map_err(|error| error.to_string())
            }
        }
    }
}

/// It writes a module and the dependencies that this needs; here they become a crate.
fn library(source: &Path, folder: &Path, name: &str) -> std::io::Result<()> {
    let dependencies = fs::read_to_string(source.join("REQUIRED_DEPS.toml"))?;
    let package =
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    fs::write(
        folder.join("Cargo.toml"),
        format!("{package}\n{dependencies}"),
    )?;
    fs::rename(source.join("mod.rs"), source.join("lib.rs"))
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|_| format!("`{program}` is missing: run `cargo install {program}`"))?;
    if output.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let last = errors.lines().last().unwrap_or("no output");
    Err(format!("`{program}` failed: {last}"))
}

/// Runs the task.
pub fn run_all(arguments: &Arguments) -> Outcome {
    let mut outcome = Outcome::Done;
    println!("| document | generator | s | MB | beside the fastest | first error |");
    println!("|---|---|---|---|---|---|");
    for document in &arguments.documents {
        let results = ALL.map(|generator| (generator, measure(generator, document, arguments)));
        let others = results
            .iter()
            .filter(|(generator, _)| *generator != Generator::Ours);
        let compiled = others.filter_map(|(_, result)| result.as_ref().ok());
        let compiled = compiled.filter(|check| check.error.is_none());
        let fastest = compiled.map(|check| check.seconds).min_by(f64::total_cmp);
        let shown = document.file_stem().unwrap_or_default().to_string_lossy();
        for (generator, result) in results {
            let name = generator.name();
            match result {
                Ok(check) => {
                    let share = fastest.map_or_else(
                        || "-".to_owned(),
                        |fastest| format!("{:.2}", check.seconds / fastest),
                    );
                    let error = check.error.unwrap_or_default();
                    println!(
                        "| {shown} | {name} | {:.1} | {} | {share} | {} |",
                        check.seconds,
                        check.peak,
                        error.replace('|', "\\|")
                    );
                }
                Err(error) => {
                    println!("| {shown} | {name} | - | - | - | {error} |");
                    if generator == Generator::Ours {
                        outcome = Outcome::Found;
                    }
                }
            }
        }
    }
    outcome
}

/// Compiles the crate alone: its dependencies are built before, with an empty library.
fn measure(generator: Generator, document: &Path, arguments: &Arguments) -> Result<Check, String> {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let name = crate::corpus::crate_name(&stem);
    let workspace = root().join("target/peers").join(generator.name());
    let folder = workspace.join(&name);
    let fail = |error: std::io::Error| error.to_string();
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(fail)?;
    generator.generate(document, &folder, &name)?;
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).map_err(fail)?;
    fs::write(
        folder.join("Cargo.toml"),
        format!("{manifest}\n[workspace]\n"),
    )
    .map_err(fail)?;
    let (source, aside) = (folder.join("src"), folder.join("aside"));
    fs::rename(&source, &aside).map_err(fail)?;
    fs::create_dir(&source).map_err(fail)?;
    fs::write(source.join("lib.rs"), "").map_err(fail)?;
    compile(generator, &folder, arguments, None)?;
    fs::remove_dir_all(&source).map_err(fail)?;
    fs::rename(&aside, &source).map_err(fail)?;
    // A crate that does not compile says so in its note.
    let _ = compile(generator, &folder, arguments, Some(&workspace));
    Check::read(&workspace, &name).ok_or_else(|| "the compiler left no note".to_owned())
}

fn compile(
    generator: Generator,
    folder: &Path,
    arguments: &Arguments,
    notes: Option<&Path>,
) -> Result<(), String> {
    let target = root().join("target/peers-target").join(generator.name());
    let mut command = Command::new(env!("CARGO"));
    command
        .args(if arguments.release {
            &["build", "--release", "--quiet"][..]
        } else {
            &["check", "--quiet"][..]
        })
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0");
    if let Some(notes) = notes {
        command
            .env("RUSTC_WORKSPACE_WRAPPER", measured::wrapper()?)
            .env(measured::NOTES, notes);
    }
    run(&mut command)
}

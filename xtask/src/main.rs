//! The tasks of this workspace: `cargo xtask --help`.

mod book;
mod ci;
mod deny;
mod mutate;
mod tidy;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};

use butler_codegen::cli::{self, Outcome};
use clap::{Args, Parser, Subcommand};

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "The tasks of this workspace")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generates the clients that `spec/codegen.toml` lists, or one of a document of your own.
    Codegen {
        #[command(flatten)]
        arguments: cli::Arguments,
        /// Writes nothing; lists what is stale, missing or left over, and fails if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Generates and checks a crate for every document of a folder.
    Corpus(Passed),
    /// Reads and writes values of every type of every document of a folder.
    RoundTrip(Passed),
    /// Calls every operation of every document of a folder against Prism, which validates the
    /// requests.
    Conformance(Passed),
    /// Compiles programs against the clients of documents that have grown.
    Compatibility(Passed),
    /// Compiles the examples of every document of a folder, and checks the links and the warnings of its
    /// documentation.
    Examples(Passed),
    /// Compiles documents' clients beside those of other generators.
    Peers(Passed),
    /// Makes many calls at once against a server with faults: each ends, and nothing grows.
    Soak(Passed),
    /// Counts the instructions of a call, beside one that is written by hand, with Valgrind.
    Instructions(Passed),
    /// Explains a code that findings have.
    Explain {
        /// The code, as it stands in brackets behind `warning` or `error`.
        code: String,
    },
    /// Generates crates of documents with mistakes, in great numbers, and compiles some.
    Mutate(mutate::Arguments),
    /// Measures how long documents take, and how that grows with their size.
    Bench(Passed),
    /// Makes a book of all pages, with mdBook.
    Book,
    /// Checks the licences, the sources and the advisories of all dependencies, with `cargo-deny`.
    Deny,
    /// Checks what no other tool checks: layers, circles, sizes, leftovers.
    Tidy,
    /// Runs everything that has to pass before a change lands.
    Ci,
}

/// Arguments for a task of the package `xtask-validation`, which says which there are.
#[derive(Args)]
#[command(disable_help_flag = true)]
struct Passed {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

fn main() -> ExitCode {
    match Arguments::parse().task {
        Task::Codegen { arguments, check } => {
            let task = if check {
                cli::Task::Check
            } else {
                cli::Task::Write
            };
            cli::run(&arguments, task, &called(&root())).into()
        }
        Task::Corpus(passed) => validate("corpus", passed),
        Task::RoundTrip(passed) => validate("round-trip", passed),
        Task::Conformance(passed) => validate("conformance", passed),
        Task::Compatibility(passed) => validate("compatibility", passed),
        Task::Examples(passed) => validate("examples", passed),
        Task::Peers(passed) => validate("peers", passed),
        Task::Soak(passed) => validate("soak", passed),
        Task::Instructions(passed) => validate("instructions", passed),
        Task::Bench(passed) => exit(validators(&["bench"]).args(passed.arguments).status()),
        Task::Mutate(arguments) => mutate::run(&arguments, &root(), &target()).into(),
        Task::Explain { code } => cli::explain(&code).into(),
        Task::Book => book::run(&root(), &target()).into(),
        Task::Deny => deny::run(&root(), &target()).into(),
        Task::Tidy => tidy::run(&root()).into(),
        Task::Ci => ci::run(&root()).into(),
    }
}

/// The generator as it is called here: for the clients of this workspace.
fn called(root: &Path) -> cli::Called {
    cli::Called {
        command: "cargo xtask codegen",
        config: Some(root.join("spec/codegen.toml")),
    }
}

/// Runs a task that is built only when it is needed.
fn validate(task: &str, passed: Passed) -> ExitCode {
    let mut task = validators(&["run", "--quiet", "--", task]);
    exit(task.args(passed.arguments).status())
}

/// What a command has said to its caller.
fn exit(status: std::io::Result<ExitStatus>) -> ExitCode {
    match status.map(|status| status.code()) {
        Ok(Some(code)) => ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX)),
        Ok(None) => Outcome::BadInput.into(),
        Err(error) => {
            eprintln!("error: `cargo` cannot be run: {error}");
            Outcome::BadInput.into()
        }
    }
}

/// Cargo, in the workspace of what validates the generator's work; compiled packages are shared.
fn validators(command: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    let manifest = root().join("xtask/validation/Cargo.toml");
    let (name, options) = command.split_at(1);
    cargo
        .args(name)
        .arg("--manifest-path")
        .arg(manifest)
        .args(options);
    cargo.env("CARGO_TARGET_DIR", target());
    cargo
}

/// Where compiled packages are.
fn target() -> PathBuf {
    let chosen = std::env::var_os("CARGO_TARGET_DIR");
    chosen.map_or_else(|| root().join("target"), PathBuf::from)
}

/// The workspace's folder.
fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().map_or(manifest.clone(), PathBuf::from)
}

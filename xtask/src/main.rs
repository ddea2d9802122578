//! The tasks of this workspace: `cargo xtask --help`.

mod ci;
mod codegen;
mod config;
mod conformance;
mod corpus;
mod drive;
mod judge;
mod made;
mod measured;
mod narrow;
mod pattern;
mod peers;
mod prism;
mod round_trip;
mod tidy;
mod values;
mod verdict;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a task says to its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Done,
    /// A check has found something.
    Found,
    /// The input cannot be used.
    BadInput,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Found => Self::from(1),
            Outcome::BadInput => Self::from(2),
        }
    }
}

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "The tasks of this workspace")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generates the clients that `spec/codegen.toml` lists, or one of a document of your own.
    Codegen(codegen::Arguments),
    /// Generates and checks a crate for every document of a folder.
    Corpus(corpus::Arguments),
    /// Reads and writes values of every type of every document of a folder.
    RoundTrip(corpus::Arguments),
    /// Calls every operation of every document of a folder against Prism, which judges the requests.
    Conformance(corpus::Arguments),
    /// Compiles documents' clients beside those of other generators.
    Peers(peers::Arguments),
    /// Generates one of them and prints its numbers.
    #[command(hide = true)]
    CorpusOne {
        document: PathBuf,
        out: PathBuf,
        name: String,
    },
    /// Checks what no other tool checks: layers, sizes, leftovers.
    Tidy,
    /// Runs everything that has to pass before a change lands.
    Ci,
}

fn main() -> ExitCode {
    if std::env::var_os(measured::NOTES).is_some() {
        let command: Vec<String> = std::env::args().skip(1).collect();
        return measured::compile(&command);
    }
    match Arguments::parse().task {
        Task::Codegen(arguments) => codegen::run(&arguments).into(),
        Task::Corpus(arguments) => corpus::run(&arguments).into(),
        Task::RoundTrip(arguments) => round_trip::run(&arguments).into(),
        Task::Conformance(arguments) => conformance::run(&arguments).into(),
        Task::Peers(arguments) => peers::run_all(&arguments).into(),
        Task::CorpusOne {
            document,
            out,
            name,
        } => measured::generate_one(&document, &out, &name),
        Task::Tidy => tidy::run(&root()).into(),
        Task::Ci => ci::run(&root()).into(),
    }
}

/// The workspace's folder.
fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().map_or(manifest.clone(), PathBuf::from)
}

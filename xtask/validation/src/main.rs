//! What validates the generator's work: many documents, values, servers, other generators.
//! `cargo xtask` runs it.

mod compatibility;
mod conformance;
mod corpus;
mod described;
mod driver;
mod examples;
mod fields;
mod instructions;
mod links;
mod measured;
mod narrow;
mod peers;
mod prism;
mod round_trip;
mod samples;
mod soak;
mod validator;
mod verdict;

use std::path::PathBuf;
use std::process::ExitCode;

use butler_codegen::cli::Outcome;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    bin_name = "cargo xtask",
    about = "What validates the generator's work"
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generates and checks a crate for every document of a folder.
    Corpus(corpus::Arguments),
    /// Reads and writes values of every type of every document of a folder.
    RoundTrip(corpus::Arguments),
    /// Calls every operation of every document of a folder against Prism, which validates the
    /// requests.
    Conformance(corpus::Arguments),
    /// Compiles programs that call every operation against the clients of documents with more in them that
    /// is optional.
    Compatibility(compatibility::Arguments),
    /// Compiles the examples of every document of a folder, and checks the links and the warnings of its
    /// documentation.
    Examples(corpus::Arguments),
    /// Compiles documents' clients beside those of other generators.
    Peers(peers::Arguments),
    /// Counts the instructions of a call, beside one that is written by hand.
    Instructions(instructions::Arguments),
    /// Makes calls, whose instructions are counted.
    #[command(hide = true)]
    Calls(instructions::Calls),
    /// Makes many calls at once against a server with faults.
    Soak(soak::Arguments),
    /// Generates one of them and prints its numbers.
    #[command(hide = true)]
    CorpusOne {
        document: PathBuf,
        out: PathBuf,
        name: String,
    },
}

fn main() -> ExitCode {
    if std::env::var_os(measured::NOTES).is_some() {
        let command: Vec<String> = std::env::args().skip(1).collect();
        return measured::compile(&command);
    }
    match Arguments::parse().task {
        Task::Corpus(arguments) => corpus::run(&arguments).into(),
        Task::RoundTrip(arguments) => round_trip::run(&arguments).into(),
        Task::Conformance(arguments) => conformance::run(&arguments).into(),
        Task::Compatibility(arguments) => compatibility::run(&arguments).into(),
        Task::Examples(arguments) => examples::run(&arguments).into(),
        Task::Instructions(arguments) => instructions::run(&arguments).into(),
        Task::Calls(calls) => instructions::calls(&calls).into(),
        Task::Soak(arguments) => soak::run(&arguments).into(),
        Task::Peers(arguments) => peers::run_all(&arguments).into(),
        Task::CorpusOne {
            document,
            out,
            name,
        } => measured::generate_one(&document, &out, &name),
    }
}

/// The workspace's folder.
fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = manifest.ancestors().nth(2);
    root.map_or(manifest.clone(), PathBuf::from)
}

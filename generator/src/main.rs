//! The command `butler-codegen`.

use std::process::ExitCode;

use butler_codegen::cli::{self, Arguments, Called, Task};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(version, about, arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the clients of documents.
    Generate(Arguments),
    /// Writes nothing; lists what is stale, missing or left over, and fails if anything is.
    Check(Arguments),
    /// Explains a code that findings have.
    Explain {
        /// The code, as it stands in brackets behind `warning` or `error`.
        code: String,
    },
}

const CALLED: Called = Called {
    command: "butler-codegen generate",
    config: None,
};

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().command {
        Command::Generate(arguments) => cli::run(&arguments, Task::Write, &CALLED),
        Command::Check(arguments) => cli::run(&arguments, Task::Check, &CALLED),
        Command::Explain { code } => cli::explain(&code),
    };
    outcome.into()
}

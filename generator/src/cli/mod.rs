//! The command: documents to crates. `cargo xtask codegen` is the same.

mod clients;
mod show;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use crate::diagnostic::{Code, Strictness};
use crate::document::{Limits, Source};
use crate::output;
use crate::settings::Settings;
use crate::{Generated, generate};
use show::{complain, say};

/// What a command says to its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
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

/// Which crates to generate, and whether to write them.
#[derive(clap::Args, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub struct Arguments {
    /// The file that lists the clients; without it, the `codegen.toml` of this folder or of one above it.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A document to generate a crate of, instead of those that the file lists; `-` is the standard input.
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with = "config")]
    pub spec: Option<PathBuf>,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub out: Option<PathBuf>,
    /// Stops where a document breaks the specification; otherwise something takes the place of
    /// what is broken, with a warning.
    #[arg(long)]
    pub strict: bool,
    /// Generates types that no operation reaches, too.
    #[arg(long)]
    pub all_types: bool,
    /// Writes pages of documentation, a README and examples, too.
    #[arg(long)]
    pub docs: bool,
    /// Lists all that is lost on the way, and how much there is of each kind.
    #[arg(long)]
    pub report: bool,
    /// Sets a limit of what a document may take: bytes, string, aliases, merges, operations, types or members.
    #[arg(long, value_name = "NAME=NUMBER", value_parser = limit)]
    pub limit: Vec<(String, u64)>,
    /// Prints a line for each file.
    #[arg(long)]
    pub verbose: bool,
    /// The name of the crate; that of the folder where none is given.
    #[arg(long, value_name = "CRATE", requires = "spec")]
    pub name: Option<String>,
}

impl Arguments {
    /// What the command line says goes beyond what the file says.
    fn apply(&self, settings: &mut Settings) {
        if self.strict {
            settings.strictness = Strictness::Strict;
        }
        settings.all_types |= self.all_types;
        settings.docs |= self.docs;
        for (name, value) in &self.limit {
            // The name has been checked where it was read.
            let _ = settings.limits.set(name, *value);
        }
    }
}

/// Reads a limit as it stands on the command line.
fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, value) = text.split_once('=').ok_or("write `NAME=NUMBER`")?;
    let value = value
        .parse()
        .map_err(|_| format!("`{value}` is no number"))?;
    Limits::default().set(name, value)?;
    Ok((name.to_owned(), value))
}

/// What is done with the crates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// They are written.
    Write,
    /// They are compared with what is there.
    Check,
}

/// How the command is called.
#[derive(Debug, Clone)]
pub struct Called {
    /// What is run to write the crates.
    pub command: &'static str,
    /// The file that lists the clients, where it is always the same.
    pub config: Option<PathBuf>,
}

/// Prints what a code of findings means, and what helps.
pub fn explain(code: &str) -> Outcome {
    let mut codes = Code::ALL.iter();
    if let Some(known) = codes.find(|known| known.as_str() == code) {
        say(known.explanation());
        Outcome::Done
    } else {
        let known = Code::ALL.map(Code::as_str).join(", ");
        complain(format_args!(
            "error: `{code}` is not a code; these are: {known}"
        ));
        Outcome::BadInput
    }
}

/// Generates what the arguments say, or the clients that a file lists.
pub fn run(arguments: &Arguments, task: Task, called: &Called) -> Outcome {
    let clients = match clients::clients(arguments, called) {
        Ok(mut clients) => {
            for client in &mut clients {
                arguments.apply(client);
            }
            clients
        }
        Err(message) => {
            complain(format_args!("error: {message}"));
            return Outcome::BadInput;
        }
    };
    // All documents are read before anything is written.
    let mut crates = Vec::new();
    for client in &clients {
        let started = Instant::now();
        let generated = show::watched(&client.name, || generated(client, arguments.report));
        match generated {
            Some(generated) => crates.push((client, generated, started.elapsed())),
            None => return Outcome::BadInput,
        }
    }
    let mut outcome = Outcome::Done;
    for (client, generated, time) in &crates {
        let started = Instant::now();
        let comparison = match task {
            Task::Check => output::compare(&client.out, &generated.files),
            Task::Write => output::replace(&client.out, &generated.files),
        };
        let comparison = match comparison {
            Ok(comparison) => comparison,
            Err(error) => {
                complain(format_args!("error: {}: {error}", client.name));
                return Outcome::BadInput;
            }
        };
        match task {
            Task::Check => {
                if !show::checked(client, generated, &comparison, called.command) {
                    outcome = Outcome::Found;
                }
            }
            Task::Write if arguments.verbose => show::list(&comparison),
            Task::Write => {}
        }
        let time = *time + started.elapsed();
        show::summarise(client, generated, &comparison, time);
    }
    outcome
}

/// Generates a crate in memory, and prints what there is to say about its document.
fn generated(client: &Settings, report: bool) -> Option<Generated> {
    let source = match Source::read_within(&client.spec, client.limits) {
        Ok(source) => source,
        Err(diagnostics) => {
            show::refuse(&Source::unread(&client.spec), &diagnostics);
            return None;
        }
    };
    match generate(&source, client) {
        Ok(generated) => {
            show::warn(&source, &generated.warnings, report);
            Some(generated)
        }
        Err(diagnostics) => {
            show::refuse(&source, &diagnostics);
            None
        }
    }
}

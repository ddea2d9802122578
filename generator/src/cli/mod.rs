//! The command: documents to crates. `cargo xtask codegen` is the same.

mod clients;
mod show;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::diagnostic::{Code, Strictness};
use crate::document::{Limits, Source};
use crate::output;
use crate::report::{self, Found, Machine};
use crate::settings::Settings;
use crate::{Generated, generate};
use show::{Say, complain, print, say};

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
    /// Makes errors of the findings of a kind.
    #[arg(long, value_name = "CODE")]
    pub deny: Vec<Code>,
    /// Does not report the findings of a kind.
    #[arg(long, value_name = "CODE")]
    pub allow: Vec<Code>,
    /// How findings are written. What is for programs goes to the standard output, and the rest to the standard
    /// error.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Lists all that is lost on the way, and how much there is of each kind.
    #[arg(long)]
    pub report: bool,
    /// Sets a limit of what a document may take: bytes, string, copies, merges, operations, types, members or
    /// depth.
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
        settings.deny.extend(&self.deny);
        settings.allow.extend(&self.allow);
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

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people, with the lines of the document.
    #[default]
    Human,
    /// An array of objects in JSON.
    Json,
    /// SARIF 2.1.0, for tools that show findings of static analysis.
    Sarif,
    /// Commands that GitHub's workflows show beside the lines.
    Github,
}

impl Format {
    /// The one for programs, where it is for one.
    fn machine(self) -> Option<Machine> {
        match self {
            Self::Human => None,
            Self::Json => Some(Machine::Json),
            Self::Sarif => Some(Machine::Sarif),
            Self::Github => Some(Machine::Github),
        }
    }
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
        say(&known.explanation());
        Outcome::Done
    } else {
        let known = Code::ALL.map(Code::as_str).join(", ");
        complain(&format_args!(
            "error: `{code}` is not a code; these are: {known}"
        ));
        Outcome::BadInput
    }
}

/// Generates what the arguments say, or the clients that a file lists.
pub fn run(arguments: &Arguments, task: Task, called: &Called) -> Outcome {
    let mut clients = match clients::clients(arguments, called) {
        Ok(clients) => clients,
        Err(message) => {
            complain(&format_args!("error: {message}"));
            return Outcome::BadInput;
        }
    };
    for client in &mut clients {
        arguments.apply(client);
    }
    // All documents are read before anything is written.
    let mut crates = Vec::new();
    let mut found = Vec::new();
    for client in &clients {
        let started = Instant::now();
        let (generated, findings) = show::watched(&client.name, || generated(client));
        if arguments.format == Format::Human {
            show::findings(&findings, arguments.report);
        }
        found.push(findings);
        crates.extend(generated.map(|generated| (client, generated, started.elapsed())));
        if crates.len() < found.len() {
            break;
        }
    }
    let format = arguments.format.machine();
    if let Some(format) = format {
        print(report::export(&found, format));
    }
    if crates.len() < clients.len() {
        return Outcome::BadInput;
    }
    // What programs read is not mixed with anything.
    let say = if format.is_some() { complain } else { say };
    let mut outcome = Outcome::Done;
    for (client, generated, time) in &crates {
        match written(client, generated, *time, (arguments, task, called), say) {
            Outcome::Done => {}
            Outcome::Found => outcome = Outcome::Found,
            Outcome::BadInput => return Outcome::BadInput,
        }
    }
    outcome
}

/// Writes a crate, or compares it with what is there.
fn written(
    client: &Settings,
    generated: &Generated,
    time: Duration,
    (arguments, task, called): (&Arguments, Task, &Called),
    say: Say,
) -> Outcome {
    let started = Instant::now();
    let comparison = match task {
        Task::Check => output::compare(&client.out, &generated.files),
        Task::Write => output::replace(&client.out, &generated.files),
    };
    let comparison = match comparison {
        Ok(comparison) => comparison,
        Err(error) => {
            complain(&format_args!("error: {}: {error}", client.name));
            return Outcome::BadInput;
        }
    };
    let mut outcome = Outcome::Done;
    match task {
        Task::Check => {
            if !show::checked(client, generated, &comparison, called.command, say) {
                outcome = Outcome::Found;
            }
        }
        Task::Write if arguments.verbose => show::list(&comparison, say),
        Task::Write => {}
    }
    let time = time + started.elapsed();
    show::summarise(client, generated, &comparison, time, say);
    outcome
}

/// Generates a crate in memory, with what there is to say about its document.
fn generated(client: &Settings) -> (Option<Generated>, Found) {
    let source = match Source::read_within(&client.spec, client.limits) {
        Ok(source) => source,
        Err(diagnostics) => {
            let source = Source::unread(&client.spec);
            return (
                None,
                Found {
                    source,
                    diagnostics,
                },
            );
        }
    };
    match generate(&source, client) {
        Ok(generated) => {
            let diagnostics = generated.warnings.clone();
            (
                Some(generated),
                Found {
                    source,
                    diagnostics,
                },
            )
        }
        Err(diagnostics) => (
            None,
            Found {
                source,
                diagnostics,
            },
        ),
    }
}

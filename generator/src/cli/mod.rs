//! The command: documents to crates. `cargo xtask codegen` is the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, InternedInput, UnifiedDiffConfig};

use crate::diagnostic::{Code, Diagnostic, Strictness};
use crate::document::Source;
use crate::output::{self, Comparison, OutputError, State};
use crate::settings::{self, Settings};
use crate::{Generated, generate, report};

/// The version of a crate that is generated with `--spec`.
const FIRST_VERSION: &str = "0.1.0";

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
    /// Writes nothing; lists what is stale, missing or left over, and fails if anything is.
    #[arg(long)]
    pub check: bool,
    /// A document to generate a crate of, instead of those that `spec/codegen.toml` lists.
    #[arg(long, value_name = "FILE", requires = "out")]
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
    }
}

/// Prints what a code of findings means, and what helps.
pub fn explain(code: &str) -> Outcome {
    let mut codes = Code::ALL.iter();
    if let Some(known) = codes.find(|known| known.as_str() == code) {
        println!("{}", known.explanation());
        Outcome::Done
    } else {
        let known = Code::ALL.map(Code::as_str).join(", ");
        eprintln!("error: `{code}` is not a code; these are: {known}");
        Outcome::BadInput
    }
}

/// Generates what the arguments say, or the clients that the file `config` lists.
pub fn run(arguments: &Arguments, config: &Path) -> Outcome {
    let clients = match clients(arguments, config) {
        Ok(mut clients) => {
            for client in &mut clients {
                arguments.apply(client);
            }
            clients
        }
        Err(message) => {
            eprintln!("error: {message}");
            return Outcome::BadInput;
        }
    };
    // All documents are read before anything is written.
    let mut crates = Vec::new();
    for client in &clients {
        let started = Instant::now();
        match generated(client, arguments.report) {
            Some(generated) => crates.push((client, generated, started.elapsed())),
            None => return Outcome::BadInput,
        }
    }
    let mut outcome = Outcome::Done;
    for (client, generated, time) in &crates {
        let started = Instant::now();
        let comparison = if arguments.check {
            output::compare(&client.out, &generated.files)
        } else {
            output::replace(&client.out, &generated.files)
        };
        match comparison {
            Ok(comparison) if arguments.check => {
                if !checked(client, generated, &comparison) {
                    outcome = Outcome::Found;
                }
            }
            Ok(comparison) => list(&comparison),
            Err(error) => return refused(client, &error),
        }
        summarise(client, generated, *time + started.elapsed());
    }
    outcome
}

/// Prints what there is of what; references that lead nowhere apart.
fn summarise(client: &Settings, generated: &Generated, time: Duration) {
    let counts = generated.counts;
    let nowhere = generated.warnings.iter();
    let nowhere = nowhere
        .filter(|w| w.code == Code::UnresolvedReference)
        .count();
    let nowhere = match nowhere {
        0 => String::new(),
        1 => " (1 reference leads nowhere)".to_owned(),
        more => format!(" ({more} references lead nowhere)"),
    };
    println!(
        "{}: {} operations, {} types, {} enums, {} errors, {} warnings{nowhere}, {:.0?}",
        client.name,
        counts.operations,
        counts.types,
        counts.enums,
        counts.errors,
        generated.warnings.len(),
        time,
    );
}

fn clients(arguments: &Arguments, config: &Path) -> Result<Vec<Settings>, String> {
    let (Some(spec), Some(out)) = (&arguments.spec, &arguments.out) else {
        return settings::read(config);
    };
    let folder = || out.file_name()?.to_str().map(str::to_owned);
    let name = arguments.name.clone().or_else(folder);
    let name = name.ok_or("give the crate a name with `--name`")?;
    settings::check_name(&name)?;
    Ok(vec![Settings {
        spec: spec.clone(),
        out: out.clone(),
        name,
        version: FIRST_VERSION.to_owned(),
        ..Settings::default()
    }])
}

/// Generates a crate in memory, and prints what there is to say about its document.
fn generated(client: &Settings, report: bool) -> Option<Generated> {
    let source = match Source::read(&client.spec) {
        Ok(source) => source,
        Err(diagnostics) => {
            complain(&empty(&client.spec), &diagnostics);
            return None;
        }
    };
    match generate(&source, client) {
        Ok(generated) => {
            warn(&source, &generated.warnings, report);
            Some(generated)
        }
        Err(diagnostics) => {
            complain(&source, &diagnostics);
            None
        }
    }
}

/// Prints the warnings: all of them in a report, else the first few. Those about what the document
/// does not have come first.
fn warn(source: &Source, warnings: &[Diagnostic], report: bool) {
    const FEW: usize = 10;
    let mut warnings = warnings.to_vec();
    let first = [Code::UnresolvedReference, Code::WrongType];
    let rank = |code: Code| first.iter().position(|first| *first == code);
    warnings.sort_by_key(|warning| rank(warning.code).unwrap_or(first.len()));
    let shown = if report {
        warnings.len()
    } else {
        warnings.len().min(FEW)
    };
    eprint!("{}", report::render(source, &warnings[..shown]));
    if shown < warnings.len() {
        let more = warnings.len() - shown;
        eprintln!("({more} more warnings; `--report` lists them)");
    }
    if report {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for warning in &warnings {
            *counts.entry(warning.code.as_str()).or_default() += 1;
        }
        for (kind, count) in counts {
            eprintln!("{count:>6} {kind}");
        }
    }
}

fn empty(path: &Path) -> Source {
    Source {
        name: path.display().to_string(),
        text: String::new(),
    }
}

fn complain(source: &Source, diagnostics: &[Diagnostic]) {
    eprint!("{}", report::render(source, diagnostics));
    eprintln!("`{}` has errors; nothing was written", source.name);
}

fn list(comparison: &Comparison) {
    for entry in &comparison.0 {
        let word = match entry.state {
            State::Same => "unchanged",
            State::Missing | State::Stale(_) => "written",
            State::Surplus => "removed",
        };
        println!("{word:>9} {}", entry.path);
    }
}

/// Prints what differs; whether nothing does.
fn checked(client: &Settings, generated: &Generated, comparison: &Comparison) -> bool {
    for entry in &comparison.0 {
        let word = match &entry.state {
            State::Same => continue,
            State::Missing => "missing",
            State::Surplus => "surplus",
            State::Stale(_) => "stale",
        };
        println!("{word:>9} {}", entry.path);
        if let State::Stale(old) = &entry.state
            && let Some(file) = generated.files.iter().find(|file| file.path == entry.path)
        {
            print!("{}", short_diff(old, &file.text));
        }
    }
    if !comparison.is_fresh() {
        let name = &client.name;
        println!("{name} is not fresh: run `cargo xtask codegen` and commit the result");
    }
    comparison.is_fresh()
}

/// The first lines of a difference.
fn short_diff(old: &str, new: &str) -> String {
    const LONGEST: usize = 20;
    let input = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let mut config = UnifiedDiffConfig::default();
    config.context_len(1);
    let printer = BasicLineDiffPrinter(&input.interner);
    let diff = diff.unified_diff(&printer, config, &input).to_string();
    let lines: Vec<&str> = diff.lines().collect();
    let mut text = String::new();
    for line in lines.iter().take(LONGEST) {
        text.extend(["          ", line, "\n"]);
    }
    if lines.len() > LONGEST {
        let more = lines.len() - LONGEST;
        let _ = writeln!(text, "          ({more} more lines)");
    }
    text
}

fn refused(client: &Settings, error: &OutputError) -> Outcome {
    eprintln!("error: {}: {error}", client.name);
    Outcome::BadInput
}

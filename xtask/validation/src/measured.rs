//! Processes and what they cost.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use butler_codegen::diagnostic::Code;
use butler_codegen::document::Source;
use butler_codegen::settings::Settings;
use butler_codegen::{generate as generate_crate, output, report};
use nix::sys::resource::{UsageWho, getrusage};

/// The variable that names the folder for the notes of the compiler's wrapper.
pub const NOTES: &str = "XTASK_NOTES";

/// What generating a crate took, and what came of it.
pub struct Generation {
    pub operations: usize,
    pub types: usize,
    pub untyped: usize,
    pub warnings: usize,
    pub lines: usize,
    pub seconds: f64,
    /// Megabytes.
    pub peak: i64,
}

/// Generates a crate in a process of its own.
pub fn generate(document: &Path, out: &Path, name: &str) -> Result<Generation, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(program)
        .arg("corpus-one")
        .args([document, out])
        .arg(name)
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text
        .split_whitespace()
        .filter_map(|n| n.parse().ok())
        .collect();
    let [operations, types, untyped, warnings, lines, seconds, peak] = numbers[..] else {
        let error = String::from_utf8_lossy(&output.stderr);
        let first = error
            .lines()
            .find(|line| !line.is_empty())
            .unwrap_or("no output");
        return Err(first.to_owned());
    };
    let whole = |number: f64| format!("{number:.0}").parse::<usize>().unwrap_or_default();
    Ok(Generation {
        operations: whole(operations),
        types: whole(types),
        untyped: whole(untyped),
        warnings: whole(warnings),
        lines: whole(lines),
        seconds,
        peak: i64::try_from(whole(peak)).unwrap_or_default(),
    })
}

/// The process that generates one crate: prints its numbers.
pub fn generate_one(document: &Path, out: &Path, name: &str) -> ExitCode {
    let started = Instant::now();
    let Ok(source) = Source::read(document) else {
        return ExitCode::from(2);
    };
    let settings = Settings {
        name: name.to_owned(),
        version: "0.1.0".to_owned(),
        ..Settings::default()
    };
    let generated = match generate_crate(&source, &settings) {
        Ok(generated) => generated,
        Err(errors) => {
            eprint!("{}", report::render(&source, &errors));
            return ExitCode::from(2);
        }
    };
    if let Err(error) = output::replace(out, &generated.files) {
        eprintln!("{error}");
        return ExitCode::from(2);
    }
    let seconds = started.elapsed().as_secs_f64();
    let warnings = &generated.warnings;
    let untyped = warnings.iter().filter(|w| w.code == Code::Untyped).count();
    let lines: usize = generated
        .files
        .iter()
        .map(|file| file.text.lines().count())
        .sum();
    let counts = generated.counts;
    println!(
        "{} {} {untyped} {} {lines} {seconds} {}",
        counts.operations,
        counts.types + counts.enums,
        warnings.len(),
        peak(UsageWho::RUSAGE_SELF),
    );
    ExitCode::SUCCESS
}

/// Megabytes.
fn peak(who: UsageWho) -> i64 {
    getrusage(who).map_or(0, |usage| usage.max_rss() / 1024)
}

/// A script that runs the compiler through this program.
pub fn wrapper() -> Result<PathBuf, String> {
    env::current_exe().map_err(|error| error.to_string())
}

/// What checking a crate took.
pub struct Check {
    pub seconds: f64,
    /// Megabytes.
    pub peak: i64,
    pub error: Option<String>,
}

impl Check {
    fn path(workspace: &Path, krate: &str) -> PathBuf {
        workspace.join(format!("{}.note", krate.replace('-', "_")))
    }

    /// Whether the crate has been checked.
    pub fn exists(workspace: &Path, krate: &str) -> bool {
        Self::path(workspace, krate).exists()
    }

    /// What the wrapper has noted.
    pub fn read(workspace: &Path, krate: &str) -> Option<Self> {
        let text = fs::read_to_string(Self::path(workspace, krate)).ok()?;
        let (numbers, error) = text.split_once('\n')?;
        let (seconds, peak) = numbers.split_once(' ')?;
        Some(Self {
            seconds: seconds.parse().ok()?,
            peak: peak.parse().ok()?,
            error: (!error.is_empty()).then(|| error.to_owned()),
        })
    }
}

/// Runs the compiler and notes what it took: Cargo calls this with the compiler's command.
pub fn compile(command: &[String]) -> ExitCode {
    let Some((program, arguments)) = command.split_first() else {
        return ExitCode::FAILURE;
    };
    let started = Instant::now();
    let Ok(output) = Command::new(program).args(arguments).output() else {
        return ExitCode::FAILURE;
    };
    let seconds = started.elapsed().as_secs_f64();
    // What it printed is for Cargo.
    let _ = std::io::Write::write_all(&mut std::io::stdout(), &output.stdout);
    let _ = std::io::Write::write_all(&mut std::io::stderr(), &output.stderr);
    let name = arguments
        .iter()
        .position(|argument| argument == "--crate-name");
    let name = name.and_then(|index| arguments.get(index + 1));
    if let (Some(name), Some(folder)) = (name, env::var_os(NOTES))
        && name != "___"
    {
        let error = first_error(&output.stderr);
        let peak = peak(UsageWho::RUSAGE_CHILDREN);
        let note = format!("{seconds} {peak}\n{error}");
        let _ = fs::write(Check::path(Path::new(&folder), name), note);
    }
    let code = output
        .status
        .code()
        .and_then(|code| u8::try_from(code).ok());
    ExitCode::from(code.unwrap_or(1))
}

/// The first error among the compiler's messages, with its place.
fn first_error(messages: &[u8]) -> String {
    let text = String::from_utf8_lossy(messages);
    let messages = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let mut errors = messages.filter(|message: &serde_json::Value| message["level"] == "error");
    let Some(error) = errors.next() else {
        return String::new();
    };
    let span = &error["spans"][0];
    let code = error["code"]["code"].as_str().unwrap_or_default();
    format!(
        "{code} {} ({}:{})",
        error["message"].as_str().unwrap_or_default(),
        span["file_name"].as_str().unwrap_or_default(),
        span["line_start"]
    )
}

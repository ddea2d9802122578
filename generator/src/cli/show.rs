//! What the command prints: a line for each crate, findings, and what differs.

use std::collections::BTreeMap;
use std::env;
use std::fmt::{self, Write as _};
use std::io::{self, IsTerminal, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, InternedInput, UnifiedDiffConfig};

use crate::Generated;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::output::{Comparison, State};
use crate::report::{self, Found, Style};
use crate::settings::Settings;

/// Prints a line of the result. Nobody has to read it: a pipe that is closed is no error.
pub(super) fn say(line: &dyn fmt::Display) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Where lines of the result are printed.
pub(super) type Say = fn(&dyn fmt::Display);

/// Prints what a program reads.
pub(super) fn print(text: impl fmt::Display) {
    let _ = write!(io::stdout(), "{text}");
}

/// Prints a line about what went wrong.
pub(super) fn complain(line: &dyn fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Says what is being done, on a terminal and where it takes a while.
pub(super) fn watched<T>(name: &str, work: impl FnOnce() -> T) -> T {
    const WHILE: Duration = Duration::from_secs(1);
    if !io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        let (done, is_done) = mpsc::channel::<()>();
        scope.spawn(move || {
            if is_done.recv_timeout(WHILE) == Err(RecvTimeoutError::Timeout) {
                complain(&format_args!("generating {name} ..."));
            }
        });
        let result = work();
        drop(done);
        result
    })
}

/// Prints what there is of what; references that lead nowhere apart.
pub(super) fn summarise(
    client: &Settings,
    generated: &Generated,
    comparison: &Comparison,
    time: Duration,
    say: Say,
) {
    let changed = comparison.0.iter();
    let changed = changed.filter(|entry| entry.state != State::Same).count();
    let changed = match changed {
        0 => "no file changed".to_owned(),
        1 => "1 file changed".to_owned(),
        more => format!("{more} files changed"),
    };
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
    say(&format_args!(
        "{}: {} operations, {} types, {} enums, {} errors, {} warnings{nowhere}, {changed}, {:.0?}",
        client.name,
        counts.operations,
        counts.types,
        counts.enums,
        counts.errors,
        generated.warnings.len(),
        time,
    ));
}

/// Prints what was found in a document: all errors, and all warnings in a report, else the first few. Those
/// about what the document does not have come first.
pub(super) fn findings(found: &Found, report: bool) {
    const FEW: usize = 10;
    let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
    let (mut shown, mut warnings): (Vec<_>, Vec<_>) =
        found.diagnostics.iter().cloned().partition(is_error);
    let is_refused = !shown.is_empty();
    let first = [Code::UnresolvedReference, Code::WrongType];
    let rank = |code: Code| first.iter().position(|first| *first == code);
    warnings.sort_by_key(|warning| rank(warning.code).unwrap_or(first.len()));
    let few = if report { warnings.len() } else { FEW };
    let more = warnings.len().saturating_sub(few);
    shown.extend(warnings.into_iter().take(few));
    let has_colours = io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none();
    let style = if has_colours {
        Style::Coloured
    } else {
        Style::Plain
    };
    let text = report::render_styled(&found.source, &shown, style);
    let _ = write!(io::stderr(), "{text}");
    if more > 0 {
        complain(&format_args!(
            "({more} more warnings; `--report` lists them)"
        ));
    }
    if report {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &found.diagnostics {
            *counts.entry(finding.code.as_str()).or_default() += 1;
        }
        for (kind, count) in counts {
            complain(&format_args!("{count:>6} {kind}"));
        }
    }
    if is_refused {
        let name = &found.source.name;
        complain(&format_args!("`{name}` has errors; nothing was written"));
    }
}

/// Prints what was done to each file.
pub(super) fn list(comparison: &Comparison, say: Say) {
    for entry in &comparison.0 {
        let word = match entry.state {
            State::Same => "unchanged",
            State::Missing | State::Stale(_) => "written",
            State::Surplus => "removed",
        };
        say(&format_args!("{word:>9} {}", entry.path));
    }
}

/// Prints what differs, and the command that mends it; whether nothing does.
pub(super) fn checked(
    client: &Settings,
    generated: &Generated,
    comparison: &Comparison,
    command: &str,
    say: Say,
) -> bool {
    for entry in &comparison.0 {
        let word = match &entry.state {
            State::Same => continue,
            State::Missing => "missing",
            State::Surplus => "surplus",
            State::Stale(_) => "stale",
        };
        say(&format_args!("{word:>9} {}", entry.path));
        if let State::Stale(old) = &entry.state
            && let Some(file) = generated.files.iter().find(|file| file.path == entry.path)
        {
            say(&short_diff(old, &file.text).trim_end());
        }
    }
    if !comparison.is_fresh() {
        let name = &client.name;
        say(&format_args!(
            "{name} is not fresh: run `{command}` and commit the result"
        ));
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

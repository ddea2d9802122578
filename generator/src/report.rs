//! Findings as text for a terminal.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::document::{Source, locate};
use crate::pointer::Pointer;

/// Writes all findings, each with its place and the line of the document.
pub fn render(source: &Source, diagnostics: &[Diagnostic]) -> String {
    let pointers: Vec<Pointer> = diagnostics
        .iter()
        .filter_map(|diagnostic| match &diagnostic.place {
            Place::Value(pointer) => Some(pointer.clone()),
            Place::File | Place::Position(..) => None,
        })
        .collect();
    let positions = locate(source, &pointers);
    let mut text = String::new();
    for diagnostic in diagnostics {
        let (position, pointer) = match &diagnostic.place {
            Place::File => (None, None),
            Place::Position(line, column) => (Some((*line, *column)), None),
            Place::Value(pointer) => (positions.get(pointer).copied(), Some(pointer)),
        };
        // Writing to a string does not fail.
        let _ = finding(&mut text, source, diagnostic, position, pointer);
    }
    text
}

fn finding(
    text: &mut String,
    source: &Source,
    diagnostic: &Diagnostic,
    position: Option<(usize, usize)>,
    pointer: Option<&Pointer>,
) -> std::fmt::Result {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let code = diagnostic.code.as_str();
    writeln!(text, "{severity}[{code}]: {}", shown(&diagnostic.message))?;
    let number = position.map(|(line, _)| line.to_string());
    let gutter = " ".repeat(number.as_ref().map_or(1, String::len));
    write!(text, "{gutter}--> {}", shown(&source.name))?;
    if let Some((line, column)) = position {
        write!(text, ":{line}:{column}")?;
    }
    if let Some(pointer) = pointer {
        write!(text, " {}", shown(&pointer.to_string()))?;
    }
    writeln!(text)?;
    if let (Some((line, column)), Some(number)) = (position, number)
        && let Some(written) = source.content().lines().nth(line.saturating_sub(1))
    {
        let (written, column) = excerpt(written, column);
        writeln!(text, "{gutter} |")?;
        writeln!(text, "{number} | {}", shown(&written))?;
        writeln!(text, "{gutter} | {}^", " ".repeat(column.saturating_sub(1)))?;
    }
    writeln!(text, "{gutter} = help: {}\n", shown(&diagnostic.help))
}

/// The part of a long line around a column.
fn excerpt(line: &str, column: usize) -> (String, usize) {
    const WIDTH: usize = 100;
    const BEFORE: usize = 30;
    if line.chars().count() <= WIDTH {
        return (line.to_owned(), column);
    }
    let skipped = column.saturating_sub(BEFORE);
    let part = line.chars().skip(skipped).take(WIDTH).collect();
    (part, column - skipped)
}

/// Text of the document as it is safe to show: control characters are written out.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => " ".to_owned(),
            c if c.is_control() => c.escape_default().to_string(),
            c => c.to_string(),
        })
        .collect()
}

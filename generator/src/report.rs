//! Findings as text for a terminal.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::document::{FILES, Position, Source, locate};
use crate::pointer::Pointer;

/// Writes all findings, each with its place and the line of the file that it is in.
pub fn render(source: &Source, diagnostics: &[Diagnostic]) -> String {
    let files = Files::read(source, diagnostics);
    let mut text = String::new();
    for diagnostic in diagnostics {
        let (file, position, pointer) = match &diagnostic.place {
            Place::File => (source, None, None),
            Place::Position(line, column) => (source, Some((*line, *column)), None),
            Place::PositionIn(file, line, column) => {
                (files.source(Some(file)), Some((*line, *column)), None)
            }
            Place::Value(pointer) => {
                let (file, pointer) = within(pointer);
                let position = files.position(file.as_deref(), &pointer);
                (files.source(file.as_deref()), position, Some(pointer))
            }
        };
        // Writing to a string does not fail.
        let _ = finding(&mut text, file, diagnostic, position, pointer.as_ref());
    }
    text
}

/// The file that a place of the tree is in, where it is not the document itself, and the place in it.
fn within(pointer: &Pointer) -> (Option<String>, Pointer) {
    match pointer.tokens()[..] {
        [FILES, file, ref rest @ ..] => (Some(file.to_owned()), rest.iter().copied().collect()),
        [..] => (None, pointer.clone()),
    }
}

/// The document and the files that findings are in, and where their values stand.
struct Files<'a> {
    document: &'a Source,
    others: HashMap<String, Source>,
    positions: HashMap<Option<String>, HashMap<Pointer, Position>>,
}

impl<'a> Files<'a> {
    fn read(document: &'a Source, diagnostics: &[Diagnostic]) -> Self {
        let mut pointers: HashMap<Option<String>, Vec<Pointer>> = HashMap::new();
        let mut names = BTreeSet::new();
        for diagnostic in diagnostics {
            match &diagnostic.place {
                Place::File | Place::Position(..) => {}
                Place::PositionIn(file, ..) => {
                    names.insert(file.clone());
                }
                Place::Value(pointer) => {
                    let (file, pointer) = within(pointer);
                    names.extend(file.clone());
                    pointers.entry(file).or_default().push(pointer);
                }
            }
        }
        let read = |name: String| Some((name.clone(), document.beside(&name).ok()?));
        let others = names.into_iter().filter_map(read).collect();
        let mut files = Self {
            document,
            others,
            positions: HashMap::new(),
        };
        let found = pointers.into_iter().map(|(file, pointers)| {
            let positions = locate(files.source(file.as_deref()), &pointers);
            (file, positions)
        });
        files.positions = found.collect();
        files
    }

    fn source(&self, file: Option<&str>) -> &Source {
        let other = file.and_then(|name| self.others.get(name));
        other.unwrap_or(self.document)
    }

    fn position(&self, file: Option<&str>, pointer: &Pointer) -> Option<Position> {
        let positions = self.positions.get(&file.map(str::to_owned))?;
        positions.get(pointer).copied()
    }
}

fn finding(
    text: &mut String,
    source: &Source,
    diagnostic: &Diagnostic,
    position: Option<Position>,
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

//! From places of findings to lines and columns.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, Place};
use crate::document::{FILES, Position, Source, locate};
use crate::pointer::Pointer;

/// The document and the files that findings are in, and where their values stand.
pub(super) struct Files<'a> {
    document: Text<'a>,
    others: HashMap<String, Text<'static>>,
    positions: HashMap<Option<String>, HashMap<Pointer, Position>>,
}

/// A file, and where its lines start.
struct Text<'a> {
    source: std::borrow::Cow<'a, Source>,
    lines: Vec<usize>,
}

/// A place in a file.
#[derive(Clone)]
pub(super) struct Spot<'a> {
    /// The file.
    pub source: &'a Source,
    /// The line and the column, both from one.
    pub position: Option<Position>,
    /// The line's text.
    pub line: Option<&'a str>,
    /// The place in the tree.
    pub pointer: Option<Pointer>,
}

impl<'a> Files<'a> {
    /// Reads the files that the findings are in.
    pub(super) fn read(document: &'a Source, diagnostics: &[Diagnostic]) -> Self {
        let mut pointers: HashMap<Option<String>, Vec<Pointer>> = HashMap::new();
        let mut names = BTreeSet::new();
        let ways = diagnostics.iter().flat_map(|d| &d.way).map(|(at, _)| at);
        for place in diagnostics.iter().map(|d| &d.place).chain(ways) {
            match place {
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
        let read = |name: String| {
            let source = document.beside(&name).ok()?;
            Some((name, Text::new(std::borrow::Cow::Owned(source))))
        };
        let mut files = Self {
            document: Text::new(std::borrow::Cow::Borrowed(document)),
            others: names.into_iter().filter_map(read).collect(),
            positions: HashMap::new(),
        };
        let found = pointers.into_iter().map(|(file, pointers)| {
            let positions = locate(&files.text(file.as_deref()).source, &pointers);
            (file, positions)
        });
        files.positions = found.collect();
        files
    }

    /// The document itself.
    pub(super) fn document(&self) -> &Source {
        &self.document.source
    }

    /// Where a finding is.
    pub(super) fn spot(&self, place: &Place) -> Spot<'_> {
        let (file, position, pointer) = match place {
            Place::File => (None, None, None),
            Place::Position(line, column) => (None, Some((*line, *column)), None),
            Place::PositionIn(file, line, column) => {
                (Some(file.clone()), Some((*line, *column)), None)
            }
            Place::Value(pointer) => {
                let (file, pointer) = within(pointer);
                let positions = self.positions.get(&file);
                let position = positions.and_then(|positions| positions.get(&pointer));
                (file, position.copied(), Some(pointer))
            }
        };
        let text = self.text(file.as_deref());
        Spot {
            source: &text.source,
            position,
            line: position.and_then(|(line, _)| text.line(line)),
            pointer,
        }
    }

    fn text(&self, file: Option<&str>) -> &Text<'_> {
        let other = file.and_then(|name| self.others.get(name));
        other.unwrap_or(&self.document)
    }
}

impl<'a> Text<'a> {
    fn new(source: std::borrow::Cow<'a, Source>) -> Self {
        let breaks = source.content().match_indices('\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1));
        let lines = lines.collect();
        Self { source, lines }
    }

    /// A line, from one.
    fn line(&self, line: usize) -> Option<&str> {
        let index = line.checked_sub(1)?;
        let content = self.source.content();
        let start = *self.lines.get(index)?;
        let end = self.lines.get(index + 1).copied();
        let line = &content[start..end.unwrap_or(content.len())];
        Some(line.trim_end_matches(['\n', '\r']))
    }
}

/// The file that a place of the tree is in, where it is not the document itself, and the place in it.
fn within(pointer: &Pointer) -> (Option<String>, Pointer) {
    match pointer.tokens()[..] {
        [FILES, file, ref rest @ ..] => (Some(file.to_owned()), rest.iter().copied().collect()),
        [..] => (None, pointer.clone()),
    }
}

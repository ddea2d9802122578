//! Findings as compilers write them.

use std::ops::Range;

use annotate_snippets::renderer::{DEFAULT_TERM_WIDTH, Renderer};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Snippet};

use super::files::{Files, Spot};
use super::{Finding, shown, sorted};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Source;

/// Whether there are colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// There are none.
    Plain,
    /// There are those of terminals.
    Coloured,
}

/// Writes all findings, each with its place and the line of the file that it is in.
pub(super) fn render(source: &Source, diagnostics: &[Diagnostic], style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let renderer = renderer.term_width(DEFAULT_TERM_WIDTH);
    let files = Files::read(source, diagnostics);
    let findings = sorted(&files, diagnostics);
    let texts = findings.iter().map(|finding| {
        let parts = Parts::of(finding);
        let text = renderer.render(&parts.groups());
        format!("{}\n\n", parts.with_columns(text))
    });
    texts.collect()
}

/// What is shown of a finding, made safe.
struct Parts {
    severity: Severity,
    code: &'static str,
    message: String,
    help: String,
    at: Shown,
    way: Vec<(Shown, String)>,
}

/// What is shown of a place.
struct Shown {
    name: String,
    pointer: Option<String>,
    line: Option<Line>,
}

/// A line, or the part of a long one around a column.
struct Line {
    number: usize,
    column: usize,
    text: String,
    marked: Range<usize>,
}

impl Parts {
    fn of(finding: &Finding<'_>) -> Self {
        let diagnostic = finding.diagnostic;
        let way = finding.way.iter();
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code.as_str(),
            message: shown(&diagnostic.message),
            help: shown(&diagnostic.help),
            at: Shown::of(&finding.spot),
            way: way
                .map(|(spot, leads)| (Shown::of(spot), shown(leads)))
                .collect(),
        }
    }

    fn groups(&self) -> Vec<Group<'_>> {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&*self.message).id(self.code);
        let mut first = title.element(self.at.element());
        if let Some(pointer) = &self.at.pointer {
            first = first.element(Level::NOTE.message(format!("at {pointer}")));
        }
        first = first.element(Level::HELP.message(&*self.help));
        let way = self.way.iter().map(|(at, leads)| {
            let title = Level::NOTE.secondary_title(&**leads);
            title.element(at.element())
        });
        std::iter::once(first).chain(way).collect()
    }

    /// The text with the columns of whole lines, in place of those of the parts that are shown.
    fn with_columns(&self, mut text: String) -> String {
        let mut done = 0;
        for at in std::iter::once(&self.at).chain(self.way.iter().map(|(at, _)| at)) {
            let Some(line) = &at.line else { continue };
            let place = |column| format!("{}:{}:{column}", at.name, line.number);
            let printed = place(line.printed_column());
            if let Some(start) = text[done..].find(&printed) {
                let (start, whole) = (done + start, place(line.column));
                text.replace_range(start..start + printed.len(), &whole);
                done = start + whole.len();
            }
        }
        text
    }
}

impl Shown {
    fn of(spot: &Spot<'_>) -> Self {
        let pointer = spot.pointer.as_ref();
        let line = spot.line.zip(spot.position);
        Self {
            name: shown(&spot.source.name),
            pointer: pointer.map(|pointer| shown(&pointer.to_string())),
            line: line.map(|(line, (number, column))| Line::excerpt(line, number, column)),
        }
    }

    fn element(&self) -> Element<'_> {
        let Some(line) = &self.line else {
            return Origin::path(&*self.name).into();
        };
        let mark = AnnotationKind::Primary.span(line.marked.clone());
        let snippet = Snippet::source(&*line.text).line_start(line.number);
        snippet.path(&*self.name).annotation(mark).into()
    }
}

impl Line {
    /// The part of a line around a column, in which the key or the value there is marked.
    fn excerpt(line: &str, number: usize, column: usize) -> Self {
        const BEFORE: usize = 30;
        const WIDTH: usize = 100;
        let is_long = line.chars().nth(WIDTH).is_some();
        let before = column.saturating_sub(1);
        let skipped = if is_long {
            before.saturating_sub(BEFORE)
        } else {
            0
        };
        let part: String = line.chars().skip(skipped).take(WIDTH).collect();
        let mut at = part.char_indices().map(|(at, _)| at);
        let (before, behind) = part.split_at(at.nth(before - skipped).unwrap_or(part.len()));
        let (marked, rest) = behind.split_at(token(behind));
        let (before, marked, rest) = (shown(before), shown(marked), shown(rest));
        let start = before.len();
        let end = start + marked.len();
        Self {
            number,
            column,
            text: format!("{before}{marked}{rest}"),
            marked: start..end,
        }
    }

    /// The column that is printed, in the part of the line.
    fn printed_column(&self) -> usize {
        self.text[..self.marked.start].chars().count() + 1
    }
}

/// How many bytes the key or the value takes that a text starts with.
fn token(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else {
        return 0;
    };
    if first == '"' || first == '\'' {
        let mut is_escaped = false;
        let end = chars.find(|(_, c)| {
            let ends = *c == first && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            ends
        });
        return end.map_or(text.len(), |(at, _)| at + 1);
    }
    if "{[".contains(first) {
        return first.len_utf8();
    }
    let ends = [": ", " #", ", ", "}", "]"].iter();
    let end = ends.filter_map(|end| text.find(end)).min();
    text[..end.unwrap_or(text.len())]
        .trim_end_matches([':', ' ', ','])
        .len()
}

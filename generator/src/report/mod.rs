//! Findings as people and programs read them: sorted, each with its place in the text.

mod files;
mod github;
mod human;
mod json;
mod sarif;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Source;
use crate::text::visible;

pub use human::Style;

use files::{Files, Spot};

/// A document, and what was found in it.
#[derive(Debug, Clone)]
pub struct Found {
    /// The document.
    pub source: Source,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// How findings are written for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// An array of objects in JSON.
    Json,
    /// SARIF 2.1.0, for tools that show findings of static analysis.
    Sarif,
    /// Commands that GitHub's workflows show beside the lines.
    Github,
}

/// Writes the findings of one document for people, without colours.
pub fn render(source: &Source, diagnostics: &[Diagnostic]) -> String {
    human::render(source, diagnostics, Style::Plain)
}

/// Writes the findings of one document for a terminal.
pub fn render_styled(source: &Source, diagnostics: &[Diagnostic], style: Style) -> String {
    human::render(source, diagnostics, style)
}

/// Writes the findings of all documents for a program.
pub fn export(found: &[Found], format: Machine) -> String {
    match format {
        Machine::Json => json::render(found),
        Machine::Sarif => sarif::render(found),
        Machine::Github => github::render(found),
    }
}

/// A finding with its places.
struct Finding<'a> {
    diagnostic: &'a Diagnostic,
    spot: Spot<'a>,
    way: Vec<(Spot<'a>, &'a str)>,
}

/// Looks at the findings of all documents, one after the other.
fn each(found: &[Found], mut look: impl FnMut(&Finding<'_>)) {
    for Found {
        source,
        diagnostics,
    } in found
    {
        let files = Files::read(source, diagnostics);
        sorted(&files, diagnostics).iter().for_each(&mut look);
    }
}

/// The findings by their weight and their places in the text.
fn sorted<'a>(files: &'a Files<'a>, diagnostics: &'a [Diagnostic]) -> Vec<Finding<'a>> {
    let findings = diagnostics.iter().map(|diagnostic| Finding {
        diagnostic,
        spot: files.spot(&diagnostic.place),
        way: diagnostic
            .way
            .iter()
            .map(|(place, leads)| (files.spot(place), &**leads))
            .collect(),
    });
    let mut findings: Vec<Finding<'a>> = findings.collect();
    findings.sort_by(|one, other| {
        let key = |finding: &Finding<'_>| {
            let Diagnostic { severity, code, .. } = finding.diagnostic;
            (*severity, finding.spot.position, *code)
        };
        let name = |finding: &Finding<'a>| &finding.spot.source.name;
        let is_other = |finding: &Finding<'_>| !std::ptr::eq(finding.spot.source, files.document());
        let severity = one.diagnostic.severity.cmp(&other.diagnostic.severity);
        let follows = |finding: &Finding<'_>| finding.diagnostic.code.may_follow();
        severity
            .then_with(|| follows(one).cmp(&follows(other)))
            .then_with(|| is_other(one).cmp(&is_other(other)))
            .then_with(|| name(one).cmp(name(other)))
            .then_with(|| key(one).cmp(&key(other)))
    });
    findings
}

/// How bad a finding is, in one word.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Text of the document as it is safe to show on one line: control characters are written out, those that hide or
/// reorder others left out.
fn shown(text: &str) -> String {
    let spaced = text.replace('\t', " ");
    let written = spaced.chars().map(|c| {
        if c.is_control() {
            c.escape_default().to_string()
        } else {
            c.to_string()
        }
    });
    visible(&written.collect::<String>())
}

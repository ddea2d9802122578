//! Findings as commands of GitHub's workflows.

use std::fmt::Write as _;

use super::{Found, each, word};

/// Writes a command for each finding.
pub(super) fn render(found: &[Found]) -> String {
    let mut text = String::new();
    each(found, |finding| {
        let diagnostic = finding.diagnostic;
        let file = property(&finding.spot.source.name);
        let place = finding
            .spot
            .position
            .map_or_else(String::new, |(line, column)| {
                format!(",line={line},col={column}")
            });
        let message = format!("{}\nhelp: {}", diagnostic.message, diagnostic.help);
        let severity = word(diagnostic.severity);
        let title = property(diagnostic.code.as_str());
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "::{severity} file={file}{place},title={title}::{}",
            data(&message)
        );
    });
    text
}

fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

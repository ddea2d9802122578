//! Findings as SARIF 2.1.0 ("Static Analysis Results Interchange Format", OASIS).

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::files::Spot;
use super::{Found, each, word};
use crate::diagnostic::Code;

/// Writes all findings as one run.
pub(super) fn render(found: &[Found]) -> String {
    let mut results = Vec::new();
    each(found, |finding| {
        let diagnostic = finding.diagnostic;
        let related = finding.way.iter().enumerate();
        let related = related.map(|(id, (spot, leads))| {
            let mut location = location(spot);
            location["id"] = json!(id);
            location["message"] = json!({ "text": leads });
            location
        });
        results.push(json!({
            "ruleId": diagnostic.code.as_str(),
            "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
            "level": word(diagnostic.severity),
            "message": { "text": format!("{}\n{}", diagnostic.message, diagnostic.help) },
            "locations": [location(&finding.spot)],
            "relatedLocations": related.collect::<Vec<_>>(),
        }));
    });
    let rules = Code::ALL.map(|code| {
        let explanation = code.explanation();
        let first = explanation.split("\n\n").next().unwrap_or_default();
        let line = first.replace('\n', " ");
        json!({
            "id": code.as_str(),
            "shortDescription": { "text": line },
            "fullDescription": { "text": line },
            "help": { "text": explanation, "markdown": explanation },
        })
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn location(spot: &Spot<'_>) -> Value {
    const ESCAPED: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    let uri = utf8_percent_encode(&spot.source.name, ESCAPED).to_string();
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some((line, column)) = spot.position {
        physical["region"] = json!({ "startLine": line, "startColumn": column });
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(pointer) = &spot.pointer {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": pointer.to_string() }]);
    }
    location
}

//! What is said about an operation.

use super::answer::label;
use super::docs;
use super::payload::Way;
use crate::api::{self, Docs, Segment};

/// What is particular about a way to call an operation.
pub(super) fn way_note(chosen: &Way<'_>, way: usize) -> Option<String> {
    match (chosen.stream, chosen.body) {
        (Some(stream), _) => Some(format!(
            "The answer is read piece by piece (`{}`).",
            stream.content_type
        )),
        (None, Some(media)) if way > 0 => {
            Some(format!("The body is sent as `{}`.", media.content_type))
        }
        (None, _) => None,
    }
}

/// The document's words, and what the method does with them.
pub(super) fn operation_docs(operation: &api::Operation, mut docs: Docs) -> Vec<String> {
    let path: String = operation
        .path
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(name) => format!("{{{name}}}"),
        })
        .collect();
    docs.notes
        .push(format!("`{} {path}`", operation.method.as_str()));
    let responses: Vec<String> = operation
        .responses
        .iter()
        .map(|response| {
            let about = response
                .description
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let mut line = format!("- {}", label(response.status));
            if !about.is_empty() {
                line = format!("{line}: {about}");
            }
            let headers = response.headers.iter();
            let headers: Vec<String> = headers.map(|h| format!("`{}`", h.name)).collect();
            match &headers[..] {
                [] => line,
                [..] => format!("{line} (headers: {})", headers.join(", ")),
            }
        })
        .collect();
    docs.notes
        .push(format!("# Responses\n\n{}", responses.join("\n")));
    let links: Vec<&str> = operation
        .responses
        .iter()
        .flat_map(|response| &response.links)
        .map(String::as_str)
        .collect();
    if !links.is_empty() {
        docs.notes.push(format!("# Links\n\n{}", links.join("\n")));
    }
    docs::lines(&docs, &format!("Calls `{}`.", operation.id))
}

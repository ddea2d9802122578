//! What is said about a call.

use super::argument::Argument;
use crate::api;
use crate::plan::ways::Way;
use crate::plan::words::{self, Docs, Row, Text};

/// The document's words, and what the function takes and does with them.
pub(super) fn call_docs(
    operation: &api::Operation,
    (way, index): (&Way<'_>, usize),
    arguments: &[Argument],
) -> Docs {
    let fallback = Text::own("Calls ").code_then(&operation.id, ".");
    let mut docs = words::docs(&operation.docs, fallback);
    docs.text.extend(way_note(way, index));
    let (method, path) = (operation.method.as_str(), operation.path_template());
    let docs = docs.paragraph(Text::code(&format!("{method} {path}")));
    let docs = docs.list("Arguments", argument_rows(arguments));
    let docs = docs.list(
        "Responses",
        operation.successes().map(response_row).collect(),
    );
    let docs = docs.list("Errors", operation.errors().map(response_row).collect());
    let links = operation.responses.iter().flat_map(|r| &r.links);
    let links: Vec<&str> = links.map(String::as_str).collect();
    if links.is_empty() {
        docs
    } else {
        docs.section("Links", Text::markdown(&links.join("\n")))
    }
}

/// What is particular about a way to call an operation.
fn way_note(way: &Way<'_>, index: usize) -> Option<Text> {
    match (way.stream, way.body) {
        (Some(stream), _) => {
            let text = Text::own("The response is read item by item (");
            Some(text.code_then(&stream.media_type.text, ")."))
        }
        (None, Some(media)) if index > 0 => {
            let text = Text::own("The body is sent as ");
            Some(text.code_then(&media.media_type.text, "."))
        }
        (None, _) => None,
    }
}

/// A row for each argument, where the document has something to say about any.
fn argument_rows(arguments: &[Argument]) -> Vec<Row> {
    if arguments.iter().all(|argument| argument.docs.is_empty()) {
        return Vec::new();
    }
    let rows = arguments.iter().map(|argument| Row {
        subject: Text::ident(&argument.ident),
        docs: argument.docs.clone(),
    });
    rows.collect()
}

fn response_row(response: &api::Response) -> Row {
    let headers = response.headers.iter();
    let headers: Vec<Text> = headers.map(|header| Text::code(&header.name)).collect();
    let mut about = Text::inline(&response.description);
    if !headers.is_empty() {
        let names = Text::join(headers, ", ");
        let note = Text::own("(headers: ").and(&names).then(")");
        let parts = [about, note].into_iter().filter(|text| !text.is_empty());
        about = Text::join(parts, " ");
    }
    Row {
        subject: Text::status_label(response.status),
        docs: Docs::of(about),
    }
}

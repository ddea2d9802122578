//! The runtime's files, copied as they are.

use super::{File, MARK};
use crate::plan::Part;

/// Every file of the runtime, with the part that it belongs to where not every client needs it.
const FILES: [(&str, &str, Option<Part>); 30] = [
    ("call", include_str!("../../runtime/call.rs"), None),
    ("client", include_str!("../../runtime/client.rs"), None),
    ("error", include_str!("../../runtime/error.rs"), None),
    (
        "events",
        include_str!("../../runtime/events.rs"),
        Some(Part::Stream),
    ),
    (
        "form",
        include_str!("../../runtime/form.rs"),
        Some(Part::Form),
    ),
    (
        "header",
        include_str!("../../runtime/header.rs"),
        Some(Part::Headers),
    ),
    (
        "multipart",
        include_str!("../../runtime/multipart.rs"),
        Some(Part::Multipart),
    ),
    (
        "oauth",
        include_str!("../../runtime/oauth.rs"),
        Some(Part::Token),
    ),
    (
        "pages",
        include_str!("../../runtime/pages.rs"),
        Some(Part::Pages),
    ),
    (
        "tokens",
        include_str!("../../runtime/tokens.rs"),
        Some(Part::Token),
    ),
    (
        "stream",
        include_str!("../../runtime/stream.rs"),
        Some(Part::Stream),
    ),
    ("tree", include_str!("../../runtime/tree.rs"), None),
    (
        "json_path",
        include_str!("../../runtime/json_path.rs"),
        None,
    ),
    ("message", include_str!("../../runtime/message.rs"), None),
    ("mod", include_str!("../../runtime/mod.rs"), None),
    (
        "nullable",
        include_str!("../../runtime/nullable.rs"),
        Some(Part::Object),
    ),
    (
        "object",
        include_str!("../../runtime/object.rs"),
        Some(Part::Object),
    ),
    (
        "open_enum",
        include_str!("../../runtime/open_enum.rs"),
        Some(Part::OpenEnum),
    ),
    (
        "parameter",
        include_str!("../../runtime/parameter.rs"),
        None,
    ),
    ("request", include_str!("../../runtime/request.rs"), None),
    ("response", include_str!("../../runtime/response.rs"), None),
    ("security", include_str!("../../runtime/security.rs"), None),
    (
        "setters",
        include_str!("../../runtime/setters.rs"),
        Some(Part::Setters),
    ),
    (
        "transport",
        include_str!("../../runtime/transport.rs"),
        None,
    ),
    (
        "union",
        include_str!("../../runtime/union.rs"),
        Some(Part::Union),
    ),
    ("xml", include_str!("../../runtime/xml.rs"), Some(Part::Xml)),
    (
        "xml_reader",
        include_str!("../../runtime/xml_reader.rs"),
        Some(Part::Xml),
    ),
    ("secret", include_str!("../../runtime/secret.rs"), None),
    (
        "member",
        include_str!("../../runtime/member.rs"),
        Some(Part::Object),
    ),
    (
        "slot",
        include_str!("../../runtime/slot.rs"),
        Some(Part::Object),
    ),
];

/// The files of the parts that are needed.
pub(super) fn files(parts: &[Part]) -> Vec<File> {
    let needed = |part: &Option<Part>| part.is_none_or(|part| parts.contains(&part));
    let left_out: Vec<&str> = FILES
        .iter()
        .filter(|(_, _, part)| !needed(part))
        .map(|(name, _, _)| *name)
        .collect();
    FILES
        .iter()
        .filter(|(_, _, part)| needed(part))
        .map(|(name, text, _)| File {
            path: format!("src/runtime/{name}.rs"),
            text: format!("// {MARK}\n\n{}", without(text, &left_out)),
        })
        .collect()
}

/// The text without the lines that declare, export or name a module that is left out.
fn without(text: &str, left_out: &[&str]) -> String {
    let is_left_out = |line: &str| {
        left_out.iter().any(|name| {
            let exported = format!("pub use {name}::");
            let path = format!("super::{name}::");
            let names = line.contains(&path) && !line.starts_with("use ");
            line.ends_with(&format!("mod {name};")) || line.starts_with(&exported) || names
        })
    };
    let lines = text.split_inclusive('\n');
    lines.filter(|line| !is_left_out(line.trim_end())).collect()
}

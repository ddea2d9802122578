//! Rewrites a document of any version into the vocabulary of 3.0, which the typed document
//! models, and repairs what can be repaired. One question a pass.

mod links;
mod parameters;
mod paths;
mod received;
mod references;
mod schemas;
mod security;
mod shape;
mod version;
mod xml;

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::{MovedSchemas, bundle::FILES};

/// Extensions of our own: what the typed document has no word for.
pub mod extension {
    /// Constraints as words.
    pub const NOTES: &str = "x-butler-notes";

    /// That an array is a tuple: the choices of its items are those of its places, in order.
    pub const TUPLE: &str = "x-butler-tuple";

    /// What an operation is that the API calls: `name` and `about`.
    pub const RECEIVED: &str = "x-butler-received";

    /// The start of the paths of such operations.
    pub const RECEIVED_PATH: &str = "/x-butler-received/";

    /// The links of a response, as lines of documentation.
    pub const LINKS: &str = "x-butler-links";

    /// What a schema says about XML.
    pub const XML: &str = "x-butler-xml";

    /// The `scheme` that stands for mutual TLS.
    pub const MUTUAL_TLS: &str = "x-butler-mutual-tls";
}

/// Runs all passes; `None` when the document is none of ours. Returns the names of the schemas
/// that have become components.
pub fn normalize(tree: &mut Value, diagnostics: &mut Diagnostics) -> Option<MovedSchemas> {
    version::check(tree, diagnostics)?;
    paths::rewrite(tree, diagnostics);
    received::rewrite(tree, diagnostics);
    let moved = references::resolve(tree, diagnostics);
    links::describe(tree);
    if let Value::Object(members) = tree {
        members.shift_remove(FILES);
    }
    schemas::rewrite(tree, diagnostics);
    parameters::rewrite(tree, diagnostics);
    security::rewrite(tree);
    xml::rewrite(tree);
    shape::check(tree, diagnostics);
    Some(moved)
}

//! Rewrites a document of any version into the vocabulary of 3.0, which the typed document
//! models, and repairs what can be repaired. One question a pass.

mod anywhere;
mod applicators;
mod dynamic;
mod events;
pub mod extension;
mod incoming;
mod links;
mod methods;
mod misspelled;
mod parameters;
mod paths;
mod references;
mod remarks;
mod schemas;
mod security;
mod shape;
mod version;
mod xml;

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::{MovedSchemas, bundle::FILES, copies::Copies, shaping::Selecting};

/// Runs all passes, the end of a selection among them; `None` when the document is none of ours. Returns the names of the schemas
/// that have become components.
pub fn normalize(
    tree: &mut Value,
    selecting: Selecting<'_>,
    copies: &mut Copies,
    diagnostics: &mut Diagnostics,
) -> Option<MovedSchemas> {
    version::check(tree, diagnostics)?;
    misspelled::leave_out(tree, diagnostics);
    anywhere::rewrite(tree, copies, diagnostics);
    paths::inline(tree, copies, diagnostics);
    selecting.finish(tree, diagnostics);
    anywhere::rewrite(tree, copies, diagnostics);
    copies.are_complete()?;
    methods::rewrite(tree, diagnostics);
    paths::rewrite(tree, diagnostics);
    incoming::rewrite(tree, diagnostics);
    events::rewrite(tree);
    dynamic::rewrite(tree);
    let moved = references::resolve(tree, copies, diagnostics);
    copies.are_complete()?;
    links::describe(tree);
    remarks::rewrite(tree);
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

//! Rewrites a document of any version into the vocabulary of 3.0, which the typed document
//! models, and repairs what can be repaired. One question a pass.

mod paths;
mod references;
mod schemas;
mod shape;
mod version;

use serde_json::Value;

use crate::diagnostic::Diagnostics;

/// Extensions of our own: what 3.0 has no word for.
pub mod extension {
    /// Where a component stood that was moved, as the fragment of a reference.
    pub const MOVED_FROM: &str = "x-butler-moved-from";
}

/// Runs all passes; `None` when the document is none of ours.
pub fn normalize(tree: &mut Value, diagnostics: &mut Diagnostics) -> Option<()> {
    version::check(tree, diagnostics)?;
    schemas::rewrite(tree, diagnostics);
    paths::rewrite(tree, diagnostics);
    references::resolve(tree, diagnostics);
    shape::check(tree, diagnostics);
    Some(())
}

//! What was written: text -> tree -> tree in the vocabulary of 3.0 -> typed document.

mod blame;
mod bundle;
mod copies;
mod expansion;
mod grammar;
mod limits;
mod locate;
mod normalize;
mod parse;
mod refusal;
mod shaping;
mod source;
mod spelling;
mod walk;

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostics, Place};

use copies::Copies;

pub use bundle::FILES;
pub use limits::Limits;
pub use locate::{Position, locate};
pub use normalize::extension;
pub use parse::parse;
pub use shaping::{Selection, Shaping};
pub use source::Source;

/// The names of components that are not the author's, and for each the name that it has where the
/// author has written it, if it has one there.
pub type MovedSchemas = HashMap<String, Option<String>>;

/// The extension by which what it stands beside has this name in generated code.
pub const NAME: &str = "x-rust-name";

fn read_tree(
    source: &Source,
    shaping: &Shaping,
    diagnostics: &mut Diagnostics,
) -> Option<(serde_json::Value, MovedSchemas)> {
    let mut tree = parse(source, diagnostics)?;
    let selecting = shaping::apply(shaping, &mut tree, source.limits, diagnostics);
    limits::check(&tree, source.limits, diagnostics)?;
    bundle::bundle(&mut tree, source, diagnostics);
    let moved_schemas = normalize::normalize(
        &mut tree,
        selecting,
        &mut Copies::new(source.limits),
        diagnostics,
    )?;
    Some((tree, moved_schemas))
}

/// A document in the vocabulary of 3.0.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The typed document.
    pub openapi: openapiv3::OpenAPI,
    /// The schemas among its components that the author has written elsewhere.
    pub moved_schemas: MovedSchemas,
}

/// Reads a document as a tree in the vocabulary of 3.0, every reference in which leads somewhere.
pub fn normalized(source: &Source, diagnostics: &mut Diagnostics) -> Option<serde_json::Value> {
    let (tree, _) = read_tree(source, &Shaping::default(), diagnostics)?;
    Some(tree)
}

/// Reads a document, shaped as the user wants it; `None` when there is nothing to go on with. What is wrong is in
/// `diagnostics`.
pub fn read(source: &Source, shaping: &Shaping, diagnostics: &mut Diagnostics) -> Option<Document> {
    let (tree, moved_schemas) = read_tree(source, shaping, diagnostics)?;
    match serde_json::from_value(tree) {
        Ok(openapi) => Some(Document {
            openapi,
            moved_schemas,
        }),
        Err(error) => {
            let help = "simplify the part of the document that the message names";
            diagnostics.fatal(Code::WrongType, Place::File, error.to_string(), help);
            None
        }
    }
}

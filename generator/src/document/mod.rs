//! What was written: text -> tree -> tree in the vocabulary of 3.0 -> typed document.

mod grammar;
mod locate;
mod normalize;
mod parse;
mod source;

use crate::diagnostic::{Code, Diagnostics, Place};

pub use locate::locate;
pub use normalize::extension;
pub use source::Source;

/// Reads a document; `None` when there is nothing to go on with. What is wrong is in
/// `diagnostics`.
pub fn read(source: &Source, diagnostics: &mut Diagnostics) -> Option<openapiv3::OpenAPI> {
    let mut tree = parse::parse(source, diagnostics)?;
    normalize::normalize(&mut tree, diagnostics)?;
    match serde_json::from_value(tree) {
        Ok(document) => Some(document),
        Err(error) => {
            let help = "simplify the part of the document that the message names";
            diagnostics.fatal(Code::WrongType, Place::File, error.to_string(), help);
            None
        }
    }
}

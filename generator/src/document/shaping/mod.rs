//! What users make of a document before it is read: overlays, the part of it that they want, and names.

mod names;
mod overlay;
mod select;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

pub(super) use select::Selecting;

use super::limits::Limits;
use crate::diagnostic::{Code, Diagnostics, Place, meant};

/// What is done to a document before it is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shaping {
    /// Overlays, which are applied in this order.
    pub overlays: Vec<PathBuf>,
    /// The operations that there are; all of them where none is named.
    pub include: Selection,
    /// The operations that there are not.
    pub exclude: Selection,
    /// Names in generated code, by JSON Pointer, `operationId`, or name of a schema among the components.
    pub names: BTreeMap<String, String>,
}

/// Operations, by what they have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Selection {
    /// Their tags.
    pub tags: Vec<String>,
    /// Their paths; `*` stands for any characters.
    pub paths: Vec<String>,
    /// Their `operationId`s.
    pub operations: Vec<String>,
}

impl Selection {
    /// Whether no operation is named.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.paths.is_empty() && self.operations.is_empty()
    }
}

/// Does to the tree what the user has asked for; what leads nowhere is an error. The selection is to be finished
/// when the path items of other files are there.
pub(super) fn apply<'a>(
    shaping: &'a Shaping,
    tree: &mut Value,
    limits: Limits,
    diagnostics: &mut Diagnostics,
) -> Selecting<'a> {
    for file in &shaping.overlays {
        overlay::apply(file, tree, limits, diagnostics);
    }
    let mut selecting = Selecting::new(&shaping.include, &shaping.exclude);
    selecting.in_place(tree);
    names::apply(&shaping.names, tree, diagnostics);
    selecting
}

/// Reports a name that the document does not have, with the one that is most like it.
fn unmatched<'a>(
    what: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    diagnostics: &mut Diagnostics,
) {
    let help = match meant(name, known) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "name one that the document has".to_owned(),
    };
    let message = format!("{what} `{name}` is not in the document");
    diagnostics.fatal(Code::Unmatched, Place::File, message, help);
}

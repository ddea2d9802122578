//! What the user decides about a crate.

use std::collections::BTreeMap;

use crate::api::PaginationHint;
use crate::diagnostic::Strictness;

/// What the user decides about a crate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The crate's name.
    pub name: String,
    /// The crate's version.
    pub version: String,
    /// What happens to a document that breaks the specification.
    pub strictness: Strictness,
    /// Whether types are generated that no operation reaches.
    pub all_types: bool,
    /// The Rust type for a `format`, as a path; it has to implement `Debug`, `Clone`, `PartialEq`,
    /// `serde::Serialize` and `serde::Deserialize`.
    pub formats: BTreeMap<String, String>,
    /// Crates that these types come from: name, and requirement as TOML.
    pub dependencies: BTreeMap<String, String>,
    /// How operations answer page by page, by `operationId`; in place of what the document shows.
    pub pagination: BTreeMap<String, PaginationHint>,
    /// The names of parameters that are set once for all calls, with those that the document lists.
    pub globals: Vec<String>,
}

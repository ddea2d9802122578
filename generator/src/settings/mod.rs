//! What the user decides: `codegen.toml`, and the command line.

mod check;
mod file;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::api::PaginationHint;
use crate::diagnostic::Strictness;

pub use check::{check_name, check_version};
pub use file::read;

/// What operations are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupBy {
    /// Their tags; those without one by their paths.
    #[default]
    Tag,
    /// Their paths: the first segment that is neither a version nor a parameter.
    Path,
    /// Nothing: all are in one group.
    None,
}

/// What the user decides about a client: a `[[client]]` of `codegen.toml`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The document.
    pub spec: PathBuf,
    /// The folder of the crate.
    pub out: PathBuf,
    /// The crate's name.
    #[serde(deserialize_with = "check::name")]
    pub name: String,
    /// The crate's version.
    #[serde(deserialize_with = "check::version")]
    pub version: String,
    /// What happens to a document that breaks the specification.
    #[serde(default, rename = "strict")]
    pub strictness: Strictness,
    /// What operations are grouped by.
    #[serde(default)]
    pub group_by: GroupBy,
    /// Whether types are generated that no operation reaches.
    #[serde(default)]
    pub all_types: bool,
    /// The Rust type for a `format`, as a path; it has to implement `Debug`, `Clone`, `PartialEq`,
    /// `serde::Serialize` and `serde::Deserialize`.
    #[serde(default, deserialize_with = "check::paths")]
    pub formats: BTreeMap<String, String>,
    /// Crates that these types come from: name, and requirement as TOML.
    #[serde(default, deserialize_with = "check::requirements")]
    pub dependencies: BTreeMap<String, String>,
    /// How operations respond page by page, by `operationId`; in place of what the document shows.
    #[serde(default)]
    pub pagination: BTreeMap<String, PaginationHint>,
    /// The names of parameters that are set once for all calls, with those that the document lists.
    #[serde(default)]
    pub globals: Vec<String>,
}

//! What the user decides: `codegen.toml`, and the command line.

mod check;
mod file;
mod libraries;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::api::PaginationHint;
use crate::diagnostic::{Code, Policy, Strictness};
use crate::document::{Limits, Selection, Shaping};

pub use check::{check_name, check_version, usual_features};
pub use file::read;
pub use libraries::Dates;

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

/// What a client is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Product {
    /// A crate.
    #[default]
    Crate,
    /// A folder that is a module of a crate.
    Module,
}

/// What happens to properties that the document does not know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Unknown {
    /// They are skipped.
    #[default]
    Skip,
    /// They are kept, and written again.
    Keep,
    /// They are kept by the types of the schemas at these places.
    KeepIn(Vec<String>),
}

/// What the user decides about a client: a `[[client]]` of `codegen.toml`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the file"
)]
pub struct Settings {
    /// The document.
    pub spec: PathBuf,
    /// The folder of the crate or the module; that of its name where none is given.
    #[serde(default)]
    pub out: PathBuf,
    /// What it is written as.
    #[serde(default)]
    pub kind: Product,
    /// The features of a module, which has no cargo features of its own.
    #[serde(
        default = "check::usual_features",
        deserialize_with = "check::features"
    )]
    pub features: Vec<String>,
    /// The crate's name.
    #[serde(deserialize_with = "check::name")]
    pub name: String,
    /// The crate's version.
    #[serde(deserialize_with = "check::version")]
    pub version: String,
    /// Keys of the manifest's `[package]`, as TOML.
    #[serde(default, deserialize_with = "check::package")]
    pub package: BTreeMap<String, String>,
    /// Overlays of the document, which are applied in this order before it is read.
    #[serde(default)]
    pub overlays: Vec<PathBuf>,
    /// The operations that there are; all of them where none is named.
    #[serde(default)]
    pub include: Selection,
    /// The operations that there are not.
    #[serde(default)]
    pub exclude: Selection,
    /// Names in generated code, by JSON Pointer, `operationId`, or name of a schema.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// What the document may take.
    #[serde(default)]
    pub limits: Limits,
    /// What happens to a document that breaks the specification.
    #[serde(default, rename = "strict")]
    pub strictness: Strictness,
    /// Kinds of findings that are errors.
    #[serde(default)]
    pub deny: Vec<Code>,
    /// Kinds of findings that are not reported.
    #[serde(default)]
    pub allow: Vec<Code>,
    /// Whether the crate has pages of documentation, a README and examples.
    #[serde(default)]
    pub docs: bool,
    /// What operations are grouped by.
    #[serde(default)]
    pub group_by: GroupBy,
    /// Whether types are generated that no operation reaches.
    #[serde(default)]
    pub all_types: bool,
    /// The places of schemas and of properties that are read whatever their values are, as JSON Pointers.
    #[serde(default)]
    pub lenient: Vec<String>,
    /// What happens to properties that the document does not know.
    #[serde(default, deserialize_with = "check::unknown")]
    pub unknown: Unknown,
    /// The Rust type for the schema or the property at a place, as the path of each by its JSON Pointer.
    #[serde(default, deserialize_with = "check::paths")]
    pub types: BTreeMap<String, String>,
    /// Which library the types of dates and times are of.
    #[serde(default)]
    pub dates: Dates,
    /// Whether strings of the format `uuid` are `uuid::Uuid`.
    #[serde(default)]
    pub uuid: bool,
    /// Whether strings of the formats `uri` and `url` are `url::Url`.
    #[serde(default)]
    pub url: bool,
    /// Whether strings of the format `decimal` are `rust_decimal::Decimal`.
    #[serde(default)]
    pub decimal: bool,
    /// Whether strings of the format `byte` are the bytes that they encode.
    #[serde(default)]
    pub bytes: bool,
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

impl Settings {
    /// Whether there are pages of documentation; a module has none.
    pub fn has_docs(&self) -> bool {
        self.docs && self.kind == Product::Crate
    }

    /// What becomes of findings.
    pub fn policy(&self) -> Policy {
        Policy {
            strictness: self.strictness,
            deny: self.deny.clone(),
            allow: self.allow.clone(),
        }
    }

    /// What is done to the document before it is read.
    pub fn shaping(&self) -> Shaping {
        Shaping {
            overlays: self.overlays.clone(),
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            names: self.names.clone(),
        }
    }

    /// The places in the document that are named.
    pub fn places(&self) -> impl Iterator<Item = &String> {
        let kept = match &self.unknown {
            Unknown::Skip | Unknown::Keep => &[][..],
            Unknown::KeepIn(places) => places,
        };
        self.lenient.iter().chain(kept).chain(self.types.keys())
    }
}

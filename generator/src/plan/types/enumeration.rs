//! Enums of strings.

use crate::api::Origin;
use crate::plan::names::{Ident, Scope};
use crate::plan::words::Docs;

/// An enum of strings.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Its variants and their text on the wire.
    pub variants: Vec<(Ident, String)>,
    /// The variant that keeps any other text.
    pub other: Ident,
}

/// An enum of strings with these values.
pub(in crate::plan) fn enumeration(
    origin: Origin,
    ident: Ident,
    docs: Docs,
    deprecated: bool,
    values: &[String],
) -> Enum {
    let mut scope = Scope::default();
    let texts: Vec<&str> = values.iter().map(String::as_str).collect();
    let variants = scope.take_all(&texts, Ident::type_name);
    let variants = variants.into_iter().zip(values.iter().cloned()).collect();
    let other = ["Unknown", "Other", "Unlisted"].map(Ident::type_name);
    Enum {
        origin,
        ident,
        docs,
        deprecated,
        variants,
        other: scope.take(&other),
    }
}

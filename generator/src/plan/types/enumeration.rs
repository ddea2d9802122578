//! Enums of strings and of integers.

use super::rust_type::{RustType, scalar_type};
use crate::api::{self, EnumValue, Origin, Scalar};
use crate::plan::names::{Ident, Scope};
use crate::plan::words::{Docs, Text};

/// An enum of strings or of integers.
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
    /// The type of its values: a string or an integer.
    pub ty: RustType,
    /// Its variants.
    pub variants: Vec<EnumVariant>,
    /// The variant that keeps any other value.
    pub other: Ident,
}

/// A variant of an enum of strings or of integers.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumVariant {
    /// Its name.
    pub ident: Ident,
    /// The string, or the digits of the integer.
    pub value: String,
    /// Its documentation.
    pub docs: Text,
}

/// An enum of the values that the document lists.
pub(super) fn enumeration(
    origin: Origin,
    ident: Ident,
    docs: Docs,
    deprecated: bool,
    listed: &api::Enum,
) -> Enum {
    let is_text = matches!(listed.scalar, Scalar::String(_));
    let ty = if is_text {
        RustType::String
    } else {
        scalar_type(&listed.scalar)
    };
    let (variants, other) = variants(listed);
    Enum {
        origin,
        ident,
        docs,
        deprecated,
        ty,
        variants,
        other,
    }
}

/// The variants of the values, and the one that keeps any other value.
pub(super) fn variants(listed: &api::Enum) -> (Vec<EnumVariant>, Ident) {
    let is_text = matches!(listed.scalar, Scalar::String(_));
    let values = listed.values.iter();
    let words: Vec<String> = values
        .map(|value| match &value.name {
            Some(name) => name.clone(),
            None if is_text => value.text.clone(),
            None => format!("value {}", value.text),
        })
        .collect();
    let mut scope = Scope::default();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let idents = scope.take_all(&words, Ident::type_name);
    let variants = idents.into_iter().zip(&listed.values);
    let variants = variants.map(|(ident, value)| EnumVariant {
        ident,
        value: value.text.clone(),
        docs: described(value),
    });
    let other = ["Unknown", "Other", "Unlisted"].map(Ident::type_name);
    (variants.collect(), scope.take(&other))
}

fn described(value: &EnumValue) -> Text {
    let text = Text::code(&value.text);
    if value.description.is_empty() {
        text
    } else {
        text.then(": ").and(&Text::inline(&value.description))
    }
}

/// An enum of strings with these values.
pub(in crate::plan) fn string_enum(
    origin: Origin,
    ident: Ident,
    docs: Docs,
    deprecated: bool,
    values: &[String],
) -> Enum {
    let listed = api::Enum::of_strings(values);
    enumeration(origin, ident, docs, deprecated, &listed)
}

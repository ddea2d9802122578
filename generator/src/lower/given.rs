//! Names that authors give things in generated code, by extensions of the specification.

use indexmap::IndexMap;
use serde_json::Value;

use crate::document::NAME;

type Extensions = IndexMap<String, Value>;

/// The group of an operation.
pub(super) fn group(extensions: &Extensions) -> Option<String> {
    first(extensions, &["x-speakeasy-group", "x-fern-sdk-group-name"])
}

/// The name of an operation.
pub(super) fn operation(extensions: &Extensions) -> Option<String> {
    let names = [
        NAME,
        "x-speakeasy-name-override",
        "x-fern-sdk-method-name",
        "x-ms-client-name",
    ];
    first(extensions, &names)
}

/// The name of a parameter.
pub(super) fn parameter(extensions: &Extensions) -> Option<String> {
    let names = [
        NAME,
        "x-speakeasy-name-override",
        "x-fern-parameter-name",
        "x-ms-client-name",
    ];
    first(extensions, &names)
}

/// The name of a property, which its schema gives.
pub(super) fn property(extensions: &Extensions) -> Option<String> {
    first(
        extensions,
        &[NAME, "x-fern-property-name", "x-ms-client-name"],
    )
}

/// The name that the user has chosen.
pub(super) fn chosen(extensions: &Extensions) -> Option<String> {
    first(extensions, &[NAME])
}

/// The name of a type.
pub(super) fn schema(extensions: &Extensions) -> Option<String> {
    first(extensions, &[NAME, "x-speakeasy-name-override"])
}

/// What the first of these extensions says, or the first item of it.
fn first(extensions: &Extensions, names: &[&str]) -> Option<String> {
    let mut values = names.iter().filter_map(|name| extensions.get(*name));
    values.find_map(|value| value.as_str().or(value[0].as_str()).map(str::to_owned))
}

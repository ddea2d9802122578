//! What a value of the settings has to look like.

use std::collections::BTreeMap;

use super::Unknown;
use crate::diagnostic::question;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serialize;
use toml_edit::ser::ValueSerializer;

/// The crates that every crate can name.
const CRATES: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// Checks a crate's name as Cargo does.
///
/// # Errors
///
/// What is wrong with it, and what would be right.
pub fn check_name(name: &str) -> Result<(), String> {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let ident = name.replace('-', "_");
    if CRATES.contains(&&*ident) {
        return Err(format!(
            "`{name}` is a crate of the standard library; choose another name, like `{name}-client`"
        ));
    }
    let is_keyword = ident == "gen" || syn::parse_str::<syn::Ident>(&ident).is_err();
    if starts && name.chars().all(allowed) && name.len() <= 64 {
        if is_keyword {
            return Err(format!(
                "`{name}` is a keyword of Rust; choose another name, like `{name}-client`"
            ));
        }
        return Ok(());
    }
    Err(format!(
        "`{name}` is not a valid crate name; start with a letter, and use letters, digits, `-` and `_`"
    ))
}

/// Checks a crate's version as Cargo does.
///
/// # Errors
///
/// What is wrong with it, and what would be right.
pub fn check_version(version: &str) -> Result<(), String> {
    match semver::Version::parse(version) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!(
            "`{version}` is not a valid version; write three numbers, like `0.1.0`"
        )),
    }
}

pub(super) fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    checked(deserializer, check_name)
}

pub(super) fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    checked(deserializer, check_version)
}

fn checked<'de, D: Deserializer<'de>>(
    deserializer: D,
    check: fn(&str) -> Result<(), String>,
) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    check(&text).map_err(D::Error::custom)?;
    Ok(text)
}

/// The paths of Rust types, by `format` or by place.
pub(super) fn paths<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let formats = BTreeMap::<String, String>::deserialize(deserializer)?;
    for (format, path) in &formats {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_:<>, ".contains(c);
        if path.is_empty() || !path.chars().all(allowed) {
            let message = format!("the type `{path}` for `{format}` is not a valid path");
            return Err(D::Error::custom(message));
        }
    }
    Ok(formats)
}

/// `"skip"`, `"keep"`, or the places of schemas.
pub(super) fn unknown<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Unknown, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    match value.as_str() {
        Some("skip") => return Ok(Unknown::Skip),
        Some("keep") => return Ok(Unknown::Keep),
        Some(_) | None => {}
    }
    let places = serde_json::from_value(value);
    let message = "write \"keep\", \"skip\" or a list of places like \"/components/schemas/Pet\"";
    let places = places.map_err(|_| D::Error::custom(message));
    places.map(Unknown::KeepIn)
}

/// The features that code depends on.
const FEATURES: [&str; 7] = [
    "blocking",
    "http2",
    "mock",
    "reqwest",
    "rustls-ring",
    "stream",
    "tracing",
];

/// The features of a module where none are named.
pub fn usual_features() -> Vec<String> {
    vec!["reqwest".to_owned()]
}

/// The features of a module.
pub(super) fn features<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    let features = Vec::<String>::deserialize(deserializer)?;
    match features.iter().find(|name| !FEATURES.contains(&&***name)) {
        Some(name) => {
            let message = format!(
                "`{name}` is not a feature of a module{}",
                question(name, FEATURES)
            );
            Err(D::Error::custom(message))
        }
        None => Ok(features),
    }
}

/// What a manifest's `[package]` may have, but for the name and the version.
const PACKAGE: [&str; 20] = [
    "authors",
    "build",
    "categories",
    "description",
    "documentation",
    "edition",
    "exclude",
    "homepage",
    "include",
    "keywords",
    "license",
    "license-file",
    "links",
    "metadata",
    "publish",
    "readme",
    "repository",
    "resolver",
    "rust-version",
    "workspace",
];

/// Keys of a manifest's `[package]`, as TOML.
pub(super) fn package<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let package = requirements(deserializer)?;
    match package.keys().find(|key| !PACKAGE.contains(&&***key)) {
        Some(key) if ["name", "version"].contains(&&**key) => {
            let message = format!("`{key}` is a key of the client, not of its `package`");
            Err(D::Error::custom(message))
        }
        Some(key) => {
            let message = format!(
                "`{key}` is not a key of a package{}",
                question(key, PACKAGE)
            );
            Err(D::Error::custom(message))
        }
        None => Ok(package),
    }
}

/// The requirements of crates, as TOML: a version, or a table.
pub(super) fn requirements<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let written = BTreeMap::<String, serde_json::Value>::deserialize(deserializer)?;
    let written = written.into_iter().map(|(name, requirement)| {
        let requirement = requirement.serialize(ValueSerializer::new());
        let requirement = requirement.map_err(D::Error::custom)?;
        Ok((name, requirement.to_string()))
    });
    written.collect()
}

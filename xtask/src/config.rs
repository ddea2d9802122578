//! `spec/codegen.toml`: which clients there are.

use std::fs;
use std::path::{Path, PathBuf};

use butler_codegen::plan::Settings;
use serde::Deserialize;

/// A client to generate.
#[derive(Debug, PartialEq, Eq)]
pub struct Client {
    /// The document.
    pub spec: PathBuf,
    /// The crate's folder.
    pub out: PathBuf,
    /// What the user decides about the crate.
    pub settings: Settings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    client: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    spec: PathBuf,
    out: PathBuf,
    name: String,
    version: String,
}

/// Reads the file; paths in it are relative to it.
pub fn read(path: &Path) -> Result<Vec<Client>, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
    let file: File = toml::from_str(&text).map_err(|error| format!("{shown}: {error}"))?;
    if file.client.is_empty() {
        return Err(format!(
            "{shown}: add a `[[client]]` with `spec`, `out`, `name` and `version`"
        ));
    }
    let folder = path.parent().unwrap_or(path);
    file.client
        .into_iter()
        .map(|entry| {
            Ok(Client {
                spec: folder.join(entry.spec),
                out: folder.join(entry.out),
                settings: settings(&entry.name, &entry.version)
                    .map_err(|error| format!("{shown}: {error}"))?,
            })
        })
        .collect()
}

/// Checks a crate's name and version as Cargo does.
pub fn settings(name: &str, version: &str) -> Result<Settings, String> {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !starts || !name.chars().all(allowed) || name.len() > 64 {
        return Err(format!(
            "`{name}` is no crate name; start with a letter, and use letters, digits, `-` and `_`"
        ));
    }
    if semver::Version::parse(version).is_err() {
        return Err(format!(
            "`{version}` is no version; write three numbers, like `0.1.0`"
        ));
    }
    Ok(Settings {
        name: name.to_owned(),
        version: version.to_owned(),
    })
}

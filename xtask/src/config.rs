//! `spec/codegen.toml`: which clients there are.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use butler_codegen::api::{PaginationHint, PaginationStyle};
use butler_codegen::diagnostic::Strictness;
use butler_codegen::settings::Settings;
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
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    all_types: bool,
    /// The Rust type for a `format`.
    #[serde(default)]
    formats: BTreeMap<String, String>,
    /// Crates that these types come from.
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
    /// The parameters that are set once for all calls.
    #[serde(default)]
    globals: Vec<String>,
    /// How operations answer page by page.
    #[serde(default)]
    pagination: BTreeMap<String, Paged>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paged {
    style: Style,
    parameter: Option<String>,
    from: Option<String>,
    items: Option<String>,
    more: Option<String>,
    first: Option<u64>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Style {
    None,
    Link,
    Url,
    Cursor,
    Last,
    Offset,
    Page,
}

impl From<Paged> for PaginationHint {
    fn from(paged: Paged) -> Self {
        Self {
            style: match paged.style {
                Style::None => PaginationStyle::None,
                Style::Link => PaginationStyle::Link,
                Style::Url => PaginationStyle::Url,
                Style::Cursor => PaginationStyle::Cursor,
                Style::Last => PaginationStyle::Last,
                Style::Offset => PaginationStyle::Offset,
                Style::Page => PaginationStyle::Page,
            },
            parameter: paged.parameter,
            from: paged.from,
            items: paged.items,
            more: paged.more,
            first: paged.first.unwrap_or(1),
        }
    }
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
                spec: folder.join(&entry.spec),
                out: folder.join(&entry.out),
                settings: chosen(&entry).map_err(|error| format!("{shown}: {error}"))?,
            })
        })
        .collect()
}

fn chosen(entry: &Entry) -> Result<Settings, String> {
    for (format, path) in &entry.formats {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_:<>, ".contains(c);
        if path.is_empty() || !path.chars().all(allowed) {
            return Err(format!(
                "the type `{path}` for the format `{format}` is no path"
            ));
        }
    }
    let dependencies = entry.dependencies.iter();
    Ok(Settings {
        strictness: if entry.strict {
            Strictness::Strict
        } else {
            Strictness::Usual
        },
        all_types: entry.all_types,
        formats: entry.formats.clone(),
        globals: entry.globals.clone(),
        dependencies: dependencies
            .map(|(name, value)| (name.clone(), value.to_string()))
            .collect(),
        pagination: entry
            .pagination
            .iter()
            .map(|(id, paged)| (id.clone(), paged.clone().into()))
            .collect(),
        ..settings(&entry.name, &entry.version)?
    })
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
        ..Settings::default()
    })
}

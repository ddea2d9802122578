//! `codegen.toml`: which clients there are.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::Settings;
use crate::diagnostic::question;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    client: Vec<Settings>,
}

/// Reads the file; paths in it are relative to it.
///
/// # Errors
///
/// A file that cannot be read, that lists no client, or in which something is wrong: the message
/// says where.
pub fn read(path: &Path) -> Result<Vec<Settings>, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
    let file: File = toml_edit::de::from_str(&text).map_err(|error| {
        let error = error.to_string();
        format!("{shown}: {}{}", error.trim_end(), suggestion(&error))
    })?;
    if file.client.is_empty() {
        return Err(format!(
            "{shown}: add a `[[client]]` with `spec`, `out`, `name` and `version`"
        ));
    }
    let folder = path.parent().unwrap_or(path);
    let clients = file.client.into_iter();
    let clients = clients.map(|client| Settings {
        spec: folder.join(&client.spec),
        out: if client.out.as_os_str().is_empty() {
            folder.join(&client.name)
        } else {
            folder.join(&client.out)
        },
        overlays: client
            .overlays
            .iter()
            .map(|file| folder.join(file))
            .collect(),
        ..client
    });
    Ok(clients.collect())
}

/// The key that is most like one that is not known.
fn suggestion(error: &str) -> String {
    let Some((_, rest)) = error.split_once("unknown field ") else {
        return String::new();
    };
    let mut names = rest
        .lines()
        .next()
        .unwrap_or_default()
        .split('`')
        .skip(1)
        .step_by(2);
    names
        .next()
        .map_or_else(String::new, |name| question(name, names))
}

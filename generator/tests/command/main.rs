//! The command, as it is run from a folder that is none of the generator's.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod findings;
mod found;
mod manifest;
mod module;
mod shaping;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Pets, version: "1" }
servers: [{ url: "https://example.com" }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        "200": { description: They., content: { application/json: { schema: { type: array, items: { type: string } } } } }
"#;

const CONFIG: &str = r#"
[[client]]
spec = "pets.yaml"
out = "client"
name = "pets"
version = "0.1.0"
"#;

/// An empty folder with a document, and perhaps the list of clients.
fn folder(config: Option<&str>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), DOCUMENT).unwrap();
    if let Some(config) = config {
        fs::write(folder.path().join("codegen.toml"), config).unwrap();
    }
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_butler-codegen"));
    command.current_dir(folder).args(arguments);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

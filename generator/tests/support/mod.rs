//! Fixtures: folders with an `input.yaml` or `input.json`, and a `codegen.toml` where they have
//! settings.

pub mod hostile;
pub mod many;
pub mod reserved;

use std::fs;
use std::path::{Path, PathBuf};

use butler_codegen::document::Source;
use butler_codegen::settings::{self, Settings};

/// A fixture.
pub struct Fixture {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Its document.
    pub source: Source,
    /// Its settings.
    pub settings: Settings,
}

/// The folders of a group, in the order of their names.
pub fn folders(group: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(group);
    let entries = fs::read_dir(folder).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// The fixture of a folder.
pub fn fixture(folder: &Path) -> Fixture {
    let input = ["input.yaml", "input.json"].map(|name| folder.join(name));
    let input = input.iter().find(|path| path.exists()).unwrap();
    let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
    let is_split = folder.join("parts").exists();
    // The other files of a document are found by the path of its own.
    let within = if is_split {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    } else {
        folder
    };
    Fixture {
        folder: folder.to_owned(),
        source: Source::new(
            input.strip_prefix(within).unwrap().display().to_string(),
            fs::read_to_string(input).unwrap(),
        ),
        settings: settings_of(folder, &name),
        name,
    }
}

fn settings_of(folder: &Path, name: &str) -> Settings {
    let file = folder.join("codegen.toml");
    if !file.exists() {
        return settings(&name.replace('_', "-"));
    }
    let [client] = &settings::read(&file).unwrap()[..] else {
        panic!("{}: one client", file.display());
    };
    client.clone()
}

/// The settings of a crate of this name.
pub fn settings(name: &str) -> Settings {
    Settings {
        name: name.to_owned(),
        version: "0.1.0".to_owned(),
        ..Settings::default()
    }
}

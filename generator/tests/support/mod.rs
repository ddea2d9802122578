//! Fixtures: folders with an `input.yaml` or `input.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use butler_codegen::api::{PaginationHint, PaginationStyle};
use butler_codegen::document::Source;
use butler_codegen::settings::Settings;

/// A fixture.
pub struct Fixture {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Its document.
    pub source: Source,
}

/// The fixtures of a group, in the order of their names.
pub fn fixtures(group: &str) -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(group);
    let mut fixtures: Vec<Fixture> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| fixture(&entry.unwrap().path()))
        .collect();
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    fixtures
}

fn fixture(folder: &Path) -> Fixture {
    let input = ["input.yaml", "input.json"].map(|name| folder.join(name));
    let input = input.iter().find(|path| path.exists()).unwrap();
    Fixture {
        name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
        folder: folder.to_owned(),
        source: Source {
            name: input.file_name().unwrap().to_str().unwrap().to_owned(),
            text: fs::read_to_string(input).unwrap(),
        },
    }
}

/// The settings of a fixture's crate.
pub fn settings(name: &str) -> Settings {
    Settings {
        pagination: paginations(name),
        globals: match name {
            "globals" => vec!["x-tenant".to_owned(), "missing".to_owned()],
            _ => Vec::new(),
        },
        name: name.to_owned(),
        version: "0.1.0".to_owned(),
        ..Settings::default()
    }
}

/// What a user says about the operations of the fixture `pagination`.
fn paginations(name: &str) -> BTreeMap<String, PaginationHint> {
    if name != "pagination" {
        return BTreeMap::new();
    }
    let of_parameter = |style| PaginationHint {
        parameter: Some("page".to_owned()),
        ..PaginationHint::new(style)
    };
    BTreeMap::from([
        ("configured".to_owned(), of_parameter(PaginationStyle::Page)),
        (
            "byPage".to_owned(),
            PaginationHint::new(PaginationStyle::None),
        ),
        ("missing".to_owned(), of_parameter(PaginationStyle::Offset)),
    ])
}

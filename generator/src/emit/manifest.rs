//! `Cargo.toml`.

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

use super::{File, MARK};
use crate::plan::{Part, Plan};

/// A crate that the runtime is built on.
#[derive(Debug)]
pub struct Dependency {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Whether its default features are used.
    pub default_features: bool,
    /// The features that are used besides.
    pub features: &'static [&'static str],
    /// The parts of the runtime that need it; all clients do where none is named.
    parts: &'static [Part],
}

/// The crates that the runtime is built on; a test compares them with the runtime's own manifest.
pub const DEPENDENCIES: [Dependency; 7] = [
    dependency(
        "futures-core",
        "0.3",
        false,
        &[],
        &[Part::Stream, Part::Pages],
    ),
    dependency(
        "http-body",
        "1",
        true,
        &[],
        &[Part::Multipart, Part::Stream],
    ),
    dependency("quick-xml", "0.42", true, &[], &[Part::Xml]),
    dependency("reqwest", "0.13", false, &[], &[]),
    dependency("serde", "1", true, &[], &[]),
    dependency("serde_json", "1", true, &[], &[]),
    dependency(
        "tokio",
        "1",
        false,
        &["rt", "sync", "time"],
        &[Part::Stream, Part::Token],
    ),
];

const fn dependency(
    name: &'static str,
    version: &'static str,
    default_features: bool,
    features: &'static [&'static str],
    parts: &'static [Part],
) -> Dependency {
    Dependency {
        name,
        version,
        default_features,
        features,
        parts,
    }
}

/// The manifest of the crate.
pub(super) fn manifest(plan: &Plan) -> File {
    let mut package = Table::new();
    package["name"] = value(&plan.krate.name);
    package["version"] = value(&plan.krate.version);
    package["description"] = value(&plan.krate.description);
    package["edition"] = value("2024");
    package["rust-version"] = value("1.88");
    let mut features = Table::new();
    features["default"] = value(Value::from_iter(["rustls"]));
    features["rustls"] = value(Value::from_iter(["reqwest/rustls"]));
    features["native-tls"] = value(Value::from_iter(["reqwest/native-tls"]));
    if plan.parts.contains(&Part::Body) {
        features["stream"] = value(Value::from_iter(["reqwest/stream"]));
    }
    let mut dependencies = Table::new();
    let is_needed =
        |parts: &[Part]| parts.is_empty() || plan.parts.iter().any(|part| parts.contains(part));
    for dependency in DEPENDENCIES.iter().filter(|d| is_needed(d.parts)) {
        dependencies[dependency.name] = requirement(dependency);
    }
    for (name, requirement) in &plan.krate.dependencies {
        dependencies[name] = requirement
            .parse()
            .map_or_else(|_| value(requirement), Item::Value);
    }
    let mut manifest = DocumentMut::new();
    manifest["package"] = Item::Table(package);
    manifest["features"] = Item::Table(features);
    manifest["dependencies"] = Item::Table(dependencies);
    File {
        path: "Cargo.toml".to_owned(),
        text: format!("# {MARK}\n\n{manifest}"),
    }
}

fn requirement(dependency: &Dependency) -> Item {
    if dependency.default_features {
        return value(dependency.version);
    }
    let mut table = InlineTable::new();
    table.insert("version", dependency.version.into());
    table.insert("default-features", false.into());
    if !dependency.features.is_empty() {
        let features: Value = dependency.features.iter().copied().collect();
        table.insert("features", features);
    }
    value(table)
}

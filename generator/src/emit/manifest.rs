//! `Cargo.toml`.

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

use super::{File, MARK};
use crate::plan::{Part, Plan};

/// The crates that the runtime is built on; a test compares them with the runtime's own manifest.
pub const DEPENDENCIES: [(&str, &str, bool); 3] = [
    ("reqwest", "0.13", false),
    ("serde", "1", true),
    ("serde_json", "1", true),
];

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
    let mut dependencies = Table::new();
    for (name, version, default_features) in DEPENDENCIES {
        dependencies[name] = dependency(version, default_features);
    }
    if plan.parts.contains(&Part::Multipart) {
        let features = Value::from_iter(["multipart"]);
        dependencies["reqwest"]["features"] = value(features);
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

fn dependency(version: &str, default_features: bool) -> Item {
    if default_features {
        return value(version);
    }
    let mut table = InlineTable::new();
    table.insert("version", version.into());
    table.insert("default-features", false.into());
    value(table)
}

//! `Cargo.toml`.

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

use super::krate::has_body;
use super::uses::Used;
use super::{File, MARK};
use crate::plan::Plan;
use crate::runtime::{self, Dependency, Piece};

/// The manifest of the crate.
pub(super) fn manifest(plan: &Plan, pieces: &[&Piece], used: &Used) -> File {
    let mut package = Table::new();
    package["name"] = value(&plan.krate.name);
    package["version"] = value(&plan.krate.version);
    package["description"] = value(&plan.krate.description);
    package["edition"] = value("2024");
    package["rust-version"] = value("1.88");
    let mut features = Table::new();
    let needed: Vec<&Dependency> = runtime::dependencies(pieces).collect();
    let sends = needed.iter().any(|dependency| dependency.name == "reqwest");
    if sends {
        let of = |names: &[&str]| value(names.iter().copied().collect::<Value>());
        features["default"] = of(&["gzip", "rustls"]);
        features["reqwest"] = of(&["dep:reqwest"]);
        for (feature, of_client) in [
            ("rustls", "reqwest/rustls"),
            ("native-tls", "reqwest/native-tls"),
            ("http2", "reqwest/http2"),
            ("gzip", "reqwest/gzip"),
            ("brotli", "reqwest/brotli"),
            ("zstd", "reqwest/zstd"),
            ("system-proxy", "reqwest/system-proxy"),
        ] {
            features[feature] = of(&["reqwest", of_client]);
        }
    }
    if has_body(used) {
        features["stream"] = value(Value::from_iter(["tokio/fs"]));
    }
    let mut dependencies = Table::new();
    for dependency in needed {
        dependencies[dependency.name] = requirement(dependency);
    }
    for (name, requirement) in &plan.krate.dependencies {
        dependencies[name] = requirement
            .parse()
            .map_or_else(|_| value(requirement), Item::Value);
    }
    let mut manifest = DocumentMut::new();
    manifest["package"] = Item::Table(package);
    if sends {
        manifest["features"] = Item::Table(features);
    }
    manifest["dependencies"] = Item::Table(dependencies);
    if plan.krate.has_docs && sends {
        // Examples are programs.
        let mut examples = Table::new();
        examples["tokio"] = requirement(&Dependency {
            name: "tokio",
            version: "1",
            default_features: false,
            features: &["macros", "rt-multi-thread", "signal"],
        });
        manifest["dev-dependencies"] = Item::Table(examples);
    }
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
    if dependency.name == "reqwest" {
        table.insert("optional", true.into());
    }
    if !dependency.features.is_empty() {
        let features: Value = dependency.features.iter().copied().collect();
        table.insert("features", features);
    }
    value(table)
}

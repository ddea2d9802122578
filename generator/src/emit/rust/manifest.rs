//! `Cargo.toml`.

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

use super::{File, MARK};
use crate::emit::{GENERATED_MANIFEST, MANIFEST};
use crate::plan::Plan;
use crate::runtime::{self, Dependency, Piece};

/// The manifest of the crate, and the one by which the next run knows what users have changed in it.
pub(super) fn manifests(plan: &Plan, pieces: &[&Piece]) -> [File; 2] {
    let manifest = manifest(plan, pieces);
    [
        (MANIFEST, "What you add or change here stays."),
        (GENERATED_MANIFEST, "What differs in `Cargo.toml` is yours."),
    ]
    .map(|(path, about)| File {
        path: path.to_owned(),
        text: format!("# {MARK}\n# {about}\n\n{manifest}"),
    })
}

fn manifest(plan: &Plan, pieces: &[&Piece]) -> DocumentMut {
    let krate = &plan.krate;
    let mut package = Table::new();
    package["name"] = value(&krate.name);
    package["version"] = value(&krate.version);
    package["description"] = value(&krate.description);
    package["license"] = value(LICENSE);
    package["documentation"] = value(format!("https://docs.rs/{}", krate.name));
    package["edition"] = value("2024");
    package["rust-version"] = value("1.88");
    for (key, text) in &krate.package {
        package[key] = parsed(text);
    }
    let needed: Vec<&Dependency> = runtime::dependencies(pieces).collect();
    let sends = needed.iter().any(|dependency| dependency.name == "reqwest");
    let mut dependencies = Table::new();
    for dependency in needed {
        dependencies[dependency.name] = requirement(dependency);
    }
    for (name, requirement) in &plan.krate.dependencies {
        dependencies[name] = parsed(requirement);
    }
    let mut manifest = DocumentMut::new();
    manifest["package"] = Item::Table(package);
    if sends {
        manifest["features"] = Item::Table(features(plan.takes_bodies()));
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
            optional: false,
        });
        manifest["dev-dependencies"] = Item::Table(examples);
    }
    manifest
}

/// That of the runtime, which is part of the crate.
const LICENSE: &str = "MIT OR Apache-2.0";

/// A value that is written as TOML.
fn parsed(text: &str) -> Item {
    text.parse().map_or_else(|_| value(text), Item::Value)
}

/// The cargo features: what the HTTP client can do, and what is sent.
fn features(takes_bodies: bool) -> Table {
    let of = |names: &[&str]| value(names.iter().copied().collect::<Value>());
    let mut features = Table::new();
    features["default"] = of(&["gzip", "rustls", "system-proxy"]);
    features["reqwest"] = of(&["dep:reqwest", "dep:tower-layer", "dep:tower-service"]);
    features["rustls-ring"] = of(&[
        "dep:rustls",
        "dep:rustls-platform-verifier",
        "reqwest",
        "reqwest/rustls-no-provider",
    ]);
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
    features["blocking"] = of(&["tokio/rt-multi-thread"]);
    features["mock"] = of(&[]);
    features["tracing"] = of(&["dep:tracing"]);
    if takes_bodies {
        features["stream"] = of(&["tokio/fs"]);
    }
    features
}

fn requirement(dependency: &Dependency) -> Item {
    if dependency.default_features && !dependency.optional {
        return value(dependency.version);
    }
    let mut table = InlineTable::new();
    table.insert("version", dependency.version.into());
    if !dependency.default_features {
        table.insert("default-features", false.into());
    }
    if dependency.optional {
        table.insert("optional", true.into());
    }
    if !dependency.features.is_empty() {
        let features: Value = dependency.features.iter().copied().collect();
        table.insert("features", features);
    }
    value(table)
}

//! The crates that the runtime is built on.

use super::Piece;

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
    /// Whether it comes with a feature of the crate alone.
    pub optional: bool,
}

/// The crates that the runtime is built on; a test compares them with the runtime's own manifest.
pub const DEPENDENCIES: [Dependency; 20] = [
    dependency("base64", "0.22", true, &[]),
    dependency("bytes", "1", true, &[]),
    dependency("futures-core", "0.3", false, &[]),
    dependency("http", "1", true, &[]),
    dependency("http-body", "1", true, &[]),
    dependency("http-body-util", "0.1", true, &[]),
    dependency("httpdate", "1", true, &[]),
    dependency("percent-encoding", "2.3", true, &[]),
    dependency("quick-xml", "0.42", true, &[]),
    dependency("reqwest", "0.13", false, &[]).optional(),
    dependency("rustls", "0.23", false, &["ring", "std", "tls12"]).optional(),
    dependency("rustls-platform-verifier", "0.7", true, &[]).optional(),
    dependency("serde", "1", true, &[]),
    dependency("serde_json", "1", true, &[]),
    dependency(
        "time",
        "0.3",
        false,
        &["serde-human-readable", "serde-well-known", "std"],
    ),
    dependency("tokio", "1", false, &["rt", "sync", "time"]),
    dependency("tower-layer", "0.3", true, &[]).optional(),
    dependency("tower-service", "0.3", true, &[]).optional(),
    dependency("tracing", "0.1", false, &["std"]).optional(),
    dependency("url", "2", true, &[]),
];

/// The licences of all crates that are built with the runtime, in SPDX's words: of each crate one that it offers. A
/// test compares them with the manifests of the crates.
pub const LICENSES: [&str; 8] = [
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

const fn dependency(
    name: &'static str,
    version: &'static str,
    default_features: bool,
    features: &'static [&'static str],
) -> Dependency {
    Dependency {
        name,
        version,
        default_features,
        features,
        optional: false,
    }
}

impl Dependency {
    const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}

/// The crates that these files are built on, in the order of their names.
pub fn dependencies(pieces: &[&Piece]) -> impl Iterator<Item = &'static Dependency> {
    let is_used = |dependency: &&Dependency| pieces.iter().any(|piece| piece.uses(dependency));
    DEPENDENCIES.iter().filter(is_used)
}

impl Piece {
    /// Whether it is built on the crate.
    fn uses(&self, dependency: &Dependency) -> bool {
        let path = format!("{}::", dependency.name.replace('-', "_"));
        let is_start =
            |before: &str| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        let code = self
            .text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        code.into_iter().any(|line| {
            line.match_indices(&path)
                .any(|(at, _)| is_start(&line[..at]))
        })
    }
}

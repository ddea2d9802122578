//! Types of libraries for the formats of strings.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Settings;

/// Which library the types of dates and times are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dates {
    /// None: they are strings.
    String,
    /// [`chrono`](https://docs.rs/chrono)
    #[default]
    Chrono,
    /// [`jiff`](https://docs.rs/jiff)
    Jiff,
    /// [`time`](https://docs.rs/time)
    Time,
}

/// The crates of these types: name, and requirement as TOML.
const CRATES: [(&str, &str); 6] = [
    (
        "chrono",
        "{ version = \"0.4\", default-features = false, features = [\"serde\", \"std\"] }",
    ),
    ("jiff", "{ version = \"0.2\", features = [\"serde\"] }"),
    (
        "rust_decimal",
        "{ version = \"1\", features = [\"serde-with-str\"] }",
    ),
    (
        "time",
        "{ version = \"0.3\", default-features = false, features = [\"serde-human-readable\", \"serde-well-known\", \"std\"] }",
    ),
    ("url", "{ version = \"2\", features = [\"serde\"] }"),
    ("uuid", "{ version = \"1\", features = [\"serde\"] }"),
];

impl Settings {
    /// The types of libraries that the switches choose for formats of strings, by format.
    pub fn types_of_libraries(&self) -> BTreeMap<&'static str, &'static str> {
        let dates: &[_] = match self.dates {
            Dates::String => &[],
            Dates::Chrono => &[
                ("date-time", "chrono::DateTime<chrono::FixedOffset>"),
                ("date", "chrono::NaiveDate"),
            ],
            Dates::Jiff => &[
                ("date-time", "jiff::Timestamp"),
                ("date", "jiff::civil::Date"),
            ],
            Dates::Time => &[("date-time", "crate::DateTime"), ("date", "time::Date")],
        };
        let switches = [
            (self.uuid, ("uuid", "uuid::Uuid")),
            (self.url, ("uri", "url::Url")),
            (self.url, ("url", "url::Url")),
            (self.decimal, ("decimal", "rust_decimal::Decimal")),
            (self.bytes, ("byte", "crate::Base64")),
        ];
        let more = switches.iter().filter(|(is_on, _)| *is_on);
        dates
            .iter()
            .chain(more.map(|(_, ty)| ty))
            .copied()
            .collect()
    }

    /// The crates that these types come from: those that are given, and those of the libraries.
    pub fn crates_of_types(&self, paths: &[&str]) -> Vec<(String, String)> {
        let mut crates: BTreeMap<String, String> = CRATES
            .iter()
            .filter(|(name, _)| paths.iter().any(|path| names(path, name)))
            .map(|(name, requirement)| ((*name).to_owned(), (*requirement).to_owned()))
            .collect();
        crates.extend(self.dependencies.clone());
        crates.into_iter().collect()
    }
}

/// Whether a path starts in this crate, or one of its arguments does.
fn names(path: &str, name: &str) -> bool {
    let start = format!("{name}::");
    let mut found = path.match_indices(&start);
    found.any(|(at, _)| path[..at].is_empty() || path[..at].ends_with(['<', ' ', ',']))
}

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
}

/// The type of a library for a format.
struct Known {
    format: &'static str,
    path: &'static str,
}

/// The crates of these types: name, and requirement as TOML.
const CRATES: [(&str, &str); 5] = [
    (
        "chrono",
        "{ version = \"0.4\", default-features = false, features = [\"serde\", \"std\"] }",
    ),
    ("jiff", "{ version = \"0.2\", features = [\"serde\"] }"),
    (
        "rust_decimal",
        "{ version = \"1\", features = [\"serde-with-str\"] }",
    ),
    ("url", "{ version = \"2\", features = [\"serde\"] }"),
    ("uuid", "{ version = \"1\", features = [\"serde\"] }"),
];

const fn known(format: &'static str, path: &'static str) -> Known {
    Known { format, path }
}

impl Settings {
    /// The Rust types for formats: those that are given, and those that the switches choose.
    pub fn types_of_formats(&self) -> BTreeMap<String, String> {
        let dates: &[Known] = match self.dates {
            Dates::String => &[],
            Dates::Chrono => &[
                known("date-time", "chrono::DateTime<chrono::FixedOffset>"),
                known("date", "chrono::NaiveDate"),
            ],
            Dates::Jiff => &[
                known("date-time", "jiff::Timestamp"),
                known("date", "jiff::civil::Date"),
            ],
        };
        let switches = [
            (self.uuid, known("uuid", "uuid::Uuid")),
            (self.url, known("uri", "url::Url")),
            (self.url, known("url", "url::Url")),
            (self.decimal, known("decimal", "rust_decimal::Decimal")),
            (self.bytes, known("byte", "crate::Base64")),
        ];
        let more = switches.iter().filter(|(is_on, _)| *is_on);
        let chosen = dates.iter().chain(more.map(|(_, known)| known));
        let chosen = chosen.map(|known| (known.format.to_owned(), known.path.to_owned()));
        let mut types: BTreeMap<String, String> = chosen.collect();
        types.extend(self.formats.clone());
        types
    }

    /// The crates that these types come from: those that are given, and those of the libraries.
    pub fn crates_of_types(&self, paths: &[&str]) -> Vec<(String, String)> {
        let mut crates: BTreeMap<String, String> = CRATES
            .iter()
            .filter(|(name, _)| {
                let start = format!("{name}::");
                paths.iter().any(|path| path.contains(&start))
            })
            .map(|(name, requirement)| ((*name).to_owned(), (*requirement).to_owned()))
            .collect();
        crates.extend(self.dependencies.clone());
        crates.into_iter().collect()
    }
}

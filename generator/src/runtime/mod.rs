//! The catalogue of the runtime: its files, what they export, and what they need.
//!
//! The files stand in `generator/runtime` and are copied byte for byte. What a file exports, which
//! other files and which crates it needs is read from its text, so that it is stated once.
//!
//! *Invariant:* a name that generated code uses from elsewhere is an [`Item`]; names are reserved,
//! imports written and files copied by it.

mod dependencies;
mod items;

use std::collections::BTreeSet;

pub use dependencies::{DEPENDENCIES, Dependency, LICENSES, dependencies};
pub use items::*;

/// A file of the runtime.
#[derive(Debug)]
pub struct Piece {
    /// Its path in the folder of the runtime, without its end: `exchange/core`.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
    /// The cargo feature that it is there with.
    pub feature: Option<&'static str>,
}

macro_rules! feature {
    () => {
        None
    };
    ($feature:literal) => {
        Some($feature)
    };
}

macro_rules! pieces {
    ($($path:literal $(with $feature:literal)?),* $(,)?) => {
        /// All files of the runtime, in the order of their paths. What declares modules is not
        /// among them: [`modules`] writes it.
        pub const PIECES: &[Piece] = &[
            $(Piece {
                path: $path,
                text: include_str!(concat!("../../runtime/", $path, ".rs")),
                feature: feature!($($feature)?),
            },)*
        ];
    };
}

pieces![
    "auth/grant",
    "auth/oauth",
    "auth/secret",
    "auth/security",
    "auth/tokens",
    "encode/parameter",
    "encode/tree",
    "exchange/attempts",
    "exchange/blocking" with "blocking",
    "exchange/builder",
    "exchange/call",
    "exchange/core",
    "exchange/error",
    "exchange/mock" with "mock",
    "exchange/opened",
    "exchange/outcome",
    "exchange/setters",
    "json/base64",
    "json/build",
    "json/date_time",
    "json/member",
    "json/message",
    "json/nullable",
    "json/number",
    "json/object",
    "json/open_enum",
    "json/open_integer",
    "json/open_tuple",
    "json/path",
    "json/rest",
    "json/slot",
    "json/union",
    "read/error",
    "read/events",
    "read/mock_pages" with "mock",
    "read/pages",
    "read/reader",
    "read/stream",
    "read/stream_call",
    "receive/body",
    "receive/error",
    "receive/header",
    "receive/raw",
    "receive/response",
    "send/body",
    "send/draft",
    "send/file" with "stream",
    "send/form",
    "send/invalid",
    "send/multipart",
    "send/options",
    "send/recorded" with "mock",
    "send/request",
    "wire/connecting",
    "wire/failure",
    "wire/middleware",
    "wire/reqwest" with "reqwest",
    "wire/span" with "tracing",
    "wire/time",
    "wire/tls" with "rustls-ring",
    "wire/transport",
    "xml/body",
    "xml/element",
    "xml/reader",
    "xml/writer",
];

/// A file whose functions generated code calls on a type of another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Extension(&'static str);

/// Bytes as text.
pub const BASE64: Extension = Extension("json/base64");

/// Dates with times, of the crate `time`.
pub const DATE_TIME: Extension = Extension("json/date_time");

/// The bodies of requests that setters can change.
pub const DRAFT: Extension = Extension("send/draft");

/// Files as the bodies of requests.
pub const FILE: Extension = Extension("send/file");

/// The bodies of requests that are forms.
pub const FORM: Extension = Extension("send/form");

/// The bodies of requests that are in parts.
pub const MULTIPART: Extension = Extension("send/multipart");

/// Bodies in XML.
pub const XML_BODY: Extension = Extension("xml/body");

impl Piece {
    /// The types that it has for users, in the order of their names; those that come with a feature are
    /// exported elsewhere.
    pub fn exports(&self) -> Vec<&'static str> {
        if self.feature.is_some() {
            return Vec::new();
        }
        let declared = self.text.lines().filter_map(|line| {
            let line = line.strip_prefix("pub ")?;
            let name = ["struct ", "enum ", "trait ", "type "]
                .iter()
                .find_map(|word| line.strip_prefix(word))?;
            Some(word(name))
        });
        let mut names: Vec<&str> = declared.collect();
        names.sort_unstable();
        names
    }

    /// The functions of its types.
    pub fn functions(&self) -> impl Iterator<Item = &'static str> {
        let lines = self.text.lines().map(str::trim_start);
        let declared = lines.filter_map(|line| {
            let line = line
                .strip_prefix("pub(crate) ")
                .or(line.strip_prefix("pub "))?;
            line.strip_prefix("async ")
                .unwrap_or(line)
                .strip_prefix("fn ")
        });
        declared.map(word)
    }

    /// The paths of the files whose items it names.
    fn needs(&self) -> impl Iterator<Item = &'static Piece> {
        let paths = self.text.split("crate::runtime::").skip(1);
        let paths = paths.filter_map(|path| {
            let (folder, rest) = path.split_once("::")?;
            Some(format!("{folder}/{}", word(rest)))
        });
        paths.filter_map(|path| PIECES.iter().find(|piece| piece.path == path))
    }
}

/// The identifier that a text starts with.
fn word(text: &'static str) -> &'static str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// The types that the runtime has for users, each with its file.
pub fn exports() -> impl Iterator<Item = (&'static Piece, &'static str)> {
    PIECES
        .iter()
        .flat_map(|piece| piece.exports().into_iter().map(move |name| (piece, name)))
}

/// The files that are needed for these, in the order of their paths.
pub fn pieces(
    items: impl IntoIterator<Item = Item>,
    extensions: impl IntoIterator<Item = Extension>,
) -> Vec<&'static Piece> {
    let mut waiting: Vec<&Piece> = items.into_iter().filter_map(Item::piece).collect();
    let extensions = extensions.into_iter();
    waiting.extend(extensions.flat_map(|Extension(path)| {
        let pieces = PIECES.iter();
        pieces.filter(move |piece| piece.path == path)
    }));
    let mut needed = BTreeSet::new();
    while let Some(piece) = waiting.pop() {
        if needed.insert(piece.path) {
            waiting.extend(piece.needs());
        }
    }
    let needed = |piece: &&Piece| needed.contains(piece.path);
    PIECES.iter().filter(needed).collect()
}

/// The files that declare the modules of these, each with its path.
pub fn modules(pieces: &[&Piece]) -> Vec<(String, String)> {
    let mut folders: Vec<(&str, Vec<String>)> = Vec::new();
    let declared = |name: &str| format!("pub(crate) mod {name};");
    for piece in pieces {
        let (folder, name) = piece.path.split_once('/').unwrap_or(("", piece.path));
        let only = piece.feature.map_or_else(String::new, |feature| {
            format!("#[cfg(feature = \"{feature}\")]\n")
        });
        let line = format!("{only}{}", declared(name));
        match folders.last_mut() {
            Some((known, lines)) if *known == folder => lines.push(line),
            Some(_) | None => folders.push((folder, vec![line])),
        }
    }
    let mut files: Vec<(String, String)> = folders
        .iter()
        .map(|(folder, lines)| {
            let text = format!("//! {}\n\n{}\n", about(folder), lines.join("\n"));
            (format!("{folder}/mod"), text)
        })
        .collect();
    let names: Vec<String> = folders.iter().map(|(folder, _)| declared(folder)).collect();
    let exports = pieces.iter().filter_map(|piece| {
        let path = piece.path.replace('/', "::");
        match &piece.exports()[..] {
            [] => None,
            [only] => Some(format!("pub use {path}::{only};\n")),
            names => Some(format!("pub use {path}::{{{}}};\n", names.join(", "))),
        }
    });
    let exports: String = exports.collect();
    let root = format!("{ABOUT}\n{}\n\n{exports}", names.join("\n"));
    files.push(("mod".to_owned(), root));
    files
}

const ABOUT: &str = "\
//! What every generated client is built on: requests, responses, errors, credentials, and the
//! reading and writing of JSON objects and enums.
";

/// What a folder of the runtime is for.
fn about(folder: &str) -> &'static str {
    match folder {
        "auth" => "Credentials and tokens.",
        "encode" => "Values as text of URLs and headers.",
        "exchange" => "Calls, from the client to the outcome.",
        "json" => "Values in JSON.",
        "read" => "Responses that are read item by item, and page by page.",
        "receive" => "Responses.",
        "send" => "Requests.",
        "wire" => "The way to the server and back.",
        "xml" => "Values in XML.",
        _ => "A part of the runtime.",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{ITEMS, PIECES, modules, pieces};

    #[test]
    fn items_of_the_runtime_are_declared_in_their_files() {
        for item in ITEMS {
            let Some(within) = item.module.strip_prefix("crate::runtime") else {
                continue;
            };
            let piece = item.piece().expect(item.name);
            let declared = ["struct", "enum", "fn", "trait", "type", "use"]
                .iter()
                .any(|word| {
                    let start = format!("{word} {}", item.name);
                    let mut lines = piece.text.lines();
                    lines.any(|line| {
                        let rest = line
                            .strip_prefix("pub(crate) ")
                            .or(line.strip_prefix("pub "));
                        rest.and_then(|rest| rest.strip_prefix(&start))
                            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
                    })
                });
            let is_module = within.ends_with("read") || within.ends_with("json");
            assert!(declared || is_module, "{item:?}");
        }
    }

    #[test]
    fn the_catalogue_holds_every_file_and_declares_it_as_the_runtime_does() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        let all: Vec<_> = PIECES.iter().collect();
        let mut known: Vec<String> = all.iter().map(|piece| piece.path.to_owned()).collect();
        for (path, text) in modules(&all) {
            let written = fs::read_to_string(folder.join(&path).with_extension("rs")).unwrap();
            assert_eq!(written, text, "{path}");
            known.push(path);
        }
        let mut found = Vec::new();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let below = if path.is_dir() {
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path())
                    .collect()
            } else {
                vec![path]
            };
            found.extend(below.iter().map(|path| {
                let path = path.strip_prefix(&folder).unwrap().with_extension("");
                path.to_str().unwrap().to_owned()
            }));
        }
        known.sort();
        found.sort();
        assert_eq!(known, found);
    }

    #[test]
    fn what_a_file_needs_comes_with_it() {
        let paths =
            |item| -> Vec<&str> { pieces([item], []).iter().map(|piece| piece.path).collect() };
        assert_eq!(
            paths(super::OBJECT),
            [
                "json/build",
                "json/member",
                "json/nullable",
                "json/object",
                "json/rest",
                "json/slot"
            ]
        );
        assert!(paths(super::TOKEN).contains(&"auth/tokens"));
        assert!(!paths(super::CORE).contains(&"send/multipart"));
    }
}

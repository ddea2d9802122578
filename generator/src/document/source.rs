//! The text of a document and the file it came from.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde::de::IgnoredAny;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};

/// The largest document that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What stands for the standard input in place of a path.
const STANDARD_INPUT: &str = "-";

fn too_large() -> io::Error {
    io::Error::other(format!("it is larger than {} MiB", LARGEST / 1024 / 1024))
}

/// A document's text, with the name to show for it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file's name, as the user gave it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Source {
    /// Reads a file, or the standard input for `-`.
    ///
    /// # Errors
    ///
    /// A file that is missing, too large, not UTF-8 or cannot be read.
    pub fn read(path: &Path) -> Result<Self, Vec<Diagnostic>> {
        if path == Path::new(STANDARD_INPUT) {
            return Self::read_input();
        }
        let name = path.display().to_string();
        let text = fs::metadata(path).and_then(|metadata| {
            if metadata.len() > LARGEST {
                return Err(too_large());
            }
            fs::read_to_string(path)
        });
        Self::of(name, text)
    }

    /// Reads the standard input; the files that it refers to are those of the current folder.
    fn read_input() -> Result<Self, Vec<Diagnostic>> {
        let mut text = String::new();
        let read = io::stdin().take(LARGEST + 1).read_to_string(&mut text);
        let text = match read {
            Ok(_) if text.len() as u64 > LARGEST => Err(too_large()),
            Ok(_) => Ok(text),
            Err(error) => Err(error),
        };
        Self::of("standard input".to_owned(), text)
    }

    fn of(name: String, text: io::Result<String>) -> Result<Self, Vec<Diagnostic>> {
        match text {
            Ok(text) => Ok(Self { name, text }),
            Err(error) => {
                let mut diagnostics = Diagnostics::default();
                diagnostics.fatal(
                    Code::Unreadable,
                    Place::File,
                    format!("`{name}` cannot be read: {error}"),
                    "give the path of an OpenAPI document in UTF-8",
                );
                Err(diagnostics.into_list())
            }
        }
    }

    /// One of a file that cannot be read, for what is said about it.
    pub fn unread(path: &Path) -> Self {
        Self {
            name: path.display().to_string(),
            text: String::new(),
        }
    }

    /// Reads a file by its path from the folder of this one.
    ///
    /// # Errors
    ///
    /// As for [`Self::read`].
    pub fn beside(&self, path: &str) -> Result<Self, Vec<Diagnostic>> {
        let folder = Path::new(&self.name).parent().unwrap_or(Path::new(""));
        Self::read(&folder.join(path))
    }

    /// JSON when the text starts like a JSON object or array; YAML otherwise, and where the name says
    /// so and the text is no JSON: YAML has braces, too.
    pub fn format(&self) -> Format {
        let starts = self.content().trim_start().starts_with(['{', '[']);
        let is_named = [".yaml", ".yml"].iter().any(|end| self.name.ends_with(end));
        let is_json = || serde_json::from_str::<IgnoredAny>(self.content()).is_ok();
        if starts && (!is_named || is_json()) {
            Format::Json
        } else {
            Format::Yaml
        }
    }

    /// The text without a byte order mark.
    pub fn content(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }
}

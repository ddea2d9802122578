//! The text of a document and the file it came from.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::string::FromUtf8Error;

use serde::de::IgnoredAny;

use super::limits::Limits;
use super::refusal::Refusal;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// What stands for the standard input in place of a path.
const STANDARD_INPUT: &str = "-";

/// A document's text, with the name to show for it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file's name, as the user gave it.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// What it and the files that it refers to may take.
    pub limits: Limits,
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
    /// A text that is shown by this name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            limits: Limits::default(),
        }
    }

    /// Reads a file, or the standard input for `-`, within the usual limits.
    ///
    /// # Errors
    ///
    /// A file that is missing, is a folder, a pipe or a device, is too large, is not UTF-8 or cannot be read.
    pub fn read(path: &Path) -> Result<Self, Vec<Diagnostic>> {
        Self::read_within(path, Limits::default())
    }

    /// The same within limits of the user's.
    ///
    /// # Errors
    ///
    /// As for [`Self::read`].
    pub fn read_within(path: &Path, limits: Limits) -> Result<Self, Vec<Diagnostic>> {
        let is_input = path == Path::new(STANDARD_INPUT);
        let (name, text) = if is_input {
            // The files that it refers to are those of the current folder.
            let name = "standard input".to_owned();
            let text = read_all(&name, io::stdin(), limits);
            (name, text)
        } else {
            let name = path.display().to_string();
            let text = read_file(&name, path, limits);
            (name, text)
        };
        match text {
            Ok(text) => Ok(Self { name, text, limits }),
            Err(refusal) => Err(alone(refusal)),
        }
    }

    /// One of a file that cannot be read, for what is said about it.
    pub fn unread(path: &Path) -> Self {
        Self::new(path.display().to_string(), String::new())
    }

    /// The folder that it is in.
    fn folder(&self) -> &Path {
        match Path::new(&self.name).parent() {
            Some(folder) if folder != Path::new("") => folder,
            Some(_) | None => Path::new("."),
        }
    }

    /// Whether anything stands at a path from the folder of this one.
    pub fn has_beside(&self, path: &str) -> bool {
        self.folder().join(path).symlink_metadata().is_ok()
    }

    /// Reads a file by its path from the folder of this one.
    ///
    /// # Errors
    ///
    /// As for [`Self::read`]; and a file that a link leads to which is not in the folder or below it.
    pub fn beside(&self, path: &str) -> Result<Self, Vec<Diagnostic>> {
        let folder = self.folder();
        let path = folder.join(path);
        let whole = |path: &Path| fs::canonicalize(path).ok();
        if let (Some(folder), Some(file)) = (whole(folder), whole(&path))
            && !file.starts_with(folder)
        {
            let name = path.display().to_string();
            let reason = "a link leads out of the folder of the document";
            let help = "put the file itself in place of the link";
            return Err(alone(Refusal::unreadable(&name, reason).help(help)));
        }
        Self::read_within(&path, self.limits)
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

/// What is said where there is no text.
fn alone(refusal: Refusal) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    refusal.report(&mut diagnostics);
    diagnostics.into_list()
}

fn read_file(name: &str, path: &Path, limits: Limits) -> Result<String, Refusal> {
    let unreadable = |error: io::Error| Refusal::unreadable(name, error);
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        let help = "give the path of a file, or `-` for the standard input";
        return Err(Refusal::unreadable(name, "it is no file").help(help));
    }
    read_all(name, fs::File::open(path).map_err(unreadable)?, limits)
}

fn read_all(name: &str, from: impl Read, limits: Limits) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    let most = limits.bytes;
    let read = from.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| Refusal::unreadable(name, error))?;
    if bytes.len() as u64 > most {
        let message = format!("`{name}` has more than {most} bytes");
        return Err(Refusal::limited("bytes", Place::File, message));
    }
    String::from_utf8(bytes).map_err(|error| Refusal::unreadable(name, not_utf8(&error)))
}

/// Where a text is not UTF-8, and what it may be instead.
fn not_utf8(error: &FromUtf8Error) -> String {
    let bytes = error.as_bytes();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return "it is UTF-16, not UTF-8".to_owned();
    }
    let before = &bytes[..error.utf8_error().valid_up_to()];
    let line = before.split(|byte| *byte == b'\n').count();
    format!("line {line} is not UTF-8")
}

//! What differs between the crate and the folder?

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::kept::with_kept;
use super::stage::STAGE;
use super::{OutputError, at, is_marked};
use crate::emit::{File, MARK};

/// A file of the crate or of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path within the crate, with forward slashes.
    pub path: String,
    /// How it stands.
    pub state: State,
}

/// How a file stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is as it should be, or it is the user's from when it was first written.
    Same,
    /// It is not there.
    Missing,
    /// It has another text, which is kept here.
    Stale(String),
    /// The generator wrote it once, and no longer does.
    Surplus,
}

/// All files of the crate, and those of the folder that the generator once wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison(pub Vec<Entry>);

impl Comparison {
    /// Whether every file is as it should be.
    pub fn is_fresh(&self) -> bool {
        self.changed().next().is_none()
    }

    /// The files that are not as they should be.
    pub fn changed(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(|entry| entry.state != State::Same)
    }
}

/// Compares the files with the folder.
///
/// # Errors
///
/// A foreign file or a link in the way, or a folder that cannot be read.
pub fn compare(folder: &Path, files: &[File]) -> Result<Comparison, OutputError> {
    against(folder, &with_kept(folder, files)?)
}

/// Compares the files, with what users have written into them, with the folder.
pub(super) fn against(folder: &Path, files: &[File]) -> Result<Comparison, OutputError> {
    let mut entries = Vec::new();
    let mut foreign = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        let state = match fs::read_to_string(&path) {
            Ok(text) if text == file.text => State::Same,
            Ok(_) if !is_marked(&file.text) => State::Same,
            Ok(text) if is_marked(&text) => State::Stale(text),
            Ok(_) => {
                foreign.push(path);
                continue;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => State::Missing,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                foreign.push(path);
                continue;
            }
            Err(error) => return Err(OutputError::Io(path, error)),
        };
        entries.push(Entry {
            path: file.path.clone(),
            state,
        });
    }
    if !foreign.is_empty() {
        return Err(OutputError::Foreign(foreign));
    }
    let known: BTreeSet<&str> = files.iter().map(|file| &*file.path).collect();
    // A module has its files in the folder itself.
    let is_module = known.contains("mod.rs");
    for path in marked(folder, is_module)? {
        if !known.contains(path.as_str()) {
            entries.push(Entry {
                path,
                state: State::Surplus,
            });
        }
    }
    Ok(Comparison(entries))
}

/// The files in the folder and below its `src` and its `docs`, or anywhere below it, that carry the mark.
fn marked(folder: &Path, below: bool) -> Result<Vec<String>, OutputError> {
    let mut found = Vec::new();
    visit(folder, "", below, &mut found)?;
    if below {
        found.sort();
        return Ok(found);
    }
    visit(&folder.join("docs"), "docs/", true, &mut found)?;
    visit(&folder.join("src"), "src/", true, &mut found)?;
    found.sort();
    Ok(found)
}

fn visit(
    folder: &Path,
    prefix: &str,
    below: bool,
    found: &mut Vec<String>,
) -> Result<(), OutputError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(OutputError::Io(folder.to_owned(), error)),
    };
    for entry in entries {
        let entry = entry.map_err(at(folder))?;
        let kind = entry.file_type().map_err(at(&entry.path()))?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if kind.is_dir() && below && name != STAGE {
            visit(&entry.path(), &format!("{prefix}{name}/"), below, found)?;
        } else if kind.is_file() && carries_mark(&entry.path()).map_err(at(&entry.path()))? {
            found.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

fn carries_mark(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    let longest = u64::try_from(MARK.len()).unwrap_or(u64::MAX) + 8;
    fs::File::open(path)?
        .take(longest)
        .read_to_end(&mut start)?;
    Ok(is_marked(&String::from_utf8_lossy(&start)))
}

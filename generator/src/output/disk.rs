//! What is done to the file system, a function for each operation; tests let any of them fail.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{OutputError, at};

/// Makes the folders on the way to a file or a folder, and remembers those that were not there.
#[derive(Debug, Default)]
pub(super) struct Folders(Vec<PathBuf>);

impl Folders {
    /// Makes a folder with those above it.
    pub(super) fn make(&mut self, folder: &Path) -> io::Result<()> {
        let named = |folder: &&Path| !folder.as_os_str().is_empty();
        let missing = folder.ancestors().take_while(named);
        let missing: Vec<&Path> = missing.take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            step()?;
            match fs::create_dir(folder) {
                Ok(()) => self.0.push(folder.to_owned()),
                // Another run has been faster.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Makes the folder that a file is in.
    pub(super) fn make_above(&mut self, file: &Path) -> io::Result<()> {
        self.make(file.parent().unwrap_or(file))
    }

    /// Removes those that it has made and that are empty.
    pub(super) fn remove(self) {
        for folder in self.0.iter().rev() {
            let _ = remove_folder(folder);
        }
    }
}

/// Writes a new file, as far as the disk.
pub(super) fn write(path: &Path, text: &str) -> Result<(), OutputError> {
    let write = || {
        step()?;
        let mut file = fs::File::create_new(path)?;
        step()?;
        file.write_all(text.as_bytes())?;
        step()?;
        file.sync_all()
    };
    write().map_err(at(path))
}

/// Moves a file.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    fs::rename(from, to)
}

/// Removes a file; one that is not there is no error.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    step()?;
    absent(fs::remove_file(path))
}

/// Removes a folder that is empty.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    step()?;
    fs::remove_dir(path)
}

/// Removes a folder with all that is in it; one that is not there is no error. Links in it are
/// removed, and what they lead to is not.
pub(super) fn remove_tree(path: &Path) -> io::Result<()> {
    step()?;
    absent(fs::remove_dir_all(path))
}

fn absent(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// What stands at a path, links not being followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Nothing,
    File,
    Folder,
    Link,
    /// A pipe, a device, a socket.
    Other,
}

impl Kind {
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let kind = match fs::symlink_metadata(path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if is_nothing(&error) => return Ok(Self::Nothing),
            Err(error) => return Err(error),
        };
        Ok(if kind.is_symlink() {
            Self::Link
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_file() {
            Self::File
        } else {
            Self::Other
        })
    }
}

/// Whether nothing stands at a path, or a file where a folder would have to be.
fn is_nothing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// An operation is about to be done.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "a test lets it fail")]
fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use super::faults::step;

//! What is on disk: compared with what should be, and replaced as a whole.
//!
//! *Invariant:* a file that does not carry the generator's mark is never changed or removed. What the
//! generator writes without it is written where it is missing, and the user's from then on.

mod compare;
mod disk;
#[cfg(test)]
mod faults;
mod kept;
mod manifest;
mod replace;
mod stage;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::emit::{KEPT, MARK};
use disk::Kind;

pub use compare::{Comparison, Entry, State, compare};
pub use replace::replace;

/// Why a crate could not be compared or written.
#[derive(Debug)]
pub enum OutputError {
    /// A file that the generator did not write stands where it would write one.
    Foreign(Vec<PathBuf>),
    /// A link stands where a file or a folder would be written.
    Link(PathBuf),
    /// Something that is no file stands where a file would be written: a folder, a pipe, a device.
    NoFile(PathBuf),
    /// The generator's own folder has a note that it has not written.
    Note(PathBuf),
    /// The file system refused, and refused to put back what had been moved.
    Half(Box<OutputError>),
    /// One of the lines is missing that what a user has written stands between.
    Markers(PathBuf),
    /// The manifest is no TOML.
    Manifest(PathBuf, String),
    /// The file system refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(paths) => {
                writeln!(f, "files that the generator did not write are in the way:")?;
                for path in paths {
                    writeln!(f, "  {}", path.display())?;
                }
                f.write_str("move them, or choose another folder; nothing was written")
            }
            Self::Link(path) => {
                let path = path.display();
                write!(
                    f,
                    "`{path}` is a link; replace it by what it leads to; nothing was written"
                )
            }
            Self::NoFile(path) => {
                let path = path.display();
                write!(
                    f,
                    "`{path}` is no file; move it, or choose another folder; nothing was written"
                )
            }
            Self::Note(path) => {
                let path = path.display();
                write!(
                    f,
                    "`{path}` was not written by the generator; remove it; nothing was written"
                )
            }
            Self::Half(cause) => {
                write!(
                    f,
                    "{cause}; what had been moved could not be put back: mend that, and run the command again, which puts it back"
                )
            }
            Self::Markers(path) => {
                let (path, [begin, end]) = (path.display(), KEPT);
                write!(
                    f,
                    "`{path}` has one of the lines `{begin}` and `{end}` alone; put the other one back; nothing was written"
                )
            }
            Self::Manifest(path, reason) => {
                let path = path.display();
                write!(f, "`{path}` is not valid: {reason}; nothing was written")
            }
            Self::Io(path, error) => {
                let path = path.display();
                write!(f, "`{path}`: {error}")
            }
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(_, error) => Some(error),
            Self::Half(cause) => Some(cause),
            Self::Foreign(_)
            | Self::Link(_)
            | Self::NoFile(_)
            | Self::Note(_)
            | Self::Markers(_)
            | Self::Manifest(..) => None,
        }
    }
}

/// The mark stands in the first line.
fn is_marked(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains(MARK))
}

/// Names the path in an error of the file system.
fn at(path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    move |error| OutputError::Io(path, error)
}

/// Refuses a path in a folder that leads through a link.
fn refuse_links(folder: &Path, path: &str) -> Result<(), OutputError> {
    let mut way = folder.to_owned();
    for part in path.split('/') {
        way.push(part);
        if Kind::of(&way).map_err(at(&way))? == Kind::Link {
            return Err(OutputError::Link(way));
        }
    }
    Ok(())
}

/// Refuses a path in a folder where anything but a file stands, or that leads through a link.
fn refuse_others(folder: &Path, path: &str) -> Result<(), OutputError> {
    refuse_links(folder, path)?;
    let path = folder.join(path);
    match Kind::of(&path).map_err(at(&path))? {
        Kind::Nothing | Kind::File => Ok(()),
        Kind::Link => Err(OutputError::Link(path)),
        Kind::Folder | Kind::Other => Err(OutputError::NoFile(path)),
    }
}

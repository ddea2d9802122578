//! Replaces a crate: all of it or nothing.
//!
//! New files are first written beside the old ones, into a folder of the generator's own. Then
//! they are moved into place, the old ones out of it; a move that fails undoes those before it.
//! A run that is killed while it moves has left a note, and the next run undoes what it did.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::kept::with_kept;
use super::{Comparison, OutputError, State, at, compare};
use crate::emit::File;

/// The generator's own folder within the crate's.
const STAGE: &str = ".butler-codegen";

/// Makes the folder hold the crate, and says what differed.
///
/// # Errors
///
/// A foreign file or a link is in the way, a line is missing that users' words stand between, or the file
/// system refuses; the folder is then as it was.
pub fn replace(folder: &Path, files: &[File]) -> Result<Comparison, OutputError> {
    let stage = folder.join(STAGE);
    recover(folder)?;
    let files = &with_kept(folder, files)?;
    let comparison = compare(folder, files)?;
    if comparison.is_fresh() {
        return Ok(comparison);
    }
    let result = stage_files(&stage, files, &comparison)
        .and_then(|()| move_all(folder, &stage, &comparison));
    fs::remove_dir_all(&stage).map_err(at(&stage)).and(result)?;
    for entry in &comparison.0 {
        if entry.state == State::Surplus {
            remove_empty_folders(folder, &entry.path);
        }
    }
    Ok(comparison)
}

/// Undoes what a killed run has done.
fn recover(folder: &Path) -> Result<(), OutputError> {
    let stage = folder.join(STAGE);
    let note = match fs::read_to_string(stage.join("note")) {
        Ok(note) => note,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(OutputError::Io(stage, error)),
    };
    for line in note.lines() {
        let (was_there, path) = match line.split_once(' ') {
            Some((kind, path)) => (kind == "old", path),
            None => continue,
        };
        let old = stage.join("old").join(path);
        let current = folder.join(path);
        let moved_away = old.exists();
        if moved_away {
            fs::rename(&old, &current).map_err(at(&current))?;
        } else if !was_there && current.exists() && !stage.join("new").join(path).exists() {
            fs::remove_file(&current).map_err(at(&current))?;
        }
    }
    match fs::remove_dir_all(&stage) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(OutputError::Io(stage, error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes every file that is missing or stale, and the note of what will be moved.
fn stage_files(stage: &Path, files: &[File], comparison: &Comparison) -> Result<(), OutputError> {
    let mut note = String::new();
    for entry in &comparison.0 {
        let kind = match entry.state {
            State::Same => continue,
            State::Missing => "new",
            State::Stale(_) | State::Surplus => "old",
        };
        note.extend([kind, " ", &entry.path, "\n"]);
        if let Some(file) = files.iter().find(|file| file.path == entry.path) {
            write(&stage.join("new").join(&file.path), &file.text)?;
        }
    }
    write(&stage.join("note"), &note)
}

fn write(path: &Path, text: &str) -> Result<(), OutputError> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(at(parent))?;
    let write = || {
        let mut file = fs::File::create(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(at(path))
}

fn move_all(folder: &Path, stage: &Path, comparison: &Comparison) -> Result<(), OutputError> {
    let mut done = Vec::new();
    for entry in &comparison.0 {
        if entry.state == State::Same {
            continue;
        }
        let moved = Move {
            new: stage.join("new").join(&entry.path),
            old: stage.join("old").join(&entry.path),
            place: folder.join(&entry.path),
            replaces: entry.state != State::Missing,
            adds: entry.state != State::Surplus,
        };
        if let Err(error) = moved.run() {
            moved.undo();
            done.iter().rev().for_each(Move::undo);
            return Err(OutputError::Io(moved.place, error));
        }
        done.push(moved);
    }
    Ok(())
}

/// A file that goes out of its place, another that goes into it, or both.
struct Move {
    new: PathBuf,
    old: PathBuf,
    place: PathBuf,
    replaces: bool,
    adds: bool,
}

impl Move {
    fn run(&self) -> io::Result<()> {
        if self.replaces {
            fs::create_dir_all(self.old.parent().unwrap_or(&self.old))?;
            fs::rename(&self.place, &self.old)?;
        }
        if self.adds {
            fs::create_dir_all(self.place.parent().unwrap_or(&self.place))?;
            fs::rename(&self.new, &self.place)?;
        }
        Ok(())
    }

    /// Puts back what was there. What cannot be put back is in the stage, and the error that led
    /// here is reported.
    fn undo(&self) {
        if self.adds && !self.new.exists() {
            let _ = fs::rename(&self.place, &self.new);
        }
        if self.old.exists() {
            let _ = fs::rename(&self.old, &self.place);
        }
    }
}

/// Folders that held nothing but the removed file.
fn remove_empty_folders(folder: &Path, path: &str) {
    let mut parent = Path::new(path).parent();
    while let Some(within) = parent.filter(|parent| !parent.as_os_str().is_empty()) {
        if fs::remove_dir(folder.join(within)).is_err() {
            return;
        }
        parent = within.parent();
    }
}

//! Replaces a crate: all of it or nothing.
//!
//! New files are first written beside the old ones, into a folder of the generator's own. Then
//! they are moved into place, the old ones out of it; a move that fails undoes those before it.
//! A run that is killed while it moves has left a note, and the next run undoes what it did.

use std::io;
use std::path::{Path, PathBuf};

use super::compare::against;
use super::disk::{self, Folders};
use super::kept::with_kept;
use super::stage::{Stage, remove_empty_folders};
use super::{Comparison, OutputError, State, at};
use crate::emit::File;

/// Makes the folder hold the crate, and says what differed. Runs that are at work in one folder at the
/// same time wait for each other.
///
/// # Errors
///
/// A foreign file or a link is in the way, a line is missing that users' words stand between, or the file
/// system refuses; the folder is then as it was.
pub fn replace(folder: &Path, files: &[File]) -> Result<Comparison, OutputError> {
    if !Stage::is_there(folder) {
        let comparison = against(folder, &with_kept(folder, files)?)?;
        if comparison.is_fresh() {
            return Ok(comparison);
        }
    }
    let mut made = Folders::default();
    let stage = match Stage::take(folder, &mut made) {
        Ok(stage) => stage,
        Err(error) => {
            made.remove();
            return Err(error);
        }
    };
    let result = write(folder, &stage, files, &mut made);
    stage.release();
    if result.is_err() {
        made.remove();
    }
    result
}

fn write(
    folder: &Path,
    stage: &Stage,
    files: &[File],
    made: &mut Folders,
) -> Result<Comparison, OutputError> {
    stage.recover()?;
    let files = with_kept(folder, files)?;
    let comparison = against(folder, &files)?;
    let moves = moves(folder, stage, &comparison);
    let staged = stage_files(stage, &files, &comparison);
    let written = staged.and_then(|()| move_all(stage, &moves, made));
    if let Err(error) = written {
        if moves.iter().rev().any(|moved| moved.undo().is_err()) {
            return Err(OutputError::Half(Box::new(error)));
        }
        // What cannot be removed now is removed by the next run.
        let _ = stage.commit().and_then(|()| stage.clear());
        return Err(error);
    }
    let _ = stage.clear();
    for entry in &comparison.0 {
        if entry.state == State::Surplus {
            remove_empty_folders(folder, &entry.path);
        }
    }
    Ok(comparison)
}

/// Writes every file that is missing or stale, and the note of what will be moved.
fn stage_files(stage: &Stage, files: &[File], comparison: &Comparison) -> Result<(), OutputError> {
    for entry in comparison.changed() {
        if let Some(file) = files.iter().find(|file| file.path == entry.path) {
            let path = stage.new_file(&file.path);
            let parent = path.parent().unwrap_or(&path);
            Folders::default().make(parent).map_err(at(parent))?;
            disk::write(&path, &file.text)?;
        }
    }
    let moved = comparison.changed();
    stage.write_note(moved.map(|entry| (entry.state != State::Missing, &*entry.path)))
}

fn moves(folder: &Path, stage: &Stage, comparison: &Comparison) -> Vec<Move> {
    let moves = comparison.changed().map(|entry| Move {
        new: stage.new_file(&entry.path),
        old: stage.old_file(&entry.path),
        place: folder.join(&entry.path),
        replaces: entry.state != State::Missing,
        adds: entry.state != State::Surplus,
    });
    moves.collect()
}

fn move_all(stage: &Stage, moves: &[Move], made: &mut Folders) -> Result<(), OutputError> {
    for moved in moves {
        moved.run(made).map_err(at(&moved.place))?;
    }
    stage.commit()
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
    fn run(&self, made: &mut Folders) -> io::Result<()> {
        if self.replaces {
            Folders::default().make_above(&self.old)?;
            disk::rename(&self.place, &self.old)?;
        }
        if self.adds {
            made.make_above(&self.place)?;
            disk::rename(&self.new, &self.place)?;
        }
        Ok(())
    }

    /// Puts back what was there, where it was moved.
    fn undo(&self) -> io::Result<()> {
        let is_gone = self.replaces && self.old.exists();
        if self.adds && !self.new.exists() && self.place.exists() && (is_gone || !self.replaces) {
            disk::rename(&self.place, &self.new)?;
        }
        if is_gone {
            disk::rename(&self.old, &self.place)?;
        }
        Ok(())
    }
}

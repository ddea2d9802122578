//! The generator's own folder within the crate's: new files wait in it, old ones are kept in it, and
//! it says whose turn it is.
//!
//! What stands in it may have been put there by anybody: it is read as carefully as a document.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::disk::{self, Folders, Kind};
use super::{OutputError, at, is_marked, refuse_links};

/// The name of the folder.
pub(super) const STAGE: &str = ".butler-codegen";

/// The last line of a note that was written to its end.
const END: &str = "end";

/// The folder, held by one run at a time.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    path: PathBuf,
    /// The file by which others are kept out, until it is closed.
    lock: fs::File,
}

impl Stage {
    /// Whether there is one: another run is at work, or was killed.
    pub(super) fn is_there(folder: &Path) -> bool {
        folder.join(STAGE).symlink_metadata().is_ok()
    }

    /// Waits until no other run is at work in the folder, and keeps others out.
    pub(super) fn take(folder: &Path, made: &mut Folders) -> Result<Self, OutputError> {
        let path = folder.join(STAGE);
        let lock_path = path.join("lock");
        loop {
            refuse_links(folder, STAGE)?;
            made.make(&path).map_err(at(&path))?;
            match Kind::of(&lock_path).map_err(at(&lock_path))? {
                Kind::Nothing | Kind::File => {}
                Kind::Link => return Err(OutputError::Link(lock_path)),
                Kind::Folder | Kind::Other => return Err(OutputError::NoFile(lock_path)),
            }
            let mut options = fs::OpenOptions::new();
            options.create(true).truncate(false).write(true);
            let lock = match options.open(&lock_path) {
                Ok(lock) => lock,
                // The run before has just removed the folder.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(OutputError::Io(lock_path, error)),
            };
            lock.lock().map_err(at(&lock_path))?;
            let held = lock.try_clone().and_then(Handle::from_file);
            let there = Handle::from_path(&lock_path);
            if there.is_ok_and(|there| held.is_ok_and(|held| held == there)) {
                return Ok(Self {
                    folder: folder.to_owned(),
                    path,
                    lock,
                });
            }
        }
    }

    /// Where the new file waits.
    pub(super) fn new_file(&self, path: &str) -> PathBuf {
        self.path.join("new").join(path)
    }

    /// Where the old file is kept.
    pub(super) fn old_file(&self, path: &str) -> PathBuf {
        self.path.join("old").join(path)
    }

    fn note(&self) -> PathBuf {
        self.path.join("note")
    }

    /// Notes which files are about to be moved, and whether each is there already.
    pub(super) fn write_note<'a>(
        &self,
        moves: impl Iterator<Item = (bool, &'a str)>,
    ) -> Result<(), OutputError> {
        let mut note = String::new();
        for (is_there, path) in moves {
            let kind = if is_there { "old" } else { "new" };
            note.extend([kind, " ", path, "\n"]);
        }
        note.push_str(END);
        disk::write(&self.note(), &note)
    }

    /// The new files are in their places: from here on, nothing is undone.
    pub(super) fn commit(&self) -> Result<(), OutputError> {
        let note = self.note();
        disk::remove_file(&note).map_err(at(&note))
    }

    /// Undoes what a run that was killed has done, and clears the folder.
    pub(super) fn recover(&self) -> Result<(), OutputError> {
        let lines = self.read_note()?;
        // Nothing is touched before all of it is known to be the generator's.
        for (_, path) in &lines {
            self.check(path)?;
        }
        for (was_there, path) in &lines {
            self.undo(*was_there, path).map_err(at(&self.folder))?;
        }
        self.commit()?;
        self.clear()
    }

    /// Removes all but the lock.
    pub(super) fn clear(&self) -> Result<(), OutputError> {
        for name in ["new", "old"] {
            let path = self.path.join(name);
            disk::remove_tree(&path).map_err(at(&path))?;
        }
        Ok(())
    }

    /// Lets others in. What cannot be removed is removed by the next run.
    pub(super) fn release(self) {
        let _ = disk::remove_file(&self.path.join("lock"));
        let _ = disk::remove_folder(&self.path);
        drop(self.lock);
    }

    /// The files that the run before was to move, and whether each was there; none where it was not
    /// done with the note, and has moved nothing.
    fn read_note(&self) -> Result<Vec<(bool, String)>, OutputError> {
        let path = self.note();
        match Kind::of(&path).map_err(at(&path))? {
            Kind::Nothing => return Ok(Vec::new()),
            Kind::File => {}
            Kind::Link => return Err(OutputError::Link(path)),
            Kind::Folder | Kind::Other => return Err(OutputError::NoFile(path)),
        }
        let mut note = String::new();
        fs::File::open(&path)
            .and_then(|mut file| file.read_to_string(&mut note))
            .map_err(at(&path))?;
        let Some(note) = note.strip_suffix(END) else {
            return Ok(Vec::new());
        };
        let read = |line: &str| {
            let (kind, file) = line.split_once(' ')?;
            let was_there = match kind {
                "old" => true,
                "new" => false,
                _ => return None,
            };
            is_plain(file).then(|| (was_there, file.to_owned()))
        };
        let lines: Option<Vec<_>> = note.lines().map(read).collect();
        lines.ok_or_else(|| OutputError::Note(self.path.clone()))
    }

    /// Every file that would be moved or removed is the generator's, and none is behind a link.
    fn check(&self, path: &str) -> Result<(), OutputError> {
        let staged = self.old_file(path);
        refuse_links(&self.folder, path)?;
        refuse_links(&self.path, &format!("old/{path}"))?;
        if Kind::of(&staged).map_err(at(&staged))? == Kind::Nothing {
            return Ok(());
        }
        let current = self.folder.join(path);
        for file in [staged, current] {
            match Kind::of(&file).map_err(at(&file))? {
                Kind::Nothing => {}
                Kind::File if is_marked_file(&file) => {}
                Kind::File => return Err(OutputError::Foreign(vec![file])),
                Kind::Link => return Err(OutputError::Link(file)),
                Kind::Folder | Kind::Other => return Err(OutputError::NoFile(file)),
            }
        }
        Ok(())
    }

    fn undo(&self, was_there: bool, path: &str) -> io::Result<()> {
        let old = self.old_file(path);
        let current = self.folder.join(path);
        if old.exists() {
            Folders::default().make_above(&current)?;
            return disk::rename(&old, &current);
        }
        if was_there {
            return Ok(());
        }
        let is_moved = !self.new_file(path).exists();
        if is_moved && current.exists() && is_marked_file(&current) {
            disk::remove_file(&current)?;
        }
        remove_empty_folders(&self.folder, path);
        Ok(())
    }
}

/// A path of names, relative and not of the stage itself.
fn is_plain(path: &str) -> bool {
    let is_name = |name: &str| !["", ".", "..", STAGE].contains(&name);
    path.split('/').all(is_name) && !path.contains(['\\', ':', '\0'])
}

fn is_marked_file(path: &Path) -> bool {
    fs::read(path).is_ok_and(|text| is_marked(&String::from_utf8_lossy(&text)))
}

/// Folders that held nothing but the removed file.
pub(super) fn remove_empty_folders(folder: &Path, path: &str) {
    let mut parent = Path::new(path).parent();
    while let Some(within) = parent.filter(|parent| !parent.as_os_str().is_empty()) {
        if disk::remove_folder(&folder.join(within)).is_err() {
            return;
        }
        parent = within.parent();
    }
}

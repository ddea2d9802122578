//! Kills and refusals at each operation on the file system: the crate is wholly old or wholly new.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use tempfile::TempDir;

use super::{OutputError, replace};
use crate::emit::{File, MARK};

/// What happens to an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The run ends there: nothing is cleaned up.
    Kill,
    /// The operation fails, and those after it do not.
    Once,
    /// It fails, and so do all after it.
    Always,
}

thread_local! {
    /// The operations until the fault, and which it is.
    static FAULT: Cell<Option<(usize, Fault)>> = const { Cell::new(None) };
    static WAS_MET: Cell<bool> = const { Cell::new(false) };
}

struct Killed;

pub(super) fn step() -> io::Result<()> {
    let Some((left, fault)) = FAULT.get() else {
        return Ok(());
    };
    if left > 0 {
        FAULT.set(Some((left - 1, fault)));
        return Ok(());
    }
    WAS_MET.set(true);
    match fault {
        Fault::Kill => resume_unwind(Box::new(Killed)),
        Fault::Once => FAULT.set(None),
        Fault::Always => {}
    }
    Err(io::ErrorKind::StorageFull.into())
}

/// Runs with a fault at an operation; `None` where the run was killed. Whether the fault was met, too.
fn with_fault<T>(after: usize, fault: Fault, run: impl FnOnce() -> T) -> (Option<T>, bool) {
    FAULT.set(Some((after, fault)));
    WAS_MET.set(false);
    let result = catch_unwind(AssertUnwindSafe(run));
    FAULT.set(None);
    (result.ok(), WAS_MET.get())
}

fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: format!("// {MARK}\n{text}"),
    }
}

fn files(paths: &[&str], text: &str) -> Vec<File> {
    paths.iter().map(|path| file(path, text)).collect()
}

/// All files below a folder, with their texts.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    fn visit(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                visit(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    visit(folder, "", &mut found);
    found
}

/// A folder with an old crate and a file of the user's own.
fn old_crate() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    replace(folder.path(), &old_files()).unwrap();
    fs::write(folder.path().join("src/own.rs"), "mod own;").unwrap();
    folder
}

fn old_files() -> Vec<File> {
    files(&["src/a.rs", "src/gone/b.rs", "src/lib.rs"], "old")
}

fn new_files() -> Vec<File> {
    files(&["src/a.rs", "src/lib.rs", "src/new/c.rs"], "new")
}

fn new_contents() -> BTreeMap<String, String> {
    let folder = old_crate();
    replace(folder.path(), &new_files()).unwrap();
    contents(folder.path())
}

#[test]
fn a_run_that_is_killed_anywhere_is_made_good_by_the_next_one() {
    let expected = new_contents();
    for after in 0.. {
        let folder = old_crate();
        let run = || replace(folder.path(), &new_files());
        let (result, was_met) = with_fault(after, Fault::Kill, run);
        assert_eq!(result.is_none(), was_met);
        // The next run is killed as well, wherever that is, and the one after it is not.
        for again in [0, 2, 5, after] {
            with_fault(again, Fault::Kill, run);
        }
        run().unwrap();
        assert_eq!(contents(folder.path()), expected, "killed after {after}");
        if !was_met {
            assert!(after > 20, "{after}");
            return;
        }
    }
}

#[test]
fn a_killed_run_is_undone_by_one_that_writes_the_old_crate() {
    let expected = contents(old_crate().path());
    for after in 0.. {
        let folder = old_crate();
        let run = || replace(folder.path(), &new_files());
        let (_, was_met) = with_fault(after, Fault::Kill, run);
        replace(folder.path(), &old_files()).unwrap();
        assert_eq!(contents(folder.path()), expected, "killed after {after}");
        if !was_met {
            return;
        }
    }
}

#[test]
fn an_operation_that_fails_leaves_the_old_crate_and_nothing_else() {
    let (old, new) = (contents(old_crate().path()), new_contents());
    for after in 0.. {
        let folder = old_crate();
        let run = || replace(folder.path(), &new_files());
        let (result, was_met) = with_fault(after, Fault::Once, run);
        match result.unwrap() {
            Ok(_) => assert_eq!(without_stage(folder.path()), new, "failed after {after}"),
            Err(error) => {
                assert!(error.to_string().contains("no storage space"), "{error}");
                assert_eq!(without_stage(folder.path()), old, "failed after {after}");
            }
        }
        run().unwrap();
        assert_eq!(contents(folder.path()), new, "failed after {after}");
        if !was_met {
            return;
        }
    }
}

#[test]
fn a_disk_on_which_all_fails_keeps_what_the_next_run_needs() {
    let expected = new_contents();
    for after in 0.. {
        let folder = old_crate();
        let run = || replace(folder.path(), &new_files());
        let (_, was_met) = with_fault(after, Fault::Always, run);
        run().unwrap();
        assert_eq!(contents(folder.path()), expected, "failed after {after}");
        if !was_met {
            return;
        }
    }
}

#[test]
fn a_folder_that_a_failed_run_has_made_is_removed() {
    for after in 0.. {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("clients/new");
        let run = || replace(&folder, &new_files());
        let (result, was_met) = with_fault(after, Fault::Once, run);
        if result.unwrap().is_err() {
            let left = fs::read_dir(parent.path()).unwrap().count();
            assert_eq!(left, 0, "after {after}");
        }
        if !was_met {
            return;
        }
    }
}

/// What is there without the generator's own folder, which the next run may have to clear.
fn without_stage(folder: &Path) -> BTreeMap<String, String> {
    let mut contents = contents(folder);
    contents.retain(|path, _| !path.starts_with(super::stage::STAGE));
    contents
}

/// A crate's folder with a stage that somebody has prepared, beside a file of somebody else's.
fn prepared(note: &str) -> TempDir {
    let parent = tempfile::tempdir().unwrap();
    let marked = file("", "theirs").text;
    fs::write(parent.path().join("theirs.rs"), &marked).unwrap();
    let stage = parent.path().join("crate/.butler-codegen/old");
    fs::create_dir_all(&stage).unwrap();
    fs::write(stage.join("theirs.rs"), marked.replace("theirs", "ours")).unwrap();
    fs::write(stage.join("../note"), note).unwrap();
    parent
}

#[test]
fn a_prepared_note_reaches_nothing_outside_of_the_folder() {
    for note in [
        "old ../theirs.rs\nend",
        "new ../theirs.rs\nend",
        "old src/../../theirs.rs\nend",
        "old /theirs.rs\nend",
        "new ./theirs.rs\nend",
        "old \\theirs.rs\nend",
        "old C:theirs.rs\nend",
        "old .butler-codegen/old/theirs.rs\nend",
        "all theirs.rs\nend",
        "old\nend",
    ] {
        let parent = prepared(note);
        let before = contents(parent.path());
        let error = replace(&parent.path().join("crate"), &new_files()).unwrap_err();
        assert!(matches!(error, OutputError::Note(_)), "{note:?}: {error}");
        let mut after = contents(parent.path());
        after.remove("crate/.butler-codegen/lock");
        assert_eq!(after, before, "{note:?}");
    }
}

#[test]
fn a_note_that_was_not_written_to_its_end_has_moved_nothing() {
    let parent = prepared("old theirs.rs\n");
    let folder = parent.path().join("crate");
    replace(&folder, &new_files()).unwrap();
    assert!(!folder.join("theirs.rs").exists());
    assert!(!folder.join(".butler-codegen").exists());
}

#[test]
fn a_note_moves_and_removes_the_generators_files_only() {
    for note in ["old own.rs\nend", "new own.rs\nend"] {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join(".butler-codegen/old");
        fs::create_dir_all(&old).unwrap();
        fs::write(folder.path().join("own.rs"), "mod own;").unwrap();
        if note.starts_with("old") {
            fs::write(old.join("own.rs"), file("", "ours").text).unwrap();
        }
        fs::write(old.join("../note"), note).unwrap();
        let result = replace(folder.path(), &new_files());
        assert_eq!(result.is_err(), note.starts_with("old"), "{note:?}");
        let own = fs::read_to_string(folder.path().join("own.rs")).unwrap();
        assert_eq!(own, "mod own;", "{note:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_what_is_no_file_are_refused() {
    use std::os::unix::fs::symlink;

    let links = [
        ".butler-codegen",
        ".butler-codegen/lock",
        ".butler-codegen/old",
        "src",
    ];
    for path in links {
        let parent = tempfile::tempdir().unwrap();
        let (folder, other) = (parent.path().join("crate"), parent.path().join("other"));
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::create_dir_all(&other).unwrap();
        fs::write(other.join("a.rs"), file("", "theirs").text).unwrap();
        if path.starts_with(".butler") && path != ".butler-codegen" {
            fs::write(folder.join(".butler-codegen/note"), "old a.rs\nend").unwrap();
        }
        symlink(&other, folder.join(path)).unwrap();
        let error = replace(&folder, &new_files()).unwrap_err();
        assert!(matches!(error, OutputError::Link(_)), "{path}: {error}");
        assert_eq!(contents(&other).len(), 1, "{path}");
    }
    let folder = old_crate();
    fs::remove_file(folder.path().join("src/a.rs")).unwrap();
    fs::create_dir(folder.path().join("src/a.rs")).unwrap();
    let error = replace(folder.path(), &new_files()).unwrap_err();
    assert!(matches!(error, OutputError::NoFile(_)), "{error}");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_file_is_not_read() {
    let folder = old_crate();
    for path in ["src/a.rs", "Cargo.toml", "README.md"] {
        let pipe = folder.path().join(path);
        let _ = fs::remove_file(&pipe);
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let error = replace(folder.path(), &files(&[path], "new")).unwrap_err();
        assert!(matches!(error, OutputError::NoFile(_)), "{error}");
        fs::remove_file(&pipe).unwrap();
    }
}

#[test]
fn runs_at_the_same_time_wait_for_each_other() {
    let folder = old_crate();
    let crates = [new_files(), files(&["src/lib.rs", "src/other.rs"], "other")];
    std::thread::scope(|scope| {
        for turn in 0..16 {
            let (files, folder) = (&crates[turn % 2], folder.path());
            scope.spawn(move || replace(folder, files).unwrap());
        }
    });
    let left = contents(folder.path());
    let is_one = |text: &str| {
        let mut texts = left.iter().filter(|(path, _)| *path != "src/own.rs");
        texts.all(|(_, found)| found.ends_with(text))
    };
    assert!(is_one("new") || is_one("other"), "{left:?}");
    assert!(!folder.path().join(".butler-codegen").exists());
}

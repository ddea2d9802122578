//! What is written, and what is left alone.

use std::fs;

use butler_codegen::emit::MARK;
use std::process::Command;

use crate::place::{DOCUMENT, Place, code, stderr, stdout};

#[test]
fn generated_is_fresh() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--check"])
        .output()
        .unwrap();
    let text = stdout(&output);
    assert_eq!(
        code(&output),
        0,
        "run `cargo xtask codegen` and commit the result\n{text}"
    );
}

#[test]
fn a_crate_is_written_once_and_then_left_alone() {
    let place = Place::new();
    let first = place.codegen(&["--verbose"]);
    assert_eq!(code(&first), 0, "{}", stderr(&first));
    assert!(
        stdout(&first).contains("  written src/one.rs\n"),
        "{}",
        stdout(&first)
    );
    assert!(stdout(&first).contains("client: 2 operations, 0 types, 0 enums, 0 errors"));
    let files = place.files();
    let written = fs::metadata(place.path("client/src/one.rs"))
        .unwrap()
        .modified()
        .unwrap();
    let second = place.codegen(&["--verbose"]);
    assert!(
        !stdout(&second).contains("  written"),
        "{}",
        stdout(&second)
    );
    assert!(stdout(&second).contains("unchanged src/one.rs\n"));
    assert_eq!(place.files(), files);
    let again = fs::metadata(place.path("client/src/one.rs"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(written, again);
}

#[test]
fn the_crate_can_be_named() {
    let place = Place::new();
    assert_eq!(code(&place.codegen(&["--name", "my-api"])), 0);
    assert!(place.files()[&place.path("client/Cargo.toml")].contains("name = \"my-api\""));
    let output = place.codegen(&["--name", "1 api"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("`1 api` is not a valid crate name"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn check_lists_what_differs_and_writes_nothing() {
    let place = Place::new();
    let output = place.codegen(&["--check"]);
    assert_eq!(code(&output), 1);
    assert!(
        stdout(&output).contains("  missing src/lib.rs\n"),
        "{}",
        stdout(&output)
    );
    assert!(place.files().is_empty());
    place.codegen(&[]);
    assert_eq!(code(&place.codegen(&["--check"])), 0);
    let old = place.files();
    place.write(
        "api.yaml",
        &DOCUMENT
            .replace("Two", "Three")
            .replace("operationId: a", "operationId: c"),
    );
    let output = place.codegen(&["--check"]);
    let text = stdout(&output);
    assert_eq!(code(&output), 1);
    for line in [
        "  missing src/three.rs\n",
        "  surplus src/two.rs\n",
        "    stale src/one.rs\n",
        "-    pub fn a(&self)",
        "+    pub fn c(&self)",
        "run `cargo xtask codegen`",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert_eq!(place.files(), old);
}

#[test]
fn what_is_no_longer_generated_is_removed() {
    let place = Place::new();
    place.codegen(&[]);
    place.write("api.yaml", &DOCUMENT.replace("Two", "Three"));
    let output = place.codegen(&["--verbose"]);
    assert!(
        stdout(&output).contains("  removed src/two.rs\n"),
        "{}",
        stdout(&output)
    );
    assert!(!place.path("client/src/two.rs").exists());
    assert!(place.path("client/src/three.rs").exists());
}

#[test]
fn foreign_files_are_kept() {
    let place = Place::new();
    place.write("client/src/mine.rs", "// mine");
    place.write("client/notes.md", "mine");
    place.codegen(&[]);
    place.write("api.yaml", &DOCUMENT.replace("Two", "Three"));
    assert_eq!(code(&place.codegen(&[])), 0);
    let files = place.files();
    assert_eq!(files[&place.path("client/src/mine.rs")], "// mine");
    assert_eq!(files[&place.path("client/notes.md")], "mine");
}

#[test]
fn a_foreign_file_in_the_way_stops_everything() {
    let place = Place::new();
    place.write("client/src/two.rs", "// mine");
    let old = place.files();
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("did not write are in the way"),
        "{}",
        stderr(&output)
    );
    assert!(stderr(&output).contains("client/src/two.rs"));
    assert_eq!(place.files(), old);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_way_stops_everything() {
    let place = Place::new();
    place.write("elsewhere/lib.rs", "// mine");
    fs::create_dir_all(place.path("client")).unwrap();
    std::os::unix::fs::symlink(place.path("elsewhere"), place.path("client/src")).unwrap();
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("is a link"), "{}", stderr(&output));
    assert_eq!(
        fs::read_to_string(place.path("elsewhere/lib.rs")).unwrap(),
        "// mine"
    );
}

#[test]
fn a_run_that_fails_midway_leaves_the_old_crate() {
    let place = Place::new();
    place.codegen(&[]);
    let old = place.files();
    // A folder where the new module should be: the move fails after others have been made.
    fs::create_dir_all(place.path("client/src/zebra.rs/x")).unwrap();
    place.write(
        "api.yaml",
        &DOCUMENT
            .replace("Two", "Zebra")
            .replace("operationId: a", "operationId: c"),
    );
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 2, "{}", stdout(&output));
    assert_eq!(place.files(), old);
}

/// A run that is killed between two moves leaves its stage, with a note of what it was doing.
#[test]
fn a_run_that_was_killed_midway_is_undone_by_the_next() {
    let place = Place::new();
    place.codegen(&[]);
    let old = place.files();
    let stage = "client/.butler-codegen";
    place.write(
        &format!("{stage}/note"),
        "old src/one.rs\nnew src/three.rs\nold src/two.rs\nend",
    );
    let one = place.path("client/src/one.rs");
    fs::create_dir_all(place.path(&format!("{stage}/old/src"))).unwrap();
    fs::rename(&one, place.path(&format!("{stage}/old/src/one.rs"))).unwrap();
    let new = format!("// {MARK}\n// half of a new crate");
    place.write("client/src/one.rs", &new);
    place.write("client/src/three.rs", &new);
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(place.files(), old);
}

#[test]
fn what_a_user_writes_into_the_readme_stays() {
    let place = Place::new();
    assert_eq!(code(&place.codegen(&["--docs"])), 0);
    let readme = place.files()[&place.path("client/README.md")].clone();
    let begin = "<!-- What you write between these lines stays. -->\n";
    let own = readme.replace(begin, &format!("{begin}\nMade by hand: 1 | 2\n\n"));
    assert_ne!(own, readme);
    place.write("client/README.md", &own);
    let checked = place.codegen(&["--docs", "--check"]);
    assert_eq!(code(&checked), 0, "{}", stdout(&checked));
    place.write("api.yaml", &DOCUMENT.replace("Two", "Three"));
    assert_eq!(code(&place.codegen(&["--docs"])), 0);
    let written = place.files()[&place.path("client/README.md")].clone();
    assert!(written.contains("\nMade by hand: 1 | 2\n"), "{written}");
    assert!(written.contains("docs/three.md"), "{written}");
    assert!(!place.path("client/docs/two.md").exists());

    let torn = written.replace(begin, "");
    place.write("client/README.md", &torn);
    place.write("api.yaml", DOCUMENT);
    let output = place.codegen(&["--docs"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("put the other one back"),
        "{}",
        stderr(&output)
    );
    assert_eq!(place.files()[&place.path("client/README.md")], torn);
}

#[test]
fn the_changelog_is_the_users_from_when_it_is_written() {
    let place = Place::new();
    assert_eq!(code(&place.codegen(&["--docs"])), 0);
    let first = place.files()[&place.path("client/CHANGELOG.md")].clone();
    assert!(first.contains("\nThe first version.\n"), "{first}");
    let own = "# What is new\n\nNothing.\n";
    place.write("client/CHANGELOG.md", own);
    let checked = place.codegen(&["--docs", "--check"]);
    assert_eq!(code(&checked), 0, "{}", stdout(&checked));
    place.write("api.yaml", &DOCUMENT.replace("Two", "Three"));
    assert_eq!(code(&place.codegen(&["--docs"])), 0);
    assert_eq!(code(&place.codegen(&[])), 0);
    assert_eq!(place.files()[&place.path("client/CHANGELOG.md")], own);
}

//! Where clients and documents come from, and what is printed.

use std::fs::{self, File};
use std::process::Stdio;

use super::{CONFIG, command, folder, run, text};

#[test]
fn clients_are_those_of_the_closest_file_above() {
    let folder = folder(Some(CONFIG));
    let below = folder.path().join("a/b");
    fs::create_dir_all(&below).unwrap();
    let output = run(&below, &["generate"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(printed.starts_with("pets: 1 operations,"), "{printed}");
    assert!(folder.path().join("client/src/pets.rs").is_file());

    assert!(run(&below, &["check"]).status.success());
    fs::remove_file(folder.path().join("client/src/pets.rs")).unwrap();
    let output = run(&below, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stdout);
    assert!(printed.contains("missing src/pets.rs"), "{printed}");
    assert!(printed.contains("`butler-codegen generate`"), "{printed}");
}

#[test]
fn a_file_can_be_named() {
    let folder = folder(None);
    let other = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("clients.toml"), CONFIG).unwrap();
    let config = folder.path().join("clients.toml");
    let output = run(
        other.path(),
        &[
            "generate",
            "--config",
            config.to_str().unwrap(),
            "--verbose",
        ],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("written src/pets.rs"));
    assert!(folder.path().join("client/Cargo.toml").is_file());
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}

#[test]
fn where_no_file_is_the_ways_to_go_on_are_named() {
    let folder = folder(None);
    let output = run(folder.path(), &["generate"]);
    assert_eq!(output.status.code(), Some(2));
    let printed = text(&output.stderr);
    assert!(
        printed.contains("`--config`") && printed.contains("`--spec`"),
        "{printed}"
    );
}

#[test]
fn a_document_comes_from_the_standard_input() {
    let folder = folder(None);
    let arguments = ["generate", "--spec", "-", "--out", "client"];
    let input = File::open(folder.path().join("pets.yaml")).unwrap();
    let output = command(folder.path(), &arguments)
        .stdin(input)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let manifest = fs::read_to_string(folder.path().join("client/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"client\""), "{manifest}");

    fs::write(
        folder.path().join("broken.yaml"),
        "openapi: 3.1.0\npaths: [\n",
    )
    .unwrap();
    let input = File::open(folder.path().join("broken.yaml")).unwrap();
    let output = command(folder.path(), &arguments)
        .stdin(input)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let printed = text(&output.stderr);
    assert!(printed.contains("--> standard input:3:1"), "{printed}");
}

/// Nobody has to read to the end what is printed.
#[test]
fn a_pipe_that_is_closed_is_no_panic() {
    let folder = folder(None);
    let arguments = [
        "generate",
        "--verbose",
        "--spec",
        "pets.yaml",
        "--out",
        "client",
    ];
    let mut child = command(folder.path(), &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(text(&output.stderr), "");
    assert!(folder.path().join("client/src/lib.rs").is_file());
}

#[test]
fn codes_are_explained() {
    let folder = folder(None);
    let output = run(folder.path(), &["explain", "syntax"]);
    assert!(text(&output.stdout).starts_with("The text is not YAML or JSON."));
    let output = run(folder.path(), &["explain", "nothing"]);
    assert_eq!(output.status.code(), Some(2));
}

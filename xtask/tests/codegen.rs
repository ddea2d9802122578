//! `cargo xtask codegen` as its users meet it: exit codes, what is written, what is left alone.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const DOCUMENT: &str = r#"openapi: 3.1.0
info: { title: Test, version: 1.0.0 }
paths:
  /a:
    get: { tags: [One], operationId: a, responses: { "204": { description: Done. } } }
  /b:
    get: { tags: [Two], operationId: b, responses: { "204": { description: Done. } } }
"#;

/// A folder with a document.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        place.write("api.yaml", DOCUMENT);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn codegen(&self, further: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["codegen", "--spec", "api.yaml", "--out", "client"])
            .args(further)
            .current_dir(self.folder.path())
            .output()
            .unwrap()
    }

    /// All files of the crate.
    fn files(&self) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        read(&self.path("client"), &mut files);
        files
    }
}

fn read(folder: &Path, files: &mut BTreeMap<PathBuf, String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, files);
        } else {
            files.insert(path.clone(), fs::read_to_string(path).unwrap());
        }
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

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
    let first = place.codegen(&[]);
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
    let second = place.codegen(&[]);
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
        stderr(&output).contains("`1 api` is no crate name"),
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
    let output = place.codegen(&[]);
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
        "old src/one.rs\nnew src/three.rs\nold src/two.rs\n",
    );
    let one = place.path("client/src/one.rs");
    fs::create_dir_all(place.path(&format!("{stage}/old/src"))).unwrap();
    fs::rename(&one, place.path(&format!("{stage}/old/src/one.rs"))).unwrap();
    place.write("client/src/one.rs", "// half of a new crate");
    place.write("client/src/three.rs", "// half of a new crate");
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(place.files(), old);
}

#[test]
fn a_document_may_be_in_several_files() {
    let place = Place::new();
    let response = "{ $ref: 'parts/answers.yaml#/Done' }";
    place.write(
        "api.yaml",
        &DOCUMENT
            .replace("{ description: Done. }", response)
            .replace("204", "200"),
    );
    place.write(
        "parts/answers.yaml",
        "Done: { description: Done., content: { application/json: { schema: \
         { $ref: '../types.json#/definitions/Pet' } } } }",
    );
    place.write(
        "types.json",
        r##"{"definitions":{"Pet":{"type":"object","properties":{"friend":{"$ref":"#/definitions/Pet"}}}}}"##,
    );
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let types = &place.files()[&place.path("client/src/types.rs")];
    assert!(types.contains("pub friend: Option<Box<Pet>>,"), "{types}");
    place.write(
        "parts/answers.yaml",
        "Done: { $ref: '../../outside.yaml#/Done' }",
    );
    let output = place.codegen(&["--strict"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("leads out of the document"),
        "{}",
        stderr(&output)
    );
}

/// A mapping names schemas by reference, which lead into other files, too; and a schema that stands
/// there is known by its own name.
#[test]
fn a_mapping_leads_into_other_files() {
    let place = Place::new();
    let response = "{ $ref: 'pets.yaml#/Done' }";
    place.write(
        "api.yaml",
        &DOCUMENT
            .replace("{ description: Done. }", response)
            .replace("204", "200"),
    );
    place.write(
        "pets.yaml",
        "Done: { description: Done., content: { application/json: { schema: { $ref: '#/definitions/Pet' } } } }\n\
         definitions:\n  \
           Pet: { oneOf: [{ $ref: './cat.yaml' }, { $ref: '#/definitions/Dog' }], \
             discriminator: { propertyName: kind, mapping: { cat: ./cat.yaml } } }\n  \
           Dog: { type: object, properties: { bark: { type: string } } }\n",
    );
    place.write(
        "cat.yaml",
        "type: object\nproperties: { lives: { type: integer } }\n",
    );
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let types = &place.files()[&place.path("client/src/types.rs")];
    let union: Vec<&str> = types
        .lines()
        .filter(|line| line.contains("lacks "))
        .collect();
    let tags: Vec<&str> = union
        .iter()
        .filter_map(|line| line.split(" = ").nth(1))
        .collect();
    assert_eq!(tags, ["[\"cat\"],", "[\"Dog\"],"], "{types}");
}

#[test]
fn bad_input_is_located_and_nothing_is_written() {
    let cases = [
        ("", "the document is empty"),
        ("a: [", "this is not YAML"),
        ("{\"a\": }", "api.yaml:1:7"),
        ("swagger: '2.0'", "this is a Swagger 2 document"),
        ("openapi: 4.0.0\ninfo: {}", "api.yaml:1:1 #/openapi"),
    ];
    let deep = "[".repeat(10_000);
    let deep_yaml = format!("a: {}", "{b: ".repeat(10_000));
    let deep_list = "- ".repeat(10_000);
    let limits =
        [&deep, &deep_yaml, &deep_list].map(|document| (document.as_str(), "limit exceeded"));
    let cases = cases.into_iter().chain(limits);
    for (document, expected) in cases {
        let place = Place::new();
        place.write("api.yaml", document);
        let output = place.codegen(&[]);
        assert_eq!(code(&output), 2, "{document}");
        assert!(
            stderr(&output).contains(expected),
            "{expected}\n{}",
            stderr(&output)
        );
        assert!(place.files().is_empty(), "{document}");
    }
    let place = Place::new();
    fs::remove_file(place.path("api.yaml")).unwrap();
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("`api.yaml` cannot be read"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_document_that_is_broken_in_places_gives_all_the_rest_unless_strict() {
    let cases = [
        (
            &DOCUMENT.replace("{ description: Done. }", "{ $ref: '#/x' }"),
            "api.yaml:5:63 #/paths/~1a/get/responses/204/$ref",
        ),
        (
            &DOCUMENT.replace(", responses: { \"204\": { description: Done. } }", ""),
            "the operation declares no responses",
        ),
        (
            &DOCUMENT.replace("/a:", "/{x}:"),
            "nothing declares the path parameter `x`",
        ),
        (
            &DOCUMENT.replace("responses:", "parameters: [{ $ref: '#/x' }], responses:"),
            "`#/x` does not exist; the parameter is left out",
        ),
    ];
    for (document, expected) in cases {
        let place = Place::new();
        place.write("api.yaml", document);
        let output = place.codegen(&["--strict"]);
        assert_eq!(code(&output), 2, "{document}");
        assert!(place.files().is_empty(), "{document}");
        assert!(stderr(&output).contains("error["), "{}", stderr(&output));
        let output = place.codegen(&[]);
        assert_eq!(code(&output), 0, "{document}");
        let errors = stderr(&output);
        let warned = errors.contains("warning[") && !errors.contains("error[");
        assert!(warned && errors.contains(expected), "{expected}\n{errors}");
        let client = &place.files()[&place.path("client/src/one.rs")];
        assert!(client.contains("pub fn a("), "{client}");
    }
}

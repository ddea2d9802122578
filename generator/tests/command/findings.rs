//! What is found in documents, as people and programs read it.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{DOCUMENT, folder, run, text};

/// A document with an unresolved reference, a response that says nothing, and a percent sign in a name.
const BROKEN: &str = r##"openapi: 3.1.0
info: { title: Pets, version: "1" }
servers: [{ url: "https://example.com" }]
paths:
  /pets:
    get:
      operationId: "list%Pets"
      responses:
        "200":
          description: They.
          content: { application/json: { schema: { $ref: "#/components/schemas/Pett" } } }
components:
  schemas:
    Pet: { type: object, properties: { tag: {} } }
"##;

const GENERATE: [&str; 5] = ["generate", "--spec", "pets.yaml", "--out", "client"];

/// A folder with this document.
fn with(document: &str) -> TempDir {
    let folder = folder(None);
    fs::write(folder.path().join("pets.yaml"), document).unwrap();
    folder
}

fn generate(folder: &Path, more: &[&str]) -> std::process::Output {
    run(folder, &[&GENERATE, more].concat())
}

#[test]
fn findings_are_an_array_of_json_and_nothing_else_is_there() {
    let folder = with(BROKEN);
    let output = generate(folder.path(), &["--format", "json"]);
    assert!(output.status.success());
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = &findings[0];
    assert_eq!(first["severity"], "warning");
    assert_eq!(first["code"], "unresolved-reference");
    assert_eq!(first["file"], "pets.yaml");
    assert_eq!((&first["line"], &first["column"]), (&11.into(), &52.into()));
    assert_eq!(
        first["pointer"],
        "#/paths/~1pets/get/responses/200/content/application~1json/schema/$ref"
    );
    assert_eq!(first["help"], "did you mean `Pet`?");
    assert!(text(&output.stderr).contains("client: 1 operations"));
}

#[test]
fn findings_of_a_document_that_cannot_be_read_are_json_too() {
    let folder = folder(None);
    let output = run(
        folder.path(),
        &[
            "generate",
            "--spec",
            "none.yaml",
            "--out",
            "client",
            "--format",
            "json",
        ],
    );
    assert_eq!(output.status.code(), Some(2));
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(findings[0]["code"], "unreadable");
    assert!(findings[0].get("line").is_none());
}

#[test]
fn findings_are_sarif_with_a_rule_for_each() {
    let folder = with(BROKEN);
    let output = generate(folder.path(), &["--format", "sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "unresolved-reference");
    assert_eq!(result["level"], "warning");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "pets.yaml");
    assert_eq!(place["region"]["startLine"], 11);
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    let rule = &run["tool"]["driver"]["rules"][index];
    assert_eq!(rule["id"], "unresolved-reference");
    assert!(rule["help"]["text"].as_str().unwrap().len() > 40);
}

#[test]
fn findings_are_commands_of_a_workflow_one_a_line() {
    let folder = with(&BROKEN.replace("type: object,", "type: \"100%,\\n::error::x\","));
    let output = generate(folder.path(), &["--format", "github", "--all-types"]);
    let lines = text(&output.stdout);
    let first = lines.lines().next().unwrap();
    assert_eq!(
        first,
        "::warning file=pets.yaml,line=11,col=52,title=unresolved-reference::`#/components/schemas/Pett` does not exist; any JSON value takes its place%0Ahelp: did you mean `Pet`?"
    );
    assert!(
        lines
            .lines()
            .all(|line| line.starts_with("::warning file=pets.yaml,"))
    );
    assert!(lines.contains("100%25,%0A::error::x"), "{lines}");
}

#[test]
fn a_kind_of_findings_is_an_error_or_not_reported_as_the_user_wants() {
    let folder = with(BROKEN);
    let output = generate(folder.path(), &["--deny", "unresolved-reference"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error[unresolved-reference]"));
    assert!(!folder.path().join("client").exists());
    let output = generate(folder.path(), &["--allow", "unresolved-reference"]);
    assert!(output.status.success());
    assert!(!text(&output.stderr).contains("unresolved-reference"));

    let config = "[[client]]\nspec = \"pets.yaml\"\nname = \"pets\"\nversion = \"0.1.0\"\n";
    let config = |more: &str| {
        fs::write(
            folder.path().join("codegen.toml"),
            format!("{config}{more}"),
        )
    };
    config("deny = [\"unresolved-reference\"]\n").unwrap();
    assert_eq!(run(folder.path(), &["generate"]).status.code(), Some(2));
    config("allow = [\"unresolved-reference\"]\n").unwrap();
    let output = run(folder.path(), &["generate"]);
    assert!(output.status.success());
    assert!(!text(&output.stderr).contains("unresolved-reference"));
    config("allow = [\"unresolved-references\"]\n").unwrap();
    let output = run(folder.path(), &["generate"]);
    assert!(
        text(&output.stderr).contains("did you mean `unresolved-reference`?"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn errors_come_first_and_the_rest_is_counted() {
    let more = |index| format!("    A{index}: {{ type: object, properties: {{ p: {{}} }} }}\n");
    let many = (0..30).map(more).collect::<Vec<_>>().concat();
    let folder = with(&format!("{BROKEN}{many}"));
    let more = ["--deny", "unresolved-reference", "--all-types"];
    let output = text(&generate(folder.path(), &more).stderr);
    assert!(
        output.starts_with("error[unresolved-reference]"),
        "{output}"
    );
    assert_eq!(output.matches("error[").count(), 1);
    assert_eq!(output.matches("warning[").count(), 10);
    assert!(
        output.contains("more warnings; `--report` lists them"),
        "{output}"
    );
    assert!(
        output.ends_with("`pets.yaml` has errors; nothing was written\n"),
        "{output}"
    );
}

#[test]
fn a_limit_is_named_by_its_error_and_raised_by_its_name() {
    let folder = with(DOCUMENT);
    let output = generate(folder.path(), &["--limit", "bytes=10"]);
    assert_eq!(output.status.code(), Some(2));
    let error = text(&output.stderr);
    assert!(error.starts_with("error[too-large]"), "{error}");
    assert!(error.contains("`--limit bytes=…`"), "{error}");
    let output = generate(folder.path(), &["--limit", "bytes=10000"]);
    assert!(output.status.success());
    let output = generate(folder.path(), &["--limit", "byte=10"]);
    assert!(text(&output.stderr).contains("the limits are bytes,"));
}

#[test]
fn nothing_of_a_document_reaches_the_terminal_as_a_command() {
    let folder = with(&BROKEN.replace("schemas/Pett", "schemas/\\e[31m\\a\\u202EPett"));
    let output = generate(folder.path(), &["--deny", "unresolved-reference"]);
    let error = text(&output.stderr);
    assert!(error.contains("unresolved-reference"), "{error}");
    let is_shown = |c: char| c == '\n' || !c.is_control() && c != '\u{202e}';
    assert!(error.chars().all(is_shown), "{error:?}");
}

#[test]
fn what_is_no_utf_8_says_what_it_is() {
    let folder = with(DOCUMENT);
    let utf_16: Vec<u8> = DOCUMENT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin_1 = DOCUMENT.replace("They.", "Sch").into_bytes();
    let at = latin_1.windows(3).position(|part| part == b"Sch").unwrap();
    let mut latin_1 = latin_1;
    latin_1[at] = 0xf6;
    for (bytes, reason) in [
        (
            [&[0xff, 0xfe], &utf_16[..]].concat(),
            "it is UTF-16, not UTF-8",
        ),
        (latin_1, "line 11 is not UTF-8"),
    ] {
        fs::write(folder.path().join("pets.yaml"), bytes).unwrap();
        let output = generate(folder.path(), &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains(reason),
            "{}",
            text(&output.stderr)
        );
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_or_lies_outside_of_the_folder_is_not_read() {
    use std::os::unix::fs::symlink;

    let folder = with(DOCUMENT);
    let pipe = folder.path().join("pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    for name in ["pipe.yaml", "/dev/zero", "."] {
        let output = run(
            folder.path(),
            &["generate", "--spec", name, "--out", "client"],
        );
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(text(&output.stderr).contains("it is no file"), "{name}");
    }
    let outside = tempfile::tempdir().unwrap();
    let secret = "Secret: { type: object, properties: { canary: { type: string } } }\n";
    fs::write(outside.path().join("secret.yaml"), secret).unwrap();
    symlink(
        outside.path().join("secret.yaml"),
        folder.path().join("link.yaml"),
    )
    .unwrap();
    symlink(outside.path(), folder.path().join("links")).unwrap();
    for reference in [
        "link.yaml#/Secret",
        "links/secret.yaml#/Secret",
        "../secret.yaml#/Secret",
    ] {
        let document = BROKEN.replace("#/components/schemas/Pett", reference);
        fs::write(folder.path().join("pets.yaml"), document).unwrap();
        let output = generate(folder.path(), &[]);
        assert!(output.status.success(), "{reference}");
        let errors = text(&output.stderr);
        assert!(errors.contains("unresolved-reference"), "{reference}");
        // Above the folder, nothing is looked for.
        let is_said = errors.contains("leads out of the folder");
        assert_eq!(is_said, !reference.starts_with(".."), "{errors}");
        let types = fs::read_to_string(folder.path().join("client/src/pets.rs")).unwrap();
        assert!(!types.contains("canary"), "{reference}");
    }
}

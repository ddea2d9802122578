//! The command, as it is run from a folder that is none of the generator's.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Pets, version: "1" }
servers: [{ url: "https://example.com" }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        "200": { description: They., content: { application/json: { schema: { type: array, items: { type: string } } } } }
"#;

const CONFIG: &str = r#"
[[client]]
spec = "pets.yaml"
out = "client"
name = "pets"
version = "0.1.0"
"#;

/// An empty folder with a document, and perhaps the list of clients.
fn folder(config: Option<&str>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), DOCUMENT).unwrap();
    if let Some(config) = config {
        fs::write(folder.path().join("codegen.toml"), config).unwrap();
    }
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_butler-codegen"));
    command.current_dir(folder).args(arguments);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

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

#[test]
fn a_manifest_stays_the_users() {
    let folder = folder(Some(&format!(
        "{CONFIG}\n[client.package]\nrepository = \"https://example.com/pets\"\n"
    )));
    assert!(run(folder.path(), &["generate"]).status.success());
    let manifest = folder.path().join("client/Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(
        text.contains("repository = \"https://example.com/pets\""),
        "{text}"
    );
    let own = text
        .replace(
            "license = \"MIT OR Apache-2.0\"",
            "license = \"MIT\" # ours",
        )
        .replace("[dependencies]\n", "[dependencies]\nanyhow = \"1\"\n");
    assert!(own.contains("anyhow") && own.contains("# ours"));
    fs::write(&manifest, &own).unwrap();
    assert!(run(folder.path(), &["check"]).status.success());
    assert!(run(folder.path(), &["generate"]).status.success());
    assert_eq!(fs::read_to_string(&manifest).unwrap(), own);

    // What is the generator's follows it.
    let config = folder.path().join("codegen.toml");
    let changed = fs::read_to_string(&config)
        .unwrap()
        .replace("0.1.0", "0.2.0");
    fs::write(&config, changed).unwrap();
    assert!(run(folder.path(), &["generate"]).status.success());
    let expected = own.replacen("version = \"0.1.0\"", "version = \"0.2.0\"", 1);
    assert_eq!(fs::read_to_string(&manifest).unwrap(), expected);

    fs::write(&manifest, "[package\n").unwrap();
    let output = run(folder.path(), &["generate"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), "[package\n");
}

#[test]
fn a_key_that_is_not_known_is_an_error_with_the_one_that_may_be_meant() {
    for (text, meant) in [
        ("stric = true\n", "did you mean `strict`?"),
        (
            "package = { licence = \"MIT\" }\n",
            "did you mean `license`?",
        ),
        ("package = { version = \"1\" }\n", "a key of the client"),
    ] {
        let folder = folder(Some(&format!("{CONFIG}{text}")));
        let output = run(folder.path(), &["generate"]);
        assert_eq!(output.status.code(), Some(2));
        let printed = self::text(&output.stderr);
        assert!(printed.contains(meant), "{printed}");
        assert!(!folder.path().join("client").exists());
    }
}

/// Cargo finds nothing missing in the manifest.
#[test]
fn a_crate_is_packaged_without_a_warning() {
    let folder = folder(Some(CONFIG));
    assert!(run(folder.path(), &["generate", "--docs"]).status.success());
    let client = folder.path().join("client");
    let manifest = client.join("Cargo.toml");
    let own = fs::read_to_string(&manifest).unwrap() + "\n[workspace]\n";
    fs::write(&manifest, own).unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, client.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["package", "--offline", "--no-verify", "--allow-dirty"])
        .current_dir(&client)
        .output()
        .unwrap();
    let printed = text(&output.stderr);
    assert!(output.status.success(), "{printed}");
    assert!(!printed.contains("warning"), "{printed}");
}

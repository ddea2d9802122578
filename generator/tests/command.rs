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

/// Builds a crate with this code and these dependencies, as Cargo does without a network.
fn built(folder: &Path, manifest: &str, command: &str) -> Output {
    let package =
        "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
    fs::write(folder.join("Cargo.toml"), format!("{package}{manifest}")).unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    Command::new(env!("CARGO"))
        .args([command, "--offline", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "")
        .output()
        .unwrap()
}

/// The crates that a module with the usual features is built on.
const DEPENDENCIES: &str = r#"[dependencies]
base64 = "0.22"
bytes = "1"
futures-core = { version = "0.3", default-features = false }
http = "1"
http-body = "1"
http-body-util = "0.1"
httpdate = "1"
percent-encoding = "2.3"
reqwest = { version = "0.13", default-features = false }
serde = "1"
serde_json = "1"
tokio = { version = "1", default-features = false, features = ["rt", "sync", "time"] }
tower-layer = "0.3"
tower-service = "0.3"
url = "2"
"#;

/// A module in a crate that has modules of the same names.
#[test]
fn a_module_stands_anywhere_in_a_crate() {
    let config = "[[client]]\nspec = \"pets.yaml\"\nout = \"src/api/pets\"\nname = \"pets\"\nversion = \"0.1.0\"\nkind = \"module\"\n";
    let folder = folder(Some(config));
    let output = run(folder.path(), &["generate"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let module = folder.path().join("src/api/pets");
    assert!(module.join("mod.rs").is_file() && module.join("runtime/mod.rs").is_file());
    assert!(!module.join("mock").exists() && !module.join("Cargo.toml").exists());
    fs::write(folder.path().join("src/api/mod.rs"), "pub mod pets;\n").unwrap();
    let program = "mod api;\nmod types {}\nmod runtime {}\nmod client {}\n\nfn main() {\n    let client = api::pets::Client::builder().build();\n    println!(\"{}\", client.is_ok());\n}\n";
    fs::write(folder.path().join("src/main.rs"), program).unwrap();
    let output = built(folder.path(), DEPENDENCIES, "check");
    let printed = text(&output.stderr);
    assert!(output.status.success() && printed.is_empty(), "{printed}");
    let output = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "src/main.rs"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stdout));

    // What is no longer there is removed, and what is the user's stays.
    fs::write(module.join("own.rs"), "// mine\n").unwrap();
    let pets = folder.path().join("pets.yaml");
    fs::write(&pets, DOCUMENT.replace("[pets]", "[animals]")).unwrap();
    assert!(run(folder.path(), &["generate"]).status.success());
    assert!(!module.join("pets.rs").exists() && module.join("animals.rs").exists());
    assert!(module.join("own.rs").exists());
}

/// A client that is generated while the program is built: run again when something has changed, and with an
/// error of Cargo's when the document is wrong.
#[test]
fn a_build_script_includes_a_client() {
    let folder = folder(Some(
        "[[client]]\nspec = \"pets.yaml\"\nname = \"pets\"\nversion = \"0.1.0\"\n",
    ));
    fs::create_dir(folder.path().join("src")).unwrap();
    let script = "fn main() {\n    butler_codegen::build();\n}\n";
    fs::write(folder.path().join("build.rs"), script).unwrap();
    let program = |function: &str| {
        let program = format!(
            "mod pets {{\n    include!(concat!(env!(\"OUT_DIR\"), \"/pets.rs\"));\n}}\n\nfn main() {{\n    let client = pets::Client::builder().build().unwrap();\n    let _ = client.pets().{function}();\n}}\n"
        );
        fs::write(folder.path().join("src/main.rs"), program).unwrap();
    };
    let generator = env!("CARGO_MANIFEST_DIR");
    let manifest = format!(
        "{DEPENDENCIES}\n[build-dependencies]\nbutler-codegen = {{ path = {generator:?} }}\n"
    );
    program("list_pets");
    let output = built(folder.path(), &manifest, "check");
    let printed = text(&output.stderr);
    assert!(output.status.success() && printed.is_empty(), "{printed}");

    let pets = folder.path().join("pets.yaml");
    fs::write(&pets, DOCUMENT.replace("listPets", "listAll")).unwrap();
    program("list_all");
    let output = built(folder.path(), &manifest, "check");
    assert!(output.status.success(), "{}", text(&output.stderr));

    fs::write(&pets, "openapi: 3.1.0\npaths: [\n").unwrap();
    let output = built(folder.path(), &manifest, "check");
    assert!(!output.status.success());
    let printed = text(&output.stderr);
    assert!(printed.contains("pets.yaml:3:1"), "{printed}");
}

/// Two tags, of which one is not as it should be, and a type that both need.
const SHOP: &str = r##"
openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: "https://example.com" }]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: fmt, in: query, schema: { $ref: "#/components/schemas/Format" } }
      responses: { "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
  /orders:
    get:
      operationId: listOrders
      tags: [orders]
      responses: { "200": { description: They., content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } } }
    post:
      operationId: createOrder
      tags: [orders, admin]
      responses: { "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Nowhere" } } } } }
components:
  schemas:
    Pet: { type: object, required: [nm], properties: { nm: { type: string }, kind: { $ref: "#/components/schemas/Kind" } } }
    Kind: { type: object, discriminator: { propertyName: t }, properties: { t: { type: string } } }
    Cat: { allOf: [{ $ref: "#/components/schemas/Kind" }, { type: object, properties: { lives: { type: integer } } }] }
    Format: { type: string, enum: [a, b] }
    Order: { type: object, properties: { id: { type: string }, of: { $ref: "#/components/schemas/Broken" } } }
    Broken: { type: 7 }
"##;

/// What is generated of the shop with these settings: all files but the runtime's, and what is printed.
fn shop(settings: &str) -> (String, Output) {
    let folder = folder(Some(&format!("{CONFIG}strict = true\n{settings}")));
    fs::write(folder.path().join("pets.yaml"), SHOP).unwrap();
    for (name, text) in [
        (
            "mend.yaml",
            "overlay: 1.0.0\ninfo: { title: Mend, version: '1' }\nactions:\n- { target: $.components.schemas.Broken, update: { type: string } }\n- { target: \"$.paths['/orders'].post\", remove: true }\n",
        ),
        (
            "miss.yaml",
            "overlay: 1.1.0\ninfo: { title: Miss, version: '1' }\nactions:\n- { target: $.nowhere, remove: true }\n",
        ),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = run(folder.path(), &["generate"]);
    let mut files = String::new();
    let source = folder.path().join("client/src");
    for entry in fs::read_dir(source).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_file() {
            files += &fs::read_to_string(path).unwrap();
        }
    }
    (files, output)
}

#[test]
fn what_is_not_selected_need_not_be_right_and_leaves_nothing_behind() {
    for settings in [
        "include = { tags = [\"pets\"] }",
        "include = { paths = [\"/pets/*\"] }",
        "include = { operations = [\"getPet\"] }",
        "exclude = { tags = [\"orders\"] }",
        "exclude = { paths = [\"/o*s\"] }",
        "include = { paths = [\"*\"] }\nexclude = { operations = [\"listOrders\", \"createOrder\"] }",
    ] {
        let (files, output) = shop(settings);
        assert!(
            output.status.success(),
            "{settings}: {}",
            text(&output.stderr)
        );
        assert!(
            files.contains("pub struct Pet ") && files.contains("pub struct Cat "),
            "{settings}"
        );
        assert!(
            !files.contains("Order") && !files.contains("Broken"),
            "{settings}"
        );
        let printed = text(&output.stdout);
        assert!(printed.starts_with("pets: 1 operations"), "{printed}");
    }
    let (_, output) = shop("");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_selects_nothing_is_an_error_with_what_may_be_meant() {
    for (settings, meant) in [
        ("include = { tags = [\"pet\"] }", "did you mean `pets`?"),
        (
            "include = { operations = [\"getPets\"] }",
            "did you mean `getPet`?",
        ),
        (
            "exclude = { paths = [\"/order\"] }",
            "did you mean `/orders`?",
        ),
        ("include = { tag = [\"pets\"] }", "did you mean `tags`?"),
        (
            "pagination = { listOrder = { style = \"link\" } }",
            "did you mean `listOrders`?",
        ),
        ("globals = [\"fmd\"]", "did you mean `fmt`?"),
        (
            "lenient = [\"/components/schemas/Pets\"]",
            "which there is not",
        ),
        ("names = { getPat = \"get\" }", "did you mean `getPet`?"),
        ("names = { \"/paths/~1pets\" = \"get\" }", "can be named"),
    ] {
        let (_, output) = shop(settings);
        assert_eq!(output.status.code(), Some(2), "{settings}");
        let printed = text(&output.stderr);
        assert!(printed.contains(meant), "{settings}: {printed}");
    }
}

#[test]
fn overlays_are_applied_in_order_and_say_what_they_miss() {
    let (files, output) = shop("overlays = [\"mend.yaml\", \"miss.yaml\"]");
    let printed = text(&output.stderr);
    assert!(output.status.success(), "{printed}");
    assert!(files.contains("list_orders") && !files.contains("create_order"));
    assert!(
        printed.contains("action 1: `$.nowhere` matches nothing"),
        "{printed}"
    );
    let (_, output) = shop("overlays = [\"none.yaml\"]");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn names_are_given_by_pointer_or_by_name() {
    let (files, output) = shop(
        r#"include = { tags = ["pets"] }
[client.names]
getPet = "show"
Cat = "Feline"
"/components/schemas/Pet" = "Animal"
"/components/schemas/Pet/properties/nm" = "name"
"/components/schemas/Pet/properties/kind" = "species"
"/components/schemas/Format/enum/0" = "Short"
"/paths/~1pets~1{id}/get/parameters/1" = "format"
"#,
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    for name in [
        "pub fn show(",
        "pub struct Feline ",
        "pub struct Animal ",
        "pub name: String",
        "pub species: Option<Kind>",
        "Short = \"a\"",
        "pub fn format(",
    ] {
        assert!(files.contains(name), "{name}\n{files}");
    }
}

/// The generator's own package: nothing is missing in its manifest, and the runtime is in it.
#[test]
fn the_generator_is_packaged_with_the_runtime() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = |arguments: &[&str]| {
        Command::new(env!("CARGO"))
            .args(["package", "--offline", "--allow-dirty"])
            .args(arguments)
            .current_dir(root)
            .output()
            .unwrap()
    };
    let output = package(&["--no-verify"]);
    let printed = text(&output.stderr);
    assert!(output.status.success(), "{printed}");
    assert!(!printed.contains("warning"), "{printed}");
    let files = text(&package(&["--list"]).stdout);
    for file in [
        "runtime/exchange/core.rs",
        "src/main.rs",
        "troubleshooting.md",
    ] {
        assert!(files.lines().any(|line| line == file), "{file}");
    }
    assert!(!files.contains("runtime-crate"));
}

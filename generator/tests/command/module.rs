//! Clients that are modules of a crate.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::{DOCUMENT, folder, run, text};

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

//! What users write into manifests and settings, and packages.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{CONFIG, folder, run, text};

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

/// A manifest that the generator has not written is in the way, as any other file.
#[test]
fn a_manifest_of_somebody_else_is_in_the_way() {
    let folder = folder(Some(CONFIG));
    let manifest = folder.path().join("client/Cargo.toml");
    fs::create_dir(folder.path().join("client")).unwrap();
    let own = "[package]\nname = \"own\"\nversion = \"1.0.0\"\n";
    fs::write(&manifest, own).unwrap();
    let output = run(folder.path(), &["generate"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("Cargo.toml"));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), own);
    assert!(!folder.path().join("client/src").exists());
}

//! Small documents, one feature each: what they mean and what is generated is kept as snapshots,
//! and every generated crate compiles without a warning.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod stability;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

use butler_codegen::diagnostic::Diagnostics;
use butler_codegen::document::Source;
use butler_codegen::emit::{File, GENERATED_MANIFEST};
use butler_codegen::plan::BUILDER_NAMES;
use butler_codegen::runtime::DEPENDENCIES;
use butler_codegen::settings::{Dates, Product, Settings};
use butler_codegen::{generate, report, understand};
use support::{Fixture, fixture, folders, settings};

fn files(fixture: &Fixture) -> Vec<File> {
    match generate(&fixture.source, &fixture.settings) {
        Ok(generated) => generated.files,
        Err(diagnostics) => panic!("{}", report::render(&fixture.source, &diagnostics)),
    }
}

/// Runs the assertions with the snapshots beside the fixture's document.
fn beside(folder: &Path, assert: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(assert);
}

/// Runs a check on every folder of a group; one that fails does not hide the others.
fn for_each(group: &str, check: impl Fn(&Fixture)) {
    let mut failed = Vec::new();
    for folder in folders(group) {
        let fixture = fixture(&folder);
        let checked = catch_unwind(AssertUnwindSafe(|| check(&fixture)));
        failed.extend(checked.is_err().then_some(fixture.name));
    }
    assert!(failed.is_empty(), "{failed:?}");
}

/// The test doubles that are compared: one of a kind, as they follow from the calls.
const SHOWN: [(&str, &str); 4] = [
    ("pagination", "mock/cursor.rs"),
    ("servers", "mock/mod.rs"),
    ("statuses", "mock/jobs.rs"),
    ("streams", "mock/states.rs"),
];

#[test]
fn meaning_and_files_are_as_accepted() {
    for_each("fixtures", |fixture| {
        beside(&fixture.folder, || {
            let mut diagnostics = Diagnostics::default();
            let api = understand(&fixture.source, &fixture.settings, &mut diagnostics).unwrap();
            insta::assert_snapshot!("model", api.to_string());
            let findings = report::render(&fixture.source, &diagnostics.into_list());
            insta::assert_snapshot!("diagnostics", findings);
            for file in files(fixture) {
                let name = file.path.strip_prefix("src/").unwrap_or(&file.path);
                let is_own = !["runtime/", "mock/", GENERATED_MANIFEST]
                    .iter()
                    .any(|start| name.starts_with(start));
                if is_own || SHOWN.contains(&(&*fixture.name, name)) {
                    let name = name.replace('/', "-");
                    insta::assert_binary_snapshot!(&name, file.text.into_bytes());
                }
            }
        });
    });
}

#[test]
fn the_model_and_the_files_of_butler_are_as_accepted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let source = Source::read(&root.join("spec/butler.yaml")).unwrap();
    let api = understand(
        &source,
        &settings("plex-butler"),
        &mut Diagnostics::default(),
    )
    .unwrap();
    beside(&root.join("generator/tests/butler"), || {
        insta::assert_snapshot!("model", api.to_string());
    });
    // The accepted files of Butler are those of `generated/`.
    let settings = Settings {
        docs: true,
        ..settings("plex-butler")
    };
    for file in generate(&source, &settings).unwrap().files {
        let accepted = fs::read_to_string(root.join("generated").join(&file.path)).unwrap();
        assert!(
            accepted == file.text,
            "{}: run `cargo xtask codegen`",
            file.path
        );
    }
}

#[test]
fn findings_are_as_accepted() {
    for_each("diagnostics", |fixture| {
        let findings = match generate(&fixture.source, &fixture.settings) {
            Ok(generated) => generated.warnings,
            Err(errors) => errors,
        };
        assert!(!findings.is_empty());
        beside(&fixture.folder, || {
            insta::assert_snapshot!("report", report::render(&fixture.source, &findings));
        });
    });
}

#[test]
fn the_same_api_in_3_0_gives_the_same_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let new = Source::read(&root.join("../spec/butler.yaml")).unwrap();
    let old = Source::read(&root.join("tests/butler/butler-3.0.yaml")).unwrap();
    let new = generate(&new, &settings("plex-butler")).unwrap().files;
    let old = generate(&old, &settings("plex-butler")).unwrap().files;
    for (new, old) in new.iter().zip(&old) {
        assert_eq!(new.text, old.text.replace("3.0.3", "3.1.0"), "{}", new.path);
    }
    assert_eq!(new.len(), old.len());
}

/// A document that is made, so that it cannot go stale or need not be read.
fn made(name: &str, text: String) -> Fixture {
    Fixture {
        name: name.to_owned(),
        folder: PathBuf::new(),
        source: Source::new(format!("{name}.json"), text),
        settings: settings(&name.replace('_', "-")),
    }
}

/// A document whose names are those of the catalogue of the runtime, one of many types, and one of texts that are made
/// to become code.
fn all_made() -> [Fixture; 3] {
    [
        made("reserved_names", support::reserved::document()),
        made("many_types", support::many::document()),
        made("hostile_everywhere", support::hostile::all()),
    ]
}

#[test]
fn many_types_stand_in_modules() {
    let [_, many, _] = all_made();
    let files = files(&many);
    let text = |path: &str| {
        let mut files = files.iter();
        let file = files.find(|file| file.path == path);
        &*file.unwrap_or_else(|| panic!("{path} is missing")).text
    };
    for file in &files {
        assert!(file.text.lines().count() <= 3000, "{}", file.path);
    }
    let root = text("src/types/mod.rs");
    for (module, types) in [
        ("pets", ["OwnPart3", "PetPart3"]),
        ("users", ["Users", "Users"]),
    ] {
        let within = text(&format!("src/types/{module}.rs"));
        for name in types {
            assert!(within.contains(&format!("pub struct {name} ")), "{name}");
        }
        assert!(root.contains(&format!("pub use self::{module}::*;")));
    }
    for (module, name) in [("token", "TokenRedPart3"), ("token_blue", "TokenBluePart3")] {
        let within = text(&format!("src/types/{module}.rs"));
        assert!(within.contains(&format!("pub struct {name} ")), "{name}");
    }
    assert!(text("src/types/pets.rs").contains("Option<super::TokenBluePart3>"));
    for name in ["SharedPart3", "Lone"] {
        assert!(root.contains(&format!("pub struct {name} ")), "{name}");
    }
}

/// The crates form a workspace of their own, which shares the compiled dependencies. What has not
/// changed is not written again, so that it is not compiled again.
#[test]
fn every_fixture_compiles_and_pleases_clippy_and_rustfmt() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let mut written = BTreeSet::new();
    let mut write = |path: PathBuf, text: &str| {
        if fs::read_to_string(&path).ok().as_deref() != Some(text) {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        }
        written.insert(path);
    };
    let fixtures = folders("fixtures");
    let fixtures = fixtures.iter().map(|folder| support::fixture(folder));
    for mut fixture in fixtures.chain(all_made()) {
        fixture.settings.docs = true;
        for file in files(&fixture) {
            // A string may have anything.
            let is_block = |line: &str| {
                let mut starts = ["/**", "/*!"]
                    .into_iter()
                    .flat_map(|start| line.match_indices(start));
                starts.any(|(at, _)| line[..at].matches('"').count().is_multiple_of(2))
            };
            let docs = file.text.lines().map(str::trim_start);
            let mut code = docs.filter(|line| !line.starts_with("//"));
            let is_code = file.path.starts_with("src/");
            assert!(
                !is_code || !code.any(is_block),
                "{}: {}",
                fixture.name,
                file.path
            );
            write(folder.join(&fixture.name).join(&file.path), &file.text);
        }
    }
    for (path, text) in programs().into_iter().chain(modules()) {
        write(folder.join(path), &text);
    }
    let manifest = "[workspace]\nmembers = [\"*\"]\nresolver = \"3\"\n";
    write(folder.join("Cargo.toml"), manifest);
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    remove_others(&folder, &written);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", target)
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{arguments:?}\n{text}\n{errors}");
    };
    run(&["fmt", "--all", "--check"]);
    run(&[
        "clippy",
        "--workspace",
        "--exclude",
        "programs",
        // Its words are odd for documentation.
        "--exclude",
        "hostile-everywhere",
        "--no-default-features",
        "--features",
        "mock",
        "--offline",
        "--quiet",
        "--",
        "--deny",
        "warnings",
        "--warn",
        "clippy::pedantic",
    ]);
    run(&[
        "clippy",
        "--package",
        "programs",
        "--package",
        "hostile-everywhere",
        "--offline",
        "--quiet",
        "--",
        "--deny",
        "warnings",
    ]);
    run(&["test", "--package", "programs", "--offline", "--quiet"]);
}

/// The programs that people write with clients: a crate that depends on those of some fixtures.
fn programs() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let folders = ["", "src", "tests"].map(|folder| root.join(folder));
    let entries = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = entries.map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.is_file());
    files
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(&root).unwrap();
            (Path::new("programs").join(path), text)
        })
        .collect()
}

/// A crate with every fixture as a module of it, but for those whose types are of other crates.
fn modules() -> Vec<(PathBuf, String)> {
    let root = Path::new("modules");
    let mut files = Vec::new();
    let mut declared = String::new();
    for folder in folders("fixtures") {
        let mut fixture = fixture(&folder);
        let settings = &mut fixture.settings;
        let has_own = !settings.dependencies.is_empty() || !settings.types.is_empty();
        if has_own || settings.dates != Dates::default() {
            continue;
        }
        settings.kind = Product::Module;
        settings.features = ["blocking", "mock", "reqwest", "stream"]
            .map(Into::into)
            .to_vec();
        let name = format!("of_{}", fixture.name.replace('-', "_"));
        declared.extend(["pub mod ", &name, ";\n"]);
        let of_module = self::files(&fixture).into_iter();
        files.extend(
            of_module.map(|file| (root.join("src").join(&name).join(file.path), file.text)),
        );
    }
    files.push((root.join("src/lib.rs"), declared));
    let manifest = format!("{MODULES}{}", dependencies());
    files.push((root.join("Cargo.toml"), manifest));
    files
}

const MODULES: &str = "[package]\nname = \"modules\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\npublish = false\n\n[dependencies]\nchrono = { version = \"0.4\", default-features = false, features = [\"serde\", \"std\"] }\n";

/// What modules with these features are built on.
fn dependencies() -> String {
    let lines = DEPENDENCIES
        .iter()
        .filter(|of| !of.name.starts_with("rustls") && of.name != "tracing");
    let lines = lines.map(|of| {
        let more: &[&str] = if of.name == "tokio" { &["fs", "rt-multi-thread"] } else { &[] };
        let features: Vec<_> = of.features.iter().chain(more).map(|name| format!("{name:?}")).collect();
        let (name, version, default) = (of.name, of.version, of.default_features);
        let features = features.join(", ");
        format!("{name} = {{ version = {version:?}, default-features = {default}, features = [{features}] }}\n")
    });
    lines.collect()
}

/// Removes the files of an earlier run that are none of this one.
fn remove_others(folder: &Path, written: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            remove_others(&path, written);
            if fs::read_dir(&path).unwrap().next().is_none() {
                fs::remove_dir(&path).unwrap();
            }
        } else if !written.contains(&path) && path.file_name() != Some("Cargo.lock".as_ref()) {
            fs::remove_file(&path).unwrap();
        }
    }
}

/// The functions of an implementation in a generated file.
fn functions<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    let (_, body) = text.split_once(start).unwrap();
    let body = body.split("\n}").next().unwrap();
    let functions = body
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub fn "));
    functions
        .map(|line| line.split(['(', '<']).next().unwrap())
        .collect()
}

#[test]
fn every_function_of_a_builder_is_reserved() {
    let folders = folders("fixtures");
    let plain = folders
        .iter()
        .find(|folder| folder.ends_with("servers"))
        .unwrap();
    let fixture = fixture(plain);
    let generated = generate(&fixture.source, &fixture.settings).unwrap();
    let client = generated
        .files
        .iter()
        .find(|file| file.path == "src/client.rs")
        .unwrap();
    let functions = functions(&client.text, "impl ClientBuilder {");
    assert!(functions.contains(&"base_url") && functions.contains(&"server"));
    for function in functions {
        assert!(BUILDER_NAMES.contains(&function), "{function}");
    }
}

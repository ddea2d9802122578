//! `cargo xtask ci`: everything that has to pass before a change lands.

use std::path::Path;
use std::process::Command;

use butler_codegen::cli::{self, Outcome};

use crate::{called, deny, target, tidy, validators};

/// The commands for this workspace, in the order in which they fail fastest.
const OWN: [&[&str]; 7] = [
    &["fmt", "--all", "--check"],
    &[
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ],
    &["test", "--workspace"],
    &[
        "clippy",
        "--package",
        "butler-codegen",
        "--all-features",
        "--",
        "--deny",
        "warnings",
    ],
    &[
        "test",
        "--package",
        "butler-codegen",
        "--all-features",
        "--lib",
    ],
    &["doc", "--workspace", "--no-deps"],
    // A budget that ends soon, on a machine that does other work, too.
    &[
        "run",
        "--quiet",
        "--package",
        "xtask",
        "--",
        "mutate",
        "--count",
        "1000",
        "--seconds",
        "60",
    ],
];

/// The commands for the workspace of what validates the generator's work.
const VALIDATORS: [&[&str]; 6] = [
    &["fmt", "--check"],
    &["clippy", "--all-targets", "--", "--deny", "warnings"],
    &["test"],
    &["run", "--quiet", "--", "corpus", "generator/tests/fixtures"],
    &[
        "run",
        "--quiet",
        "--",
        "round-trip",
        "generator/tests/fixtures",
    ],
    &[
        "run",
        "--quiet",
        "--",
        "examples",
        "generator/tests/fixtures",
        "--no-check",
    ],
];

/// Runs all checks; the first that fails ends it.
pub fn run(root: &Path) -> Outcome {
    let clients = cli::Arguments::default();
    println!("==> cargo xtask tidy");
    if tidy::run(root) != Outcome::Done {
        return Outcome::Found;
    }
    println!("==> cargo xtask codegen --check");
    if cli::run(&clients, cli::Task::Check, &called(root)) != Outcome::Done {
        return Outcome::Found;
    }
    println!("==> cargo xtask deny");
    match deny::run(root, &target()) {
        Outcome::Done => {}
        // Without a registry there is no tool; where there is none, no dependency is new either.
        Outcome::BadInput => println!("licences, sources and advisories: not checked"),
        Outcome::Found => return Outcome::Found,
    }
    let own = OWN.map(|step| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(step);
        (step.join(" "), cargo)
    });
    let validators =
        VALIDATORS.map(|step| (format!("{} (validators)", step.join(" ")), validators(step)));
    let fixtures = [
        fixtures("doc", &["--no-deps"]),
        fixtures("test", &["--doc"]),
    ];
    for (shown, mut cargo) in own.into_iter().chain(fixtures).chain(validators) {
        println!("==> cargo {shown}");
        let cargo = cargo
            .current_dir(root)
            .env("RUSTDOCFLAGS", "--deny warnings");
        if !cargo.status().is_ok_and(|status| status.success()) {
            eprintln!("`cargo {shown}` failed");
            return Outcome::Found;
        }
    }
    Outcome::Done
}

/// A command for the fixtures' crates, which the tests have written: their documentation, its examples.
fn fixtures(command: &str, arguments: &[&str]) -> (String, Command) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args([command, "--workspace", "--offline", "--quiet"])
        .args(arguments)
        .args(["--no-default-features", "--features", "mock"])
        .arg("--manifest-path")
        .arg(target().join("tmp/fixtures/Cargo.toml"))
        .env("CARGO_TARGET_DIR", target());
    (format!("{command} (fixtures)"), cargo)
}

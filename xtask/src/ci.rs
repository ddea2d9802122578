//! `cargo xtask ci`: everything that has to pass before a change lands.

use std::path::Path;
use std::process::Command;

use butler_codegen::cli::{self, Outcome};

use crate::{CONFIG, tidy};

/// The commands, in the order in which they fail fastest.
const STEPS: [&[&str]; 6] = [
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
    &["doc", "--workspace", "--no-deps"],
    &["xtask", "corpus", "generator/tests/fixtures"],
    &["xtask", "round-trip", "generator/tests/fixtures"],
];

/// Runs all checks; the first that fails ends it.
pub fn run(root: &Path) -> Outcome {
    let check = cli::Arguments {
        check: true,
        ..cli::Arguments::default()
    };
    println!("==> cargo xtask tidy");
    if tidy::run(root) != Outcome::Done {
        return Outcome::Found;
    }
    println!("==> cargo xtask codegen --check");
    if cli::run(&check, &root.join(CONFIG)) != Outcome::Done {
        return Outcome::Found;
    }
    for step in STEPS {
        println!("==> cargo {}", step.join(" "));
        let status = Command::new(env!("CARGO"))
            .args(step)
            .current_dir(root)
            .env("RUSTDOCFLAGS", "--deny warnings")
            .status();
        if !status.is_ok_and(|status| status.success()) {
            eprintln!("`cargo {}` failed", step.join(" "));
            return Outcome::Found;
        }
    }
    Outcome::Done
}

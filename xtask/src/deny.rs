//! `cargo xtask deny`: licences, sources and advisories of all dependencies, by `cargo-deny`.

use std::path::{Path, PathBuf};
use std::process::Command;

use butler_codegen::cli::Outcome;

/// The version of the tool.
const VERSION: &str = "0.20.2";

/// The workspaces whose dependencies are checked.
const WORKSPACES: [&str; 2] = ["Cargo.toml", "xtask/validation/Cargo.toml"];

/// Checks all dependencies. Advisories are checked where their database can be had.
pub fn run(root: &Path, target: &Path) -> Outcome {
    let Some(tool) = tool(target) else {
        eprintln!(
            "error: `cargo install cargo-deny@{VERSION} --locked` has failed; install it by hand"
        );
        return Outcome::BadInput;
    };
    for workspace in WORKSPACES {
        let manifest = root.join(workspace);
        println!("{workspace}: bans, licences, sources");
        let mut checks = deny(&tool, root, &manifest);
        checks.args(["bans", "licenses", "sources"]);
        if !checks.status().is_ok_and(|status| status.success()) {
            return Outcome::Found;
        }
        if advisories(&tool, root, &manifest) == Outcome::Found {
            return Outcome::Found;
        }
    }
    Outcome::Done
}

fn deny(tool: &Path, root: &Path, manifest: &Path) -> Command {
    let mut command = Command::new(tool);
    command
        .args(["--log-level", "error", "--locked", "--all-features"])
        .arg("--manifest-path")
        .arg(manifest)
        .arg("--config")
        .arg(root.join("xtask/deny.toml"))
        .args(["check", "--hide-inclusion-graph"]);
    command
}

/// Checks the advisories. Without network, there is no database, and that is said.
fn advisories(tool: &Path, root: &Path, manifest: &Path) -> Outcome {
    let Ok(output) = deny(tool, root, manifest).arg("advisories").output() else {
        return Outcome::Found;
    };
    if output.status.success() {
        println!("advisories: none");
        return Outcome::Done;
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let is_missing = [
        "fetch advisory database",
        "load any advisories",
        "FETCH_HEAD",
    ];
    if is_missing.iter().any(|part| errors.contains(part)) {
        println!("advisories: not checked, because their database cannot be fetched");
        return Outcome::Done;
    }
    eprint!("{errors}");
    Outcome::Found
}

/// The tool: the one that is installed, or else one that is installed beside what is compiled.
fn tool(target: &Path) -> Option<PathBuf> {
    let installed = PathBuf::from("cargo-deny");
    let own = target.join("tools/bin/cargo-deny");
    let has_version = |tool: &Path| {
        let output = Command::new(tool).arg("--version").output();
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(VERSION))
    };
    if let Some(tool) = [installed, own.clone()]
        .into_iter()
        .find(|tool| has_version(tool))
    {
        return Some(tool);
    }
    println!("installing cargo-deny {VERSION}");
    let status = Command::new(env!("CARGO"))
        // Building it without optimisation takes half of the time, and a run of it no second more.
        .args(["install", "--quiet", "--locked", "--debug", "--root"])
        .arg(target.join("tools"))
        .arg(format!("cargo-deny@{VERSION}"))
        .env("CARGO_TARGET_DIR", target.join("tools/build"))
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .status();
    status.is_ok_and(|status| status.success()).then_some(own)
}

//! Clients that are generated while a program is built: the whole of its `build.rs`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use crate::diagnostic::Diagnostic;
use crate::document::Source;
use crate::settings::{self, Settings};
use crate::{generate_module, report};

/// Generates the clients that the `codegen.toml` beside the program's manifest lists, each into one file of
/// Cargo's `OUT_DIR`: `petstore.rs` for the one that is called `petstore`. It is for a module of the program:
///
/// ```rust,ignore
/// mod petstore {
///     include!(concat!(env!("OUT_DIR"), "/petstore.rs"));
/// }
/// ```
///
/// Cargo runs it again when the file, a document or an overlay has changed. Warnings are Cargo's; an error ends
/// the build, with its place.
pub fn build() {
    let read = |name: &str| env::var_os(name).map(PathBuf::from);
    let (Some(folder), Some(out)) = (read("CARGO_MANIFEST_DIR"), read("OUT_DIR")) else {
        fail("this is for a build script, which Cargo runs");
    };
    let config = folder.join("codegen.toml");
    watch(&config);
    let clients = settings::read(&config).unwrap_or_else(|reason| fail(&reason));
    for client in clients {
        write(&client, &out);
    }
}

fn write(client: &Settings, out: &Path) {
    watch(&client.spec);
    client.overlays.iter().for_each(|file| watch(file));
    let source = Source::read_within(&client.spec, client.limits)
        .unwrap_or_else(|found| refuse(&Source::unread(&client.spec), &found));
    // What a document refers to is below its folder.
    if let Some(folder) = client.spec.parent().filter(|_| has_others(&source.text)) {
        watch(folder);
    }
    let (text, warnings) =
        generate_module(&source, client).unwrap_or_else(|found| refuse(&source, &found));
    for line in report::render(&source, &warnings).lines() {
        println!("cargo::warning={line}");
    }
    let file = out.join(client.name.replace('-', "_")).with_extension("rs");
    if fs::read_to_string(&file).ok().as_ref() != Some(&text)
        && let Err(error) = fs::write(&file, text)
    {
        fail(&format!("{}: {error}", file.display()));
    }
}

fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// Whether a document refers to other files.
fn has_others(text: &str) -> bool {
    let references = text.split("$ref").skip(1);
    let targets = references.map(|rest| rest.trim_start_matches(['"', '\'', ':', ' ']));
    targets.into_iter().any(|target| !target.starts_with('#'))
}

fn refuse(source: &Source, found: &[Diagnostic]) -> ! {
    fail(&report::render(source, found))
}

/// Ends the build, for this reason.
fn fail(reason: &str) -> ! {
    for line in reason.lines() {
        println!("cargo::error={line}");
    }
    process::exit(1)
}

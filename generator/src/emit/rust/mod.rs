//! The crate's source code.

mod call;
mod client;
mod codec;
mod docs;
pub(super) mod example;
mod expression;
mod header;
mod krate;
pub(super) mod layout;
mod manifest;
mod mock;
mod model;
mod outcome;
mod parameter;
mod request;
mod rustfmt;
mod server;
mod tag;
mod tokens;
mod uses;
mod webhook;
mod xml;

use std::panic::resume_unwind;
use std::thread;

use super::{File, MARK};
use crate::plan::{Plan, Tag};
use crate::runtime::{self, FILE, Piece};
use crate::stack;
use uses::{Module, Used};

/// Writes the source code of a crate; examples of its pages are compiled with its tests.
pub(super) fn emit(plan: &Plan, pages: &[File]) -> Vec<File> {
    let modules = modules(plan);
    let mut used = Used::default();
    for (_, more) in &modules {
        used.extend(more);
    }
    if plan.takes_bodies() {
        used.extension(FILE);
    }
    let pieces = used.pieces();
    let mut files: Vec<File> = modules.into_iter().map(|(file, _)| file).collect();
    files.extend(manifest::manifests(plan, &pieces));
    let root = krate::krate(plan, &pieces, pages);
    files.push(marked("src/lib.rs", &root));
    files.extend(runtime_files(&pieces));
    files
}

/// The modules of the crate, each with what it uses. The types and the tags are most of a large
/// crate: they are written by threads of their own.
fn modules(plan: &Plan) -> Vec<(File, Used)> {
    let servers = plan.client.as_ref().map_or(&[][..], |of| &of.servers);
    let headers = &plan.headers;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = plan.tags.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let has_types = !plan.models.is_empty();
        let types = has_types.then(|| {
            stack::spawn(scope, || {
                let modules = model::models(&plan.models, &plan.modules).into_iter();
                modules.map(in_file).collect::<Vec<_>>()
            })
        });
        let written = |tags: &[Tag]| {
            let written = |tag| [tag::tag(plan, tag), mock::tag(tag)].map(in_file);
            tags.iter().flat_map(written).collect()
        };
        let tags = plan.tags.chunks(share);
        let tags: Vec<_> = tags
            .map(|tags| stack::spawn(scope, move || written(tags)))
            .collect();
        let mut modules: Vec<Module> = plan.client.iter().map(client::client).collect();
        modules.extend((!servers.is_empty()).then(|| server::servers(servers)));
        modules.extend((!headers.is_empty()).then(|| header::headers(headers)));
        modules.extend((!plan.webhooks.is_empty()).then(|| webhook::webhooks(&plan.webhooks)));
        modules.extend((!plan.xml.elements.is_empty()).then(|| xml::xml(&plan.xml)));
        modules.extend(mock::mock(plan));
        let mut modules: Vec<_> = modules.into_iter().map(in_file).collect();
        for thread in tags.into_iter().chain(types) {
            modules.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        modules
    })
}

fn in_file(module: Module) -> (File, Used) {
    let path = format!("src/{}.rs", module.name.trim_start_matches("r#"));
    (marked(&path, &module.text), module.used)
}

fn marked(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: format!("// {MARK}\n\n{text}"),
    }
}

/// The files of the runtime, copied byte for byte behind the mark, and the modules they are in.
fn runtime_files(pieces: &[&Piece]) -> Vec<File> {
    let copied = pieces
        .iter()
        .map(|piece| (piece.path.to_owned(), piece.text.to_owned()));
    let files = copied.chain(runtime::modules(pieces));
    files
        .map(|(path, text)| marked(&format!("src/runtime/{path}.rs"), &text))
        .collect()
}

//! The crate's `README.md`.

use super::links;
use super::markdown::{self, anchor, paragraphs, summary, table};
use super::operation::usual;
use crate::emit::KEPT;
use crate::emit::rust::example;
use crate::plan::{Credential, Operation, Plan, Tag, Text};
use crate::runtime::LICENSES;

/// How many operations a table may have before it is folded.
const MOST: usize = 60;

/// The whole file.
pub(super) fn readme(plan: &Plan) -> String {
    let krate = &plan.krate;
    let mut blocks = vec![
        format!("# {}", krate.name),
        paragraphs(&krate.docs),
        KEPT.join("\n"),
        "## Installation".to_owned(),
        format!(
            "```sh\ncargo add {} tokio --features tokio/macros,tokio/rt-multi-thread\n```",
            krate.name
        ),
    ];
    if let Some(program) = quick_start(plan) {
        blocks.push("## Quick start".to_owned());
        blocks.push(format!("```rust,no_run\n{}\n```", program.trim_end()));
    }
    blocks.extend(authentication(plan));
    blocks.extend(servers(plan));
    if plan.client.is_some() {
        blocks.push(ERRORS.to_owned());
        let stream = if plan.takes_bodies() { STREAM } else { "" };
        blocks.push(FEATURES.replace("{stream}\n", &format!("{stream}\n")));
        blocks.extend(operations(plan));
    }
    if !plan.models.is_empty() {
        let types = "docs/types.md";
        blocks.push(format!(
            "The [types]({types}) of requests and responses are in `{}::types`.",
            krate.name.replace('-', "_")
        ));
    }
    blocks.push(SEMVER.to_owned());
    if plan.client.is_some() {
        let licenses = LICENSES.map(|license| format!("`{license}`")).join(", ");
        blocks.push(format!(
            "## Licenses\n\nWhat this crate is built on, with all of its features, is under licenses of these kinds, or leaves\nthe choice of one: {licenses}."
        ));
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n")
}

const ERRORS: &str = "## Errors

A call returns a `Response` or an `Error`. `Error::Api` is a response that the document describes as an
error, with its body; `error.status()`, `error.message()`, `error.request_id()` and
`error.body_text()` tell of any of them. `error.is_timeout()` and `error.is_connect()` tell why no
response came.

## Time limits and retries

A call has 60 seconds, connecting 10, and the server may be silent for 60 within a body: `timeout`,
`connect_timeout` and `read_timeout` of the builder change that. A body that is read whole may have 16 MiB
(`body_limit`). Where that is safe, a call is sent again, up to twice, when the connection fails or the server
responds with 408, 429, 502, 503 or 504: `retry` of the builder or of a call takes another `Retry`.";

const FEATURES: &str = "## Features

* `rustls` (default): TLS by rustls, with the cryptography of aws-lc.
* `rustls-ring`: the same with that of ring, unless the program has installed another; it is built in less
  time. Programs that make a `reqwest::Client` themselves need a TLS feature of `reqwest` besides.
* `native-tls`: TLS by the operating system.
* `gzip` (default), `brotli`, `zstd`: compressed responses.
* `http2`: HTTP/2.
* `system-proxy` (default): the proxies of the system.
* `blocking`: `blocking_send` of a call, in place of awaiting it, and `blocking_next` of streams and pages.
* `tracing`: a span for each attempt, with the names of OpenTelemetry.
* `mock`: a test double in the module `mock`, for the dependencies of tests.
{stream}
Those of TLS, compression, HTTP/2 and proxies bring the feature `reqwest`. Without it there is no HTTP client:
`transport` of the builder takes what sends requests. So it is built for WebAssembly.";

const STREAM: &str = "* `stream`: a `tokio::fs::File` as a body, or as a part of one.\n";

const SEMVER: &str = "## Versions

Structs and enums are `#[non_exhaustive]`: a new optional member, value, variant, parameter or operation
of the API breaks no caller.";

/// The call that the document has the most to say about: one with an example of success, of the first
/// tag that has one.
fn quick_start(plan: &Plan) -> Option<String> {
    let mut all = plan
        .tags
        .iter()
        .flat_map(|tag| tag.operations.iter().map(move |of| (tag, of)));
    let is_plain = |of: &Operation| {
        let call = of.calls.first();
        !of.deprecated && call.is_some_and(|call| call.example.is_some())
    };
    let (tag, operation) = all.find(|(_, of)| is_plain(of))?;
    example::program(plan, tag, operation)
}

fn authentication(plan: &Plan) -> Vec<String> {
    let credentials = plan
        .client
        .as_ref()
        .map_or(&[][..], |client| &client.credentials);
    let row = |of: &Credential| {
        vec![
            format!("`{}`", of.setter.as_str()),
            markdown::cell(&of.docs),
        ]
    };
    let rows: Vec<_> = credentials.iter().map(row).collect();
    let table = table(&["Function of the builder", "What it sets"], &rows);
    if table.is_empty() {
        Vec::new()
    } else {
        vec!["## Authentication".to_owned(), table]
    }
}

fn servers(plan: &Plan) -> Vec<String> {
    let Some(client) = &plan.client else {
        return Vec::new();
    };
    let urls = client.urls.iter().map(|(url, about)| {
        let between = if about.is_empty() { "" } else { ": " };
        format!("* {}{between}{about}", Text::code(url))
    });
    let urls = urls.collect::<Vec<_>>().join("\n");
    vec!["## Servers".to_owned(), paragraphs(&client.base_url), urls]
}

/// A table of all operations for each tag, folded where they are many.
fn operations(plan: &Plan) -> Vec<String> {
    let count: usize = plan.tags.iter().map(|tag| tag.operations.len()).sum();
    let mut blocks = vec!["## Operations".to_owned()];
    for tag in &plan.tags {
        let page = links::page_of_tag(tag);
        let table = table_of(tag, &page);
        let name = tag.client.as_str();
        if count > MOST {
            blocks.push(format!("<details>\n<summary>{name} ({})</summary>\n\n[{name}]({page})\n\n{table}\n</details>", tag.operations.len()));
        } else {
            blocks.push(format!("### [{name}]({page})\n\n{table}"));
        }
    }
    blocks
}

fn table_of(tag: &Tag, page: &str) -> String {
    let rows = tag.operations.iter().filter_map(|of| {
        let (name, docs) = usual(of)?;
        Some(vec![
            format!("[`{name}`]({page}#{})", anchor(name)),
            markdown::code(&format!("{} {}", of.method, of.path)),
            summary(docs),
        ])
    });
    table(
        &["Function", "Request", "Description"],
        &rows.collect::<Vec<_>>(),
    )
}

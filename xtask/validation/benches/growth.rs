//! How the time of generating grows with the size of the document: of each kind of thing there is
//! one, two, four and eight times as much. Linear growth keeps the last column at one. Each document
//! is generated in a process of its own, as people run it: what an earlier one has left in the heap
//! slows down none. Names of kinds behind `--` choose them.
//!
//! Memory is `mimalloc`'s: glibc's allocator takes longer for a block the larger the heap is, and
//! makes the last column 1.2 where eight times as many instructions are executed.

use std::env;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use butler_codegen::document::Source;
use butler_codegen::generate;
use butler_codegen::settings::Settings;
use serde_json::{Map, Value, json};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How much there is of each kind of thing in the smallest document.
const SIZES: [(&str, usize); 9] = [
    ("operations", 1600),
    ("operations of one name", 1600),
    ("tags", 1600),
    ("types", 4000),
    ("inline types", 4000),
    ("unions", 1200),
    ("variants", 400),
    ("enum values", 8000),
    ("descriptions", 4000),
];

/// What the documents of all kinds together are called.
const EVERYTHING: &str = "everything";

fn main() {
    let mut arguments = env::args().skip_while(|argument| argument != MEASURE);
    if let (Some(kind), Some(factor)) = (arguments.nth(1), arguments.next()) {
        let factor = factor.parse().expect("the factor is a number");
        println!("{}", time(&kind, factor).as_micros());
        return;
    }
    println!(
        "{:<24} {:>8} {:>8} {:>8} {:>8}  8x / 8 of 1x",
        "", "1x", "2x", "4x", "8x"
    );
    let kinds = SIZES.iter().map(|(kind, _)| *kind);
    let chosen: Vec<String> = env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let is_chosen = |kind: &&str| chosen.is_empty() || chosen.iter().any(|name| name == kind);
    for kind in kinds.chain([EVERYTHING]).filter(is_chosen) {
        let times = [1, 2, 4, 8].map(|factor| least(kind, factor));
        let ratio = times[3].as_secs_f64() / (8.0 * times[0].as_secs_f64());
        let shown = times.map(|time| format!("{:>6.0}ms", time.as_secs_f64() * 1000.0));
        println!("{kind:<24} {}  {ratio:.2}", shown.join(" "));
    }
}

/// The argument in front of what a process of its own measures.
const MEASURE: &str = "measure";

/// The least of several times, each taken in a process of its own.
fn least(kind: &str, factor: usize) -> Duration {
    const RUNS: usize = 2;
    let run = || {
        let mut command = Command::new(env::current_exe().expect("the bench has a path"));
        command.args([MEASURE, kind, &factor.to_string()]);
        let output = command.output().expect("the bench can run itself");
        let text = String::from_utf8_lossy(&output.stdout);
        Duration::from_micros(text.trim().parse().expect("a run prints its time"))
    };
    (0..RUNS).map(|_| run()).min().unwrap_or_default()
}

/// How long a document takes.
fn time(kind: &str, factor: usize) -> Duration {
    let size = SIZES.iter().find(|(name, _)| *name == kind);
    let document = match size {
        Some((_, size)) => document(kind, size * factor),
        None => everything(factor),
    };
    let source = Source::new("growth.json".to_owned(), document.to_string());
    drop(document);
    let settings = Settings {
        name: "growth".to_owned(),
        version: "0.1.0".to_owned(),
        ..Settings::default()
    };
    let started = Instant::now();
    let generated = generate(black_box(&source), &settings).map_err(|errors| errors.len());
    let time = started.elapsed();
    generated.expect("the document is right");
    time
}

fn everything(factor: usize) -> Value {
    let mut whole = json!({ "paths": {}, "components": { "schemas": {} } });
    for (kind, size) in SIZES {
        let part = document(kind, size / 4 * factor);
        for at in ["/paths", "/components/schemas"] {
            let Some(Value::Object(part)) = part.pointer(at) else {
                continue;
            };
            let part = part.clone().into_iter();
            if let Some(Value::Object(properties)) = whole.pointer_mut(at) {
                properties.extend(part);
            }
        }
    }
    with_head(whole)
}

/// What names of a kind hold, so that those of all kinds differ.
fn word(kind: &str) -> String {
    kind.replace(' ', "")
}

fn document(kind: &str, size: usize) -> Value {
    let own = word(kind);
    let mut paths: Map<String, Value> = (0..size)
        .filter_map(|index| Some((format!("/{own}/{index}/{{id}}"), path(kind, index)?)))
        .collect();
    let mut schemas: Map<String, Value> = (0..size)
        .filter_map(|index| Some((format!("{own}{index}"), schema(kind, index, size)?)))
        .collect();
    schemas.extend(whole(kind, size).map(|schema| (own.clone(), schema)));
    if !schemas.is_empty() {
        let items = schemas.keys().enumerate().map(|(index, name)| {
            let reference = format!("#/components/schemas/{name}");
            (format!("p{index}"), json!({ "$ref": reference }))
        });
        let items: Map<String, Value> = items.collect();
        let schema = json!({ "type": "object", "properties": items });
        paths.insert(format!("/{own}"), operation(&own, "tag", &schema));
    }
    with_head(json!({ "paths": paths, "components": { "schemas": schemas } }))
}

/// A path of the kind, where it is one of operations.
fn path(kind: &str, index: usize) -> Option<Value> {
    let text = json!({ "type": "string" });
    match kind {
        "operations" => Some(operation(&format!("operation {index}"), "tag", &text)),
        "operations of one name" => Some(operation("same", "tag", &text)),
        "tags" => Some(operation(
            &format!("tagged {index}"),
            &format!("tag {index}"),
            &text,
        )),
        _ => None,
    }
}

/// A schema of the kind, where it is one of schemas.
fn schema(kind: &str, index: usize, size: usize) -> Option<Value> {
    match kind {
        "types" => {
            let next = format!("#/components/schemas/{}{}", word(kind), (index + 1) % size);
            Some(object(&json!({ "$ref": next }), index))
        }
        "inline types" => {
            let name = format!("b{index}");
            let properties = json!({ "a": { "type": "string" }, name: { "type": "integer" } });
            Some(object(
                &json!({ "type": "object", "properties": properties }),
                index,
            ))
        }
        "unions" => {
            let constant = |variant| json!({ "const": format!("{variant}") });
            let variants = (0..4).map(|variant| object(&constant(variant), variant));
            Some(json!({ "oneOf": variants.collect::<Vec<_>>() }))
        }
        "descriptions" => {
            let link = "[link](https://example.com)";
            let text =
                format!("A *description* of {index}, with a {link} and `code`.\n\n* one\n* two");
            let property = json!({ "type": "string", "description": text });
            Some(json!({ "type": "object", "description": text, "properties": { "a": property } }))
        }
        _ => None,
    }
}

/// The schema that holds all of the kind.
fn whole(kind: &str, size: usize) -> Option<Value> {
    match kind {
        "variants" => {
            let variants = (0..size).map(|index| object(&json!({ "type": "integer" }), index));
            Some(json!({ "oneOf": variants.collect::<Vec<_>>() }))
        }
        "enum values" => {
            let values: Vec<String> = (0..size).map(|index| format!("value {index}")).collect();
            Some(json!({ "type": "string", "enum": values }))
        }
        _ => None,
    }
}

fn with_head(mut document: Value) -> Value {
    document["openapi"] = json!("3.1.0");
    document["info"] = json!({ "title": "Growth", "version": "1.0.0" });
    document["servers"] = json!([{ "url": "https://example.com" }]);
    document
}

fn operation(id: &str, tag: &str, schema: &Value) -> Value {
    json!({ "post": {
        "operationId": id,
        "tags": [tag],
        "parameters": [
            { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": "limit", "in": "query", "schema": { "type": "integer" } }
        ],
        "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { "a": { "type": "string" } } } } } },
        "responses": {
            "200": { "description": "Done.", "headers": { format!("x-{id}"): { "schema": { "type": "integer" } } }, "content": { "application/json": { "schema": schema } } },
            "404": { "description": "Missing." }
        }
    } })
}

fn object(inner: &Value, index: usize) -> Value {
    json!({ "type": "object", "required": ["kind"], "properties": { "kind": inner, "name": { "type": "string" }, format!("p{index}"): { "type": "boolean" } } })
}

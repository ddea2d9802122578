//! Documents that ask for more than they are: of time, of memory, of the compiler.

use std::fmt::Write as _;

use butler_codegen::document::{Limits, Source};
use butler_codegen::settings::Settings;
use serde_json::{Map, Value, json};

use super::circles::{self, schemas};
use super::{Crate, Document, Error, Outcome, check, settings};

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n";

fn yaml(rest: &str) -> Source {
    Source::new("a.yaml", format!("{HEAD}{rest}"))
}

fn json(document: &Value) -> Source {
    Source::new("a.json", document.to_string())
}

/// A document with this one operation.
fn operation(operation: &Value) -> Source {
    json(&json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://example.com" }],
        "paths": { "/a": { "get": operation } },
    }))
}

/// So many times.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

pub fn documents() -> Vec<Document> {
    let mut all = aliases();
    all.extend(texts());
    all.extend(circles::documents());
    all.extend(copies());
    all.extend(counts());
    all
}

/// YAML that grows, or that goes deep.
fn aliases() -> Vec<Document> {
    const LARGE: Outcome = Error("too-large", None);
    let laughs = lines(12, |index| match index {
        0 => "x-0: &a0 [a, a, a, a, a, a, a, a, a]\n".to_owned(),
        _ => format!(
            "x-{index}: &a{index} [{}]\n",
            vec![format!("*a{}", index - 1); 9].join(", ")
        ),
    });
    let long = format!(
        "x-a: &a '{}'\nx-b: [{}]\n",
        "a".repeat(100_000),
        vec!["*a"; 1000].join(",")
    );
    let many = format!(
        "x-a: &a [{}]\nx-b: [{}]\n",
        vec!["a"; 5000].join(","),
        vec!["*a"; 500].join(",")
    );
    let merged = format!(
        "x-a: &a {{ {} }}\nx-b:\n{}",
        lines(1000, |index| format!("k{index}: 1, ")),
        lines(3000, |index| format!("  m{index}: {{ <<: *a }}\n")),
    );
    vec![
        ("laughs", yaml(&laughs), LARGE),
        ("quadratic_text", yaml(&long), LARGE),
        ("quadratic_list", yaml(&many), LARGE),
        ("merge_keys", yaml(&merged), LARGE),
        (
            "alias_of_itself",
            yaml("x-a: &a [*a]\n"),
            Error("syntax", Some(4)),
        ),
        (
            "alias_of_nothing",
            yaml("x-a: *a\n"),
            Error("syntax", Some(4)),
        ),
        (
            "deep_flow",
            yaml(&format!("x-a: {}", "{\"\":[".repeat(8000))),
            Error("too-large", Some(4)),
        ),
        (
            "deep_list",
            yaml(&format!("x-a: {}", "[".repeat(100_000))),
            Error("too-large", Some(4)),
        ),
        (
            "deep_dashes",
            yaml(&format!("x-a:\n  {}a\n", "- ".repeat(5000))),
            Error("too-large", Some(5)),
        ),
        (
            "deep_blocks",
            yaml(&lines(1000, |depth| format!("{}x-a:\n", " ".repeat(depth)))),
            LARGE,
        ),
        (
            "deep_json",
            Source::new("a.json", "{\"a\":".repeat(100_000)),
            Error("too-large", Some(1)),
        ),
        ("few_aliases", yaml("x-a: &a [a]\nx-b: [*a, *a]\n"), Crate),
        (
            "merged_once",
            yaml("x-a: &a { b: 1 }\nx-b: { <<: *a }\n"),
            Crate,
        ),
    ]
}

/// Texts that are no documents, or nearly.
fn texts() -> Vec<Document> {
    const BROKEN: Outcome = Error("syntax", None);
    let source = |text: &str| Source::new("a.yaml", text);
    vec![
        ("empty", source(""), BROKEN),
        ("space", source(" \n\n"), BROKEN),
        ("comment", source("# a\n"), BROKEN),
        ("text", source("a"), Error("not-openapi", None)),
        ("list", source("[]"), Error("not-openapi", None)),
        ("nul", source("openapi: 3.1.0\0"), BROKEN),
        ("two_documents", yaml("---\na: b\n"), BROKEN),
        ("mark", Source::new("a.yaml", format!("\u{feff}{HEAD}")), Crate),
        ("tag", yaml("x-a: !!python/object/apply:os.system ['canaryX9__z']\n"), Crate),
        ("keys_that_are_no_text", yaml("x-a: { 1: a, true: b, ~: c, 1.5: d }\n"), Crate),
        ("key_that_is_a_list", yaml("x-a: { ? [a] : b }\n"), BROKEN),
        ("booleans_of_yaml_1_1", yaml("x-a: [yes, no, on, off, y]\n"), Crate),
        ("infinite", yaml("x-a: [.inf, -.inf, .nan]\n"), Crate),
        ("large_numbers", yaml("x-a: [1e400, 99999999999999999999999, -0, 0x7fffffffffffffff1]\n"), Crate),
        ("long_number", Source::new("a.json", json!({ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": {} }).to_string().replace("\"paths\"", &format!("\"x-a\": {}, \"paths\"", "9".repeat(400)))), Error("syntax", Some(1))),
        ("directive", source(&format!("%YAML 1.1\n---\n{HEAD}")), Crate),
        ("json_that_ends", Source::new("a.json", "{\"openapi\": \"3.1.0\""), BROKEN),
        ("json_with_more", Source::new("a.json", "{}{}"), BROKEN),
        ("json_with_comment", Source::new("a.json", "{\n\"a\": 1, // b\n\"c\": 2\n}"), Error("syntax", Some(2))),
        ("surrogate_alone", Source::new("a.json", "{\"a\": \"\\ud800\"}"), BROKEN),
        ("swagger", source("swagger: '2.0'\n"), Error("not-openapi", None)),
        ("version_of_tomorrow", source("openapi: 9.9.9\n"), Error("not-openapi", None)),
    ]
}

/// References by which a little is copied often.
fn copies() -> Vec<Document> {
    const LARGE: Outcome = Error("too-large", None);
    let head = |rest: Value| {
        let mut document =
            json!({ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": {} });
        document
            .as_object_mut()
            .unwrap()
            .extend(rest.as_object().unwrap().clone());
        json(&document)
    };
    let schemas = |schema: Value| {
        let schemas = (0..1000).map(|index| (format!("S{index}"), schema.clone()));
        json!({ "schemas": schemas.collect::<Map<String, Value>>() })
    };
    let path_items = (0..1000).map(|index| (format!("/a{index}"), json!({ "$ref": "#/x-item" })));
    let text = "a ".repeat(5000);
    let of_text = json!({ "type": "object", "description": { "$ref": "#/x-text" } });
    let of_example = json!({ "type": "object", "example": { "$ref": "#/x-text" } });
    let item = json!({ "get": { "description": text, "responses": {} } });
    let chain = (0..2000).map(|index| {
        let next = json!({ "$ref": format!("#/x-chain/S{}", index + 1) });
        (
            format!("S{index}"),
            json!({ "type": "array", "items": next }),
        )
    });
    let chain = chain.collect::<Map<String, Value>>();
    vec![
        (
            "texts_by_reference",
            head(json!({ "components": schemas(of_text), "x-text": text })),
            LARGE,
        ),
        (
            "examples_by_reference",
            head(json!({ "components": schemas(of_example), "x-text": [text] })),
            LARGE,
        ),
        (
            "path_items_by_reference",
            head(json!({ "paths": path_items.collect::<Map<String, Value>>(), "x-item": item })),
            LARGE,
        ),
        (
            "chain_outside_of_components",
            head(
                json!({ "components": { "schemas": { "S": { "$ref": "#/x-chain/S0" } } }, "x-chain": chain }),
            ),
            LARGE,
        ),
    ]
}

/// More of something than anybody writes.
fn counts() -> Vec<Document> {
    const LARGE: Outcome = Error("too-large", None);
    let one = |schema: Value| schemas(1, move |_| schema.clone());
    let values: Vec<String> = (0..10_000).map(|index| format!("v{index}")).collect();
    let properties = (0..5000).map(|index| (format!("p{index}"), json!({ "type": "string" })));
    let properties: Map<String, Value> = properties.collect();
    let parameters = (0..5000).map(|index| json!({ "name": format!("p{index}"), "in": "query", "schema": { "type": "string" } }));
    let paths = lines(16_000, |index| {
        format!("  /p{index}: {{ get: {{ responses: {{ '200': {{ description: d }} }} }} }}\n")
    });
    let words = |text: &str| one(json!({ "type": "object", "description": text }));
    let mut twice = String::from("x-a:\n");
    for _ in 0..1000 {
        let _ = writeln!(twice, "  a: 1");
    }
    vec![
        (
            "values",
            one(json!({ "type": "string", "enum": values })),
            Crate,
        ),
        (
            "properties",
            one(json!({ "type": "object", "properties": properties })),
            LARGE,
        ),
        (
            "parameters",
            operation(&json!({ "parameters": parameters.collect::<Vec<_>>(), "responses": {} })),
            LARGE,
        ),
        (
            "operations",
            Source::new("a.yaml", HEAD.replace("paths: {}\n", "paths:\n") + &paths),
            LARGE,
        ),
        ("long_text", words(&"a ".repeat(600_000)), LARGE),
        (
            "long_name",
            one(json!({ "type": "object", "properties": { "a".repeat(1_100_000): {} } })),
            LARGE,
        ),
        ("deep_quotes", words(&"> ".repeat(20_000)), Crate),
        ("deep_lists", words(&"- ".repeat(20_000)), Crate),
        ("deep_numbers", words(&"1. ".repeat(20_000)), Crate),
        ("brackets", words(&"[".repeat(20_000)), Crate),
        ("angles", words(&"<".repeat(20_000)), Crate),
        ("stars", words(&"*a **b ".repeat(5000)), Crate),
        ("declarations", words(&"<!a".repeat(10_000)), Crate),
        ("instructions", words(&"<?".repeat(10_000)), Crate),
        ("blocks_of_html", words(&"<div>\n".repeat(5000)), Crate),
        (
            "ticks",
            words(&format!("{}a{}", "`".repeat(9999), "`".repeat(10_000))),
            Crate,
        ),
        ("keys_twice", yaml(&twice), Crate),
        (
            "pattern",
            one(json!({ "type": "string", "pattern": "(".repeat(10_000) })),
            Crate,
        ),
        (
            "bounds",
            one(
                json!({ "type": "integer", "minimum": -1e308, "maximum": 1e308, "multipleOf": 0, "maxLength": -1 }),
            ),
            Crate,
        ),
    ]
}

#[test]
fn documents_take_no_more_than_they_may() {
    let usual = settings();
    // What takes gigabytes with the usual limits takes megabytes with these, and is refused in the same place.
    let small = Settings {
        limits: Limits {
            copies: 1_000_000,
            merges: 100_000,
            ..Limits::default()
        },
        ..settings()
    };
    for (name, mut source, outcome) in documents() {
        let settings = if outcome == Crate { &usual } else { &small };
        source.limits = settings.limits;
        check(name, &source, settings, outcome);
    }
}

#[test]
fn every_limit_is_the_cure_that_its_error_names() {
    let source = yaml("x-a: &a [a, b]\nx-b: [*a, *a]\n");
    let refused = |limits: Limits| {
        let mut source = source.clone();
        source.limits = limits;
        let settings = Settings {
            limits,
            ..settings()
        };
        butler_codegen::generate(&source, &settings).err()
    };
    let low = Limits {
        copies: 100,
        ..Limits::default()
    };
    let errors = refused(low).unwrap();
    assert!(errors[0].help.contains("`--limit copies=…`"));
    let mut raised = low;
    raised.set("copies", 10_000).unwrap();
    assert_eq!(refused(raised), None);
}

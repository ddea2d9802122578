//! Schemas and references that lead back to themselves, or to each other in many ways.

use butler_codegen::document::Source;
use serde_json::{Map, Value, json};

use super::{Crate, Document, Error};

/// A document with these schemas, the first of which is the response of an operation.
pub fn schemas(count: usize, schema: impl Fn(usize) -> Value) -> Source {
    let schemas = (0..count).map(|index| (format!("S{index}"), schema(index)));
    let schemas: Map<String, Value> = schemas.collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://example.com" }],
        "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": { "description": "d", "content": { "application/json": { "schema": to(0) } } } } } } },
        "components": { "schemas": schemas },
    });
    Source::new("a.json", document.to_string())
}

/// A reference to one of the schemas.
fn to(index: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/S{index}") })
}

/// Schemas and references that lead back to themselves, or to each other in many ways.
pub fn documents() -> Vec<Document> {
    let last = || json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let twice = |keyword: &'static str| {
        schemas(41, move |index| match index {
            40 => last(),
            _ => json!({ keyword: [to(index + 1), to(index + 1)] }),
        })
    };
    let everybody = |keyword: &'static str| {
        schemas(
            24,
            move |_| json!({ keyword: (0..24).map(to).collect::<Vec<_>>() }),
        )
    };
    let chain = |count: usize, link: fn(Value) -> Value| {
        schemas(count, move |index| {
            if index + 1 == count {
                last()
            } else {
                link(to(index + 1))
            }
        })
    };
    let ring = |count: usize, link: fn(Value) -> Value| {
        schemas(count, move |index| link(to((index + 1) % count)))
    };
    let held = |next: Value| json!({ "type": "object", "properties": { "n": next } });
    let needed =
        |next: Value| json!({ "type": "object", "required": ["n"], "properties": { "n": next } });
    let listed = |next: Value| json!({ "type": "array", "items": next });
    let derived = |next: Value| json!({ "allOf": [next, { "type": "object", "properties": { "p": { "type": "string" } } }] });
    vec![
        ("all_of_twice", twice("allOf"), Crate),
        ("one_of_twice", twice("oneOf"), Crate),
        ("any_of_twice", twice("anyOf"), Crate),
        ("all_of_everybody", everybody("allOf"), Crate),
        ("one_of_everybody", everybody("oneOf"), Crate),
        ("any_of_everybody", everybody("anyOf"), Crate),
        ("chain_of_references", chain(2000, |next| next), Crate),
        ("ring_of_references", ring(200, |next| next), Crate),
        ("reference_to_itself", ring(1, |next| next), Crate),
        ("object_of_itself", ring(1, needed), Crate),
        ("list_of_itself", ring(1, listed), Crate),
        ("ring_of_lists", ring(100, listed), Crate),
        ("all_of_itself", ring(1, derived), Crate),
        ("ring_of_all_of", ring(50, derived), Crate),
        ("chain_of_all_of", chain(100, derived), Crate),
        (
            "long_chain_of_all_of",
            chain(1000, derived),
            Error("too-large", None),
        ),
        ("ring_of_objects", ring(200, held), Error("too-large", None)),
        (
            "chain_of_objects",
            chain(200, needed),
            Error("too-large", None),
        ),
        ("short_ring_of_objects", ring(50, held), Crate),
        (
            "not_of_itself",
            ring(1, |next| json!({ "not": next })),
            Crate,
        ),
        (
            "map_of_itself",
            ring(
                1,
                |next| json!({ "type": "object", "additionalProperties": next }),
            ),
            Crate,
        ),
    ]
}

//! A document that has one text everywhere.

use serde_json::{Value, json};

/// A document that has a text wherever the specification allows any; its names carry a number, so that several can be
/// in one.
pub fn document(number: usize, text: &str) -> Value {
    let tag = format!("{text} {number}");
    let schema = format!("S{number}");
    let of_schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    let mut paths = json!({});
    paths[format!("/a{number}/{{id}}")] = json!({
        "summary": text,
        "description": text,
        "parameters": [{ "name": "id", "in": "path", "required": true, "description": text, "schema": { "type": "string" } }],
        "post": {
            "operationId": format!("{text}{number}"),
            "summary": text,
            "description": text,
            "tags": [tag],
            "externalDocs": { "url": "https://example.com", "description": text },
            "parameters": [
                { "name": text, "in": "query", "description": text, "schema": { "type": "string", "default": text, "enum": [text, "other"] } },
                { "name": format!("{text}y"), "in": "query", "schema": { "type": "array", "items": { "type": "string", "enum": [text, "b"] } } },
                { "name": "X-Plain", "in": "header", "description": text, "schema": { "type": "string" } },
            ],
            "requestBody": { "description": text, "content": { "application/json": { "schema": of_schema, "example": { "a": text } } } },
            "responses": {
                "200": {
                    "description": text,
                    "headers": { "X-Rate": { "description": text, "schema": { "type": "integer" } } },
                    "content": { "application/json": { "schema": of_schema, "examples": { text: { "summary": text, "value": text } } } },
                    "links": { text: { "operationId": format!("{text}{number}"), "description": text } },
                },
                "404": { "description": text, "content": { "application/json": { "schema": { "type": "string", "description": text, "enum": [text, "c"] } } } },
                "default": { "description": text },
            },
        },
    });
    let mut schemas = json!({});
    schemas[&schema] = json!({
        "title": text,
        "description": text,
        "type": "object",
        "required": [text],
        "properties": {
            text: { "type": "string", "title": text, "description": text, "default": text, "example": text, "pattern": text, "format": text },
            format!("{text}e"): { "type": "string", "enum": [text, format!("{text}2"), "plain"], "x-enum-descriptions": [text, text, text] },
            format!("{text}c"): { "const": text },
            format!("{text}u"): { "oneOf": [{ "type": "object", "title": text, "properties": { "kind": { "const": text } } }, { "type": "string" }], "description": text },
            format!("{text}m"): { "type": "object", "additionalProperties": { "type": "string", "description": text } },
        },
    });
    json!({
        "openapi": "3.1.0",
        "info": { "title": text, "summary": text, "description": text, "version": text, "termsOfService": "https://example.com", "contact": { "name": text }, "license": { "name": text } },
        "servers": [{ "url": "https://{host}.example.com", "description": text, "variables": { "host": { "default": text, "enum": [text, "b"], "description": text } } }],
        "tags": [{ "name": tag, "description": text, "externalDocs": { "url": "https://example.com", "description": text } }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { text: { "type": "apiKey", "in": "header", "name": "X-Key", "description": text } },
        },
        "security": [{ text: [] }],
        "webhooks": { format!("{text}{number}"): { "post": { "summary": text, "description": text, "requestBody": { "description": text, "content": { "application/json": { "schema": of_schema } } }, "responses": { "200": { "description": text } } } } },
    })
}

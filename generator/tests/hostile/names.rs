//! Names that are made to be paths, keywords, other names, or too long.

use butler_codegen::document::Source;
use serde_json::{Value, json};

use super::{Crate, check, settings};

/// Names of tags, schemas, operations, parameters and properties at once.
pub const NAMES: [(&str, &str); 38] = [
    ("empty", ""),
    ("space", " "),
    ("dot", "."),
    ("dots", ".."),
    ("above", "../a"),
    ("above_with_backslashes", "..\\..\\a"),
    ("root", "/etc/passwd"),
    ("drive", "C:\\a"),
    ("hidden", ".cargo/config"),
    ("main", "main"),
    ("main_with_extension", "main.rs"),
    ("bin", "bin/a"),
    ("build", "build"),
    ("lib", "lib"),
    ("mod", "mod"),
    ("con", "CON"),
    ("aux", "aux"),
    ("nul", "nul.rs"),
    ("keyword", "fn"),
    ("keyword_that_is_never_raw", "self"),
    ("type_of_itself", "Self"),
    ("crate", "crate"),
    ("underscore", "_"),
    ("option", "Option"),
    ("string", "String"),
    ("result", "Result"),
    ("std", "std"),
    ("serde", "serde"),
    ("client", "Client"),
    ("error", "Error"),
    ("runtime", "runtime"),
    ("digit", "1a"),
    ("emoji", "😀"),
    ("combining", "e\u{301}"),
    ("confusable", "раypal"),
    ("zero_width_joiner", "a\u{200d}b"),
    ("generic", "Vec<u8>; fn canaryX9__z() {} //"),
    ("macro", "canaryX9__z!"),
];

fn document(name: &str, twin: &str) -> Value {
    let operation = |name: &str| {
        json!({
            "operationId": name,
            "tags": [name],
            "parameters": [{ "name": name, "in": "query", "schema": { "type": "string", "enum": [name, twin] } }],
            "responses": { "200": { "description": "d", "content": { "application/json": { "schema": { "type": "object", "properties": { name: { "type": "string" }, twin: { "type": "array", "items": { "type": "object", "properties": { name: { "type": "integer" } } } } } } } } } },
        })
    };
    json!({
        "openapi": "3.1.0",
        "info": { "title": name, "version": "1" },
        "servers": [{ "url": "https://example.com" }],
        "paths": { "/a": { "get": operation(name), "post": operation(twin) } },
        "components": { "schemas": { "A": { "type": "object", "properties": { name: { "$ref": "#/components/schemas/A" }, twin: { "type": "string" } } } } },
    })
}

#[test]
fn names_become_names() {
    for (name, text) in NAMES {
        // The same but for what names are compared without.
        let twin = format!("{}_", text.to_uppercase());
        let source = Source::new("a.json", document(text, &twin).to_string());
        check(name, &source, &settings(), Crate);
    }
}

#[test]
fn long_names_have_short_files() {
    for letters in ["a", "aB", "日", "a b ", "ß"] {
        let long = letters.repeat(300);
        let document = document(&long, &format!("{long}x"));
        let source = Source::new("a.json", document.to_string());
        check(letters, &source, &settings(), Crate);
    }
}

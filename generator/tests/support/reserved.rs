//! A document in which everything is called like something that generated code uses.

use butler_codegen::plan::reserved_names;
use butler_codegen::runtime::exports;
use serde_json::{Map, Value, json};

/// Keywords, and names of modules and functions of the generated crates.
const OTHERS: [&str; 24] = [
    "as", "async", "build", "builder", "call", "client", "core", "crate", "gen", "headers", "lib",
    "main", "mod", "new", "request", "runtime", "self", "server", "super", "timeout", "type",
    "webhooks", "xml", "fn main",
];

/// Keywords of all editions (Rust Reference, "Keywords"), associated items of the standard traits,
/// and text of many classes of characters.
const UNUSUAL: [&str; 71] = [
    "abstract",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "raw",
    "ref",
    "return",
    "safe",
    "static",
    "struct",
    "trait",
    "true",
    "try",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "await",
    "macro_rules",
    "Err",
    "Error",
    "IntoFuture",
    "Item",
    "Key",
    "Output",
    "Owned",
    "Target",
    "_",
    "__",
    "-",
    "+1",
    "-1",
    "- 1",
    "1st",
    "x\u{b2}",
    "gr\u{f6}\u{df}e",
    "\u{6d88}\u{606f}",
    "\u{fb01}",
    "\u{2167}",
    "\u{1f642}",
    "e\u{301}",
    "\u{5d0}\u{5d1}",
    "\u{200d}",
];

/// The document. Each name is that of a tag, of an operation, of parameters, of a schema, of a
/// property and of a value, and the operations of each tag use all that generated code can.
pub fn document() -> String {
    let mut names: Vec<&str> = reserved_names().collect();
    names.extend(exports().map(|(_, name)| name));
    names.extend(OTHERS);
    names.sort_unstable();
    names.dedup();
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for name in &names {
        for (index, operation) in operations(name).into_iter().enumerate() {
            let (method, mut operation) = operation;
            operation["tags"] = json!([name]);
            operation["operationId"] = match index {
                0 => json!(name),
                _ => json!(format!("{name} {index}")),
            };
            paths.insert(
                format!("/{name}/{index}/{{{name}}}"),
                json!({ method: operation }),
            );
        }
        let properties =
            json!({ *name: { "type": "string", "nullable": true }, "kind": { "const": name } });
        let schema = json!({ "type": "object", "required": ["kind"], "properties": properties });
        schemas.insert((*name).to_owned(), schema);
    }
    let mut parameters = Vec::new();
    for name in UNUSUAL {
        let values = json!({ "type": "string", "enum": [name] });
        let schema =
            json!({ "type": "object", "properties": { name: values }, "required": [name] });
        parameters.push(json!({ "name": name, "in": "query", "schema": reference(name) }));
        schemas.insert(name.to_owned(), schema);
        names.push(name);
    }
    let responses = json!({ "204": { "description": "Done." } });
    let unusual =
        json!({ "operationId": "_unusual", "parameters": parameters, "responses": responses });
    paths.insert("/unusual".to_owned(), json!({ "get": unusual }));
    schemas.insert(
        "all names".to_owned(),
        json!({ "type": "string", "enum": names }),
    );
    let variants: Vec<Value> = names.iter().map(|name| reference(name)).collect();
    schemas.insert("any name".to_owned(), json!({ "oneOf": variants }));
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Reserved names", "version": "1.0.0" },
        "servers": [
            { "url": "https://{Server}.example.com", "variables": { "Server": { "default": "Token", "enum": ["Token", "Self"] } } },
            { "url": "https://example.com" }
        ],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "SERVER": { "type": "http", "scheme": "bearer" }, "build": { "type": "openIdConnect", "openIdConnectUrl": "https://example.com" } }
        },
        "security": [{ "SERVER": [] }, { "build": [] }]
    })
    .to_string()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn operations(name: &str) -> Vec<(&'static str, Value)> {
    let path = json!({ "name": name, "in": "path", "required": true, "style": "matrix", "schema": { "type": "array", "items": { "type": "string" } } });
    let query =
        |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "integer" } });
    let json_of = |schema: Value| json!({ "application/json": { "schema": schema } });
    let maps = json!({ "type": "object", "additionalProperties": reference(name) });
    let error = json!({ "description": "Error.", "content": json_of(reference("all names")) });
    vec![
        (
            "get",
            json!({ "parameters": [path, query(name), query("page"), query("limit")], "responses": {
                "200": { "description": "Page.", "content": json_of(json!({ "type": "array", "items": reference(name) })), "headers": { name: { "schema": { "type": "string" } } } },
                "default": error
            } }),
        ),
        (
            "post",
            json!({
                "parameters": [path, query(name)],
                "requestBody": { "required": true, "content": {
                    "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": { "a": { "type": "array", "items": { "type": "string" } } } }, "encoding": { "a": { "style": "form", "explode": false } } },
                    "multipart/form-data": { "schema": { "type": "object", "properties": { name: { "type": "string", "format": "binary" } } } },
                    "application/octet-stream": {},
                    "application/json": { "schema": maps }
                } },
                "responses": { "200": { "description": "Map.", "content": json_of(maps) }, "201": { "description": "Made." } }
            }),
        ),
        (
            "put",
            json!({ "parameters": [path], "responses": { "200": { "description": "Events.", "content": {
                "text/event-stream": { "schema": reference("any name") },
                "application/json": { "schema": { "type": "string" } }
            } } } }),
        ),
        (
            "delete",
            json!({ "parameters": [path], "responses": { "200": { "description": "XML.", "content": { "application/xml": { "schema": reference(name) } } } } }),
        ),
    ]
}

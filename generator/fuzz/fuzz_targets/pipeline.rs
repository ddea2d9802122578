//! A tree of the specification's words becomes a crate whose code parses, or is refused.

#![no_main]

use butler_codegen::document::Source;
use butler_codegen::generate;
use butler_codegen::settings::Settings;
use libfuzzer_sys::arbitrary::{self, Arbitrary, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};

/// Keys that mean something.
const KEYS: [&str; 34] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "items",
    "prefixItems",
    "properties",
    "required",
    "type",
    "enum",
    "const",
    "default",
    "example",
    "format",
    "nullable",
    "discriminator",
    "mapping",
    "propertyName",
    "additionalProperties",
    "pattern",
    "minimum",
    "readOnly",
    "writeOnly",
    "description",
    "title",
    "a",
    "b",
    "x-rust-name",
    "xml",
    "deprecated",
    "$defs",
    "patternProperties",
    "contentEncoding",
];

/// Values that mean something.
const TEXTS: [&str; 20] = [
    "#/components/schemas/A",
    "#/components/schemas/B",
    "#/components/schemas/C",
    "#/components/schemas/A/properties/a",
    "string",
    "integer",
    "number",
    "boolean",
    "object",
    "array",
    "null",
    "date-time",
    "int64",
    "binary",
    "byte",
    "uuid",
    "a",
    "b",
    "",
    "#",
];

#[derive(Debug)]
struct Schema(Value);

impl<'a> Arbitrary<'a> for Schema {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self(value(u, 0)?))
    }
}

fn value(u: &mut Unstructured<'_>, depth: usize) -> arbitrary::Result<Value> {
    const DEEPEST: u8 = 6;
    let last = if depth < usize::from(DEEPEST) { 8 } else { 4 };
    Ok(match u.int_in_range(0..=last)? {
        0 => Value::String((*u.choose(&TEXTS)?).to_owned()),
        1 => Value::String(u.arbitrary()?),
        2 => json!(u.arbitrary::<i64>()?),
        3 => json!(u.arbitrary::<f64>()?),
        4 => json!(u.arbitrary::<Option<bool>>()?),
        5 => {
            let count = u.int_in_range(0..=3)?;
            let items = (0..count).map(|_| value(u, depth + 1));
            Value::Array(items.collect::<arbitrary::Result<_>>()?)
        }
        _ => {
            let mut members = Map::new();
            for _ in 0..u.int_in_range(0..=4)? {
                let key = if u.ratio(9, 10)? {
                    (*u.choose(&KEYS)?).to_owned()
                } else {
                    u.arbitrary()?
                };
                members.insert(key, value(u, depth + 1)?);
            }
            Value::Object(members)
        }
    })
}

fuzz_target!(|schemas: [Schema; 4]| {
    let [Schema(a), Schema(b), Schema(c), Schema(parameter)] = schemas;
    let of_a = json!({ "$ref": "#/components/schemas/A" });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://example.com" }],
        "paths": { "/a": { "post": {
            "operationId": "a",
            "parameters": [{ "name": "q", "in": "query", "schema": parameter }],
            "requestBody": { "content": { "application/json": { "schema": of_a } } },
            "responses": { "200": { "description": "d", "content": { "application/json": { "schema": of_a } } } },
        } } },
        "components": { "schemas": { "A": a, "B": b, "C": c } },
    });
    let source = Source::new("a.json", document.to_string());
    let settings = Settings {
        name: "fuzzed".to_owned(),
        version: "0.1.0".to_owned(),
        docs: true,
        ..Settings::default()
    };
    let Ok(generated) = generate(&source, &settings) else {
        return;
    };
    for file in generated.files {
        let is_own = file.path.ends_with(".rs") && !file.path.starts_with("src/runtime/");
        let parsed = is_own.then(|| syn::parse_file(&file.text));
        if let Some(Err(error)) = parsed {
            panic!("{}: {error}\n{}", file.path, source.text);
        }
    }
});

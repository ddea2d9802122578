//! JSON Schema 2020-12, as 3.1 and 3.2 use it, in the words of 3.0.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::grammar::{Kind, Path, walk};

type Schema = Map<String, Value>;

/// Rewrites every schema.
pub fn rewrite(tree: &mut Value, diagnostics: &mut Diagnostics) {
    walk(
        tree,
        Kind::OpenApi,
        &Path::ROOT,
        &mut |kind, value, path| {
            if kind != Kind::Schema {
                return;
            }
            boolean(value);
            if let Value::Object(schema) = value {
                reference_siblings(schema);
                type_list(schema, path, diagnostics);
                constant(schema);
                examples(schema);
                exclusive_bound(schema, "exclusiveMinimum", "minimum");
                exclusive_bound(schema, "exclusiveMaximum", "maximum");
                content(schema);
            }
        },
    );
}

/// `true` allows everything, `false` nothing.
fn boolean(value: &mut Value) {
    match value {
        Value::Bool(true) => *value = json!({}),
        Value::Bool(false) => *value = json!({ "not": {} }),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {}
    }
}

/// 3.1 lets keywords stand beside `$ref`; in 3.0 they would be ignored.
fn reference_siblings(schema: &mut Schema) {
    if schema.len() < 2 || !schema.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    if let Some(reference) = schema.shift_remove("$ref") {
        let reference = json!({ "$ref": reference });
        match schema.get_mut("allOf") {
            Some(Value::Array(parts)) => parts.insert(0, reference),
            Some(_) | None => {
                schema.insert("allOf".to_owned(), json!([reference]));
            }
        }
    }
}

/// A list of types: null among them is `nullable`, one other type stands alone.
fn type_list(schema: &mut Schema, path: &Path<'_>, diagnostics: &mut Diagnostics) {
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(name)) if name == "null" => vec!["null"],
        Some(_) | None => return,
    };
    let nullable = types.contains(&"null");
    let others: Vec<_> = types.into_iter().filter(|name| *name != "null").collect();
    let single = match others[..] {
        [] => {
            schema.insert("enum".to_owned(), json!([null]));
            None
        }
        [name] => Some(name.to_owned()),
        [..] => {
            let message = format!("a value of several types ({})", others.join(", "));
            let help = "it is read and written as any JSON value";
            diagnostics.warning(Code::Untyped, &path.pointer(), message, help);
            None
        }
    };
    match single {
        Some(name) => schema.insert("type".to_owned(), Value::String(name)),
        None => schema.shift_remove("type"),
    };
    if nullable {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
}

/// `const` is an `enum` of one.
fn constant(schema: &mut Schema) {
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), Value::Array(vec![value]));
    }
}

/// 3.0 has one `example`.
fn examples(schema: &mut Schema) {
    if let Some(Value::Array(examples)) = schema.shift_remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        schema.entry("example").or_insert(first);
    }
}

/// In 3.1 an exclusive bound is the number itself, in 3.0 a flag beside the bound.
fn exclusive_bound(schema: &mut Schema, exclusive: &str, bound: &str) {
    if let Some(Value::Number(number)) = schema.get(exclusive).cloned() {
        schema.insert(bound.to_owned(), Value::Number(number));
        schema.insert(exclusive.to_owned(), Value::Bool(true));
    }
}

/// Binary content is a `format` in 3.0 ("Working with Binary Data" in 3.1).
fn content(schema: &mut Schema) {
    let format = match schema.shift_remove("contentEncoding") {
        Some(Value::String(encoding)) if encoding.starts_with("base64") => "byte",
        Some(_) | None => match schema.shift_remove("contentMediaType") {
            Some(Value::String(media)) if media == "application/octet-stream" => "binary",
            Some(_) | None => return,
        },
    };
    schema
        .entry("format")
        .or_insert_with(|| Value::String(format.to_owned()));
}

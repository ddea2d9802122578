//! JSON Schema 2020-12, as 3.1 and 3.2 use it, in the words of 3.0.

use serde_json::{Map, Value, json};

use super::applicators::{conditional, patterns, tuple, unevaluated, unsupported};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};
use crate::text::code_span;

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
                types_exist(schema, path, diagnostics);
                if schema.get("properties") == Some(&json!({})) {
                    schema.insert(super::extension::ANYTHING.to_owned(), Value::Bool(true));
                }
                // What is used of it has become components.
                schema.shift_remove("$defs");
                reference_siblings(schema);
                constraints(schema);
                unevaluated(schema);
                conditional(schema);
                unsupported(schema, path, diagnostics);
                tuple(schema);
                patterns(schema);
                type_list(schema);
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
        Value::Bool(true) => *value = json!({ super::extension::ANYTHING: true }),
        Value::Bool(false) => *value = json!({ "not": {} }),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {}
    }
}

/// The types that there are ("Data Types").
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// A type that does not exist is left out; that of files in version 2 is read as it was meant.
fn types_exist(schema: &mut Schema, path: &Path<'_>, diagnostics: &mut Diagnostics) {
    let mut unknown = Vec::new();
    let mut exists = |value: &Value| {
        let name = value.as_str().filter(|name| !TYPES.contains(name));
        unknown.extend(name.map(str::to_owned));
        name.is_none()
    };
    match schema.get_mut("type") {
        Some(Value::Array(types)) => types.retain(exists),
        Some(one) if !exists(one) => {
            schema.shift_remove("type");
        }
        Some(_) | None => {}
    }
    for name in unknown {
        let at = path.pointer().child("type");
        let is_file = name == "file";
        let (instead, help) = if is_file {
            schema.insert("type".to_owned(), "string".into());
            schema.insert("format".to_owned(), "binary".into());
            let help = "write `type: string` and `format: binary`";
            ("it is read as a file", help.to_owned())
        } else {
            let like = |of: &&str| strsim::normalized_damerau_levenshtein(of, &name);
            let nearest = TYPES.iter().max_by(|a, b| like(a).total_cmp(&like(b)));
            let help = match nearest.filter(|nearest| like(nearest) > 0.5) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("write one of: {}", TYPES.join(", ")),
            };
            ("it is left out", help)
        };
        let message = format!("`{name}` is no type; {instead}");
        diagnostics.violation(Code::WrongType, &at, message, help);
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

/// A list of types: null among them is `nullable`, one other type stands alone, several are a
/// choice, each with the keywords that are about it.
fn type_list(schema: &mut Schema) {
    let types: Vec<String> = match schema.get("type") {
        Some(Value::Array(types)) => types
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Some(Value::String(name)) if name == "null" => vec!["null".to_owned()],
        Some(_) | None => return,
    };
    let nullable = types.iter().any(|name| name == "null");
    let others: Vec<_> = types.into_iter().filter(|name| name != "null").collect();
    schema.shift_remove("type");
    match &others[..] {
        [] => {
            schema.insert("enum".to_owned(), json!([null]));
        }
        [name] => {
            schema.insert("type".to_owned(), Value::String(name.clone()));
        }
        [..] => {
            let parts = others.iter().map(|name| part(schema, name)).collect();
            for (_, keywords) in KEYWORDS {
                for keyword in keywords {
                    schema.shift_remove(*keyword);
                }
            }
            schema.shift_remove("enum");
            schema.insert("anyOf".to_owned(), Value::Array(parts));
        }
    }
    if nullable {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
}

/// Which keywords are about values of which type ("Validation Keywords", JSON Schema 2020-12).
const KEYWORDS: [(&str, &[&str]); 4] = [
    ("string", &["format", "pattern", "minLength", "maxLength"]),
    (
        "number",
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    ),
    (
        "array",
        &[
            "items",
            super::extension::TUPLE,
            "minItems",
            "maxItems",
            "uniqueItems",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
];

/// What a schema says about values of one type.
fn part(schema: &Schema, name: &str) -> Value {
    let mut part = Schema::new();
    part.insert("type".to_owned(), Value::String(name.to_owned()));
    let family = if name == "integer" { "number" } else { name };
    let keywords = KEYWORDS.iter().filter(|(about, _)| *about == family);
    for keyword in keywords.flat_map(|(_, keywords)| *keywords) {
        if let Some(value) = schema.get(*keyword) {
            part.insert((*keyword).to_owned(), value.clone());
        }
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        let fits = |value: &&Value| match value {
            Value::String(_) => name == "string",
            Value::Number(_) => family == "number",
            Value::Bool(_) => name == "boolean",
            Value::Null | Value::Array(_) | Value::Object(_) => false,
        };
        let values: Vec<Value> = values.iter().filter(fits).cloned().collect();
        if !values.is_empty() {
            part.insert("enum".to_owned(), Value::Array(values));
        }
    }
    Value::Object(part)
}

/// The constraints as words, in an extension of our own: types do not express them.
fn constraints(schema: &mut Schema) {
    let are_unique = schema.get("uniqueItems").and_then(Value::as_bool) == Some(true);
    let notes: Vec<Value> = CONSTRAINTS
        .iter()
        .filter_map(|(keyword, words)| Some((words, schema.get(*keyword)?)))
        .filter(|(_, value)| value.is_number() || value.is_string())
        .map(|(words, value)| match value.as_str() {
            Some(text) => format!("{words}: {}", code_span(text)),
            None => format!("{words}: `{value}`"),
        })
        .chain(are_unique.then(|| "Items are unique".to_owned()))
        .map(Value::String)
        .collect();
    if !notes.is_empty() {
        schema.insert(super::extension::NOTES.to_owned(), Value::Array(notes));
    }
}

/// The keywords that constrain values, and what they mean.
const CONSTRAINTS: [(&str, &str); 13] = [
    ("minimum", "At least"),
    ("exclusiveMinimum", "More than"),
    ("maximum", "At most"),
    ("exclusiveMaximum", "Less than"),
    ("multipleOf", "A multiple of"),
    ("minLength", "Shortest length"),
    ("maxLength", "Longest length"),
    ("pattern", "Pattern"),
    ("minItems", "Fewest items"),
    ("maxItems", "Most items"),
    ("minProperties", "Fewest properties"),
    ("maxProperties", "Most properties"),
    ("const", "Always"),
];

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
            Some(Value::String(media)) if is_binary(&media) => "binary",
            Some(_) | None => return,
        },
    };
    schema.entry("type").or_insert_with(|| "string".into());
    schema
        .entry("format")
        .or_insert_with(|| Value::String(format.to_owned()));
}

/// Whether a content is none of text.
fn is_binary(media: &str) -> bool {
    let starts = ["image/", "audio/", "video/", "font/", "application/vnd."];
    let whole = [
        "application/octet-stream",
        "application/pdf",
        "application/zip",
        "application/gzip",
    ];
    let is_text = media.ends_with("+xml") || media.ends_with("+json");
    whole.contains(&media) || starts.iter().any(|start| media.starts_with(start)) && !is_text
}

//! Values that a person would find plausible: the document's own, or made by format and name.

use serde_json::{Map, Value, json};

use crate::api::{Api, Docs, Enum, Format, Object, Presence, Scalar, Shape, TypeId};

/// How deep values go: what is optional is left out below.
const DEEPEST: usize = 6;

/// A value of a type, for something of this name. The document's example of it comes first.
pub(in crate::plan) fn value(api: &Api, id: TypeId, name: &str) -> Option<Value> {
    made(api, id, name, 0)
}

/// The values that the document gives for something: its example, its default.
fn written(docs: &Docs) -> impl Iterator<Item = &Value> {
    docs.example.iter().chain(&docs.default)
}

fn made(api: &Api, id: TypeId, name: &str, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    let (id, _) = api.types.resolve(id);
    let ty = &api.types[id];
    if let Some(value) = written(&ty.docs).find(|value| fits(api, id, value)) {
        return Some(value.clone());
    }
    match &ty.shape {
        Shape::Any => Some(json!({})),
        Shape::Scalar(scalar) => scalar_value(scalar, name),
        Shape::Enum(listed) => enum_value(listed),
        Shape::Array(item) => Some(Value::from(vec![made(api, *item, name, depth + 1)?])),
        Shape::Map(value) => {
            let value = made(api, *value, name, depth + 1)?;
            Some(json!({ "key": value }))
        }
        Shape::Object(object) => object_value(api, object, depth),
        Shape::Union(union) => {
            let mut variants = union.variants.iter();
            variants.find_map(|variant| {
                // Each level is tried for each variant.
                let mut value = made(api, variant.ty, name, depth + 2)?;
                if let (Some(tag), Some(text), Value::Object(members)) =
                    (&union.tag, variant.tags.first(), &mut value)
                {
                    members.insert(tag.clone(), text.clone().into());
                }
                Some(value)
            })
        }
        Shape::Tuple(_) | Shape::Nullable(_) | Shape::Alias(_) => None,
    }
}

/// Whether a value that the document gives is of the type: of its kind and, where it lists values, one
/// of them.
fn fits(api: &Api, id: TypeId, value: &Value) -> bool {
    match api.types.resolved_shape(id) {
        Shape::Any | Shape::Union(_) => true,
        Shape::Scalar(Scalar::Boolean) => value.is_boolean(),
        Shape::Scalar(Scalar::Integer(_)) => value.is_i64() || value.is_u64(),
        Shape::Scalar(Scalar::Number(_)) => value.is_number(),
        Shape::Scalar(Scalar::String(_) | Scalar::Foreign(_)) => value.is_string(),
        Shape::Enum(listed) => {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            listed.values.iter().any(|value| value.text == text)
        }
        Shape::Array(item) => value
            .as_array()
            .is_some_and(|values| values.iter().all(|value| fits(api, *item, value))),
        Shape::Map(_) | Shape::Object(_) => value.is_object(),
        Shape::Tuple(_) | Shape::Nullable(_) | Shape::Alias(_) => false,
    }
}

/// What has to be there, and the optional properties that the document gives examples for.
fn object_value(api: &Api, object: &Object, depth: usize) -> Option<Value> {
    let mut members = Map::new();
    for property in &object.properties {
        let fits = |value: &&Value| fits(api, property.ty, value);
        let example = property.docs.example.as_ref().filter(fits);
        let default = property.docs.default.as_ref().filter(fits);
        let value = match (property.presence, example) {
            (_, Some(value)) => value.clone(),
            (Presence::Required, None) => match default {
                Some(value) => value.clone(),
                None => made(api, property.ty, &property.name, depth + 1)?,
            },
            (_, None) => continue,
        };
        members.insert(property.name.clone(), value);
    }
    Some(Value::Object(members))
}

fn enum_value(listed: &Enum) -> Option<Value> {
    let first = &listed.values.first()?.text;
    match listed.scalar {
        Scalar::String(_) => Some(first.clone().into()),
        Scalar::Boolean | Scalar::Integer(_) | Scalar::Number(_) | Scalar::Foreign(_) => {
            first.parse::<i64>().ok().map(Value::from)
        }
    }
}

fn scalar_value(scalar: &Scalar, name: &str) -> Option<Value> {
    Some(match scalar {
        Scalar::Boolean => true.into(),
        Scalar::Integer(_) => integer(name).into(),
        Scalar::Number(Format(format)) if format.starts_with("int") => integer(name).into(),
        Scalar::Number(_) => 1.5.into(),
        Scalar::String(Format(format)) => text(format, name).into(),
        Scalar::Foreign(path) => parsed(path)?.into(),
    })
}

/// A text that parses as this type (`FromStr`), where it is one that the generator knows. `time::Date` does
/// not.
pub(super) fn parsed(path: &str) -> Option<&'static str> {
    Some(match path {
        "chrono::DateTime<chrono::FixedOffset>" | "jiff::Timestamp" | "crate::DateTime" => {
            "2026-01-31T12:00:00Z"
        }
        "chrono::NaiveDate" | "jiff::civil::Date" => "2026-01-31",
        "uuid::Uuid" => "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "url::Url" => "https://example.com/",
        "rust_decimal::Decimal" => "12.50",
        _ => return None,
    })
}

fn integer(name: &str) -> i64 {
    let name = name.to_lowercase();
    let known = [
        ("page", 1),
        ("limit", 20),
        ("size", 20),
        ("year", 2026),
        ("month", 1),
    ];
    let found = known.iter().find(|(word, _)| name.contains(word));
    found.map_or(1, |(_, value)| *value)
}

/// A text of a format, or one that something of this name would be.
fn text(format: &str, name: &str) -> String {
    let of_format = match format {
        "date-time" => "2026-01-31T12:00:00Z",
        "date" => "2026-01-31",
        "time" => "12:00:00Z",
        "duration" => "PT1H",
        "email" | "idn-email" => "ada@example.com",
        "uuid" => "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "uri" | "url" | "iri" | "uri-reference" => "https://example.com/",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "aGVsbG8=",
        "password" => "secret",
        _ => "",
    };
    if !of_format.is_empty() {
        return of_format.to_owned();
    }
    let lower = name.to_lowercase();
    let known = [
        ("email", "ada@example.com"),
        ("url", "https://example.com/"),
        ("uri", "https://example.com/"),
        ("phone", "+15550100"),
        ("currency", "eur"),
        ("country", "GB"),
        ("city", "London"),
        ("language", "en"),
        ("color", "blue"),
    ];
    let found = known.iter().find(|(word, _)| lower.ends_with(word));
    found.map_or_else(|| plain(name), |(_, text)| (*text).to_owned())
}

/// The name itself, as a word: `{owner}` is `owner`.
fn plain(name: &str) -> String {
    let words = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "-_ ".contains(*c));
    let words: String = words.collect();
    if words.trim().is_empty() {
        "text".to_owned()
    } else {
        words
    }
}

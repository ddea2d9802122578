//! Names that users give in generated code, in place of those that are made of the document's.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::unmatched;
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::document::NAME;
use crate::pointer::Pointer;

/// The extension that gives the names of listed values.
const VARIANTS: &str = "x-enum-varnames";

/// Writes the names where they are read: beside what they name.
pub(super) fn apply(
    names: &BTreeMap<String, String>,
    tree: &mut Value,
    diagnostics: &mut Diagnostics,
) {
    for (named, name) in names {
        let place = if named.starts_with('/') {
            Pointer::from_fragment(named)
        } else {
            found(named, tree)
        };
        let is_done = place.is_some_and(|place| give(tree, &place, name));
        if is_done {
            continue;
        }
        if named.starts_with('/') {
            let message = format!("nothing at `{named}` can be named");
            let help = "give the JSON Pointer of an operation, a parameter, a schema, a property or a listed value";
            diagnostics.fatal(Code::Unmatched, Place::File, message, help);
        } else {
            let known = known(tree);
            let known = known.iter().map(|(known, _)| &**known);
            unmatched("the operation or schema", named, known, diagnostics);
        }
    }
}

/// Operations and schemas by their names.
fn known(tree: &Value) -> Vec<(String, Pointer)> {
    let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let mut known = Vec::new();
    let paths = Pointer::root().child("paths");
    for (path, item) in members(&tree["paths"]) {
        for (method, operation) in members(&item) {
            if let Some(id) = operation["operationId"].as_str() {
                known.push((id.to_owned(), paths.below([&*path, &*method])));
            }
        }
    }
    let schemas = Pointer::root().below(["components", "schemas"]);
    let names = members(&tree["components"]["schemas"]).into_iter();
    known.extend(names.map(|(name, _)| {
        let place = schemas.child(&*name);
        (name, place)
    }));
    known
}

fn found(name: &str, tree: &Value) -> Option<Pointer> {
    let mut known = known(tree).into_iter();
    known
        .find(|(known, _)| known == name)
        .map(|(_, place)| place)
}

/// Gives what stands at a place a name; whether it can have one.
fn give(tree: &mut Value, place: &Pointer, name: &str) -> bool {
    let tokens = place.tokens();
    if let [.., "enum", index] = tokens[..] {
        let index: Option<usize> = index.parse().ok();
        let schema = place.above().and_then(Pointer::above);
        let schema = schema.and_then(|schema| schema.find_mut(tree));
        let (Some(index), Some(Value::Object(schema))) = (index, schema) else {
            return false;
        };
        return give_variant(schema, index, name);
    }
    let place = place.follow(tree).map(|(place, _)| place);
    let Some(place) = place.and_then(|place| described(tree, place)) else {
        return false;
    };
    match place.find_mut(tree) {
        Some(Value::Object(members)) => {
            members.insert(NAME.to_owned(), Value::from(name));
            true
        }
        Some(_) | None => false,
    }
}

/// Where what stands at a place is described: a parameter may be elsewhere, and has its name there; a property
/// has one of its own. `None` where references lead nowhere or back.
fn described(tree: &Value, place: Pointer) -> Option<Pointer> {
    const MOST: usize = 64;
    let mut place = place;
    for _ in 0..MOST {
        let reference = place.find(tree)?.get("$ref").and_then(Value::as_str);
        let is_property = place.tokens().iter().rev().nth(1) == Some(&"properties");
        match reference.filter(|_| !is_property) {
            Some(reference) => {
                place = reference
                    .strip_prefix('#')
                    .and_then(Pointer::from_fragment)?;
            }
            None => return Some(place),
        }
    }
    None
}

/// Gives one of the listed values a name; the others keep theirs.
fn give_variant(schema: &mut Map<String, Value>, index: usize, name: &str) -> bool {
    let Some(values) = schema.get("enum").and_then(Value::as_array) else {
        return false;
    };
    let count = values.len();
    let names = schema
        .entry(VARIANTS)
        .or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(names) = names else {
        return false;
    };
    names.resize(count.max(names.len()), Value::Null);
    match names.get_mut(index).filter(|_| index < count) {
        Some(own) => {
            *own = Value::from(name);
            true
        }
        None => false,
    }
}

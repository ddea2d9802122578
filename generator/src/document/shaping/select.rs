//! The part of a document that is wanted: operations that are not, and what they alone need, are removed
//! before anything is checked.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::{Selection, unmatched};
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;

/// The members of a path item that are operations, those of `additionalOperations` apart.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Removes the operations that are not wanted, and the components that nothing else refers to.
pub(super) fn apply(
    include: &Selection,
    exclude: &Selection,
    tree: &mut Value,
    diagnostics: &mut Diagnostics,
) {
    if include.is_empty() && exclude.is_empty() {
        return;
    }
    let Some(Value::Object(paths)) = tree.get_mut("paths") else {
        return;
    };
    check(include, exclude, paths, diagnostics);
    for (path, item) in paths.iter_mut() {
        let Value::Object(members) = item else {
            continue;
        };
        let is_wanted = |operation: &Value| {
            let is_included = include.is_empty() || matches(include, path, operation);
            is_included && !matches(exclude, path, operation)
        };
        if let Some(Value::Object(more)) = members.get_mut("additionalOperations") {
            more.retain(|_, operation| is_wanted(operation));
        }
        members.retain(|name, value| !METHODS.contains(&&**name) || is_wanted(value));
    }
    paths.retain(|path, item| {
        let has_operations = operations(item).next().is_some();
        let is_elsewhere = item.get("$ref").is_some()
            && (include.is_empty() || include.paths.iter().any(|pattern| is_like(pattern, path)));
        has_operations || is_elsewhere
    });
    if let Value::Object(members) = tree {
        members.shift_remove("webhooks");
    }
    prune(tree);
}

/// The operations of a path item.
fn operations(item: &Value) -> impl Iterator<Item = &Value> {
    let own = METHODS.iter().filter_map(|method| item.get(*method));
    let more = item.get("additionalOperations").and_then(Value::as_object);
    own.chain(more.into_iter().flat_map(Map::values))
}

fn matches(selection: &Selection, path: &str, operation: &Value) -> bool {
    let tags = operation["tags"].as_array().into_iter().flatten();
    let mut tags = tags.filter_map(Value::as_str);
    let id = operation["operationId"].as_str();
    tags.any(|tag| selection.tags.iter().any(|wanted| wanted == tag))
        || selection.paths.iter().any(|pattern| is_like(pattern, path))
        || id.is_some_and(|id| selection.operations.iter().any(|wanted| wanted == id))
}

/// Whether a text is as a pattern says, in which `*` stands for any characters.
fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| is_like(rest, &text[at..]))
        }),
    }
}

/// Reports what selects nothing.
fn check(
    include: &Selection,
    exclude: &Selection,
    paths: &Map<String, Value>,
    diagnostics: &mut Diagnostics,
) {
    let all = || paths.values().flat_map(operations);
    let tags: BTreeSet<&str> = all()
        .filter_map(|operation| operation["tags"].as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let ids: BTreeSet<&str> = all()
        .filter_map(|operation| operation["operationId"].as_str())
        .collect();
    for selection in [include, exclude] {
        for tag in selection.tags.iter().filter(|tag| !tags.contains(&***tag)) {
            unmatched("the tag", tag, tags.iter().copied(), diagnostics);
        }
        for id in selection
            .operations
            .iter()
            .filter(|id| !ids.contains(&***id))
        {
            unmatched("the operation", id, ids.iter().copied(), diagnostics);
        }
        for pattern in &selection.paths {
            if !paths.keys().any(|path| is_like(pattern, path)) {
                unmatched(
                    "the path",
                    pattern,
                    paths.keys().map(String::as_str),
                    diagnostics,
                );
            }
        }
    }
}

/// Removes the components that nothing refers to.
fn prune(tree: &mut Value) {
    let Some(components) = tree.get("components").cloned() else {
        return;
    };
    let mut reached = HashSet::new();
    let mut waiting: Vec<Pointer> = Vec::new();
    for (name, value) in tree.as_object().into_iter().flatten() {
        if name != "components" {
            references(value, &mut waiting);
        }
    }
    loop {
        while let Some(place) = waiting.pop() {
            if reached.insert(place.clone())
                && let Some(value) = place.find(tree)
            {
                references(value, &mut waiting);
            }
        }
        // What says of itself that it is one of the values of a schema with a discriminator is one, whether
        // that schema lists it or not ("Discriminator Object").
        waiting.extend(heirs(&components, &reached));
        if waiting.is_empty() {
            break;
        }
    }
    let Some(Value::Object(kinds)) = tree.get_mut("components") else {
        return;
    };
    for (kind, members) in kinds.iter_mut() {
        if let (Value::Object(members), false) = (members, kind == "securitySchemes") {
            members.retain(|name, _| reached.contains(&component(kind, name)));
        }
    }
}

fn component(kind: &str, name: &str) -> Pointer {
    Pointer::root().below(["components", kind, name])
}

/// The components that a value refers to.
fn references(value: &Value, found: &mut Vec<Pointer>) {
    match value {
        Value::String(text) => {
            let place = text.strip_prefix('#').and_then(Pointer::from_fragment);
            let place = place.filter(|place| place.tokens().first() == Some(&"components"));
            found.extend(place.map(|place| {
                let tokens = place.tokens();
                Pointer::root().below(tokens.into_iter().take(3))
            }));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                references(member, found);
                // The values of a mapping may be names of schemas.
                if name == "mapping" {
                    let names = member.as_object().into_iter().flat_map(Map::values);
                    let names = names.filter_map(Value::as_str);
                    found.extend(names.map(|name| component("schemas", name)));
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The schemas that are not reached and that extend a reached one with a discriminator.
fn heirs(components: &Value, reached: &HashSet<Pointer>) -> Vec<Pointer> {
    let schemas = components["schemas"].as_object().into_iter().flatten();
    let heirs = schemas.filter_map(|(name, schema)| {
        let own = component("schemas", name);
        let mut above = Vec::new();
        references(&schema["allOf"], &mut above);
        let is_heir = above.iter().any(|above| {
            let name = above.tokens().last().map(|name| (*name).to_owned());
            let schema = name.map(|name| &components["schemas"][&*name]);
            reached.contains(above) && schema.is_some_and(|s| s.get("discriminator").is_some())
        });
        (is_heir && !reached.contains(&own)).then_some(own)
    });
    heirs.collect()
}

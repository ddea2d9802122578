//! The part of a document that is wanted: operations that are not, and what they alone need, are removed
//! before anything is checked.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::{Selection, unmatched};
use crate::diagnostic::Diagnostics;
use crate::document::grammar::METHODS;
use crate::pointer::Pointer;

/// A selection that is under way: what is wanted, and what the document has been seen to have.
#[derive(Debug)]
pub struct Selecting<'a> {
    include: &'a Selection,
    exclude: &'a Selection,
    tags: BTreeSet<String>,
    ids: BTreeSet<String>,
    paths: BTreeSet<String>,
}

impl<'a> Selecting<'a> {
    pub(super) fn new(include: &'a Selection, exclude: &'a Selection) -> Self {
        Self {
            include,
            exclude,
            tags: BTreeSet::new(),
            ids: BTreeSet::new(),
            paths: BTreeSet::new(),
        }
    }

    fn wants_all(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    fn wants(&self, path: &str, operation: &Value) -> bool {
        let is_included = self.include.is_empty() || matches(self.include, path, operation);
        is_included && !matches(self.exclude, path, operation)
    }

    /// Removes the operations that are not wanted. Path items that stand elsewhere are not there yet.
    pub(super) fn in_place(&mut self, tree: &mut Value) {
        if self.wants_all() {
            return;
        }
        let Some(Value::Object(paths)) = tree.get_mut("paths") else {
            return;
        };
        self.see(paths);
        for (path, item) in paths.iter_mut() {
            let Value::Object(members) = item else {
                continue;
            };
            if let Some(Value::Object(more)) = members.get_mut("additionalOperations") {
                more.retain(|_, operation| self.wants(path, operation));
            }
            members.retain(|name, value| !is_method(name) || self.wants(path, value));
        }
        paths.retain(|_, item| operations(item).next().is_some() || item.get("$ref").is_some());
        if let Value::Object(members) = tree {
            members.shift_remove("webhooks");
        }
    }

    /// Does the same where all path items are there, removes the components that nothing else refers to, and
    /// reports what selects nothing.
    pub fn finish(mut self, tree: &mut Value, diagnostics: &mut Diagnostics) {
        if self.wants_all() {
            return;
        }
        self.in_place(tree);
        self.check(diagnostics);
        prune(tree);
    }

    fn see(&mut self, paths: &Map<String, Value>) {
        self.paths.extend(paths.keys().cloned());
        for operation in paths.values().flat_map(operations) {
            let tags = operation["tags"].as_array().into_iter().flatten();
            let tags = tags.filter_map(Value::as_str).map(str::to_owned);
            self.tags.extend(tags);
            let id = operation["operationId"].as_str().map(str::to_owned);
            self.ids.extend(id);
        }
    }

    /// Reports what selects nothing.
    fn check(&self, diagnostics: &mut Diagnostics) {
        for selection in [self.include, self.exclude] {
            for (what, wanted, known) in [
                ("the tag", &selection.tags, &self.tags),
                ("the operation", &selection.operations, &self.ids),
                ("the path", &selection.paths, &self.paths),
            ] {
                for name in wanted {
                    if !known.iter().any(|known| is_like(name, known)) {
                        let known = known.iter().map(String::as_str);
                        unmatched(what, name, known, diagnostics);
                    }
                }
            }
        }
    }
}

/// Whether a member of a path item is an operation.
fn is_method(name: &str) -> bool {
    METHODS.contains(&name) || name == "query"
}

/// The operations of a path item.
fn operations(item: &Value) -> impl Iterator<Item = &Value> {
    let members = item.as_object().into_iter().flatten();
    let own = members
        .filter(|(name, _)| is_method(name))
        .map(|(_, operation)| operation);
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

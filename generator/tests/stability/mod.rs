//! A change in one place changes no name elsewhere.

use std::collections::BTreeMap;

use butler_codegen::diagnostic::Diagnostics;
use butler_codegen::document::{Source, parse};
use butler_codegen::plan::{Model, plan};
use butler_codegen::pointer::Pointer;
use butler_codegen::understand;
use serde_json::{Value, json};

use crate::support::{Fixture, fixture, folders};

/// What things are called, by the place where the document describes them.
type Names = BTreeMap<Pointer, String>;

fn names(fixture: &Fixture, tree: &Value) -> Names {
    let source = Source::new(
        fixture.source.name.replace("yaml", "json"),
        tree.to_string(),
    );
    let api = understand(&source, &fixture.settings, &mut Diagnostics::default()).unwrap();
    let plan = plan(&api, &fixture.settings);
    let mut names = Names::new();
    let mut add = |place: Option<&Pointer>, name: String| {
        if let Some(place) = place {
            names.insert(place.clone(), name);
        }
    };
    for model in &plan.models {
        add(model.origin().pointer(), model.ident().as_str().to_owned());
        if let Model::Struct(model) = model {
            for field in &model.fields {
                let name = format!("{}: {:?}", field.ident.as_str(), field.ty);
                let place = field.origin.pointer().map(|place| place.child("field"));
                add(place.as_ref(), name);
            }
        }
    }
    for operation in plan.tags.iter().flat_map(|tag| &tag.operations) {
        // The usual way to call it; a body that is described anew can add another.
        let usual = operation.calls.first().unwrap();
        let (ident, _) = usual.usual();
        add(operation.origin.pointer(), ident.as_str().to_owned());
    }
    names
}

/// A change of a document, and the place of what it changes.
struct Edit {
    at: Pointer,
    tree: Value,
}

/// One change for each object and each list of values, and an operation more.
fn edits(tree: &Value) -> Vec<Edit> {
    let mut places = Vec::new();
    collect(tree, &Pointer::root(), &mut places);
    let mut edits: Vec<Edit> = places.into_iter().map(|at| edit(tree, at)).collect();
    let mut more = tree.clone();
    let object = json!({ "type": "object", "properties": { "id": { "type": "string" } } });
    more["paths"]["/added"] = json!({ "post": {
        "operationId": "addAdded",
        "requestBody": { "content": { "application/json": { "schema": object } } },
        "responses": { "200": { "description": "", "content": { "application/json": { "schema": object } } } }
    } });
    edits.push(Edit {
        at: Pointer::root().child("paths").child("/added"),
        tree: more,
    });
    edits
}

/// The schemas that list properties or values.
fn collect(value: &Value, at: &Pointer, places: &mut Vec<Pointer>) {
    match value {
        Value::Object(members) => {
            let is_schema = members.get("properties").is_some_and(Value::is_object)
                || members.get("enum").is_some_and(Value::is_array);
            if is_schema {
                places.push(at.clone());
            }
            for (name, member) in members {
                if name != "example" && name != "examples" && name != "default" {
                    collect(member, &at.child(name), places);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &at.child(index.to_string()), places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn edit(tree: &Value, at: Pointer) -> Edit {
    let mut tree = tree.clone();
    let schema = at.tokens().into_iter();
    let schema = schema.fold(&mut tree, |value, token| {
        if value.is_array() {
            &mut value[token.parse::<usize>().unwrap()]
        } else {
            &mut value[token]
        }
    });
    if schema["properties"].is_object() {
        let values = json!({ "type": "string", "enum": ["x", "y"] });
        let object = json!({ "type": "object", "properties": { "kind": values } });
        schema["properties"]["addedProperty"] = object;
    } else {
        let values = schema["enum"].as_array_mut().unwrap();
        values.push(match values.first() {
            Some(Value::Number(_)) => json!(4096),
            _ => json!("added value"),
        });
    }
    Edit { at, tree }
}

/// What may change with a schema: itself, and where it is a variant, its union; or all contents of
/// its body, which are one type where they are alike.
fn changes(at: &Pointer) -> Pointer {
    let tokens = at.tokens();
    let union = tokens
        .iter()
        .position(|token| ["oneOf", "anyOf", "content"].contains(token));
    tokens[..union.unwrap_or(tokens.len())]
        .iter()
        .copied()
        .collect()
}

#[test]
fn a_change_in_one_place_changes_no_name_elsewhere() {
    let mut moved = Vec::new();
    let mut compared = 0;
    for folder in folders("fixtures") {
        let fixture = fixture(&folder);
        let tree = parse(&fixture.source, &mut Diagnostics::default()).unwrap();
        let before = names(&fixture, &tree);
        for edit in edits(&tree) {
            let after = names(&fixture, &edit.tree);
            let own = changes(&edit.at).tokens().len();
            for (place, name) in &before {
                let tokens = place.tokens();
                let is_own = tokens.len() >= own && tokens[..own] == changes(&edit.at).tokens()[..];
                compared += 1;
                if !is_own && after.get(place).is_some_and(|now| now != name) {
                    let now = &after[place];
                    moved.push(format!(
                        "{}: {place}: {name} is {now} with {}",
                        fixture.name, edit.at
                    ));
                }
            }
        }
    }
    assert!(compared > 4_000, "{compared}");
    assert!(moved.is_empty(), "{}", moved.join("\n"));
}

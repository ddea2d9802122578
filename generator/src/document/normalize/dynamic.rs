//! References that whoever asks resolves (`$dynamicRef`, JSON Schema 2020-12, section 8.2.3.2): a
//! component that binds an anchor, and includes a component that refers to it, includes a copy that
//! refers to what is bound.

use serde_json::{Map, Value, json};

use crate::pointer::Pointer;

/// What a component binds: the anchors, each with a reference to where it stands.
type Bound = Vec<(String, String)>;

/// Puts such copies into the components.
pub fn rewrite(tree: &mut Value) {
    let at = Pointer::root().child("components").child("schemas");
    let Some(schemas) = at.find(tree).and_then(Value::as_object) else {
        return;
    };
    let mut copied = Vec::new();
    for (name, schema) in schemas {
        let bound = bound(schema, &at.child(name));
        if !bound.is_empty()
            && let Some(schema) = with_copies(schema, &bound, schemas)
        {
            copied.push((name.clone(), schema));
        }
    }
    for (name, schema) in copied {
        tree["components"]["schemas"][name] = schema;
    }
}

fn bound(schema: &Value, at: &Pointer) -> Bound {
    let anchor = |schema: &Value| schema["$dynamicAnchor"].as_str().map(str::to_owned);
    let own = anchor(schema).map(|anchor| (format!("#{anchor}"), at.to_string()));
    let definitions = schema["$defs"].as_object().into_iter().flatten();
    let defined = definitions.filter_map(|(name, definition)| {
        let place = at.child("$defs").child(name);
        Some((format!("#{}", anchor(definition)?), place.to_string()))
    });
    own.into_iter().chain(defined).collect()
}

/// The schema with copies of the components that it includes and that refer to what it binds.
fn with_copies(schema: &Value, bound: &Bound, schemas: &Map<String, Value>) -> Option<Value> {
    let copy = |part: &Value| {
        let reference = part["$ref"].as_str()?;
        let name = reference.strip_prefix("#/components/schemas/")?;
        let mut copy = schemas.get(name)?.clone();
        for keyword in ["$id", "$anchor", "$dynamicAnchor", "$defs"] {
            copy.as_object_mut()?.shift_remove(keyword);
        }
        bind(&mut copy, bound).then_some(copy)
    };
    let mut with = schema.clone();
    let mut changed = false;
    let parts = with.get_mut("allOf").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        if let Some(copy) = copy(part) {
            *part = copy;
            changed = true;
        }
    }
    if let (Some(copy), Value::Object(members)) = (copy(schema), &mut with) {
        members.shift_remove("$ref");
        let parts = members.entry("allOf").or_insert_with(|| json!([]));
        parts.as_array_mut()?.insert(0, copy);
        changed = true;
    }
    changed.then_some(with)
}

/// Lets references lead to what is bound; whether there are any.
fn bind(value: &mut Value, bound: &Bound) -> bool {
    match value {
        Value::Array(items) => {
            let bind = |found, item| bind(item, bound) || found;
            items.iter_mut().fold(false, bind)
        }
        Value::Object(members) => {
            let anchor = members.get("$dynamicRef").and_then(Value::as_str);
            let target = bound.iter().find(|(name, _)| Some(&**name) == anchor);
            let found = target.map(|(_, target)| {
                members.shift_remove("$dynamicRef");
                members.insert("$ref".to_owned(), Value::String(target.clone()));
            });
            let bind = |found, member| bind(member, bound) || found;
            members.values_mut().fold(found.is_some(), bind)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

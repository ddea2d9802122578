//! The same document with smaller responses, for a mock server whose reader of references does not
//! come to an end where schemas hold each other many times over.

use std::collections::BTreeSet;

use serde_json::Value;

/// Leaves out of the schemas of responses what leads on to other schemas and may be missing: properties
/// that are not required, and alternatives beside plain ones. What the smaller document accepts,
/// the whole one does, too; what a client sends is described as before.
pub fn narrowed(document: &Value) -> Value {
    let mut sent = BTreeSet::new();
    requests(document, &mut |part| reach(document, part, &mut sent));
    let mut narrowed = document.clone();
    let schemas = narrowed.pointer_mut("/components/schemas");
    for (name, schema) in schemas.and_then(Value::as_object_mut).into_iter().flatten() {
        if !sent.contains(&format!("#/components/schemas/{name}")) {
            narrow(schema);
        }
    }
    narrowed
}

/// Visits what describes requests.
fn requests(document: &Value, visit: &mut impl FnMut(&Value)) {
    let paths = document["paths"].as_object().into_iter().flatten();
    for (_, item) in paths {
        visit(&item["parameters"]);
        for operation in item
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, value)| value)
        {
            visit(&operation["parameters"]);
            visit(&operation["requestBody"]);
        }
    }
}

/// Collects the references in `part`, and in what they lead to.
fn reach(document: &Value, part: &Value, known: &mut BTreeSet<String>) {
    let mut waiting = vec![part];
    while let Some(part) = waiting.pop() {
        if let Some(reference) = part["$ref"].as_str()
            && known.insert(reference.to_owned())
        {
            waiting.extend(butler_codegen::sample::resolve(document, reference));
        }
        waiting.extend(
            part.as_object()
                .into_iter()
                .flat_map(|properties| properties.values()),
        );
        waiting.extend(part.as_array().into_iter().flatten());
    }
}

fn leads_on(schema: &Value) -> bool {
    match schema {
        Value::Object(properties) => {
            properties.contains_key("$ref") || properties.values().any(leads_on)
        }
        Value::Array(items) => items.iter().any(leads_on),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn narrow(schema: &mut Value) {
    if let Value::Array(items) = schema {
        items.iter_mut().for_each(narrow);
        return;
    }
    let Value::Object(properties) = schema else {
        return;
    };
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Value::Array(choices)) = properties.get_mut(keyword)
            && choices.iter().any(|choice| !leads_on(choice))
        {
            choices.retain(|choice| !leads_on(choice));
        }
    }
    let required = properties.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| {
        required
            .as_array()
            .is_some_and(|names| names.iter().any(|n| n == name))
    };
    if let Some(Value::Object(properties)) = properties.get_mut("properties") {
        properties.retain(|name, schema| is_required(name) || !leads_on(schema));
    }
    properties.values_mut().for_each(narrow);
}

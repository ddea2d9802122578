//! Keywords of JSON Schema 2020-12 that apply schemas to parts of values ("Keywords for Applying
//! Subschemas"), in the words of 3.0.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::walk::Path;

type Schema = Map<String, Value>;

/// Keywords that exclude values in ways that no type of ours can follow.
pub(super) fn unsupported(schema: &mut Schema, path: &Path<'_>, diagnostics: &mut Diagnostics) {
    const KEYWORDS: [&str; 9] = [
        "contains",
        "dependentRequired",
        "dependentSchemas",
        "if",
        "not",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "$recursiveRef",
    ];
    // `{"not": {}}` is how `false` is written in 3.0, and that nothing else is expected is no loss.
    let is_lost = |value: &Value| *value != json!({}) && *value != json!(false);
    for keyword in KEYWORDS {
        if schema.get(keyword).is_some_and(is_lost) {
            let at = path.pointer().child(keyword);
            let message = format!("`{keyword}` is not checked");
            let help = "values are read and written by the other keywords";
            diagnostics.warning(Code::Unused, &at, message, help);
        }
    }
}

/// What is not described elsewhere in the schema and in what it includes is of one schema: the types
/// are made of all of it, so that these are the additional properties, and the items that may follow
/// those of a tuple ("unevaluatedItems" and "unevaluatedProperties", JSON Schema 2020-12).
pub(super) fn unevaluated(schema: &mut Schema) {
    let is_schema = schema
        .get("unevaluatedProperties")
        .is_some_and(Value::is_object);
    if is_schema
        && !schema.contains_key("additionalProperties")
        && let Some(values) = schema.shift_remove("unevaluatedProperties")
    {
        schema.insert("additionalProperties".to_owned(), values);
    }
    if schema.contains_key("prefixItems")
        && !schema.contains_key("items")
        && let Some(items) = schema.shift_remove("unevaluatedItems")
    {
        schema.insert("items".to_owned(), items);
    }
}

/// Members that are there under a condition alone are optional ones ("Keywords for Applying
/// Subschemas Conditionally", JSON Schema 2020-12).
pub(super) fn conditional(schema: &mut Schema) {
    let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
    let dependent = dependent.into_iter().flat_map(Map::values);
    let branches = ["then", "else"]
        .into_iter()
        .filter_map(|name| schema.get(name));
    let members: Vec<(String, Value)> = branches
        .chain(dependent)
        .filter_map(|branch| branch.get("properties")?.as_object())
        .flatten()
        .map(|(name, member)| (name.clone(), member.clone()))
        .collect();
    if members.is_empty() {
        return;
    }
    let properties = schema.entry("properties").or_insert_with(|| json!({}));
    for (name, member) in members {
        if let Value::Object(properties) = properties {
            properties.entry(name).or_insert(member);
        }
    }
}

/// A tuple is an array whose items are of one of the tuple's types, and that is marked as a tuple
/// where its items are all there or more may follow ("Keywords for Applying Subschemas to Arrays",
/// JSON Schema 2020-12). Older drafts list the types in `items`.
pub(super) fn tuple(schema: &mut Schema) {
    let (mut places, rest) = if let Some(Value::Array(places)) = schema.get("items").cloned() {
        (places, schema.shift_remove("additionalItems"))
    } else if let Some(Value::Array(places)) = schema.shift_remove("prefixItems") {
        (places, schema.shift_remove("items"))
    } else {
        return;
    };
    let count = |keyword| schema.get(keyword).and_then(Value::as_u64);
    let closed = rest == Some(Value::Bool(false)) || count("maxItems") == Some(places.len() as u64);
    let least = count("minItems").and_then(|least| usize::try_from(least).ok());
    let required = least.unwrap_or_default().min(places.len());
    let is_fixed = closed && required == places.len();
    let has_traits = (1..=LONGEST_TUPLE).contains(&places.len());
    if !closed {
        let anything = || json!({ super::extension::ANYTHING: true });
        places.push(rest.filter(Value::is_object).unwrap_or_else(anything));
    }
    let is_list = !is_fixed && places.windows(2).all(|pair| pair[0] == pair[1]);
    let items = match &mut places[..] {
        [only, ..] if is_list => only.take(),
        places => {
            if has_traits && (is_fixed || !closed) {
                schema.insert(super::extension::TUPLE.to_owned(), required.into());
            }
            json!({ "anyOf": places })
        }
    };
    schema.insert("items".to_owned(), items);
}

/// The longest tuple that has the standard library's traits.
const LONGEST_TUPLE: usize = 12;

/// Properties named by pattern are properties of other names.
pub(super) fn patterns(schema: &mut Schema) {
    let Some(Value::Object(patterns)) = schema.shift_remove("patternProperties") else {
        return;
    };
    let own = schema.get("additionalProperties");
    let has_others = own.is_some_and(|own| !matches!(own, Value::Bool(_)));
    let mut values = patterns.into_iter().map(|(_, value)| value);
    let value = match (values.next(), values.next()) {
        (Some(only), None) if !has_others => only,
        (Some(_) | None, _) => json!({}),
    };
    schema.insert("additionalProperties".to_owned(), value);
}

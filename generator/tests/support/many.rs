//! A document with many types: too many to be read in one file.

use serde_json::{Map, Value, json};

/// The document: two tags with types of their own, types that both use and that are called after one of
/// them, and types that both use and that start with the same word, or with none that others have.
pub fn document() -> String {
    let mut schemas = Map::new();
    let mut whole = |name: &str, holds: Vec<String>| {
        let properties = holds.into_iter().enumerate().map(|(index, held)| {
            let reference = format!("#/components/schemas/{held}");
            (format!("p{index}"), json!({ "$ref": reference }))
        });
        let properties: Map<String, Value> = properties.collect();
        schemas.insert(
            name.to_owned(),
            json!({ "type": "object", "properties": properties }),
        );
    };
    let kinds = [
        "Own",
        "Pet",
        "Shared",
        "TokenRed",
        "TokenBlue",
        "TokenGreen",
    ];
    let names = |kind: &str| -> Vec<String> { (0..40).map(|i| format!("{kind}Part{i}")).collect() };
    let both = || kinds[1..].iter().flat_map(|kind| names(kind));
    whole(
        "Pets",
        names("Own")
            .into_iter()
            .chain(both())
            .chain(["Lone".to_owned()])
            .collect(),
    );
    whole("Users", both().chain(["Lone".to_owned()]).collect());
    let field = |index: usize| {
        let schema = json!({ "type": "string", "description": format!("The field {index}.") });
        (format!("field {index}"), schema)
    };
    let fields: Map<String, Value> = (0..5).map(field).collect();
    let part = json!({ "type": "object", "properties": fields });
    let parts = kinds.iter().flat_map(|kind| names(kind));
    let parts: Vec<String> = parts.chain(["Lone".to_owned()]).collect();
    schemas.extend(parts.into_iter().enumerate().map(|(index, name)| {
        let mut part = part.clone();
        part["properties"][format!("own {index}")] = json!({ "type": "integer" });
        (name, part)
    }));
    let operation = |tag: &str, schema: &str| {
        let reference = format!("#/components/schemas/{schema}");
        let content = json!({ "application/json": { "schema": { "$ref": reference } } });
        json!({ "get": {
            "operationId": format!("list {tag}"),
            "tags": [tag],
            "responses": { "200": { "description": "Done.", "content": content } }
        } })
    };
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Many types", "version": "1" },
        "servers": [{ "url": "https://example.com" }],
        "paths": { "/pets": operation("pets", "Pets"), "/users": operation("users", "Users") },
        "components": { "schemas": schemas }
    });
    document.to_string()
}

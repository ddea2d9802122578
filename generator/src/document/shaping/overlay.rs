//! Overlays: changes of a document that stand in a file of their own (`OpenAPI` Overlay Specification 1.0 and
//! 1.1).

use std::path::Path;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diagnostic::{Code, Diagnostics, Place};
use crate::document::limits::Limits;
use crate::document::parse::parse;
use crate::document::source::Source;
use crate::pointer::Pointer;

/// Applies the actions of an overlay in their order.
pub(super) fn apply(file: &Path, tree: &mut Value, limits: Limits, diagnostics: &mut Diagnostics) {
    let shown = file.display();
    let mut found = diagnostics.of_file();
    let overlay = match Source::read_within(file, limits) {
        Ok(source) => parse(&source, &mut found),
        Err(refused) => {
            let first = refused.into_iter().next();
            let message = first.map_or_else(String::new, |first| first.message);
            let help = "give the path of an overlay";
            return diagnostics.fatal(Code::Unreadable, Place::File, message, help);
        }
    };
    diagnostics.add_file(&shown.to_string(), &Pointer::root(), found);
    let Some(overlay) = overlay else {
        return;
    };
    let version = overlay["overlay"].as_str().unwrap_or_default();
    let actions = overlay["actions"].as_array();
    let (true, Some(actions)) = (version.starts_with("1."), actions) else {
        let message = format!("`{shown}` is no overlay of version 1");
        let help = "write `overlay: 1.0.0`, and a list of `actions`";
        return diagnostics.fatal(Code::NotOpenApi, Place::File, message, help);
    };
    for (index, action) in actions.iter().enumerate() {
        let said = act(action, tree);
        let place = format!("`{shown}`, action {}", index + 1);
        match said {
            Ok(true) => {}
            Ok(false) => {
                let target = action["target"].as_str().unwrap_or_default();
                let message = format!("{place}: `{target}` matches nothing; it changes nothing");
                let help = "correct the target, or remove the action";
                let at = Pointer::root();
                diagnostics.warning(Code::Unmatched, &at, message, help);
            }
            Err(reason) => {
                let message = format!("{place}: {reason}");
                let help = "see the Overlay Specification, \"Action Object\"";
                diagnostics.fatal(Code::InvalidValue, Place::File, message, help);
            }
        }
    }
}

/// Does what an action says; whether it had a target.
fn act(action: &Value, tree: &mut Value) -> Result<bool, String> {
    let target = action["target"].as_str().ok_or("it has no `target`")?;
    let mut places = places(target, tree)?;
    if places.is_empty() {
        return Ok(false);
    }
    if action["remove"] == Value::Bool(true) {
        // The last ones first: items of a list move up.
        places.reverse();
        for place in places {
            remove(tree, &place);
        }
        return Ok(true);
    }
    let update = match action.get("copy").and_then(Value::as_str) {
        Some(source) => {
            let from = self::places(source, tree)?;
            let [from] = &from[..] else {
                return Err(format!(
                    "`copy` has to match one value, and matches {}",
                    from.len()
                ));
            };
            from.find(tree).cloned()
        }
        None => action.get("update").cloned(),
    };
    let update = update.ok_or("it has neither `update` nor `copy`, and does not `remove`")?;
    for place in places {
        if let Some(value) = place.find_mut(tree) {
            if let Value::Array(items) = value {
                items.push(update.clone());
            } else {
                merge(value, &update);
            }
        }
    }
    Ok(true)
}

/// The places that a `JSONPath` (RFC 9535) leads to, in the order of the document.
fn places(path: &str, tree: &Value) -> Result<Vec<Pointer>, String> {
    let path =
        JsonPath::parse(path).map_err(|error| format!("`{path}` is no JSONPath: {error}"))?;
    let located = path.query_located(tree);
    let places = located.locations().map(|place| {
        let fragment = place.to_json_pointer();
        Pointer::from_fragment(&fragment).unwrap_or_else(Pointer::root)
    });
    Ok(places.collect())
}

fn remove(tree: &mut Value, place: &Pointer) {
    let tokens = place.tokens();
    let (Some(above), Some(last)) = (place.above(), tokens.last()) else {
        return;
    };
    match above.find_mut(tree) {
        Some(Value::Object(members)) => {
            members.shift_remove(*last);
        }
        Some(Value::Array(items)) => {
            let index = last.parse().ok().filter(|index| *index < items.len());
            index.map(|index: usize| items.remove(index));
        }
        Some(_) | None => {}
    }
}

/// Members are merged one by one, lists are joined, and other values are replaced.
fn merge(value: &mut Value, update: &Value) {
    match (value, update) {
        (Value::Object(members), Value::Object(changes)) => {
            for (name, change) in changes {
                match members.get_mut(name) {
                    Some(member) => merge(member, change),
                    None => {
                        members.insert(name.clone(), change.clone());
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(more)) => items.extend(more.iter().cloned()),
        (value, update) => *value = update.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::act;

    /// The document after an action.
    fn after(action: &Value, mut tree: Value) -> Result<(bool, Value), String> {
        act(action, &mut tree).map(|has_target| (has_target, tree))
    }

    fn document() -> Value {
        json!({
            "info": { "title": "Places" },
            "paths": {
                "/items": { "get": {
                    "parameters": [
                        { "name": "filter", "in": "query" },
                        { "name": "top", "in": "query" },
                        { "name": "filter", "in": "header" },
                    ],
                    "x-oai-traits": ["paged"],
                } },
                "/some-items": { "delete": { "responses": {} } },
            },
            "servers": [],
        })
    }

    /// The kinds of the specification's appendix: structured, targeted, wildcards, arrays, traits.
    #[test]
    fn the_examples_of_the_specification_are_followed() {
        let update =
            json!({ "info": { "x-overlay": 1 }, "servers": [{ "url": "https://example.com" }] });
        let (found, tree) = after(&json!({ "target": "$", "update": update }), document()).unwrap();
        assert!(found);
        assert_eq!(tree["info"], json!({ "title": "Places", "x-overlay": 1 }));
        assert_eq!(tree["servers"][0]["url"], "https://example.com");

        let target = "$.paths['/items'].get";
        let update = json!({ "description": "They." });
        let (_, tree) = after(&json!({ "target": target, "update": update }), document()).unwrap();
        assert_eq!(tree["paths"]["/items"]["get"]["description"], "They.");

        let target = "$.paths.*.get.parameters[?@.name=='filter' && @.in=='query']";
        let update = json!({ "schema": { "type": "string" } });
        let (_, tree) = after(&json!({ "target": target, "update": update }), document()).unwrap();
        let parameters = &tree["paths"]["/items"]["get"]["parameters"];
        assert_eq!(parameters[0]["schema"]["type"], "string");
        assert_eq!(parameters[2].get("schema"), None);

        let update = json!({ "name": "skip", "in": "query" });
        let action = json!({ "target": "$.paths.*.get.parameters", "update": update });
        let (_, tree) = after(&action, document()).unwrap();
        assert_eq!(
            tree["paths"]["/items"]["get"]["parameters"][3]["name"],
            "skip"
        );

        let target = "$.paths.*.get.parameters[?@.name=='filter']";
        let (_, tree) = after(&json!({ "target": target, "remove": true }), document()).unwrap();
        let left = json!([{ "name": "top", "in": "query" }]);
        assert_eq!(tree["paths"]["/items"]["get"]["parameters"], left);

        let target = "$.paths[?@.get['x-oai-traits'][?@=='paged']].get";
        let update = json!({ "parameters": [{ "name": "page", "in": "query" }] });
        let (_, tree) = after(&json!({ "target": target, "update": update }), document()).unwrap();
        assert_eq!(
            tree["paths"]["/items"]["get"]["parameters"][3]["name"],
            "page"
        );
    }

    /// `copy` of 1.1: what stands elsewhere is the update.
    #[test]
    fn what_stands_elsewhere_is_copied() {
        let action = json!({ "target": "$.paths['/some-items']", "copy": "$.paths['/items']" });
        let (_, tree) = after(&action, document()).unwrap();
        let item = &tree["paths"]["/some-items"];
        assert!(item.get("delete").is_some());
        assert_eq!(item["get"], tree["paths"]["/items"]["get"]);
        let action = json!({ "target": "$.info", "copy": "$.nowhere" });
        assert!(
            after(&action, document())
                .unwrap_err()
                .contains("matches 0")
        );
    }

    #[test]
    fn a_target_that_matches_nothing_is_said_and_one_that_is_no_path_is_refused() {
        let action = json!({ "target": "$.paths['/nowhere']", "remove": true });
        assert_eq!(after(&action, document()).unwrap(), (false, document()));
        let action = json!({ "target": "paths", "remove": true });
        assert!(
            after(&action, document())
                .unwrap_err()
                .contains("is no JSONPath")
        );
        let action = json!({ "target": "$.info" });
        assert!(after(&action, document()).unwrap_err().contains("neither"));
    }
}

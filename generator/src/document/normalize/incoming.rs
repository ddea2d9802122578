//! What the API sends by itself: webhooks and callbacks become paths of our own, whose operations
//! say what they are.

use serde_json::{Value, json};

use super::extension::{INCOMING, INCOMING_PATH};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::grammar::METHODS;
use crate::pointer::Pointer;

/// A path item that describes an incoming request, and where it was written.
struct Incoming {
    name: String,
    about: String,
    item: Value,
    at: Pointer,
}

/// Moves webhooks ("OpenAPI Object", `webhooks`) and callbacks ("Callback Object") among the paths.
pub fn rewrite(tree: &mut Value, diagnostics: &mut Diagnostics) {
    if tree.get("x-webhooks").is_some() {
        let at = Pointer::root().child("x-webhooks");
        let help = "write `webhooks` to have them typed";
        diagnostics.warning(Code::Unused, &at, "`x-webhooks` is not generated", help);
    }
    let mut list = webhooks(tree);
    callbacks(tree, &mut list);
    let Some(members) = tree.as_object_mut().filter(|_| !list.is_empty()) else {
        return;
    };
    let paths = members.entry("paths").or_insert_with(|| json!({}));
    let Value::Object(paths) = paths else { return };
    for (index, incoming) in list.into_iter().enumerate() {
        let Incoming {
            name,
            about,
            mut item,
            at,
        } = incoming;
        if !item.is_object() || item.get("$ref").is_some() {
            let message = format!("`{name}` does not lead to a path item; it is left out");
            let help = "name a path item of this document";
            diagnostics.violation(Code::UnresolvedReference, &at, message, help);
            continue;
        }
        let mark = json!({ "name": name, "about": about });
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(method) {
                operation.insert(INCOMING.to_owned(), mark.clone());
            }
        }
        let key = format!("{INCOMING_PATH}{index}");
        diagnostics.moved(&Pointer::root().child("paths").child(&key), at);
        paths.insert(key, item);
    }
}

fn webhooks(tree: &Value) -> Vec<Incoming> {
    let webhooks = tree.get("webhooks").and_then(Value::as_object);
    webhooks
        .into_iter()
        .flatten()
        .map(|(name, item)| {
            let at = Pointer::root().child("webhooks").child(name);
            let (item, at) = followed(tree, item, at);
            Incoming {
                name: name.clone(),
                about: format!("The webhook `{name}`."),
                item: item.clone(),
                at,
            }
        })
        .collect()
}

fn callbacks(tree: &Value, list: &mut Vec<Incoming>) {
    let paths = tree.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let at = Pointer::root().child("paths").child(path).child(method);
            let at = at.child("callbacks");
            let callbacks = item
                .get(method)
                .and_then(|operation| operation.get("callbacks"));
            for (name, callback) in callbacks.and_then(Value::as_object).into_iter().flatten() {
                let (callback, at) = followed(tree, callback, at.child(name));
                let items = callback.as_object().into_iter().flatten();
                for (expression, item) in items.filter(|(name, _)| !name.starts_with("x-")) {
                    let (item, at) = followed(tree, item, at.child(expression));
                    if list.iter().all(|known| known.at != at) {
                        list.push(Incoming {
                            name: name.clone(),
                            about: format!(
                                "The callback `{name}` of `{} {path}`, sent to `{expression}`.",
                                method.to_uppercase()
                            ),
                            item: item.clone(),
                            at,
                        });
                    }
                }
            }
        }
    }
}

/// The value that references lead to; not for ever.
fn followed<'a>(tree: &'a Value, value: &'a Value, at: Pointer) -> (&'a Value, Pointer) {
    let (mut value, mut at) = (value, at);
    for _ in 0..MOST_REFERENCES {
        let reference = value.get("$ref").and_then(Value::as_str);
        let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
        let target = pointer.and_then(Pointer::from_fragment);
        match target.and_then(|target| target.follow(tree)) {
            Some(found) => (at, value) = found,
            None => break,
        }
    }
    (value, at)
}

/// How many references may lead to each other.
const MOST_REFERENCES: usize = 16;

//! One document that has all texts that are made to become code.

use serde_json::Value;

#[path = "hostile_document.rs"]
mod hostile_document;
#[path = "hostile_texts.rs"]
mod hostile_texts;

use hostile_document::document;
use hostile_texts::TEXTS;

/// One document that has all texts.
pub fn all() -> String {
    let mut all = document(0, "plain");
    for (number, (_, text)) in TEXTS.iter().enumerate() {
        let one = document(number + 1, text);
        for member in ["paths", "webhooks"] {
            add(&mut all[member], &one[member]);
        }
        for section in ["schemas", "securitySchemes"] {
            add(&mut all["components"][section], &one["components"][section]);
        }
        for list in ["servers", "tags"] {
            let items = one[list].as_array().into_iter().flatten().cloned();
            all[list].as_array_mut().unwrap().extend(items);
        }
    }
    all.to_string()
}

fn add(to: &mut Value, from: &Value) {
    let from = from.as_object().unwrap().clone();
    to.as_object_mut().unwrap().extend(from);
}

//! Operations of methods that 3.0 does not have ("Path Item Object" in 3.2, `query` and
//! `additionalOperations`): each becomes a path of our own, whose operation says its method.

use serde_json::{Map, Value};

use super::extension::{METHOD, METHOD_PATH};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::grammar::METHODS;
use crate::pointer::Pointer;

/// Rewrites them.
pub fn rewrite(tree: &mut Value, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(paths)) = tree.get_mut("paths") else {
        return;
    };
    let mut more = Map::new();
    for (path, item) in paths.iter_mut() {
        let Value::Object(item) = item else { continue };
        let at = Pointer::root().child("paths").child(path);
        for (method, operation, written) in taken(item, &at, diagnostics) {
            let mut own: Map<String, Value> = item
                .iter()
                .filter(|(name, _)| !METHODS.contains(&name.as_str()))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            let key = format!("{METHOD_PATH}{method}{path}");
            let now = Pointer::root().child("paths").child(&key);
            diagnostics.moved(&now, at.clone());
            diagnostics.moved(&now.child("post"), written);
            own.insert("post".to_owned(), operation);
            more.insert(key, Value::Object(own));
        }
    }
    paths.extend(more);
}

/// The operations of such methods, each with its method and where it was written.
fn taken(
    item: &mut Map<String, Value>,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Value, Pointer)> {
    let query = item.shift_remove("query");
    let query = query.map(|operation| ("QUERY".to_owned(), operation, at.child("query")));
    let mut found: Vec<_> = query.into_iter().collect();
    let at = at.child("additionalOperations");
    match item.shift_remove("additionalOperations") {
        Some(Value::Object(others)) => {
            found.extend(others.into_iter().map(|(method, operation)| {
                let at = at.child(&method);
                (method, operation, at)
            }));
        }
        Some(_) => wrong(&at, diagnostics),
        None => {}
    }
    found.retain_mut(|(method, operation, at)| {
        let Value::Object(operation) = operation else {
            wrong(at, diagnostics);
            return false;
        };
        // "token" (RFC 9110, section 5.6.2)
        let is_sign = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        let is_method = !method.is_empty() && method.chars().all(is_sign);
        if !is_method {
            let message = format!("`{method}` is no HTTP method; the operation is left out");
            let help = "write a method like `COPY`";
            diagnostics.violation(Code::InvalidValue, at, message, help);
        }
        operation.insert(METHOD.to_owned(), Value::String(method.clone()));
        is_method
    });
    found
}

fn wrong(at: &Pointer, diagnostics: &mut Diagnostics) {
    let message = "expected an object; the value is left out";
    diagnostics.violation(Code::WrongType, at, message, "write an object");
}

//! Path items and status codes, as the typed document wants them.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::copies::Copies;
use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};
use crate::pointer::Pointer;

/// Puts what path items refer to in their place ("Path Item Object", `$ref`).
pub fn inline(tree: &mut Value, copies: &mut Copies, diagnostics: &mut Diagnostics) {
    if let Value::Object(members) = tree {
        members.entry("paths").or_insert_with(|| json!({}));
    }
    inline_path_items(tree, copies, diagnostics);
}

/// Rewrites paths, path items and the keys of responses.
pub fn rewrite(tree: &mut Value, diagnostics: &mut Diagnostics) {
    if let Some(Value::Object(paths)) = tree.get_mut("paths") {
        leading_slashes(paths, diagnostics);
    }
    walk(
        tree,
        Kind::OpenApi,
        &Path::ROOT,
        &mut |kind, value, path| {
            let Value::Object(members) = value else {
                return;
            };
            if kind == Kind::Operation
                && let Some(Value::Object(responses)) = members.get_mut("responses")
            {
                status_codes(responses, &path.child("responses"), diagnostics);
            }
            // "Response Object" in 3.2
            if kind == Kind::Response
                && let Some(summary) = members.shift_remove("summary")
            {
                members.entry("description").or_insert(summary);
            }
        },
    );
}

/// "The field name MUST begin with a forward slash" ("Paths Object").
fn leading_slashes(paths: &mut Map<String, Value>, diagnostics: &mut Diagnostics) {
    let wrong = |name: &String| !name.starts_with('/') && !name.starts_with("x-");
    if !paths.keys().any(wrong) {
        return;
    }
    for (name, item) in std::mem::take(paths) {
        if wrong(&name) {
            let at = Pointer::root().child("paths").child(&name);
            let message = format!("the path `{name}` does not begin with a slash");
            diagnostics.violation(Code::InvalidValue, &at, message, "write the slash");
            let name = format!("/{name}");
            diagnostics.moved(&Pointer::root().child("paths").child(&name), at);
            paths.insert(name, item);
        } else {
            paths.insert(name, item);
        }
    }
}

fn inline_path_items(tree: &mut Value, copies: &mut Copies, diagnostics: &mut Diagnostics) {
    const FARTHEST: usize = 32;
    let original = match tree.get("paths") {
        Some(Value::Object(paths)) if paths.values().any(|item| item.get("$ref").is_some()) => {
            tree.clone()
        }
        Some(_) | None => return,
    };
    let Some(Value::Object(paths)) = tree.get_mut("paths") else {
        return;
    };
    for (name, item) in paths {
        let Value::Object(item) = item else { continue };
        let mut known = Vec::new();
        while let Some(Value::String(reference)) = item.shift_remove("$ref") {
            let pointer = reference.strip_prefix('#').and_then(Pointer::from_fragment);
            let target = pointer.and_then(|pointer| pointer.follow(&original));
            let at = Pointer::root().child("paths").child(name);
            let Some((target, Value::Object(members))) =
                target.filter(|_| known.len() < FARTHEST && !known.contains(&reference))
            else {
                let message = format!("`{reference}` does not lead to a path item; it is left out");
                let help = "name a path item of this document";
                let at = at.child("$ref");
                diagnostics.violation(Code::UnresolvedReference, &at, message, help);
                break;
            };
            for (member, value) in members {
                let is_new = !item.contains_key(member);
                if is_new && copies.allow(value, &at, diagnostics) {
                    diagnostics.moved(&at.child(member), target.child(member));
                    item.insert(member.clone(), value.clone());
                }
            }
            known.push(reference);
        }
    }
}

/// A status code, a range like `4XX`, or `default` ("Responses Object").
fn status_codes(
    responses: &mut Map<String, Value>,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
) {
    for (key, response) in std::mem::take(responses) {
        if key == "default" || key.starts_with("x-") {
            responses.insert(key, response);
        } else if let Some(status) = status(&key) {
            if status != key {
                let now = path.child(&status).pointer();
                diagnostics.moved(&now, path.child(&key).pointer());
            }
            responses.insert(status, response);
        } else {
            let at = path.child(&key).pointer();
            let message = format!("`{key}` is not a status code; the response is left out");
            let help = "write a code from 100 to 599, a range like `4XX`, or `default`";
            diagnostics.violation(Code::InvalidValue, &at, message, help);
        }
    }
}

fn status(key: &str) -> Option<String> {
    let key = key.trim().to_ascii_uppercase();
    let [first @ b'1'..=b'5', rest @ ..] = key.as_bytes() else {
        return None;
    };
    let is_code = rest.len() == 2 && rest.iter().all(u8::is_ascii_digit);
    (is_code || rest == b"XX").then(|| format!("{}{}", char::from(*first), &key[1..]))
}

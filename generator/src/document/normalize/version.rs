//! Which documents are read: `OpenAPI` 3.0, 3.1 and 3.2.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostics};
use crate::pointer::Pointer;

const HELP: &str = "write `openapi: 3.0.x`, `3.1.x` or `3.2.x`";

/// Checks the member `openapi` ("Versions" in the specification).
pub fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Option<()> {
    let root = Pointer::root();
    let Value::Object(members) = tree else {
        let message = "the document is not an object";
        diagnostics.error(Code::NotOpenApi, &root, message, HELP);
        return None;
    };
    if members.contains_key("swagger") {
        let message = "this is a Swagger 2 document";
        let help = "convert it to OpenAPI 3, with swagger2openapi for example";
        diagnostics.error(Code::NotOpenApi, &root.child("swagger"), message, help);
        return None;
    }
    let at = root.child("openapi");
    match members.get("openapi") {
        None => {
            let message = "the member `openapi` is missing";
            diagnostics.error(Code::NotOpenApi, &root, message, HELP);
            None
        }
        Some(Value::String(version)) if is_known(version) => Some(()),
        Some(version) => {
            let message = format!("there is no OpenAPI version {version}");
            diagnostics.error(Code::NotOpenApi, &at, message, HELP);
            None
        }
    }
}

fn is_known(version: &str) -> bool {
    let mut parts = version.split('.');
    let known = matches!(
        (parts.next(), parts.next()),
        (Some("3"), Some("0" | "1" | "2"))
    );
    let patch = parts.next().unwrap_or("0");
    let patch = patch.split(['-', '+']).next().unwrap_or_default();
    known && !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit())
}

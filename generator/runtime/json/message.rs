//! What a server says about an error.

use serde_json::Value;

/// The message of an error body, under the names that servers use for it ("Problem Details",
/// RFC 9457, among them), outermost first.
pub(crate) fn message(body: &Value) -> Option<&str> {
    const NAMES: [&str; 7] = [
        "message",
        "detail",
        "error_description",
        "title",
        "error",
        "errors",
        "reason",
    ];
    match body {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Array(items) => items.iter().find_map(message),
        Value::Object(members) => NAMES
            .iter()
            .find_map(|name| members.get(*name).and_then(message)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

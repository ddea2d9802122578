//! What a server says about an error.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// Writes a documented error: its status, and the server's own message where the body has one.
pub(crate) fn describe<B: Serialize>(
    f: &mut fmt::Formatter<'_>,
    status: &str,
    body: &B,
) -> fmt::Result {
    f.write_str(status)?;
    let body = serde_json::to_value(body);
    match body.ok().as_ref().and_then(message) {
        Some(message) => write!(f, ": {message}"),
        None => Ok(()),
    }
}

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

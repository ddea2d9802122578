//! Headers of responses, typed.

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The value of a header (`style: simple`): text, a number or a boolean as in JSON, or
/// several with commas between them. `None` where it is missing or is none of these.
pub(crate) fn read<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    let text = headers.get(name)?.to_str().ok()?;
    let items = || text.split(',').map(str::trim);
    let texts: Value = items().collect();
    let scalars: Value = items().map(scalar).collect();
    [Value::from(text), scalar(text), texts, scalars]
        .into_iter()
        .find_map(|value| serde_json::from_value(value).ok())
}

/// A number or a boolean, where the text is one.
fn scalar(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        Ok(_) | Err(_) => Value::from(text),
    }
}

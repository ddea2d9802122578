//! Links of responses: what they say is documentation.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::extension::LINKS;
use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};
use crate::text::code_span;

/// Turns the links of responses ("Link Object") into lines of documentation.
pub fn describe(tree: &mut Value) {
    let shared = tree.pointer("/components/links").cloned();
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut |kind, value, _| {
        if let (Kind::Response, Value::Object(response)) = (kind, value)
            && let Some(Value::Object(links)) = response.shift_remove("links")
        {
            let lines: Vec<Value> = links
                .iter()
                .map(|(name, link)| link_line(name, link, shared.as_ref()))
                .collect();
            response.insert(LINKS.to_owned(), Value::Array(lines));
        }
    });
}

fn link_line(name: &str, link: &Value, shared: Option<&Value>) -> Value {
    let reference = link.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|reference| reference.rsplit('/').next());
    let target = target
        .zip(shared)
        .and_then(|(target, shared)| shared.get(target));
    let link = target.unwrap_or(link);
    let text = |field: &str| link.get(field).and_then(Value::as_str);
    let mut shown = format!("- {}", code_span(name));
    if let Some(operation) = text("operationId").or(text("operationRef")) {
        let _ = write!(shown, " leads to {}", code_span(operation));
    }
    let empty = Map::new();
    let parameters = link.get("parameters").and_then(Value::as_object);
    let parameters = parameters.unwrap_or(&empty).iter();
    let parameters: Vec<String> = parameters
        .map(|(name, value)| {
            let value = value.as_str().unwrap_or_default();
            format!("{} = {}", code_span(name), code_span(value))
        })
        .collect();
    if !parameters.is_empty() {
        let _ = write!(shown, " with {}", parameters.join(", "));
    }
    if let Some(description) = text("description") {
        let words: Vec<&str> = description.split_whitespace().collect();
        let _ = write!(shown, ": {}", words.join(" "));
    }
    Value::String(shown)
}

//! Events of a stream (`text/event-stream`), as 3.2 describes them.

use serde_json::Value;

use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};

/// The media type of event streams.
const EVENT_STREAM: &str = "text/event-stream";

/// Describes the `data` of events by what the client reads.
pub fn rewrite(tree: &mut Value) {
    let mut visit = |kind, value: &mut Value, path: &Path<'_>| {
        let is_events = || {
            let place = path.pointer();
            place.tokens().pop() == Some(EVENT_STREAM)
        };
        if kind == Kind::MediaType
            && let Some(item) = value.get_mut("itemSchema")
            && is_events()
        {
            event_data(item);
        }
    };
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut visit);
}

/// The `data` of an event that is JSON as text ("Special Considerations for `text/event-stream`
/// Content" in 3.2) is what its `contentSchema` describes: the client reads it.
fn event_data(item: &mut Value) {
    let mut described = false;
    for keyword in ["oneOf", "anyOf", "allOf"] {
        let parts = item.get_mut(keyword).and_then(Value::as_array_mut);
        for part in parts.into_iter().flatten() {
            described |= has_data(part) && keyword != "allOf";
            event_data(part);
        }
    }
    let Some(Value::Object(properties)) = item.get_mut("properties") else {
        return;
    };
    let is_json = |data: &Value| {
        let media = data["contentMediaType"].as_str().unwrap_or_default();
        media == "application/json" || media.ends_with("+json")
    };
    if described {
        // Each alternative says more of it than all of them together.
        properties.shift_remove("data");
    } else if let Some(data) = properties.get_mut("data").filter(|data| is_json(data))
        && let Some(schema) = data.get_mut("contentSchema").map(Value::take)
    {
        *data = schema;
    }
}

fn has_data(schema: &Value) -> bool {
    schema["properties"]["data"].is_object()
}

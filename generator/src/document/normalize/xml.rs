//! What a schema says about XML, which the typed document has no word for.

use serde_json::{Value, json};

use super::extension::XML;
use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};

/// Keeps the XML object of each schema as an extension, in the words of 3.0 ("XML Object": the
/// `nodeType` of 3.2 stands for `attribute` and `wrapped`; text is our own).
pub fn rewrite(tree: &mut Value) {
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut |kind, value, _| {
        if kind != Kind::Schema {
            return;
        }
        let Value::Object(schema) = value else { return };
        let is_array = schema.get("type").is_some_and(|ty| ty == "array");
        if let Some(Value::Object(mut xml)) = schema.shift_remove("xml") {
            let flag = match xml.get("nodeType").and_then(Value::as_str) {
                Some("attribute") => Some("attribute"),
                Some("element") if is_array => Some("wrapped"),
                Some("text" | "cdata") => Some("text"),
                Some(_) | None => None,
            };
            xml.extend(flag.map(|flag| (flag.to_owned(), json!(true))));
            schema.insert(XML.to_owned(), Value::Object(xml));
        }
    });
}

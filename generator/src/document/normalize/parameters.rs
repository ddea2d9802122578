//! Parameters and contents that 3.0 does not have.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};

const FORM: &str = "application/x-www-form-urlencoded";

/// Rewrites a parameter that is the whole query (`in: querystring`, "Parameter Locations" in 3.2)
/// into one whose members are the parameters of the query. The schema of a stream's items (3.2,
/// "Media Type Object", `itemSchema`) is that of the content, as streams have it before 3.2.
pub fn rewrite(tree: &mut Value, diagnostics: &mut Diagnostics) {
    let mut visit = |kind, value: &mut Value, path: &Path<'_>| match (kind, value) {
        (Kind::MediaType, Value::Object(media)) => {
            if let Some(item) = media.shift_remove("itemSchema") {
                media.entry("schema").or_insert(item);
            }
        }
        (Kind::Parameter, Value::Object(parameter))
            if parameter
                .get("in")
                .is_some_and(|place| place == "querystring") =>
        {
            let content = parameter.get("content");
            if content.is_some_and(|content| content[FORM]["encoding"].is_object()) {
                let at = path
                    .pointer()
                    .child("content")
                    .child(FORM)
                    .child("encoding");
                let message = "the `encoding` of a query as a whole is not followed";
                let help = "describe its members as parameters of the query";
                diagnostics.warning(Code::Unused, &at, message, help);
            }
            form(parameter);
        }
        (_, _) => {}
    };
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut visit);
}

fn form(parameter: &mut Map<String, Value>) {
    let content = parameter.get_mut("content");
    let form = content.and_then(|content| content.get_mut(FORM));
    if let Some(schema) = form
        .and_then(|form| form.get_mut("schema"))
        .map(Value::take)
    {
        parameter.shift_remove("content");
        parameter.insert("in".to_owned(), json!("query"));
        parameter.insert("style".to_owned(), json!("form"));
        parameter.insert("explode".to_owned(), json!(true));
        parameter.insert("schema".to_owned(), schema);
    }
}

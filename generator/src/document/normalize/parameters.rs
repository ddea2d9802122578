//! Parameters that 3.0 does not have.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::grammar::{Kind, Path, walk};

const FORM: &str = "application/x-www-form-urlencoded";

/// Rewrites a parameter that is the whole query (`in: querystring`, "Parameter Locations" in 3.2)
/// into one whose members are the parameters of the query.
pub fn rewrite(tree: &mut Value, diagnostics: &mut Diagnostics) {
    walk(
        tree,
        Kind::OpenApi,
        &Path::ROOT,
        &mut |kind, value, path| {
            if kind == Kind::Parameter
                && let Value::Object(parameter) = value
                && parameter
                    .get("in")
                    .is_some_and(|place| place == "querystring")
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
        },
    );
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

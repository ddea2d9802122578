//! Parameters that 3.0 does not have.

use serde_json::{Map, Value, json};

use crate::document::grammar::{Kind, Path, walk};

/// Rewrites a parameter that is the whole query (`in: querystring`, "Parameter Locations" in 3.2)
/// into one whose members are the parameters of the query.
pub fn rewrite(tree: &mut Value) {
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut |kind, value, _| {
        if kind == Kind::Parameter
            && let Value::Object(parameter) = value
            && parameter
                .get("in")
                .is_some_and(|place| place == "querystring")
        {
            form(parameter);
        }
    });
}

fn form(parameter: &mut Map<String, Value>) {
    let content = parameter.get_mut("content");
    let form = content.and_then(|content| content.get_mut("application/x-www-form-urlencoded"));
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

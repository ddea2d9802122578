//! Security schemes that 3.0 does not have.

use serde_json::{Value, json};

use super::extension::MUTUAL_TLS;
use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};

/// Rewrites `mutualTLS` ("Security Scheme Object", `type`) into an HTTP scheme of our own.
pub fn rewrite(tree: &mut Value) {
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut |kind, value, _| {
        if kind == Kind::SecurityScheme
            && let Value::Object(scheme) = value
            && scheme.get("type").is_some_and(|ty| ty == "mutualTLS")
        {
            scheme.insert("type".to_owned(), json!("http"));
            scheme.insert("scheme".to_owned(), json!(MUTUAL_TLS));
        }
    });
}

//! Security schemes that 3.0 does not have.

use serde_json::{Value, json};

use super::extension::MUTUAL_TLS;
use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};

/// Rewrites `mutualTLS` ("Security Scheme Object", `type`) into an HTTP scheme of our own, and the
/// flow of devices ("OAuth Flows Object", `deviceAuthorization`) into that of codes, whose tokens are
/// renewed in the same way.
pub fn rewrite(tree: &mut Value) {
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut |kind, value, _| {
        if kind == Kind::SecurityScheme
            && let Value::Object(scheme) = value
            && scheme.get("type").is_some_and(|ty| ty == "mutualTLS")
        {
            scheme.insert("type".to_owned(), json!("http"));
            scheme.insert("scheme".to_owned(), json!(MUTUAL_TLS));
        }
        if kind == Kind::SecurityScheme
            && let Some(Value::Object(flows)) = value.get_mut("flows")
            && let Some(Value::Object(mut device)) = flows.shift_remove("deviceAuthorization")
        {
            if let Some(url) = device.shift_remove("deviceAuthorizationUrl") {
                device.insert("authorizationUrl".to_owned(), url);
            }
            let code = flows.entry("authorizationCode");
            code.or_insert(Value::Object(device));
        }
    });
}

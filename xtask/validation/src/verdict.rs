//! What does a call against Prism show?

use serde_json::Value;

use crate::driver::Call;
use crate::validator::Validators;
use butler_codegen::sample::resolve;

/// What a call has shown.
pub enum Verdict {
    /// Request and response are as the document says.
    Good,
    /// One of them is not.
    Wrong(String),
    /// Prism says nothing about it, for this reason.
    Unchecked(&'static str),
}

/// Whether a response that cannot be decoded is not of the schema that the document declares for it:
/// an example may be wrong, and Prism cuts deep values off.
pub fn is_false_response(seen: &Value, tree: &Value, validators: &Validators, place: &str) -> bool {
    let text = seen["text"].as_str().unwrap_or_default();
    let body = text.split_once('\n').map_or("", |(_, body)| body);
    let Ok(body) = serde_json::from_str::<Value>(body) else {
        return false;
    };
    let mut at = format!("{place}/responses/{}", seen["status"]);
    let Some(mut response) = resolve(tree, &at) else {
        return false;
    };
    while let Some(reference) = response["$ref"].as_str() {
        reference.clone_into(&mut at);
        match resolve(tree, reference) {
            Some(target) => response = target,
            None => return false,
        }
    }
    let mut contents = response["content"].as_object().into_iter().flatten();
    let Some((content, _)) = contents.find(|(name, _)| name.contains("json")) else {
        return false;
    };
    let at = format!("{at}/content/{}/schema", content.replace('/', "~1"));
    let validator = validators.validator(&at);
    // Without `type`, a schema accepts what is none of the things that it describes.
    let others = ["null", "sequence"].map(|ty| format!("invalid type: {ty}, expected an object"));
    let is_other = others.iter().any(|other| text.contains(other));
    if seen["kind"] == "undecodable" && is_other {
        return true;
    }
    seen["kind"] == "undecodable" && validator.is_some_and(|validator| !validator.is_valid(&body))
}

/// What a call shows.
pub fn verdict(seen: &Value, code: Option<u16>, call: &Call) -> Verdict {
    let violations = seen["violations"].as_str().unwrap_or_default();
    let mut violations: Vec<Value> = serde_json::from_str(violations).unwrap_or_default();
    violations.retain(|violation| violation["severity"] == "Error");
    let of = |part: &str| {
        let part = part.to_owned();
        let mut violations = violations.iter();
        violations.find(move |violation| violation["location"][0] == part)
    };
    if let Some(violation) = of("request") {
        let message = violation["message"].as_str().unwrap_or_default();
        if let Some(reason) = misread(violation, message, call.is_opaque) {
            return Verdict::Unchecked(reason);
        }
        if message.contains(COERCED) && violation["location"][1] != "body" {
            return Verdict::Unchecked("Prism reads the text of a parameter as a number, too");
        }
        let (place, message) = (&violation["location"], &violation["message"]);
        return Verdict::Wrong(format!("request: {place} {message}"));
    }
    let (kind, status) = (seen["kind"].as_str().unwrap_or_default(), &seen["status"]);
    let text = seen["text"].as_str().unwrap_or_default();
    for (sign, reason) in UNJUDGED {
        if text.contains(sign) {
            return Verdict::Unchecked(reason);
        }
    }
    // An error of Prism's own that says what it has found, for want of a declared response.
    if let Some(problem) = text
        .strip_prefix('{')
        .and_then(|_| serde_json::from_str::<Value>(text).ok())
        .filter(|problem| {
            problem["type"]
                .as_str()
                .is_some_and(|ty| ty.contains("stoplight.io/prism"))
        })
    {
        if problem["status"] == 500 {
            return Verdict::Unchecked("Prism fails at the document");
        }
        let mut found = problem["validation"].as_array().into_iter().flatten();
        if let Some(reason) = found.find_map(|violation| {
            let message = violation["message"].as_str().unwrap_or_default();
            misread(&violation_of_request(violation), message, call.is_opaque)
        }) {
            return Verdict::Unchecked(reason);
        }
    }
    let expected = match code {
        Some(200..=299) => kind == "success",
        Some(300..=303 | 305..=308) if call.redirects => kind == "success",
        Some(_) => kind == "error",
        None => matches!(kind, "success" | "error"),
    };
    if expected && code.is_none_or(|code| *status == code) {
        return Verdict::Good;
    }
    let text: String = text.chars().take(900).collect();
    Verdict::Wrong(format!("response: {kind} {status} {text}"))
}

/// The same violation, placed as in the header `sl-violations`.
fn violation_of_request(violation: &Value) -> Value {
    let mut place = vec![Value::from("request")];
    place.extend(
        violation["location"]
            .as_array()
            .into_iter()
            .flatten()
            .cloned(),
    );
    serde_json::json!({ "location": place })
}

/// Why a violation is none: what Prism reads otherwise than the specification says.
fn misread(violation: &Value, message: &str, is_opaque: bool) -> Option<&'static str> {
    let place = |index: usize| violation["location"][index].as_str().unwrap_or_default();
    let ruled_out = ["accept", "content-type", "authorization"];
    match (place(1), place(2).to_ascii_lowercase()) {
        ("query", _) if message.ends_with("must be array,null") => {
            Some("Prism reads no arrays that may be null in the query")
        }
        (_, _) if message.contains("%5b%5d") => {
            Some("Prism looks for a name with brackets as it is escaped")
        }
        ("header", name) if ruled_out.contains(&name.as_str()) => {
            Some("the document describes a header that the specification rules out as a parameter")
        }
        ("body", _) if is_opaque && message.contains("must be ") => {
            Some("Prism reads the properties of forms, parts, XML and text as text")
        }
        _ if message.starts_with("Cannot deserialize JSON object array in form data") => {
            Some("Prism wants the objects of a form's array as JSON, whatever their style")
        }
        _ if message.contains("do not support this type of security scheme") => {
            Some("Prism does not know the security scheme")
        }
        _ => None,
    }
}

/// A text that is also a number is of both types to Prism.
const COERCED: &str = "must match exactly one schema in oneOf";

/// What Prism cannot do, by what it then says.
const UNJUDGED: [(&str, &str); 14] = [
    (
        "NO_RESPONSE_RESPONSE_DEFINED",
        "Prism wants a response of success, and there is none",
    ),
    (
        "NO_COMPLEX_OBJECT_TEXT",
        "Prism cannot write an object as text",
    ),
    (
        COERCED,
        "Prism reads the text of a parameter as a number, too",
    ),
    (
        "invalid value: integer `-",
        "Prism does not know formats without a sign",
    ),
    (
        "`, expected i32",
        "Prism does not know the formats of integers",
    ),
    (
        "`, expected i64",
        "Prism does not know the formats of integers",
    ),
    (
        "Cannot find serializer",
        "Prism cannot write the content type",
    ),
    ("Invalid attempt to iterate", "Prism fails at the example"),
    (
        "Tried to force a dynamic response",
        "Prism makes no response of a content without a schema",
    ),
    ("IncompleteMessage", "Prism has ended while it responded"),
    ("ConnectionRefused", "Prism has ended"),
    ("ConnectionReset", "Prism has ended"),
    (
        "Unable to generate",
        "Prism makes no response of the schema",
    ),
    ("is not a valid JSON schema", "Prism cannot read the schema"),
];

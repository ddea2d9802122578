//! Every fixed field holds what the specification says, so that the typed document can be read:
//! what does not is converted where its meaning is plain, left out with a warning where not.

use serde_json::{Map, Number, Value};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::grammar::{Kind, Rule};
use crate::document::walk::Path;

/// Checks the whole tree.
pub fn check(tree: &mut Value, diagnostics: &mut Diagnostics) {
    fits(tree, Rule::Object(Kind::OpenApi), &Path::ROOT, diagnostics);
}

/// Makes `value` fit the rule; `false` when that cannot be done.
fn fits(value: &mut Value, rule: Rule, path: &Path<'_>, diagnostics: &mut Diagnostics) -> bool {
    let wanted = match rule {
        Rule::Any => return true,
        Rule::Text => return text(value) || wrong("a string", path, diagnostics),
        Rule::Flag => return flag(value) || wrong("`true` or `false`", path, diagnostics),
        Rule::Count => return count(value) || wrong("an integer from zero", path, diagnostics),
        Rule::Number => return number(value) || wrong("a number", path, diagnostics),
        Rule::Object(_) | Rule::Map(_) | Rule::Extensible(_) => "an object",
        Rule::List(_) => "an array",
    };
    match (rule, value) {
        (Rule::Object(kind), Value::Object(members)) => object(members, kind, path, diagnostics),
        (Rule::List(rule), Value::Array(items)) => {
            let mut index = 0;
            items.retain_mut(|item| {
                let token = index.to_string();
                index += 1;
                fits(item, *rule, &path.child(&token), diagnostics)
            });
            true
        }
        (Rule::Map(rule), Value::Object(members)) => {
            members.retain(|name, member| fits(member, *rule, &path.child(name), diagnostics));
            true
        }
        (Rule::Extensible(rule), Value::Object(members)) => {
            members.retain(|name, member| {
                name.starts_with("x-") || fits(member, *rule, &path.child(name), diagnostics)
            });
            true
        }
        (_, _) => wrong(wanted, path, diagnostics),
    }
}

fn wrong(wanted: &str, path: &Path<'_>, diagnostics: &mut Diagnostics) -> bool {
    let message = format!("expected {wanted}; the value is left out");
    let help = format!("write {wanted}");
    diagnostics.violation(Code::WrongType, &path.pointer(), message, help);
    false
}

fn object(
    members: &mut Map<String, Value>,
    kind: Kind,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    if members.contains_key("$ref") && kind.section().is_some() {
        return true;
    }
    members.retain(|name, member| match kind.field(name) {
        Some(rule) => fits(member, rule, &path.child(name), diagnostics),
        None if name.starts_with("x-") || is_kept(kind, name) => true,
        None => {
            if matters(kind, name) {
                let message = format!("`{name}` is not understood; it is left out");
                let help = "say it in words of OpenAPI 3.1";
                let at = path.child(name).pointer();
                diagnostics.warning(Code::Unused, &at, message, help);
            }
            false
        }
    });
    complete(members, kind, path, diagnostics)
}

/// Whether a field that is not understood may describe what requests and responses hold.
fn matters(kind: Kind, name: &str) -> bool {
    match kind {
        Kind::PathItem | Kind::MediaType => true,
        Kind::Discriminator => name == "defaultMapping",
        Kind::OpenApi
        | Kind::Info
        | Kind::Contact
        | Kind::License
        | Kind::Server
        | Kind::ServerVariable
        | Kind::Components
        | Kind::Operation
        | Kind::Parameter
        | Kind::Header
        | Kind::RequestBody
        | Kind::Encoding
        | Kind::Example
        | Kind::Response
        | Kind::Tag
        | Kind::SecurityScheme
        | Kind::Schema => false,
    }
}

/// Fields of any type that the typed document reads.
fn is_kept(kind: Kind, name: &str) -> bool {
    kind == Kind::SecurityScheme && name == "flows"
}

/// Adds required fields that have a neutral value; `false` when one has none.
fn complete(
    members: &mut Map<String, Value>,
    kind: Kind,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut has = |name: &str, neutral: Option<Value>| {
        if members.contains_key(name) {
            return true;
        }
        let message = format!("the member `{name}` is missing");
        let help = format!("add `{name}`");
        let at = path.pointer();
        if let Some(value) = neutral {
            diagnostics.violation(Code::MissingField, &at, message, help);
            members.insert(name.to_owned(), value);
            true
        } else {
            let message = format!("{message}; the object is left out");
            diagnostics.violation(Code::MissingField, &at, message, help);
            false
        }
    };
    let empty = || Some(Value::String(String::new()));
    let object = || Some(Value::Object(Map::new()));
    match kind {
        Kind::OpenApi => {
            let info = [("title", ""), ("version", "0.1.0")];
            let info = info.map(|(name, value)| (name.to_owned(), Value::String(value.to_owned())));
            has("info", Some(Value::Object(info.into_iter().collect())))
        }
        Kind::Info => has("title", empty()) & has("version", Some(Value::String("0.1.0".into()))),
        Kind::License | Kind::Tag => has("name", None),
        Kind::Server => has("url", None),
        Kind::ServerVariable => has("default", None),
        Kind::RequestBody => has("content", object()),
        Kind::Response => has("description", empty()),
        Kind::Discriminator => has("propertyName", None),
        Kind::Parameter => {
            let content = has("name", None) & has("in", None);
            content & schema_or_content(members) & parameter(members, path, diagnostics)
        }
        Kind::Header => schema_or_content(members),
        Kind::Encoding => encoding(members),
        Kind::SecurityScheme => security_scheme(members, path, diagnostics),
        // That there are none is reported where the operation is read.
        Kind::Operation => {
            members
                .entry("responses")
                .or_insert_with(|| Value::Object(Map::new()));
            true
        }
        Kind::Contact
        | Kind::Components
        | Kind::PathItem
        | Kind::MediaType
        | Kind::Example
        | Kind::Schema => true,
    }
}

/// Where one of the keywords about the style is given, the others have defaults ("Encoding
/// Object").
fn encoding(members: &mut Map<String, Value>) -> bool {
    let keywords = ["style", "explode", "allowReserved"];
    if keywords
        .iter()
        .any(|keyword| members.contains_key(*keyword))
    {
        let style = members.entry("style").or_insert_with(|| "form".into());
        let is_form = style == "form";
        members.entry("explode").or_insert(is_form.into());
    }
    true
}

/// "A parameter MUST contain either a `schema` property, or a `content` property, but not both."
fn schema_or_content(members: &mut Map<String, Value>) -> bool {
    let content = members.get("content").and_then(Value::as_object);
    if members.contains_key("schema") || content.is_none_or(Map::is_empty) {
        members.shift_remove("content");
        members
            .entry("schema")
            .or_insert_with(|| Value::Object(Map::new()));
    }
    true
}

/// Places and styles of the style table ("Style Values").
fn parameter(
    members: &mut Map<String, Value>,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let styles: &[&str] = match text("in") {
        Some("path") => &["matrix", "label", "simple"],
        Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Some("header") => &["simple"],
        Some("cookie") => &["form"],
        Some(_) | None => {
            let help =
                "write `path`, `query`, `header` or `cookie`; a `querystring` has to be a form";
            let at = path.pointer().child("in");
            let message = "a parameter in an unknown place is left out";
            diagnostics.violation(Code::InvalidValue, &at, message, help);
            return false;
        }
    };
    if text("style").is_some_and(|style| !styles.contains(&style)) {
        let at = path.pointer().child("style");
        let message = "the style does not go with the parameter's place; the default is used";
        let help = format!("write one of: {}", styles.join(", "));
        diagnostics.violation(Code::InvalidValue, &at, message, help);
        members.shift_remove("style");
    }
    true
}

fn security_scheme(
    members: &Map<String, Value>,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let value = Value::Object(members.clone());
    match serde_json::from_value::<openapiv3::SecurityScheme>(value) {
        Ok(_) => true,
        Err(error) => {
            let message = format!("the security scheme is left out: {error}");
            let help = "see \"Security Scheme Object\" in the specification";
            diagnostics.violation(Code::InvalidValue, &path.pointer(), message, help);
            false
        }
    }
}

/// A scalar counts as its text: `version: 1.0`.
fn text(value: &mut Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Number(number) => {
            *value = Value::String(number.to_string());
            true
        }
        Value::Bool(flag) => {
            *value = Value::String(flag.to_string());
            true
        }
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

fn flag(value: &mut Value) -> bool {
    match value.as_str() {
        Some("true") => *value = Value::Bool(true),
        Some("false") => *value = Value::Bool(false),
        Some(_) | None => {}
    }
    value.is_boolean()
}

fn number(value: &mut Value) -> bool {
    let parsed = value.as_str().and_then(|text| text.trim().parse().ok());
    if let Some(number) = parsed.and_then(Number::from_f64) {
        *value = Value::Number(number);
    }
    value.is_number()
}

fn count(value: &mut Value) -> bool {
    if !number(value) {
        return false;
    }
    if let Some(float) = value.as_f64()
        && value.as_u64().is_none()
        && float.fract() == 0.0
        && let Ok(count) = format!("{float:.0}").parse::<u64>()
    {
        *value = Value::Number(count.into());
    }
    value.as_u64().is_some()
}

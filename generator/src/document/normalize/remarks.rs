//! What documents say besides, for which the typed document has no place: it becomes a part of the
//! description.

use serde_json::{Map, Value};

use crate::document::grammar::{Kind, METHODS};
use crate::document::walk::{Path, walk};
use crate::text::{code_span, one_line};

/// Puts summaries, licences, contacts and external documentation into the descriptions of what they belong
/// to.
pub fn rewrite(tree: &mut Value) {
    let documentation = tree.as_object_mut().and_then(external);
    let info = tree.get_mut("info").and_then(Value::as_object_mut);
    if let Some((info, text)) = info.zip(documentation) {
        append(info, text);
    }
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut |kind, value, _| {
        let Value::Object(members) = value else {
            return;
        };
        match kind {
            Kind::Info => {
                summary(members);
                let contact = members.get("contact").and_then(contact);
                let license = members.get("license").and_then(license);
                let terms = text(members.get("termsOfService"));
                let terms = terms.map(|url| format!("{}.", link("Terms of service", url)));
                for remark in [contact, license, terms].into_iter().flatten() {
                    append(members, remark);
                }
            }
            Kind::Tag => {
                summary(members);
                see(members);
            }
            Kind::Operation | Kind::Schema => see(members),
            Kind::PathItem => of_all_operations(members),
            Kind::Server => {
                if let Some(name) = members.shift_remove("name") {
                    members.entry("description").or_insert(name);
                }
            }
            Kind::SecurityScheme => {
                if let Some(format) = text(members.get("bearerFormat")) {
                    let remark = format!("The format of the token is {}.", code_span(format));
                    append(members, remark);
                }
            }
            Kind::Example => {
                if let Some(value) = members.shift_remove("dataValue") {
                    members.entry("value").or_insert(value);
                }
            }
            Kind::OpenApi
            | Kind::Contact
            | Kind::License
            | Kind::ServerVariable
            | Kind::Components
            | Kind::Parameter
            | Kind::Header
            | Kind::RequestBody
            | Kind::MediaType
            | Kind::Encoding
            | Kind::Response
            | Kind::Discriminator => {}
        }
    });
}

fn text(value: Option<&Value>) -> Option<&str> {
    value?.as_str().filter(|text| !text.trim().is_empty())
}

/// A link in `CommonMark`.
fn link(words: &str, url: &str) -> String {
    let words = one_line(words).replace('[', "\\[").replace(']', "\\]");
    format!("[{words}](<{url}>)")
}

/// Adds a paragraph to the description. What is a reference has no words of its own.
fn append(members: &mut Map<String, Value>, remark: String) {
    if members.contains_key("$ref") {
        return;
    }
    let whole = match text(members.get("description")) {
        Some(description) => format!("{}\n\n{remark}", description.trim_end()),
        None => remark,
    };
    members.insert("description".to_owned(), whole.into());
}

/// A summary where there is no place for one is the first paragraph ("Info Object", "Tag Object" in 3.2).
fn summary(members: &mut Map<String, Value>) {
    let Some(summary) = text(members.get("summary")).map(str::to_owned) else {
        return;
    };
    match text(members.get("description")).map(str::to_owned) {
        Some(description) if description.starts_with(&summary) => {}
        Some(description) => {
            let whole = format!("{summary}\n\n{description}");
            members.insert("description".to_owned(), whole.into());
        }
        None => append(members, summary),
    }
}

/// "External Documentation Object".
fn external(members: &mut Map<String, Value>) -> Option<String> {
    let documentation = members.shift_remove("externalDocs")?;
    let url = text(documentation.get("url"))?;
    let words = text(documentation.get("description")).unwrap_or(url);
    let words = words.trim().trim_end_matches('.');
    Some(format!("See {}.", link(words, url)))
}

fn see(members: &mut Map<String, Value>) {
    if let Some(remark) = external(members) {
        append(members, remark);
    }
}

/// "Contact Object".
fn contact(contact: &Value) -> Option<String> {
    let text = |name: &str| text(contact.get(name));
    let email = text("email").map(|email| link(email, &format!("mailto:{email}")));
    let name = match (text("name"), text("url")) {
        (Some(name), Some(url)) => Some(link(name, url)),
        (None, Some(url)) => Some(link(url, url)),
        (name, None) => name.map(one_line),
    };
    let parts: Vec<String> = name.into_iter().chain(email).collect();
    (!parts.is_empty()).then(|| format!("Contact: {}.", parts.join(", ")))
}

/// "License Object".
fn license(license: &Value) -> Option<String> {
    let text = |name: &str| text(license.get(name));
    let name = text("name").or(text("identifier"))?;
    let shown = text("url").map_or_else(|| one_line(name), |url| link(name, url));
    Some(format!("License of the API: {shown}."))
}

/// What a path says is "intended to apply to all operations" in it: to those that say nothing themselves.
fn of_all_operations(item: &mut Map<String, Value>) {
    let words = ["summary", "description"];
    let words = words.map(|word| Some((word, text(item.get(word))?.to_owned())));
    for method in METHODS {
        let operation = item.get_mut(method).and_then(Value::as_object_mut);
        let silent = operation.filter(|of| {
            text(of.get("summary")).is_none() && text(of.get("description")).is_none()
        });
        if let Some(operation) = silent {
            for (word, text) in words.iter().flatten() {
                operation.insert((*word).to_owned(), text.clone().into());
            }
        }
    }
}

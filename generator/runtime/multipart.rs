//! Bodies in parts (`multipart/form-data`, RFC 7578).

pub use reqwest::multipart::Part;
use reqwest::{RequestBuilder, multipart};
use serde::Serialize;

use super::request::Request;
use super::tree::Tree;

/// The parts of a body, each with its name.
pub(crate) type Parts = Vec<(&'static str, Part)>;

impl Request {
    /// Sends parts of this name, in place of those that it had.
    pub(crate) fn parts(&mut self, name: &'static str, parts: Vec<Part>) {
        self.parts.retain(|(known, _)| *known != name);
        self.parts
            .extend(parts.into_iter().map(|part| (name, part)));
    }

    /// Sends these parts.
    pub(crate) fn all_parts(&mut self, parts: Parts) {
        self.parts = parts;
    }

    /// Sends a value as a part: a scalar as text, an array as a part for each item, an object as
    /// JSON; or with the content type that the document gives ("Encoding Object", `contentType`).
    pub(crate) fn field<T: Serialize>(
        &mut self,
        name: &'static str,
        content_type: Option<&str>,
        value: T,
    ) {
        let parts = match Tree::of(&value) {
            Ok(Tree::List(items)) => items.iter().map(|item| part(item, content_type)).collect(),
            Ok(value) => part(&value, content_type).map(|part| vec![part]),
            Err(reason) => Err(reason.to_string()),
        };
        match parts {
            Ok(parts) => self.parts(name, parts),
            Err(reason) => self.refuse(name, &reason),
        }
    }
}

fn part(value: &Tree, content_type: Option<&str>) -> Result<Part, String> {
    let as_json = match content_type {
        Some(content_type) => content_type.ends_with("json"),
        None => matches!(value, Tree::List(_) | Tree::Members(_)),
    };
    let text = if as_json {
        value.to_string()
    } else {
        value.text()
    };
    let part = Part::text(text);
    match content_type.or(as_json.then_some("application/json")) {
        Some(content_type) => part
            .mime_str(content_type)
            .map_err(|error| error.to_string()),
        None => Ok(part),
    }
}

/// Adds the parts to the request that is sent.
pub(crate) fn attach(builder: RequestBuilder, parts: Parts) -> RequestBuilder {
    if parts.is_empty() {
        return builder;
    }
    let form = parts
        .into_iter()
        .fold(multipart::Form::new(), |form, (name, part)| {
            form.part(name, part)
        });
    builder.multipart(form)
}

//! Webhooks and callbacks: a function that reads the payload of each.

use super::content::is_json;
use super::docs;
use super::ident::{Ident, Scope};
use super::names::Names;
use super::types::{RustType, rust_type};
use crate::api::Api;

/// A function that reads what the API sends by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether the document says that it should no longer be used.
    pub deprecated: bool,
    /// The type of the payload.
    pub payload: RustType,
}

/// Decides them; one without a payload has none to read.
pub(super) fn webhooks(api: &Api, names: &Names) -> Vec<Webhook> {
    let mut scope = Scope::default();
    let read = api.webhooks.iter().filter_map(|webhook| {
        let mut content = webhook.content.iter();
        Some((webhook, content.find(|media| is_json(api, media))?))
    });
    read.map(|(webhook, media)| {
        let mut docs = docs::lines(&webhook.docs, "Reads a payload.");
        let errors = [
            "",
            "# Errors",
            "",
            "The payload is not what the document promises.",
        ];
        docs.extend(errors.map(str::to_owned));
        let payload = media.ty.map(|id| rust_type(api, names, id));
        Webhook {
            ident: scope.take(&[Ident::value_name(&format!("parse {}", webhook.name))]),
            docs,
            deprecated: webhook.docs.deprecated,
            payload: payload.unwrap_or(RustType::Json),
        }
    })
    .collect()
}

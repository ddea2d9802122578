//! Webhooks and callbacks: a function that reads the payload of each.

use crate::api::{Api, Codec, Origin};
use crate::plan::names::{Ident, Names, Scope};
use crate::plan::types::{RustType, rust_type};
use crate::plan::words::{self, Docs, Text};

/// A function that reads what the API sends by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Whether the document says that it should no longer be used.
    pub deprecated: bool,
    /// The type of the payload.
    pub payload: RustType,
}

/// Decides them; one without a payload has none to read.
pub(in crate::plan) fn webhooks(api: &Api, names: &Names) -> Vec<Webhook> {
    let mut scope = Scope::default();
    let read = api.webhooks.iter().filter_map(|webhook| {
        let mut content = webhook.content.iter();
        Some((webhook, content.find(|media| media.codec() == Codec::Json)?))
    });
    read.map(|(webhook, media)| {
        let errors = Text::own("The payload is not what the document promises.");
        let docs = words::docs(&webhook.docs, Text::own("Reads a payload."));
        let docs = docs.section("Errors", errors);
        let payload = media.ty.map(|id| rust_type(api, names, id));
        Webhook {
            origin: webhook.origin.clone(),
            ident: scope.take(&[Ident::value_name(&format!("parse {}", webhook.name))]),
            docs,
            deprecated: webhook.docs.deprecated,
            payload: payload.unwrap_or(RustType::Json),
        }
    })
    .collect()
}

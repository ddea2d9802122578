//! The module `webhooks`.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::tokens::{deprecated, rust_type};
use super::uses::{Module, Uses};
use crate::plan::{Docs, Text, Webhook};

/// The whole module.
pub(super) fn webhooks(webhooks: &[Webhook]) -> Module {
    let uses = Uses::new();
    let items = webhooks.iter().map(|of| webhook(of, &uses));
    let about = Docs::of(Text::own(
        "What the API sends by itself, webhooks and callbacks: each function reads a payload.",
    ))
    .paragraph(Text::own(
        "Check first that it comes from the API; how, its documentation says.",
    ));
    uses.module("webhooks", &about, items)
}

fn webhook(webhook: &Webhook, uses: &Uses) -> TokenStream {
    let Webhook { ident, .. } = webhook;
    let docs = docs(&webhook.docs);
    let deprecated = deprecated(webhook.deprecated);
    let ty = rust_type(&webhook.payload, uses);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(payload: &[u8]) -> serde_json::Result<#ty> {
            serde_json::from_slice(payload)
        }
    }
}

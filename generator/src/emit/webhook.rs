//! The module `webhooks`.

use proc_macro2::TokenStream;
use quote::quote;

use super::layout::{file, uses};
use super::tokens::{From, deprecated, docs, inner_docs, mention, rust_type};
use crate::plan::Webhook;

/// The whole module.
pub(super) fn webhooks(webhooks: &[Webhook]) -> syn::File {
    let about = [
        "What the API sends by itself, webhooks and callbacks: each function reads a payload.",
        "",
        "Check first that it comes from the API; how, its documentation says.",
    ];
    let about = inner_docs(&about.map(str::to_owned));
    let mut items: Vec<TokenStream> = webhooks.iter().map(webhook).collect();
    let types = mention(&items, "types", ':').then(|| uses(vec![quote!(crate::types)]));
    let map = mention(&items, "BTreeMap", '<').then(|| {
        quote! {
            use std::collections::BTreeMap;
            #[line = ""]
        }
    });
    items.insert(0, quote!(#map #types));
    file(&about, items)
}

fn webhook(webhook: &Webhook) -> TokenStream {
    let Webhook { ident, .. } = webhook;
    let docs = docs(&webhook.docs);
    let deprecated = deprecated(webhook.deprecated);
    let ty = rust_type(&webhook.payload, From::Elsewhere);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(payload: &[u8]) -> serde_json::Result<#ty> {
            serde_json::from_slice(payload)
        }
    }
}

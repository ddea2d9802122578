//! The module `headers`.

use proc_macro2::TokenStream;
use quote::quote;

use super::layout::{file, uses};
use super::tokens::{From, docs, inner_docs, mention, rust_type};
use crate::plan::Header;

/// The whole module.
pub(super) fn headers(headers: &[Header]) -> syn::File {
    let about = [
        "Headers of answers, typed: each function reads one from [`Response::headers`].",
        "",
        "It returns `None` where the header is missing, or is not what the document promises.",
        "",
        "[`Response::headers`]: crate::Response::headers",
    ];
    let about = inner_docs(&about.map(str::to_owned));
    let mut items: Vec<TokenStream> = headers.iter().map(header).collect();
    let mut imports = vec![quote!(crate::runtime::header::read)];
    if mention(&items, "types", ':') {
        imports.push(quote!(crate::types));
    }
    let imports = uses(imports);
    let map = mention(&items, "BTreeMap", '<').then(|| {
        quote! {
            use std::collections::BTreeMap;
            #[line = ""]
        }
    });
    items.insert(
        0,
        quote! {
            #map
            use reqwest::header::HeaderMap;
            #[line = ""]
            #imports
        },
    );
    file(&about, items)
}

fn header(header: &Header) -> TokenStream {
    let Header { ident, name, .. } = header;
    let docs = docs(&header.docs);
    let ty = rust_type(&header.ty, From::Elsewhere);
    quote! {
        #docs
        #[inline]
        pub fn #ident(headers: &HeaderMap) -> Option<#ty> {
            read(headers, #name)
        }
    }
}

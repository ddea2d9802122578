//! The module `headers`.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::tokens::rust_type;
use super::uses::{Module, Uses};
use crate::plan::{Docs, Header, Text};
use crate::runtime::{HEADER_MAP, READ};

/// The whole module.
pub(super) fn headers(headers: &[Header]) -> Module {
    let uses = Uses::new();
    let items = headers.iter().map(|of| header(of, &uses));
    let about = Docs::of(Text::own(
        "Headers of responses, typed: each function reads one from [`Response::headers`].",
    ))
    .paragraph(Text::own(
        "It returns `None` where the header is missing, or is not what the document promises.",
    ))
    .paragraph(Text::own("[`Response::headers`]: crate::Response::headers"));
    uses.module("headers", &about, items)
}

fn header(header: &Header, uses: &Uses) -> TokenStream {
    let Header { ident, name, .. } = header;
    let docs = docs(&header.docs);
    let ty = rust_type(&header.ty, uses);
    let (map, read) = (uses.of(HEADER_MAP), uses.of(READ));
    quote! {
        #docs
        #[inline]
        pub fn #ident(headers: &#map) -> Option<#ty> {
            #read(headers, #name)
        }
    }
}

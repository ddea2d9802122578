//! Identifiers and types as tokens.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::uses::Uses;
use crate::plan::{self, RustType};
use crate::runtime::{BASE64, BTREE_MAP, DATE_TIME, INFALLIBLE, NULLABLE, OPEN_TUPLE, TYPES};

impl ToTokens for plan::Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let name = self.as_str();
        let ident = match name.strip_prefix("r#") {
            Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
            None => Ident::new(name, Span::call_site()),
        };
        ident.to_tokens(tokens);
    }
}

/// The attribute of what should no longer be used.
pub(super) fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated {
        quote!(#[deprecated])
    } else {
        TokenStream::new()
    }
}

/// A string literal, as text.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A type as text, for the inside of a macro call.
pub(super) fn written(ty: &TokenStream) -> String {
    ty.to_string().replace(' ', "").replace(',', ", ")
}

fn tuple(places: &[RustType], uses: &Uses) -> TokenStream {
    let places: Vec<_> = places.iter().map(|place| rust_type(place, uses)).collect();
    match &places[..] {
        [only] => quote!((#only,)),
        [..] => quote!((#(#places),*)),
    }
}

/// What is as the type says by default is left out.
fn open_tuple(places: &[RustType], rest: &RustType, required: usize, uses: &Uses) -> TokenStream {
    let open = uses.of(OPEN_TUPLE);
    let places = tuple(places, uses);
    if required == 0 && *rest == RustType::Json {
        return quote!(#open<#places>);
    }
    let rest = rust_type(rest, uses);
    let required = (required > 0).then(|| Literal::usize_unsuffixed(required));
    let required = required.into_iter();
    quote!(#open<#places, #rest #(, #required)*>)
}

/// A type.
pub(super) fn rust_type(ty: &RustType, uses: &Uses) -> TokenStream {
    let inner = |ty: &RustType| rust_type(ty, uses);
    match ty {
        RustType::Unit => quote!(()),
        RustType::Json => quote!(serde_json::Value),
        RustType::Bool => quote!(bool),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::U32 => quote!(u32),
        RustType::U64 => quote!(u64),
        RustType::F64 => quote!(f64),
        RustType::String => quote!(String),
        RustType::Bytes => quote!(Vec<u8>),
        RustType::Secret => quote!(crate::Secret),
        RustType::Foreign(path) => {
            match &**path {
                "crate::Base64" => uses.extension(BASE64),
                "crate::DateTime" => uses.extension(DATE_TIME),
                _ => {}
            }
            path.parse().unwrap_or_default()
        }
        RustType::Infallible => uses.of(INFALLIBLE).into_token_stream(),
        RustType::Tuple(places) => tuple(places, uses),
        RustType::OpenTuple {
            places,
            rest,
            required,
        } => open_tuple(places, rest, *required, uses),
        RustType::Vec(item) => {
            let item = inner(item);
            quote!(Vec<#item>)
        }
        RustType::Map(value) => {
            let value = inner(value);
            let map = uses.of(BTREE_MAP);
            quote!(#map<String, #value>)
        }
        RustType::Option(ty) => {
            let ty = inner(ty);
            quote!(Option<#ty>)
        }
        RustType::Nullable(ty) => {
            let ty = inner(ty);
            let nullable = uses.of(NULLABLE);
            quote!(#nullable<#ty>)
        }
        RustType::Boxed(ty) => {
            let ty = inner(ty);
            quote!(Box<#ty>)
        }
        RustType::Model(ident) if !uses.is_types() => {
            let types = uses.of(TYPES);
            quote!(#types::#ident)
        }
        RustType::Model(ident) if uses.is_elsewhere(ident) => quote!(super::#ident),
        RustType::Model(ident) | RustType::Local(ident) => quote!(#ident),
    }
}

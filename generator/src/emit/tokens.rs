//! Identifiers, types and documentation as tokens.

use proc_macro2::{Ident, Literal, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::plan::{self, RustType};

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

/// Documentation, one attribute a line.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    let lines = padded(lines);
    quote!(#(#[doc = #lines])*)
}

/// Documentation of what it stands in.
pub(super) fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = padded(lines);
    quote!(#(#![doc = #lines])*)
}

fn padded(lines: &[String]) -> Vec<String> {
    let pad = |line: &String| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    };
    lines.iter().map(pad).collect()
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
pub(super) fn spelled(ty: &TokenStream) -> String {
    ty.to_string().replace(' ', "").replace(',', ", ")
}

/// Whether any of the tokens are this name, and the punctuation after it; a colon is the first of
/// two.
pub(super) fn mention(tokens: &[TokenStream], name: &str, then: char) -> bool {
    let mentions = |tokens: &TokenStream| {
        let mut after_name = false;
        tokens.clone().into_iter().any(|token| match token {
            TokenTree::Group(group) => {
                after_name = false;
                mention(&[group.stream()], name, then)
            }
            TokenTree::Ident(ident) => {
                after_name = ident == name;
                false
            }
            TokenTree::Punct(punct) => {
                let is_path = then != ':' || punct.spacing() == Spacing::Joint;
                std::mem::take(&mut after_name) && punct.as_char() == then && is_path
            }
            TokenTree::Literal(_) => {
                after_name = false;
                false
            }
        })
    };
    tokens.iter().any(mentions)
}

/// Where a type is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// In the module `types`.
    Types,
    /// In another module.
    Elsewhere,
}

/// A type.
pub(super) fn rust_type(ty: &RustType, from: From) -> TokenStream {
    let inner = |ty: &RustType| rust_type(ty, from);
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
        RustType::Foreign(path) => path.parse().unwrap_or_default(),
        RustType::Infallible => quote!(Infallible),
        RustType::Tuple(places) => {
            let places: Vec<_> = places.iter().map(inner).collect();
            match &places[..] {
                [only] => quote!((#only,)),
                [..] => quote!((#(#places),*)),
            }
        }
        RustType::Vec(item) => {
            let item = inner(item);
            quote!(Vec<#item>)
        }
        RustType::Map(value) => {
            let value = inner(value);
            quote!(BTreeMap<String, #value>)
        }
        RustType::Option(ty) => {
            let ty = inner(ty);
            quote!(Option<#ty>)
        }
        RustType::Nullable(ty) => {
            let ty = inner(ty);
            quote!(Nullable<#ty>)
        }
        RustType::Boxed(ty) => {
            let ty = inner(ty);
            quote!(Box<#ty>)
        }
        RustType::Model(ident) if from == From::Elsewhere => quote!(types::#ident),
        RustType::Model(ident) | RustType::Local(ident) => quote!(#ident),
    }
}

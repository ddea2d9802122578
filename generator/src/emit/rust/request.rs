//! How a function takes what is sent, and puts the request together.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::codec;
use super::parameter;
use super::tokens::rust_type;
use super::uses::Uses;
use crate::plan::{Argument, Ident, Passed, Section, Step};
use crate::runtime::{BODY, MULTIPART, PART};

/// A function's argument.
pub(super) fn argument(argument: &Argument, uses: &Uses) -> TokenStream {
    let Argument { ident, passed, .. } = argument;
    let ty = match passed {
        Passed::Value(ty) => rust_type(ty, uses),
        Passed::Reference(ty) => {
            let ty = rust_type(ty, uses);
            quote!(&#ty)
        }
        Passed::Str => quote!(&str),
        Passed::Body => {
            let body = uses.of(BODY);
            quote!(impl Into<#body>)
        }
        Passed::Url => quote!(impl Into<String>),
        Passed::Part => uses.of(PART).into_token_stream(),
        Passed::Parts => {
            let part = uses.of(PART);
            quote!(Vec<#part>)
        }
        Passed::AllParts => {
            let part = uses.of(PART);
            quote!(Vec<(&'static str, #part)>)
        }
        Passed::Slice(ty) => {
            let ty = rust_type(ty, uses);
            quote!(&[#ty])
        }
    };
    quote!(#ident: #ty)
}

/// A call of a function of the request.
pub(super) fn step(step: &Step, uses: &Uses) -> TokenStream {
    match step {
        Step::Path(text) => quote!(path(#text)),
        Step::Query(text) => quote!(query(#text)),
        Step::Server(url) => quote!(server(#url)),
        Step::BaseUrl(value) => quote!(base_url(#value)),
        Step::Globals(needed) => quote!(globals(&[#(#needed),*])),
        Step::Parameter(parameter, value) => {
            let parameter = parameter::parameter(parameter, uses);
            quote!(parameter(#parameter, #value))
        }
        Step::Body(payload, value) => codec::encoded(payload, value, uses),
        Step::Part((place, name), section, value) => part((*place, name), section, value, uses),
        Step::PartHeader(part, header, value) => {
            uses.extension(MULTIPART);
            let header = parameter::parameter(header, uses);
            quote!(part_header(#part, #header, #value))
        }
        Step::Multipart(media_type) => {
            uses.extension(MULTIPART);
            quote!(multipart(#media_type))
        }
        Step::Flag(name) => quote!(flag(#name)),
        Step::Accept(media_types) => quote!(header("accept", #media_types)),
    }
}

fn part(
    (place, name): (usize, &str),
    section: &Section,
    value: &Ident,
    uses: &Uses,
) -> TokenStream {
    uses.extension(MULTIPART);
    let place = Literal::usize_unsuffixed(place);
    match section {
        Section::Parts(media_type) => quote!(parts(#place, #name, #media_type, #value)),
        Section::Part(media_type) => quote!(parts(#place, #name, #media_type, vec![#value])),
        Section::Field(None) => quote!(field(#place, #name, None, #value)),
        Section::Field(Some(media_type)) => {
            quote!(field(#place, #name, Some(#media_type), #value))
        }
        Section::Styled(parameter) => {
            let parameter = parameter::parameter(parameter, uses);
            quote!(styled(#place, #parameter, #value))
        }
        Section::All => quote!(all_parts(#value)),
    }
}

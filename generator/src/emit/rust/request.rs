//! How a function takes what is sent, and puts the request together.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::tokens::rust_type;
use super::uses::Uses;
use crate::plan::{
    Argument, Ident, Location, Parameter, ParameterEncoding, Passed, Payload, Section, Step, Style,
};
use crate::runtime::{
    BODY, ENCODING, FORM, LOCATION, MULTIPART, PARAMETER, PART, STYLE, XML, XML_BODY,
};

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
            let parameter = self::parameter(parameter, uses);
            quote!(parameter(#parameter, #value))
        }
        Step::Body(payload, value) => body(payload, value, uses),
        Step::Part((place, name), section, value) => part((*place, name), section, value, uses),
        Step::PartHeader(part, header, value) => {
            uses.extension(MULTIPART);
            let header = self::parameter(header, uses);
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

fn body(payload: &Payload, value: &Ident, uses: &Uses) -> TokenStream {
    match payload {
        Payload::Json(media_type) => quote!(json(#media_type, &#value)),
        Payload::Xml(media_type, element) => {
            uses.extension(XML_BODY);
            let xml = uses.of(XML);
            quote!(xml(#media_type, &#xml::#element, &#value))
        }
        Payload::Lines(media_type) => quote!(lines(#media_type, #value)),
        Payload::Text(media_type) => quote!(body(#media_type, #value.to_owned())),
        Payload::Bytes(media_type) => quote!(body(#media_type, #value)),
        Payload::Form(media_type, styles) => {
            uses.extension(FORM);
            let styles = styles.iter().map(|property| encoding(property, uses));
            quote!(form(#media_type, &[#(#styles),*], &#value))
        }
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
            let parameter = self::parameter(parameter, uses);
            quote!(styled(#place, #parameter, #value))
        }
        Section::All => quote!(all_parts(#value)),
    }
}

/// How a property of a form is encoded: a constant, unlike a parameter, which is made by a call.
fn encoding(property: &Parameter, uses: &Uses) -> TokenStream {
    let name = &property.name;
    let encoding = uses.of(ENCODING);
    match property.encoding {
        ParameterEncoding::Usual => {
            let style = style(Style::Form, uses);
            quote!(#encoding::Styled(#name, #style, true))
        }
        ParameterEncoding::Styled(style, explode) => {
            let style = self::style(style, uses);
            quote!(#encoding::Styled(#name, #style, #explode))
        }
        ParameterEncoding::Reserved(style, explode) => {
            let style = self::style(style, uses);
            quote!(#encoding::Reserved(#name, #style, #explode))
        }
    }
}

/// A parameter as the request wants it.
pub(super) fn parameter(parameter: &Parameter, uses: &Uses) -> TokenStream {
    let name = &parameter.name;
    let ty = uses.of(PARAMETER);
    let (constructor, location) = match parameter.location {
        Location::Path => (quote!(path), quote!(Path)),
        Location::Query => (quote!(query), quote!(Query)),
        Location::Header => (quote!(header), quote!(Header)),
        Location::Cookie => (quote!(cookie), quote!(Cookie)),
    };
    match parameter.encoding {
        ParameterEncoding::Usual => quote!(#ty::#constructor(#name)),
        ParameterEncoding::Styled(style, explode) if parameter.location == Location::Query => {
            let style = self::style(style, uses);
            quote!(#ty::styled(#name, #style, #explode))
        }
        ParameterEncoding::Styled(style, explode) => {
            let (style, locations) = (self::style(style, uses), uses.of(LOCATION));
            quote!(#ty::new(#name, #locations::#location, #style, #explode))
        }
        ParameterEncoding::Reserved(style, explode) => {
            let style = self::style(style, uses);
            quote!(#ty::reserved(#name, #style, #explode))
        }
    }
}

fn style(style: Style, uses: &Uses) -> TokenStream {
    let ty = uses.of(STYLE);
    match style {
        Style::Matrix => quote!(#ty::Matrix),
        Style::Label => quote!(#ty::Label),
        Style::Simple => quote!(#ty::Simple),
        Style::Form => quote!(#ty::Form),
        Style::SpaceDelimited => quote!(#ty::SpaceDelimited),
        Style::PipeDelimited => quote!(#ty::PipeDelimited),
        Style::DeepObject => quote!(#ty::DeepObject),
        Style::Json => quote!(#ty::Json),
    }
}

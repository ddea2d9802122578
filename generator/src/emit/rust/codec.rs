//! How bodies are written and read.

use proc_macro2::TokenStream;
use quote::quote;

use super::parameter;
use super::uses::Uses;
use crate::plan::{Decoder, Ident, Parameter, ParameterEncoding, Payload, Style};
use crate::runtime::{ENCODING, FORM, XML, XML_BODY};

/// A call of the request's function that writes a body.
pub(super) fn encoded(payload: &Payload, value: &Ident, uses: &Uses) -> TokenStream {
    match payload {
        Payload::Json(media_type) => quote!(json(#media_type, &#value)),
        Payload::Xml(media_type, element) => {
            uses.extension(XML_BODY);
            let xml = uses.of(XML);
            quote!(xml(#media_type, &#xml::#element, &#value))
        }
        Payload::Lines(media_type) => quote!(lines(#media_type, #value)),
        Payload::Text(media_type) => quote!(body(#media_type, #value.to_owned())),
        Payload::Word(media_type) => quote!(body(#media_type, #value.to_string())),
        Payload::Bytes(media_type) => quote!(body(#media_type, #value)),
        Payload::Form(media_type, styles) => {
            uses.extension(FORM);
            let styles = self::styles(styles, uses);
            quote!(form(#media_type, &[#(#styles),*], &#value))
        }
    }
}

/// How the properties of a form are encoded that have a style of their own.
pub(super) fn styles(styles: &[Parameter], uses: &Uses) -> Vec<TokenStream> {
    let styles = styles.iter();
    styles.map(|property| encoding(property, uses)).collect()
}

/// How a property of a form is encoded: a constant, unlike a parameter, which is made by a call.
fn encoding(property: &Parameter, uses: &Uses) -> TokenStream {
    let name = &property.name;
    let encoding = uses.of(ENCODING);
    match property.encoding {
        ParameterEncoding::Usual => {
            let style = parameter::style(Style::Form, uses);
            quote!(#encoding::Styled(#name, #style, true))
        }
        ParameterEncoding::Styled(style, explode) => {
            let style = parameter::style(style, uses);
            quote!(#encoding::Styled(#name, #style, #explode))
        }
        ParameterEncoding::Reserved(style, explode) => {
            let style = parameter::style(style, uses);
            quote!(#encoding::Reserved(#name, #style, #explode))
        }
    }
}

/// A call of the response's function that reads a body.
pub(super) fn decoded(decoder: &Decoder, uses: &Uses) -> Option<TokenStream> {
    match decoder {
        Decoder::Nothing => None,
        Decoder::Json => Some(quote!(response.read_json())),
        Decoder::Xml(element) => {
            uses.extension(XML_BODY);
            let xml = uses.of(XML);
            Some(quote!(response.xml(&#xml::#element)))
        }
        Decoder::Text => Some(quote!(response.plain_text())),
        Decoder::Word => Some(quote!(response.word())),
        Decoder::Bytes => Some(quote!(response.bytes())),
    }
}

/// Whether the call is a longer chain than others, which `rustfmt` breaks.
pub(super) fn is_long(decoder: &Decoder) -> bool {
    matches!(decoder, Decoder::Xml(_))
}

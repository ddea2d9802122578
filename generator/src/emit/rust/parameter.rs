//! Parameters and their styles.

use proc_macro2::TokenStream;
use quote::quote;

use super::uses::Uses;
use crate::plan::{Location, Parameter, ParameterEncoding, Style};
use crate::runtime::{LOCATION, PARAMETER, STYLE};

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

pub(super) fn style(style: Style, uses: &Uses) -> TokenStream {
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

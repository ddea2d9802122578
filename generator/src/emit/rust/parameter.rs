//! Parameters and their styles.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

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

/// The function of a request that adds a parameter as is usual for its location; `None` where it is
/// encoded otherwise.
pub(super) fn usual(parameter: &Parameter) -> Option<Ident> {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let is_usual = parameter.encoding == ParameterEncoding::Usual;
    is_usual.then(|| format_ident!("{location}_parameter"))
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

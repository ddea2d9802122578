//! What a call returns: the enums of its successes and errors, and how a response is read.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::codec;
use super::docs::docs;
use super::tokens::rust_type;
use super::uses::Uses;
use crate::plan::{ErrorAlias, MatchArm, Pattern, Reader, ResponseEnum, RustType};
use crate::runtime::{DESERIALIZE_OWNED, OUTCOME, RAW_RESPONSE};

/// The enum of successes or errors.
pub(super) fn response_enum(of: &ResponseEnum, uses: &Uses) -> TokenStream {
    let ResponseEnum { ident, .. } = of;
    let docs = docs(&of.docs);
    let variants = of.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let docs = self::docs(&variant.docs);
        let body = variant.body.as_ref().map(|ty| {
            let ty = rust_type(ty, uses);
            quote!((#ty))
        });
        quote!(#docs #ident #body)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
        }
    }
}

/// Another name for the errors of an earlier operation.
pub(super) fn error_alias(alias: &ErrorAlias) -> TokenStream {
    let ErrorAlias { ident, of, .. } = alias;
    let docs = docs(&alias.docs);
    quote!(#docs pub type #ident = #of;)
}

/// The function that says what a response means.
pub(super) fn reader(reader: &Reader, uses: &Uses) -> TokenStream {
    let Reader { ident, arms, .. } = reader;
    let any = [("T", &reader.success), ("E", &reader.error)];
    let any = any.iter().filter(|(_, ty)| ty.is_none());
    let any = any.map(|(name, _)| {
        let (name, read) = (format_ident!("{name}"), uses.of(DESERIALIZE_OWNED));
        quote!(#name: #read)
    });
    let any: Vec<TokenStream> = any.collect();
    let any = (!any.is_empty()).then(|| quote!(<#(#any),*>));
    let of = |ty: &Option<RustType>, name: TokenStream| match ty {
        Some(ty) => rust_type(ty, uses),
        None => name,
    };
    let (success, error) = (of(&reader.success, quote!(T)), of(&reader.error, quote!(E)));
    let has = |pattern| arms.iter().any(|arm| arm.pattern == pattern);
    let covered =
        has(Pattern::OtherError) && (has(Pattern::OtherSuccess) || has(Pattern::Hundred(200)));
    let (ty, raw) = (uses.of(OUTCOME), uses.of(RAW_RESPONSE));
    let rest = (!covered).then(|| quote!(_ => #ty::Undocumented,));
    let arms = arms.iter().map(|arm| self::arm(arm, uses));
    quote! {
        #[inline]
        fn #ident #any(response: &#raw) -> #ty<#success, #error> {
            match response.status().as_u16() { #(#arms)* #rest }
        }
    }
}

fn arm(arm: &MatchArm, uses: &Uses) -> TokenStream {
    let pattern = match arm.pattern {
        Pattern::Code(code) => Literal::u16_unsuffixed(code).into_token_stream(),
        Pattern::Hundred(from) => {
            let (from, to) = (
                Literal::u16_unsuffixed(from),
                Literal::u16_unsuffixed(from + 99),
            );
            quote!(#from..=#to)
        }
        Pattern::OtherSuccess => quote!(200..=299),
        Pattern::OtherError => quote!(..=199 | 300..),
    };
    let guard = arm.media_type.as_ref();
    let guard = guard.map(|media_type| quote!(if response.is(#media_type)));
    let outcome = outcome(arm, uses);
    quote!(#pattern #guard => #outcome,)
}

/// What a response of this status is.
fn outcome(arm: &MatchArm, uses: &Uses) -> TokenStream {
    let ty = uses.of(OUTCOME);
    let body = codec::decoded(&arm.decoder, uses);
    match (&arm.variant, body, arm.is_error) {
        (None, None, _) => quote!(#ty::Success(())),
        (None, Some(body), true) => quote!(#ty::failure(#body)),
        (None, Some(body), _) if codec::is_long(&arm.decoder) => {
            quote!(#ty::from(#body))
        }
        (None, Some(body), _) => quote!(#body.into()),
        (Some((of, variant)), None, false) => quote!(#ty::Success(#of::#variant)),
        (Some((of, variant)), None, true) => quote!(#ty::Error(#of::#variant)),
        (Some((of, variant)), Some(body), false) => quote!(#ty::success(#body, #of::#variant)),
        (Some((of, variant)), Some(body), true) => quote!(#ty::error(#body, #of::#variant)),
    }
}

//! What a call returns: the enums of its successes and errors, and how a response is read.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::codec;
use super::docs::docs;
use super::tokens::rust_type;
use super::uses::Uses;
use crate::plan::{MatchArm, Outcome, Pattern, ResponseEnum};
use crate::runtime::{DESCRIBE, FMT, OUTCOME, RAW_RESPONSE};

/// The enum of successes or errors, and what it says as an error.
pub(super) fn response_enum(of: &ResponseEnum, uses: &Uses) -> Vec<TokenStream> {
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
    let declaration = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub enum #ident {
            #(#variants,)*
        }
    };
    if !of.is_error {
        return vec![declaration];
    }
    let arms = of.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let label = &variant.label;
        match variant.body {
            Some(_) => {
                let describe = uses.of(DESCRIBE);
                quote!(Self::#ident(body) => #describe(f, #label, body),)
            }
            None => quote!(Self::#ident => f.write_str(#label),),
        }
    });
    let fmt = uses.of(FMT);
    let display = quote! {
        impl #fmt::Display for #ident {
            #[inline]
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                match self {
                    #(#arms)*
                }
            }
        }
    };
    let error = quote!(impl std::error::Error for #ident {});
    vec![declaration, display, error]
}

/// The function that says what a response means.
pub(super) fn reader(outcome: &Outcome, uses: &Uses) -> TokenStream {
    let name = &outcome.reader;
    let success = rust_type(&outcome.success, uses);
    let error = rust_type(&outcome.error, uses);
    let has = |pattern| outcome.arms.iter().any(|arm| arm.pattern == pattern);
    let covered =
        has(Pattern::OtherError) && (has(Pattern::OtherSuccess) || has(Pattern::Hundred(200)));
    let (ty, raw) = (uses.of(OUTCOME), uses.of(RAW_RESPONSE));
    let rest = (!covered).then(|| quote!(_ => #ty::Undocumented,));
    let arms = outcome.arms.iter().map(|arm| self::arm(arm, uses));
    quote! {
        #[inline]
        fn #name(response: &#raw) -> #ty<#success, #error> {
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

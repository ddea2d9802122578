//! What a call returns: the enums of its successes and errors, and how an answer is read.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::tokens::{From, docs, rust_type};
use crate::plan::{Arm, Decoder, Operation, Pattern, Sum};

/// The enum of successes or errors, and what it says as an error.
pub(super) fn sum(sum: &Sum) -> Vec<TokenStream> {
    let Sum { ident, .. } = sum;
    let docs = docs(&sum.docs);
    let variants = sum.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let docs = self::docs(&variant.docs);
        let body = variant.body.as_ref().map(|ty| {
            let ty = rust_type(ty, From::Elsewhere);
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
    if !sum.is_error {
        return vec![declaration];
    }
    let arms = sum.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let label = &variant.label;
        match variant.body {
            Some(_) => quote!(Self::#ident(body) => describe(f, #label, body),),
            None => quote!(Self::#ident => f.write_str(#label),),
        }
    });
    let display = quote! {
        impl fmt::Display for #ident {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    #(#arms)*
                }
            }
        }
    };
    let error = quote!(impl std::error::Error for #ident {});
    vec![declaration, display, error]
}

/// The function that says what an answer means.
pub(super) fn reader(operation: &Operation) -> TokenStream {
    let name = &operation.reader;
    let answer = &operation.answer;
    let success = rust_type(&answer.success, From::Elsewhere);
    let error = rust_type(&answer.error, From::Elsewhere);
    let has = |pattern| answer.arms.iter().any(|arm| arm.pattern == pattern);
    let covered =
        has(Pattern::OtherError) && (has(Pattern::OtherSuccess) || has(Pattern::Hundred(200)));
    let rest = (!covered).then(|| quote!(_ => Outcome::Undocumented,));
    let arms = answer.arms.iter().map(arm);
    quote! {
        #[inline]
        fn #name(answer: &RawResponse) -> Outcome<#success, #error> {
            match answer.status().as_u16() { #(#arms)* #rest }
        }
    }
}

fn arm(arm: &Arm) -> TokenStream {
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
    let guard = arm.content_type.as_ref();
    let guard = guard.map(|content_type| quote!(if answer.is(#content_type)));
    let outcome = outcome(arm);
    quote!(#pattern #guard => #outcome,)
}

/// What an answer of this status is.
fn outcome(arm: &Arm) -> TokenStream {
    let body = match &arm.decoder {
        Decoder::Nothing => None,
        Decoder::Json => Some(quote!(answer.json())),
        Decoder::Xml(element) => Some(quote!(answer.xml(&xml::#element))),
        Decoder::Text => Some(quote!(answer.plain_text())),
        Decoder::Bytes => Some(quote!(answer.bytes())),
    };
    match (&arm.variant, body, arm.is_error) {
        (None, None, _) => quote!(Outcome::Success(())),
        // A longer chain than that of the other decoders.
        (None, Some(body), _) if matches!(arm.decoder, Decoder::Xml(_)) => {
            quote!(Outcome::from(#body))
        }
        (None, Some(body), _) => quote!(#body.into()),
        (Some((sum, variant)), None, false) => quote!(Outcome::Success(#sum::#variant)),
        (Some((sum, variant)), None, true) => quote!(Outcome::Error(#sum::#variant)),
        (Some((sum, variant)), Some(body), false) => {
            quote!(Outcome::success(#body, #sum::#variant))
        }
        (Some((sum, variant)), Some(body), true) => quote!(Outcome::error(#body, #sum::#variant)),
    }
}

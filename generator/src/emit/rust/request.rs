//! How a function takes what is sent, and puts the request together.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::codec;
use super::parameter;
use super::tokens::rust_type;
use super::uses::Uses;
use crate::plan::{
    Argument, Draft, Ident, Kind, Passed, Payload, Retries, Section, Set, SetField, Step,
};
use crate::runtime::{BODY, BUILD, DRAFT, FORM, MULTIPART, NULLABLE, PART, REQUEST, RETRY};

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
        Passed::Texts => texts(),
        Passed::Field(kind, set) => field(*kind, set, uses),
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

/// What a function does with an argument before it is sent.
pub(super) fn taken(argument: &Argument, uses: &Uses) -> Option<TokenStream> {
    let Argument { ident, passed, .. } = argument;
    (*passed == Passed::Texts).then(|| {
        let build = uses.of(BUILD);
        quote!(let #ident = #build::texts(#ident);)
    })
}

/// The type of what yields texts.
fn texts() -> TokenStream {
    quote!(impl IntoIterator<Item: AsRef<str>>)
}

/// How the value of a field is taken.
fn field(kind: Kind, set: &Set, uses: &Uses) -> TokenStream {
    match (kind, set) {
        (_, Set::Texts) => texts(),
        (Kind::Nullable, Set::Plain(ty) | Set::Boxed(ty)) => {
            let (nullable, ty) = (uses.of(NULLABLE), rust_type(ty, uses));
            quote!(impl Into<#nullable<#ty>>)
        }
        (_, Set::Into(ty)) | (Kind::Anything, Set::Plain(ty) | Set::Boxed(ty)) => {
            let ty = rust_type(ty, uses);
            quote!(impl Into<#ty>)
        }
        (_, Set::Plain(ty) | Set::Boxed(ty)) => rust_type(ty, uses),
        (_, Set::Constant(..) | Set::ByHand) => TokenStream::new(),
    }
}

/// An assignment to a field of the body.
fn set_field(set: &SetField, value: &Ident, uses: &Uses) -> TokenStream {
    let field = &set.field;
    let value = given(set, value, uses);
    quote!(body_mut().#field = #value)
}

/// The value of a field that is set.
fn given(set: &SetField, value: &Ident, uses: &Uses) -> TokenStream {
    let converted = match &set.set {
        Set::Texts => {
            let build = uses.of(BUILD);
            quote!(#build::texts(#value))
        }
        Set::Boxed(_) => quote!(Box::new(#value)),
        Set::Into(_) => quote!(#value.into()),
        Set::Plain(_) | Set::Constant(..) | Set::ByHand => quote!(#value),
    };
    match (set.kind, &set.set) {
        (Kind::Nullable, Set::Into(_)) => {
            let nullable = uses.of(NULLABLE);
            quote!(#nullable::Value(#converted))
        }
        (Kind::Nullable, _) => quote!(#value.into()),
        (Kind::Required, _) => converted,
        (Kind::Optional, _) => quote!(Some(#converted)),
        (Kind::Anything, _) => quote!(Some(#value.into())),
    }
}

/// The function that makes a body that of a request: the request's own, where that is enough.
fn writer(draft: &Draft, uses: &Uses) -> TokenStream {
    match (&draft.payload, draft.flag) {
        (Payload::Json(_), None) => {
            let request = uses.of(REQUEST);
            quote!(#request::json)
        }
        (_, _) => draft.writer.to_token_stream(),
    }
}

/// The function of its own that sends a body.
pub(super) fn writer_function(draft: &Draft, uses: &Uses) -> Option<TokenStream> {
    if let (Payload::Json(_), None) = (&draft.payload, draft.flag) {
        return None;
    }
    let Draft { ty, writer, .. } = draft;
    let (request, ty) = (uses.of(REQUEST), rust_type(ty, uses));
    let send = if let Payload::Form(_, styles) = &draft.payload {
        uses.extension(FORM);
        let styles = codec::styles(styles, uses);
        quote!(form(media_type, &[#(#styles),*], body))
    } else {
        quote!(json(media_type, body))
    };
    let flag = draft.flag.map(|name| quote!(request.flag(#name);));
    Some(quote! {
        fn #writer(request: &mut #request, media_type: &'static str, body: &#ty) {
            request.#send;
            #flag
        }
    })
}

/// A call of a function of the request.
pub(super) fn step(step: &Step, uses: &Uses) -> TokenStream {
    match step {
        Step::Path(text) => quote!(path(#text)),
        Step::Query(text) => quote!(query(#text)),
        Step::Server(url) => quote!(server(#url)),
        Step::BaseUrl(value) => quote!(base_url(#value)),
        Step::Globals(needed) => quote!(globals(&[#(#needed),*])),
        Step::Parameter(parameter, value) => match parameter::usual(parameter) {
            Some(function) => {
                let name = &parameter.name;
                quote!(#function(#name, #value))
            }
            None => {
                let parameter = parameter::parameter(parameter, uses);
                quote!(parameter(#parameter, #value))
            }
        },
        Step::Body(payload, value) => codec::encoded(payload, value, uses),
        Step::Draft(draft, value) => {
            uses.extension(DRAFT);
            let media_type = draft.payload.media_type();
            let writer = writer(draft, uses);
            quote!(draft(#media_type, #value, #writer))
        }
        Step::Field(set, value) => set_field(set, value, uses),
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
        Step::Accept(media_types) => quote!(accept(#media_types)),
        Step::IdempotencyKey(name) => quote!(idempotency_key(#name)),
        Step::Retries(retries) => self::retries(retries, uses),
    }
}

fn retries(retries: &Retries, uses: &Uses) -> TokenStream {
    let retry = uses.of(RETRY);
    match retries {
        Retries::Never => quote!(retries(#retry::never())),
        Retries::Always {
            first,
            longest,
            statuses,
        } => {
            let (first, longest) = (
                Literal::u64_unsuffixed(*first),
                Literal::u64_unsuffixed(*longest),
            );
            let statuses = statuses.iter().copied().map(Literal::u16_unsuffixed);
            quote!(retries(#retry::of_document(#first, #longest, &[#(#statuses),*])))
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
            let parameter = parameter::parameter(parameter, uses);
            quote!(styled(#place, #parameter, #value))
        }
        Section::All => quote!(all_parts(#value)),
    }
}

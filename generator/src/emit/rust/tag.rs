//! The module of a tag.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::call;
use super::docs::docs;
use super::layout::spaced;
use super::outcome::{error_alias, reader, response_enum};
use super::request::{argument, step};
use super::tokens::deprecated;
use super::uses::{Module, Uses};
use crate::plan::{Call, Operation, Tag};
use crate::runtime::{CALL, CORE, METHOD, REQUEST};

/// The whole module.
pub(super) fn tag(tag: &Tag) -> Module {
    let uses = Uses::new();
    let own = [client(tag, &uses), functions(tag, &uses)];
    let operations = tag.operations.iter();
    let operations = operations.flat_map(|operation| types(operation, &uses));
    let items = own.into_iter().chain(operations);
    uses.module(tag.module.as_str(), &tag.docs, items)
}

/// What stands behind the functions of an operation: its calls, its enums and its reader.
fn types(operation: &Operation, uses: &Uses) -> Vec<TokenStream> {
    let mut items = Vec::new();
    for (index, chosen) in operation.calls.iter().enumerate() {
        items.extend(call::call(operation, chosen, uses));
        if index == 0 {
            let enums = operation.outcome.enums.iter();
            items.extend(enums.map(|of| response_enum(of, uses)));
            items.extend(operation.outcome.alias.as_ref().map(error_alias));
            items.push(reader(&operation.outcome, uses));
        }
    }
    items
}

fn client(tag: &Tag, uses: &Uses) -> TokenStream {
    let Tag { client, .. } = tag;
    let docs = docs(&tag.docs);
    let core = uses.of(CORE);
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct #client {
            core: #core,
        }
    }
}

fn functions(tag: &Tag, uses: &Uses) -> TokenStream {
    let Tag { client, .. } = tag;
    let core = uses.of(CORE);
    let new = quote! {
        pub(crate) fn new(core: &#core) -> Self {
            Self { core: core.clone() }
        }
    };
    let operations = tag.operations.iter();
    let functions = operations.flat_map(|operation| {
        let calls = operation.calls.iter();
        calls.map(move |call| function(operation, call, uses))
    });
    let functions = spaced(std::iter::once(new).chain(functions).collect(), false);
    quote! {
        impl #client {
            #functions
        }
    }
}

/// The methods that have a constant.
const METHODS: [&str; 8] = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
];

fn function(operation: &Operation, call: &Call, uses: &Uses) -> TokenStream {
    let Operation { id, .. } = operation;
    let Call { ident, .. } = call;
    let docs = docs(&call.docs);
    let deprecated = deprecated(operation.deprecated);
    let arguments = call.arguments.iter().map(|value| argument(value, uses));
    let request = uses.of(REQUEST);
    let method = &*operation.method;
    let started = if METHODS.contains(&method) {
        let (of, method) = (uses.of(METHOD), format_ident!("{method}"));
        quote!(#request::new(#id, #of::#method))
    } else {
        quote!(#request::of_method(#id, #method))
    };
    let steps = call.steps.iter().map(|step| {
        let step = self::step(step, uses);
        quote!(request.#step;)
    });
    let mutable = (!call.steps.is_empty()).then(|| quote!(mut));
    let made = made(operation, call, uses);
    let (returned, made) = match &call.ty {
        Some(ty) => (quote!(#ty), quote!(let call = #made; #ty(call))),
        None => (call::call_type(operation, call, uses), made),
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(&self, #(#arguments),*) -> #returned {
            let #mutable request = #started;
            #(#steps)*
            #made
        }
    }
}

/// The call that a function makes.
fn made(operation: &Operation, call: &Call, uses: &Uses) -> TokenStream {
    let ty = uses.of(CALL);
    let security = operation.security.iter().map(|schemes| {
        for scheme in schemes {
            uses.constant(scheme);
        }
        quote!(&[#(&#schemes),*])
    });
    let read = &operation.outcome.reader;
    let made = quote!(#ty::new(&self.core, request, &[#(#security),*], #read));
    match &call.stream {
        Some(stream) => call::streamed(stream, &made, uses),
        None => made,
    }
}

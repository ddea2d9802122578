//! The module of a tag.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::call;
use super::docs::{docs, docs_with};
use super::example;
use super::layout::spaced;
use super::outcome::{error_alias, reader, response_enum};
use super::request::{argument, step, taken, writer_function};
use super::tokens::{deprecated, rust_type};
use super::uses::{Module, Uses};
use crate::plan::{Call, Operation, Plan, RustType, Short, Step, Tag};
use crate::runtime::{CALL, CORE, METHOD, REQUEST};

/// The whole module.
pub(super) fn tag(plan: &Plan, tag: &Tag) -> Module {
    let uses = Uses::new();
    let own = [client(tag, &uses), functions(plan, tag, &uses)];
    let operations = tag.operations.iter();
    let operations = operations.flat_map(|operation| types(operation, &uses));
    let readers = tag.readers.iter().map(|of| reader(of, &uses));
    let items = own.into_iter().chain(operations).chain(readers);
    uses.module(tag.module.as_str(), &tag.docs, items)
}

/// What stands behind the functions of an operation: its calls and its enums.
fn types(operation: &Operation, uses: &Uses) -> Vec<TokenStream> {
    let mut items = Vec::new();
    for (index, chosen) in operation.calls.iter().enumerate() {
        items.extend(call::call(operation, chosen, uses));
        if index == 0 {
            let enums = operation.outcome.enums.iter();
            items.extend(enums.map(|of| response_enum(of, uses)));
            items.extend(operation.outcome.alias.as_ref().map(error_alias));
        }
        items.extend(chosen.steps.iter().find_map(|step| {
            let Step::Draft(draft, _) = step else {
                return None;
            };
            writer_function(draft, uses)
        }));
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

fn functions(plan: &Plan, tag: &Tag, uses: &Uses) -> TokenStream {
    let Tag { client, .. } = tag;
    let core = uses.of(CORE);
    let new = quote! {
        pub(crate) fn new(core: &#core) -> Self {
            Self { core: core.clone() }
        }
    };
    let operations = tag.operations.iter();
    let functions = operations.flat_map(|operation| {
        let calls = operation.calls.iter().enumerate();
        calls.flat_map(move |(index, call)| {
            let usual = (index == 0).then(|| example::block(plan, tag, operation));
            let (usual, short) = (usual.flatten(), call.short.as_ref());
            let of_whole = usual.clone().filter(|_| short.is_none());
            let short = short.map(|of| short_function((operation, usual), call, of, uses));
            let whole = function((operation, of_whole), call, uses);
            short.into_iter().chain([whole])
        })
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

fn function(
    (operation, example): (&Operation, Option<Vec<String>>),
    call: &Call,
    uses: &Uses,
) -> TokenStream {
    let Operation { id, .. } = operation;
    let Call { ident, .. } = call;
    let docs = docs_with(&call.docs, example);
    let deprecated = deprecated(operation.deprecated);
    let arguments = call.arguments.iter().map(|value| argument(value, uses));
    let taken = call.arguments.iter().map(|value| taken(value, uses));
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
    let returned = returned(operation, call, uses);
    let made = match &call.ty {
        Some(ty) => quote!(let call = #made; #ty(call)),
        None => made,
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(&self, #(#arguments),*) -> #returned {
            #(#taken)*
            let #mutable request = #started;
            #(#steps)*
            #made
        }
    }
}

/// The function that takes what the body requires in place of the body.
fn short_function(
    (operation, example): (&Operation, Option<Vec<String>>),
    call: &Call,
    short: &Short,
    uses: &Uses,
) -> TokenStream {
    let Short { ident, fields, .. } = short;
    let whole = &call.ident;
    let docs = docs_with(&short.docs, example);
    let deprecated = deprecated(operation.deprecated);
    let arguments = short.shared.iter().chain(fields);
    let arguments = arguments.map(|value| argument(value, uses));
    let shared = short.shared.iter().map(|argument| &argument.ident);
    let given = fields.iter().map(|argument| &argument.ident);
    let body = rust_type(&RustType::Model(short.body.clone()), uses);
    let returned = returned(operation, call, uses);
    let inner = call.ty.is_some().then(|| quote!(.0));
    let made = if short.is_optional {
        quote! {
            let mut call = self.#whole(#(#shared,)* request);
            call #inner.request().hold_back();
            call
        }
    } else {
        quote!(self.#whole(#(#shared,)* request))
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(&self, #(#arguments),*) -> #returned {
            let request = #body::new(#(#given),*);
            #made
        }
    }
}

/// The type that a function returns.
fn returned(operation: &Operation, call: &Call, uses: &Uses) -> TokenStream {
    match &call.ty {
        Some(ty) => ty.to_token_stream(),
        None => call::call_type(operation, call, uses),
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
    let read = &operation.reader;
    let made = quote!(#ty::new(&self.core, request, &[#(#security),*], #read));
    match &call.stream {
        Some(stream) => call::streamed(stream, &made, uses),
        None => made,
    }
}

//! The root of the crate.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::inner_docs;
use super::layout::{file, imported_as, items, listed, module_declaration, sorted_as, verbatim};
use crate::emit::File;
use crate::plan::{Ident, Plan};
use crate::runtime::Piece;

/// How many types may hold each other more deeply than the compiler follows by default.
const MANY: usize = 500;

/// `lib.rs`.
pub(super) fn krate(plan: &Plan, pieces: &[&Piece], pages: &[File]) -> String {
    let docs = inner_docs(&plan.krate.docs);
    let own = "texts, names and shapes are the document's own";
    let within = "what users should not use is read and written";
    let deprecated = plan.krate.deprecates;
    let deprecated = deprecated.then(|| quote!(#![allow(deprecated, reason = #within)]));
    let getters = "a getter has no other effect";
    let shared = "the runtime is the same for every client, and each uses a part of it";
    let inner = quote! {
        #docs
        #![line = ""]
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        #![allow(
            clippy::doc_markdown,
            clippy::enum_variant_names,
            clippy::large_enum_variant,
            clippy::self_named_constructors,
            clippy::similar_names,
            clippy::struct_excessive_bools,
            clippy::struct_field_names,
            clippy::too_many_arguments,
            reason = #own
        )]
        #![allow(clippy::must_use_candidate, reason = #getters)]
        #deprecated
    };
    let limit = limit(plan.models.len());
    let inner = quote!(#inner #limit);
    let runtime = (!pieces.is_empty()).then(|| quote!(#[allow(dead_code, reason = #shared)]));
    let modules = modules(plan, runtime);
    let client = plan.client.as_ref();
    let server = servers(plan);
    let own = client.map(|client| {
        let servers = (!client.urls.is_empty()).then_some("SERVERS");
        let own = ["Client", "ClientBuilder"].into_iter().chain(servers);
        listed("pub use", "client", &own.collect::<Vec<_>>())
    });
    let of_http = client.map(|_| of_http());
    let mut shared: Vec<&str> = pieces.iter().flat_map(|piece| piece.exports()).collect();
    shared.sort_unstable();
    let shared = (!shared.is_empty()).then(|| listed("pub use", "runtime", &shared));
    let exports = own.into_iter().chain(of_http).chain(shared);
    let exports = verbatim(&exports.flatten().collect::<Vec<_>>());
    let pages = examples(pages);
    file(
        &inner,
        &[items(
            [modules, quote!(#exports #server)].into_iter().chain(pages),
        )],
    )
}

/// The export of the servers, and of the values of their variables.
fn servers(plan: &Plan) -> Option<TokenStream> {
    let servers = plan
        .client
        .as_ref()
        .map_or(&[][..], |client| &client.servers);
    let enums = servers.iter().flat_map(|server| &server.variables);
    let enums = enums.filter_map(|variable| Some(&variable.values.as_ref()?.ident));
    let names = servers.iter().map(|server| &server.ident).chain(enums);
    let names: BTreeSet<&Ident> = names.collect();
    (!names.is_empty()).then(|| {
        let mut names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
        names.sort_by_cached_key(|name| imported_as(name));
        verbatim(&listed("pub use", "server", &names))
    })
}

/// Documentation of types that hold each other deeply takes more than the usual limit (E0275).
fn limit(types: usize) -> Option<TokenStream> {
    (types > MANY).then(|| quote!(#![recursion_limit = "256"]))
}

/// The pages with examples, which are compiled with the tests of documentation.
fn examples(pages: &[File]) -> Option<TokenStream> {
    let pages = pages.iter().filter(|page| page.text.contains("```rust"));
    let paths: Vec<String> = pages.map(|page| format!("../{}", page.path)).collect();
    (!paths.is_empty()).then(|| {
        quote! {
            #[cfg(doctest)]
            #(#[doc = include_str!(#paths)])*
            struct Pages;
        }
    })
}

/// What users need of HTTP.
fn of_http() -> Vec<String> {
    listed("pub use", "http", &["HeaderMap", "StatusCode"])
}

/// The declarations of the modules, in the order of their names.
fn modules(plan: &Plan, runtime: Option<TokenStream>) -> TokenStream {
    let client = plan.client.as_ref();
    let private = [
        (client.is_some(), "client"),
        (
            client.is_some_and(|client| !client.servers.is_empty()),
            "server",
        ),
        (!plan.xml.elements.is_empty(), "xml"),
    ];
    let mock = client.map(|_| {
        (
            "mock".to_owned(),
            quote!(
                #[cfg(feature = "mock")]
                pub mod mock;
            ),
        )
    });
    let public = [
        (!plan.headers.is_empty(), "headers"),
        (!plan.models.is_empty(), "types"),
        (!plan.webhooks.is_empty(), "webhooks"),
    ];
    let private = private.map(|(is_there, name)| (is_there, name, quote!()));
    let public = public.map(|(is_there, name)| (is_there, name, quote!(pub)));
    let fixed = private.into_iter().chain(public);
    let fixed = fixed.filter(|(is_there, ..)| *is_there);
    let mut modules: Vec<(String, TokenStream)> = fixed
        .map(|(_, name, visibility)| {
            let ident = format_ident!("{name}");
            (name.to_owned(), quote!(#visibility mod #ident;))
        })
        .collect();
    modules.extend(mock);
    modules.extend(runtime.map(|shared| ("runtime".to_owned(), quote!(#shared mod runtime;))));
    modules.extend(plan.tags.iter().map(|tag| {
        let module = &tag.module;
        (module.as_str().to_owned(), module_declaration(module))
    }));
    modules.sort_by_key(|(name, _)| sorted_as(name));
    modules.into_iter().map(|(_, module)| module).collect()
}

//! The root of the crate.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::layout::{file, sorted_as, verbatim};
use super::tokens::inner_docs;
use crate::plan::{Ident, Part, Plan};

/// `lib.rs`.
pub(super) fn krate(plan: &Plan) -> syn::File {
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
            clippy::similar_names,
            clippy::struct_excessive_bools,
            clippy::struct_field_names,
            clippy::too_many_arguments,
            reason = #own
        )]
        #![allow(clippy::must_use_candidate, reason = #getters)]
        #deprecated
    };
    let shared = quote!(#[allow(dead_code, reason = #shared)]);
    let modules = modules(plan, &shared);
    let servers = &plan.client.servers;
    let enums = servers.iter().flat_map(|server| &server.variables);
    let enums = enums.filter_map(|variable| Some(&variable.values.as_ref()?.ident));
    let names = servers.iter().map(|server| &server.ident).chain(enums);
    let names: BTreeSet<&Ident> = names.collect();
    let server = (!names.is_empty()).then(|| {
        let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
        verbatim(&export("server", &names))
    });
    let has = |part| plan.parts.contains(&part);
    let runtime = [
        (true, "Call"),
        (has(Part::Object), "Nullable"),
        (has(Part::Multipart), "Part"),
        (true, "RawResponse"),
        (true, "Response"),
        (true, "Secret"),
    ];
    let runtime = runtime.iter().filter(|(is_there, _)| *is_there);
    let runtime = runtime.map(|(_, name)| format_ident!("{name}"));
    let servers = (!plan.client.urls.is_empty()).then(|| quote!(, SERVERS));
    let streams = has(Part::Stream).then(|| {
        quote!(
            pub use runtime::{Event, Pieces, StreamCall, StreamError};
        )
    });
    let body = has(Part::Body).then(|| {
        quote!(
            pub use reqwest::Body;
        )
    });
    let tokens = has(Part::Token).then(|| {
        quote!(
            pub use runtime::{AccessToken, Grant, Token};
        )
    });
    let items = has(Part::Pages).then(|| {
        quote!(
            pub use runtime::Items;
        )
    });
    let exports = quote! {
        pub use client::{Client, ClientBuilder #servers};
        #body
        #items
        #tokens
        pub use runtime::{ApiError, BuildError, DecodeError, Error, InvalidRequest, Phase};
        pub use runtime::{#(#runtime),*};
        #streams
        pub use runtime::{TimeoutError, TransportError, UnexpectedStatus};
        #server
    };
    file(&inner, vec![modules, exports])
}

/// The lines that export these items of a module, as `rustfmt` fills them.
fn export(module: &str, names: &[&str]) -> Vec<String> {
    const WIDEST: usize = 100;
    let line = match names {
        [name] => format!("pub use {module}::{name};"),
        names => format!("pub use {module}::{{{}}};", names.join(", ")),
    };
    if line.len() <= WIDEST {
        return vec![line];
    }
    let mut lines = vec![format!("pub use {module}::{{")];
    let mut line = String::new();
    for name in names {
        if line.len() + " ,".len() + name.len() > WIDEST {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() { "    " } else { " " });
        line.push_str(name);
        line.push(',');
    }
    lines.extend([line, "};".to_owned()]);
    lines
}

/// The declarations of the modules, in the order of their names.
fn modules(plan: &Plan, shared: &TokenStream) -> TokenStream {
    let private = [
        (true, "client"),
        (!plan.client.servers.is_empty(), "server"),
        (!plan.xml.elements.is_empty(), "xml"),
    ];
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
    modules.push(("runtime".to_owned(), quote!(#shared mod runtime;)));
    modules.extend(plan.groups.iter().map(|group| {
        let module = &group.module;
        (module.as_str().to_owned(), quote!(pub mod #module;))
    }));
    modules.sort_by_key(|(name, _)| sorted_as(name));
    modules.into_iter().map(|(_, module)| module).collect()
}

//! The module `server`: URLs with variables.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::layout::{spaced, verbatim};
use super::model::enumeration;
use super::tokens::literal;
use super::uses::{Module, Uses};
use crate::plan::{Docs, Enum, Server, Text, Variable};
use crate::runtime::FMT;

/// The whole module.
pub(super) fn servers(servers: &[Server]) -> Module {
    let uses = Uses::new();
    let variables = servers.iter().flat_map(|server| &server.variables);
    let mut enums: Vec<&Enum> = Vec::new();
    for values in variables.filter_map(|variable| variable.values.as_ref()) {
        if !enums.iter().any(|known| known.ident == values.ident) {
            enums.push(values);
        }
    }
    let mut items = Vec::new();
    for server in servers {
        items.push(declaration(server));
        items.push(setters(server));
        items.push(default(server));
        items.extend(display(server, &uses));
    }
    items.extend(enums.into_iter().flat_map(|of| enumeration(of, &uses)));
    let about = Docs::of(Text::own("Where the API is."));
    uses.module("server", &about, items)
}

fn declaration(server: &Server) -> TokenStream {
    let docs = docs(&server.docs);
    let name = &server.ident;
    let fields = server.variables.iter().map(|variable| {
        let Variable { ident, .. } = variable;
        let ty = field_type(variable);
        quote!(#ident: #ty)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[must_use = "a server does nothing by itself"]
        pub struct #name {
            #(#fields,)*
        }
    }
}

fn field_type(variable: &Variable) -> TokenStream {
    match &variable.values {
        Some(values) => {
            let ident = &values.ident;
            quote!(#ident)
        }
        None => quote!(String),
    }
}

fn setters(server: &Server) -> TokenStream {
    let name = &server.ident;
    let new = quote! {
        /// Creates a server with the default of each variable.
        pub fn new() -> Self {
            Self::default()
        }
    };
    let setters = server.variables.iter().map(|variable| {
        let Variable { ident, .. } = variable;
        let docs = docs(&variable.docs);
        let ty = field_type(variable);
        quote! {
            #docs
            pub fn #ident(mut self, #ident: impl Into<#ty>) -> Self {
                self.#ident = #ident.into();
                self
            }
        }
    });
    let methods = spaced(std::iter::once(new).chain(setters).collect(), false);
    quote! {
        impl #name {
            #methods
        }
    }
}

/// A field of a literal; what is too wide for a line has the argument on one of its own.
fn in_lines(field: &str) -> Vec<String> {
    const WIDEST: usize = 100;
    let line = format!("            {field},");
    let argument = field.split_once("::from(");
    match argument.and_then(|(start, rest)| Some((start, rest.strip_suffix(')')?))) {
        Some((start, argument)) if line.len() > WIDEST => vec![
            format!("            {start}::from("),
            format!("                {argument},"),
            "            ),".to_owned(),
        ],
        Some(_) | None => vec![line],
    }
}

/// The default server; a value of few letters stays on its line in `rustfmt`.
fn default(server: &Server) -> TokenStream {
    const WIDEST: usize = 18;
    let fields = server.variables.iter().map(|variable| {
        let Variable { ident, default, .. } = variable;
        let ty = variable
            .values
            .as_ref()
            .map_or("String", |values| values.ident.as_str());
        format!("{}: {ty}::from({})", ident.as_str(), literal(default))
    });
    let fields: Vec<String> = fields.collect();
    let mut lines = vec![
        format!("impl Default for {} {{", server.ident.as_str()),
        "    fn default() -> Self {".to_owned(),
    ];
    match &fields[..] {
        [only] if only.len() <= WIDEST => lines.push(format!("        Self {{ {only} }}")),
        fields => {
            lines.push("        Self {".to_owned());
            lines.extend(fields.iter().flat_map(|field| in_lines(field)));
            lines.push("        }".to_owned());
        }
    }
    lines.extend(["    }", "}"].map(str::to_owned));
    verbatim(&lines)
}

/// The server as a URL.
fn display(server: &Server, uses: &Uses) -> [TokenStream; 2] {
    let fmt = uses.of(FMT);
    let name = &server.ident;
    let segments = server.url.iter().map(|segment| match segment {
        Ok(text) => quote!(f.write_str(#text)?;),
        Err(index) => {
            let Variable { ident, values, .. } = &server.variables[*index];
            if values.is_some() {
                quote!(f.write_str(self.#ident.as_str())?;)
            } else {
                quote!(f.write_str(&self.#ident)?;)
            }
        }
    });
    let display = quote! {
        /// Formats the URL.
        impl #fmt::Display for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                #(#segments)*
                Ok(())
            }
        }
    };
    let from = quote! {
        /// Returns the URL.
        impl From<#name> for String {
            fn from(server: #name) -> Self {
                server.to_string()
            }
        }
    };
    [display, from]
}

//! The module `server`: an address with parts.

use proc_macro2::TokenStream;
use quote::quote;

use super::layout::{file, spaced};
use super::model::enumeration;
use super::tokens::{docs, inner_docs};
use crate::plan::{Server, Variable};

/// The whole module.
pub(super) fn server(server: &Server) -> syn::File {
    let about = inner_docs(&["Where the API is.".to_owned()]);
    let enums: Vec<_> = server
        .variables
        .iter()
        .filter_map(|v| v.values.as_ref())
        .collect();
    let mut items = vec![if enums.is_empty() {
        quote!(
            use std::fmt;
        )
    } else {
        quote!(
            use std::fmt;
            #[line = ""]
            use crate::runtime::open_enum::open_enum;
        )
    }];
    items.push(declaration(server));
    items.push(setters(server));
    items.push(default(server));
    items.extend(display(server));
    items.extend(enums.into_iter().flat_map(enumeration));
    file(&about, items)
}

fn declaration(server: &Server) -> TokenStream {
    let docs = docs(&server.docs);
    let fields = server.variables.iter().map(|variable| {
        let Variable { ident, .. } = variable;
        let ty = field_type(variable);
        quote!(#ident: #ty)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[must_use = "an address is given to the client's builder"]
        pub struct Server {
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
    let new = quote! {
        /// The default address.
        pub fn new() -> Self {
            Self::default()
        }
    };
    let setters = server.variables.iter().map(|variable| {
        let Variable { ident, .. } = variable;
        let docs = docs(&variable.docs);
        let default = format!(" Default: `{}`", variable.default);
        let ty = field_type(variable);
        quote! {
            #docs
            #[doc = ""]
            #[doc = #default]
            pub fn #ident(mut self, #ident: impl Into<#ty>) -> Self {
                self.#ident = #ident.into();
                self
            }
        }
    });
    let methods = spaced(std::iter::once(new).chain(setters).collect(), false);
    quote! {
        impl Server {
            #methods
        }
    }
}

fn default(server: &Server) -> TokenStream {
    let fields = server.variables.iter().map(|variable| {
        let Variable { ident, default, .. } = variable;
        let ty = field_type(variable);
        quote!(#ident: #ty::from(#default))
    });
    quote! {
        impl Default for Server {
            fn default() -> Self {
                Self {
                    #(#fields,)*
                }
            }
        }
    }
}

/// The address as a URL.
fn display(server: &Server) -> [TokenStream; 2] {
    let pieces = server.url.iter().map(|piece| match piece {
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
        /// Writes the URL.
        impl fmt::Display for Server {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                #(#pieces)*
                Ok(())
            }
        }
    };
    let from = quote! {
        /// The URL.
        impl From<Server> for String {
            fn from(server: Server) -> Self {
                server.to_string()
            }
        }
    };
    [display, from]
}

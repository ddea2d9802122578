//! The module `client`.

use proc_macro2::TokenStream;
use quote::quote;

use super::group::{argument, parameter};
use super::layout::{file, spaced, uses, verbatim};
use super::tokens::{docs, inner_docs, literal, mention};
use crate::plan::{Argument, Carrier, Client, Credential, Global};

/// The whole module.
pub(super) fn client(client: &Client) -> syn::File {
    let about = inner_docs(&["The client and its builder.".to_owned()]);
    let mut items = Vec::new();
    let url = &client.default_url;
    items.extend((!url.is_empty()).then(|| {
        quote! {
            /// The server that is called when no other is given.
            const SERVER: &str = #url;
        }
    }));
    items.extend((!client.urls.is_empty()).then(|| servers(&client.urls)));
    items.extend(client.credentials.iter().map(scheme));
    items.push(declaration(client));
    items.push(methods(client));
    items.push(quote! {
        /// Settings of a [`Client`] that is still to be built.
        #[derive(Debug, Clone, Default)]
        #[must_use = "a client is built by `build`"]
        pub struct ClientBuilder {
            core: CoreBuilder,
        }
    });
    items.push(builder(client));
    items.insert(0, imports(client, &items));
    file(&about, items)
}

/// The list of servers, on one line where `rustfmt` leaves it there.
fn servers(servers: &[String]) -> TokenStream {
    const WIDEST: usize = 60;
    let servers: Vec<String> = servers.iter().map(|server| literal(server)).collect();
    let about =
        "/// The servers that the document lists; the first one is called when no other is given.";
    let mut lines = vec![about.to_owned()];
    let line = servers.join(", ");
    let start = "pub const SERVERS: &[&str] = &[";
    if line.len() <= WIDEST {
        lines.push(format!("{start}{line}];"));
    } else {
        lines.push(start.to_owned());
        lines.extend(servers.iter().map(|server| format!("    {server},")));
        lines.push("];".to_owned());
    }
    verbatim(&lines)
}

fn imports(client: &Client, items: &[TokenStream]) -> TokenStream {
    let mut imports = vec![
        quote!(crate::runtime::BuildError),
        quote!(crate::runtime::client::{Core, CoreBuilder}),
    ];
    if !client.credentials.is_empty() {
        imports.push(quote!(crate::runtime::security::{Carrier, Scheme}));
    }
    if mention(items, "Token", '>') {
        imports.push(quote!(crate::runtime::Token));
    }
    if mention(items, "types", ':') {
        imports.push(quote!(crate::types));
    }
    let uses_type = |name: &str| mention(items, name, ':');
    match (uses_type("Location"), uses_type("Style")) {
        (true, _) => imports.push(quote!(crate::runtime::parameter::{Location, Parameter, Style})),
        (false, true) => imports.push(quote!(crate::runtime::parameter::{Parameter, Style})),
        (false, false) if !client.globals.is_empty() => {
            imports.push(quote!(crate::runtime::parameter::Parameter));
        }
        (false, false) => {}
    }
    let handles = client.handles.iter();
    imports.extend(handles.map(|(module, handle, _)| quote!(crate::#module::#handle)));
    let imports = uses(imports);
    let map = mention(items, "BTreeMap", '<').then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    quote! {
        #map
        use std::time::Duration;
        #[line = ""]
        #imports
    }
}

fn scheme(credential: &Credential) -> TokenStream {
    let Credential {
        constant, setter, ..
    } = credential;
    let setter = setter.as_str();
    let carrier = match &credential.carrier {
        Carrier::Header(name) => quote!(Carrier::Header(#name)),
        Carrier::Query(name) => quote!(Carrier::Query(#name)),
        Carrier::Cookie(name) => quote!(Carrier::Cookie(#name)),
        Carrier::Bearer
        | Carrier::OAuth2 { .. }
        | Carrier::OpenIdConnect(_)
        | Carrier::Connection => quote!(Carrier::Bearer),
        Carrier::Http(name) => quote!(Carrier::Http(#name)),
        Carrier::Basic => quote!(Carrier::Basic),
    };
    quote!(pub(crate) const #constant: Scheme = Scheme::new(#setter, #carrier);)
}

fn declaration(client: &Client) -> TokenStream {
    let docs = docs(&client.docs);
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Client {
            core: Core,
        }
    }
}

fn methods(client: &Client) -> TokenStream {
    let builder = quote! {
        /// Starts to build a client.
        pub fn builder() -> ClientBuilder {
            ClientBuilder::default()
        }
    };
    let handles = client.handles.iter().map(|(module, handle, lines)| {
        let docs = docs(lines);
        quote! {
            #docs
            pub fn #module(&self) -> #handle<'_> {
                #handle::new(&self.core)
            }
        }
    });
    let methods = spaced(std::iter::once(builder).chain(handles).collect(), false);
    quote! {
        impl Client {
            #methods
        }
    }
}

fn builder(client: &Client) -> TokenStream {
    let default_url = &client.default_url;
    let default = match default_url.as_str() {
        "" => quote!(""),
        _ => quote!(SERVER),
    };
    let mut methods = Vec::new();
    methods.extend(server(client));
    methods.push(base_url(client));
    methods.extend(client.credentials.iter().map(credential));
    methods.push(quote! {
        /// An HTTP client of your own: its connections, proxies and certificates are used.
        ///
        /// The connection time-out is then its own. Have it follow no redirects: they would take
        /// the credentials to another host.
        pub fn http_client(mut self, client: reqwest::Client) -> Self {
            self.core.http_client(client);
            self
        }
    });
    methods.push(quote! {
        /// Sends this header with every call; one that a call sets itself replaces it.
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.core.header(name, value);
            self
        }
    });
    methods.push(quote! {
        /// How long a connection may take to be made. Default: 10 seconds.
        pub fn connect_timeout(mut self, timeout: Duration) -> Self {
            self.core.connect_timeout(timeout);
            self
        }
    });
    methods.push(quote! {
        /// How long a call may take, its answer's body included. Default: 60 seconds.
        pub fn timeout(mut self, timeout: Duration) -> Self {
            self.core.timeout(timeout);
            self
        }
    });
    methods.push(quote! {
        /// Builds the client.
        ///
        /// # Errors
        ///
        /// The base URL or a header is none, or the HTTP client cannot be set up.
        pub fn build(self) -> Result<Client, BuildError> {
            let core = self.core.build(#default)?;
            Ok(Client { core })
        }
    });
    methods.extend(client.globals.iter().map(global));
    let methods = spaced(methods, false);
    quote! {
        impl ClientBuilder {
            #methods
        }
    }
}

/// A setter of what is set once for all calls.
fn global(global: &Global) -> TokenStream {
    let Argument { ident, .. } = &global.argument;
    let docs = docs(&global.docs);
    let argument = argument(&global.argument);
    let parameter = parameter(&global.parameter);
    quote! {
        #docs
        pub fn #ident(mut self, #argument) -> Self {
            let core = &mut self.core;
            core.global(#parameter, #ident);
            self
        }
    }
}

/// The setter of the API's server, where that is more than a base URL for all calls.
fn server(client: &Client) -> Option<TokenStream> {
    let of_api = client.servers.iter().filter(|server| server.is_of_api);
    let of_api: Vec<_> = of_api.map(|server| &server.ident).collect();
    let (ty, of) = match of_api[..] {
        [] if !client.has_own_urls => return None,
        [only] => (quote!(crate::#only), true),
        [] => (quote!(impl Into<String>), false),
        [..] => (quote!(impl Into<String>), true),
    };
    let links = of_api.iter().map(|ident| {
        let name = ident.as_str();
        format!("[`{name}`](crate::{name})")
    });
    let links: Vec<String> = links.collect();
    let about = if of {
        format!(
            " Where the API is, by the parts of its address: {}.",
            links.join(", ")
        )
    } else {
        " Where the API is, as a URL that paths are appended to.".to_owned()
    };
    let own = client.has_own_urls.then(|| {
        quote! {
            ///
            /// Operations with servers of their own stay there.
        }
    });
    Some(quote! {
        #[doc = #about]
        #own
        pub fn server(mut self, server: #ty) -> Self {
            self.core.server(server);
            self
        }
    })
}

fn base_url(client: &Client) -> TokenStream {
    let default = match client.default_url.as_str() {
        "" => " The document names no server: a base URL has to be given.".to_owned(),
        url if url.contains("://") => format!(" Default: `{url}`"),
        path => format!(
            " The document names its server by the path `{path}` alone: a base URL has to be given."
        ),
    };
    let about: &[&str] = if client.has_own_urls {
        &[
            "Where all calls go, as a URL that paths are appended to: those of operations with servers",
            "of their own, too, as tests and proxies need it.",
        ]
    } else {
        &["Where the API is, as a URL that paths are appended to."]
    };
    let about = docs(
        &about
            .iter()
            .map(|&line| line.to_owned())
            .collect::<Vec<_>>(),
    );
    quote! {
        #about
        ///
        #[doc = #default]
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.core.base_url(url);
            self
        }
    }
}

fn credential(credential: &Credential) -> TokenStream {
    let Credential {
        setter, constant, ..
    } = credential;
    let docs = docs(&credential.docs);
    let of_token = |source: TokenStream| {
        quote! {
            #docs
            pub fn #setter(mut self, #setter: impl Into<Token>) -> Self {
                let source = #source;
                CoreBuilder::source(&mut self.core, &#constant, source);
                self
            }
        }
    };
    match &credential.carrier {
        Carrier::OAuth2 {
            token_url,
            refresh_url,
        } => {
            let [token_url, refresh_url] = [token_url, refresh_url].map(|url| match url {
                Some(url) => quote!(Some(#url)),
                None => quote!(None),
            });
            of_token(quote!(Token::fetched_at(#setter.into(), #token_url, #refresh_url)))
        }
        Carrier::OpenIdConnect(url) => of_token(quote!(Token::discovered_at(#setter.into(), #url))),
        Carrier::Basic => quote! {
            #docs
            pub fn #setter(mut self, user: &str, password: &str) -> Self {
                let secret = format!("{user}:{password}");
                CoreBuilder::credential(&mut self.core, &#constant, secret);
                self
            }
        },
        Carrier::Header(_)
        | Carrier::Query(_)
        | Carrier::Cookie(_)
        | Carrier::Bearer
        | Carrier::Http(_)
        | Carrier::Connection => quote! {
            #docs
            pub fn #setter(mut self, #setter: impl Into<String>) -> Self {
                CoreBuilder::credential(&mut self.core, &#constant, #setter.into());
                self
            }
        },
    }
}

//! The module `client`.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::layout::{spaced, verbatim};
use super::parameter;
use super::request::{argument, taken};
use super::tokens::literal;
use super::uses::{Module, Uses};
use crate::plan::{
    Argument, Client, Credential, CredentialLocation, Docs, Global, ServerSetter, TagClient, Text,
};
use crate::runtime::{
    ARC, BUILD_ERROR, CORE, CORE_BUILDER, CREDENTIAL_LOCATION, DURATION, MIDDLEWARE, RETRY, SCHEME,
    TOKEN, TRANSPORT,
};

/// The whole module.
pub(super) fn client(client: &Client) -> Module {
    let uses = Uses::new();
    let mut items = Vec::new();
    let url = &client.default_url;
    items.extend((!url.is_empty()).then(|| {
        quote! {
            /// The server that is called by default.
            const SERVER: &str = #url;
        }
    }));
    items.extend((!client.urls.is_empty()).then(|| servers(&client.urls)));
    items.extend(client.credentials.iter().map(|of| scheme(of, &uses)));
    items.push(declaration(client, &uses));
    items.push(methods(client));
    let core = uses.of(CORE_BUILDER);
    items.push(quote! {
        /// Builds a [`Client`].
        #[derive(Debug, Clone, Default)]
        #[must_use = "a client is built by `build`"]
        pub struct ClientBuilder {
            core: #core,
        }
    });
    items.push(builder(client, &uses));
    for tag in &client.tags {
        uses.tag(&tag.module, &tag.ident);
    }
    let about = Docs::of(Text::own("The client and its builder."));
    uses.module("client", &about, items)
}

/// The list of servers, on one line where `rustfmt` leaves it there.
fn servers(servers: &[(String, Text)]) -> TokenStream {
    const WIDEST: usize = 60;
    let servers: Vec<String> = servers.iter().map(|(url, _)| literal(url)).collect();
    let about = "/// The servers that the document lists. The first one is called by default.";
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

fn scheme(credential: &Credential, uses: &Uses) -> TokenStream {
    let (ty, scheme) = (uses.of(CREDENTIAL_LOCATION), uses.of(SCHEME));
    let Credential {
        constant, setter, ..
    } = credential;
    let setter = setter.as_str();
    let location = match &credential.location {
        CredentialLocation::Header(name) => quote!(#ty::Header(#name)),
        CredentialLocation::Query(name) => quote!(#ty::Query(#name)),
        CredentialLocation::Cookie(name) => quote!(#ty::Cookie(#name)),
        CredentialLocation::Bearer
        | CredentialLocation::OAuth2 { .. }
        | CredentialLocation::OpenIdConnect(_)
        | CredentialLocation::Connection => quote!(#ty::Bearer),
        CredentialLocation::Http(name) => quote!(#ty::Http(#name)),
        CredentialLocation::Basic => quote!(#ty::Basic),
    };
    quote!(pub(crate) const #constant: #scheme = #scheme::new(#setter, #location);)
}

fn declaration(client: &Client, uses: &Uses) -> TokenStream {
    let core = uses.of(CORE);
    let docs = docs(&client.docs);
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Client {
            core: #core,
        }
    }
}

fn methods(client: &Client) -> TokenStream {
    let builder = quote! {
        /// Creates a builder of a client.
        pub fn builder() -> ClientBuilder {
            ClientBuilder::default()
        }
    };
    let tags = client.tags.iter().map(|tag| {
        let TagClient { module, ident, .. } = tag;
        let docs = docs(&tag.docs);
        quote! {
            #docs
            pub fn #module(&self) -> #ident {
                #ident::new(&self.core)
            }
        }
    });
    let methods = spaced(std::iter::once(builder).chain(tags).collect(), false);
    quote! {
        impl Client {
            #methods
        }
    }
}

fn builder(client: &Client, uses: &Uses) -> TokenStream {
    let mut functions = Vec::new();
    functions.extend(client.server.as_ref().map(server));
    functions.push(base_url(client));
    functions.extend(client.credentials.iter().map(|of| credential(of, uses)));
    functions.extend(options(uses));
    functions.extend(limits(uses));
    functions.push(mock());
    functions.push(build(client, uses));
    functions.extend(client.globals.iter().map(|of| global(of, uses)));
    let functions = spaced(functions, false);
    quote! {
        impl ClientBuilder {
            #functions
        }
    }
}

/// The options of every client.
fn options(uses: &Uses) -> [TokenStream; 4] {
    let (arc, transport) = (uses.of(ARC), uses.of(TRANSPORT));
    let middleware = uses.of(MIDDLEWARE);
    let http_client = quote! {
        /// Uses this HTTP client, with its connections, proxies and certificates.
        ///
        /// Its own time limits hold, and those that are set here. It must not follow redirects, which would
        /// take the credentials to another host. Its TLS is its own, too: that of a feature of `reqwest`.
        #[cfg(feature = "reqwest")]
        pub fn http_client(mut self, client: reqwest::Client) -> Self {
            self.core.http_client(client);
            self
        }
    };
    let own_transport = quote! {
        /// Sends requests by this, in place of the HTTP client. Its own time limits hold, and those that are
        /// set here.
        pub fn transport(mut self, transport: impl #transport + 'static) -> Self {
            self.core.transport(#arc::new(transport));
            self
        }
    };
    let header = quote! {
        /// Adds a header to every call. One that a call sets itself replaces it.
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.core.header(name, value);
            self
        }
    };
    let middleware = quote! {
        /// Adds what stands around each attempt of each call. What is added first is the outermost.
        pub fn middleware(mut self, middleware: impl #middleware + 'static) -> Self {
            self.core.middleware(#arc::new(middleware));
            self
        }
    };
    [http_client, own_transport, middleware, header]
}

/// How long calls may take, how much they read, and when they are sent again.
fn limits(uses: &Uses) -> [TokenStream; 5] {
    let (duration, retry) = (uses.of(DURATION), uses.of(RETRY));
    let connect_timeout = quote! {
        /// Sets the time limit for making a connection. Default: 10 seconds.
        pub fn connect_timeout(mut self, timeout: #duration) -> Self {
            self.core.connect_timeout(timeout);
            self
        }
    };
    let timeout = quote! {
        /// Sets the time limit of a call, including its response's body and all attempts. Default: 60
        /// seconds. Of a stream, it is that of its status and headers.
        pub fn timeout(mut self, timeout: #duration) -> Self {
            self.core.timeout(timeout);
            self
        }
    };
    let read_timeout = quote! {
        /// Sets how long the server may be silent within a response's body. Default: 60 seconds.
        pub fn read_timeout(mut self, timeout: #duration) -> Self {
            self.core.read_timeout(timeout);
            self
        }
    };
    let body_limit = quote! {
        /// Sets how many bytes a response's body may have that is read whole, or an item of a stream.
        /// Default: 16 MiB.
        pub fn body_limit(mut self, bytes: usize) -> Self {
            self.core.body_limit(bytes);
            self
        }
    };
    let retry = quote! {
        /// Sets when calls are sent again. Default: where that is safe, up to twice.
        pub fn retry(mut self, retry: #retry) -> Self {
            self.core.retry(retry);
            self
        }
    };
    [connect_timeout, timeout, read_timeout, body_limit, retry]
}

/// What takes a test double; its type is that of a module that is not always there.
fn mock() -> TokenStream {
    quote! {
        /// Answers calls by this test double, in place of a server.
        #[cfg(feature = "mock")]
        pub fn mock(mut self, mock: &crate::mock::Mock) -> Self {
            self.core.mock(mock);
            self
        }
    }
}

fn build(client: &Client, uses: &Uses) -> TokenStream {
    let error = uses.of(BUILD_ERROR);
    let default = match client.default_url.as_str() {
        "" => quote!(""),
        _ => quote!(SERVER),
    };
    quote! {
        /// Builds the client.
        ///
        /// # Errors
        ///
        /// The base URL or a header is not valid, or the HTTP client cannot be set up.
        pub fn build(self) -> Result<Client, #error> {
            let core = self.core.build(#default)?;
            Ok(Client { core })
        }
    }
}

/// A setter of what is set once for all calls.
fn global(global: &Global, uses: &Uses) -> TokenStream {
    let Argument { ident, .. } = &global.argument;
    let docs = docs(&global.argument.docs);
    let taken = taken(&global.argument, uses);
    let argument = argument(&global.argument, uses);
    let parameter = parameter::parameter(&global.parameter, uses);
    quote! {
        #docs
        pub fn #ident(mut self, #argument) -> Self {
            #taken
            let core = &mut self.core;
            core.global(#parameter, #ident);
            self
        }
    }
}

/// The setter of the API's server.
fn server(setter: &ServerSetter) -> TokenStream {
    let docs = docs(&setter.docs);
    let ty = match &setter.ty {
        Some(ty) => quote!(crate::#ty),
        None => quote!(impl Into<String>),
    };
    quote! {
        #docs
        pub fn server(mut self, server: #ty) -> Self {
            self.core.server(server);
            self
        }
    }
}

fn base_url(client: &Client) -> TokenStream {
    let docs = docs(&client.base_url);
    quote! {
        #docs
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.core.base_url(url);
            self
        }
    }
}

fn credential(credential: &Credential, uses: &Uses) -> TokenStream {
    let core = uses.of(CORE_BUILDER);
    let Credential {
        setter, constant, ..
    } = credential;
    let docs = docs(&credential.docs);
    let of_token = |source: TokenStream| {
        let token = uses.of(TOKEN);
        quote! {
            #docs
            pub fn #setter(mut self, #setter: impl Into<#token>) -> Self {
                let source = #source;
                #core::source(&mut self.core, &#constant, source);
                self
            }
        }
    };
    match &credential.location {
        CredentialLocation::OAuth2 {
            token_url,
            refresh_url,
        } => {
            let token = uses.of(TOKEN);
            let [token_url, refresh_url] = [token_url, refresh_url].map(|url| match url {
                Some(url) => quote!(Some(#url)),
                None => quote!(None),
            });
            of_token(quote!(#token::fetched_at(#setter.into(), #token_url, #refresh_url)))
        }
        CredentialLocation::OpenIdConnect(url) => {
            let token = uses.of(TOKEN);
            of_token(quote!(#token::discovered_at(#setter.into(), #url)))
        }
        CredentialLocation::Basic => quote! {
            #docs
            pub fn #setter(mut self, user: &str, password: &str) -> Self {
                let secret = format!("{user}:{password}");
                #core::credential(&mut self.core, &#constant, secret);
                self
            }
        },
        CredentialLocation::Header(_)
        | CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_)
        | CredentialLocation::Bearer
        | CredentialLocation::Http(_)
        | CredentialLocation::Connection => quote! {
            #docs
            pub fn #setter(mut self, #setter: impl Into<String>) -> Self {
                #core::credential(&mut self.core, &#constant, #setter.into());
                self
            }
        },
    }
}

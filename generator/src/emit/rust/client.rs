//! The module `client`.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::layout::{spaced, verbatim};
use super::request::{argument, parameter};
use super::tokens::literal;
use super::uses::{Module, Uses};
use crate::plan::{Argument, Carrier, Client, Credential, Docs, Global, TagClient, Text};
use crate::runtime::{BUILD_ERROR, CARRIER, CORE, CORE_BUILDER, DURATION, SCHEME, TOKEN};

/// The whole module.
pub(super) fn client(client: &Client) -> Module {
    let uses = Uses::new();
    let mut items = Vec::new();
    let url = &client.default_url;
    items.extend((!url.is_empty()).then(|| {
        quote! {
            /// The server that is called when no other is given.
            const SERVER: &str = #url;
        }
    }));
    items.extend((!client.urls.is_empty()).then(|| servers(&client.urls)));
    items.extend(client.credentials.iter().map(|of| scheme(of, &uses)));
    items.push(declaration(client, &uses));
    items.push(methods(client));
    let core = uses.of(CORE_BUILDER);
    items.push(quote! {
        /// Settings of a [`Client`] that is still to be built.
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

fn scheme(credential: &Credential, uses: &Uses) -> TokenStream {
    let (ty, scheme) = (uses.of(CARRIER), uses.of(SCHEME));
    let Credential {
        constant, setter, ..
    } = credential;
    let setter = setter.as_str();
    let carrier = match &credential.carrier {
        Carrier::Header(name) => quote!(#ty::Header(#name)),
        Carrier::Query(name) => quote!(#ty::Query(#name)),
        Carrier::Cookie(name) => quote!(#ty::Cookie(#name)),
        Carrier::Bearer
        | Carrier::OAuth2 { .. }
        | Carrier::OpenIdConnect(_)
        | Carrier::Connection => quote!(#ty::Bearer),
        Carrier::Http(name) => quote!(#ty::Http(#name)),
        Carrier::Basic => quote!(#ty::Basic),
    };
    quote!(pub(crate) const #constant: #scheme = #scheme::new(#setter, #carrier);)
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
        /// Starts to build a client.
        pub fn builder() -> ClientBuilder {
            ClientBuilder::default()
        }
    };
    let tags = client.tags.iter().map(|tag| {
        let TagClient { module, ident, .. } = tag;
        let docs = docs(&tag.docs);
        quote! {
            #docs
            pub fn #module(&self) -> #ident<'_> {
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
    functions.extend(server(client));
    functions.push(base_url(client));
    functions.extend(client.credentials.iter().map(|of| credential(of, uses)));
    functions.extend(options(uses));
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
    let duration = uses.of(DURATION);
    let http_client = quote! {
        /// An HTTP client of your own: its connections, proxies and certificates are used.
        ///
        /// The connection time-out is then its own. Have it follow no redirects: they would take
        /// the credentials to another host.
        pub fn http_client(mut self, client: reqwest::Client) -> Self {
            self.core.http_client(client);
            self
        }
    };
    let header = quote! {
        /// Sends this header with every call; one that a call sets itself replaces it.
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.core.header(name, value);
            self
        }
    };
    let connect_timeout = quote! {
        /// How long a connection may take to be made. Default: 10 seconds.
        pub fn connect_timeout(mut self, timeout: #duration) -> Self {
            self.core.connect_timeout(timeout);
            self
        }
    };
    let timeout = quote! {
        /// How long a call may take, its answer's body included. Default: 60 seconds.
        pub fn timeout(mut self, timeout: #duration) -> Self {
            self.core.timeout(timeout);
            self
        }
    };
    [http_client, header, connect_timeout, timeout]
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
        /// The base URL or a header is none, or the HTTP client cannot be set up.
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
    let argument = argument(&global.argument, uses);
    let parameter = parameter(&global.parameter, uses);
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
    let links = of_api.iter().map(|ident| Text::root_link(ident));
    let about = if of {
        let links = Text::join(links, ", ");
        let about = Text::own("Where the API is, by the parts of its address: ");
        about.and(&links).then(".")
    } else {
        Text::own("Where the API is, as a URL that paths are appended to.")
    };
    let mut about = Docs::of(about);
    if client.has_own_urls {
        about = about.paragraph(Text::own(
            "Operations with servers of their own stay there.",
        ));
    }
    let docs = docs(&about);
    Some(quote! {
        #docs
        pub fn server(mut self, server: #ty) -> Self {
            self.core.server(server);
            self
        }
    })
}

fn base_url(client: &Client) -> TokenStream {
    let default = match client.default_url.as_str() {
        "" => Text::own("The document names no server: a base URL has to be given."),
        url if url.contains("://") => Text::own("Default: ").code_then(url, ""),
        path => Text::own("The document names its server by the path ")
            .code_then(path, " alone: a base URL has to be given."),
    };
    let about = if client.has_own_urls {
        "Where all calls go, as a URL that paths are appended to: those of operations with servers\n\
         of their own, too, as tests and proxies need it."
    } else {
        "Where the API is, as a URL that paths are appended to."
    };
    let docs = docs(&Docs::of(Text::own(about)).paragraph(default));
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
    match &credential.carrier {
        Carrier::OAuth2 {
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
        Carrier::OpenIdConnect(url) => {
            let token = uses.of(TOKEN);
            of_token(quote!(#token::discovered_at(#setter.into(), #url)))
        }
        Carrier::Basic => quote! {
            #docs
            pub fn #setter(mut self, user: &str, password: &str) -> Self {
                let secret = format!("{user}:{password}");
                #core::credential(&mut self.core, &#constant, secret);
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
                #core::credential(&mut self.core, &#constant, #setter.into());
                self
            }
        },
    }
}

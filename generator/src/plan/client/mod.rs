//! The client, its builder, and the server's address.

mod header;
mod server;
mod webhook;

pub use header::Header;
pub use server::{Server, ServerSetter, Variable};
pub use webhook::Webhook;

pub(super) use header::headers;
pub(super) use webhook::webhooks;

use std::collections::HashSet;

use crate::api::{self, Api, CredentialLocation, Location, Origin};
use crate::plan::call::{Argument, Parameter, Tag, argument_name, passed, sent};
use crate::plan::names::{Ident, Names, Scope, reserved};
use crate::plan::words::{self, Docs, Text};

/// The client.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Its documentation.
    pub docs: Docs,
    /// The ways to the operations.
    pub tags: Vec<TagClient>,
    /// What can be set to be let in.
    pub credentials: Vec<Credential>,
    /// What is set once for all calls.
    pub globals: Vec<Global>,
    /// The servers whose URLs have variables.
    pub servers: Vec<Server>,
    /// The address where none is given.
    pub default_url: String,
    /// All addresses, where there are several, and what is said about them.
    pub urls: Vec<(String, Text)>,
    /// The builder's function `base_url`.
    pub base_url: Docs,
    /// The builder's function `server`, where that is more than a base URL for all calls.
    pub server: Option<ServerSetter>,
}

impl Client {
    /// The credentials that these constants describe.
    pub fn credentials_of(&self, constants: &[Ident]) -> impl Iterator<Item = &Credential> {
        constants.iter().filter_map(|constant| {
            let mut known = self.credentials.iter();
            known.find(|credential| credential.constant == *constant)
        })
    }
}

/// The way to the operations of a tag.
#[derive(Debug, Clone, PartialEq)]
pub struct TagClient {
    /// The client's function, and the module.
    pub module: Ident,
    /// The type whose functions are the operations.
    pub ident: Ident,
    /// The same of a test double.
    pub mock: Ident,
    /// Its documentation.
    pub docs: Docs,
}

/// A parameter that is set once for all calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Global {
    /// The builder's function, what it takes and its documentation.
    pub argument: Argument,
    /// The parameter.
    pub parameter: Parameter,
}

/// A credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    /// Where the document describes it.
    pub origin: Origin,
    /// The builder's function.
    pub setter: Ident,
    /// The constant that describes it.
    pub constant: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// How it is sent.
    pub location: CredentialLocation,
}

/// Decides the client.
pub(super) fn client(api: &Api, names: &Names, tags: &[Tag]) -> Client {
    let mut scope = Scope::with(&reserved::BUILDER);
    let has_own_urls = api.operations.iter().any(|o| !o.servers.is_empty());
    let servers = server::servers(names);
    let default_url = default_url(api);
    let about = Text::own("A client of ").and(&title(api)).then(".");
    let tags = tags.iter().map(|tag| TagClient {
        module: tag.module.clone(),
        ident: tag.client.clone(),
        mock: tag.mock.clone(),
        docs: tag.docs.clone(),
    });
    Client {
        docs: Docs::of(about)
            .paragraph(Text::own("Cheap to clone: clones share their connections.")),
        tags: tags.collect(),
        credentials: credentials(api, names, &mut scope),
        globals: globals(api, names, &mut scope),
        base_url: base_url_docs(&default_url, has_own_urls),
        server: server::setter(&servers, has_own_urls),
        servers,
        default_url,
        urls: if api.servers.len() > 1 {
            let about = |of: &api::Server| Text::inline(&of.description);
            let all = api.servers.iter();
            all.map(|of| (of.default_url(), about(of))).collect()
        } else {
            Vec::new()
        },
    }
}

/// Where the API is; that of the first operation where each has its own.
fn default_url(api: &Api) -> String {
    let own = api.operations.iter().map(|operation| &operation.servers);
    let own: Option<Vec<_>> = own.map(|servers| servers.first()).collect();
    let own = own.into_iter().flatten();
    let mut servers = api.servers.iter().chain(own);
    let first = servers.next();
    first.map(api::Server::default_url).unwrap_or_default()
}

/// What is said about the base URL of all calls.
fn base_url_docs(default: &str, has_own_urls: bool) -> Docs {
    let about = if has_own_urls {
        "Sets the base URL of all calls, which paths are appended to: of operations with servers of\n\
         their own, too, as tests and proxies need it."
    } else {
        "Sets the base URL, which paths are appended to."
    };
    let default = match default {
        "" => Text::own("The document names no server: a base URL has to be set."),
        url if url.contains("://") => Text::own("Default: ").code_then(url, ""),
        path => Text::own("The document names its server by the path ")
            .code_then(path, " alone: a base URL has to be set."),
    };
    Docs::of(Text::own(about)).paragraph(default)
}

/// The API's title, or what stands for it.
pub(super) fn title(api: &Api) -> Text {
    Text::inline(plain_title(api))
}

/// The same, as the document writes it.
pub(super) fn plain_title(api: &Api) -> &str {
    match api.title.trim() {
        "" => "the API",
        title => title,
    }
}

/// The first operation that has the parameter says what it is.
fn globals(api: &Api, names: &Names, scope: &mut Scope) -> Vec<Global> {
    let parameters = || {
        api.operations
            .iter()
            .flat_map(|operation| &operation.parameters)
    };
    let globals = api.globals.iter().filter_map(|(location, name)| {
        parameters().find(|p| p.location == *location && p.name == *name)
    });
    let mut known = HashSet::new();
    let globals =
        globals.filter(|parameter| known.insert((parameter.location, sent(parameter).name)));
    globals
        .map(|parameter| {
            let fallback = Text::own("Sets ").code_then(&parameter.name, " for all calls.");
            let mut docs = words::docs(&parameter.docs, fallback);
            if parameter.location == Location::Header {
                let note = "It is sent with all calls; `header` of a call sets it otherwise.";
                docs = docs.paragraph(Text::own(note));
            }
            Global {
                argument: Argument {
                    origin: parameter.origin.clone(),
                    ident: argument_name(parameter.called(), scope),
                    passed: passed(api, names, parameter.ty),
                    docs,
                },
                parameter: sent(parameter),
            }
        })
        .collect()
}

fn credentials(api: &Api, names: &Names, scope: &mut Scope) -> Vec<Credential> {
    api.schemes
        .iter()
        .zip(names.schemes())
        .filter(|(scheme, _)| scheme.location != CredentialLocation::Connection)
        .map(|(scheme, constant)| {
            let setter = Ident::value_name(&scheme.name);
            Credential {
                origin: scheme.origin.clone(),
                setter: scope.take(&[setter.clone(), setter.with("_credential")]),
                constant: constant.clone(),
                docs: credential_docs(scheme),
                location: lower_case(&scheme.location),
            }
        })
        .collect()
}

fn credential_docs(scheme: &api::SecurityScheme) -> Docs {
    let fallback = Text::own("The credential of the security scheme ");
    let docs = words::described(&scheme.description, fallback.code_then(&scheme.name, "."));
    match &scheme.location {
        CredentialLocation::OAuth2 { .. } | CredentialLocation::OpenIdConnect(_) => docs.paragraph(Text::own(
            "An access token, or where one comes from: a [`Grant`](crate::Grant), or a provider.",
        )),
        CredentialLocation::Http(name) => {
            let text = Text::own("It is sent as it is, after ");
            docs.paragraph(text.code_then(&format!("Authorization: {name}"), "."))
        }
        CredentialLocation::Header(_)
        | CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_)
        | CredentialLocation::Bearer
        | CredentialLocation::Basic
        | CredentialLocation::Connection => docs,
    }
}

/// Header names are compared without case, and have to be in lower case to be constants.
fn lower_case(location: &CredentialLocation) -> CredentialLocation {
    match location {
        CredentialLocation::Header(name) => CredentialLocation::Header(name.to_ascii_lowercase()),
        CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_)
        | CredentialLocation::Bearer
        | CredentialLocation::OAuth2 { .. }
        | CredentialLocation::OpenIdConnect(_)
        | CredentialLocation::Http(_)
        | CredentialLocation::Connection
        | CredentialLocation::Basic => location.clone(),
    }
}

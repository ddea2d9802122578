//! The client, its builder, and the server's address.

use std::collections::HashSet;

use super::docs;
use super::ident::{Ident, Scope};
use super::names::Names;
use super::operation::Group;
use super::parameter::{Argument, Parameter, argument, sent};
use super::server::Server;
use crate::api::{self, Api, Carrier, Location};

/// The client.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Its documentation.
    pub docs: Vec<String>,
    /// The ways to the operations: method and module, type, documentation.
    pub handles: Vec<(Ident, Ident, Vec<String>)>,
    /// What can be set to be let in.
    pub credentials: Vec<Credential>,
    /// What is set once for all calls.
    pub globals: Vec<Global>,
    /// The addresses that have parts.
    pub servers: Vec<Server>,
    /// The address where none is given.
    pub default_url: String,
    /// All addresses, where there are several.
    pub urls: Vec<String>,
    /// Whether single operations have addresses of their own.
    pub has_own_urls: bool,
}

/// A parameter that is set once for all calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Global {
    /// The builder's method, and what it takes.
    pub argument: Argument,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The parameter.
    pub parameter: Parameter,
}

/// A credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    /// The builder's method.
    pub setter: Ident,
    /// The static that describes it.
    pub constant: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// How it is sent.
    pub carrier: Carrier,
}

/// Decides the client.
pub(super) fn client(api: &Api, names: &Names, groups: &[Group]) -> Client {
    let mut scope = Scope::with(&[
        "base_url",
        "build",
        "clone",
        "connect_timeout",
        "core",
        "default",
        "fmt",
        "header",
        "http_client",
        "self",
        "server",
        "timeout",
    ]);
    Client {
        docs: docs::text(
            &format!(
                "A client of {}.\n\nCheap to clone: clones share their connections.",
                title(api)
            ),
            "",
        ),
        handles: groups
            .iter()
            .map(|group| {
                (
                    group.module.clone(),
                    group.handle.clone(),
                    group.docs.clone(),
                )
            })
            .collect(),
        credentials: credentials(api, names, &mut scope),
        globals: globals(api, names, &mut scope),
        servers: names.servers().iter().map(|(_, s)| s.clone()).collect(),
        default_url: default_url(api),
        urls: if api.servers.len() > 1 {
            api.servers.iter().map(api::Server::default_url).collect()
        } else {
            Vec::new()
        },
        has_own_urls: api.operations.iter().any(|o| !o.servers.is_empty()),
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

/// The API's title, or what stands for it.
pub(super) fn title(api: &Api) -> String {
    match api.title.trim() {
        "" => "the API".to_owned(),
        title => title.to_owned(),
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
            let fallback = format!("Sets `{}` for all calls.", parameter.name);
            let mut docs = docs::lines(&parameter.docs, &fallback);
            if parameter.location == Location::Header {
                let note = "It is sent with all calls; `header` of a call sets it otherwise.";
                docs.extend([String::new(), note.to_owned()]);
            }
            Global {
                argument: argument(api, names, &parameter.name, parameter.ty, scope),
                docs,
                parameter: sent(parameter),
            }
        })
        .collect()
}

fn credentials(api: &Api, names: &Names, scope: &mut Scope) -> Vec<Credential> {
    api.schemes
        .iter()
        .zip(names.schemes())
        .filter(|(scheme, _)| scheme.carrier != Carrier::Connection)
        .map(|(scheme, constant)| {
            let setter = Ident::value_name(&scheme.name);
            Credential {
                setter: scope.take(&[setter.clone(), setter.with("_credential")]),
                constant: constant.clone(),
                docs: credential_docs(scheme),
                carrier: lower_case(&scheme.carrier),
            }
        })
        .collect()
}

fn credential_docs(scheme: &api::SecurityScheme) -> Vec<String> {
    let fallback = format!("The credential of the security scheme `{}`.", scheme.name);
    let mut docs = docs::text(&scheme.description, &fallback);
    let further = match &scheme.carrier {
        Carrier::OAuth2 { .. } | Carrier::OpenIdConnect(_) => {
            "An access token, or where one comes from: a [`Grant`](crate::Grant), or a provider."
                .to_owned()
        }
        Carrier::Http(name) => format!("It is sent as it is, after `Authorization: {name}`."),
        Carrier::Header(_)
        | Carrier::Query(_)
        | Carrier::Cookie(_)
        | Carrier::Bearer
        | Carrier::Basic
        | Carrier::Connection => return docs,
    };
    docs.extend([String::new(), further]);
    docs
}

/// Header names are compared without case, and have to be in lower case to be constants.
fn lower_case(carrier: &Carrier) -> Carrier {
    match carrier {
        Carrier::Header(name) => Carrier::Header(name.to_ascii_lowercase()),
        Carrier::Query(_)
        | Carrier::Cookie(_)
        | Carrier::Bearer
        | Carrier::OAuth2 { .. }
        | Carrier::OpenIdConnect(_)
        | Carrier::Http(_)
        | Carrier::Connection
        | Carrier::Basic => carrier.clone(),
    }
}

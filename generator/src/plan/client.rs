//! The client, its builder, and the server's address.

use super::docs;
use super::ident::{Ident, Scope};
use super::model::{Enum, enumeration};
use super::names::Names;
use super::operation::Group;
use super::parameter::{Argument, Parameter, argument, sent};
use crate::api::{self, Api, Carrier, Segment};

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

/// An address with parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The name of its type.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The template: text, and indices of variables.
    pub url: Vec<Result<String, usize>>,
    /// The parts.
    pub variables: Vec<Variable>,
}

/// A part of an address.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// The field and its setter.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The value where none is given.
    pub default: String,
    /// Its values, where the document lists them.
    pub values: Option<Enum>,
}

/// Decides the client.
pub(super) fn client(api: &Api, names: &Names, groups: &[Group]) -> Client {
    let mut scope = Scope::with(&[
        "base_url",
        "build",
        "connect_timeout",
        "core",
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
        credentials: credentials(api, &mut scope),
        globals: globals(api, names, &mut scope),
        servers: servers(api),
        default_url: api.servers.first().map(default_url).unwrap_or_default(),
        urls: if api.servers.len() > 1 {
            api.servers.iter().map(default_url).collect()
        } else {
            Vec::new()
        },
    }
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
    globals
        .map(|parameter| Global {
            argument: argument(api, names, &parameter.name, parameter.ty, scope),
            docs: docs::lines(
                &parameter.docs,
                &format!("Sets `{}` for all calls.", parameter.name),
            ),
            parameter: sent(parameter),
        })
        .collect()
}

fn credentials(api: &Api, scope: &mut Scope) -> Vec<Credential> {
    api.schemes
        .iter()
        .filter(|scheme| scheme.carrier != Carrier::Connection)
        .map(|scheme| {
            let setter = Ident::value_name(&scheme.name);
            Credential {
                setter: scope.take(&[setter.clone(), setter.with("_credential")]),
                constant: Ident::constant(&scheme.name),
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

/// The types of the servers with variables; the first one is called `Server`, and the others after
/// their descriptions where these are short.
fn servers(api: &Api) -> Vec<Server> {
    let mut types = Scope::with(&EXPORTS);
    let with_parts = api.servers.iter().filter(|s| !s.variables.is_empty());
    let idents: Vec<Ident> = with_parts
        .clone()
        .enumerate()
        .map(|(index, server)| {
            let is_short = server.description.split_whitespace().count() <= MOST_WORDS;
            let mut names = vec![Ident::type_name("server")];
            if index > 0 && is_short && !server.description.is_empty() {
                let words = format!("{} server", server.description);
                names.insert(0, Ident::type_name(&words));
            }
            types.take(&names)
        })
        .collect();
    let mut known = Vec::new();
    let servers = with_parts.zip(idents);
    servers
        .map(|(described, ident)| server(described, ident, &mut types, &mut known))
        .collect()
}

/// What the root of a crate exports, and what the module `server` uses.
const EXPORTS: [&str; 32] = [
    "AccessToken",
    "ApiError",
    "Body",
    "BuildError",
    "Call",
    "Client",
    "ClientBuilder",
    "DecodeError",
    "Default",
    "Error",
    "Event",
    "From",
    "Grant",
    "Into",
    "InvalidRequest",
    "Items",
    "Nullable",
    "Part",
    "Phase",
    "Pieces",
    "RawResponse",
    "Response",
    "SERVERS",
    "Secret",
    "Self",
    "StreamCall",
    "StreamError",
    "String",
    "TimeoutError",
    "Token",
    "TransportError",
    "UnexpectedStatus",
];

/// How long a description can be to be a name.
const MOST_WORDS: usize = 3;

/// `known` are the enums of the servers before this one, whose variables may have the same values.
fn server(
    server: &api::Server,
    ident: Ident,
    types: &mut Scope,
    known: &mut Vec<(String, Vec<String>, Enum)>,
) -> Server {
    let mut scope = Scope::with(&["new"]);
    let variables: Vec<Variable> = server
        .variables
        .iter()
        .map(|variable| {
            let fallback = format!("The part `{}` of the address.", variable.name);
            let docs = docs::text(&variable.description, &fallback);
            Variable {
                ident: scope.take(&[Ident::value_name(&variable.name)]),
                values: (!variable.values.is_empty()).then(|| {
                    let is_same = |(name, values, _): &&(String, Vec<String>, Enum)| {
                        *name == variable.name && *values == variable.values
                    };
                    if let Some((.., values)) = known.iter().find(is_same) {
                        return values.clone();
                    }
                    let ident = types.take(&[
                        Ident::type_name(&variable.name),
                        Ident::type_name(&format!("server {}", variable.name)),
                    ]);
                    let values = enumeration(ident, docs.clone(), false, &variable.values);
                    known.push((
                        variable.name.clone(),
                        variable.values.clone(),
                        values.clone(),
                    ));
                    values
                }),
                docs,
                default: variable.default.clone(),
            }
        })
        .collect();
    Server {
        ident,
        docs: docs::text(&server.description, "Where the API is."),
        url: server
            .url
            .iter()
            .map(|segment| match segment {
                Segment::Literal(text) => Ok(text.clone()),
                Segment::Parameter(name) => {
                    match server.variables.iter().position(|v| v.name == *name) {
                        Some(index) => Err(index),
                        None => Ok(format!("{{{name}}}")),
                    }
                }
            })
            .collect(),
        variables,
    }
}

/// Where an operation is, when it is not where the API is ("Server Object": a relative URL is
/// relative to where the document is served, which is taken for the API's own host).
pub(super) fn operation_url(api: &Api, server: &api::Server) -> String {
    let url = default_url(server);
    let own = api.servers.first().map(default_url).unwrap_or_default();
    let host = own.find("://").map(|at| at + "://".len());
    match host {
        Some(at) if url.starts_with('/') => {
            let end = own[at..].find('/').map_or(own.len(), |length| at + length);
            format!("{}{url}", &own[..end])
        }
        Some(_) | None => url,
    }
}

fn default_url(server: &api::Server) -> String {
    let value = |segment: &Segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(name) => server
            .variables
            .iter()
            .find(|variable| variable.name == *name)
            .map_or_else(
                || format!("{{{name}}}"),
                |variable| variable.default.clone(),
            ),
    };
    server.url.iter().map(value).collect()
}

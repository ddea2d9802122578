//! The servers with variables, each a type.

use super::docs;
use super::ident::{Ident, Scope};
use super::model::{Enum, enumeration};
use crate::api::{self, Api, Segment};

/// An address with parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The name of its type.
    pub ident: Ident,
    /// Whether the API is there, and not single operations alone.
    pub is_of_api: bool,
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

/// The types of the servers with variables, each with the server that it spells. The API's first
/// one is called `Server`, and the others after their descriptions where these are short.
pub(super) fn servers(api: &Api) -> Vec<(api::Server, Server)> {
    let of_api = api.servers.iter().map(|server| (server, None));
    let of_operations = api.operations.iter().flat_map(|operation| {
        let servers = operation.servers.iter();
        servers.map(|server| (server, Some(operation.id.as_str())))
    });
    let all = of_api.chain(of_operations);
    let mut types = Scope::with(&EXPORTS);
    let mut known: Vec<(&api::Server, Option<&str>, Ident)> = Vec::new();
    for (described, operation) in all.filter(|(server, _)| !server.variables.is_empty()) {
        if known.iter().all(|(server, ..)| *server != described) {
            let is_first = operation.is_none() && known.is_empty();
            let names = candidates(described, is_first, operation);
            known.push((described, operation, types.take(&names)));
        }
    }
    let mut enums = Vec::new();
    let servers = known.into_iter();
    servers
        .map(|(described, operation, ident)| {
            let about = match operation {
                None => "Where the API is.",
                Some(_) => "Where single operations are.",
            };
            let server = Server {
                ident,
                is_of_api: operation.is_none(),
                docs: docs::text(&described.description, about),
                url: template(described),
                variables: variables(described, &mut types, &mut enums),
            };
            (described.clone(), server)
        })
        .collect()
}

/// How a server could be called, best first.
fn candidates(server: &api::Server, is_first: bool, operation: Option<&str>) -> Vec<Ident> {
    let words = server.description.split_whitespace().count();
    let is_short = !is_first && (1..=MOST_WORDS).contains(&words);
    let described = is_short.then(|| format!("{} server", server.description));
    let usual = match operation {
        Some(id) => format!("{id} server"),
        None => "server".to_owned(),
    };
    let names = described.into_iter().chain([usual]);
    names.map(|name| Ident::type_name(&name)).collect()
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
fn variables(
    server: &api::Server,
    types: &mut Scope,
    known: &mut Vec<(String, Vec<String>, Enum)>,
) -> Vec<Variable> {
    let mut scope = Scope::with(&["clone", "default", "fmt", "new", "to_string"]);
    let variables = server.variables.iter();
    variables
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
        .collect()
}

fn template(server: &api::Server) -> Vec<Result<String, usize>> {
    let segments = server.url.iter();
    segments
        .map(|segment| match segment {
            Segment::Literal(text) => Ok(text.clone()),
            Segment::Parameter(name) => {
                match server.variables.iter().position(|v| v.name == *name) {
                    Some(index) => Err(index),
                    None => Ok(format!("{{{name}}}")),
                }
            }
        })
        .collect()
}

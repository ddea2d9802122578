//! The servers with variables, each a type.

use crate::api::{self, Origin, Segment};
use crate::plan::names::{Ident, Names, Scope, ServerName, reserved};
use crate::plan::types::{Enum, string_enum};
use crate::plan::words::{self, Docs, Text};

/// A server whose URL has variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Where the document describes it.
    pub origin: Origin,
    /// The name of its type.
    pub ident: Ident,
    /// Whether the API is there, and not single operations alone.
    pub is_of_api: bool,
    /// Its documentation.
    pub docs: Docs,
    /// The template: text, and indices of variables.
    pub url: Vec<Result<String, usize>>,
    /// The variables.
    pub variables: Vec<Variable>,
}

/// A variable of a URL.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// Where the document describes it.
    pub origin: Origin,
    /// The field and its setter.
    pub ident: Ident,
    /// The documentation of the setter.
    pub docs: Docs,
    /// The value where none is given.
    pub default: String,
    /// Its values, where the document lists them.
    pub values: Option<Enum>,
}

/// A function that sets the server.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerSetter {
    /// Its documentation.
    pub docs: Docs,
    /// The type that it takes; any URL where there is none, or are several.
    pub ty: Option<Ident>,
}

/// The types of the servers with variables.
pub(super) fn servers(names: &Names) -> Vec<Server> {
    let servers = names.servers().iter();
    servers
        .map(|name| {
            let about = if name.is_of_api {
                "Where the API is."
            } else {
                "Where single operations are."
            };
            Server {
                origin: name.server.origin.clone(),
                ident: name.ident.clone(),
                is_of_api: name.is_of_api,
                docs: words::described(&name.server.description, Text::own(about)),
                url: template(&name.server),
                variables: variables(name),
            }
        })
        .collect()
}

/// The setter of the API's server: by the variables of its URL, or beside those of operations.
pub(super) fn setter(servers: &[Server], has_own_urls: bool) -> Option<ServerSetter> {
    let of_api = servers.iter().filter(|server| server.is_of_api);
    let of_api: Vec<&Ident> = of_api.map(|server| &server.ident).collect();
    let about = match of_api[..] {
        [] if !has_own_urls => return None,
        [] => Text::own("Sets the base URL, which paths are appended to."),
        [..] => {
            let links = of_api.iter().map(|ident| Text::root_link(ident));
            let links = Text::join(links, ", ");
            let about = Text::own("Sets the server, by the variables of its URL: ");
            about.and(&links).then(".")
        }
    };
    let mut docs = Docs::of(about);
    if has_own_urls {
        docs = docs.paragraph(Text::own(
            "Operations with servers of their own are not moved.",
        ));
    }
    let ty = match of_api[..] {
        [only] => Some(only.clone()),
        [..] => None,
    };
    Some(ServerSetter { docs, ty })
}

fn variables(name: &ServerName) -> Vec<Variable> {
    let mut scope = Scope::with(&reserved::SERVER);
    let variables = name.server.variables.iter().zip(&name.enums);
    variables
        .map(|(variable, values)| {
            let fallback = Text::own("The variable ").code_then(&variable.name, " of the URL.");
            let docs = words::described(&variable.description, fallback);
            let values = values.as_ref().map(|ident| {
                let origin = variable.origin.clone();
                string_enum(origin, ident.clone(), docs.clone(), false, &variable.values)
            });
            Variable {
                origin: variable.origin.clone(),
                ident: scope.take(&[Ident::value_name(&variable.name)]),
                values,
                docs: docs.fact("Default", Text::code(&variable.default)),
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

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
    /// Its documentation.
    pub docs: Docs,
    /// The value where none is given.
    pub default: String,
    /// Its values, where the document lists them.
    pub values: Option<Enum>,
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

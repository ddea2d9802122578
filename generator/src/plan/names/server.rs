//! The names of the servers with variables.

use super::ident::{Ident, Scope};
use super::reserved;
use crate::api::{Api, Server};

/// The names of a server with variables.
#[derive(Debug)]
pub struct ServerName {
    /// The server, the first of those that are the same.
    pub server: Server,
    /// The type.
    pub ident: Ident,
    /// Whether the API is there, and not single operations alone.
    pub is_of_api: bool,
    /// For each variable, the enum of the values that the document lists.
    pub enums: Vec<Option<Ident>>,
}

/// The names of the servers with variables. The API's first one is called `Server`, and the others
/// after their descriptions where these are short.
pub(super) fn names(api: &Api) -> Vec<ServerName> {
    let of_api = api.servers.iter().map(|server| (server, None));
    let of_operations = api.operations.iter().flat_map(|operation| {
        let servers = operation.servers.iter();
        servers.map(|server| (server, Some(operation.id.as_str())))
    });
    let all = of_api.chain(of_operations);
    let mut types = Scope::excluding(reserved::is_reserved_at_root);
    let mut names: Vec<ServerName> = Vec::new();
    for (server, operation) in all.filter(|(server, _)| !server.variables.is_empty()) {
        if names.iter().all(|known| !known.server.is_same(server)) {
            let is_first = operation.is_none() && names.is_empty();
            names.push(ServerName {
                server: server.clone(),
                ident: types.take(&candidates(server, is_first, operation)),
                is_of_api: operation.is_none(),
                enums: Vec::new(),
            });
        }
    }
    // Variables of one name and with the same values share an enum.
    let mut known: Vec<(&str, &[String], Ident)> = Vec::new();
    let mut enums = Vec::new();
    for name in &names {
        let variables = name.server.variables.iter();
        let own = variables.map(|variable| {
            let values = &variable.values[..];
            if values.is_empty() {
                return None;
            }
            let is_same =
                |(name, of, _): &&(&str, &[String], Ident)| *name == variable.name && *of == values;
            if let Some((.., ident)) = known.iter().find(is_same) {
                return Some(ident.clone());
            }
            let ident = types.take(&[
                Ident::type_name(&variable.name),
                Ident::type_name(&format!("server {}", variable.name)),
            ]);
            known.push((&variable.name, values, ident.clone()));
            Some(ident)
        });
        enums.push(own.collect());
    }
    for (name, enums) in names.iter_mut().zip(enums) {
        name.enums = enums;
    }
    names
}

/// How a server could be called, best first.
fn candidates(server: &Server, is_first: bool, operation: Option<&str>) -> Vec<Ident> {
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

/// How long a description can be to be a name.
const MOST_WORDS: usize = 3;

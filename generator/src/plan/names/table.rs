//! The names of an API.

use std::collections::HashMap;

use super::ident::Ident;
use super::server::ServerName;
use super::xml::XmlNames;
use crate::api::TypeId;

/// All names of an API.
#[derive(Debug)]
pub struct Names {
    pub(super) types: HashMap<TypeId, Ident>,
    pub(super) tags: Vec<TagNames>,
    pub(super) calls: Vec<Vec<CallNames>>,
    pub(super) errors: Vec<Option<Ident>>,
    pub(super) xml: XmlNames,
    pub(super) servers: Vec<ServerName>,
    pub(super) schemes: Vec<Ident>,
}

/// The names of the operations of a tag.
#[derive(Debug)]
pub struct TagNames {
    /// The module, and the client's function that leads to it.
    pub module: Ident,
    /// The type whose functions are the operations.
    pub client: Ident,
}

/// The names of a way to call an operation.
#[derive(Debug, Clone)]
pub struct CallNames {
    /// The function.
    pub ident: Ident,
    /// The function that takes the whole body, where that is another one.
    pub whole: Option<Ident>,
    /// The operation's name as a type's.
    pub base: Ident,
}

impl CallNames {
    /// The type of a call that has setters.
    pub fn call(&self) -> Ident {
        self.free("Call", "OperationCall")
    }

    /// The enum of successes.
    pub fn success(&self) -> Ident {
        self.free("Success", "OperationSuccess")
    }

    /// The enum of errors.
    pub fn error(&self) -> Ident {
        self.free("Error", "OperationError")
    }

    fn free(&self, usual: &str, other: &str) -> Ident {
        let name = self.base.with(usual);
        if super::reserved::is_reserved(&name) {
            self.base.with(other)
        } else {
            name
        }
    }
}

impl Names {
    /// The name of a type that has one.
    pub fn of(&self, id: TypeId) -> Option<&Ident> {
        self.types.get(&id)
    }

    /// The names of the tags, in their order; those of operations without one are last.
    pub fn tags(&self) -> &[TagNames] {
        &self.tags
    }

    /// The names of the ways to call an operation, the usual one first.
    pub fn calls(&self, operation: usize) -> &[CallNames] {
        &self.calls[operation]
    }

    /// The enum of an operation's errors, where it has one.
    pub fn error(&self, operation: usize) -> Option<&Ident> {
        self.errors[operation].as_ref()
    }

    /// The statics of contents in XML.
    pub fn xml(&self) -> &XmlNames {
        &self.xml
    }

    /// The constants of the security schemes.
    pub fn schemes(&self) -> &[Ident] {
        &self.schemes
    }

    /// The types of servers with variables.
    pub fn servers(&self) -> &[ServerName] {
        &self.servers
    }
}

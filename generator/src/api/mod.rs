//! What a document means: operations, types, enums and errors. Plain data, in the document's own
//! words: nothing here knows how Rust writes it.

use std::collections::BTreeMap;

mod media;
mod name;
mod operation;
mod origin;
mod pagination;
mod reach;
mod scalars;
mod security;
mod status;
mod text;
mod types;
mod xml;

pub use media::{Codec, Encoding, Framing, JSON, Media, MediaType, Range};
pub use name::{Name, Place};
pub use operation::{
    Body, Grouped, Header, Location, Method, Operation, Parameter, Response, Retries, Segment,
    Style, Webhook,
};
pub use origin::Origin;
pub use pagination::{Next, Pagination, PaginationHint, PaginationStyle};
pub use security::{CredentialLocation, SecurityScheme, Server, Variable};
pub use status::Status;
pub use types::{
    Enum, EnumValue, Format, Object, Presence, Property, Scalar, Shape, Tuple, Type, TypeId, Types,
    Union, Variant,
};
pub use xml::{XmlElement, XmlNode, XmlPlace, XmlProperty};

/// An API.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The API's title.
    pub title: String,
    /// The API's own version.
    pub version: String,
    /// The version of the specification it is written in.
    pub specification: String,
    /// What it is for, as `CommonMark`.
    pub description: String,
    /// Where it is; the first one is the default.
    pub servers: Vec<Server>,
    /// The security schemes.
    pub schemes: Vec<SecurityScheme>,
    /// The tags that are used, in the order in which they are declared or first met.
    pub tags: Vec<Tag>,
    /// Parameters that are set once for all calls (`x-speakeasy-globals`), by place and name.
    pub globals: Vec<(Location, String)>,
    /// All types.
    pub types: Types,
    /// All operations, in the document's order.
    pub operations: Vec<Operation>,
    /// What the API sends by itself: webhooks and callbacks.
    pub webhooks: Vec<Webhook>,
    /// The elements of the components that contents in XML refer to.
    pub xml: BTreeMap<String, XmlElement>,
}

impl Api {
    /// Whether a parameter is set once for all calls.
    pub fn is_global(&self, parameter: &Parameter) -> bool {
        let is_it = |(location, name): &(Location, String)| {
            *location == parameter.location && *name == parameter.name
        };
        self.globals.iter().any(is_it)
    }

    /// Visits the types that operations and webhooks name.
    pub fn for_each_type(&mut self, visit: &mut dyn FnMut(&mut TypeId)) {
        for operation in &mut self.operations {
            operation.for_each_type(visit);
        }
        let media = self
            .webhooks
            .iter_mut()
            .flat_map(|webhook| &mut webhook.content);
        media.for_each(|media| media.for_each_type(visit));
    }
}

/// A group of operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Where the document declares it; nowhere, where operations alone name it.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// What it is for, as `CommonMark`.
    pub description: String,
}

/// The document's words about something.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Docs {
    /// A short title or summary.
    pub title: String,
    /// `CommonMark`.
    pub description: String,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Constraints and other facts in words, as `CommonMark`.
    pub notes: Vec<String>,
    /// The value that is taken where none is given.
    pub default: Option<serde_json::Value>,
    /// A value that it can have.
    pub example: Option<serde_json::Value>,
}

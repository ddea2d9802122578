//! Which Rust: every identifier, type, derive and line of documentation is decided here, and none
//! of it is spelled.

mod answer;
mod boxes;
mod client;
mod content;
mod derives;
mod distinction;
mod docs;
mod header;
mod html;
mod ident;
mod krate;
mod model;
mod names;
mod operation;
mod operation_docs;
mod pages;
mod parameter;
mod payload;
mod request;
mod server;
mod status;
mod stream;
mod types;
mod union;
mod webhook;
mod xml;

use crate::api::Api;
use crate::settings::Settings;

pub use crate::api::{Carrier, Location, Next, Pagination, Style};
pub use crate::api::{XmlElement, XmlMember, XmlNode, XmlPlace};
pub use answer::{Answer, Arm, Pattern, Sum, Variant};
pub use client::{Client, Credential, Global};
pub use content::Decoder;
pub use derives::Derives;
pub use header::Header;
pub use ident::Ident;
pub use krate::{Krate, Part};
pub use model::{Alias, Enum, Field, Kind, Model, Struct};

pub use operation::{Group, Operation};
pub use pages::Pages;
pub use parameter::{Argument, Parameter, Passed, Spelling};
pub use payload::{Payload, Section};
pub use request::{Setter, Step};
pub use server::{Server, Variable};
pub use stream::{Cut, Decode, Stream};
pub use types::RustType;
pub use union::{Choice, Shared, Union};
pub use webhook::Webhook;
pub use xml::Xml;

/// A crate, decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Manifest and crate documentation.
    pub krate: Krate,
    /// The types.
    pub models: Vec<Model>,
    /// The names of the types, and where the schema of each stands in the normalised document.
    pub origins: Vec<(Ident, String)>,
    /// The operations, a module for each tag.
    pub groups: Vec<Group>,
    /// The headers of answers.
    pub headers: Vec<Header>,
    /// What the API sends by itself.
    pub webhooks: Vec<Webhook>,
    /// The elements of contents in XML.
    pub xml: Xml,
    /// The client and its builder.
    pub client: Client,
    /// The parts of the runtime that are needed.
    pub parts: Vec<Part>,
}

/// Decides a crate.
pub fn plan(api: &Api, settings: &Settings) -> Plan {
    let names = names::assign(api);
    let models = model::models(api, &names);
    let groups = operation::groups(api, &names);
    let client = client::client(api, &names, &groups);
    let headers = header::headers(api, &names);
    let mut parts = krate::parts(&models, &groups, &client);
    let xml = xml::xml(api, names.xml(), &groups);
    parts.extend((!xml.elements.is_empty()).then_some(Part::Xml));
    parts.extend((!headers.is_empty()).then_some(Part::Headers));
    Plan {
        krate: krate::krate(api, settings, &models),
        models,
        origins: model::origins(api, &names),
        groups,
        headers,
        xml,
        webhooks: webhook::webhooks(api, &names),
        client,
        parts,
    }
}

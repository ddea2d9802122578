//! Which Rust: every identifier, type, derive and line of documentation is decided here, and none
//! of it is written.

mod call;
mod client;
mod example;
mod failures;
mod krate;
mod names;
mod types;
mod ways;
mod words;

use crate::api::Api;
use crate::settings::Settings;

pub use crate::settings::Product;

pub use crate::api::{
    CredentialLocation, Framing, Location, Next, Origin, Pagination, Retries, Style,
};
pub use crate::api::{XmlElement, XmlNode, XmlPlace, XmlProperty};
pub use call::{
    Argument, Call, Content, Decode, Decoder, Documented, Draft, ErrorAlias, Example, MatchArm,
    Operation, Outcome, Pages, Parameter, ParameterEncoding, Passed, Pattern, Payload, Reader,
    ResponseEnum, Section, SetField, Setter, Short, Step, Stream, Tag, Variant, Xml,
};
pub use client::{
    Client, Credential, Global, Header, Server, ServerSetter, TagClient, Variable, Webhook,
};
pub use example::Expression;
pub use krate::Krate;
pub use names::{BUILDER_NAMES, Ident, reserved_names};
pub use types::{
    Alias, Choice, Enum, EnumVariant, Field, Kind, Model, RustType, Set, Shared, Struct,
    TypesModule, Union,
};
pub use words::{Docs, DocsSection, Fact, Row, Text};

/// A crate, decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Manifest and crate documentation.
    pub krate: Krate,
    /// The types.
    pub models: Vec<Model>,
    /// The modules that types are in, where they are many.
    pub modules: Vec<TypesModule>,
    /// The operations, a module for each tag.
    pub tags: Vec<Tag>,
    /// The headers of responses.
    pub headers: Vec<Header>,
    /// What the API sends by itself.
    pub webhooks: Vec<Webhook>,
    /// The elements of contents in XML.
    pub xml: Xml,
    /// The client and its builder, where there are operations.
    pub client: Option<Client>,
}

impl Plan {
    /// Whether callers make bodies themselves: bytes, or a stream.
    pub fn takes_bodies(&self) -> bool {
        let operations = self.tags.iter().flat_map(|tag| &tag.operations);
        let mut calls = operations.flat_map(|operation| &operation.calls);
        calls.any(|call| {
            let setters = call.setters.iter().map(|setter| &setter.argument);
            let mut all = call.arguments.iter().chain(setters);
            all.any(|argument| argument.passed.is_body())
        })
    }
}

/// Decides a crate.
pub fn plan(api: &Api, settings: &Settings) -> Plan {
    let ways = ways::all(api);
    let failures = failures::all(api);
    let names = names::assign(api, &ways, &failures);
    let models = types::models(api, &names);
    let context = call::Context {
        api,
        names: &names,
        models: &models,
        shows_examples: settings.has_docs(),
    };
    let tags = call::tags(context, &ways, &failures);
    Plan {
        krate: krate::krate(api, settings, &models, &tags),
        headers: client::headers(api, &names),
        webhooks: client::webhooks(api, &names),
        xml: call::xml(api, &names, &tags),
        client: (!tags.is_empty()).then(|| client::client(api, &names, &tags)),
        modules: types::modules(api, &names, &models),
        models,
        tags,
    }
}

//! The crate: its manifest, its documentation, and the parts of the runtime that it needs.

use super::client::{Client, title};
use super::docs;
use super::model::Model;
use super::operation::Group;
use super::payload::{Payload, Section};
use super::request::Step;
use crate::api::{Api, Carrier};
use crate::settings::Settings;

/// The crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Krate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One line about it.
    pub description: String,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether anything in it should no longer be used.
    pub deprecates: bool,
    /// Further crates it depends on: name, and requirement as TOML.
    pub dependencies: Vec<(String, String)>,
}

/// A part of the runtime that not every client needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Structs that are JSON objects.
    Object,
    /// Enums of strings.
    OpenEnum,
    /// Enums of types.
    Union,
    /// Calls with setters of their own.
    Setters,
    /// Bodies of forms.
    Form,
    /// Bodies in parts.
    Multipart,
    /// Bodies that the caller makes: bytes, or a stream.
    Body,
    /// Answers that are read piece by piece.
    Stream,
    /// Headers of answers.
    Headers,
    /// Access tokens that are fetched.
    Token,
    /// Items that are read page by page.
    Pages,
    /// Contents in XML.
    Xml,
}

/// Decides the crate.
pub(super) fn krate(api: &Api, settings: &Settings, models: &[Model]) -> Krate {
    let description = format!("A client of {}", title(api));
    let about = format!(
        "{description}, version {}.\n\n{}",
        api.version, api.description
    );
    let mut docs = docs::markdown(&about);
    let own = [
        "",
        "A [`Client`] is made by [`Client::builder`]. Its methods lead to the operations, a module",
        "for each tag. An operation is called by awaiting it; it answers with a [`Response`] or an",
        "[`Error`].",
        "",
    ];
    docs.extend(own.map(str::to_owned));
    let specification = &api.specification;
    docs.push(format!(
        "Generated from a document of the OpenAPI Specification {specification}."
    ));
    Krate {
        name: settings.name.clone(),
        version: settings.version.clone(),
        description,
        docs,
        deprecates: models.iter().any(Model::deprecates),
        dependencies: settings.dependencies.clone().into_iter().collect(),
    }
}

/// Decides which parts of the runtime are needed.
pub(super) fn parts(models: &[Model], groups: &[Group], client: &Client) -> Vec<Part> {
    let structs = models.iter().any(|model| matches!(model, Model::Struct(_)));
    let enums = models.iter().any(|model| matches!(model, Model::Enum(_)));
    let mut variables = client.servers.iter().flat_map(|server| &server.variables);
    let enums = enums || variables.any(|variable| variable.values.is_some());
    let operations = || groups.iter().flat_map(|group| &group.operations);
    let setters = operations().any(|operation| operation.call.is_some());
    let steps = || {
        operations().flat_map(|operation| {
            let setters = operation.setters.iter().map(|setter| &setter.step);
            operation.steps.iter().chain(setters)
        })
    };
    let forms = steps().any(|step| matches!(step, Step::Body(Payload::Form(..), _)));
    let parts = steps().any(|step| matches!(step, Step::Part(..)));
    let bodies = steps().any(|step| {
        matches!(
            step,
            Step::Body(Payload::Bytes(_), _)
                | Step::Part(_, Section::Part(_) | Section::Parts(_) | Section::All, _)
        )
    });
    let streams = operations().any(|operation| operation.stream.is_some());
    let tokens = client.credentials.iter().any(|credential| {
        matches!(
            credential.carrier,
            Carrier::OAuth2 { .. } | Carrier::OpenIdConnect(_)
        )
    });
    let pages = operations().any(|operation| operation.pages.is_some());
    let unions = models.iter().any(|model| matches!(model, Model::Union(_)));
    [
        (structs, Part::Object),
        (unions, Part::Union),
        (enums, Part::OpenEnum),
        (setters, Part::Setters),
        (forms, Part::Form),
        (parts, Part::Multipart),
        (bodies, Part::Body),
        (streams, Part::Stream),
        (tokens, Part::Token),
        (pages, Part::Pages),
    ]
    .into_iter()
    .filter_map(|(needed, part)| needed.then_some(part))
    .collect()
}

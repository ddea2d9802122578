//! The crate: its manifest and its documentation.

use super::client::{plain_title, title};
use super::types::Model;
use super::words::{Docs, Text};
use crate::api::Api;
use crate::settings::Settings;
use crate::text::one_line;

/// The crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Krate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One line about it.
    pub description: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether anything in it should no longer be used.
    pub deprecates: bool,
    /// More crates it depends on: name, and requirement as TOML.
    pub dependencies: Vec<(String, String)>,
}

/// How a client is used.
const ABOUT: &str = "\
A [`Client`] is built by [`Client::builder`]. Its methods lead to the operations, which are in a
module for each tag. An operation returns a call: awaiting it sends the request, and returns a
[`Response`] or an [`Error`].";

/// Decides the crate.
pub(super) fn krate(api: &Api, settings: &Settings, models: &[Model]) -> Krate {
    let about = Text::own("A client of ")
        .and(&title(api))
        .then(", version ")
        .and(&Text::inline(&api.version))
        .then(".");
    let docs = Docs::of(about)
        .paragraph(Text::markdown(&api.description))
        .paragraph(Text::own(ABOUT))
        .paragraph(
            Text::own("Generated from a document of the OpenAPI Specification ")
                .and(&Text::inline(&api.specification))
                .then("."),
        );
    Krate {
        name: settings.name.clone(),
        version: settings.version.clone(),
        description: one_line(&format!("A client of {}", plain_title(api))),
        docs,
        deprecates: models.iter().any(Model::deprecates),
        dependencies: settings.dependencies.clone().into_iter().collect(),
    }
}

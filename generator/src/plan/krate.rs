//! The crate: its manifest and its documentation.

use super::call::Tag;
use super::client::{plain_title, title};
use super::types::Model;
use super::words::{Docs, Text};
use crate::api::{Api, Scalar, Shape};
use crate::settings::{Product, Settings};
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
    /// What it is written as.
    pub kind: Product,
    /// The features of a module.
    pub features: Vec<String>,
    /// Whether it has pages of documentation.
    pub has_docs: bool,
    /// More keys of the manifest's `[package]`: name, and value as TOML.
    pub package: Vec<(String, String)>,
    /// More crates it depends on: name, and requirement as TOML.
    pub dependencies: Vec<(String, String)>,
}

/// How a client is used.
const ABOUT: &str = "\
A [`Client`] is built by [`Client::builder`]. Its methods lead to the operations, which are in a
module for each tag. An operation returns a call: awaiting it sends the request, and returns a
[`Response`] or an [`Error`].";

/// Decides the crate.
pub(super) fn krate(api: &Api, settings: &Settings, models: &[Model], tags: &[Tag]) -> Krate {
    let is_client = !api.operations.is_empty();
    let about = if is_client {
        "A client of "
    } else {
        "The types of "
    };
    let docs = Text::own(about)
        .and(&title(api))
        .then(", version ")
        .and(&Text::inline(&api.version))
        .then(".");
    let mut docs = Docs::of(docs).paragraph(Text::markdown(&api.description));
    if is_client {
        docs = docs.paragraph(Text::own(ABOUT));
    }
    let specification = Text::inline(&api.specification);
    let from = Text::own("Generated from a document of the OpenAPI Specification ");
    let docs = docs.paragraph(from.and(&specification).then("."));
    Krate {
        name: settings.name.clone(),
        version: settings.version.clone(),
        description: one_line(&format!("{about}{}", plain_title(api))),
        docs,
        deprecates: models.iter().any(Model::deprecates) || tags.iter().any(Tag::uses_deprecated),
        kind: settings.kind,
        features: settings.features.clone(),
        has_docs: settings.has_docs(),
        package: settings.package.clone().into_iter().collect(),
        dependencies: settings.crates_of_types(&foreign(api)),
    }
}

/// The paths of the types that are not of the crate.
fn foreign(api: &Api) -> Vec<&str> {
    let shapes = api.types.used().map(|(_, ty)| &ty.shape);
    let paths = shapes.filter_map(|shape| {
        let Shape::Scalar(Scalar::Foreign(path)) = shape else {
            return None;
        };
        Some(&**path)
    });
    paths.collect()
}

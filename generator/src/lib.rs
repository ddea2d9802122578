//! Generates Rust clients from OpenAPI documents.
//!
//! What a document passes through, each stage a module that knows only the ones before it:
//! [`document`] (what was written) -> [`api`] (what it means, by [`lower`] and [`refine`]) ->
//! [`plan`] (which Rust) -> [`emit`] (how it is written) -> [`output`] (what is on disk).

pub mod api;
mod build;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod lower;
pub mod output;
pub mod plan;
pub mod pointer;
pub mod refine;
pub mod report;
pub mod runtime;
#[cfg(feature = "sample")]
pub mod sample;
pub mod settings;
mod stack;
pub mod text;

/// The examples of the project's first page are compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// So are those of the page about using a client.
#[cfg(doctest)]
#[doc = include_str!("../../docs/using.md")]
pub struct Using;

pub use build::build;

use diagnostic::{Diagnostic, Diagnostics};
use document::Source;
use settings::Settings;

/// A generated crate, in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Generated {
    /// Its files.
    pub files: Vec<emit::File>,
    /// How much there is of what.
    pub counts: Counts,
    /// What was lost on the way.
    pub warnings: Vec<Diagnostic>,
    /// The names of the types, and where the schema of each stands.
    pub origins: Vec<(String, api::Origin)>,
}

/// How much there is of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Operations of the document.
    pub operations: usize,
    /// Structs and aliases.
    pub types: usize,
    /// Enums of strings.
    pub enums: usize,
    /// Documented errors, over all operations.
    pub errors: usize,
}

/// Generates a crate from a document.
///
/// # Errors
///
/// Everything that is wrong with the document.
pub fn generate(source: &Source, settings: &Settings) -> Result<Generated, Vec<Diagnostic>> {
    stack::run(|| generate_here(source, settings))
}

fn generate_here(source: &Source, settings: &Settings) -> Result<Generated, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::new(settings.policy());
    let Some(api) = understand(source, settings, &mut diagnostics) else {
        return Err(diagnostics.into_list());
    };
    let plan = plan::plan(&api, settings);
    let files = emit::emit(&plan);
    Ok(Generated {
        files,
        counts: counts(&plan),
        warnings: diagnostics.into_list(),
        origins: plan
            .models
            .iter()
            .map(|model| (model.ident().as_str().to_owned(), model.origin().clone()))
            .collect(),
    })
}

/// Generates the code of a client as one file, which is included in a module; with the warnings.
///
/// # Errors
///
/// Everything that is wrong with the document.
pub fn generate_module(
    source: &Source,
    settings: &Settings,
) -> Result<(String, Vec<Diagnostic>), Vec<Diagnostic>> {
    stack::run(|| generate_module_here(source, settings))
}

fn generate_module_here(
    source: &Source,
    settings: &Settings,
) -> Result<(String, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::new(settings.policy());
    let Some(api) = understand(source, settings, &mut diagnostics) else {
        return Err(diagnostics.into_list());
    };
    let settings = Settings {
        kind: settings::Product::Module,
        ..settings.clone()
    };
    let plan = plan::plan(&api, &settings);
    Ok((emit::emit_single(&plan), diagnostics.into_list()))
}

/// What a document means; `None` when it has errors.
pub fn understand(
    source: &Source,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<api::Api> {
    let document = document::read(source, &settings.shaping(), diagnostics)?;
    let mut api = lower::lower(&document, settings, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    refine::refine(&mut api, settings);
    Some(api)
}

fn counts(plan: &plan::Plan) -> Counts {
    let operations = || plan.tags.iter().flat_map(|tag| &tag.operations);
    let enums = plan
        .models
        .iter()
        .filter(|m| matches!(m, plan::Model::Enum(_)))
        .count();
    Counts {
        operations: operations().count(),
        types: plan.models.len() - enums,
        enums,
        errors: operations()
            .flat_map(|operation| &operation.outcome.arms)
            .filter(|arm| arm.is_error)
            .count(),
    }
}

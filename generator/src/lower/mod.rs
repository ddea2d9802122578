//! From the typed document to its meaning. Nothing else knows the typed document.

mod budget;
mod clues;
mod cycles;
mod depth;
mod given;
mod home;
mod limits;
mod listed;
mod media;
mod merge;
mod object;
mod operation;
mod pagination;
mod parameter;
mod response;
mod retries;
mod schema;
mod security;
mod template;
mod union;
mod view;
mod xml;

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::{Components, OpenAPI, ReferenceOr};

use crate::api::{Api, Location, Operation, Origin, Parameter, Tag, TypeId, Types, XmlElement};
use crate::diagnostic::{Code, Diagnostics, meant};
use crate::document::{Document, Limits, MovedSchemas};
use crate::pointer::Pointer;
use crate::settings::Settings;
use budget::{Budget, Excess};

/// Reads a document's meaning; what cannot be expressed is in `diagnostics`.
pub fn lower(document: &Document, settings: &Settings, diagnostics: &mut Diagnostics) -> Api {
    let moved_schemas = &document.moved_schemas;
    let document = &document.openapi;
    let mut lowering = Lowering {
        document,
        moved_schemas,
        settings,
        diagnostics,
        types: Types::default(),
        components: IndexMap::new(),
        ends: HashMap::new(),
        inline: HashMap::new(),
        combined: HashMap::new(),
        xml: BTreeMap::new(),
        xml_above: Vec::new(),
        heirs: merge::heirs(document),
        budget: Budget::new(settings.limits),
    };
    lowering.components();
    let schemes = lowering.schemes();
    let operations = lowering.operations(&schemes);
    lowering.check_settings(&operations);
    if operations.is_empty() {
        let message = "the document has no operations; the crate has its types alone";
        let help = "add an operation to `paths`, or depend on the types";
        let at = Pointer::root().child("paths");
        lowering
            .diagnostics
            .warning(Code::Unused, &at, message, help);
    }
    let webhooks = lowering.webhooks();
    lowering.break_cycles();
    if let Some(Excess { limit, at, message }) = lowering.budget.excess() {
        let help = Limits::help(limit);
        lowering
            .diagnostics
            .error(Code::TooLarge, &at, message, help);
    }
    let servers = lowering.servers();
    let globals = lowering.globals(&operations);
    lowering.check_limits(&operations, &servers);
    let tags = tags(document, operations.iter().filter_map(|o| o.tag.as_deref()));
    Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        specification: document.openapi.clone(),
        description: document.info.description.clone().unwrap_or_default(),
        servers,
        schemes,
        tags,
        globals,
        types: lowering.types,
        operations,
        webhooks,
        xml: lowering.xml,
    }
}

/// A document that is being lowered.
struct Lowering<'a> {
    document: &'a OpenAPI,
    moved_schemas: &'a MovedSchemas,
    /// What the user says about operations and parameters.
    settings: &'a Settings,
    diagnostics: &'a mut Diagnostics,
    types: Types,
    /// The types of the schemas among the components.
    components: IndexMap<&'a str, TypeId>,
    /// The types that others are names of.
    ends: HashMap<TypeId, TypeId>,
    /// The types of the schemas that stand elsewhere. One that is met again, through `allOf` for
    /// example, is the same type, which also ends recursion.
    inline: HashMap<Pointer, TypeId>,
    /// The types of what several schemas describe together, by their places.
    combined: HashMap<Vec<Pointer>, TypeId>,
    /// The elements of the components that contents in XML refer to.
    xml: BTreeMap<String, XmlElement>,
    /// The schemas that are being described in XML.
    xml_above: Vec<Pointer>,
    /// The components that consist of others, under the names of those.
    heirs: HashMap<String, Vec<&'a str>>,
    /// How many schemas may still be joined.
    budget: Budget,
}

/// Whether the user means this parameter; header names are compared without case.
fn is_global(parameter: &Parameter, name: &str) -> bool {
    match parameter.location {
        Location::Path => false,
        Location::Header => parameter.name.eq_ignore_ascii_case(name),
        Location::Query | Location::Cookie => parameter.name == name,
    }
}

/// Something of the document, with its place.
struct Located<T> {
    value: T,
    at: Pointer,
}

/// Where the components of one kind are.
type Section<T> = fn(&Components) -> &IndexMap<String, ReferenceOr<T>>;

impl<'a> Lowering<'a> {
    /// What the user says has to be about something that the document has.
    fn check_settings(&mut self, operations: &[Operation]) {
        let mut missing = Vec::new();
        for id in self.settings.pagination.keys() {
            if operations.iter().all(|operation| operation.id != *id) {
                let ids = operations.iter().map(|operation| &*operation.id);
                let help = "write its `operationId`";
                missing.push((format!("pages the operation `{id}`"), meant(id, ids), help));
            }
        }
        let parameters = operations
            .iter()
            .flat_map(|operation| &operation.parameters);
        for global in &self.settings.globals {
            let mut all = parameters.clone();
            if all.all(|parameter| !is_global(parameter, global)) {
                let names = parameters.clone().map(|parameter| &*parameter.name);
                let what = format!("sets the parameter `{global}` for all calls");
                let help = "name a parameter in the query, a header or a cookie";
                missing.push((what, meant(global, names), help));
            }
        }
        let has_places = self.settings.places().next().is_some();
        let known: HashSet<&Origin> = if has_places {
            self.types.origins().collect()
        } else {
            HashSet::new()
        };
        for place in self.settings.places() {
            if Origin::named(place).is_none_or(|place| !known.contains(&place)) {
                let help =
                    "name the place of a schema or a property, like `/components/schemas/Pet`";
                missing.push((format!("names the place `{place}`"), None, help));
            }
        }
        for (what, meant, help) in missing {
            let message = format!("`codegen.toml` {what}, which there is not");
            let help = meant.map_or_else(
                || help.to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            let at = Pointer::root();
            self.diagnostics.error(Code::Unmatched, &at, message, help);
        }
    }

    /// The place of a component.
    fn component(section: &str, name: &str) -> Pointer {
        Pointer::root()
            .child("components")
            .child(section)
            .child(name)
    }

    /// Follows references among the components of one kind. Normalising has seen to it that each
    /// leads to one.
    fn resolve<T>(
        &mut self,
        item: &'a ReferenceOr<T>,
        at: &Pointer,
        (section, of): (&str, Section<T>),
    ) -> Option<Located<&'a T>> {
        let components = self.document.components.as_ref().map(of);
        let mut item = item;
        let mut way: IndexSet<String> = IndexSet::new();
        loop {
            let reference = match item {
                ReferenceOr::Item(value) => {
                    let last = way.pop();
                    let at =
                        last.map_or_else(|| at.clone(), |name| Self::component(section, &name));
                    return Some(Located { value, at });
                }
                ReferenceOr::Reference { reference } => reference,
            };
            let name = component_name(reference)?;
            item = components?.get(&name)?;
            if !way.insert(name) {
                break;
            }
        }
        let help = "let one of the references lead to a definition";
        let message = "the reference leads back to itself; it is left out";
        let way = way.into_iter().map(|name| {
            let leads = format!("the way leads over `{name}`");
            (Self::component(section, &name), leads)
        });
        let way = way.collect();
        self.diagnostics
            .violation_along(Code::CircularReference, at, message, help, way);
        None
    }
}

/// The name of the component that a reference leads to.
fn component_name(reference: &str) -> Option<String> {
    let pointer = Pointer::from_fragment(reference.strip_prefix('#')?)?;
    pointer.tokens().last().map(|&name| name.to_owned())
}

/// The tags in use: those that the document declares first, in its order.
fn tags<'a>(document: &OpenAPI, used: impl Iterator<Item = &'a str>) -> Vec<Tag> {
    let used: indexmap::IndexSet<&str> = used.collect();
    let declared = document.tags.iter().enumerate();
    let declared = declared.filter(|(_, tag)| used.contains(&*tag.name));
    let at = Pointer::root().child("tags");
    let mut tags: Vec<Tag> = declared
        .map(|(index, tag)| Tag {
            origin: Origin::at(&at.child(index.to_string())),
            name: tag.name.clone(),
            description: tag.description.clone().unwrap_or_default(),
        })
        .collect();
    let declared: HashSet<String> = tags.iter().map(|tag| tag.name.clone()).collect();
    let others = used.into_iter().filter(|name| !declared.contains(*name));
    tags.extend(others.map(|name| Tag {
        origin: Origin::several(),
        name: name.to_owned(),
        description: String::new(),
    }));
    tags
}

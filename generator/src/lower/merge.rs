//! `allOf`: what several schemas say together ("Composition and Inheritance").

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::view::{View, Written};
use super::{Lowering, component_name};
use crate::document::extension;
use crate::pointer::Pointer;

/// What several schemas say together.
#[derive(Clone, Default)]
pub(super) struct Merged<'a> {
    pub typ: Option<&'static str>,
    pub format: String,
    pub properties: IndexMap<&'a str, (Written<'a>, Pointer)>,
    pub required: IndexSet<&'a str>,
    pub additional: Option<(&'a AdditionalProperties, Pointer)>,
    pub items: Option<(Written<'a>, Pointer)>,
    pub is_tuple: bool,
    pub values: Vec<Value>,
    pub choices: Vec<Choice<'a>>,
}

/// A `oneOf` or an `anyOf`.
#[derive(Clone)]
pub(super) struct Choice<'a> {
    pub parts: &'a [ReferenceOr<Schema>],
    pub discriminator: Option<&'a Discriminator>,
    pub at: Pointer,
}

impl<'a> Lowering<'a> {
    /// Adds what a schema says. `above` are the components that are being gathered, the one that
    /// is being lowered among them: a base that lists its own descendants does not list them here.
    pub(super) fn gather(
        &self,
        written: Written<'a>,
        at: &Pointer,
        above: &mut Vec<String>,
        merged: &mut Merged<'a>,
    ) {
        let schema = match written {
            Written::Schema(schema) => schema,
            Written::Reference(reference) => {
                let Some((name, schema)) = self.component_schema(reference) else {
                    return;
                };
                if !above.contains(&name) {
                    let at = Self::component("schemas", &name);
                    above.push(name);
                    self.gather(schema.into(), &at, above, merged);
                    above.pop();
                }
                return;
            }
        };
        let view = View::of(schema);
        for (index, part) in view.all_of.iter().enumerate() {
            let at = at.child("allOf").child(index.to_string());
            self.gather(part.into(), &at, above, merged);
        }
        merged.typ = view.typ.or(merged.typ);
        if !view.format.is_empty() {
            merged.format.clone_from(&view.format);
        }
        if !view.values.is_empty() {
            merged.values.clone_from(&view.values);
        }
        for (name, property) in view.properties.into_iter().flatten() {
            let at = at.child("properties").child(name);
            merged.add_property(name, property.into(), at);
        }
        merged
            .required
            .extend(view.required.iter().map(String::as_str));
        if let Some(additional) = view.additional {
            merged.additional = Some((additional, at.child("additionalProperties")));
        }
        if let Some(items) = view.items {
            merged.items = Some((items.into(), at.child("items")));
            merged.is_tuple = schema.schema_data.extensions.contains_key(extension::TUPLE);
        }
        let discriminator = schema.schema_data.discriminator.as_ref();
        for (keyword, parts) in [("oneOf", view.one_of), ("anyOf", view.any_of)] {
            if parts.iter().any(|part| leads_to(part, above)) || parts.iter().all(only_restricts) {
                continue;
            }
            merged.choices.push(Choice {
                parts,
                discriminator,
                at: at.child(keyword),
            });
        }
    }

    /// The schema that a reference leads to, and the component's name.
    pub(super) fn component_schema(
        &self,
        reference: &str,
    ) -> Option<(String, &'a ReferenceOr<Schema>)> {
        let name = component_name(reference)?;
        let components = self.document.components.as_ref()?;
        let schema = components.schemas.get(&name)?;
        Some((name, schema))
    }
}

impl<'a> Merged<'a> {
    /// A later definition of a property replaces an earlier one, unless it only adds words to it.
    fn add_property(&mut self, name: &'a str, written: Written<'a>, at: Pointer) {
        let only_words = match written {
            Written::Reference(_) => false,
            Written::Schema(schema) => !View::of(schema).has_substance(),
        };
        if !only_words || !self.properties.contains_key(name) {
            self.properties.insert(name, (written, at));
        }
    }

    /// Whether these are objects with properties.
    pub(super) fn is_object(&self) -> bool {
        !self.properties.is_empty() || self.additional.is_some()
    }
}

/// A part that requires properties, or excludes values, but describes none.
fn only_restricts(part: &ReferenceOr<Schema>) -> bool {
    part.as_item().is_some_and(|schema| {
        let view = View::of(schema);
        !view.has_substance() && !view.is_null()
    })
}

fn leads_to(part: &ReferenceOr<Schema>, names: &[String]) -> bool {
    match part {
        ReferenceOr::Reference { reference } => {
            component_name(reference).is_some_and(|name| names.contains(&name))
        }
        ReferenceOr::Item(_) => false,
    }
}
